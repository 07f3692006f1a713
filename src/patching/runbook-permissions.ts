import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { ArnFormat } from 'aws-cdk-lib/core';
import type { PatchBackup } from './patch-backup';
import type { PatchRunbookProps } from './patch-runbook-props';
import { patchHooksOf } from './runbook-document';
import { allow } from '../common/role-statements';
import { RunCommandDocument } from '../document/document';
import { grantSendToAnyNode } from '../task/run-command-task';

/**
 * Lets a role do what the steps of a runbook do, and nothing else. Actions that describe take no resource.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function grantSteps(stack: Stack, role: iam.IRole, props: PatchRunbookProps, patchParameters: Record<string, string[]>): void {
  const { targetGroups = [], autoScalingGroup, startStopped, backup, before = [], after = [], healthChecks = [] } = props;
  const checks = healthChecks.map(({ _check }) => _check);
  const instances = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' });
  grantSendToAnyNode(stack, role, RunCommandDocument.AWS_RUN_PATCH_BASELINE, patchParameters);
  [...before, ...after, ...patchHooksOf(healthChecks)].forEach((hook) => hook._grantTo(stack, role));
  if (startStopped) {
    allow(role, { actions: ['ec2:DescribeInstanceStatus', 'ec2:DescribeInstances'], resourceArns: ['*'] });
    allow(role, { actions: ['ec2:StartInstances', 'ec2:StopInstances'], resourceArns: [instances] });
  }
  if (targetGroups.length > 0) {
    allow(role, {
      actions: ['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'],
      resourceArns: targetGroups.map(({ targetGroupRef }) => targetGroupRef.targetGroupArn),
    });
  }
  if (targetGroups.length > 0 || checks.some((check) => check.of === 'targetGroups')) {
    allow(role, { actions: ['elasticloadbalancing:DescribeTargetHealth'], resourceArns: ['*'] });
  }
  if (autoScalingGroup) {
    allow(role, { actions: ['autoscaling:DescribeAutoScalingInstances'], resourceArns: ['*'] });
    allow(role, {
      actions: ['autoscaling:EnterStandby', 'autoscaling:ExitStandby'],
      resourceArns: [groupArn(stack, autoScalingGroup.autoScalingGroupRef.autoScalingGroupName)],
    });
  }
  if (checks.some((check) => check.of === 'alarm')) {
    allow(role, { actions: ['cloudwatch:DescribeAlarms'], resourceArns: ['*'] });
  }
  if (backup) {
    grantBackup(stack, role, backup._kind, instances);
  }
}

/** The ARN of a group holds a unique ID that no construct knows. */
function groupArn(stack: Stack, name: string): string {
  return stack.formatArn({
    service: 'autoscaling', resource: 'autoScalingGroup', resourceName: `*:autoScalingGroupName/${name}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Snapshots and images have no account in their ARN. */
function grantBackup(stack: Stack, role: iam.IRole, kind: PatchBackup['_kind'], instances: string): void {
  const snapshots = stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: '*' });
  if (kind === 'snapshots') {
    const volumes = stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: '*' });
    allow(role, { actions: ['ec2:CreateSnapshots'], resourceArns: [instances, volumes, snapshots] });
    allow(role, { actions: ['ec2:CreateTags'], resourceArns: [snapshots], conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } } });
    allow(role, { actions: ['ec2:DescribeSnapshots'], resourceArns: ['*'] });
  } else {
    const images = stack.formatArn({ service: 'ec2', account: '', resource: 'image', resourceName: '*' });
    allow(role, { actions: ['ec2:CreateImage'], resourceArns: [instances, images, snapshots] });
    allow(role, { actions: ['ec2:DescribeImages'], resourceArns: ['*'] });
  }
}
