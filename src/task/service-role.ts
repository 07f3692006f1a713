import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, PhysicalName, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { MaintenanceWindowTaskOptions } from './task-options';
import { checkOptional } from '../common/given';
import { allow } from '../common/role-statements';
import { checkReach } from '../common/same-environment';
import { checkPattern, formatValue } from '../common/validation';
import { atEndOfSynthesis } from '../common/warnings';
import { isServiceLinkedRoleArn, ROLE_ARN, SSM_PRINCIPAL } from '../rules/role';

const SYSTEMS_MANAGER = new iam.ServicePrincipal(SSM_PRINCIPAL);

/** As many as CDK's own logical IDs take of a hash. */
const ADDRESS_CHARACTERS = 8;

/**
 * A role that the tasks of one window share within one stack: a role for each would use up the account's quota.
 *
 * It lives below the window when window and task are in one stack, else in the stack of the task, so that stacks refer to each other one way only.
 */
export function sharedRole(
  task: IConstruct, window: IConstruct, id: string, description: string, assumedBy: iam.IPrincipal = SYSTEMS_MANAGER,
): iam.Role {
  const stack = Stack.of(task);
  const together = Stack.of(window) === stack;
  const parent = together ? window : stack;
  // users do not name a task or a target so
  const roleId = together ? `@${id}` : `${window.node.id}${id}${window.node.addr.slice(-ADDRESS_CHARACTERS)}`;
  const existing = parent.node.tryFindChild(roleId);
  return existing && iam.Role.isRole(existing)
    ? existing
    : new iam.Role(parent, roleId, {
      assumedBy,
      description,
      // a function of another account names the role in its policy
      roleName: PhysicalName.GENERATE_IF_NEEDED,
    });
}

export function serviceRole(task: IConstruct, window: IConstruct): iam.Role {
  return sharedRole(task, window, 'TaskServiceRole', 'Runs the tasks of a maintenance window');
}

/**
 * Systems Manager, for automations of this account only.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
 */
export function automationsOf(scope: IConstruct): iam.IPrincipal {
  const stack = Stack.of(scope);
  return new iam.ServicePrincipal(SSM_PRINCIPAL, {
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ssm', region: '*', resource: 'automation-execution', resourceName: '*' }) },
    },
  });
}

/**
 * Lets the service role hand a role on to Systems Manager: itself, that of notifications, that of a runbook.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/configuring-maintenance-window-permissions-console.html
 */
export function grantPassRole(role: iam.IRole, ...passedRoleArns: string[]): void {
  allow(role, {
    actions: ['iam:PassRole'],
    resourceArns: passedRoleArns,
    conditions: { StringEquals: { 'iam:PassedToService': SSM_PRINCIPAL } },
  });
}

/** Checks that a role is one, can be passed to Systems Manager, and trusts it. */
export function checkRole(task: IConstruct, prop: string, role: iam.IRole | undefined): void {
  checkOptional(task, prop, role, 'a role');
  if (role) {
    checkPattern(task, prop, role.roleArn, ROLE_ARN);
    checkReach(task, { prop, kind: 'role', arn: role.roleArn, env: role.env });
    // the trust policy can be completed later
    atEndOfSynthesis(task, () => surelyDistrustsSystemsManager(role)
      ? [`'${prop}' must trust ${SSM_PRINCIPAL}, got role ${formatValue(role.node.path)} whose trust policy does not, add the service principal to it`]
      : []);
  }
}

/** Whether the trust policy of a role is known and does not let Systems Manager assume it. */
function surelyDistrustsSystemsManager(role: iam.IRole): boolean {
  // a role without policy updates shares the resource of the one it was made of
  const resource = role.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource) || resource.cfnResourceType !== iam.CfnRole.CFN_RESOURCE_TYPE_NAME) {
    return false;
  }
  const document = Stack.of(resource).resolve((resource as iam.CfnRole).assumeRolePolicyDocument) as TrustPolicy | undefined;
  return ![document?.Statement ?? []].flat().some(mayTrustSystemsManager);
}

interface TrustPolicy {
  readonly Statement?: TrustStatement | TrustStatement[];
}

interface TrustStatement {
  readonly Effect: string;
  readonly Principal?: string | { readonly Service?: unknown; readonly AWS?: unknown };
}

function mayTrustSystemsManager({ Effect, Principal }: TrustStatement): boolean {
  if (Effect !== 'Allow') {
    return false;
  }
  if (Principal === undefined || typeof Principal === 'string') {
    // without a principal the statement names those that it excludes
    return Principal === undefined || Principal === '*';
  }
  const principals = [Principal.Service ?? [], [Principal.AWS].flat().includes('*') ? ['*'] : []].flat();
  // what is no text is known only at deployment
  return principals.some((name) => typeof name !== 'string' || name === '*' || name.startsWith('ssm.'));
}

export function isServiceLinkedRole(role: iam.IRole): boolean {
  return !Token.isUnresolved(role.roleArn) && isServiceLinkedRoleArn(role.roleArn);
}

/** Whether a task runs with the service-linked role, whichever way it was told to. */
export function runsWithServiceLinkedRole({ role, useServiceLinkedRole }: MaintenanceWindowTaskOptions): boolean {
  return useServiceLinkedRole === true || (role !== undefined && isServiceLinkedRole(role));
}
