import * as iam from 'aws-cdk-lib/aws-iam';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { automationsOf, grantPassRole, sharedRole } from './service-role';
import { allow } from '../common/role-statements';
import type { AutomationRunbook } from '../document/document';
import { awsOwnedName } from '../document/rules/check-document';
import { roleParameterOf, RUNBOOK_PERMISSIONS } from '../rules/runbook-permissions';
import type { RunbookPermissions, RunbookStatement } from '../rules/runbook-permissions';
import { instanceIdsOf } from '../target/known-selections';
import { idsToGrant } from '../target/target-permissions';
import type { TaskTargets } from '../target/task-targets';

/** A task that runs a runbook, as far as the role of its steps depends on it. */
interface RunbookTask {
  readonly maintenanceWindow: IMaintenanceWindowRef;
  readonly runbook: AutomationRunbook;
  readonly parameters?: { [name: string]: string[] };
  readonly targets?: TaskTargets;
  readonly assumeRole?: iam.IRole;
  readonly role?: iam.IRole;
  readonly useServiceLinkedRole?: boolean;
}

const LAMBDA_PRINCIPAL = 'lambda.amazonaws.com';

type Parameters = Readonly<Record<string, string[]>>;

/** The role that the steps of a runbook act with, and the parameters by which the runbook gets it. */
interface RunbookRole {
  readonly role: iam.IRole;
  readonly parameters: Parameters;
}

/** How a task uses a runbook, as far as it says what the steps work on. */
interface RunbookUse {
  readonly stack: Stack;
  readonly parameters: Parameters;
  readonly targets?: TaskTargets;
}

/** The parameter of a runbook that names the role of its steps. */
export function assumeRoleParameter({ runbook: { nameOrArn, _document } }: RunbookTask): string {
  return roleParameterOf(_document ? undefined : awsOwnedName(nameOrArn));
}

/** What the steps of the runbook call, if they would act with a service role that is made for the task and somebody knows. */
export function knownPermissions(props: RunbookTask): RunbookPermissions | undefined {
  const { runbook: { nameOrArn, _document }, role, useServiceLinkedRole, assumeRole, parameters = {} } = props;
  const name = _document ? undefined : awsOwnedName(nameOrArn);
  const permissions = name !== undefined && Object.hasOwn(RUNBOOK_PERMISSIONS, name) ? RUNBOOK_PERMISSIONS[name] : undefined;
  // a name that is known only at deployment may be that of the role
  const namesRole = assumeRole !== undefined || Object.keys(parameters).some((key) => key === assumeRoleParameter(props) || Token.isUnresolved(key));
  return role || useServiceLinkedRole || namesRole || !passableFunctionRole(permissions, parameters) ? undefined : permissions;
}

/** Without the ARN of a role, the functions of a runbook get one that the runbook makes, for which no permissions are given. */
function passableFunctionRole(permissions: RunbookPermissions | undefined, parameters: Parameters): boolean {
  const given = permissions?.functions && parameters[permissions.functions.roleParameter];
  return given === undefined || (given.length === 1 && (Token.isUnresolved(given[0]) || given[0].startsWith('arn:')));
}

/**
 * The role for the steps of a runbook of AWS, with what they call and nothing else.
 *
 * The tasks that a window has in one stack share one for each runbook: less than that would use up the account's quota, and more would let the steps of
 * one runbook do what another is for.
 */
export function runbookRole(task: IResource, props: RunbookTask): RunbookRole | undefined {
  const permissions = knownPermissions(props);
  if (!permissions) {
    return undefined;
  }
  const { maintenanceWindow, targets, parameters = {} } = props;
  const runbook = awsOwnedName(props.runbook.nameOrArn)!;
  const stack = Stack.of(task);
  const use = { stack, parameters, targets };
  const role = sharedRole(task, maintenanceWindow, `${runbook}Role`, `Runs the steps of ${runbook}`, automationsOf(task));
  grantAll(role, permissions.steps, use);
  if (permissions.passesItsRole) {
    grantPassRole(role, role.roleArn);
  }
  return { role, parameters: { [assumeRoleParameter(props)]: [role.roleArn], ...functionRole() } };

  function functionRole(): Parameters {
    if (!permissions?.functions) {
      return {};
    }
    const { roleParameter, calls } = permissions.functions;
    if (parameters[roleParameter]) {
      passToLambda(role, parameters[roleParameter]);
      return {};
    }
    const made = sharedRole(task, maintenanceWindow, `${runbook}FunctionRole`, `Runs the functions of ${runbook}`, new iam.ServicePrincipal(LAMBDA_PRINCIPAL));
    grantAll(made, calls, use);
    passToLambda(role, [made.roleArn]);
    return { [roleParameter]: [made.roleArn] };
  }
}

function passToLambda(role: iam.IRole, roleArns: string[]): void {
  allow(role, { actions: ['iam:PassRole'], resourceArns: roleArns, conditions: { StringEquals: { 'iam:PassedToService': LAMBDA_PRINCIPAL } } });
}

function grantAll(role: iam.IRole, statements: readonly RunbookStatement[], use: RunbookUse): void {
  for (const { actions, resources, conditions, onlyWith } of statements) {
    if (onlyWith === undefined || use.parameters[onlyWith]) {
      allow(role, { actions: [...actions], resourceArns: resources.flatMap((resource) => arnsOf(role, resource, use)), conditions });
    }
  }
}

const PARAMETER = /\{(lower:)?([A-Z]\w*)\}/;

/** The ARNs that a resource of the table stands for: with what the parameter names, if it is known, else with all. */
function arnsOf(role: iam.IRole, resource: string, use: RunbookUse): readonly string[] {
  const { stack } = use;
  const arn = resource.replace('{partition}', stack.partition).replaceAll('{region}', stack.region).replaceAll('{account}', stack.account);
  const [placeholder, lower, name] = PARAMETER.exec(resource) ?? [];
  if (placeholder === undefined) {
    return [arn];
  }
  const named = idsToGrant(role, namesIn(resource, placeholder, use.parameters[name], use.targets)) ?? ['*'];
  return named.map((id) => arn.replace(placeholder, () => (lower && !Token.isUnresolved(id) ? id.toLowerCase() : id)));
}

const TARGET = /^\{\{\s*(TARGET_ID|RESOURCE_ID)\s*\}\}$/;
const PLAIN_NAME = /^[\w.-]+$/;

/** What a parameter names, or undefined when it says so only as the task runs. */
function namesIn(resource: string, placeholder: string, values: string[] | undefined, targets: TaskTargets | undefined): string[] | undefined {
  if (values === undefined || Token.isUnresolved(values)) {
    return undefined;
  }
  const isInstance = resource.includes(':instance/');
  const names = values.map((value) => isInstance && targets && TARGET.test(value) ? instanceIdsOf(targets) : isName(value) ? [value] : undefined);
  return names.every((list) => list !== undefined) ? [...new Set(names.flat())] : undefined;

  function isName(value: string): boolean {
    return Token.isUnresolved(value) ? !value.includes('{{') : resource === placeholder ? value.startsWith('arn:') : PLAIN_NAME.test(value);
  }
}
