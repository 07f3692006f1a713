import { isObject, valueOf, type Json, type JsonObject } from '../json';
import { booleanMistakes, isLiteral, missing, outsideLength, outsideRange } from '../literals';
import { isBase64, jsonOf } from '../payload';
import { isServiceLinkedRole } from '../service-linked-role';
import { BLOCKS, CUTOFF_BEHAVIORS, invocationBlock } from '../task-types';

const MEMBERS: { readonly [taskType: string]: string[] } = {
  RUN_COMMAND: [
    'CloudWatchOutputConfig', 'Comment', 'DocumentHash', 'DocumentHashType', 'DocumentVersion', 'NotificationConfig', 'OutputS3BucketName',
    'OutputS3KeyPrefix', 'Parameters', 'ServiceRoleArn', 'TimeoutSeconds',
  ],
  AUTOMATION: ['DocumentVersion', 'Parameters'],
  LAMBDA: ['ClientContext', 'Payload', 'Qualifier'],
  STEP_FUNCTIONS: ['Input', 'Name'],
};

const CONCURRENCY = /^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$/;
const ERRORS = /^([1-9][0-9]*|0|[1-9][0-9]%|[0-9]%|100%)$/;
const DOCUMENT = /^([a-zA-Z0-9_\-.]{3,128}|arn:[a-z0-9-]+:ssm:[a-z0-9-]*:[0-9]*:(document|automation-definition)\/[a-zA-Z0-9_\-.]{3,128})$/;
const DOCUMENT_VERSION = /^(\$DEFAULT|\$LATEST|[1-9][0-9]*)$/;
const ROLE = /^arn:[a-z0-9-]+:iam::\d*:role\/.+$/;
const EVENTS = ['All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed'];

export function taskMistakes(properties: JsonObject): string[] {
  const { TaskType: taskType, TaskArn: taskArn, ServiceRoleArn: role, CutoffBehavior: cutoff } = properties;
  const hasKnownType = typeof taskType === 'string' && valueOf(BLOCKS, taskType) !== undefined;
  return [
    ...missing(properties, 'WindowId', 'TaskType', 'TaskArn', 'Priority'),
    ...taskType === undefined || hasKnownType ? [] : [`TaskType must be one of ${Object.keys(BLOCKS).join(', ')}, got ${JSON.stringify(taskType)}`],
    ...outsideRange('Priority', properties.Priority, 0),
    ...cutoff !== undefined && isLiteral(cutoff) && !CUTOFF_BEHAVIORS.some(name => name === cutoff)
      ? [`CutoffBehavior must be one of ${CUTOFF_BEHAVIORS.join(', ')}, got ${JSON.stringify(cutoff)}`] : [],
    ...typeof role === 'string' && !ROLE.test(role) ? [`ServiceRoleArn must be the ARN of a role, got "${role}"`] : [],
    ...targetMistakes(properties),
    ...hasKnownType ? invocationMistakes(taskType, properties.TaskInvocationParameters) : [],
    ...hasKnownType ? taskArnMistakes(taskType, taskArn) : [],
    ...hasKnownType ? blockMistakes(taskType, invocationBlock(properties), properties) : [],
  ];
}

function targetMistakes(properties: JsonObject): string[] {
  const { Targets: targets, MaxConcurrency: concurrency, MaxErrors: errors, TaskType: taskType } = properties;
  const rates = [
    ...isRateMistake(concurrency, CONCURRENCY) ? [`MaxConcurrency must be a number from 1 or a percentage from 1%, got "${String(concurrency)}"`] : [],
    ...isRateMistake(errors, ERRORS) ? [`MaxErrors must be a number or a percentage, got "${String(errors)}"`] : [],
  ];
  if (targets === undefined || (Array.isArray(targets) && targets.length === 0)) {
    return [
      ...taskType === 'RUN_COMMAND' ? ['a Run Command task must have targets'] : [],
      ...concurrency !== undefined || errors !== undefined ? ['MaxConcurrency and MaxErrors need targets'] : [],
      ...rates,
    ];
  }
  const keys = Array.isArray(targets) ? targets.map(target => isObject(target) ? target.Key : undefined) : [];
  const known = keys.filter(key => typeof key === 'string');
  const values = Array.isArray(targets) ? targets.flatMap(target => isObject(target) && Array.isArray(target.Values) ? target.Values : []) : [];
  const limit = known[0] === 'WindowTargetIds' ? 10 : 50;
  const hasValueLists = Array.isArray(targets) && targets.every(target => isObject(target) && Array.isArray(target.Values));
  return [
    ...missing(properties, 'MaxConcurrency', 'MaxErrors').map(problem => `${problem}, which a task with targets must have`),
    ...rates,
    ...known.filter(key => !['WindowTargetIds', 'InstanceIds'].includes(key)).map(key => `the key "${key}" is not for a task, register a window target and refer to it`),
    ...new Set(known).size > 1 ? ['Targets must hold either window targets or instance ids'] : [],
    ...hasValueLists && (values.length === 0 || values.length > limit) ? [`Targets must hold 1 to ${limit} ids, got ${values.length}`] : [],
  ];
}

function isRateMistake(value: Json | undefined, pattern: RegExp): boolean {
  return (typeof value === 'string' || typeof value === 'number') && (!pattern.test(String(value)) || String(value).length > 7);
}

function invocationMistakes(taskType: string, parameters: Json | undefined): string[] {
  if (!isObject(parameters)) {
    return [];
  }
  const block = BLOCKS[taskType];
  const misplaced = Object.keys(parameters).filter(name => name !== block);
  const unknown = Object.keys(isObject(parameters[block]) ? parameters[block] : {}).filter(name => !MEMBERS[taskType].includes(name));
  return [
    ...misplaced.map(name => `${name} does not belong in TaskInvocationParameters${Object.values(BLOCKS).includes(name) ? ` of a ${taskType} task` : ''}`),
    ...unknown.map(name => `${name} does not belong in ${block}`),
  ];
}

