import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { grantAlarm, grantRunbookAlarm } from './alarm-permissions';
import type { RateControl } from './rate-control';
import { assumeRoleParameter, knownPermissions, runbookRole } from './runbook-role';
import { checkRole, grantPassRole } from './service-role';
import { undefinedIfEmpty } from './task-definition';
import type { TaskDefinition } from './task-definition';
import type { StoppableTaskOptions } from './task-options';
import { validationError } from '../common/errors';
import { checkGiven, checkLists, checkOptional } from '../common/given';
import { sortedRecord } from '../common/json';
import { allow, grantKey, grantOnce } from '../common/role-statements';
import { checkCount, checkLength, isKnown, formatValue } from '../common/validation';
import type { AutomationRunbook, DocumentVersion } from '../document/document';
import { documentArns } from '../document/document-arn';
import { checkTaskDocument } from '../document/document-checks';
import { PARAMETER_NAME, PARAMETER_NAMES, PARAMETER_VALUE, PARAMETER_VALUES } from '../rules/invocation';
import { roleParameterOf } from '../rules/runbook-permissions';
import type { TaskTargets } from '../target/task-targets';

/** Options of a task that runs a document of the type Automation. */
export interface AutomationTaskOptions extends StoppableTaskOptions {
  /** The runbook. */
  readonly runbook: AutomationRunbook;

  /**
   * The role that the steps of the runbook assume. It becomes the parameter `AutomationAssumeRole` of the runbook.
   *
   * The service role of the task gets permission to pass the role. The role must trust `ssm.amazonaws.com`.
   *
   * @default - a role with what the steps call, if the runbook is one of AWS whose calls are known and neither `role` nor `useServiceLinkedRole` is given;
   * else the steps use the service role of the task, which can only start the runbook: grant the task what the steps need
   */
  readonly assumeRole?: iam.IRole;

  /**
   * The targets of the task. One automation runs for each target.
   *
   * @default - the runbook runs once
   */
  readonly targets?: TaskTargets;

  /**
   * The maximum number of targets that the runbook runs on at the same time: a count of at least 1, or a percentage of at least 1%. Requires `targets`.
   *
   * @default - RateControl.count(1), if `targets` are given
   */
  readonly maxConcurrency?: RateControl;

  /**
   * The number or percentage of targets that can fail before the runbook starts on no further target. Requires `targets`.
   *
   * @default - RateControl.count(0), if `targets` are given
   */
  readonly maxErrors?: RateControl;

  /**
   * The version of the runbook.
   *
   * @default - the default version of the runbook
   */
  readonly documentVersion?: DocumentVersion;

  /**
   * Parameters of the runbook, each with its values. Values can contain pseudo parameters.
   *
   * Up to 200 names of 1 to 50 characters, each with up to 50 values of 1 to 512 characters.
   *
   * @default - the runbook's own defaults
   */
  readonly parameters?: { [name: string]: string[] };
}

