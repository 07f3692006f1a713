import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IMaintenanceWindowTarget } from './maintenance-window-target';
import { validationError } from '../common/errors';
import { checkEach } from '../common/given';
import { checkCount } from '../common/validation';
import { INSTANCE_IDS } from '../rules/selection';
import { TASK_INSTANCE_IDS } from '../rules/task';

/**
 * The targets of a task: targets that are registered with its window, or instances.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
 * @exampleMetadata fixture=with-window
 * @example
 * window.addRunCommandTask('Update', {
 *   document: RunCommandDocument.AWS_UPDATE_SSM_AGENT,
 *   targets: TaskTargets.registered(web),
 * });
 */
export class TaskTargets {
  /**
   * Uses up to 10 targets that are registered with the window of the task.
   *
   * The task runs on one target after the other. To run on them at the same time, define a task with the same priority for each.
   */
  public static registered(...targets: IMaintenanceWindowTarget[]): TaskTargets {
    if (targets.length === 0) {
      throw validationError(undefined, '\'targets\' must hold at least one registered target, got []');
    }
    checkEach(undefined, 'targets', targets, 'a window target');
    return new TaskTargets('WindowTargetIds', targets.map((target) => target.maintenanceWindowTargetId), targets);
  }

  /** Uses up to 50 EC2 instances, for a window with `allowUnassociatedTargets`. */
  public static instances(...instances: ec2.IInstance[]): TaskTargets {
    checkEach(undefined, 'instances', instances, 'an EC2 instance');
    return new TaskTargets(INSTANCE_IDS, checkedIds(instances.map(({ instanceId }) => instanceId)), undefined, instances);
  }

  /**
   * Uses up to 50 managed nodes, for a window with `allowUnassociatedTargets`.
   *
   * @param instanceIds IDs of EC2 instances (`i-…`) and of other managed nodes (`mi-…`)
   */
  public static instanceIds(...instanceIds: string[]): TaskTargets {
    checkEach(undefined, 'instanceIds', instanceIds, 'a string');
    return new TaskTargets(INSTANCE_IDS, checkedIds(instanceIds));
  }

  private constructor(
    /**
     * The service's key: `WindowTargetIds` or `InstanceIds`.
     *
     * @internal
     */
    public readonly _key: string,
    /**
     * IDs of window targets or of instances.
     *
     * @internal
     */
    public readonly _ids: string[],
    /** @internal */
    public readonly _registered?: IMaintenanceWindowTarget[],
    /** @internal */
    public readonly _instances?: ec2.IInstance[],
  ) {}
}

function checkedIds(instanceIds: string[]): string[] {
  checkCount(undefined, 'instanceIds', instanceIds, 'instance IDs', TASK_INSTANCE_IDS);
  return instanceIds;
}
