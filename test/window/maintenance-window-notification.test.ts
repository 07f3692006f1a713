import { Duration, TimeZone } from 'aws-cdk-lib';
import type { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AutomationRunbook, MaintenanceWindow, MaintenanceWindowNotification, MaintenanceWindowSchedule, NotificationTarget, WindowEvent } from '../../src';
import type { MaintenanceWindowProps, NotifyOptions } from '../../src';
import { templateOf, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { textOf, transformed } from '../support/input-transformer';
import { testTopic } from '../support/resources';
import { testWindow } from '../support/tasks';
import { later } from '../support/tokens';

const SUNDAY: Partial<MaintenanceWindowProps> = {
  schedule: MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'SUN', timeZone: TimeZone.EUROPE_PARIS }), maintenanceWindowName: 'web-patching',
};
const LINK = 'https://eu-central-1.console.aws.amazon.com/systems-manager/maintenance-windows/WindowD7A05A61/description?region=eu-central-1';

/** As on https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
function event(kind: string, detail: object): object {
  return {
    'version': '0',
    'id': '00000000-0000-0000-0000-000000000000',
    'detail-type': `Maintenance Window ${kind}State-change Notification`,
    'source': 'aws.ssm',
    'account': '123456789012',
    'time': '2028-01-16T04:12:00Z',
    'region': 'eu-central-1',
    'resources': ['arn:aws:ssm:eu-central-1:123456789012:maintenancewindow/mw-0123456789abcdef0'],
    'detail': { 'window-id': 'mw-0123456789abcdef0', ...detail },
  };
}

const EXECUTION = event('Execution ', {
  'start-time': '2028-01-16T03:00:00.000Z', 'end-time': '2028-01-16T04:12:00.000Z', 'window-execution-id': 'b60fb56e-776c-4e5c-84ec-0123456789ab', 'status': 'FAILED',
});
const TASK = event('Task Execution ', {
  'start-time': '2028-01-16T03:00:00.000Z',
  'end-time': '2028-01-16T04:12:00.000Z',
  'window-execution-id': 'b60fb56e-776c-4e5c-84ec-0123456789ab',
  'task-execution-id': '6417e808-7f35-4d1a-843f-123456789012',
  'status': 'TIMED_OUT',
});
const STATE = event('', { status: 'DISABLED' });

interface Rule {
  readonly EventPattern: { readonly 'detail-type': string[]; readonly 'detail': { readonly status: string[] } };
  readonly Targets: readonly { readonly InputTransformer: any; readonly Arn: unknown }[];
}

function rulesOf(stack: Stack): Rule[] {
  return Object.values(templateOf(stack).findResources('AWS::Events::Rule')).map(({ Properties }: any) => Properties);
}

/** Of an app with what the service or cdk-nag would not have. */
function unjudgedRulesOf(stack: Stack): Rule[] {
  const { template } = (stack.node.root as App).synth().getStackArtifact(stack.artifactId);
  return Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::Events::Rule').map(({ Properties }) => Properties);
}

function schedulesOf(stack: Stack): any[] {
  return Object.values(templateOf(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties }: any) => Properties);
}

function notified(
  options: NotifyOptions,
  props: Partial<MaintenanceWindowProps> = SUNDAY,
  target: (topic: sns.ITopic) => NotificationTarget = NotificationTarget.topic,
): Stack {
  const stack = testStack();
  testWindow(stack, 'Window', props).notify('Ops', target(testTopic(stack)), options);
  return stack;
}

function told(stack: Stack, of: object): string {
  return transformed(rulesOf(stack)[0].Targets[0].InputTransformer, of);
}

