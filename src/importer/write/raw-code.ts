import { array, call, core, service, type Code, type ObjectCode } from './code';
import { expressionOf } from '../expression';
import { isObject, valueOf, type Json, type JsonObject } from '../json';
import type { EntityKind } from '../model';
import { L1_CLASSES } from './l1-classes';
import type { Values } from './values';

/** Properties that the L1 constructs type, nested ones by path; `*` stands for the items of a list. */
const TYPED: Record<EntityKind, { readonly [path: string]: 'string' | 'number' | 'boolean' | 'struct' | 'json' }> = {
  window: {
    'AllowUnassociatedTargets': 'boolean',
    'Cutoff': 'number',
    'Description': 'string',
    'Duration': 'number',
    'EndDate': 'string',
    'Name': 'string',
    'Schedule': 'string',
    'ScheduleOffset': 'number',
    'ScheduleTimezone': 'string',
    'StartDate': 'string',
    'Tags': 'struct',
    'Tags.*': 'struct',
    'Tags.*.Key': 'string',
    'Tags.*.Value': 'string',
  },
  target: {
    'Description': 'string',
    'Name': 'string',
    'OwnerInformation': 'string',
    'ResourceType': 'string',
    'WindowId': 'string',
    'Targets': 'struct',
    'Targets.*': 'struct',
    'Targets.*.Key': 'string',
    'Targets.*.Values': 'struct',
    'Targets.*.Values.*': 'string',
  },
  task: {
    'CutoffBehavior': 'string',
    'Description': 'string',
    'LoggingInfo': 'struct',
    'LoggingInfo.Region': 'string',
    'LoggingInfo.S3Bucket': 'string',
    'LoggingInfo.S3Prefix': 'string',
    'MaxConcurrency': 'string',
    'MaxErrors': 'string',
    'Name': 'string',
    'Priority': 'number',
    'ServiceRoleArn': 'string',
    'Targets': 'struct',
    'Targets.*': 'struct',
    'Targets.*.Key': 'string',
    'Targets.*.Values': 'struct',
    'Targets.*.Values.*': 'string',
    'TaskArn': 'string',
    'TaskInvocationParameters': 'struct',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters': 'struct',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.CloudWatchOutputConfig': 'struct',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.CloudWatchOutputConfig.CloudWatchLogGroupName': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.CloudWatchOutputConfig.CloudWatchOutputEnabled': 'boolean',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Comment': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.DocumentHash': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.DocumentHashType': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.DocumentVersion': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.NotificationConfig': 'struct',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.NotificationConfig.NotificationArn': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.NotificationConfig.NotificationEvents': 'struct',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.NotificationConfig.NotificationEvents.*': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.NotificationConfig.NotificationType': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.OutputS3BucketName': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.OutputS3KeyPrefix': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters': 'json',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.ServiceRoleArn': 'string',
    'TaskInvocationParameters.MaintenanceWindowRunCommandParameters.TimeoutSeconds': 'number',
    'TaskInvocationParameters.MaintenanceWindowAutomationParameters': 'struct',
    'TaskInvocationParameters.MaintenanceWindowAutomationParameters.DocumentVersion': 'string',
    'TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters': 'json',
    'TaskInvocationParameters.MaintenanceWindowLambdaParameters': 'struct',
    'TaskInvocationParameters.MaintenanceWindowLambdaParameters.ClientContext': 'string',
    'TaskInvocationParameters.MaintenanceWindowLambdaParameters.Payload': 'string',
    'TaskInvocationParameters.MaintenanceWindowLambdaParameters.Qualifier': 'string',
    'TaskInvocationParameters.MaintenanceWindowStepFunctionsParameters': 'struct',
    'TaskInvocationParameters.MaintenanceWindowStepFunctionsParameters.Input': 'string',
    'TaskInvocationParameters.MaintenanceWindowStepFunctionsParameters.Name': 'string',
    'TaskParameters': 'json',
    'TaskType': 'string',
    'WindowId': 'string',
  },
};

