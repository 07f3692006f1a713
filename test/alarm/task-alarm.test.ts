import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnParameter, Duration, Stack, Tags, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { IMaintenanceWindow } from '../../src';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import { attachTaskAlarm } from '../../src/alarm/task-alarm';
import { wantedAlarm } from '../../src/setting/handler/task-alarm';
import { MaintenanceWindowAlarms } from '../../src/setting/maintenance-window-alarms';
import { TEST_ACCOUNT, TEST_REGION, templateOf, testApp, testStack, warningsOf } from '../support/app';

const TYPE = 'Custom::SSMMaintenanceWindowTaskAlarm';

interface AlarmedTaskProps {
  readonly window: IMaintenanceWindow;
  readonly alarm: cloudwatch.IAlarm;
  readonly ignorePollAlarmFailure?: boolean;
  readonly serviceRole?: iam.IRole;
  readonly notificationRoleArn?: string;
}

/** A targetless automation, the smallest task that can have an alarm. */
class AlarmedTask extends Construct {
  public readonly maintenanceWindowTaskId: string;
  public readonly resource: ssm.CfnMaintenanceWindowTask;

  public constructor(scope: Construct, id: string, props: AlarmedTaskProps) {
    super(scope, id);
    this.resource = new ssm.CfnMaintenanceWindowTask(this, 'Resource', {
      windowId: props.window.maintenanceWindowId,
      ...props.notificationRoleArn ? {
        taskType: 'RUN_COMMAND',
        taskArn: 'AWS-RunShellScript',
        targets: [{ key: 'InstanceIds', values: ['i-0123456789abcdef0'] }],
        maxConcurrency: '1',
        maxErrors: '0',
        taskInvocationParameters: {
          maintenanceWindowRunCommandParameters: {
            parameters: { commands: ['true'] },
            serviceRoleArn: props.notificationRoleArn,
          },
        },
      } : { taskType: 'AUTOMATION', taskArn: 'AWS-RestartEC2Instance' },
      priority: 1,
      serviceRoleArn: props.serviceRole?.roleArn,
    });
    this.maintenanceWindowTaskId = this.resource.ref;
    attachTaskAlarm(this, this.resource, props);
  }
}

function windowIn(scope: Construct, id: string = 'Window'): MaintenanceWindow {
  return new MaintenanceWindow(scope, id, { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2) });
}

const alarmNamed = (scope: Construct, name: string = 'Errors') => cloudwatch.Alarm.fromAlarmName(scope, `Alarm${name}`, name);
const roleIn = (scope: Construct, id: string = 'ServiceRole') => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

/** The only resource of a type, with its logical id. */
function only(template: Template, type: string, props: any = {}): [string, any] {
  const found = Object.entries(template.findResources(type, props));
  expect(found).toHaveLength(1);
  return found[0];
}

/** What Fn::Join, Ref and Fn::Base64 give when the resources have the ids given here. */
function deployed(value: any, ids: { [logicalId: string]: string } = {}): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[fn, argument]] = Object.entries<any>(value);
  switch (fn) {
    case 'Fn::Join': return argument[1].map((part: any) => deployed(part, ids)).join(argument[0]);
    case 'Fn::Base64': return Buffer.from(deployed(argument, ids)).toString('base64');
    case 'Fn::Select': return deployed(argument[1], ids).split('/')[argument[0]];
    case 'Fn::Split': return deployed(argument[1], ids);
    case 'Ref': return ids[argument] ?? ({ 'AWS::StackId': 'arn:aws:cloudformation:r:a:stack/Name/5f0a3f6e-1111-2222-3333-444455556666' } as any)[argument] ?? argument;
    default: return JSON.stringify(value);
  }
}