function taskArnMistakes(taskType: string, taskArn: Json | undefined): string[] {
  if (typeof taskArn !== 'string') {
    return [];
  }
  switch (taskType) {
    case 'LAMBDA': return taskArn.startsWith('arn:') && !/^arn:[a-z0-9-]+:lambda:[a-z0-9-]*:[0-9]*:function:[^:]+$/.test(taskArn)
      ? [`TaskArn must be the name or the ARN of a function without a version, got "${taskArn}"`] : [];
    case 'STEP_FUNCTIONS': return /^arn:[a-z0-9-]+:states:[a-z0-9-]*:[0-9]*:stateMachine:.+$/.test(taskArn)
      ? [] : [`TaskArn must be the ARN of a state machine and not its name, got "${taskArn}"`];
    default: return DOCUMENT.test(taskArn) ? [] : [`TaskArn must be the name or the ARN of a document, got "${taskArn}"`];
  }
}

function blockMistakes(taskType: string, block: JsonObject, properties: JsonObject): string[] {
  const { DocumentVersion: version } = block;
  const common = typeof version === 'string' && !DOCUMENT_VERSION.test(version) ? [`DocumentVersion must be $DEFAULT, $LATEST or a number, got "${version}"`] : [];
  switch (taskType) {
    case 'RUN_COMMAND': return [...common, ...runCommandMistakes(block, properties)];
    case 'LAMBDA': return [
      ...typeof block.Payload === 'string' && !isBase64(block.Payload) ? ['Payload must be Base64'] : [],
      ...typeof block.Payload === 'string' && Buffer.from(block.Payload, 'base64').length > 4096 ? ['Payload must have at most 4096 bytes'] : [],
      ...outsideLength('ClientContext', block.ClientContext, 1, 8000),
      ...outsideLength('Qualifier', block.Qualifier, 1, 128),
    ];
    case 'STEP_FUNCTIONS': return [
      ...outsideLength('Input', block.Input, 0, 4096),
      ...typeof block.Input === 'string' && !block.Input.includes('{{') && jsonOf(block.Input) === undefined ? ['Input must be JSON'] : [],
      ...outsideLength('Name', block.Name, 1, 80),
    ];
    default: return [...common, ...automationMistakes(block.Parameters)];
  }
}

function automationMistakes(parameters: Json | undefined): string[] {
  if (!isObject(parameters)) {
    return [];
  }
  const lists = Object.entries(parameters).flatMap(([name, values]) => Array.isArray(values) ? [{ name, values }] : []);
  return [
    ...Object.keys(parameters).length > 200 ? [`Parameters must hold at most 200 names, got ${Object.keys(parameters).length}`] : [],
    ...Object.keys(parameters).flatMap(name => outsideLength(`the parameter name "${name}"`, name, 1, 50)),
    ...lists.flatMap(({ name, values }) => values.length > 50 ? [`Parameters.${name} must have at most 50 values, got ${values.length}`] : []),
    ...lists.flatMap(({ name, values }) => values.flatMap(value => outsideLength(`a value of Parameters.${name}`, value, 1, 512))),
  ];
}

function runCommandMistakes(block: JsonObject, properties: JsonObject): string[] {
  const notification = isObject(block.NotificationConfig) ? block.NotificationConfig : undefined;
  const events = Array.isArray(notification?.NotificationEvents) ? notification.NotificationEvents : [];
  const type = notification?.NotificationType;
  const output = isObject(block.CloudWatchOutputConfig) ? block.CloudWatchOutputConfig : {};
  const hash = block.DocumentHash;
  return [
    ...outsideLength('Comment', block.Comment, 0, 100),
    ...outsideRange('TimeoutSeconds', block.TimeoutSeconds, 30, 2592000),
    ...outsideLength('OutputS3KeyPrefix', block.OutputS3KeyPrefix, 0, 500),
    ...block.DocumentHashType === 'Sha1' ? ['DocumentHashType Sha1 is deprecated, use Sha256'] : [],
    ...typeof hash === 'string' && block.DocumentHashType !== 'Sha1' && !/^[0-9a-fA-F]{64}$/.test(hash) ? ['DocumentHash must have 64 hexadecimal digits'] : [],
    ...notification && block.ServiceRoleArn === undefined ? ['NotificationConfig needs a role that may publish to the topic in ServiceRoleArn of the invocation parameters'] : [],
    ...notification && isServiceLinkedRole(properties.ServiceRoleArn) ? ['NotificationConfig needs a service role of its own in ServiceRoleArn of the task'] : [],
    ...notification ? missing(notification, 'NotificationArn') : [],
    ...typeof notification?.NotificationArn === 'string' && !/^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d*:.+$/.test(notification.NotificationArn)
      ? [`NotificationArn must be the ARN of a topic, got "${notification.NotificationArn}"`] : [],
    ...events.filter(event => typeof event === 'string' && !EVENTS.includes(event)).map(event => `NotificationEvents must be of ${EVENTS.join(', ')}, got "${String(event)}"`),
    ...typeof type === 'string' && !['Command', 'Invocation'].includes(type) ? [`NotificationType must be Command or Invocation, got "${type}"`] : [],
    ...booleanMistakes('CloudWatchOutputEnabled', output.CloudWatchOutputEnabled),
    ...typeof block.ServiceRoleArn === 'string' && !ROLE.test(block.ServiceRoleArn) ? [`ServiceRoleArn of the invocation parameters must be the ARN of a role, got "${block.ServiceRoleArn}"`] : [],
  ];
}
