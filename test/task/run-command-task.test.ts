import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  CutoffBehavior, DocumentVersion, MaintenanceWindowTarget, MaintenanceWindowTask, NotificationEvent, NotificationType,
  PseudoParameter, RateControl, RunCommandDocument, TargetResourceType, TargetSelector, TaskTargets,
} from '../../src';
import type { RunCommandTaskOptions, MaintenanceWindow } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testBucket, testInstance, testLogGroup, testTopic } from '../support/resources';
import {
  allow, allStatements, arn, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passItself, passRole, statementsOf, synthesisOf, testWindow,
  WATCH_COMMAND,
} from '../support/tasks';

const LINKED = 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM';
const DOCUMENT = RunCommandDocument.fromDocumentName('Patch');
const REQUIRED: RunCommandTaskOptions = { document: DOCUMENT, targets: TaskTargets.instanceIds(INSTANCE_ID) };
const SEND_COMMAND = allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), localArn('ec2', `instance/${INSTANCE_ID}`)]);
const EVERY_NODE = [localArn('ec2', 'instance/*'), localArn('ssm', 'managed-instance/*')];

/** The invocation parameters of a task with these options beside the required ones. */
function parametersWith(stack: Stack, options: Partial<RunCommandTaskOptions>): object {
  testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, ...options });
  return onlyTask(templateOf(stack)).TaskInvocationParameters.MaintenanceWindowRunCommandParameters;
}

