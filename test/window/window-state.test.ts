import { App, Aspects, CfnParameter, Duration, Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowAlarms, MaintenanceWindowSchedule, MaintenanceWindowTask, RunCommandDocument, TargetSelector,
  TaskTargets,
} from '../../src';
import type { MaintenanceWindowProps } from '../../src';
import { wantedState } from '../../src/setting/handler/window-state';
import { TEST_ACCOUNT, TEST_REGION, templateOf, testApp, testStack, warningsOf } from '../support/app';

const TYPE = 'Custom::SSMMaintenanceWindowState';

function windowIn(stack: Stack, id: string = 'Window', props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow(stack, id, {
    schedule: MaintenanceWindowSchedule.cron({ hour: '2' }), duration: Duration.hours(2), enabled: false, ...props,
  });
}

function patch(window: MaintenanceWindow, id: string = 'Patch') {
  return window.addRunCommandTask(id, {
    document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT, parameters: { commands: ['true'] }, targets: TaskTargets.instanceIds('i-0123456789abcdef0'),
  });
}

function typesOf(template: Template): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const { Type } of Object.values<any>(template.toJSON().Resources)) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}

function only(template: Template, type: string): [string, any] {
  const found = Object.entries(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0];
}

const OPENINGS = { start: new Date('2030-01-01T00:00:00Z'), end: new Date('2030-02-01T00:00:00Z') };

