import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { grantAlarm } from './alarm-permissions';
import { NotificationEvent, NotificationType } from './run-command-task-options';
import type { RunCommandTaskBaseOptions } from './run-command-task-options';
import { checkRole, grantPassRole, runsWithServiceLinkedRole, sharedRole } from './service-role';
import { undefinedIfEmpty } from './task-definition';
import type { TaskDefinition } from './task-definition';
import { validationError } from '../common/errors';
import { isFifo } from '../common/fifo-topic';
import { checkGiven, checkLists, checkOptional } from '../common/given';
import { sortedRecord } from '../common/json';
import { allow, grantKey, grantOnce } from '../common/role-statements';
import { checkReach } from '../common/same-environment';
import { checkLength, checkPattern, formatValue, wholeNumberOf } from '../common/validation';
import { addWarning } from '../common/warnings';
import type { DocumentVersion, RunCommandDocument } from '../document/document';
import { documentArns } from '../document/document-arn';
import { checkTaskDocument } from '../document/document-checks';
import { SHA_256 } from '../rules/document';
import { COMMENT, OUTPUT_BUCKET_NAME, OUTPUT_KEY_PREFIX, OUTPUT_LOG_GROUP_NAME, TIMEOUT_SECONDS, TOPIC_ARN } from '../rules/invocation';
import { instanceIdsOf } from '../target/known-selections';
import { commandNodeArns, nodeArns } from '../target/target-permissions';

/** Options of a task that runs a document of the type Command. */
export interface RunCommandTaskOptions extends RunCommandTaskBaseOptions {
  /** The document that the command runs. */
  readonly document: RunCommandDocument;

  /**
   * The version of the document.
   *
   * @default - the default version of the document
   */
  readonly documentVersion?: DocumentVersion;

  /**
   * The SHA-256 hash of the document, 64 hexadecimal digits. Systems Manager rejects the command if the hash of the document differs.
   *
   * @default - the document can change
   */
  readonly documentHash?: string;

  /**
   * Parameters of the document, each with its values. Values can contain pseudo parameters and `{{ssm:NAME}}`.
   *
   * @default - the document's own defaults
   */
  readonly parameters?: { [name: string]: string[] };
}

/** Properties of a task that runs a document of the type Command. */
export interface RunCommandTaskProps extends RunCommandTaskOptions {
  /** The window that runs the task. */
  readonly maintenanceWindow: ssm.IMaintenanceWindowRef;
}

/** @internal */
function validateTypes(task: IConstruct, props: RunCommandTaskProps): void {
  checkGiven(task, 'document', props.document, 'a RunCommandDocument');
  checkGiven(task, 'targets', props.targets, 'a TaskTargets');
  checkLists(task, 'parameters', props.parameters ?? {});
  checkOptional(task, 'comment', props.comment, 'a string');
  checkOptional(task, 'outputKeyPrefix', props.outputKeyPrefix, 'a string');
  checkOptional(task, 'documentHash', props.documentHash, 'a string');
  checkOptional(task, 'timeout', props.timeout, 'a Duration');
  checkOptional(task, 'outputBucket', props.outputBucket, 'a bucket');
  checkOptional(task, 'outputLogGroup', props.outputLogGroup, 'a log group');
  checkOptional(task, 'notificationTopic', props.notificationTopic, 'a topic');
  checkOptional(task, 'notificationRole', props.notificationRole, 'a role');
  checkOptional(task, 'notificationEvents', props.notificationEvents, 'a list');
  checkOptional(task, 'cloudWatchOutputEnabled', props.cloudWatchOutputEnabled, 'true or false');
  checkOptional(task, 'documentVersion', props.documentVersion, 'a DocumentVersion');
}

