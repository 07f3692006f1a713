import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { NodeAfterFailure } from './patch-runbook-props';
import type { PatchRunbookProps } from './patch-runbook-props';
import { checksOfNoGroup } from './runbook-document';
import { validationError } from '../common/errors';
import { checkEach, checkOptional } from '../common/given';
import { renderedProperties } from '../common/rendered-resource';
import { checkReach } from '../common/same-environment';
import { checkLength, checkOneOf, formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { OUTPUT_KEY_PREFIX } from '../rules/invocation';
import { checkRole } from '../task/service-role';

/** Checks what a runbook is told. */
export function checkRunbook(scope: IConstruct, props: PatchRunbookProps): void {
  checkTypes(scope, props);
  checkTraffic(scope, props);
  const { outputBucket, outputKeyPrefix, outputLogGroup } = props;
  if (outputKeyPrefix !== undefined && !outputBucket) {
    throw validationError(scope, `'outputKeyPrefix' needs 'outputBucket', got ${formatValue(outputKeyPrefix)}, add a bucket or remove it`);
  }
  checkLength(scope, 'outputKeyPrefix', outputKeyPrefix, OUTPUT_KEY_PREFIX);
  outputBucket && checkReach(scope, { prop: 'outputBucket', kind: 'bucket', arn: outputBucket.bucketArn, env: outputBucket.env });
  outputLogGroup && checkReach(scope, { prop: 'outputLogGroup', kind: 'log group', arn: outputLogGroup.logGroupArn, env: outputLogGroup.env });
  checkRole(scope, 'role', props.role);
}

function checkTypes(scope: IConstruct, props: PatchRunbookProps): void {
  props.targetGroups !== undefined && checkEach(scope, 'targetGroups', props.targetGroups, 'a target group');
  checkOptional(scope, 'autoScalingGroup', props.autoScalingGroup, 'an Auto Scaling group');
  checkOptional(scope, 'startStopped', props.startStopped, 'true or false');
  checkOptional(scope, 'backup', props.backup, 'a PatchBackup');
  props.before !== undefined && checkEach(scope, 'before', props.before, 'a PatchHook');
  props.after !== undefined && checkEach(scope, 'after', props.after, 'a PatchHook');
  props.healthChecks !== undefined && checkEach(scope, 'healthChecks', props.healthChecks, 'a PatchHealthCheck');
  props.afterFailure !== undefined && checkOneOf(scope, 'afterFailure', props.afterFailure, Object.values(NodeAfterFailure));
  checkOptional(scope, 'outputBucket', props.outputBucket, 'a bucket');
  checkOptional(scope, 'outputKeyPrefix', props.outputKeyPrefix, 'a string');
  checkOptional(scope, 'outputLogGroup', props.outputLogGroup, 'a log group');
}

function checkTraffic(scope: IConstruct, props: PatchRunbookProps): void {
  const { targetGroups, autoScalingGroup, healthChecks = [], afterFailure } = props;
  if (targetGroups && autoScalingGroup) {
    throw validationError(scope, '\'targetGroups\' and \'autoScalingGroup\' cannot be given together, as the nodes of a group leave its target groups in standby, '
      + `got ${targetGroups.length} target groups and ${formatValue(autoScalingGroup.node.path)}, remove 'targetGroups'`);
  }
  if (targetGroups?.length === 0) {
    throw validationError(scope, '\'targetGroups\' must hold at least one target group, got [], remove it to leave the node where it is');
  }
  targetGroups?.forEach((group, index) => checkTargetGroup(scope, `targetGroups[${index}]`, group));
  autoScalingGroup && checkReach(scope, { prop: 'autoScalingGroup', kind: 'Auto Scaling group', env: autoScalingGroup.env });
  healthChecks.forEach(({ _check }, check) => _check.of === 'targetGroups' && _check.targetGroups?.forEach((group, index) => (
    checkTargetGroup(scope, `healthChecks[${check}].targetGroups[${index}]`, group))));
  if (checksOfNoGroup(healthChecks, props)) {
    throw validationError(scope, '\'healthChecks\' must name the target groups in which the node is to be healthy, as the runbook has no \'targetGroups\', '
      + 'got none, use PatchHealthCheck.targetGroups({ targetGroups })');
  }
  const leaves = targetGroups !== undefined || autoScalingGroup !== undefined;
  if (afterFailure === NodeAfterFailure.LEAVE_OUT && !leaves) {
    throw validationError(scope, '\'afterFailure\' can be LEAVE_OUT only for a node that leaves its traffic, got no \'targetGroups\' and no \'autoScalingGroup\', '
      + 'add one or remove \'afterFailure\'');
  }
  if (leaves && healthChecks.length === 0) {
    addWarning(scope, {
      id: 'nodeReturnsUnchecked',
      message: '\'healthChecks\' should say when a patched node may return to service, got none, add for example PatchHealthCheck.targetGroups()',
    });
  }
}

/** A target group that does not hold instances knows no node by its ID. */
function checkTargetGroup(scope: IConstruct, prop: string, group: NonNullable<PatchRunbookProps['targetGroups']>[number]): void {
  checkReach(scope, { prop, kind: 'target group', arn: group.targetGroupRef.targetGroupArn, env: group.env });
  atEndOfSynthesis(scope, () => {
    const { TargetType: type } = targetGroupProperties(group) ?? {};
    return typeof type === 'string' && type !== 'instance'
      ? [`'${prop}' must hold instances, got ${formatValue(group.node.path)} with targets of the type ${formatValue(type)}, use a group of the type "instance"`]
      : [];
  });
}

/** What the template says of a target group of this app. */
export function targetGroupProperties(group: IConstruct): ReturnType<typeof renderedProperties> | undefined {
  const resource = [group, group.node.defaultChild].find((one) => one !== undefined && CfnTargetGroup.isCfnTargetGroup(one));
  return resource && renderedProperties(resource as CfnResource);
}
