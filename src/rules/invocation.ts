import { ofArn } from './arn';
import { DOCUMENT_VERSION, SHA_256 } from './document';
import type { Bounds, Findings, PatternRule } from './findings';
import { textOfCharacters } from './findings';
import { formatValue } from './format-value';
import { canBeJson } from './json-text';
import { isServiceLinkedRoleArn, ROLE_ARN } from './role';
import type { Properties, Value } from './value';
import { isList, isMap, mapOf } from './value';

/*
 * What each kind of task is invoked with.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowTaskInvocationParameters.html
 */

export type TaskType = 'RUN_COMMAND' | 'AUTOMATION' | 'LAMBDA' | 'STEP_FUNCTIONS';

/** The block of TaskInvocationParameters that a type of task has. */
export const INVOCATION_BLOCKS: Readonly<Record<TaskType, string>> = {
  RUN_COMMAND: 'MaintenanceWindowRunCommandParameters',
  AUTOMATION: 'MaintenanceWindowAutomationParameters',
  LAMBDA: 'MaintenanceWindowLambdaParameters',
  STEP_FUNCTIONS: 'MaintenanceWindowStepFunctionsParameters',
};

const MEMBERS: Readonly<Record<TaskType, readonly string[]>> = {
  RUN_COMMAND: [
    'CloudWatchOutputConfig', 'Comment', 'DocumentHash', 'DocumentHashType', 'DocumentVersion', 'NotificationConfig', 'OutputS3BucketName',
    'OutputS3KeyPrefix', 'Parameters', 'ServiceRoleArn', 'TimeoutSeconds',
  ],
  AUTOMATION: ['DocumentVersion', 'Parameters'],
  LAMBDA: ['ClientContext', 'Payload', 'Qualifier'],
  STEP_FUNCTIONS: ['Input', 'Name'],
};

// Run Command
export const COMMENT: Bounds = { min: 0, max: 100 };
export const OUTPUT_KEY_PREFIX: Bounds = { min: 0, max: 500 };
export const OUTPUT_BUCKET_NAME: Bounds = { min: 3, max: 63 };
/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CloudWatchOutputConfig.html */
export const OUTPUT_LOG_GROUP_NAME: PatternRule = textOfCharacters('.\\-_/#A-Za-z0-9', { min: 1, max: 512 },
  'be the name of a log group, 1 to 512 letters, digits and ". - _ / #"');
export const TIMEOUT_SECONDS: Bounds = { min: 30, max: 2_592_000 };
const NOTIFICATION_EVENTS = ['All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed'];
const HASH_TYPES = ['Sha256', 'Sha1'];
const NOTIFICATION_TYPES = ['Command', 'Invocation'];
export const TOPIC_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+(\.fifo)?$/,
  rule: 'be the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:Patching"',
  canMatch: ofArn('sns', ''),
};

// Automation
export const PARAMETER_NAMES: Bounds = { min: 1, max: 200 };
export const PARAMETER_NAME: Bounds = { min: 1, max: 50 };
export const PARAMETER_VALUES: Bounds = { min: 0, max: 50 };
export const PARAMETER_VALUE: Bounds = { min: 1, max: 512 };

// Lambda and Step Functions
/** What the service takes as the payload of a function, a blob, and as the input of a state machine, a string. */
export const MAX_INPUT = 4_096;
export const CLIENT_CONTEXT: Bounds = { min: 1, max: 8_000 };
/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const QUALIFIER: PatternRule = textOfCharacters('a-zA-Z0-9$_\\-', { min: 1, max: 128 },
  'be "$LATEST", a version or an alias, 1 to 128 letters, digits, "-", "_" and "$"');