/** Properties of a task that runs a document of the type Automation. */
export interface AutomationTaskProps extends AutomationTaskOptions {
  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/** @internal */
export function renderAutomation(task: IResource, props: AutomationTaskProps): TaskDefinition {
  checkGiven(task, 'runbook', props.runbook, 'an AutomationRunbook');
  checkOptional(task, 'assumeRole', props.assumeRole, 'a role');
  checkOptional(task, 'documentVersion', props.documentVersion, 'a DocumentVersion');
  const given = props.parameters ?? {};
  checkLists(task, 'parameters', given);
  const roleParameter = assumeRoleParameter(props);
  if (props.assumeRole && given[roleParameter] !== undefined) {
    throw validationError(task,
      `'assumeRole' and the parameter ${roleParameter} cannot be given together, got ${formatValue(given[roleParameter])}, remove it`);
  }
  const made = runbookRole(task, props);
  const parameters: Record<string, string[]> = sortedRecord(
    { ...given, ...(props.assumeRole && { [roleParameter]: [props.assumeRole.roleArn] }), ...made?.parameters }, (values) => values);
  validateParameters(task, parameters);
  checkRole(task, 'assumeRole', props.assumeRole);
  checkTaskDocument(task, { taskType: 'AUTOMATION', document: props.runbook, version: props.documentVersion, parameters });

  const maintenanceWindowAutomationParameters = undefinedIfEmpty({
    documentVersion: props.documentVersion?.version,
    parameters: undefinedIfEmpty(parameters),
  });
  return {
    taskType: 'AUTOMATION',
    taskArn: props.runbook.nameOrArn,
    targets: props.targets,
    maxConcurrency: props.maxConcurrency,
    maxErrors: props.maxErrors,
    invocationParameters: maintenanceWindowAutomationParameters && { maintenanceWindowAutomationParameters },
    valuesWithPseudoParameters: Object.values(given).flat(),
    runbookParameters: given,
    stepsRole: made?.role,
    grantTo: (role) => {
      grantStartAutomation(Stack.of(task), role, props.runbook);
      const assumed = (parameters[roleParameter] ?? []).filter((arn) => Token.isUnresolved(arn) || arn.startsWith('arn:'));
      assumed.length > 0 && grantPassRole(role, ...assumed);
      if (props.alarm) {
        grantAlarm(role);
        grantRunbookAlarm(props.assumeRole ?? made?.role ?? role);
      }
    },
    alarm: props.alarm,
    ignorePollAlarmFailure: props.ignorePollAlarmFailure,
  };
}

/**
 * Whether the steps of the runbook act with the service role, as far as the task can tell.
 *
 * @internal
 */
export function actsWithServiceRole(props: AutomationTaskProps): boolean {
  const { assumeRole, parameters, runbook } = props;
  return !assumeRole && parameters?.[assumeRoleParameter(props)] === undefined && !knownPermissions(props) && !namesItsRole(runbook);
}

/**
 * What a message calls the runbook: a runbook of this app is known by its place, its name only at deployment.
 *
 * @internal
 */
export function documentName({ _document, nameOrArn }: AutomationRunbook): string {
  return Token.isUnresolved(nameOrArn) && !_document ? 'with a name known only at deployment' : formatValue(_document?.node.path ?? nameOrArn);
}

/** A runbook of this app may name a role itself, not by the parameter. */
function namesItsRole({ _document }: AutomationRunbook): boolean {
  const content = _document && Stack.of(_document).resolve(_document.content) as { assumeRole?: unknown } | undefined;
  const assumeRole = content?.assumeRole;
  return assumeRole !== undefined && !(typeof assumeRole === 'string' && (assumeRole === '' || assumeRole.includes(roleParameterOf(undefined))));
}

function validateParameters(task: IConstruct, parameters: Readonly<Record<string, string[]>>): void {
  // without any the property is left out
  checkCount(task, 'parameters', Object.keys(parameters), 'names', { ...PARAMETER_NAMES, min: 0 });
  for (const [name, values] of Object.entries(parameters)) {
    checkLength(task, 'parameter name', name, PARAMETER_NAME);
    checkCount(task, `parameters.${name}`, values, 'values', PARAMETER_VALUES);
    for (const value of isKnown(values) ? values : []) {
      checkLength(task, `parameters.${name}`, value, PARAMETER_VALUE);
    }
  }
}

/**
 * Lets a role start the runbook and follow its executions.
 *
 * StartAutomationExecution is authorized on the execution, in the account of the window, and on the document; on the definition too since 2026-09.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 * @internal
 */
export function grantStartAutomation(stack: Stack, role: iam.IRole, runbook: AutomationRunbook): void {
  const { nameOrArn, _document } = runbook;
  grantOnce(role, grantKey(stack, 'start', nameOrArn, _document !== undefined), () => {
    const { document, automationDefinition } = documentArns(stack, nameOrArn, _document !== undefined);
    const executions = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
    allow(role, { actions: ['ssm:StartAutomationExecution'], resourceArns: [automationDefinition, document, executions] });
    allow(role, { actions: ['ssm:GetAutomationExecution'], resourceArns: [executions] });
  });
}
