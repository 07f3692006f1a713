import { isBase64 } from '../../rules/invocation';
import { isObject, valueOf, type Json, type JsonObject } from '../json';
import { encodeBase64, payloadText } from '../payload';

/** Members that tell about the window's state and not about its definition. */
const WINDOW_STATE = ['CreatedDate', 'ModifiedDate', 'NextExecutionTime'];
const WINDOW_MEMBERS = [
  'Name', 'Description', 'StartDate', 'EndDate', 'Schedule', 'ScheduleTimezone', 'ScheduleOffset', 'Duration', 'Cutoff',
  'AllowUnassociatedTargets', 'Tags',
];
const TARGET_MEMBERS = ['ResourceType', 'Targets', 'OwnerInformation', 'Name', 'Description'];
const TASK_MEMBERS = [
  'TaskArn', 'ServiceRoleArn', 'Targets', 'Priority', 'MaxConcurrency', 'MaxErrors', 'Name', 'Description', 'CutoffBehavior',
];

/** Blocks of TaskInvocationParameters: the name in the API, and in CloudFormation. */
const INVOCATION_BLOCKS: { readonly [name: string]: string } = {
  RunCommand: 'MaintenanceWindowRunCommandParameters',
  Automation: 'MaintenanceWindowAutomationParameters',
  Lambda: 'MaintenanceWindowLambdaParameters',
  StepFunctions: 'MaintenanceWindowStepFunctionsParameters',
};

const TASK_TYPES: { readonly [name: string]: string } = {
  RunCommand: 'RUN_COMMAND', Automation: 'AUTOMATION', Lambda: 'LAMBDA', StepFunctions: 'STEP_FUNCTIONS',
};

const LOGGING_MEMBERS: { readonly [name: string]: string } = { S3BucketName: 'S3Bucket', S3Region: 'Region', S3KeyPrefix: 'S3Prefix' };

/** Members of requests that ask for something and define nothing. */
const REQUEST_MEMBERS = ['ClientToken', 'Replace', 'Safe'];

/** Maps whose texts are what a document or a function gets: an empty one is a value there. */
const CONTENTS = ['Parameters', 'TaskParameters', 'Tags'];

/** Properties as CloudFormation has them, and the members that have no place there. */
export interface Converted {
  readonly properties: JsonObject;
  readonly unknown: string[];
}

/** A record without members that have no value: answers have an empty text for what is not set, which a template must leave out. */
export function withoutEmptyTexts(record: JsonObject): { readonly record: JsonObject; readonly empty: string[] } {
  const empty: string[] = [];
  const kept = Object.entries(record).flatMap(([name, value]): Array<readonly [string, Json]> => {
    if (value === '') {
      empty.push(name);
      return [];
    }
    // the SDK gives bytes and dates as objects of their own
    if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype || CONTENTS.includes(name)) {
      return [[name, value]];
    }
    const inner = withoutEmptyTexts(value);
    empty.push(...inner.empty.map(innerName => `${name}.${innerName}`));
    const isEmpty = inner.empty.length > 0 && Object.values(inner.record).every(item => Array.isArray(item) && item.length === 0);
    return isEmpty ? [] : [[name, inner.record]];
  });
  return { record: Object.fromEntries(kept), empty };
}

/** The type of a task that a request does not name: it follows from the only block of its invocation parameters. */
function taskTypeOf(task: JsonObject): Json | undefined {
  const blocks = isObject(task.TaskInvocationParameters) ? Object.keys(task.TaskInvocationParameters) : [];
  return task.TaskType ?? task.Type ?? (blocks.length === 1 ? valueOf(TASK_TYPES, blocks[0]) : undefined);
}

/** The type of the resources that a request does not name. */
function resourceTypeOf({ ResourceType: type, Targets: targets }: JsonObject): Json | undefined {
  const keys = asArray(targets).map(target => (isObject(target) ? String(target.Key) : ''));
  return type ?? (keys.length === 0 ? undefined : keys.some(key => key.startsWith('resource-groups:')) ? 'RESOURCE_GROUP' : 'INSTANCE');
}

