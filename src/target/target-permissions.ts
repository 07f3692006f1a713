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
 * How many nodes and other resources a role is granted by ID: IAM takes 6,144 characters of a managed policy, CDK joins statements, and cannot split one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MAX_IDS = 40;

/** The IDs that each role was granted. */
const idsOf = perConstruct('GrantedIds', () => new Set<string>());

/** The IDs to grant a role on, or undefined if not all of them are known one by one, or they are too many for a policy. */
export function idsToGrant(role: iam.IRole, ids: readonly string[] | undefined): readonly string[] | undefined {
  // an element that is a list is a whole list known only at deployment
  if (!ids || Token.isUnresolved(ids) || ids.some((id) => Token.isUnresolved([id]))) {
    return undefined;
  }
  const granted = idsOf(role);
  if (new Set([...granted, ...ids]).size > MAX_IDS) {
    return undefined;
  }
  ids.forEach((id) => granted.add(id));
  return ids;
}

/** The nodes that a command may be sent to: those of the targets, if each is given by ID and they are not too many, else all of the account and region. */
export function commandNodeArns(stack: Stack, role: iam.IRole, targets: TaskTargets): string[] {
  return (idsToGrant(role, instanceIdsOf(targets)) ?? ['*']).flatMap((id) => nodeArns(stack, id));
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