describe('a task with an alarm', () => {
  test('adds one custom resource, what runs it, and one rule', () => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack);

    // WHEN
    new AlarmedTask(stack, 'Task', { window, alarm: alarmNamed(stack), serviceRole: roleIn(stack) });

    // THEN
    const counts: { [type: string]: number } = {};
    for (const { Type } of Object.values<any>(templateOf(stack).toJSON().Resources)) {
      counts[Type] = (counts[Type] ?? 0) + 1;
    }
    expect(counts).toEqual({
      'AWS::SSM::MaintenanceWindow': 1,
      'AWS::SSM::MaintenanceWindowTask': 1,
      'AWS::IAM::Role': 2,
      [TYPE]: 1,
      'AWS::Lambda::Function': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::IAM::Policy': 4,
      'AWS::Events::Rule': 1,
      'AWS::Lambda::Permission': 1,
    });
  });

  test('carries the task as it will be deployed, tokens and late changes included', () => {
    // GIVEN
    const stack = testStack();
    const task = new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack), serviceRole: roleIn(stack) });

    // WHEN
    task.resource.description = new CfnParameter(stack, 'Description', { default: 'text' }).valueAsString;
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === task.resource) {
          task.resource.priority = 7;
        }
      },
    });

    // THEN
    const template = templateOf(stack);
    const [taskId] = only(template, 'AWS::SSM::MaintenanceWindowTask');
    const [windowId] = only(template, 'AWS::SSM::MaintenanceWindow');
    template.hasResourceProperties(TYPE, {
      WindowId: { Ref: windowId },
      WindowTaskId: { Ref: taskId },
      AlarmName: 'Errors',
      IgnorePollAlarmFailure: false,
      ServiceTimeout: '900',
      Task: {
        taskType: 'AUTOMATION',
        taskArn: 'AWS-RestartEC2Instance',
        priority: 7,
        description: { Ref: 'Description' },
        serviceRoleArn: { 'Fn::GetAtt': Match.anyValue() },
        name: Match.absent(),
      },
    });
  });

  test('hands the choice about failed polls on', () => {
    const stack = testStack();
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack), ignorePollAlarmFailure: true });

    templateOf(stack).hasResourceProperties(TYPE, { IgnorePollAlarmFailure: true });
  });

  test.each([
    ['metric alarm', (stack: Stack) => new cloudwatch.Alarm(stack, 'Alarm', {
      metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
    }), 'AWS::CloudWatch::Alarm'],
    ['composite alarm', (stack: Stack) => new cloudwatch.CompositeAlarm(stack, 'Alarm', { alarmRule: cloudwatch.AlarmRule.fromBoolean(true) }),
      'AWS::CloudWatch::CompositeAlarm'],
  ])('takes a %s of the app', (_, make, type) => {
    const stack = testStack();
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: make(stack) });

    const template = templateOf(stack);
    template.hasResourceProperties(TYPE, { AlarmName: { Ref: only(template, type)[0] } });
  });

  test('takes an alarm of another stack', () => {
    const app = testApp();
    const other = testStack('Other', { app });
    const stack = testStack('Stack', { app });
    const alarm = new cloudwatch.Alarm(other, 'Alarm', {
      metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
    });
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm });

    templateOf(stack).hasResourceProperties(TYPE, { AlarmName: { 'Fn::ImportValue': Match.stringLikeRegexp('^Other:') } });
  });

  test('takes an alarm by its ARN', () => {
    const stack = testStack();
    const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', `arn:aws:cloudwatch:${TEST_REGION}:${TEST_ACCOUNT}:alarm:Errors`);
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm });

    templateOf(stack).hasResourceProperties(TYPE, { AlarmName: 'Errors' });
  });
});