export function renderRunCommand(task: IResource, props: RunCommandTaskProps): TaskDefinition {
  validateTypes(task, props);
  checkLength(task, 'comment', props.comment, COMMENT);
  checkLength(task, 'outputKeyPrefix', props.outputKeyPrefix, OUTPUT_KEY_PREFIX);
  checkLength(task, 'outputBucket', props.outputBucket?.bucketName, OUTPUT_BUCKET_NAME);
  checkPattern(task, 'outputLogGroup', props.outputLogGroup?.logGroupName, OUTPUT_LOG_GROUP_NAME);
  checkPattern(task, 'documentHash', props.documentHash, SHA_256);
  const timeoutSeconds = props.timeout && wholeNumberOf(task, 'timeout', props.timeout, 'seconds', TIMEOUT_SECONDS);
  validateNotifications(task, props);
  checkRole(task, 'notificationRole', props.notificationRole);
  validateDestinations(task, props);
  checkTaskDocument(task, {
    taskType: 'RUN_COMMAND',
    document: props.document,
    version: props.documentVersion,
    hash: props.documentHash,
    parameters: props.parameters ?? {},
  });
  if (props.outputKeyPrefix !== undefined && !props.outputBucket) {
    addWarning(task, {
      id: 'outputKeyPrefixWithoutBucket',
      message: `'outputKeyPrefix' has no effect without 'outputBucket', got ${formatValue(props.outputKeyPrefix)}, add 'outputBucket'`,
    });
  }

  if (props.outputLogGroup && props.cloudWatchOutputEnabled === false) {
    addWarning(task, {
      id: 'outputLogGroupNotUsed',
      message: '\'outputLogGroup\' has no effect when \'cloudWatchOutputEnabled\' is false, got a log group, remove one of them',
    });
  }

  const { notificationTopic } = props;
  const notificationRole = props.notificationRole ?? (notificationTopic
    && sharedRole(task, props.maintenanceWindow, 'NotificationRole', 'Publishes notifications of the tasks of a maintenance window'));
  notificationRole && notificationTopic && grantOnce(notificationRole, notificationTopic, () => notificationTopic.grantPublish(notificationRole));

  const parameters = undefinedIfEmpty(sortedRecord(props.parameters ?? {}, (values) => values));
  return {
    taskType: 'RUN_COMMAND',
    taskArn: props.document.nameOrArn,
    targets: props.targets,
    maxConcurrency: props.maxConcurrency,
    maxErrors: props.maxErrors,
    invocationParameters: invocationParameters({
      cloudWatchOutputConfig: renderCloudWatchOutput(props),
      comment: props.comment,
      documentHash: props.documentHash,
      documentHashType: props.documentHash !== undefined ? 'Sha256' : undefined,
      documentVersion: props.documentVersion?.version,
      notificationConfig: notificationTopic && {
        notificationArn: notificationTopic.topicArn,
        notificationEvents: props.notificationEvents ?? [NotificationEvent.ALL],
        notificationType: props.notificationType ?? NotificationType.COMMAND,
      },
      outputS3BucketName: props.outputBucket?.bucketName,
      outputS3KeyPrefix: props.outputKeyPrefix,
      parameters,
      serviceRoleArn: notificationRole?.roleArn,
      timeoutSeconds,
    }),
    valuesWithPseudoParameters: Object.values(props.parameters ?? {}).flat(),
    textsAsTheyAre: { comment: props.comment, outputKeyPrefix: props.outputKeyPrefix },
    grantTo: (role) => {
      grantSendCommand(Stack.of(task), role, props);
      notificationRole && grantPassRole(role, notificationRole.roleArn);
      props.alarm && grantAlarm(role);
    },
    alarm: props.alarm,
    ignorePollAlarmFailure: props.ignorePollAlarmFailure,
  };
}

function invocationParameters(
  properties: ssm.CfnMaintenanceWindowTask.MaintenanceWindowRunCommandParametersProperty): TaskDefinition['invocationParameters'] {
  const maintenanceWindowRunCommandParameters = undefinedIfEmpty(properties);
  return maintenanceWindowRunCommandParameters && { maintenanceWindowRunCommandParameters };
}

function renderCloudWatchOutput(props: RunCommandTaskProps): ssm.CfnMaintenanceWindowTask.CloudWatchOutputConfigProperty | undefined {
  return undefinedIfEmpty({
    cloudWatchLogGroupName: props.outputLogGroup?.logGroupName,
    cloudWatchOutputEnabled: props.cloudWatchOutputEnabled ?? (props.outputLogGroup ? true : undefined),
  });
}

