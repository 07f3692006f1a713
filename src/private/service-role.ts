import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Who assumes the roles of tasks; the same in every partition that CDK knows. */
export const SSM_PRINCIPAL = 'ssm.amazonaws.com';

/**
 * A role that the tasks of one window share within one stack: a role for each would use up the account's quota.
 *
 * It lives below the window when window and task are in one stack, else in the stack of the task, so that stacks refer to each other one way only.
 */
export function sharedRole(task: IConstruct, window: IConstruct, id: string, description: string): iam.Role {
  const stack = Stack.of(task);
  const together = Stack.of(window) === stack;
  const parent = together ? window : stack;
  const roleId = together ? id : `${id}${window.node.addr}`;
  const existing = parent.node.tryFindChild(roleId) as iam.Role | undefined;
  return existing ?? new iam.Role(parent, roleId, { assumedBy: new iam.ServicePrincipal(SSM_PRINCIPAL), description });
}

export function serviceRole(task: IConstruct, window: IConstruct): iam.Role {
  return sharedRole(task, window, 'TaskServiceRole', 'Runs the tasks of a maintenance window');
}

/**
 * Lets the service role hand a role on to Systems Manager: itself, that of notifications, that of a runbook.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/configuring-maintenance-window-permissions-console.html
 */
export function grantPassRole(role: iam.IRole, ...passedRoleArns: string[]): void {
  iam.Grant.addToPrincipal({
    grantee: role,
    actions: ['iam:PassRole'],
    resourceArns: passedRoleArns,
    conditions: { StringEquals: { 'iam:PassedToService': SSM_PRINCIPAL } },
  });
}

/** Whether the trust policy of a role is known and does not let Systems Manager assume it. */
export function surelyDistrustsSystemsManager(role: iam.IRole): boolean {
  const policy = (role as Partial<iam.Role>).assumeRolePolicy;
  if (!policy) {
    return false;
  }
  const document = Stack.of(role).resolve(policy) as { Statement?: TrustStatement[] } | undefined;
  return !(document?.Statement ?? []).some(mayTrustSystemsManager);
}

interface TrustStatement {
  readonly Effect: string;
  readonly Principal?: string | { readonly Service?: unknown; readonly AWS?: unknown };
}

function mayTrustSystemsManager({ Effect, Principal }: TrustStatement): boolean {
  if (Effect !== 'Allow' || Principal === undefined) {
    return false;
  }
  if (typeof Principal === 'string') {
    return Principal === '*';
  }
  const principals = [Principal.Service ?? [], Principal.AWS === '*' ? ['*'] : []].flat();
  // what is no text is known only at deployment
  return principals.some((name) => typeof name !== 'string' || name === '*' || name.startsWith('ssm.'));
}

const SERVICE_LINKED_ROLE = /:role\/aws-service-role\/ssm\.amazonaws\.com\//;

export function isServiceLinkedRole(role: iam.IRole): boolean {
  return !Token.isUnresolved(role.roleArn) && SERVICE_LINKED_ROLE.test(role.roleArn);
}