/** Properties that a L1 construct demands. */
const REQUIRED: Record<EntityKind, readonly string[]> = {
  window: ['AllowUnassociatedTargets', 'Cutoff', 'Duration', 'Name', 'Schedule'],
  target: ['ResourceType', 'Targets', 'WindowId'],
  task: ['Priority', 'TaskArn', 'TaskType', 'WindowId'],
};

/** Props of a L1 construct, and what only an override can set; undefined if the source lacks what the construct demands. */
interface RawProps {
  readonly props: Code;
  readonly overrides: Array<readonly [path: string, value: Code]>;
}

export function rawProps(kind: EntityKind, properties: JsonObject, values: Values): RawProps | undefined {
  if (REQUIRED[kind].some(name => properties[name] === undefined)) {
    return undefined;
  }
  const overrides: Array<readonly [string, Code]> = [];
  const props = struct(kind, '', Object.entries(properties), values, overrides);
  if (overrides.some(([path]) => REQUIRED[kind].includes(path))) {
    return undefined;
  }
  return { props: { ...props, struct: undefined, multiline: true }, overrides };
}

function struct(kind: EntityKind, path: string, entries: Array<[string, Json]>, values: Values, overrides: RawProps['overrides']): ObjectCode {
  return {
    kind: 'object',
    isStruct: true,
    struct: structClass(kind, path),
    entries: entries.flatMap(([name, value]) => {
      const code = typed(kind, `${path}${name}`, value, values, overrides);
      if (!code) {
        overrides.push([`${path}${name}`, values.any(value)]);
      }
      return code ? [[name.charAt(0).toLowerCase() + name.slice(1), code] as const] : [];
    }),
  };
}

/** The class of the struct at a path. */
function structClass(kind: EntityKind, path: string): Code {
  const name = path.replace(/(\.\*)?\.$/, '').split('.').pop()!;
  // a target of a window and one of a task have other names
  const property = kind === 'task' && name === 'Targets' ? 'Target' : name;
  return name === 'Tags' ? core('CfnTag') : service('ssm', 'aws-ssm', `${L1_CLASSES[kind]}.${property}Property`);
}

/** The code of a value as the construct types it; undefined if the construct does not take it. */
function typed(kind: EntityKind, path: string, value: Json, values: Values, overrides: RawProps['overrides']): Code | undefined {
  const expression = expressionOf(value);
  const isToken = !['literal', 'list', 'map'].includes(expression.kind);
  switch (valueOf(TYPED[kind], path)) {
    case 'string': return isToken || (expression.kind === 'literal' && expression.value !== null) ? values.string(value) : undefined;
    case 'number': return isToken || (expression.kind === 'literal' && !Number.isNaN(Number(expression.value))) ? values.number(value) : undefined;
    case 'boolean': return typeof value === 'boolean' ? values.any(value) : isToken ? call(core('Token.asAny'), values.any(value)) : undefined;
    case 'json': return isToken ? call(core('Token.asAny'), values.any(value)) : values.any(value);
    case 'struct': {
      if (isToken && path !== 'Tags' && !path.endsWith('.*')) {
        return call(core('Token.asAny'), values.any(value));
      }
      if (expression.kind === 'list') {
        // the construct's tags are a map
        if (path === 'Tags' && new Set(expression.items.map(tag => isObject(tag) ? tag.Key : tag)).size < expression.items.length) {
          return undefined;
        }
        const items = expression.items.map(item => typed(kind, `${path}.*`, item, values, overrides));
        return items.every(item => item !== undefined) ? array(items) : undefined;
      }
      return expression.kind === 'map' && !path.endsWith('s.*') ? struct(kind, `${path}.`, expression.entries, values, overrides)
        : expression.kind === 'map' ? listItem(kind, path, expression.entries, values) : undefined;
    }
    default: return undefined;
  }
}

/** Items of lists have no path for an override: they are typed as a whole or not at all. */
function listItem(kind: EntityKind, path: string, entries: Array<[string, Json]>, values: Values): Code | undefined {
  const overrides: RawProps['overrides'] = [];
  const code = struct(kind, `${path}.`, entries, values, overrides);
  return overrides.length === 0 ? code : undefined;
}
