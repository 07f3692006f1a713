import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Tokenization } from 'aws-cdk-lib/core';
import type { PatchHealthCheck } from './patch-health-check';
import type { PatchHook } from './patch-hook';
import { NodeAfterFailure } from './patch-runbook-props';
import type { PatchRunbookProps } from './patch-runbook-props';
import { stepsOf } from './runbook-plan';
import { waitingScriptStep } from './runbook-scripts';
import type { RunbookStep } from './runbook-step';
import { NODE } from './runbook-step';
import { trafficOfAutoScalingGroup, trafficOfTargetGroups } from './runbook-traffic';
import type { Traffic } from './runbook-traffic';
import { STEP_TIMEOUT_SECONDS } from '../rules/document';
import { DEFAULT_PATCH_SECONDS } from '../rules/patch-runbook';

/** What the step takes beside the installation: the delivery of the command, and restarts. */
const PATCH_SPARE_SECONDS = 1_800;

/** The parameter that names the node; the task gives it. */
export const INSTANCE_PARAMETER = 'InstanceId';

/** The content of the document. */
export function runbookContent(props: PatchRunbookProps, role: iam.IRole, patchParameters: Record<string, string[]>): object {
  return {
    schemaVersion: '0.3',
    description: 'Patches a node while it is out of service.',
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: {
      AutomationAssumeRole: { type: 'String', description: 'The role that the steps assume.', default: role.roleArn },
      [INSTANCE_PARAMETER]: { type: 'String', description: 'The ID of the node.' },
    },
    mainSteps: stepsOf({
      startStopped: props.startStopped ?? false,
      traffic: trafficOf(props),
      backup: props.backup?._steps() ?? [],
      before: hookSteps('before', 'Does what is to be done before the patch.', props.before ?? []),
      patch: patchStep(props, patchParameters),
      after: hookSteps('after', 'Does what is to be done after the patch.', props.after ?? []),
      nodeChecks: hookSteps('check', 'Checks the node before it returns.', patchHooksOf(props.healthChecks ?? [])),
      serviceChecks: serviceChecks(props),
      leaveOut: props.afterFailure === NodeAfterFailure.LEAVE_OUT,
    }),
  };
}

function trafficOf({ targetGroups = [], autoScalingGroup }: PatchRunbookProps): Traffic | undefined {
  if (autoScalingGroup) {
    return trafficOfAutoScalingGroup(autoScalingGroup.autoScalingGroupRef.autoScalingGroupName);
  }
  return targetGroups.length > 0 ? trafficOfTargetGroups(arnsOf(targetGroups)) : undefined;
}

function arnsOf(targetGroups: NonNullable<PatchRunbookProps['targetGroups']>): string[] {
  return targetGroups.map(({ targetGroupRef }) => targetGroupRef.targetGroupArn);
}

function hookSteps(name: string, description: string, hooks: readonly PatchHook[]): RunbookStep[] {
  return hooks.map((hook, index) => hook._render({ name: `${name}${index + 1}`, description }));
}

function patchStep(props: PatchRunbookProps, parameters: Record<string, string[]>): RunbookStep {
  const { stepTimeout, outputBucket, outputKeyPrefix, outputLogGroup } = props;
  return {
    name: 'patch',
    action: 'aws:runCommand',
    description: 'Installs the patches.',
    inputs: {
      DocumentName: 'AWS-RunPatchBaseline',
      InstanceIds: [NODE],
      Parameters: parameters,
      OutputS3BucketName: outputBucket?.bucketName,
      OutputS3KeyPrefix: outputKeyPrefix,
      CloudWatchOutputConfig: outputLogGroup && { CloudWatchLogGroupName: outputLogGroup.logGroupName, CloudWatchOutputEnabled: true },
    },
    timeoutSeconds: PATCH_SPARE_SECONDS + secondsToPatch(stepTimeout),
  };
}

/** What cannot be added up before deployment takes as long as the document allows. */
function secondsToPatch(timeout: Duration = Duration.seconds(DEFAULT_PATCH_SECONDS)): number {
  return timeout.isUnresolved() ? STEP_TIMEOUT_SECONDS.max! : timeout.toSeconds();
}

function serviceChecks({ healthChecks = [], targetGroups = [] }: PatchRunbookProps): RunbookStep[] {
  const checks = healthChecks.map(({ _check }) => _check);
  const groups = checks.flatMap((check) => (check.of === 'targetGroups' ? [check] : []));
  const alarms = checks.flatMap((check) => (check.of === 'alarm' ? [check] : []));
  return [
    ...groups.map((check, index) => waitingScriptStep(`waitUntilHealthy${index + 1}`, 'Waits until the target groups find the node healthy.',
      check.seconds, !check.timeout.isUnresolved(), {
        handler: 'await_healthy',
        payload: check.targetGroups
          ? { node: NODE, groups: arnsOf(check.targetGroups) }
          : { node: NODE, groups: arnsOf(targetGroups), before: '{{ readTargetGroups.before }}' },
      })),
    ...alarms.flatMap((check, index) => alarmSteps(check.alarm, check.seconds, index + 1)),
  ];
}

function alarmSteps(alarm: cloudwatch.IAlarm, seconds: number, number: number): RunbookStep[] {
  return [
    { name: `watchAlarm${number}`, action: 'aws:sleep', description: 'Gives the alarm time to notice.', inputs: { Duration: `PT${Tokenization.stringifyNumber(seconds)}S` } },
    {
      name: `checkAlarm${number}`,
      action: 'aws:assertAwsResourceProperty',
      description: 'Checks that the alarm is OK.',
      inputs: {
        Service: 'cloudwatch',
        Api: 'DescribeAlarms',
        AlarmNames: [alarm.alarmName],
        AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
        PropertySelector: '$..StateValue',
        DesiredValues: ['OK'],
      },
      timeoutSeconds: 120,
      maxAttempts: 3,
    },
  ];
}

/** Whether the checks of some target group have none to look at. */
export function checksOfNoGroup(checks: readonly PatchHealthCheck[], { targetGroups = [] }: PatchRunbookProps): boolean {
  return targetGroups.length === 0 && checks.some(({ _check }) => _check.of === 'targetGroups' && _check.targetGroups === undefined);
}

/** The hooks that check a node. */
export function patchHooksOf(checks: readonly PatchHealthCheck[]): PatchHook[] {
  return checks.flatMap(({ _check }) => (_check.of === 'node' ? [_check.hook] : []));
}
