import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import {
  CutoffBehavior, MaintenanceWindowCalendar, MaintenanceWindowSchedule, PatchRebootOption, RateControl, TargetSelector,
} from '../../src';
import { PatchWindows } from '../../src/patching';
import type { PatchWindowsProps } from '../../src/patching';
import { templateOf, templateWithFindings, testApp, testStack, warningsOf } from '../support/app';
import { transformed } from '../support/input-transformer';
import { nagFindings } from '../support/nag';
import { testBucket, testLogGroup, testTopic } from '../support/resources';
import { allow, deployTimeValues, statementsOf, synthesisOf } from '../support/tasks';

const NIGHT = MaintenanceWindowSchedule.patchTuesday({ hour: '2', daysAfter: Duration.days(8), timeZone: TimeZone.EUROPE_PARIS });
const REQUIRED: PatchWindowsProps = { selector: TargetSelector.patchGroup('web'), installSchedule: NIGHT };

/** A bucket that it makes has no access logs: only its owner can say where they go. */
const OWN_BUCKET = ['AwsSolutions-S1'];

/** A patch window with these properties beside the required ones. */
function patchWindow(scope: Construct, props: Partial<PatchWindowsProps> = {}, id: string = 'Patching'): PatchWindows {
  return new PatchWindows(scope, id, { ...REQUIRED, ...props });
}

/** The properties of the task of one of the windows. */
function taskOf(template: Template, stack: Stack, window: PatchWindows['scanWindow']): { readonly [name: string]: any } {
  const tasks = Object.values(template.findResources('AWS::SSM::MaintenanceWindowTask', {
    Properties: { WindowId: stack.resolve(window.maintenanceWindowId) },
  }));
  expect(tasks).toHaveLength(1);
  return tasks[0].Properties;
}

function windowPropertiesOf(template: Template, stack: Stack, window: PatchWindows['scanWindow']): object {
  return template.findResources('AWS::SSM::MaintenanceWindow')[stack.resolve(window.maintenanceWindowId).Ref].Properties;
}

