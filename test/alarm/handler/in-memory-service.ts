import type {
  GetMaintenanceWindowTaskCommandInput, GetMaintenanceWindowTaskResult, UpdateMaintenanceWindowTaskCommandInput,
} from '@aws-sdk/client-ssm';
import { DoesNotExistException, GetMaintenanceWindowTaskCommand, SSMServiceException, UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import type { AwsStub } from 'aws-sdk-client-mock';

/** A task without its ids, as the service keeps it. */
export type StoredTask = Omit<GetMaintenanceWindowTaskResult, 'WindowId' | 'WindowTaskId'>;

/**
 * Maintenance window tasks in memory, as far as the handler sees them.
 *
 * Follows the API reference of UpdateMaintenanceWindowTask (fields that are null are not modified; with Replace they are set to
 * null; TaskInvocationParameters are replaced as a whole) and of GetMaintenanceWindowTask (the placeholder 1 of targetless tasks).
 */
export class InMemoryService {
  public readonly tasks = new Map<string, StoredTask>();
  /** Updates so far: each emits one UPDATED event. */
  public updates = 0;

  public mock(ssm: AwsStub<any, any, any>): void {
    ssm.on(GetMaintenanceWindowTaskCommand).callsFake((input) => this.get(input));
    ssm.on(UpdateMaintenanceWindowTaskCommand).callsFake((input) => this.update(input));
  }

  public get({ WindowId, WindowTaskId }: GetMaintenanceWindowTaskCommandInput): GetMaintenanceWindowTaskResult {
    const task = this.tasks.get(WindowTaskId!);
    if (task === undefined) {
      throw new DoesNotExistException({ message: 'the task does not exist', $metadata: {} });
    }
    const placeholder = task.Targets?.length ? {} : { MaxConcurrency: '1', MaxErrors: '1' };
    // The command line's examples show empty texts and maps for fields that nobody gave.
    return { Targets: [], TaskParameters: {}, Description: '', ...structuredClone(task), ...placeholder, WindowId, WindowTaskId };
  }

  public update({ WindowId: _, WindowTaskId, Replace, ...change }: UpdateMaintenanceWindowTaskCommandInput): object {
    const task = this.tasks.get(WindowTaskId!);
    if (task === undefined) {
      throw new DoesNotExistException({ message: 'the task does not exist', $metadata: {} });
    }
    const after: StoredTask = { ...(Replace ? { TaskType: task.TaskType } : task), ...structuredClone(change) };
    this.validate(after, change);
    this.tasks.set(WindowTaskId!, after);
    this.updates++;
    return {};
  }

  private validate(after: StoredTask, change: object): void {
    const empty = Object.entries(change).filter(([, value]) => value === '' || value === null
      || (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0));
    if (empty.length > 0) {
      throw refused(`${empty.map(([name]) => name).join()} must not be empty`);
    }
    if (after.TaskArn === undefined) {
      throw refused('TaskArn is required');
    }
    if (!after.Targets?.length && (after.MaxConcurrency !== undefined || after.MaxErrors !== undefined)) {
      throw refused('Maintenance window tasks without targets do not support MaxErrors values');
    }
    if (after.Targets?.length && (after.MaxConcurrency === undefined || after.MaxErrors === undefined)) {
      throw refused('Max Errors must be a number of at least 0');
    }
    if (after.AlarmConfiguration !== undefined && after.AlarmConfiguration.Alarms?.length !== 1) {
      throw refused('Member must have length greater than or equal to 1');
    }
  }
}

function refused(message: string): SSMServiceException {
  return new SSMServiceException({ name: 'ValidationException', $fault: 'client', message, $metadata: {} });
}
