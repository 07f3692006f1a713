import { ofArn } from './arn';
import type { Diagnostic, Wording } from './diagnostic';
import { DOCUMENT_ARN, DOCUMENT_NAME } from './document';
import type { Bounds, PatternRule } from './findings';
import { Findings } from './findings';
import { formatValue } from './format-value';
import { TARGET_ID, WINDOW_ID } from './identifiers';
import { checkInvocation, INVOCATION_BLOCKS, isTaskType } from './invocation';
import type { TaskType } from './invocation';
import { DESCRIPTION, NAME } from './names';
import { MAX_CONCURRENCY, MAX_ERRORS } from './rate-control';
import { ROLE_ARN } from './role';
import { entriesOf, INSTANCE_IDS, MAX_ENTRIES } from './selection';
import type { Properties, Value } from './value';
import { isList, isMap, mapOf } from './value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-maintenancewindowtask.html */
const PROPERTIES = [
  'CutoffBehavior', 'Description', 'LoggingInfo', 'MaxConcurrency', 'MaxErrors', 'Name', 'Priority', 'ServiceRoleArn', 'Targets', 'TaskArn',
  'TaskInvocationParameters', 'TaskParameters', 'TaskType', 'WindowId',
];

/** The service counts in 32 bits. */
export const PRIORITY: Bounds = { min: 0, max: 2_147_483_647 };

/** What a task that still runs at the cutoff can be told to do. */
export const CUTOFF_BEHAVIORS = ['CONTINUE_TASK', 'CANCEL_TASK'] as const;

/**
 * The window targets of one task. A task with more is refused, also in accounts with a raised quota of targets.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
 */
export const MAX_WINDOW_TARGETS = 10;

/** The instances of one task. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Target.html */
export const TASK_INSTANCE_IDS: Bounds = { min: 1, max: 50 };

const WINDOW_TARGET_IDS = 'WindowTargetIds';

export const FUNCTION_ARN: PatternRule = {
  pattern: /^(?!arn:).+$|^arn:[a-z0-9-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[^:]+$/,
  rule: 'be the name or the ARN of a function without a version',
  canMatch: (text) => !'arn:'.startsWith(text.prefix.slice(0, 4)) || ofArn('lambda', 'function:')(text),
};
export const STATE_MACHINE_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:states:[a-z0-9-]+:[0-9]{12}:stateMachine:.+$/,
  rule: 'be the ARN of a state machine and not its name',
  canMatch: ofArn('states', 'stateMachine:'),
};
const DOCUMENT: PatternRule = {
  pattern: new RegExp(`${DOCUMENT_NAME.pattern.source}|${DOCUMENT_ARN.pattern.source}`),
  rule: 'be the name or the ARN of a document',
};