describe('with required properties only', () => {
  const stack = testStack();
  const patching = patchWindow(stack);
  const template = templateWithFindings(stack, OWN_BUCKET);

  test('two windows with their targets, tasks, roles and rules, a topic, a bucket and a log group are defined', () => {
    expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([
      'AWS::Events::Rule', 'AWS::Events::Rule',
      'AWS::IAM::Policy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::Role',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket', 'AWS::S3::BucketPolicy',
      'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy',
      'AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindow',
      'AWS::SSM::MaintenanceWindowTarget', 'AWS::SSM::MaintenanceWindowTarget',
      'AWS::SSM::MaintenanceWindowTask', 'AWS::SSM::MaintenanceWindowTask',
    ]);
  });

  test('nothing is warned about', () => {
    expect(warningsOf(stack)).toEqual([]);
  });

  test('missing patches are reported every day at noon in the time zone of the installation', () => {
    expect(windowPropertiesOf(template, stack, patching.scanWindow)).toMatchObject({
      Schedule: 'cron(0 12 * * ? *)', ScheduleTimezone: 'Europe/Paris', Duration: 1, Cutoff: 0,
    });
    expect(taskOf(template, stack, patching.scanWindow)).toMatchObject({ MaxConcurrency: '50%', MaxErrors: '100%' });
  });

  test('patches are installed on the schedule for three hours', () => {
    expect(windowPropertiesOf(template, stack, patching.installWindow)).toMatchObject({
      Schedule: 'cron(0 2 ? * TUE#3 *)', ScheduleTimezone: 'Europe/Paris', ScheduleOffset: 1, Duration: 3, Cutoff: 1,
    });
    expect(taskOf(template, stack, patching.installWindow)).toMatchObject({ MaxConcurrency: '1', MaxErrors: '0' });
  });

  test.each([
    ['scanWindow', 'Scan', 'scan'],
    ['installWindow', 'Install', 'install'],
  ] as const)('the task of %s works on the nodes and writes its output to the bucket and the log group', (window, operation, folder) => {
    const { TaskArn, Targets, TaskInvocationParameters } = taskOf(template, stack, patching[window]);
    const target = window === 'scanWindow' ? patching.scanTarget : patching.installTarget;
    expect(TaskArn).toBe('AWS-RunPatchBaseline');
    expect(Targets).toEqual([{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }]);
    expect(TaskInvocationParameters).toEqual({
      MaintenanceWindowRunCommandParameters: {
        CloudWatchOutputConfig: { CloudWatchLogGroupName: stack.resolve(patching.outputLogGroup.logGroupName), CloudWatchOutputEnabled: true },
        OutputS3BucketName: stack.resolve(patching.outputBucket.bucketName),
        OutputS3KeyPrefix: folder,
        Parameters: { Operation: [operation] },
      },
    });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', {
      WindowId: stack.resolve(patching[window].maintenanceWindowId),
      ResourceType: 'INSTANCE',
      Targets: [{ Key: 'tag:PatchGroup', Values: ['web'] }],
    });
  });

  test.each([
    ['scanWindow', 'scanFailureRule'],
    ['installWindow', 'installFailureRule'],
  ] as const)('the topic is told of failed executions of %s', (window, rule) => {
    const { Properties } = template.findResources('AWS::Events::Rule')[stack.getLogicalId(patching[rule].node.defaultChild as any)];
    expect(Properties.EventPattern.detail).toEqual({
      'window-id': [stack.resolve(patching[window].maintenanceWindowId)], 'status': ['FAILED', 'TIMED_OUT'],
    });
    const [{ InputTransformer, ...destination }, ...others] = Properties.Targets;
    expect([destination, others]).toEqual([{ Id: 'Target0', Arn: stack.resolve(patching.failureTopic.topicArn) }, []]);
    expect(transformed(InputTransformer, { time: '2028-01-16T04:12:00Z', detail: { 'status': 'FAILED', 'window-execution-id': 'b60fb56e' } }))
      .toMatch(/^"Maintenance window Stack-Patching-\w+Window-\w+: execution FAILED at 2028-01-16T04:12:00Z \(UTC; it starts at .+\), window execution b60fb56e\. https:/);
  });

  test('output is kept for 90 days and stays when the stack is deleted', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] } },
    });
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { RetentionInDays: 90 } });
  });

  test('the bucket is encrypted, private and takes no plain HTTP', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
    });
  });

  test('all that cdk-nag finds is that the bucket has no access logs', () => {
    expect(nagFindings(stack.node.root as App).map(({ rule, path }) => ({ rule, path }))).toEqual([
      { rule: 'AwsSolutions-S1', path: 'Stack/Patching/OutputBucket/Resource' },
    ]);
  });
});