test('with required properties only, failed and skipped executions are told by one rule', () => {
  const stack = testStack();
  const notification = testWindow(stack).notify('Ops', NotificationTarget.topic(testTopic(stack)));
  const resources = Object.values(templateOf(stack).toJSON().Resources).map((resource: any) => resource.Type).sort();
  expect(resources).toEqual(['AWS::Events::Rule', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SSM::MaintenanceWindow']);
  expect(rulesOf(stack)[0].EventPattern).toMatchObject({
    'detail-type': ['Maintenance Window Execution State-change Notification'], 'detail': { status: ['FAILED', 'TIMED_OUT', 'SKIPPED_OVERLAPPING'] },
  });
  expect([notification.rules.length, notification.noticeSchedules.length]).toEqual([1, 0]);
  expect([notification, stack].map(MaintenanceWindowNotification.isMaintenanceWindowNotification)).toEqual([true, false]);
  expect(warningsOf(stack)).toEqual([]);
});

test('each kind of event has a rule, with the statuses that are asked for', () => {
  const stack = notified({ on: Object.values(WindowEvent) });
  expect(rulesOf(stack).map(({ EventPattern }) => [EventPattern['detail-type'][0], EventPattern.detail.status])).toEqual([
    ['Maintenance Window Execution State-change Notification', ['IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED_OVERLAPPING']],
    ['Maintenance Window Task Execution State-change Notification', ['FAILED', 'TIMED_OUT']],
    ['Maintenance Window State-change Notification', ['ENABLED', 'DISABLED']],
  ]);
});

describe('the line', () => {
  test.each([
    ['of an execution', WindowEvent.EXECUTION_FAILED, EXECUTION,
      `"Maintenance window web-patching: execution FAILED at 2028-01-16T04:12:00Z (UTC; it starts at 04:00 Europe/Paris), window execution b60fb56e-776c-4e5c-84ec-0123456789ab. ${LINK}"`],
    ['of a task', WindowEvent.TASK_FAILED, TASK,
      '"Maintenance window web-patching: task TIMED_OUT at 2028-01-16T04:12:00Z (UTC; it starts at 04:00 Europe/Paris), task execution 6417e808-7f35-4d1a-843f-123456789012, '
        + `window execution b60fb56e-776c-4e5c-84ec-0123456789ab. ${LINK}"`],
    ['of a state', WindowEvent.STATE_CHANGED, STATE,
      `"Maintenance window web-patching: DISABLED at 2028-01-16T04:12:00Z (UTC; it starts at 04:00 Europe/Paris). ${LINK}"`],
  ])('%s', (_name, on, of, line) => {
    expect(told(notified({ on: [on] }), of)).toBe(line);
  });

  test.each([
    ['in UTC', MaintenanceWindowSchedule.cron({ hour: '2', minute: '5' }), 'at 02:05 UTC'],
    ['at several times', MaintenanceWindowSchedule.cron({ hour: '2,14', timeZone: TimeZone.ASIA_TOKYO }), 'by cron(0 2,14 * * ? *) Asia/Tokyo'],
    ['by a rate', MaintenanceWindowSchedule.rate(Duration.days(7)), 'by rate(7 days) UTC'],
  ])('of a window that starts %s', (_name, schedule, words) => {
    expect(told(notified({}, { schedule }), EXECUTION)).toContain(` at 2028-01-16T04:12:00Z (UTC; it starts ${words}), `);
  });

  test('of a window whose schedule is known only at deployment has no start', () => {
    expect(told(notified({}, { schedule: MaintenanceWindowSchedule.expression(later()) }), EXECUTION)).toContain(' at 2028-01-16T04:12:00Z, window execution ');
  });

  test('of an imported window has its ID', () => {
    const stack = testStack();
    MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0').notify('Ops', NotificationTarget.topic(testTopic(stack)));
    expect(told(stack, EXECUTION)).toBe('"Maintenance window mw-0123456789abcdef0: execution FAILED at 2028-01-16T04:12:00Z, window execution '
      + `b60fb56e-776c-4e5c-84ec-0123456789ab. ${LINK.replace('WindowD7A05A61', 'mw-0123456789abcdef0')}"`);
  });
});

describe('the name of a task', () => {
  function taskLine(...names: (string | undefined)[]): string {
    const stack = testStack();
    const window = testWindow(stack, 'Window', SUNDAY);
    window.notify('Ops', NotificationTarget.topic(testTopic(stack)), { on: [WindowEvent.TASK_FAILED] });
    names.forEach((taskName, i) => {
      const task = window.addAutomationTask(`Task${i}`, { runbook: AutomationRunbook.fromDocumentName('Own-Runbook'), taskName });
      task.addToRolePolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] }));
    });
    return transformed(unjudgedRulesOf(stack)[0].Targets[0].InputTransformer, TASK);
  }

  test.each([
    ['is told if it is the only one, also when it is added later', ['install'], 'task install TIMED_OUT'],
    ['is its ID in the app if it has none', [undefined], 'task Task0 TIMED_OUT'],
    ['is not known if there are several', ['install', 'verify'], 'task TIMED_OUT'],
  ])('%s', (_name, names, words) => {
    expect(taskLine(...names)).toContain(`web-patching: ${words} at `);
  });
});