export function windowProperties(window: JsonObject): Converted {
  return convert(window, WINDOW_MEMBERS, [...WINDOW_STATE, 'WindowId', 'Enabled', 'ResponseMetadata', ...REQUEST_MEMBERS]);
}

export function targetProperties(target: JsonObject): Converted {
  const type = resourceTypeOf(target);
  return convert({ ...target, ...type !== undefined && { ResourceType: type } }, TARGET_MEMBERS, ['WindowId', 'WindowTargetId', 'ResponseMetadata', ...REQUEST_MEMBERS]);
}

export function taskProperties(task: JsonObject): Converted {
  const taskType = taskTypeOf(task);
  const converted = convert(task, TASK_MEMBERS, [
    'WindowId', 'WindowTaskId', 'TaskType', 'Type', 'TaskInvocationParameters', 'TaskParameters', 'LoggingInfo', 'AlarmConfiguration', 'ResponseMetadata',
    ...REQUEST_MEMBERS,
  ]);
  const properties: JsonObject = { ...converted.properties, ...(taskType !== undefined && { TaskType: taskType }) };
  const unknown = [...converted.unknown];
  if (Array.isArray(properties.Targets) && properties.Targets.length === 0) {
    delete properties.Targets;
  }
  if (isObject(task.TaskInvocationParameters)) {
    const invocation = invocationParameters(task.TaskInvocationParameters);
    unknown.push(...invocation.unknown);
    if (Object.keys(invocation.properties).length > 0) {
      properties.TaskInvocationParameters = invocation.properties;
    }
  }
  if (isObject(task.TaskParameters) && Object.keys(task.TaskParameters).length > 0) {
    properties.TaskParameters = task.TaskParameters;
  }
  if (isObject(task.LoggingInfo)) {
    properties.LoggingInfo = Object.fromEntries(Object.entries(task.LoggingInfo)
      .map(([name, value]) => [valueOf(LOGGING_MEMBERS, name) ?? name, value]));
  }
  return { properties, unknown };
}

function convert(source: JsonObject, members: string[], others: string[]): Converted {
  const known = Object.entries(source).filter(([name, value]) => members.includes(name) && value !== null && value !== undefined);
  const unknown = Object.keys(source).filter(name => !members.includes(name) && !others.includes(name));
  return { properties: Object.fromEntries(known), unknown };
}

function invocationParameters(source: JsonObject): Converted {
  const properties: JsonObject = {};
  const unknown: string[] = [];
  for (const [name, block] of Object.entries(source)) {
    const property = valueOf(INVOCATION_BLOCKS, name);
    if (property === undefined) {
      unknown.push(`TaskInvocationParameters.${name}`);
    } else if (isObject(block) && Object.keys(block).length > 0) {
      properties[property] = name === 'Lambda' ? lambdaBlock(block) : block;
    }
  }
  return { properties, unknown };
}

/** CloudFormation wants the payload in Base64, the AWS CLI prints text or Base64, the SDK gives bytes. */
function lambdaBlock(block: JsonObject): JsonObject {
  const payload: unknown = block.Payload;
  if (payload instanceof Uint8Array) {
    return { ...block, Payload: Buffer.from(payload).toString('base64') };
  }
  if (typeof payload !== 'string') {
    return block;
  }
  // without padding it may as well be a word
  const isBytes = payload.endsWith('=') && isBase64(payload);
  return { ...block, Payload: isBytes ? payload : encodeBase64(payloadText(payload)) };
}

/** `describe-maintenance-window-tasks` leaves these out. */
export function isListForm(task: JsonObject): boolean {
  return task.TaskType === undefined && task.Type !== undefined && task.TaskInvocationParameters === undefined;
}

export function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