describe('a window with enabled: false', () => {
  test('adds one custom resource, what runs it, and one rule', () => {
    const stack = testStack();
    windowIn(stack);

    expect(typesOf(templateOf(stack))).toEqual({
      'AWS::SSM::MaintenanceWindow': 1,
      [TYPE]: 1,
      'AWS::Lambda::Function': 1,
      'AWS::Lambda::Permission': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::IAM::Role': 1,
      'AWS::IAM::Policy': 2,
      'AWS::Events::Rule': 1,
    });
  });

  test('carries the window as it will be deployed, tokens and late changes included', () => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack, 'Window', {
      schedule: MaintenanceWindowSchedule.cron({ hour: '2', timeZone: TimeZone.EUROPE_PARIS }),
      maintenanceWindowName: 'nightly',
      description: new CfnParameter(stack, 'Description', { default: 'text' }).valueAsString,
      startDate: new Date('2030-01-01T00:00:00Z'),
    });

    // WHEN
    Tags.of(window).add('team', 'ops');
    const resource = window.node.defaultChild as CfnMaintenanceWindow;
    Aspects.of(stack).add({
      visit: (node) => {
        if (node === resource) {
          resource.cutoff = 1;
        }
      },
    });

    // THEN
    const template = templateOf(stack);
    expect(only(template, TYPE)[1].Properties).toEqual({
      ServiceToken: { 'Fn::GetAtt': [only(template, 'AWS::Lambda::Function')[0], 'Arn'] },
      ServiceTimeout: '900',
      WindowId: { Ref: only(template, 'AWS::SSM::MaintenanceWindow')[0] },
      Enabled: false,
      Window: {
        allowUnassociatedTargets: false,
        cutoff: 1,
        description: { Ref: 'Description' },
        duration: 2,
        name: 'nightly',
        schedule: 'cron(0 2 * * ? *)',
        scheduleTimezone: 'Europe/Paris',
        startDate: '2030-01-01T00:00:00.000Z',
        tags: [{ key: 'team', value: 'ops' }],
      },
    });
  });

  test('lets the function read and update this window, and nothing else', () => {
    const stack = testStack();
    windowIn(stack);

    const template = templateOf(stack);
    const [windowId] = only(template, 'AWS::SSM::MaintenanceWindow');
    const statements = Object.values<any>(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const arn = (service: string, ...resource: any[]) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:${TEST_REGION}:${TEST_ACCOUNT}:${resource[0]}`, ...resource.slice(1)]],
    });
    expect(statements).toHaveLength(3);
    expect(statements).toEqual(expect.arrayContaining([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [only(template, 'AWS::Logs::LogGroup')[0], 'Arn'] } },
      { Action: ['ssm:GetMaintenanceWindow', 'ssm:UpdateMaintenanceWindow'], Effect: 'Allow', Resource: arn('ssm', 'maintenancewindow/', { Ref: windowId }) },
      {
        Action: 'events:ListTargetsByRule',
        Effect: 'Allow',
        Resource: arn('events', 'rule/MWSetting-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, '-*'),
      },
    ]));
  });

  test('keeps the permission until the window is enabled again, and the rule no longer than that', () => {
    const stack = testStack();
    windowIn(stack);

    const template = templateOf(stack);
    const [stateId, state] = only(template, TYPE);
    expect(state.DependsOn).toEqual([expect.stringMatching(/^MaintenanceWindowTaskAlarmsState/)]);
    expect(only(template, 'AWS::Events::Rule')[1].DependsOn).toEqual([stateId]);
  });

  test('has a rule that hears of this window only, when it is enabled, and says what is wanted as the handler reads it', () => {
    const stack = testStack();
    windowIn(stack);

    const template = templateOf(stack);
    const windowId = { Ref: only(template, 'AWS::SSM::MaintenanceWindow')[0] };
    const [, { Properties: rule }] = only(template, 'AWS::Events::Rule');
    expect(rule.EventPattern).toEqual({
      'source': ['aws.ssm'],
      'account': [TEST_ACCOUNT],
      'detail-type': ['Maintenance Window State-change Notification'],
      'detail': { 'window-id': [windowId], 'status': ['ENABLED'] },
    });
    const [{ InputTransformer: { InputPathsMap, InputTemplate } }] = rule.Targets;
    expect(InputPathsMap).toEqual({ windowId: '$.detail.window-id' });
    const template2 = InputTemplate['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'Ref' in part ? 'mw-0123456789abcdef0' : 'stack').join('');
    expect(JSON.parse(template2)).toEqual({ rule: expect.stringMatching(/^MWSetting-stack-[0-9a-f]{16}$/), windowId: '<windowId>', disabled: 'mw-0123456789abcdef0' });
    expect(wantedState([template2], 'mw-0123456789abcdef0')).toBe('disabled');
  });

  test('has its tasks wait until it is disabled, in its stack and in others', () => {
    // GIVEN
    const app = testApp();
    const [stack, other] = [testStack('Stack', { app }), testStack('Other', { app })];
    const window = windowIn(stack);

    // WHEN
    window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
    patch(window);
    MaintenanceWindowTask.automation(other, 'Restart', {
      maintenanceWindow: window, runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE, parameters: { InstanceId: ['i-0123456789abcdef0'] },
    });

    // THEN
    const template = templateOf(stack);
    expect(only(template, 'AWS::SSM::MaintenanceWindowTask')[1].DependsOn).toEqual([only(template, TYPE)[0]]);
    expect(only(template, 'AWS::SSM::MaintenanceWindowTarget')[1].DependsOn).toBeUndefined();
    expect(other.dependencies).toEqual([stack]);
    templateOf(other).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
  });

  test('shares the function with the alarms of the stack, each with what it needs', () => {
    // GIVEN
    const stack = testStack();
    const window = windowIn(stack);

    // WHEN
    window.addAutomationTask('Restart', {
      runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
      parameters: { InstanceId: ['i-0123456789abcdef0'] },
      alarm: cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'Errors'),
    });
    windowIn(stack, 'Second');

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.resourceCountIs(TYPE, 2);
    template.resourceCountIs('Custom::SSMMaintenanceWindowTaskAlarm', 1);
    template.resourceCountIs('AWS::Events::Rule', 3);
  });

  test('is without a rule when healing is off', () => {
    const stack = testStack();
    MaintenanceWindowAlarms.configure(stack, { healing: false });
    windowIn(stack);

    const template = templateOf(stack);
    template.resourceCountIs(TYPE, 1);
    template.resourceCountIs('AWS::Events::Rule', 0);
    template.resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('must come after the function is configured', () => {
    const stack = testStack();
    windowIn(stack);

    expect(() => MaintenanceWindowAlarms.configure(stack, {})).toThrow(new Error("'scope' must be configured before its first task with an alarm and "
      + 'its first disabled window, got a scope that has one, move the call up (at Stack)'));
  });

  test('works in a stack without a known environment', () => {
    const stack = new Stack(new App(), 'Stack');
    windowIn(stack);

    templateOf(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: Match.objectLike({ account: [{ Ref: 'AWS::AccountId' }] }) });
  });

  test('warns when the permissions may not fit into one role', () => {
    const stack = testStack();
    Array.from({ length: 40 }, (_, index) => windowIn(stack, `W${index}`));
    expect(warningsOf(stack)).toEqual([]);

    windowIn(stack, 'W40');

    expect(warningsOf(stack)).toEqual([
      'the alarms and disabled windows of a stack must need at most 10240 characters of policies in one role, '
      + "got 0 windows with 0 roles and 41 disabled windows, let tasks share a 'role' or define some windows in another stack",
    ]);
  });

  test('opens never, whatever its schedule', () => {
    const stack = testStack();
    const schedule = MaintenanceWindowSchedule.expression(new CfnParameter(stack, 'Schedule').valueAsString);

    expect(windowIn(stack).preview(OPENINGS)).toEqual([]);
    expect(windowIn(stack, 'Token', { schedule }).preview(OPENINGS)).toEqual([]);
    expect(() => windowIn(stack, 'Options').preview({ start: OPENINGS.end, end: OPENINGS.start })).toThrow(/^'start' must be before 'end'/);
  });

  test('does not overlap with others on the same targets', () => {
    // GIVEN
    const stack = testStack();
    const selector = TargetSelector.tags({ Role: ['web'] });
    const build = (id: string, enabled: boolean) => windowIn(stack, id, { enabled }).addTarget('Web', { selector });

    // WHEN
    build('One', true);
    build('Two', false);
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test.each([[true], [undefined]])('a window with enabled: %s adds nothing, and is left alone', (enabled) => {
  const stack = testStack();
  const window = windowIn(stack, 'Window', { enabled });
  patch(window);

  const template = templateOf(stack);
  expect(Object.keys(typesOf(template)).sort()).toEqual(['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTask']);
  expect(only(template, 'AWS::SSM::MaintenanceWindowTask')[1].DependsOn).toBeUndefined();
  expect(window.preview(OPENINGS)).toHaveLength(31);
});

test('enabled of another type is refused', () => {
  expect(() => windowIn(testStack(), 'Window', { enabled: 'no' as any })).toThrow(new Error("'enabled' must be true or false, got \"no\" (at Stack/Window)"));
});
