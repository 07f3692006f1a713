import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { RateControl } from './rate-control';
import type { StoppableTaskOptions } from './task-options';
import type { TaskTargets } from '../target/task-targets';

/** A status of a command that a notification can report. */
export enum NotificationEvent {
  /** Every change of status. */
  ALL = 'All',

  /** The command has begun. */
  IN_PROGRESS = 'InProgress',

  /** The command has succeeded. */
  SUCCESS = 'Success',

  /** The command did not end in time. */
  TIMED_OUT = 'TimedOut',

  /** The command was cancelled. */
  CANCELLED = 'Cancelled',

  /** The command has failed. */
  FAILED = 'Failed',
}

/** What a notification is about. */
export enum NotificationType {
  /** The command as a whole. */
  COMMAND = 'Command',

  /** The command on each node. */
  INVOCATION = 'Invocation',
}

/** Options of tasks that run a command on their targets, regardless of the document. */
export interface RunCommandTaskBaseOptions extends StoppableTaskOptions {
  /** The targets of the task. */
  readonly targets: TaskTargets;

  /**
   * The maximum number of targets that the command runs on at the same time: a count of at least 1, or a percentage of at least 1%.
   *
   * @default RateControl.count(1)
   */
  readonly maxConcurrency?: RateControl;

  /**
   * The number or percentage of targets that can fail before the command is sent to no further target.
   *
   * @default RateControl.count(0)
   */
  readonly maxErrors?: RateControl;

  /**
   * A comment on the command, up to 100 characters.
   *
   * @default - no comment
   */
  readonly comment?: string;

  /**
   * The time limit for delivering the command to a node: 30 seconds to 30 days, in whole seconds.
   *
   * This does not limit the command itself; documents have a parameter for that.
   *
   * @default - the limit of the service
   */
  readonly timeout?: Duration;

  /**
   * A bucket for the output of the command.
   *
   * The instance profile of the nodes, not the service role of the task, needs permission to write to it.
   *
   * @default - output is not stored in a bucket
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * A folder in `outputBucket`, up to 500 characters.
   *
   * @default - the root of the bucket
   */
  readonly outputKeyPrefix?: string;

  /**
   * A log group for the output of the command.
   *
   * The instance profile of the nodes, not the service role of the task, needs permission to write to it.
   *
   * @default - the log group `aws/ssm/<document name>`, if `cloudWatchOutputEnabled` is true
   */
  readonly outputLogGroup?: logs.ILogGroup;

  /**
   * Whether the output of the command is sent to CloudWatch Logs.
   *
   * @default - true if `outputLogGroup` is given, otherwise false
   */
  readonly cloudWatchOutputEnabled?: boolean;

  /**
   * A topic for notifications about the status of the command. FIFO topics are not supported.
   *
   * @default - no notifications
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * The statuses that Systems Manager reports to `notificationTopic`.
   *
   * @default - NotificationEvent.ALL, if `notificationTopic` is given
   */
  readonly notificationEvents?: NotificationEvent[];

  /**
   * Whether notifications are about the command as a whole or on each node.
   *
   * @default NotificationType.COMMAND
   */
  readonly notificationType?: NotificationType;

  /**
   * The role that Systems Manager assumes to publish to `notificationTopic`. It is not the service role of the task.
   *
   * The role gets permission to publish, and must trust `ssm.amazonaws.com`.
   *
   * @default - a role that may publish to the topic, shared by the tasks of one window in one stack
   */
  readonly notificationRole?: iam.IRole;
}