describe('what is rendered', () => {
  test('with required properties only, a role with its policy and the task are defined', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const task = window.addRunCommandTask('Task', REQUIRED);

    // THEN
    const template = templateOf(stack);
    expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([
      'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTask',
    ]);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'RUN_COMMAND',
      TaskArn: 'Patch',
      Priority: 1,
      ServiceRoleArn: stack.resolve(task.role!.roleArn),
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE_ID] }],
      MaxConcurrency: '1',
      MaxErrors: '0',
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ssm.amazonaws.com' } }],
        Version: '2012-10-17',
      },
      ManagedPolicyArns: Match.absent(),
      Policies: Match.absent(),
    });
    expect(allStatements(template)).toEqual([SEND_COMMAND, WATCH_COMMAND, passItself(stack, task)]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
    const topic = testTopic(stack);
    const bucket = testBucket(stack);
    const logGroup = testLogGroup(stack);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const notificationRole = new iam.Role(stack, 'Publisher', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

    // WHEN
    const task = MaintenanceWindowTask.runCommand(stack, 'Task', {
      maintenanceWindow: window,
      document: DOCUMENT,
      targets: TaskTargets.registered(target),
      maxConcurrency: RateControl.percentage(10),
      maxErrors: RateControl.count(3),
      documentVersion: DocumentVersion.of('3'),
      documentHash: 'a'.repeat(64),
      parameters: { second: ['b', 'c'], first: ['{{ssm:/patching/mode}}'] },
      comment: 'as agreed',
      timeout: Duration.minutes(10),
      outputBucket: bucket,
      outputKeyPrefix: 'patching',
      outputLogGroup: logGroup,
      cloudWatchOutputEnabled: true,
      notificationTopic: topic,
      notificationEvents: [NotificationEvent.FAILED, NotificationEvent.TIMED_OUT],
      notificationType: NotificationType.INVOCATION,
      notificationRole,
      taskName: 'patch',
      description: 'Patches the web servers',
      priority: 5,
      cutoffBehavior: CutoffBehavior.CANCEL_TASK,
      role,
    });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'RUN_COMMAND',
      TaskArn: 'Patch',
      Name: 'patch',
      Description: 'Patches the web servers',
      Priority: 5,
      CutoffBehavior: 'CANCEL_TASK',
      ServiceRoleArn: stack.resolve(role.roleArn),
      Targets: [{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }],
      MaxConcurrency: '10%',
      MaxErrors: '3',
      TaskInvocationParameters: {
        MaintenanceWindowRunCommandParameters: {
          Comment: 'as agreed',
          DocumentVersion: '3',
          DocumentHash: 'a'.repeat(64),
          DocumentHashType: 'Sha256',
          Parameters: { first: ['{{ssm:/patching/mode}}'], second: ['b', 'c'] },
          TimeoutSeconds: 600,
          OutputS3BucketName: stack.resolve(bucket.bucketName),
          OutputS3KeyPrefix: 'patching',
          CloudWatchOutputConfig: { CloudWatchLogGroupName: stack.resolve(logGroup.logGroupName), CloudWatchOutputEnabled: true },
          NotificationConfig: {
            NotificationArn: stack.resolve(topic.topicArn),
            NotificationEvents: ['Failed', 'TimedOut'],
            NotificationType: 'Invocation',
          },
          ServiceRoleArn: stack.resolve(notificationRole.roleArn),
        },
      },
    });
    expect(statementsOf(template, stack, role)).toEqual([
      allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), ...EVERY_NODE]),
      WATCH_COMMAND,
      allow('ssm:GetParameters', localArn('ssm', 'parameter/patching/mode')),
      passRole(stack.resolve(notificationRole.roleArn)),
      allow('tag:GetResources', '*'),
      passRole(stack.resolve(role.roleArn)),
    ]);
    expect(statementsOf(template, stack, notificationRole)).toEqual([allow('sns:Publish', stack.resolve(topic.topicArn))]);
    expect(allStatements(template)).toHaveLength(7);
    expect(warningsOf(task)).toEqual([]);
  });

  test('parameters are rendered in the order of their names', () => {
    // WHEN
    const parameters = parametersWith(testStack(), { parameters: { b: ['2'], c: ['3'], a: ['1'] } });

    // THEN
    expect(JSON.stringify(parameters)).toBe('{"Parameters":{"a":["1"],"b":["2"],"c":["3"]}}');
  });

  test.each<[string, Partial<RunCommandTaskOptions>, object]>([
    ['a log group alone', { outputLogGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Logs', '/patching') },
      { CloudWatchOutputConfig: { CloudWatchLogGroupName: '/patching', CloudWatchOutputEnabled: true } }],
    ['a log group and output switched off', {
      outputLogGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Logs', '/patching'), cloudWatchOutputEnabled: false,
    }, { CloudWatchOutputConfig: { CloudWatchLogGroupName: '/patching', CloudWatchOutputEnabled: false } }],
    ['output to the default log group', { cloudWatchOutputEnabled: true }, { CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } }],
    ['output switched off', { cloudWatchOutputEnabled: false }, { CloudWatchOutputConfig: { CloudWatchOutputEnabled: false } }],
    ['an empty comment', { comment: '' }, { Comment: '' }],
    ['a hash', { documentHash: 'F'.repeat(64) }, { DocumentHash: 'F'.repeat(64), DocumentHashType: 'Sha256' }],
    ['the newest version', { documentVersion: DocumentVersion.LATEST }, { DocumentVersion: '$LATEST' }],
  ])('%s is rendered as given', (_name, options, expected) => {
    expect(parametersWith(testStack(), options)).toEqual(expected);
  });

  test('empty parameters render no invocation parameters', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, parameters: {} });

    // THEN
    expect(onlyTask(templateOf(stack))).not.toHaveProperty('TaskInvocationParameters');
  });

  test('instances of the app are targets by their IDs', () => {
    // GIVEN
    const stack = testStack();
    const instance = testInstance(stack);

    // WHEN
    const task = testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, targets: TaskTargets.instances(instance) });

    // THEN
    const template = templateOf(stack);
    const id = stack.resolve(instance.instanceId);
    expect(onlyTask(template).Targets).toEqual([{ Key: 'InstanceIds', Values: [id] }]);
    const nodeArn = (service: string, type: string) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:eu-central-1:123456789012:${type}/`, id]],
    });
    expect(statementsOf(template, stack, task.role!)).toEqual([
      allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), nodeArn('ec2', 'instance'), nodeArn('ssm', 'managed-instance')]),
      WATCH_COMMAND,
      passItself(stack, task),
    ]);
  });
});

describe('limits', () => {
  test.each<[string, Partial<RunCommandTaskOptions>]>([
    ['a comment of 100 characters', { comment: '\u{1F600}'.repeat(100) }],
    ['a prefix of 500 characters', { outputBucket: s3.Bucket.fromBucketName(testStack(), 'Bucket', 'b'.repeat(63)), outputKeyPrefix: 'p'.repeat(500) }],
    ['a bucket name of 3 characters', { outputBucket: s3.Bucket.fromBucketName(testStack(), 'Bucket', 'abc') }],
    ['a log group name of 512 characters', { outputLogGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Logs', 'l'.repeat(512)) }],
    ['a timeout of 30 seconds', { timeout: Duration.seconds(30) }],
    ['a timeout of 30 days', { timeout: Duration.days(30) }],
    ['a timeout of whole seconds in milliseconds', { timeout: Duration.millis(31000) }],
    ['a concurrency of 1', { maxConcurrency: RateControl.count(1) }],
    ['a concurrency of 1 %', { maxConcurrency: RateControl.percentage(1) }],
    ['a concurrency of 100 %', { maxConcurrency: RateControl.percentage(100) }],
    ['a concurrency of 9,999,999', { maxConcurrency: RateControl.count(9_999_999) }],
    ['no tolerated error in percent', { maxErrors: RateControl.percentage(0) }],
  ])('%s is accepted', (_name, options) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, ...options });

    // THEN
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, Partial<RunCommandTaskOptions>, string]>([
    ['the comment has 101 characters', { comment: 'c'.repeat(101) },
      `'comment' must be at most 100 characters long, got 101 characters: "${'c'.repeat(99)}… (at Stack/Window/Task)`],
    ['the prefix has 501 characters', { outputKeyPrefix: 'p'.repeat(501) },
      `'outputKeyPrefix' must be at most 500 characters long, got 501 characters: "${'p'.repeat(99)}… (at Stack/Window/Task)`],
    ['the name of the log group has 513 characters', { outputLogGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Logs', 'l'.repeat(513)) },
      `'outputLogGroup' must be the name of a log group, 1 to 512 letters, digits and ". - _ / #", got "${'l'.repeat(99)}… (at Stack/Window/Task)`],
    ['the name of the log group holds "*"', { outputLogGroup: logs.LogGroup.fromLogGroupName(testStack(), 'Logs', '/ssm/*') },
      '\'outputLogGroup\' must be the name of a log group, 1 to 512 letters, digits and ". - _ / #", got "/ssm/*" (at Stack/Window/Task)'],
    ['the hash is no SHA-256 hash', { documentHash: 'a'.repeat(63) },
      `'documentHash' must be a SHA-256 hash, 64 hexadecimal digits, got "${'a'.repeat(63)}" (at Stack/Window/Task)`],
    ['the timeout is 29 seconds', { timeout: Duration.seconds(29) },
      "'timeout' must be a whole number of seconds from 30 to 2592000, got 29 seconds (at Stack/Window/Task)"],
    ['the timeout is longer than 30 days', { timeout: Duration.seconds(2_592_001) },
      "'timeout' must be a whole number of seconds from 30 to 2592000, got 30 days 1 second (at Stack/Window/Task)"],
    ['the timeout is no whole number of seconds', { timeout: Duration.millis(30_500) },
      "'timeout' must be a whole number of seconds from 30 to 2592000, got 30 seconds 500 millis (at Stack/Window/Task)"],
    ['the failure to poll an alarm is ignored without an alarm', { ignorePollAlarmFailure: true },
      "'ignorePollAlarmFailure' can only be given together with 'alarm', add an alarm or remove 'ignorePollAlarmFailure' (at Stack/Window/Task)"],
    ['the concurrency is 0', { maxConcurrency: RateControl.count(0) },
      "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0\" (at Stack/Window/Task)"],
    ['the concurrency is 0 %', { maxConcurrency: RateControl.of('0%') },
      "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0%\" (at Stack/Window/Task)"],
  ])('fails when %s', (_name, options, message) => {
    // GIVEN
    const window = testWindow(testStack());

    // THEN
    expect(() => window.addRunCommandTask('Task', { ...REQUIRED, ...options })).toThrow(new Error(message));
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text, number, list } = deployTimeValues(stack);

    // WHEN
    const parameters = parametersWith(stack, {
      comment: text,
      outputBucket: s3.Bucket.fromBucketName(stack, 'Bucket', text),
      outputKeyPrefix: text,
      outputLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', text),
      documentHash: text,
      documentVersion: DocumentVersion.of(text),
      timeout: Duration.seconds(number),
      maxConcurrency: RateControl.of(text),
      maxErrors: RateControl.count(number),
      targets: TaskTargets.instanceIds(...list),
      parameters: { one: [text], all: list },
      notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', text),
    });

    // THEN
    expect(parameters).toMatchObject({
      Comment: { Ref: 'Text' },
      OutputS3BucketName: { Ref: 'Text' },
      OutputS3KeyPrefix: { Ref: 'Text' },
      CloudWatchOutputConfig: { CloudWatchLogGroupName: { Ref: 'Text' }, CloudWatchOutputEnabled: true },
      DocumentHash: { Ref: 'Text' },
      DocumentHashType: 'Sha256',
      DocumentVersion: { Ref: 'Text' },
      TimeoutSeconds: { Ref: 'Number' },
      Parameters: { one: [{ Ref: 'Text' }], all: { Ref: 'List' } },
      NotificationConfig: { NotificationArn: { Ref: 'Text' }, NotificationEvents: ['All'], NotificationType: 'Command' },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails when a timeout given as a token is not made in seconds', () => {
    // GIVEN
    const stack = testStack();
    const { number } = deployTimeValues(stack);

    // THEN
    expect(() => testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, timeout: Duration.minutes(number) })).toThrow(
      new Error("'timeout' must be made by Duration.seconds() when its value is known only at deployment, got Duration.minutes() (at Stack/Window/Task)"));
  });

  test('a prefix without a bucket is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, outputKeyPrefix: 'patching' });

    // THEN
    expect(warningsOf(stack)).toEqual(["'outputKeyPrefix' has no effect without 'outputBucket', got \"patching\", add 'outputBucket'"]);
  });
});