/** The longest client context that a function gets, in bytes of Base64. @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const LAMBDA_CLIENT_CONTEXT = 3_583;
export const EXECUTION_NAME: Bounds = { min: 1, max: 80 };

export function isTaskType(value: Value): value is TaskType {
  return typeof value === 'string' && Object.hasOwn(INVOCATION_BLOCKS, value);
}

export function checkInvocation(findings: Findings, taskType: TaskType, properties: Properties): void {
  const given = properties.TaskInvocationParameters;
  if (!isMap(given)) {
    return;
  }
  const block = INVOCATION_BLOCKS[taskType];
  for (const name of Object.keys(given).filter((key) => key !== block)) {
    findings.error('TaskInvocationParameters', `'${name}' must be left out of TaskInvocationParameters of a ${taskType} task, got ${formatValue(given[name])}, remove it`);
  }
  const parameters = mapOf(given[block]);
  for (const name of Object.keys(parameters).filter((key) => !MEMBERS[taskType].includes(key))) {
    findings.error('TaskInvocationParameters', `'${name}' must be left out of ${block}, got ${formatValue(parameters[name])}, remove it`);
  }
  switch (taskType) {
    case 'RUN_COMMAND': return checkRunCommand(findings, parameters, properties.ServiceRoleArn);
    case 'AUTOMATION': return checkAutomation(findings, parameters);
    case 'LAMBDA': return checkLambda(findings, parameters);
    case 'STEP_FUNCTIONS': return checkStepFunctions(findings, parameters);
  }
}

function checkRunCommand(findings: Findings, parameters: Properties, serviceRoleArn: Value): void {
  findings.length('Comment', parameters.Comment, COMMENT);
  findings.length('OutputS3BucketName', parameters.OutputS3BucketName, OUTPUT_BUCKET_NAME);
  findings.length('OutputS3KeyPrefix', parameters.OutputS3KeyPrefix, OUTPUT_KEY_PREFIX);
  findings.integer('TimeoutSeconds', parameters.TimeoutSeconds, TIMEOUT_SECONDS, 'seconds');
  findings.pattern('DocumentVersion', parameters.DocumentVersion, DOCUMENT_VERSION);
  findings.pattern('ServiceRoleArn', parameters.ServiceRoleArn, ROLE_ARN);
  if (parameters.DocumentHashType === 'Sha1') {
    findings.error('DocumentHashType', `${findings.name('DocumentHashType')} must be Sha256, got "Sha1", which is deprecated`);
  } else {
    findings.pattern('DocumentHash', parameters.DocumentHash, SHA_256);
  }
  const output = mapOf(parameters.CloudWatchOutputConfig);
  findings.pattern('CloudWatchLogGroupName', output.CloudWatchLogGroupName, OUTPUT_LOG_GROUP_NAME);
  findings.boolean('CloudWatchOutputEnabled', output.CloudWatchOutputEnabled);
  findings.oneOf('DocumentHashType', parameters.DocumentHashType, HASH_TYPES);
  if (isMap(parameters.NotificationConfig)) {
    checkNotification(findings, parameters.NotificationConfig, parameters, serviceRoleArn);
  }
}

function checkNotification(findings: Findings, notification: Properties, parameters: Properties, serviceRoleArn: Value): void {
  findings.required('NotificationArn', notification.NotificationArn, 'give the ARN of a topic');
  findings.pattern('NotificationArn', notification.NotificationArn, TOPIC_ARN);
  for (const event of isList(notification.NotificationEvents) ? notification.NotificationEvents : []) {
    findings.oneOf('NotificationEvents', event, NOTIFICATION_EVENTS);
  }
  findings.oneOf('NotificationType', notification.NotificationType, NOTIFICATION_TYPES);
  if (parameters.ServiceRoleArn === undefined) {
    findings.error('NotificationConfig',
      `${findings.name('NotificationConfig')} needs ServiceRoleArn beside it, a role that may publish to the topic, got none, give a role`);
  }
  if (serviceRoleArn === undefined || isServiceLinkedRoleArn(serviceRoleArn)) {
    findings.error('NotificationConfig',
      `${findings.name('NotificationConfig')} needs a service role of the task that may pass the role on, got the service-linked role, give a role of your own`);
  }
}

function checkAutomation(findings: Findings, parameters: Properties): void {
  findings.pattern('DocumentVersion', parameters.DocumentVersion, DOCUMENT_VERSION);
  if (isMap(parameters.Parameters)) {
    checkAutomationParameters(findings, 'Parameters', parameters.Parameters);
  }
}

/** Parameters of a runbook, each with its values. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
function checkAutomationParameters(findings: Findings, property: string, parameters: Properties): void {
  findings.count(property, Object.keys(parameters), 'names', PARAMETER_NAMES);
  for (const [name, values] of Object.entries(parameters)) {
    findings.length('parameter name', name, PARAMETER_NAME);
    findings.count(`${property}.${name}`, values, 'values', PARAMETER_VALUES);
    for (const value of isList(values) ? values : []) {
      findings.length(`${property}.${name}`, value, PARAMETER_VALUE);
    }
  }
}

function checkLambda(findings: Findings, { Payload: payload, ClientContext: context, Qualifier: qualifier }: Properties): void {
  if (typeof payload === 'string') {
    if (!isBase64(payload)) {
      findings.error('Payload', `${findings.name('Payload')} must be Base64, got ${formatValue(payload)}, encode it`);
    } else if (Buffer.from(payload, 'base64').length > MAX_INPUT) {
      findings.error('Payload',
        `${findings.name('Payload')} must be at most ${MAX_INPUT} bytes long, got ${Buffer.from(payload, 'base64').length} bytes, shorten it`);
    }
  }
  findings.length('ClientContext', context, CLIENT_CONTEXT);
  findings.pattern('Qualifier', qualifier, QUALIFIER);
}

function checkStepFunctions(findings: Findings, { Input: input, Name: name }: Properties): void {
  findings.length('Input', input, { min: 0, max: MAX_INPUT });
  if (canBeJson(input) === 'no') {
    findings.error('Input', `${findings.name('Input')} must be JSON, got ${formatValue(input)}, write it as JSON`);
  }
  findings.length('Name', name, EXECUTION_NAME);
}

export function isBase64(value: string): boolean {
  return value !== '' && Buffer.from(value, 'base64').toString('base64') === value;
}
