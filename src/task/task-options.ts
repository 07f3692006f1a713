import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** The behavior of a task that is still running at the cutoff time of its window. */
export enum CutoffBehavior {
  /** Running tasks continue. */
  CONTINUE_TASK = 'CONTINUE_TASK',

  /**
   * Running tasks are stopped.
   *
   * Run Command: the command is cancelled, without a guarantee that it stops. Other types: running invocations continue, no new ones start.
   * A task that did not complete has the status `TIMED_OUT`.
   */
  CANCEL_TASK = 'CANCEL_TASK',
}

/** Options that all four types of task have. */
export interface MaintenanceWindowTaskOptions {
  /**
   * A name for the task, for people to read.
   *
   * 3 to 128 letters, digits, `_`, `-` and `.`.
   *
   * @default - the task has no name
   */
  readonly taskName?: string;

  /**
   * A description of the task.
   *
   * 1 to 128 characters.
   *
   * @default - the task has no description
   */
  readonly description?: string;

  /**
   * The order in which the tasks of a window run: the lowest number first.
   *
   * Tasks with the same priority run at the same time. A whole number from 0 to 2,147,483,647.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * What happens to the task if it still runs at the cutoff time of its window.
   *
   * @default CutoffBehavior.CONTINUE_TASK
   */
  readonly cutoffBehavior?: CutoffBehavior;

  /**
   * The service role that Systems Manager assumes to run the task.
   *
   * The permissions that the task needs are added to it, unless it is immutable. `ssm.amazonaws.com` must be able to assume it.
   *
   * @default - a role with the permissions that this task needs, shared by the tasks of one window in one stack
   */
  readonly role?: iam.IRole;

  /**
   * Whether the task runs with the service-linked role of Systems Manager instead of a service role.
   *
   * AWS advises against it. That role can invoke only functions and state machines whose name starts with `SSM`, and cannot
   * publish notifications. No permissions are granted. Cannot be given together with `role`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
   */
  readonly useServiceLinkedRole?: boolean;
}

/** Options of tasks that an alarm can stop: Run Command and Automation. */
export interface StoppableTaskOptions extends MaintenanceWindowTaskOptions {
  /**
   * A CloudWatch alarm that stops the task when its state is ALARM.
   *
   * Of the account and region of the task. AWS does not say whether it may be a composite alarm. CloudFormation does not know this property: a custom resource sets it after each change of
   * the task, and a rule restores it when a rollback or a change by hand has wiped it.
   *
   * @default - no alarm stops the task
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AlarmConfiguration.html
   */
  readonly alarm?: cloudwatch.IAlarm;

  /**
   * Whether the task continues when the state of the alarm cannot be read. Requires `alarm`.
   *
   * @default false
   */
  readonly ignorePollAlarmFailure?: boolean;
}
