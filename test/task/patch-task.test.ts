import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CutoffBehavior, MaintenanceWindow, MaintenanceWindowTask, NotificationEvent, NotificationType, PatchOperation, PatchRebootOption, RateControl,
  TargetSelector, TaskTargets,
} from '../../src';
import type { PatchTaskOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testBucket, testLogGroup, testTopic } from '../support/resources';
import {
  allow, allStatements, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passItself, passRole, statementsOf, testWindow, WATCH_COMMAND,
} from '../support/tasks';

const REQUIRED: PatchTaskOptions = { operation: PatchOperation.SCAN, targets: TaskTargets.instanceIds(INSTANCE_ID) };
const AWS_DOCUMENT = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1::document/AWS-RunPatchBaseline']] };

/** The parameters of the document in a patch task with these options beside the required ones. */
function documentParametersWith(stack: Stack, options: Partial<PatchTaskOptions>): object {
  testWindow(stack).addPatchTask('Task', { ...REQUIRED, ...options });
  return onlyTask(templateOf(stack)).TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters;
}

function file(stack: Stack, key: string) {
  return { bucket: s3.Bucket.fromBucketName(stack, 'Files', 'files'), key };
}

describe('what is rendered', () => {
  test('with required properties only, a role with its policy and a Run Command task are defined', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const task = window.addPatchTask('Task', REQUIRED);

    // THEN
    const template = templateOf(stack);
    expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([
      'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTask',
    ]);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
      Priority: 1,
      ServiceRoleArn: stack.resolve(task.role!.roleArn),
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE_ID] }],
      MaxConcurrency: '1',
      MaxErrors: '0',
      TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Scan'] } } },
    });
    expect(allStatements(template)).toEqual([
      allow('ssm:SendCommand', [AWS_DOCUMENT, localArn('ec2', `instance/${INSTANCE_ID}`)]), WATCH_COMMAND, passItself(stack, task),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Web', { selector: TargetSelector.patchGroup('web') });
    const [bucket, logGroup, topic] = [testBucket(stack), testLogGroup(stack), testTopic(stack)];
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const notificationRole = new iam.Role(stack, 'Publisher', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors');

    // WHEN
    const task = MaintenanceWindowTask.patch(stack, 'Task', {
      maintenanceWindow: window,
      operation: PatchOperation.INSTALL,
      rebootOption: PatchRebootOption.NO_REBOOT,
      baselineOverride: { bucket, key: 'patching/baselines.json' },
      stepTimeout: Duration.hours(2),
      targets: TaskTargets.registered(target),
      maxConcurrency: RateControl.percentage(10),
      maxErrors: RateControl.count(3),
      comment: 'as agreed',
      timeout: Duration.minutes(10),
      outputBucket: bucket,
      outputKeyPrefix: 'patching',
      outputLogGroup: logGroup,
      cloudWatchOutputEnabled: true,
      notificationTopic: topic,
      notificationEvents: [NotificationEvent.FAILED],
      notificationType: NotificationType.INVOCATION,
      notificationRole,
      taskName: 'patch',
      description: 'Patches the web servers',
      priority: 5,
      cutoffBehavior: CutoffBehavior.CANCEL_TASK,
      role,
      alarm,
      ignorePollAlarmFailure: true,
    });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
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
          Parameters: {
            BaselineOverride: [stack.resolve(bucket.s3UrlForObject('patching/baselines.json'))],
            Operation: ['Install'],
            RebootOption: ['NoReboot'],
            StepTimeoutSeconds: ['7200'],
          },
          TimeoutSeconds: 600,
          OutputS3BucketName: stack.resolve(bucket.bucketName),
          OutputS3KeyPrefix: 'patching',
          CloudWatchOutputConfig: { CloudWatchLogGroupName: stack.resolve(logGroup.logGroupName), CloudWatchOutputEnabled: true },
          NotificationConfig: {
            NotificationArn: stack.resolve(topic.topicArn), NotificationEvents: ['Failed'], NotificationType: 'Invocation',
          },
          ServiceRoleArn: stack.resolve(notificationRole.roleArn),
        },
      },
    });
    expect(statementsOf(template, stack, role)).toContainEqual(passRole(stack.resolve(notificationRole.roleArn)));
    template.resourceCountIs('Custom::SSMMaintenanceWindowTaskAlarm', 1);
    expect(warningsOf(task)).toEqual([]);
  });

  test.each<[string, Partial<PatchTaskOptions>, object]>([
    ['a scan', {}, { Operation: ['Scan'] }],
    ['an installation', { operation: PatchOperation.INSTALL }, { Operation: ['Install'] }],
    ['an installation with restarts', { operation: PatchOperation.INSTALL, rebootOption: PatchRebootOption.REBOOT_IF_NEEDED },
      { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] }],
    ['the shortest time for a step', { stepTimeout: Duration.seconds(1) }, { Operation: ['Scan'], StepTimeoutSeconds: ['1'] }],
    ['the longest time for a step', { stepTimeout: Duration.hours(10) }, { Operation: ['Scan'], StepTimeoutSeconds: ['36000'] }],
    ['a baseline', { baselineOverride: file(testStack(), 'a/b-1.2/c_d.json') }, {
      Operation: ['Scan'], BaselineOverride: ['s3://files/a/b-1.2/c_d.json'],
    }],
    ['a list', { installOverrideList: file(testStack(), 'list.yaml') }, { Operation: ['Scan'], InstallOverrideList: ['s3://files/list.yaml'] }],
  ])('%s is rendered without a snapshot ID', (_name, options, expected) => {
    expect(documentParametersWith(testStack(), options)).toEqual(expected);
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text, number } = deployTimeValues(stack);

    // WHEN
    const parameters = documentParametersWith(stack, {
      operation: text as PatchOperation,
      rebootOption: text as PatchRebootOption,
      stepTimeout: Duration.seconds(number),
      baselineOverride: file(stack, text),
    });

    // THEN
    expect(parameters).toEqual({
      BaselineOverride: [{ 'Fn::Join': ['', ['s3://files/', { Ref: 'Text' }]] }],
      Operation: [{ Ref: 'Text' }],
      RebootOption: [{ Ref: 'Text' }],
      StepTimeoutSeconds: [{ Ref: 'Number' }],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('two tasks of one window in one stack share a role', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const scan = window.addPatchTask('Scan', REQUIRED);
    const install = window.addPatchTask('Install', { ...REQUIRED, operation: PatchOperation.INSTALL, priority: 2 });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::SSM::MaintenanceWindowTask', 2);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(install.role).toBe(scan.role);
  });

  test('an imported window takes patch tasks', () => {
    // GIVEN
    const stack = testStack();
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', 'mw-0123456789abcdef0');

    // WHEN
    window.addPatchTask('Task', REQUIRED);

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({ WindowId: 'mw-0123456789abcdef0', TaskArn: 'AWS-RunPatchBaseline' });
  });

  test('a task in another stack than its window has its role there', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const tasks = testStack('Tasks', { app });

    // WHEN
    MaintenanceWindowTask.patch(tasks, 'Task', { maintenanceWindow: testWindow(windows), ...REQUIRED });

    // THEN
    templateOf(tasks).resourceCountIs('AWS::IAM::Role', 1);
    Template.fromStack(windows).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 0);
  });

  test('a stack without a known environment works', () => {
    // GIVEN
    const stack = new Stack(new App(), 'Stack');

    // WHEN
    testWindow(stack).addPatchTask('Task', REQUIRED);

    // THEN
    expect(onlyTask(templateOf(stack)).TaskArn).toBe('AWS-RunPatchBaseline');
  });
});

