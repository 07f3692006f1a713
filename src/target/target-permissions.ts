import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import { instanceIdsOf, lookupOf, TargetLookup } from './known-selections';
import type { TaskTargets } from './task-targets';
import { perConstruct } from '../common/per-construct';
import { allow } from '../common/role-statements';

/**
 * What Systems Manager needs to find the resources behind tags and resource groups.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/configuring-maintenance-window-permissions-console.html
 */
const LOOKUP_ACTIONS: Readonly<Record<Exclude<TargetLookup, TargetLookup.NONE>, readonly string[]>> = {
  [TargetLookup.TAGS]: ['tag:GetResources'],
  [TargetLookup.GROUPS]: ['resource-groups:ListGroupResources', 'resource-groups:ListGroups', 'tag:GetResources'],
};

export function grantTargetLookup(role: iam.IRole, targets: TaskTargets | undefined): void {
  const lookup = targets ? lookupOf(targets) : TargetLookup.NONE;
  if (lookup !== TargetLookup.NONE) {
    allow(role, { actions: [...LOOKUP_ACTIONS[lookup]], resourceArns: ['*'] });
  }
}

/**
 * How many nodes a role is granted by ID: IAM takes 6,144 characters of a managed policy, CDK joins statements, and cannot split one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MAX_NODES_BY_ID = 40;

/** The IDs of the nodes that each role was granted. */
const nodesOf = perConstruct('CommandNodes', () => new Set<string>());

/** The nodes that a command may be sent to: those of the targets, if each is given by ID and they are not too many, else all of the account and region. */
export function commandNodeArns(stack: Stack, role: iam.IRole, targets: TaskTargets): string[] {
  const ids = instanceIdsOf(targets);
  // an element that is a list is a whole list known only at deployment
  if (!ids || ids.some((id) => Token.isUnresolved([id]))) {
    return nodeArns(stack, '*');
  }
  const granted = nodesOf(role);
  if (new Set([...granted, ...ids]).size > MAX_NODES_BY_ID) {
    return nodeArns(stack, '*');
  }
  ids.forEach((id) => granted.add(id));
  return ids.flatMap((id) => nodeArns(stack, id));
}

/** A node as IAM knows it: an EC2 instance, or another managed node. */
export function nodeArns(stack: Stack, id: string): string[] {
  const instance = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: id });
  const managedInstance = stack.formatArn({ service: 'ssm', resource: 'managed-instance', resourceName: id });
  if (id === '*' || Token.isUnresolved(id)) {
    return [instance, managedInstance];
  }
  return [id.startsWith('mi-') ? managedInstance : instance];
}