describe('for chat', () => {
  test('it is a custom notification of Amazon Q Developer', () => {
    expect(JSON.parse(told(notified({}, SUNDAY, NotificationTarget.chat), EXECUTION))).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'Maintenance window web-patching: execution FAILED',
        description: 'Maintenance window web-patching: execution FAILED at 2028-01-16T04:12:00Z (UTC; it starts at 04:00 Europe/Paris), '
          + `window execution b60fb56e-776c-4e5c-84ec-0123456789ab. ${LINK}`,
        nextSteps: [LINK],
      },
      metadata: { threadId: 'b60fb56e-776c-4e5c-84ec-0123456789ab' },
    });
  });

  test('of the state of a window, its ID is the thread', () => {
    expect(JSON.parse(told(notified({ on: [WindowEvent.STATE_CHANGED] }, SUNDAY, NotificationTarget.chat), STATE)).metadata).toEqual({ threadId: 'WindowD7A05A61' });
  });

  test.each(['a "quoted" name', 'back\\slash', 'new\nline', '🪟 Fenêtre', 'tab\there'])('a name such as %j leaves JSON whole', (name) => {
    const stack = testStack();
    const window = new ssm.CfnMaintenanceWindow(stack, 'L1', { name, schedule: 'rate(7 days)', duration: 2, cutoff: 0, allowUnassociatedTargets: false });
    const notify = (id: string, target: NotificationTarget) => new MaintenanceWindowNotification(stack, id, { maintenanceWindow: window, target });
    notify('Chat', NotificationTarget.chat(testTopic(stack, 'ChatTopic')));
    notify('Line', NotificationTarget.topic(testTopic(stack, 'LineTopic')));
    const [chat, line] = unjudgedRulesOf(stack).map(({ Targets }) => JSON.parse(transformed(Targets[0].InputTransformer, EXECUTION)));
    expect(chat.content.title).toBe(`Maintenance window ${name}: execution FAILED`);
    expect(line).toContain(`Maintenance window ${name}: execution FAILED at `);
  });
});