describe('with all properties', () => {
  const stack = testStack();
  const [outputBucket, outputLogGroup, failureTopic] = [testBucket(stack), testLogGroup(stack), testTopic(stack)];
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors');
  const patching = patchWindow(stack, {
    selector: TargetSelector.tags({ Role: ['web'] }),
    installSchedule: MaintenanceWindowSchedule.cron({ hour: '22', weekDay: 'SAT' }),
    installDuration: Duration.hours(6),
    installCutoff: Duration.hours(2),
    installCutoffBehavior: CutoffBehavior.CANCEL_TASK,
    scanSchedule: MaintenanceWindowSchedule.cron({ hour: '15', timeZone: TimeZone.ASIA_TOKYO }),
    scanDuration: Duration.hours(2),
    scanMaxConcurrency: RateControl.count(5),
    installMaxConcurrency: RateControl.percentage(10),
    installMaxErrors: RateControl.percentage(5),
    installRebootOption: PatchRebootOption.NO_REBOOT,
    baselineOverride: { bucket: outputBucket, key: 'baselines.json' },
    role,
    installAlarm: alarm,
    outputBucket,
    outputLogGroup,
    failureTopic,
  });
  const template = templateOf(stack);

  test('what is given is taken', () => {
    expect(patching.outputBucket).toBe(outputBucket);
    expect(patching.outputLogGroup).toBe(outputLogGroup);
    expect(patching.failureTopic).toBe(failureTopic);
    expect(patching.scanTask.role).toBe(role);
    expect(patching.installTask.role).toBe(role);
    for (const type of ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic']) {
      expect(patching.node.findAll().some((construct) => (construct as any).cfnResourceType === type)).toBe(false);
    }
    expect(warningsOf(patching)).toEqual([
      '\'baselineOverride\' keeps Patch Manager from updating patch compliance, so missing patches are in the output of the commands only, '
      + 'got the file "baselines.json", give the nodes a patch baseline of the account instead',
    ]);
  });

  test('the windows are as given', () => {
    expect(windowPropertiesOf(template, stack, patching.scanWindow)).toMatchObject({
      Schedule: 'cron(0 15 * * ? *)', ScheduleTimezone: 'Asia/Tokyo', Duration: 2, Cutoff: 0,
    });
    expect(windowPropertiesOf(template, stack, patching.installWindow)).toMatchObject({
      Schedule: 'cron(0 22 ? * SAT *)', Duration: 6, Cutoff: 2,
    });
  });

  test('the tasks are as given', () => {
    const baseline = [stack.resolve(outputBucket.s3UrlForObject('baselines.json'))];
    const scan = taskOf(template, stack, patching.scanWindow);
    const install = taskOf(template, stack, patching.installWindow);
    expect(scan).toMatchObject({ MaxConcurrency: '5', MaxErrors: '100%' });
    expect(scan).not.toHaveProperty('CutoffBehavior');
    expect(scan.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters).toEqual({ BaselineOverride: baseline, Operation: ['Scan'] });
    expect(install).toMatchObject({ MaxConcurrency: '10%', MaxErrors: '5%', CutoffBehavior: 'CANCEL_TASK' });
    expect(install.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters).toEqual({
      BaselineOverride: baseline, Operation: ['Install'], RebootOption: ['NoReboot'],
    });
  });

  test('the alarm stops the installation and not the scan', () => {
    template.resourceCountIs('Custom::SSMMaintenanceWindowTaskAlarm', 1);
    template.hasResourceProperties('Custom::SSMMaintenanceWindowTaskAlarm', {
      WindowTaskId: stack.resolve(patching.installTask.maintenanceWindowTaskId),
    });
  });
});

describe('how long patches are installed', () => {
  test.each<[string, Partial<PatchWindowsProps>, object]>([
    ['an hour has no cutoff', { installDuration: Duration.hours(1) }, { Duration: 1, Cutoff: 0 }],
    ['an hour in minutes has no cutoff', { installDuration: Duration.minutes(60) }, { Duration: 1, Cutoff: 0 }],
    ['two hours have a cutoff of one', { installDuration: Duration.hours(2) }, { Duration: 2, Cutoff: 1 }],
    ['a cutoff of nothing is taken', { installCutoff: Duration.hours(0) }, { Duration: 3, Cutoff: 0 }],
  ])('%s', (_name, props, expected) => {
    const stack = testStack();
    const patching = patchWindow(stack, props);
    expect(windowPropertiesOf(templateWithFindings(stack, OWN_BUCKET), stack, patching.installWindow)).toMatchObject(expected);
  });

  test('fails when the cutoff is as long as the installation', () => {
    const stack = testStack();
    expect(() => patchWindow(stack, { installDuration: Duration.hours(2), installCutoff: Duration.hours(2) })).toThrow(
      "'installCutoff' must be shorter than 'installDuration', got installCutoff 2 hours and installDuration 2 hours (at Stack/Patching)");
  });
});

