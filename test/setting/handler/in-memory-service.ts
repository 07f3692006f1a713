import type {
  GetMaintenanceWindowCommandInput, GetMaintenanceWindowResult, GetMaintenanceWindowTaskCommandInput, GetMaintenanceWindowTaskResult,
  UpdateMaintenanceWindowCommandInput, UpdateMaintenanceWindowTaskCommandInput,
} from '@aws-sdk/client-ssm';
import {
  DoesNotExistException, GetMaintenanceWindowCommand, GetMaintenanceWindowTaskCommand, SSMServiceException, UpdateMaintenanceWindowCommand,
  UpdateMaintenanceWindowTaskCommand,
} from '@aws-sdk/client-ssm';
import type { AwsStub } from 'aws-sdk-client-mock';

/** A task without its ids, as the service keeps it. */
export type StoredTask = Omit<GetMaintenanceWindowTaskResult, 'WindowId' | 'WindowTaskId'>;

/** A window without its id, as the service keeps it. */
export type StoredWindow = Omit<GetMaintenanceWindowResult, 'WindowId'>;

/**
 * Maintenance windows and their tasks in memory, as far as the handler sees them.
 *
 * Follows the API reference of UpdateMaintenanceWindowTask (fields that are null are not modified; with Replace they are set to
 * null; TaskInvocationParameters are replaced as a whole) and of GetMaintenanceWindowTask (the placeholder 1 of targetless tasks).
 */
export class InMemoryService {
  public readonly tasks = new Map<string, StoredTask>();
  public readonly windows = new Map<string, StoredWindow>();
  /** Updates of tasks so far: each emits one UPDATED event. */
  public updates = 0;
  /** How often a window was updated, and how often one was enabled that was not, which emits one ENABLED event. */
  public windowUpdates = 0;
  public enablings = 0;
  /** What an update with Replace and without Enabled makes of it, which is documented nowhere. */
  public replaceEnables = false;

  public mock(ssm: AwsStub<any, any, any>): void {
    ssm.on(GetMaintenanceWindowTaskCommand).callsFake((input) => this.get(input));
    ssm.on(UpdateMaintenanceWindowTaskCommand).callsFake((input) => this.update(input));
    ssm.on(GetMaintenanceWindowCommand).callsFake((input) => this.getWindow(input));
    ssm.on(UpdateMaintenanceWindowCommand).callsFake((input) => this.updateWindow(input));
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

  public getWindow({ WindowId }: GetMaintenanceWindowCommandInput): GetMaintenanceWindowResult {
    return { ...this.window(WindowId!), WindowId };
  }

  public updateWindow({ WindowId, Replace, ...change }: UpdateMaintenanceWindowCommandInput): object {
    const before = this.window(WindowId!);
    const after: StoredWindow = { ...(Replace ? { Enabled: this.replaceEnables || before.Enabled } : before), ...change };
    this.windows.set(WindowId!, after);
    this.windowUpdates++;
    this.enablings += after.Enabled && !before.Enabled ? 1 : 0;
    return {};
  }

  private window(id: string): StoredWindow {
    const window = this.windows.get(id);
    if (window === undefined) {
      throw new DoesNotExistException({ message: 'the window does not exist', $metadata: {} });
    }
    return window;
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