describe('notices', () => {
  test('recur before each occurrence, with a role that can publish only', () => {
    const stack = notified({ noticeBefore: Duration.hours(24), on: [] });
    const [schedule, ...others] = schedulesOf(stack);
    expect(others).toEqual([]);
    expect(schedule).toMatchObject({ ScheduleExpression: 'cron(0 4 ? * SAT *)', ScheduleExpressionTimezone: 'Europe/Paris', FlexibleTimeWindow: { Mode: 'OFF' } });
    expect(textOf(schedule.Target.Input)).toBe(`Maintenance window web-patching starts in 1 day, at 04:00 Europe/Paris. ${LINK}`);
    const policies = Object.values(templateOf(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }: any) => Properties.PolicyDocument.Statement);
    expect(policies).toEqual([{ Action: 'sns:Publish', Effect: 'Allow', Resource: { Ref: expect.stringMatching(/^Topic/) } }]);
    templateOf(stack).resourceCountIs('AWS::Events::Rule', 0);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('for chat are custom notifications', () => {
    const input = schedulesOf(notified({ noticeBefore: Duration.hours(24) }, SUNDAY, NotificationTarget.chat))[0].Target.Input;
    expect(JSON.parse(textOf(input))).toMatchObject({ version: '1.0', source: 'custom', content: { title: 'Maintenance window web-patching starts in 1 day, at 04:00 Europe/Paris' } });
  });

  test('of a window that starts at several times say from when to count', () => {
    const [first, ...others] = schedulesOf(notified({ noticeBefore: Duration.hours(1) }, { schedule: MaintenanceWindowSchedule.cron({ hour: '2,14' }) }));
    expect([first.ScheduleExpression, others]).toEqual(['cron(0 1,13 * * ? *)', []]);
    expect(textOf(first.Target.Input)).toContain(' starts in 1 hour from <aws.scheduler.scheduled-time>, by cron(0 2,14 * * ? *) UTC. ');
  });

  test('of a year have a schedule each, which is told', () => {
    const stack = notified({ noticeBefore: Duration.days(1), yearStart: new Date('2027-01-01T00:00:00Z') },
      { schedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }), maintenanceWindowName: 'web-patching' });
    const schedules = schedulesOf(stack);
    expect(schedules).toHaveLength(12);
    expect(schedules[0]).toMatchObject({ ScheduleExpression: 'at(2027-01-19T02:00:00)', ScheduleExpressionTimezone: 'UTC' });
    expect(textOf(schedules[0].Target.Input)).toContain('Maintenance window web-patching starts at 2027-01-20T02:00:00.000Z, at 02:00 UTC. ');
    expect(warningsOf(stack)).toEqual(['\'yearStart\' should be moved on before the year ends, as notices are sent by schedules of single occurrences: the schedule has an offset, '
      + 'got 12 notices from 2027-01-01T00:00:00.000Z, the last "at(2027-12-21T02:00:00)"']);
  });

  test('of a window that opens once need no year', () => {
    const stack = notified({ noticeBefore: Duration.days(1) }, { schedule: MaintenanceWindowSchedule.at(new Date('2031-05-01T01:00:00Z')) });
    expect(schedulesOf(stack).map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(['at(2031-04-30T01:00:00)']);
  });

  test('are published with a role that is given', () => {
    const stack = testStack();
    const noticeRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    testWindow(stack, 'Window', SUNDAY).notify('Ops', NotificationTarget.topic(testTopic(stack)), { noticeBefore: Duration.days(1), noticeRole });
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 1);
    expect(schedulesOf(stack)[0].Target.RoleArn).toEqual(stack.resolve(noticeRole.roleArn));
  });

  test.each([
    ['that no schedule that recurs can send', { schedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }) }, {},
      '\'yearStart\' must be given, as no schedule that recurs comes before the occurrences: the schedule has an offset, got none, '
        + 'specify the start of the year for which each notice gets a schedule of its own (at Stack/Window/Ops)'],
    ['of a rate', { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)) }, {},
      '\'schedule\' must have occurrences that are known to send notices before, as a rate without \'startDate\' counts from the creation of the window, which nobody '
        + 'knows, got no \'startDate\', give the window one (at Stack/Window/Ops)'],
    ['that are too many', { schedule: MaintenanceWindowSchedule.rate(Duration.days(3)), startDate: new Date('2027-01-05T00:00:00Z') }, { yearStart: new Date('2027-01-01T00:00:00Z') },
      '\'yearStart\' must begin a year with 1 to 100 notices, each of which gets a schedule of its own, as none that recurs comes before the occurrences: the schedule is a rate, '
        + 'got 121 notices from 2027-01-01T00:00:00.000Z, remove \'noticeBefore\' (at Stack/Window/Ops)'],
    ['of none', { schedule: MaintenanceWindowSchedule.rate(Duration.days(3)), startDate: new Date('2029-01-05T00:00:00Z') }, { yearStart: new Date('2027-01-01T00:00:00Z') },
      '\'yearStart\' must begin a year with 1 to 100 notices, each of which gets a schedule of its own, as none that recurs comes before the occurrences: the schedule is a rate, '
        + 'got 0 notices from 2027-01-01T00:00:00.000Z, specify a later start (at Stack/Window/Ops)'],
    ['of a schedule known only at deployment', { schedule: MaintenanceWindowSchedule.expression(later()) }, {},
      'cannot send notices by a schedule whose expression is known only at deployment, pass a literal expression (at Stack/Window/Ops)'],
    ['of no time', {}, { noticeBefore: Duration.seconds(0) }, '\'noticeBefore\' must be a whole number of minutes from 1 to 43200, got 0 seconds (at Stack/Window/Ops)'],
    ['of more than 30 days', {}, { noticeBefore: Duration.minutes(43_201) },
      '\'noticeBefore\' must be a whole number of minutes from 1 to 43200, got 30 days 1 minute (at Stack/Window/Ops)'],
  ] as const)('%s are refused', (_name, props, options, message) => {
    expect(failure(() => notified({ noticeBefore: Duration.days(1), ...options }, props))).toBe(message);
  });

  test('of an imported window are refused', () => {
    const stack = testStack();
    const imported = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
    expect(failure(() => imported.notify('Ops', NotificationTarget.topic(testTopic(stack)), { noticeBefore: Duration.days(1) })))
      .toBe('\'noticeBefore\' needs a window that is defined in this app, got "Stack/Imported", remove \'noticeBefore\' (at Stack/Imported/Ops)');
  });
});