describe('notifications', () => {
  test('are about every status of the command, published with a role of their own', () => {
    // GIVEN
    const stack = testStack();
    const topic = testTopic(stack);

    // WHEN
    const task = testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, notificationTopic: topic });

    // THEN
    const template = templateOf(stack);
    const publisher = onlyTask(template).TaskInvocationParameters.MaintenanceWindowRunCommandParameters.ServiceRoleArn;
    expect(onlyTask(template).TaskInvocationParameters.MaintenanceWindowRunCommandParameters).toEqual({
      NotificationConfig: { NotificationArn: stack.resolve(topic.topicArn), NotificationEvents: ['All'], NotificationType: 'Command' },
      ServiceRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^WindowNotificationRole/), 'Arn'] },
    });
    template.resourceCountIs('AWS::IAM::Role', 2);
    template.allResourcesProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' } }] },
    });
    expect(statementsOf(template, stack, task.role!)).toEqual([SEND_COMMAND, WATCH_COMMAND, passRole(publisher), passItself(stack, task)]);
    expect(allStatements(template)).toContainEqual(allow('sns:Publish', stack.resolve(topic.topicArn)));
    expect(allStatements(template)).toHaveLength(5);
  });

  test('of two tasks are published with one role that may publish to both topics', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const topics = [testTopic(stack, 'First'), testTopic(stack, 'Second')];

    // WHEN
    topics.forEach((notificationTopic, i) => window.addRunCommandTask(`Task${i}`, { ...REQUIRED, notificationTopic }));

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 2);
    expect(allStatements(template).filter((statement: any) => statement.Action === 'sns:Publish'))
      .toEqual(topics.map((topic) => allow('sns:Publish', stack.resolve(topic.topicArn))));
  });

  test('may use a topic of another stack and an imported topic', () => {
    // GIVEN
    const app = testApp();
    const topic = testTopic(testStack('Topics', { app }));
    const stack = testStack('Stack', { app });
    const window = testWindow(stack);

    // WHEN
    window.addRunCommandTask('Owned', { ...REQUIRED, notificationTopic: topic });
    window.addRunCommandTask('Imported', {
      ...REQUIRED, notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:123456789012:patching'),
    });

    // THEN
    const publish = allStatements(templateOf(stack)).filter((statement: any) => statement.Action === 'sns:Publish');
    expect(publish).toEqual([
      allow('sns:Publish', { 'Fn::ImportValue': expect.stringMatching(/^Topics:/) }),
      allow('sns:Publish', 'arn:aws:sns:eu-central-1:123456789012:patching'),
    ]);
  });

  test.each<[string, (stack: Stack) => Partial<RunCommandTaskOptions>, string]>([
    ['the topic is a FIFO topic', (stack) => ({ notificationTopic: testTopic(stack, 'Topic', { fifo: true }) }),
      "'notificationTopic' must be a standard topic, got FIFO topic \"Stack/Topic\", use a standard topic"],
    ['the topic is an imported FIFO topic',
      (stack) => ({ notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:123456789012:patching.fifo') }),
      "'notificationTopic' must be a standard topic, got FIFO topic \"Stack/Topic\", use a standard topic"],
    ['the task runs with the service-linked role', (stack) => ({ notificationTopic: testTopic(stack), useServiceLinkedRole: true }),
      "'notificationTopic' needs a service role that may pass the notification role on, got useServiceLinkedRole true, remove one of them"],
    ['the task is given the service-linked role', (stack) => ({ notificationTopic: testTopic(stack), role: iam.Role.fromRoleArn(stack, 'Linked', LINKED) }),
      `'notificationTopic' needs a service role that may pass the notification role on, got role "${LINKED}", remove one of them`],
    ['the list of events is empty', (stack) => ({ notificationTopic: testTopic(stack), notificationEvents: [] }),
      "'notificationEvents' must hold at least one event, got [], remove it to be told of all"],
    ['events are given without a topic', () => ({ notificationEvents: [NotificationEvent.FAILED] }),
      "'notificationEvents' can only be given together with 'notificationTopic', add a topic or remove 'notificationEvents'"],
    ['a type is given without a topic', () => ({ notificationType: NotificationType.COMMAND }),
      "'notificationType' can only be given together with 'notificationTopic', add a topic or remove 'notificationType'"],
  ])('fail when %s', (_name, options, message) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, ...options(stack) })).toThrow(new Error(`${message} (at Stack/Window/Task)`));
  });

  test('fail when Systems Manager may not assume the role that publishes', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', {
      ...REQUIRED,
      notificationTopic: testTopic(stack),
      notificationRole: new iam.Role(stack, 'Publisher', { assumedBy: new iam.ServicePrincipal('sns.amazonaws.com') }),
    });

    // THEN
    expect(synthesisOf(stack)).toThrow('[Stack/Window/Task] \'notificationRole\' must trust ssm.amazonaws.com, '
      + 'got role "Stack/Publisher" whose trust policy does not, add the service principal to it');
  });
});