const TASK_ARNS: Readonly<Record<TaskType, PatternRule>> = {
  RUN_COMMAND: DOCUMENT, AUTOMATION: DOCUMENT, LAMBDA: FUNCTION_ARN, STEP_FUNCTIONS: STATE_MACHINE_ARN,
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html */
const TASK_ARN: Bounds = { min: 1, max: 1_600 };

/** The deprecated output settings. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LoggingInfo.html */
const LOGGING = { S3Bucket: { min: 3, max: 63 }, S3Prefix: { min: 0, max: 500 }, Region: { min: 3, max: 20 } } satisfies Record<string, Bounds>;

/** A name or a value of the deprecated parameters. */
const TASK_PARAMETER: Bounds = { min: 1, max: 255 };

/** What the service rejects in a task. */
export function taskDiagnostics(properties: Properties, wording?: Wording): readonly Diagnostic[] {
  const findings = new Findings(wording);
  const { TaskType: taskType } = properties;
  findings.unknownProperties(properties, PROPERTIES);
  ['WindowId', 'TaskType', 'TaskArn', 'Priority'].forEach((property) => findings.required(property, properties[property], 'set it'));
  findings.pattern('WindowId', properties.WindowId, WINDOW_ID);
  findings.pattern('Name', properties.Name, NAME);
  findings.length('Description', properties.Description, DESCRIPTION);
  findings.integer('Priority', properties.Priority, PRIORITY);
  findings.oneOf('TaskType', taskType, Object.keys(INVOCATION_BLOCKS));
  findings.oneOf('CutoffBehavior', properties.CutoffBehavior, CUTOFF_BEHAVIORS);
  findings.pattern('ServiceRoleArn', properties.ServiceRoleArn, ROLE_ARN);
  checkTargets(findings, properties);
  checkDeprecated(findings, properties);
  findings.length('TaskArn', properties.TaskArn, TASK_ARN);
  if (isTaskType(taskType)) {
    findings.pattern('TaskArn', properties.TaskArn, TASK_ARNS[taskType]);
    checkInvocation(findings, taskType, properties);
  }
  return findings.all;
}

function checkDeprecated(findings: Findings, { LoggingInfo: logging, TaskParameters: parameters }: Properties): void {
  if (isMap(logging)) {
    findings.required('LoggingInfo.S3Bucket', logging.S3Bucket, 'name the bucket');
    findings.required('LoggingInfo.Region', logging.Region, 'name the Region of the bucket');
    Object.entries(LOGGING).forEach(([name, bounds]) => findings.length(`LoggingInfo.${name}`, logging[name], bounds));
  }
  for (const [name, parameter] of Object.entries(mapOf(parameters))) {
    findings.length('TaskParameters name', name, TASK_PARAMETER);
    const { Values: values } = mapOf(parameter);
    (isList(values) ? values : []).forEach((value) => findings.length(`TaskParameters.${name}`, value, TASK_PARAMETER));
  }
}

function checkTargets(findings: Findings, properties: Properties): void {
  const { Targets: targets, MaxConcurrency: concurrency, MaxErrors: errors, TaskType: taskType } = properties;
  findings.pattern('MaxConcurrency', textOf(concurrency), MAX_CONCURRENCY);
  findings.pattern('MaxErrors', textOf(errors), MAX_ERRORS);
  const entries = entriesOf(targets);
  if (targets === undefined || entries?.length === 0) {
    checkWithoutTargets(findings, taskType, { MaxConcurrency: concurrency, MaxErrors: errors });
    return;
  }
  findings.required('MaxConcurrency', concurrency, 'a task with targets needs it');
  findings.required('MaxErrors', errors, 'a task with targets needs it');
  if (!entries) {
    return;
  }
  findings.count('Targets', targets, 'keys', { min: 0, max: MAX_ENTRIES });
  for (const { key, values } of entries) {
    findings.required('Targets.Key', key, 'give each target a key');
    findings.required('Targets.Values', values, 'give each target its values');
  }
  const keys = entries.map(({ key }) => key).filter((key) => typeof key === 'string');
  const name = findings.name('Targets');
  for (const key of keys.filter((one) => one !== WINDOW_TARGET_IDS && one !== INSTANCE_IDS)) {
    findings.error('Targets', `a key of ${name} of a task must be "${WINDOW_TARGET_IDS}" or "${INSTANCE_IDS}", got ${formatValue(key)}, register a window target`);
  }
  if (new Set(keys).size > 1) {
    findings.error('Targets', `${name} must hold either window targets or instance IDs, got ${formatValue(keys)}, make two tasks`);
  }
  const lists = entries.map(({ values }) => values);
  if (lists.every(isList)) {
    checkIds(findings, keys[0], (lists as readonly (readonly Value[])[]).flat());
  }
}

function checkWithoutTargets(findings: Findings, taskType: Value, rates: Properties): void {
  if (taskType === 'RUN_COMMAND') {
    findings.error('Targets', `${findings.name('Targets')} must be set for a Run Command task, got none, register a target`);
  }
  for (const [property, value] of Object.entries(rates)) {
    if (value !== undefined && value !== null) {
      const name = findings.name(property);
      findings.error(property, `${name} can only be given together with ${findings.name('Targets')}, add targets or remove ${name}`);
    }
  }
}

function checkIds(findings: Findings, key: string | undefined, ids: readonly Value[]): void {
  const name = findings.name('Targets');
  if (key === WINDOW_TARGET_IDS) {
    if (ids.length === 0 || ids.length > MAX_WINDOW_TARGETS) {
      findings.error('Targets', ids.length === 0 ? `${name} must hold at least one registered target, got []`
        : `${name} must hold at most ${MAX_WINDOW_TARGETS} registered targets, got ${ids.length}, spread them over several tasks of the same priority`);
    }
    ids.forEach((id) => findings.pattern('WindowTargetIds', id, TARGET_ID));
  } else if (key === INSTANCE_IDS && (ids.length < TASK_INSTANCE_IDS.min || ids.length > TASK_INSTANCE_IDS.max!)) {
    findings.error('Targets', `${name} must hold ${TASK_INSTANCE_IDS.min} to ${TASK_INSTANCE_IDS.max} instance IDs, got ${ids.length}`);
  }
}

/** Rates are texts in CloudFormation, which takes numbers for them too. */
function textOf(value: Value): Value {
  return typeof value === 'number' ? String(value) : value;
}