test('what is of the wrong type is told', () => {
  const stack = testStack();
  const [window, target] = [testWindow(stack), NotificationTarget.topic(testTopic(stack))];
  expect(failure(() => window.notify('A', undefined as any))).toBe('\'target\' must be a NotificationTarget, got undefined, specify a value (at Stack/Window/A)');
  expect(failure(() => window.notify('B', target, { on: ['FAILED' as any] })))
    .toBe('\'on[0]\' must be one of EXECUTION_STARTED, EXECUTION_SUCCEEDED, EXECUTION_FAILED, EXECUTION_CANCELLED, EXECUTION_SKIPPED, TASK_FAILED, STATE_CHANGED, '
      + 'got "FAILED" (at Stack/Window/B)');
  expect(failure(() => window.notify('C', target, { on: [] }))).toBe('\'on\' must have at least 1 event if no \'noticeBefore\' is given, got none (at Stack/Window/C)');
  expect(failure(() => window.notify('D', target, null as any))).toBe('\'options\' must be an object, got null, specify a value (at Stack/Window)');
  expect(failure(() => NotificationTarget.topic(undefined as any))).toBe('\'topic\' must be a topic, got undefined, specify a value');
  expect(failure(() => NotificationTarget.chat('arn' as any))).toBe('\'topic\' must be a topic, got "arn"');
});

test('a FIFO topic is refused, for events and for notices', () => {
  const stack = testStack();
  const target = NotificationTarget.topic(testTopic(stack, 'Topic', { fifo: true }));
  const rule = '\'target\' must be a standard topic, as EventBridge cannot publish to others, got FIFO topic "Stack/Topic", use a standard topic';
  expect(failure(() => testWindow(stack).notify('Ops', target))).toBe(`${rule} (at Stack/Window)`);
  expect(failure(() => testWindow(stack, 'Other').notify('Ops', target, { on: [], noticeBefore: Duration.days(1) }))).toBe(`${rule} (at Stack/Other/Ops)`);
});