describe('the alarm', () => {
  test.each([
    ['one character', 'a'],
    ['255 characters', 'x'.repeat(255)],
    ['blanks around', ' a '],
  ])('may have a name with %s', (_, name) => {
    const stack = testStack();

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack, name) })).not.toThrow();
  });

  test('may have a name given as a token', () => {
    const stack = testStack();
    const alarm = cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', new CfnParameter(stack, 'Name').valueAsString);

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm })).not.toThrow();
  });

  test.each([
    ['longer than 255 characters', 'x'.repeat(256), `'alarm' must be 1 to 255 characters long, got 256 characters: "${'x'.repeat(99)}… (at Stack/Task)`],
    ['blank', '  ', "'alarm' must be the name of an alarm and not blank, got \"  \" (at Stack/Task)"],
  ])('fails when its name is %s', (_, name, message) => {
    const stack = testStack();

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack, name) })).toThrow(new Error(message));
  });

  test.each([
    ['region', `arn:aws:cloudwatch:us-west-2:${TEST_ACCOUNT}:alarm:A`, `"${TEST_REGION}"`, '"us-west-2"'],
    ['account', `arn:aws:cloudwatch:${TEST_REGION}:999999999999:alarm:A`, `"${TEST_ACCOUNT}"`, '"999999999999"'],
  ])('fails when its ARN is of another %s', (part, arn, ours, theirs) => {
    const stack = testStack();
    const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', arn);

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm })).toThrow(new Error(
      `'alarm' must be of the ${part} of the task, ${ours}, got an alarm of ${theirs}, `
      + `use an alarm of that ${part}: Systems Manager looks alarms up by name (at Stack/Task)`));
  });

  test('fails when it is defined in another region', () => {
    const app = testApp();
    const other = new Stack(app, 'Other', { env: { account: TEST_ACCOUNT, region: 'us-west-2' } });
    const stack = testStack('Stack', { app });
    const alarm = new cloudwatch.Alarm(other, 'Alarm', {
      metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
    });

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm })).toThrow(/^'alarm' must be of the region of the task/);
  });

  test('passes in a stack without a known environment', () => {
    const stack = new Stack(new App(), 'Stack');
    const alarm = cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', `arn:aws:cloudwatch:us-west-2:${TEST_ACCOUNT}:alarm:A`);

    expect(() => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm })).not.toThrow();
  });
});

