import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { PatchBackup } from './patch-backup';
import type { PatchHealthCheck } from './patch-health-check';
import type { PatchHook } from './patch-hook';
import type { TaskTargets } from '../target/task-targets';
import type { BaselineOverrideFile, PatchRebootOption } from '../task/patch-task';
import type { RateControl } from '../task/rate-control';
import type { StoppableTaskOptions } from '../task/task-options';

/** Where a node is after it could not be patched, or a health check of it failed. */
export enum NodeAfterFailure {
  /** In service, as it was before. */
  RETURN = 'RETURN',

  /**
   * Out of service: without its target groups, or in standby, until somebody returns it.
   *
   * A node that fails before the patch begins, for example because its backup fails, is returned: nothing changed on it.
   */
  LEAVE_OUT = 'LEAVE_OUT',
}

/** Properties of a runbook that patches a node while it is out of service. */
export interface PatchRunbookProps {
  /**
   * The target groups that the node leaves before it is patched and returns to afterwards, each with the ports that it was registered with.
   *
   * A node that is registered with none of them is patched where it is. Cannot be given together with `autoScalingGroup`.
   *
   * @default - the node stays in its target groups
   */
  readonly targetGroups?: elbv2.ITargetGroupRef[];

  /**
   * The Auto Scaling group in which the node is in standby while it is patched. A node that is in standby before stays there.
   *
   * The group must be able to spare a node: its desired capacity must be above its minimum size. It leaves the target groups of the group by itself.
   *
   * @default - the node stays in service
   */
  readonly autoScalingGroup?: autoscaling.IAutoScalingGroupRef;

  /**
   * Whether a node that is stopped is started, and stopped again afterwards.
   *
   * Needs a target that selects a resource group: Systems Manager finds stopped nodes in no other way.
   *
   * @default false
   */
  readonly startStopped?: boolean;

  /**
   * A backup of the node before anything changes on it.
   *
   * @default - no backup
   */
  readonly backup?: PatchBackup;

  /**
   * What is done on or with the node before it is patched, in this order. It is out of service then.
   *
   * @default - nothing
   */
  readonly before?: PatchHook[];

  /**
   * What is done after the node is patched, and before its health checks, in this order.
   *
   * @default - nothing
   */
  readonly after?: PatchHook[];

  /**
   * The health checks of the node. Those by hooks come before its return, those of target groups and alarms after it.
   *
   * A node that was stopped is checked by hooks only.
   *
   * @default - the node returns without a check
   */
  readonly healthChecks?: PatchHealthCheck[];

  /**
   * Where the node is after the patch or a health check fails, or when the runbook is cancelled from then on.
   *
   * @default NodeAfterFailure.RETURN
   */
  readonly afterFailure?: NodeAfterFailure;

  /**
   * Whether the node restarts after patches are installed.
   *
   * @default PatchRebootOption.REBOOT_IF_NEEDED
   */
  readonly rebootOption?: PatchRebootOption;

  /**
   * A JSON file with patch baselines that replace those of the account. Cannot be combined with `installOverrideList`.
   *
   * @default - the patch baselines of the account
   */
  readonly baselineOverride?: BaselineOverrideFile;

  /**
   * A YAML file with the patches to install instead of those that the baseline approves.
   *
   * @default - the patches that the baseline approves
   */
  readonly installOverrideList?: BaselineOverrideFile;

  /**
   * The time limit for patching a node: 1 second to 10 hours, in whole seconds.
   *
   * @default Duration.hours(3)
   */
  readonly stepTimeout?: Duration;

  /**
   * The bucket for the complete output of the patch command. The nodes need permission to write to it.
   *
   * @default - the first 2,500 characters of the output are kept with the command
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * A folder in the bucket. Requires `outputBucket`.
   *
   * @default - the root of the bucket
   */
  readonly outputKeyPrefix?: string;

  /**
   * The log group for the output of the patch command. The nodes need permission to write to it.
   *
   * @default - the output is not sent to CloudWatch Logs
   */
  readonly outputLogGroup?: logs.ILogGroup;

  /**
   * The role that the steps of the runbook assume. It must trust `ssm.amazonaws.com`.
   *
   * @default - a role with the permissions that the steps need
   */
  readonly role?: iam.IRole;
}

/** Options of a task that runs a patch runbook on its targets. */
export interface PatchRunbookTaskOptions extends StoppableTaskOptions {
  /** The nodes: EC2 instances, if the runbook has steps beside the patch and hooks. */
  readonly targets: TaskTargets;

  /**
   * The maximum number of nodes that are out of service at the same time.
   *
   * @default RateControl.count(1)
   */
  readonly maxConcurrency?: RateControl;

  /**
   * The number or percentage of nodes that can fail before the runbook starts on no further node.
   *
   * @default RateControl.count(0)
   */
  readonly maxErrors?: RateControl;
}
