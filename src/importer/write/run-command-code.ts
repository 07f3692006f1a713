import { array, call, literal, own, service, THIS, type Code } from './code';
import { isIntrinsic } from '../../rules/template-value';
import { booleanOf } from '../../rules/value';
import { isObject, valueOf, type Json, type JsonObject } from '../json';
import { named, nameOfValue, type RenderedProps, type Rendering } from './rendering';
import { document, documentVersion, duration, importedRole, isParameterMap, parameterMap } from './task-parts';
import { BLOCKS } from '../task-types';

const PATH = `TaskInvocationParameters.${BLOCKS.RUN_COMMAND}`;

const EVENT_NAMES: { readonly [event: string]: string } = {
  All: 'ALL', InProgress: 'IN_PROGRESS', Success: 'SUCCESS', TimedOut: 'TIMED_OUT', Cancelled: 'CANCELLED', Failed: 'FAILED',
};

/** Options of `addRunCommandTask` that the other types of task do not have. */
export function runCommandProps(properties: JsonObject, block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const optionalText = (value: Json | undefined) => value === undefined ? undefined : values.string(value);
  const output = cloudWatchOutput(block, rendering);
  const notification = notificationProps(block, rendering);
  const bucket = block.OutputS3BucketName;
  const parameters = isParameterMap(block.Parameters) ? parameterMap(block.Parameters, values) : undefined;
  const overrides: Array<readonly [string, Code | undefined]> = [...output.overrides, ...notification.overrides];
  if (block.Parameters !== undefined && !isParameterMap(block.Parameters)) {
    overrides.push([`${PATH}.Parameters`, values.any(block.Parameters)]);
  }
  if (bucket === '') {
    overrides.push([`${PATH}.OutputS3BucketName`, literal('')]);
  }
  if (block.DocumentHash !== undefined && block.DocumentHashType !== 'Sha256') {
    overrides.push([`${PATH}.DocumentHashType`, block.DocumentHashType === undefined ? undefined : values.any(block.DocumentHashType)]);
  } else if (block.DocumentHash === undefined && block.DocumentHashType !== undefined) {
    overrides.push([`${PATH}.DocumentHashType`, values.any(block.DocumentHashType)]);
  }
  if (block.ServiceRoleArn !== undefined && block.NotificationConfig === undefined) {
    overrides.push([`${PATH}.ServiceRoleArn`, values.any(block.ServiceRoleArn)]);
  }
  return {
    props: {
      document: document('RunCommandDocument', properties.TaskArn, values),
      documentVersion: documentVersion(block.DocumentVersion, values),
      documentHash: optionalText(block.DocumentHash),
      parameters,
      comment: optionalText(block.Comment),
      timeout: block.TimeoutSeconds === undefined ? undefined : duration(block.TimeoutSeconds, values),
      outputBucket: bucket === undefined || bucket === '' ? undefined : rendering.shared('bucket', bucket, named(nameOfValue(bucket, 'Output'), 'Bucket'), id => call(
        service('s3', 'aws-s3', 'Bucket.fromBucketName'), THIS, literal(id), values.string(bucket))),
      outputKeyPrefix: optionalText(block.OutputS3KeyPrefix),
      ...output.props,
      ...notification.props,
    },
    overrides,
  };
}

function cloudWatchOutput(block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const path = `${PATH}.CloudWatchOutputConfig`;
  const config = block.CloudWatchOutputConfig;
  if (!isObject(config) || isIntrinsic(config)) {
    return { props: {}, overrides: config === undefined ? [] : [[path, values.any(config)]] };
  }
  const { CloudWatchLogGroupName: group, CloudWatchOutputEnabled: given } = config;
  const enabled = booleanOf(given);
  const hasGroup = group !== undefined && group !== '';
  const overrides: Array<readonly [string, Code | undefined]> = [];
  if (group === '') {
    overrides.push([`${path}.CloudWatchLogGroupName`, literal('')]);
  }
  if (enabled === undefined && (hasGroup || given !== undefined)) {
    overrides.push([`${path}.CloudWatchOutputEnabled`, given === undefined ? undefined : values.any(given)]);
  }
  return {
    props: {
      outputLogGroup: hasGroup ? rendering.shared('logGroup', group, named(nameOfValue(group, 'Output'), 'LogGroup'), id => call(
        service('logs', 'aws-logs', 'LogGroup.fromLogGroupName'), THIS, literal(id), values.string(group))) : undefined,
      cloudWatchOutputEnabled: enabled === undefined || (hasGroup && enabled) ? undefined : literal(enabled),
    },
    overrides,
  };
}

function notificationProps(block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const path = `${PATH}.NotificationConfig`;
  const config = block.NotificationConfig;
  if (!isObject(config) || isIntrinsic(config)) {
    return { props: {}, overrides: config === undefined ? [] : [[path, values.any(config)]] };
  }
  const { NotificationArn: topic, NotificationEvents: events, NotificationType: type } = config;
  const names = Array.isArray(events) ? events.map(event => valueOf(EVENT_NAMES, String(event))) : [];
  const hasEvents = names.length > 0 && names.every(name => name !== undefined);
  const isDefault = names.length === 1 && names[0] === 'ALL';
  const hasType = type === 'Command' || type === 'Invocation';
  return {
    props: {
      notificationTopic: rendering.shared('topic', topic, named(nameOfValue(topic, 'Task'), 'Topic'), id => call(
        service('sns', 'aws-sns', 'Topic.fromTopicArn'), THIS, literal(id), values.string(topic))),
      notificationEvents: hasEvents && !isDefault ? array(names.map(name => own(`NotificationEvent.${name}`))) : undefined,
      notificationType: type === 'Invocation' ? own('NotificationType.INVOCATION') : undefined,
      notificationRole: block.ServiceRoleArn === undefined ? undefined : importedRole(block.ServiceRoleArn, rendering),
    },
    overrides: [
      ...hasEvents ? [] : [[`${path}.NotificationEvents`, events === undefined ? undefined : values.any(events)] as const],
      ...hasType ? [] : [[`${path}.NotificationType`, type === undefined ? undefined : values.any(type)] as const],
    ],
  };
}