describe('the function', () => {
  test('is the bundled handler on the newest runtime, with a log group of its own', () => {
    const stack = testStack();
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) });

    const template = templateOf(stack);
    const [logGroup] = only(template, 'AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 300,
      LoggingConfig: { LogGroup: { Ref: logGroup } },
      VpcConfig: Match.absent(),
      Environment: Match.absent(),
    });
    expect(readFileSync(join(__dirname, '..', '..', 'assets', 'setting', 'handler', 'setting.lambda', 'index.js'), 'utf8')).toContain('UpdateMaintenanceWindowTaskCommand');
  });

  test('is one for a stack, with one permission for all rules', () => {
    // GIVEN
    const stack = testStack();
    const windows = ['A', 'B', 'C'].map((id) => windowIn(stack, id));

    // WHEN
    windows.forEach((window) => ['1', '2'].forEach((id) => new AlarmedTask(window, id, { window, alarm: alarmNamed(new Construct(window, `X${id}`)) })));

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs(TYPE, 6);
    template.resourceCountIs('AWS::Events::Rule', 3);
    const [, permission] = only(template, 'AWS::Lambda::Permission');
    const allowed = new RegExp(`^${deployed(permission.Properties.SourceArn).replace('*', '.*')}$`);
    const names = Object.values<any>(template.findResources('AWS::Events::Rule')).map(({ Properties }) => deployed(Properties.Name));
    expect(new Set(names).size).toBe(3);
    names.forEach((name) => {
      expect(name).toMatch(/^[.\-_A-Za-z0-9]{1,64}$/);
      expect(`arn:AWS::Partition:events:${TEST_REGION}:${TEST_ACCOUNT}:rule/${name}`).toMatch(allowed);
    });
  });

  test('is one for each of two stacks', () => {
    const app = testApp();
    const [one, two] = ['One', 'Two'].map((id) => testStack(id, { app }));
    const window = windowIn(one);
    [one, two].forEach((stack) => new AlarmedTask(stack, 'Task', { window, alarm: alarmNamed(stack) }));

    [one, two].map(templateOf).forEach((template) => {
      template.resourceCountIs('AWS::Lambda::Function', 1);
      template.resourceCountIs('AWS::Events::Rule', 1);
    });
  });

  test('may read and update the tasks of the windows of its stack, pass their roles, and nothing else', () => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack);
    const role = roleIn(stack);
    const notificationRole = roleIn(stack, 'Notify');

    // WHEN
    new AlarmedTask(stack, 'Task', { window, alarm: alarmNamed(stack), serviceRole: role, notificationRoleArn: notificationRole.roleArn });

    // THEN
    const template = templateOf(stack);
    const statements = Object.values<any>(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const arn = (service: string, resource: string, where = `${TEST_REGION}:${TEST_ACCOUNT}`) => `arn:AWS::Partition:${service}:${where}:${resource}`;
    const [windowId] = only(template, 'AWS::SSM::MaintenanceWindow');
    const passRole = (logicalId: RegExp) => ({
      Action: 'iam:PassRole',
      Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      Effect: 'Allow',
      Resource: expect.stringMatching(logicalId),
    });
    expect(statements.map((statement) => ({ ...statement, Resource: deployed(statement.Resource) }))).toEqual(expect.arrayContaining([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: expect.stringMatching(/GetAtt.*Log.*Arn/) },
      { Action: ['ssm:GetMaintenanceWindowTask', 'ssm:UpdateMaintenanceWindowTask'], Effect: 'Allow', Resource: arn('ssm', 'windowtask/*') },
      { Action: ['ssm:GetMaintenanceWindowTask', 'ssm:UpdateMaintenanceWindowTask'], Effect: 'Allow', Resource: arn('ssm', `maintenancewindow/${windowId}`) },
      { Action: 'events:ListTargetsByRule', Effect: 'Allow', Resource: arn('events', 'rule/MWSetting-5f0a3f6e-1111-2222-3333-444455556666-*') },
      passRole(/ServiceRole.*Arn/),
      passRole(/Notify.*Arn/),
    ]));
    expect(statements).toHaveLength(6);
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      AssumeRolePolicyDocument: {
        Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
  });

  test('keeps a permission as long as an alarm needs it: policies are per window and per role, and the alarms depend on them', () => {
    // GIVEN
    const stack = testStack();
    const [one, two] = ['One', 'Two'].map((id) => windowIn(stack, id));
    const shared = roleIn(stack);
    const own = roleIn(stack, 'Own');

    // WHEN
    new AlarmedTask(stack, 'A', { window: one, alarm: alarmNamed(stack), serviceRole: shared });
    new AlarmedTask(stack, 'B', { window: two, alarm: alarmNamed(stack, 'B'), serviceRole: shared });
    new AlarmedTask(stack, 'C', { window: two, alarm: alarmNamed(stack, 'C'), serviceRole: own });
    new AlarmedTask(stack, 'D', { window: two, alarm: alarmNamed(stack, 'D') });

    // THEN
    const template = templateOf(stack);
    const policiesOf = (id: string) => {
      const [[, resource]] = Object.entries<any>(template.findResources(TYPE)).filter(([logicalId]) => logicalId.startsWith(id));
      return resource.DependsOn.map((name: string) =>
        name.replace(/[0-9A-F]{8}$/, '').replace(/^MaintenanceWindowTaskAlarms/, '').replace(/.*(Window|PassRole)/, '$1').slice(0, 20));
    };
    expect(policiesOf('A')).toHaveLength(3);
    expect(policiesOf('B')).toHaveLength(3);
    expect(policiesOf('C')).toHaveLength(3);
    expect(policiesOf('D')).toHaveLength(2);
    ['A', 'B', 'C', 'D'].forEach((id) => expect(policiesOf(id)).toContain('Tasks'));
    const passed = (id: string) => policiesOf(id).filter((name: string) => name.startsWith('PassRole'));
    const window = (id: string) => policiesOf(id).filter((name: string) => name.startsWith('Window'));
    expect(passed('A')).toEqual(passed('B'));
    expect(passed('B')).not.toEqual(passed('C'));
    expect(window('A')).not.toEqual(window('B'));
    expect(window('B')).toEqual(window('C'));
    expect(window('B')).toEqual(window('D'));
  });

  test('tells roles of two stacks apart that have the same logical id', () => {
    const app = testApp();
    const [one, two, stack] = ['One', 'Two', 'Stack'].map((id) => testStack(id, { app }));
    const window = windowIn(stack);
    [one, two].forEach((other, index) => new AlarmedTask(stack, `T${index}`, {
      window, alarm: alarmNamed(stack, `A${index}`), serviceRole: roleIn(other, 'Same'),
    }));

    templateOf(stack).resourcePropertiesCountIs('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: 'iam:PassRole' }] },
    }, 2);
  });

  test('warns when the permissions may not fit into one role', () => {
    const stack = testStack();
    const windows = Array.from({ length: 19 }, (_, index) => windowIn(stack, `W${index}`));
    windows.slice(0, 18).forEach((window) => new AlarmedTask(window, 'T', { window, alarm: alarmNamed(window), serviceRole: roleIn(window) }));
    expect(warningsOf(stack)).toEqual([]);

    new AlarmedTask(windows[18], 'T', { window: windows[18], alarm: alarmNamed(windows[18]), serviceRole: roleIn(windows[18]) });

    expect(warningsOf(stack)).toEqual([
      'the alarms of a stack must need at most 10240 characters of policies in one role, got 19 windows with 18 roles, '
      + 'let tasks share a \'role\' or define some windows in another stack',
    ]);
  });
});