describe('permissions', () => {
  /** The statements of the service role of a task with these options. */
  function statementsWith(
    options: Partial<RunCommandTaskOptions> | ((stack: Stack, window: MaintenanceWindow) => Partial<RunCommandTaskOptions>),
  ): object[] {
    const stack = testStack();
    const window = testWindow(stack);
    const given = typeof options === 'function' ? options(stack, window) : options;
    const task = window.addRunCommandTask('Task', { ...REQUIRED, ...given });
    const statements = statementsOf(templateOf(stack), stack, task.role!);
    expect(statements.at(-1)).toEqual(passItself(stack, task));
    return statements.slice(0, -1);
  }

  const INSTANCE = localArn('ec2', `instance/${INSTANCE_ID}`);

  test.each<[string, RunCommandDocument, unknown]>([
    ['of AWS', RunCommandDocument.AWS_UPDATE_SSM_AGENT, arn('ssm:eu-central-1::document/AWS-UpdateSSMAgent')],
    ['of this account', RunCommandDocument.fromDocumentName('Mine'), localArn('ssm', 'document/Mine')],
    ['of another account', RunCommandDocument.fromDocumentArn('arn:aws:ssm:eu-central-1:111122223333:document/Theirs'),
      'arn:aws:ssm:eu-central-1:111122223333:document/Theirs'],
  ])('are for a document %s', (_name, document, documentArn) => {
    expect(statementsWith({ document })).toEqual([allow('ssm:SendCommand', [documentArn, INSTANCE]), WATCH_COMMAND]);
  });

  test('are for every document of the region when its name is a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, document: RunCommandDocument.fromDocumentName(deployTimeValues(stack).text) });

    // THEN
    expect(allStatements(templateOf(stack))[0]).toEqual(allow('ssm:SendCommand', [arn('ssm:eu-central-1:*:document/*'), INSTANCE]));
  });

  test('are for a document of the app', () => {
    // WHEN
    const statements = statementsWith((stack) => ({
      document: RunCommandDocument.fromDocument(new ssm.CfnDocument(stack, 'Document', {
        documentType: 'Command',
        content: { schemaVersion: '2.2', mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['date'] } }] },
      })),
    }));

    // THEN
    expect(statements).toEqual([
      allow('ssm:SendCommand', [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:document/', { Ref: 'Document' }]] },
        INSTANCE,
      ]),
      WATCH_COMMAND,
    ]);
  });

  const LOOK_UP_GROUPS = allow(['resource-groups:ListGroupResources', 'resource-groups:ListGroups', 'tag:GetResources'], '*');

  test.each<[string, (window: MaintenanceWindow) => TaskTargets, unknown[], object[]]>([
    ['managed nodes by ID', () => TaskTargets.instanceIds('mi-0123456789abcdef0', INSTANCE_ID),
      [localArn('ssm', 'managed-instance/mi-0123456789abcdef0'), INSTANCE], []],
    ['registered instances', (window) => TaskTargets.registered(window.addTarget('Target', { selector: TargetSelector.instanceIds(INSTANCE_ID) })),
      [INSTANCE], []],
    ['two targets with the same instance', (window) => TaskTargets.registered(
      window.addTarget('Target', { selector: TargetSelector.instanceIds(INSTANCE_ID) }),
      window.addTarget('Again', { selector: TargetSelector.instanceIds(INSTANCE_ID) })), [INSTANCE], []],
    ['tags', (window) => TaskTargets.registered(window.addTarget('Target', { selector: TargetSelector.tags({ Role: ['web'] }) })),
      EVERY_NODE, [allow('tag:GetResources', '*')]],
    ['tag keys', (window) => TaskTargets.registered(window.addTarget('Target', { selector: TargetSelector.tagKeys('Role') })),
      EVERY_NODE, [allow('tag:GetResources', '*')]],
    ['a resource group', (window) => TaskTargets.registered(window.addTarget('Target', { selector: TargetSelector.resourceGroup('web') })),
      EVERY_NODE, [LOOK_UP_GROUPS]],
    ['instances and a resource group', (window) => TaskTargets.registered(
      window.addTarget('Target', { selector: TargetSelector.instanceIds(INSTANCE_ID) }),
      window.addTarget('Group', { selector: TargetSelector.resourceGroup('web') })), EVERY_NODE, [LOOK_UP_GROUPS]],
    ['an imported target', (window) => TaskTargets.registered(MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(window, 'Target', {
      maintenanceWindow: window, maintenanceWindowTargetId: '01234567-89ab-cdef-0123-456789abcdef',
    })), EVERY_NODE, [LOOK_UP_GROUPS]],
    ['a target with a key known only at deployment', (window) => TaskTargets.registered(window.addTarget('Target', {
      selector: TargetSelector.of(TargetResourceType.INSTANCE, { [`tag:${Aws.STACK_NAME}`]: ['web'] }),
    })), EVERY_NODE, [allow('tag:GetResources', '*')]],
  ])('are for %s', (_name, targets, nodes, lookup) => {
    expect(statementsWith((_stack, window) => ({ targets: targets(window) }))).toEqual([
      allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), ...nodes]), WATCH_COMMAND, ...lookup,
    ]);
  });

  test('are for every node when the list of instances is a token', () => {
    expect(statementsWith((stack) => ({ targets: TaskTargets.instanceIds(...deployTimeValues(stack).list) })))
      .toEqual([allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), ...EVERY_NODE]), WATCH_COMMAND]);
  });

  test.each<[string, string[], unknown]>([
    ['one parameter', ['{{ssm:mode}}'], localArn('ssm', 'parameter/mode')],
    ['a parameter with a path', ['{{ssm:/a/b}}'], localArn('ssm', 'parameter/a/b')],
    ['a version of a parameter', ['{{ ssm:mode:3 }}'], localArn('ssm', 'parameter/mode')],
    ['a secure parameter', ['{{ssm-secure:secret}}'], localArn('ssm', 'parameter/secret')],
    ['several parameters', ['a {{ssm:one}} b {{ssm:two}}', '{{ssm:one}}'], [localArn('ssm', 'parameter/one'), localArn('ssm', 'parameter/two')]],
    ['a value known only at deployment', [Aws.STACK_NAME], localArn('ssm', 'parameter/*')],
  ])('read %s of Parameter Store', (_name, values, resource) => {
    expect(statementsWith({ parameters: { commands: values } })).toEqual([SEND_COMMAND, WATCH_COMMAND, allow('ssm:GetParameters', resource)]);
  });

  test('read any parameter of Parameter Store when a list of values is a token', () => {
    expect(statementsWith((stack) => ({ parameters: { commands: deployTimeValues(stack).list } })))
      .toEqual([SEND_COMMAND, WATCH_COMMAND, allow('ssm:GetParameters', localArn('ssm', 'parameter/*'))]);
  });

  test('read nothing of Parameter Store without a reference to it', () => {
    expect(statementsWith({ parameters: { commands: ['echo {{WINDOW_ID}}'] } })).toEqual([SEND_COMMAND, WATCH_COMMAND]);
  });

  test('are for the region of the task when the role is of a stack in another region', () => {
    // GIVEN
    const app = testApp();
    const roles = new Stack(app, 'Roles', { env: { account: '123456789012', region: 'us-east-1' } });
    const role = new iam.Role(roles, 'Role', { roleName: 'patching', assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const stack = testStack('Stack', { app });

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role });

    // THEN
    expect(allStatements(templateOf(roles))).toEqual([SEND_COMMAND, WATCH_COMMAND, passRole(roles.resolve(role.roleArn))]);
  });
});

