import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import type { IPatchBaseline } from './patch-baseline-interface';
import type { PatchRunbook } from './patch-runbook';
import type { MaintenanceWindowSchedule } from '../schedule/maintenance-window-schedule';
import type { TargetSelector } from '../target/target-selector';
import type { BaselineOverrideFile, PatchRebootOption } from '../task/patch-task';
import type { RateControl } from '../task/rate-control';
import type { CutoffBehavior } from '../task/task-options';

/** Options of two windows that keep nodes patched: all properties but the schedule of the installation. */
export interface PatchWindowsOptions {
  /** The nodes to patch. */
  readonly selector: TargetSelector;

  /**
   * The duration of the installation window: 1 to 24 whole hours.
   *
   * @default Duration.hours(3)
   */
  readonly installDuration?: Duration;

  /**
   * The time before the end of the installation at which it starts on no further node, in whole hours. Shorter than `installDuration`.
   *
   * @default - an hour, if `installDuration` is longer, otherwise 0
   */
  readonly installCutoff?: Duration;

  /**
   * The behavior of an installation that is still running at the cutoff time.
   *
   * @default CutoffBehavior.CONTINUE_TASK
   */
  readonly installCutoffBehavior?: CutoffBehavior;

  /**
   * The schedule of the scan. It should not overlap `installSchedule`.
   *
   * @default - every day at 12:00, when nobody installs, in the time zone of `installSchedule`, or in UTC
   */
  readonly scanSchedule?: MaintenanceWindowSchedule;

  /**
   * The duration of the scan window: 1 to 24 whole hours.
   *
   * @default Duration.hours(1)
   */
  readonly scanDuration?: Duration;

  /**
   * The maximum number of nodes that are scanned at the same time. A failed scan stops no other scan.
   *
   * @default RateControl.percentage(50)
   */
  readonly scanMaxConcurrency?: RateControl;

  /**
   * The maximum number of nodes on which patches are installed at the same time.
   *
   * @default RateControl.count(1)
   */
  readonly installMaxConcurrency?: RateControl;

  /**
   * The number or percentage of nodes that can fail before patches are installed on no further node.
   *
   * @default RateControl.count(0)
   */
  readonly installMaxErrors?: RateControl;

  /**
   * The runbook that installs the patches while nodes are out of service. Its output and restart option are its own, and its `baselineOverride`:
   * that of the windows is for the scan only then.
   *
   * @default - a command installs the patches while the nodes are in service
   */
  readonly installWith?: PatchRunbook;

  /**
   * Whether nodes restart after patches are installed.
   *
   * @default PatchRebootOption.REBOOT_IF_NEEDED
   */
  readonly installRebootOption?: PatchRebootOption;

  /**
   * The patch baselines of the nodes, at most one for each operating system. They apply to the patch groups of `selector`, wherever those are patched.
   * They must be defined in this app: an imported one takes no patch groups.
   *
   * @default - the patch baselines of the account
   */
  readonly baselines?: IPatchBaseline[];

  /**
   * A list of patch baselines, as JSON, to use instead of those that the account assigns to the nodes, for the scan and the installation.
   * `PatchBaselineOverride` makes one. The nodes need permission to read it. Missing patches are then in the output of the commands only.
   *
   * @default - the patch baselines of the account
   */
  readonly baselineOverride?: BaselineOverrideFile;

  /**
   * The service role of both tasks.
   *
   * @default - a role for each, with the permissions that it needs
   */
  readonly role?: iam.IRole;

  /**
   * A CloudWatch alarm that stops the installation.
   *
   * @default - no alarm stops it
   */
  readonly installAlarm?: cloudwatch.IAlarm;

  /**
   * The bucket for the complete output of the commands, in the folders `scan` and `install`.
   *
   * @default - a bucket that keeps files for 90 days, without access logs, and stays when the stack is deleted
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * The log group for the output of the commands.
   *
   * @default - a log group that keeps events for three months and stays when the stack is deleted
   */
  readonly outputLogGroup?: logs.ILogGroup;

  /**
   * The topic for failed executions of both windows. It gets a line that people can read, as by `notify()`.
   *
   * The topic must allow `events.amazonaws.com` to publish. The policies of a topic of this app, and of a key of this app that encrypts it, are extended.
   *
   * @default - a topic without subscriptions
   */
  readonly failureTopic?: sns.ITopic;
}

/** Properties of two windows that keep nodes patched. */
export interface PatchWindowsProps extends PatchWindowsOptions {
  /**
   * The schedule of the installation, for example `MaintenanceWindowSchedule.patchTuesday()` with 8 days. Nodes can restart during it.
   *
   * @default - nothing is installed, missing patches are reported only
   */
  readonly installSchedule?: MaintenanceWindowSchedule;
}