describe('the healing rule', () => {
  test('listens to updates of the tasks of its window', () => {
    const stack = testStack();
    const window = windowIn(stack);
    new AlarmedTask(stack, 'Task', { window, alarm: alarmNamed(stack) });

    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.ssm'],
        'account': [TEST_ACCOUNT],
        'detail-type': ['Maintenance Window Task Registration Notification'],
        'detail': { 'window-id': [{ Ref: only(template, 'AWS::SSM::MaintenanceWindow')[0] }], 'status': ['UPDATED'] },
      },
      Targets: [{
        Id: 'Function0',
        Arn: { 'Fn::GetAtt': [only(template, 'AWS::Lambda::Function')[0], 'Arn'] },
        InputTransformer: { InputPathsMap: { windowId: '$.detail.window-id', windowTaskId: '$.detail.window-task-id' } },
      }],
    });
  });

  test('holds what is wanted, as the handler reads it', () => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack);
    const owned = new cloudwatch.Alarm(stack, 'Owned', {
      metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
    });

    // WHEN
    new AlarmedTask(stack, 'Literal', { window, alarm: alarmNamed(stack, 'a "b" <c> \\'), ignorePollAlarmFailure: true });
    new AlarmedTask(stack, 'Token', { window, alarm: owned });

    // THEN
    const template = templateOf(stack);
    const taskId = (id: string) => Object.keys(template.findResources('AWS::SSM::MaintenanceWindowTask')).find((name) => name.startsWith(id))!;
    const [ruleId, rule] = only(template, 'AWS::Events::Rule');
    expect(ruleId).toBeDefined();
    const inputs = rule.Properties.Targets.map(({ InputTransformer }: any) => deployed(InputTransformer.InputTemplate, {
      [taskId('Literal')]: 'task-1', [taskId('Token')]: 'task-2', [only(template, 'AWS::CloudWatch::Alarm')[0]]: 'Owned "alarm"',
    }));
    expect(wantedAlarm(inputs, 'task-1')).toEqual({ alarmName: 'a "b" <c> \\', ignorePollAlarmFailure: true });
    expect(wantedAlarm(inputs, 'task-2')).toEqual({ alarmName: 'Owned "alarm"', ignorePollAlarmFailure: false });
    expect(JSON.parse(inputs[0])).toMatchObject({ rule: deployed(rule.Properties.Name), windowId: '<windowId>', windowTaskId: '<windowTaskId>' });
  });

  test('depends on the alarms: it is updated after them and deleted before them', () => {
    const stack = testStack();
    const window = windowIn(stack);
    ['A', 'B'].forEach((id) => new AlarmedTask(stack, id, { window, alarm: alarmNamed(stack, id) }));

    const template = templateOf(stack);
    const [, rule] = only(template, 'AWS::Events::Rule');
    expect(rule.DependsOn.sort()).toEqual(Object.keys(template.findResources(TYPE)).sort());
  });

  test.each([
    ['20 tasks with the longest names', 20, 'x', 1],
    ['20 tasks with the longest names beyond ASCII', 20, 'ü', 2],
  ])('keeps to the size of an input with %s', (_, tasks, character, targets) => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack);

    // WHEN
    Array.from({ length: tasks }, (__, index) => new AlarmedTask(stack, `T${index}`, {
      window, alarm: cloudwatch.Alarm.fromAlarmName(stack, `A${index}`, character.repeat(255)),
    }));

    // THEN
    const template = templateOf(stack);
    const ids = Object.fromEntries(Object.keys(template.findResources('AWS::SSM::MaintenanceWindowTask'))
      .map((name, index) => [name, `11111111-2222-3333-4444-${String(index).padStart(12, '0')}`]));
    const [, rule] = only(template, 'AWS::Events::Rule');
    const inputs: string[] = rule.Properties.Targets.map(({ InputTransformer }: any) => deployed(InputTransformer.InputTemplate, ids));
    expect(inputs).toHaveLength(targets);
    inputs.forEach((input) => expect(input.length).toBeLessThanOrEqual(8192));
    Object.values(ids).forEach((id) => expect(wantedAlarm(inputs, id)?.alarmName).toBe(character.repeat(255)));
  });

  test('keeps to the size of an input with 20 names given as a token', () => {
    const stack = testStack();
    const window = windowIn(stack);
    const name = new CfnParameter(stack, 'Name').valueAsString;
    Array.from({ length: 20 }, (_, index) => new AlarmedTask(stack, `T${index}`, {
      window, alarm: cloudwatch.Alarm.fromAlarmName(stack, `A${index}`, name),
    }));

    const template = templateOf(stack);
    const ids = Object.fromEntries(Object.keys(template.findResources('AWS::SSM::MaintenanceWindowTask')).map((id) => [id, 'x'.repeat(36)]));
    const [, rule] = only(template, 'AWS::Events::Rule');
    expect(rule.Properties.Targets).toHaveLength(1);
    expect(deployed(rule.Properties.Targets[0].InputTransformer.InputTemplate, { ...ids, Name: 'x'.repeat(255) }).length).toBeLessThanOrEqual(8192);
  });

  test('serves 200 tasks of ten windows in one app', () => {
    const stack = testStack();
    for (let w = 0; w < 10; w++) {
      const window = windowIn(stack, `W${w}`);
      const serviceRole = roleIn(window);
      for (let t = 0; t < 20; t++) {
        new AlarmedTask(window, `T${t}`, { window, alarm: cloudwatch.Alarm.fromAlarmName(window, `A${t}`, `A${t}`), serviceRole });
      }
    }

    const template = templateOf(stack);
    expect(Object.keys(template.toJSON().Resources).length).toBeLessThanOrEqual(500);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    const policies = Object.values<any>(template.findResources('AWS::IAM::Policy'));
    const characters = policies.map(({ Properties }) => JSON.stringify(Properties.PolicyDocument, (_, value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
        ? deployed(value).padEnd(110, 'x') : value).length);
    expect(characters.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(10_240);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('settings', () => {
  test('give the function a VPC, a key, a retention and tags', () => {
    // GIVEN
    const stack = testStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { flowLogs: { all: {} } });
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });

    // WHEN
    MaintenanceWindowAlarms.configure(stack, {
      vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [securityGroup],
      encryptionKey,
      logRetention: logs.RetentionDays.ONE_YEAR,
      tags: { team: 'ops' },
    });
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) });

    // THEN
    const template = Template.fromStack(stack);
    const tags = Match.arrayWith([{ Key: 'team', Value: 'ops' }]);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Tags: tags,
      VpcConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: [{ 'Fn::GetAtt': [only(template, 'AWS::EC2::SecurityGroup')[0], 'GroupId'] }] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      Tags: tags,
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key')[0], 'Arn'] },
    });
    template.hasResourceProperties('AWS::IAM::Role', { Tags: tags });
    template.hasResourceProperties('AWS::Events::Rule', { Tags: tags });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{
          Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          Effect: 'Allow',
          Principal: { Service: `logs.${TEST_REGION}.amazonaws.com` },
          Resource: '*',
        }]),
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Action: [
            'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface',
            'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
          ],
          Effect: 'Allow',
          Resource: '*',
        }]),
      },
    });
  });

  test('turn healing off, with all that it needs', () => {
    const stack = testStack();
    MaintenanceWindowAlarms.configure(stack, { healing: false });
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) });

    const template = templateOf(stack);
    template.resourceCountIs('AWS::Events::Rule', 0);
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    template.resourceCountIs(TYPE, 1);
    expect(JSON.stringify(template.toJSON())).not.toContain('events:ListTargetsByRule');
  });

  test('of the innermost scope apply', () => {
    // GIVEN
    const app = testApp();
    const [one, two] = ['One', 'Two'].map((id) => testStack(id, { app }));

    // WHEN
    MaintenanceWindowAlarms.configure(app, { logRetention: logs.RetentionDays.ONE_WEEK, healing: false });
    MaintenanceWindowAlarms.configure(two, { logRetention: logs.RetentionDays.ONE_DAY });
    [one, two].forEach((stack) => new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) }));

    // THEN
    templateOf(one).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
    templateOf(one).resourceCountIs('AWS::Events::Rule', 0);
    templateOf(two).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1 });
    templateOf(two).resourceCountIs('AWS::Events::Rule', 1);
  });

  test('fail when they are of a construct that is neither app, stage nor stack', () => {
    expect(() => MaintenanceWindowAlarms.configure(new Construct(testStack(), 'C'), {})).toThrow(new Error(
      "'scope' must be an app, a stage or a stack, got \"Stack/C\", pass Stack.of(scope) (at Stack/C)"));
  });

  test('fail when they are given twice', () => {
    const stack = testStack();
    MaintenanceWindowAlarms.configure(stack, {});

    expect(() => MaintenanceWindowAlarms.configure(stack, {})).toThrow(new Error(
      "'scope' must be configured once, got a second configuration, merge the two (at Stack)"));
  });

  test('fail when they come after the first alarm, of a stack and of the app', () => {
    const stack = testStack();
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) });

    expect(() => MaintenanceWindowAlarms.configure(stack, {})).toThrow(new Error(
      "'scope' must be configured before its first task with an alarm and its first disabled window, got a scope that has one, move the call up (at Stack)"));
    expect(() => MaintenanceWindowAlarms.configure(stack.node.root, {})).toThrow(/^'scope' must be configured before its first task with an alarm/);
  });

  test('of the stack reach the function as tags too', () => {
    const stack = testStack();
    Tags.of(stack).add('cost-center', '42');
    new AlarmedTask(stack, 'Task', { window: windowIn(stack), alarm: alarmNamed(stack) });

    templateOf(stack).hasResourceProperties('AWS::Lambda::Function', { Tags: [{ Key: 'cost-center', Value: '42' }] });
  });
});

test('an imported window works, and so does a token as its id', () => {
  const stack = testStack();
  const imported = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
  const token = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Token', Token.asString({ Ref: new CfnParameter(stack, 'Id').logicalId }));
  [imported, token].forEach((window, index) => new AlarmedTask(stack, `T${index}`, { window, alarm: alarmNamed(stack, `A${index}`) }));

  const template = templateOf(stack);
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { 'window-id': ['mw-0123456789abcdef0'] } } });
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { 'window-id': [{ Ref: 'Id' }] } } });
});