describe('what is refused', () => {
  test.each([
    [Duration.seconds(0), '0 seconds'],
    [Duration.millis(1500), '1 second 500 millis'],
    [Duration.seconds(36_001), '10 hours 1 second'],
  ])('fails when the time for a step is %s', (stepTimeout, got) => {
    const window = testWindow(testStack());
    expect(() => window.addPatchTask('Task', { ...REQUIRED, stepTimeout })).toThrow(
      `'stepTimeout' must be a whole number of seconds from 1 to 36000, got ${got} (at Stack/Window/Task)`);
  });

  test('fails when the time for a step is a token and not in seconds', () => {
    const window = testWindow(testStack());
    const stepTimeout = Duration.hours(Token.asNumber({ Ref: 'Hours' }));
    expect(() => window.addPatchTask('Task', { ...REQUIRED, stepTimeout })).toThrow(
      "'stepTimeout' must be made by Duration.seconds() when its value is known only at deployment, got Duration.hours() (at Stack/Window/Task)");
  });

  test.each(['', '/list.yaml', 'lists/', 'lists//list.yaml', 'my list.yaml', "o'clock.yaml", 'a"b.yaml', '`a`.yaml', '$HOME.yaml'])(
    'fails when the key of a file is %j', (key) => {
      // GIVEN
      const stack = testStack();
      const window = testWindow(stack);
      const rule = 'must be a key without white space, quotes, backticks and "$", and without empty folders';

      // THEN
      expect(() => window.addPatchTask('Baseline', { ...REQUIRED, baselineOverride: file(stack, key) })).toThrow(
        `'baselineOverride.key' ${rule}, got ${JSON.stringify(key)} (at Stack/Window/Baseline)`);
      expect(() => window.addPatchTask('List', { ...REQUIRED, installOverrideList: { bucket: testBucket(stack), key } })).toThrow(
        `'installOverrideList.key' ${rule}, got ${JSON.stringify(key)} (at Stack/Window/List)`);
    });

  test('fails when what every Run Command task refuses is given', () => {
    const window = testWindow(testStack());
    expect(() => window.addPatchTask('Task', { ...REQUIRED, comment: 'x'.repeat(101) })).toThrow(
      /^'comment' must be at most 100 characters long, got 101 characters: /);
  });
});

test('fails with a baseline and a list of patches, with which the document fails', () => {
  const stack = testStack();
  const bucket = testBucket(stack);

  expect(failure(() => testWindow(stack).addPatchTask('Patch', {
    ...REQUIRED, baselineOverride: { bucket, key: 'baselines.json' }, installOverrideList: { bucket, key: 'list.yaml' },
  }))).toBe('\'baselineOverride\' and \'installOverrideList\' cannot be given together, as the document fails with both, '
    + 'got the files "baselines.json" and "list.yaml", remove one of them (at Stack/Window/Patch)');
});

test.each(['operation', 'rebootOption'])('fails when %s is none that the document knows', (prop) => {
  const values = prop === 'operation' ? 'Scan, Install' : 'RebootIfNeeded, NoReboot';

  expect(failure(() => testWindow(testStack()).addPatchTask('Patch', { ...REQUIRED, [prop]: 'Remove' as PatchOperation })))
    .toBe(`'${prop}' must be one of ${values}, got "Remove" (at Stack/Window/Patch)`);
});