/** What the nodes and Systems Manager write to. */
function validateDestinations(task: IResource, props: RunCommandTaskProps): void {
  const { outputBucket: bucket, outputLogGroup: logGroup, notificationTopic: topic } = props;
  bucket && checkReach(task, { prop: 'outputBucket', kind: 'bucket', arn: bucket.bucketArn, env: bucket.env });
  logGroup && checkReach(task, { prop: 'outputLogGroup', kind: 'log group', arn: logGroup.logGroupArn, env: logGroup.env });
  if (topic) {
    checkPattern(task, 'notificationTopic', topic.topicArn, TOPIC_ARN);
    checkReach(task, { prop: 'notificationTopic', kind: 'topic', arn: topic.topicArn, env: topic.env });
  }
}

function validateNotifications(task: IResource, props: RunCommandTaskProps): void {
  const { notificationTopic, notificationEvents } = props;
  if (!notificationTopic) {
    for (const prop of ['notificationEvents', 'notificationType'] as const) {
      if (props[prop] !== undefined) {
        throw validationError(task, `'${prop}' can only be given together with 'notificationTopic', add a topic or remove '${prop}'`);
      }
    }
    if (props.notificationRole) {
      addWarning(task, {
        id: 'notificationRoleNotUsed',
        message: `'notificationRole' has no effect without 'notificationTopic', got role ${formatValue(props.notificationRole.node.path)}, add 'notificationTopic'`,
      });
    }
    return;
  }
  if (runsWithServiceLinkedRole(props)) {
    const got = props.useServiceLinkedRole ? 'useServiceLinkedRole true' : `role ${formatValue(props.role?.roleArn)}`;
    throw validationError(task, `'notificationTopic' needs a service role that may pass the notification role on, got ${got}, remove one of them`);
  }
  if (isFifo(notificationTopic)) {
    throw validationError(task, `'notificationTopic' must be a standard topic, got FIFO topic ${formatValue(notificationTopic.node.path)}, use a standard topic`);
  }
  if (notificationEvents?.length === 0) {
    throw validationError(task, '\'notificationEvents\' must hold at least one event, got [], remove it to be told of all');
  }
}

/**
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/configuring-maintenance-window-permissions-console.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
function grantSendCommand(stack: Stack, role: iam.IRole, { document, targets, parameters }: RunCommandTaskProps): void {
  const { nameOrArn, _document } = document;
  grantOnce(role, grantKey(stack, 'send', nameOrArn, _document !== undefined, instanceIdsOf(targets)), () => allow(role, {
    actions: ['ssm:SendCommand'],
    resourceArns: [documentArns(stack, nameOrArn, _document !== undefined).document, ...commandNodeArns(stack, role, targets)],
  }));
  grantFollowCommand(stack, role, parameters);
}

/**
 * Lets the role of a runbook send a command to the node that it is started for, which is known only then.
 *
 * @internal
 */
export function grantSendToAnyNode(stack: Stack, role: iam.IRole, document: RunCommandDocument, parameters: Record<string, string[]>): void {
  const { nameOrArn, _document } = document;
  allow(role, {
    actions: ['ssm:SendCommand'],
    resourceArns: [documentArns(stack, nameOrArn, _document !== undefined).document, ...nodeArns(stack, '*')],
  });
  grantFollowCommand(stack, role, parameters);
}

function grantFollowCommand(stack: Stack, role: iam.IRole, parameters: RunCommandTaskProps['parameters']): void {
  allow(role, {
    actions: [
      'ssm:CancelCommand',
      'ssm:DescribeInstanceInformation',
      'ssm:GetCommandInvocation',
      'ssm:ListCommandInvocations',
      'ssm:ListCommands',
    ],
    resourceArns: ['*'],
  });
  const parameterArns = parametersReferredTo(Object.values(parameters ?? {}))
    .map((name) => stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name }));
  if (parameterArns.length > 0) {
    allow(role, { actions: ['ssm:GetParameters'], resourceArns: parameterArns });
  }
}

/** The parameters of Parameter Store that values refer to by `{{ssm:NAME}}`; any, when a value is known only at deployment. */
function parametersReferredTo(lists: readonly string[][]): string[] {
  if (lists.some((values) => Token.isUnresolved(values) || values.some((value) => Token.isUnresolved(value)))) {
    return ['*'];
  }
  const names = lists.flat().flatMap((value) => [...value.matchAll(/\{\{\s*ssm(?:-secure)?:([a-zA-Z0-9_.\-/]+)(?::[^{}]*)?\s*\}\}/g)].map(([, name]) => name));
  return [...new Set(names.map((name) => name.replace(/^\//, '')))];
}