describe('pseudo parameters', () => {
  test.each<[string, string[], string[]]>([
    ['supported ones', [PseudoParameter.windowExecutionId, `x ${PseudoParameter.windowId}`], []],
    ['braces that belong to somebody else', ["docker ps --format '{{.Names}}'", '{{ssm:name}}', '{{ global:DATE }}'], []],
    ['one that Run Command does not support', [PseudoParameter.targetId],
      ['a Run Command task does not support this pseudo parameter, got "TARGET_ID", let the document find out where it runs']],
    ['the same one twice', [PseudoParameter.resourceId, PseudoParameter.resourceId],
      ['a Run Command task does not support this pseudo parameter, got "RESOURCE_ID", let the document find out where it runs']],
    ['a misspelt one', ['{{WINDOWID}}'],
      ['a pseudo parameter must be spelt as documented to be replaced, got "WINDOWID", write "WINDOW_ID"']],
    ['a misspelt one beside a token', [`${Aws.STACK_NAME} {{WINDOWID}}`],
      ['a pseudo parameter must be spelt as documented to be replaced, got "WINDOWID", write "WINDOW_ID"']],
  ])('%s', (_name, values, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, parameters: { commands: values } });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual(warnings);
  });
});

test('a document that AWS owns is checked against what it declares', () => {
  // GIVEN
  const window = testWindow(testStack());

  // THEN
  expect(() => window.addRunCommandTask('Task', { ...REQUIRED, document: RunCommandDocument.AWS_RUN_PATCH_BASELINE }))
    .toThrow(/AWS-RunPatchBaseline.*Operation.* \(at Stack\/Window\/Task\)$/);
});