describe('when missing patches are reported', () => {
  test.each([
    ['ends as the scan begins', '9'],
    ['begins as the scan ends', '13'],
  ])('nothing is warned about when the installation %s', (_name, hour) => {
    const stack = testStack();
    patchWindow(stack, { installSchedule: MaintenanceWindowSchedule.patchTuesday({ hour, daysAfter: Duration.days(8) }) });
    templateWithFindings(stack, OWN_BUCKET);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('nodes that are scanned while patches are installed are warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const patching = patchWindow(stack, { installSchedule: MaintenanceWindowSchedule.cron({ weekDay: 'SUN', hour: '11' }) });

    // THEN
    templateWithFindings(stack, OWN_BUCKET);
    expect(warningsOf(patching)).toEqual([
      expect.stringMatching(/^windows should not be open at the same time on the same targets, got .* on \{"tag:PatchGroup":\["web"\]\}, such as at .*, move one of them by 'installSchedule' or 'scanSchedule'/),
    ]);
  });

  test('a scan at another time is not', () => {
    const stack = testStack();
    const patching = patchWindow(stack, {
      installSchedule: MaintenanceWindowSchedule.cron({ weekDay: 'SUN', hour: '11' }),
      scanSchedule: MaintenanceWindowSchedule.cron({ hour: '1' }),
    });
    templateWithFindings(stack, OWN_BUCKET);
    expect(warningsOf(patching)).toEqual([]);
  });
});

describe('without an installation', () => {
  test('missing patches are reported only', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const patching = new PatchWindows(stack, 'Patching', { selector: TargetSelector.patchGroup('web') });

    // THEN
    const template = templateWithFindings(stack, OWN_BUCKET);
    template.resourceCountIs('AWS::SSM::MaintenanceWindow', 1);
    template.resourceCountIs('AWS::SSM::MaintenanceWindowTarget', 1);
    template.resourceCountIs('AWS::Events::Rule', 1);
    expect(windowPropertiesOf(template, stack, patching.scanWindow)).toMatchObject({ Schedule: 'cron(0 12 * * ? *)' });
    expect(taskOf(template, stack, patching.scanWindow).TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters).toEqual({ Operation: ['Scan'] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each(['installWindow', 'installTarget', 'installTask', 'installFailureRule'] as const)('%s is told to be missing', (part) => {
    const patching = new PatchWindows(testStack(), 'Patching', { selector: TargetSelector.patchGroup('web') });
    expect(() => patching[part]).toThrow(
      new Error(`'${part}' needs an installation, got no 'installSchedule', give one or use the parts of the scan (at Stack/Patching)`));
  });

  test('options of the installation are refused', () => {
    expect(() => new PatchWindows(testStack(), 'Patching', { selector: TargetSelector.patchGroup('web'), installDuration: Duration.hours(2) })).toThrow(
      new Error("'installDuration' needs 'installSchedule', got none, give the schedule of the installation or leave 'installDuration' out (at Stack/Patching)"));
  });
});

describe('the output of nodes', () => {
  test('may be written by the role that it is granted to', () => {
    // GIVEN
    const stack = testStack();
    const patching = patchWindow(stack);
    const role = new iam.Role(stack, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

    // WHEN
    const grant = patching.grantWriteOutput(role);

    // THEN
    expect(grant.success).toBe(true);
    const bucketArn = stack.resolve(patching.outputBucket.bucketArn);
    const logGroupArn = stack.resolve(patching.outputLogGroup.logGroupArn);
    const wildcards = ['Action::s3:Abort*', `Resource::<${bucketArn['Fn::GetAtt'][0]}.Arn>/*`];
    const template = templateWithFindings(stack, [...OWN_BUCKET, ...wildcards.map((wildcard) => `AwsSolutions-IAM5[${wildcard}]`)]);
    const [onFiles, onBucket, onStreams, onLogGroups, ...others] = statementsOf(template, stack, role);
    expect(onFiles.Action).toContain('s3:PutObject');
    expect(onFiles.Resource).toEqual({ 'Fn::Join': ['', [bucketArn, '/*']] });
    expect(onBucket).toEqual(allow('s3:GetEncryptionConfiguration', bucketArn));
    expect(onStreams.Action).toEqual(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents']);
    // newer versions of aws-cdk-lib name the streams beside the group
    expect([onStreams.Resource].flat()).toContainEqual(logGroupArn);
    expect(onLogGroups).toEqual(allow('logs:DescribeLogGroups', '*'));
    expect(others).toEqual([]);
  });
});

describe('where it is defined', () => {
  test('two in one stack share nothing', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const web = patchWindow(stack, {}, 'Web');
    const db = patchWindow(stack, { selector: TargetSelector.patchGroup('db') }, 'Db');

    // THEN
    const template = templateWithFindings(stack, OWN_BUCKET);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(34);
    expect(web.installTask.role).not.toBe(db.installTask.role);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('bucket, log group, topic and role may be imported', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    patchWindow(stack, {
      outputBucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'output-of-commands'),
      outputLogGroup: logs.LogGroup.fromLogGroupName(stack, 'LogGroup', '/patching'),
      failureTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:123456789012:failures'),
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/maintenance'),
    });

    // THEN
    const template = templateOf(stack);
    for (const type of ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic', 'AWS::IAM::Role']) {
      template.resourceCountIs(type, 0);
    }
    template.hasResourceProperties('AWS::Events::Rule', { Targets: [{ Arn: 'arn:aws:sns:eu-central-1:123456789012:failures', Id: 'Target0' }] });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', { ServiceRoleArn: 'arn:aws:iam::123456789012:role/maintenance' });
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text, number } = deployTimeValues(stack);

    // WHEN
    const patching = patchWindow(stack, {
      selector: TargetSelector.patchGroup(text),
      installSchedule: MaintenanceWindowSchedule.expression(text, { timeZone: TimeZone.of(text) }),
      installDuration: Duration.hours(number),
      installCutoff: Duration.hours(number),
      scanDuration: Duration.hours(number),
      installMaxConcurrency: RateControl.of(text),
    });

    // THEN
    const template = templateWithFindings(stack, OWN_BUCKET);
    expect(windowPropertiesOf(template, stack, patching.installWindow)).toMatchObject({
      Schedule: { Ref: 'Text' }, ScheduleTimezone: { Ref: 'Text' }, Duration: { Ref: 'Number' }, Cutoff: { Ref: 'Number' },
    });
    expect(windowPropertiesOf(template, stack, patching.scanWindow)).toMatchObject({ ScheduleTimezone: { Ref: 'Text' }, Duration: { Ref: 'Number' } });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a duration that is a token has a cutoff of an hour', () => {
    const stack = testStack();
    const patching = patchWindow(stack, { installDuration: Duration.hours(deployTimeValues(stack).number) });
    expect(windowPropertiesOf(templateWithFindings(stack, OWN_BUCKET), stack, patching.installWindow)).toMatchObject({ Cutoff: 1 });
  });

  test('a stack without a known environment works', () => {
    const stack = new Stack(new App(), 'Stack');
    patchWindow(stack);
    templateWithFindings(stack, OWN_BUCKET).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 2);
  });
});

describe('rings', () => {
  const RANGE = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2029-01-01T00:00:00Z') };

  /** A ring in a stack of its own, as its account has one. */
  function ring(app: App, name: string, installSchedule: MaintenanceWindowSchedule): PatchWindows {
    return patchWindow(testStack(name, { app }), { selector: TargetSelector.tags({ Environment: [name] }), installSchedule });
  }

  test('patches are proven to reach development five days before production', () => {
    // GIVEN
    const app = testApp();
    const dev = ring(app, 'dev', MaintenanceWindowSchedule.patchTuesday({ hour: '2', daysAfter: Duration.days(1) }));
    const prod = ring(app, 'prod', MaintenanceWindowSchedule.patchTuesday({ hour: '2', daysAfter: Duration.days(6) }));

    // WHEN
    MaintenanceWindowCalendar.assertOrder([dev.installWindow, prod.installWindow], { ...RANGE, within: Duration.days(7) });

    // THEN
    synthesisOf(app)();
    const [first, second] = [dev, prod].map(({ installWindow }) => installWindow.preview({ start: RANGE.start, maxOccurrences: 24 }));
    expect(second.map(({ start }, month) => (start.getTime() - first[month].start.getTime()) / 86_400_000)).toEqual(Array(24).fill(5));
  });

  test('fails when production can be patched before development', () => {
    // GIVEN
    const app = testApp();
    const dev = ring(app, 'dev', MaintenanceWindowSchedule.cron({ hour: '2', weekDay: 'SUN#1' }));
    const prod = ring(app, 'prod', MaintenanceWindowSchedule.cron({ hour: '2', weekDay: 'TUE#1' }));

    // THEN
    expect(() => MaintenanceWindowCalendar.assertOrder([dev.installWindow, prod.installWindow], { ...RANGE, within: Duration.days(7) })).toThrow(
      "'dev/Patching/InstallWindow' must end before 'prod/Patching/InstallWindow' starts, got an occurrence of "
      + "'prod/Patching/InstallWindow' at 2027-02-02T02:00:00.000Z without a preceding occurrence of 'dev/Patching/InstallWindow' within 7 days, change one of the schedules "
      + '(at prod/Patching/InstallWindow)');
  });
});

