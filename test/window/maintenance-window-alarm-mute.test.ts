import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AutomationRunbook, MaintenanceWindow, MaintenanceWindowAlarmMute, MaintenanceWindowExecutionAlarm, MaintenanceWindowSchedule } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testWindow } from '../support/tasks';
import { later } from '../support/tokens';

const MUTE = 'AWS::CloudWatch::AlarmMuteRule';
const PATCH_TUESDAY = { schedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }) };
const FROM = new Date('2027-01-01T00:00:00Z');

function alarm(stack: Stack, name: string = 'latency', id: string = name): cloudwatch.IAlarm {
  return cloudwatch.Alarm.fromAlarmName(stack, id, name);
}

function rulesOf(stack: Stack): any[] {
  return Object.values(templateOf(stack).findResources(MUTE)).map(({ Properties }: any) => Properties);
}

test('with required properties only, one rule recurs, from 15 minutes before to 15 minutes after the window', () => {
  const stack = testStack();
  const mute = testWindow(stack).muteAlarms('Quiet', [alarm(stack)]);
  const template = templateOf(stack);
  expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([MUTE, 'AWS::SSM::MaintenanceWindow']);
  expect(rulesOf(stack)).toEqual([{
    Description: 'Alarms are muted while a maintenance window is open (Stack/Window/Quiet)',
    MuteTargets: { AlarmNames: ['latency'] },
    Rule: { Schedule: { Expression: 'cron(45 1 * * *)', Timezone: 'UTC', Duration: 'PT2H30M' } },
  }]);
  expect(mute.rules).toHaveLength(1);
  expect(MaintenanceWindowAlarmMute.isMaintenanceWindowAlarmMute(mute)).toBe(true);
  expect(MaintenanceWindowAlarmMute.isMaintenanceWindowAlarmMute(stack)).toBe(false);
  expect(warningsOf(stack)).toEqual([]);
});

test('with all properties, each occurrence of a year has a rule, and that is told', () => {
  const stack = testStack();
  testWindow(stack, 'Window', PATCH_TUESDAY).muteAlarms('Quiet', [alarm(stack), alarm(stack, 'errors')], { margin: Duration.hours(1), yearStart: FROM });
  const rules = rulesOf(stack);
  expect(rules).toHaveLength(12);
  expect(rules[0]).toMatchObject({
    MuteTargets: { AlarmNames: ['latency', 'errors'] },
    Rule: { Schedule: { Expression: 'at(2027-01-20T01:00)', Timezone: 'UTC', Duration: 'PT4H' } },
  });
  expect(warningsOf(stack)).toEqual(['\'yearStart\' should be moved on before the year ends, as alarms are muted by rules of single occurrences: the schedule has an offset, '
    + 'got 12 occurrences from 2027-01-01T00:00:00.000Z, the last "at(2027-12-22T01:00)"']);
});

test('a window that opens once needs no year', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.at(new Date('2031-05-01T01:00:00Z')) }).muteAlarms('Quiet', [alarm(stack)]);
  expect(rulesOf(stack).map(({ Rule }) => Rule.Schedule.Expression)).toEqual(['at(2031-05-01T00:45)']);
  expect(warningsOf(stack)).toEqual([]);
});

test('a rule has at most 100 alarms, each once', () => {
  const stack = testStack();
  const alarms = Array.from({ length: 101 }, (_, i) => alarm(stack, `alarm-${i}`));
  testWindow(stack).muteAlarms('Quiet', [...alarms, alarm(stack, 'alarm-0', 'Again')]);
  expect(rulesOf(stack).map(({ MuteTargets }) => MuteTargets.AlarmNames.length)).toEqual([100, 1]);
});

test('an alarm of the app, two sets of rules in one stack, and a composite alarm', () => {
  const stack = testStack();
  const own = new cloudwatch.Alarm(stack, 'Own', { metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1 });
  const composite = new cloudwatch.CompositeAlarm(stack, 'Composite', { alarmRule: cloudwatch.AlarmRule.fromAlarm(own, cloudwatch.AlarmState.ALARM) });
  const window = testWindow(stack);
  window.muteAlarms('Quiet', [own]);
  window.muteAlarms('MoreQuiet', [own, composite]);
  expect(stack.resolve(rulesOf(stack).map(({ MuteTargets }) => MuteTargets.AlarmNames))).toEqual([
    [{ Ref: 'Own5EADFBFA' }], [{ Ref: 'Own5EADFBFA' }, { Ref: expect.stringMatching(/^Composite/) }],
  ].map((list) => list.map((name) => name.Ref === 'Own5EADFBFA' ? { Ref: expect.stringMatching(/^Own/) } : name)));
});

test('an alarm of another stack of the account and Region', () => {
  const app = testApp();
  const [here, there] = [testStack('Here', { app }), testStack('There', { app })];
  testWindow(here).muteAlarms('Quiet', [new cloudwatch.Alarm(there, 'Own', {
    metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
  })]);
  templateOf(here).hasResourceProperties(MUTE, { MuteTargets: { AlarmNames: [{ 'Fn::ImportValue': Match.anyValue() }] } });
});

test('an alarm of another Region or account is refused', () => {
  const stack = testStack();
  const other = cloudwatch.Alarm.fromAlarmArn(stack, 'Other', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:latency');
  const foreign = alarm(new Stack(stack.node.root, 'There', { env: { account: '210987654321', region: 'eu-central-1' } }));
  const window = testWindow(stack);
  expect(failure(() => window.muteAlarms('A', [alarm(stack), foreign]))).toBe('\'alarms[1]\' must be of the account of the window, "123456789012", '
    + 'got one of "210987654321", mute it in a stack of that account (at Stack/Window/A)');
  expect(() => window.muteAlarms('B', [other])).not.toThrow();
});

test.each([
  ['no alarms', {}, [], {}, '\'alarms\' must have at least 1 alarm, got none (at Stack/Window/Quiet)'],
  ['a margin of seconds', {}, ['latency'], { margin: Duration.seconds(30) },
    '\'margin\' must be a whole number of minutes from 0 to 10080, got 30 seconds (at Stack/Window/Quiet)'],
  ['a margin of more than 7 days', {}, ['latency'], { margin: Duration.minutes(10_081) },
    '\'margin\' must be a whole number of minutes from 0 to 10080, got 7 days 1 minute (at Stack/Window/Quiet)'],
  ['no year', PATCH_TUESDAY, ['latency'], {}, '\'yearStart\' must be given, as no mute rule that recurs covers the window: the schedule has an offset, got none, '
    + 'specify the start of the year for which each occurrence gets a rule of its own (at Stack/Window/Quiet)'],
  ['a rate', { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)) }, ['latency'], { yearStart: FROM },
    '\'schedule\' must have occurrences that are known to mute alarms, as a rate without \'startDate\' counts from the creation of the window, which nobody knows, '
      + 'got no \'startDate\', give the window one (at Stack/Window/Quiet)'],
  ['too many occurrences', { schedule: MaintenanceWindowSchedule.cron({ hour: '3', timeZone: TimeZone.EUROPE_PARIS }) }, ['latency'], { yearStart: FROM },
    '\'yearStart\' must begin a year with 1 to 100 occurrences, each of which gets a mute rule of its own, as none that recurs covers the window: clocks change, such that it '
      + 'would not mute as it should at 2028-03-26T00:45:00.000Z, got 365 occurrences from 2027-01-01T00:00:00.000Z, mute the alarms of a window that opens less often '
      + '(at Stack/Window/Quiet)'],
  ['no occurrence', { ...PATCH_TUESDAY, endDate: new Date('2026-01-01T00:00:00Z') }, ['latency'], { yearStart: FROM },
    '\'yearStart\' must begin a year with 1 to 100 occurrences, each of which gets a mute rule of its own, as none that recurs covers the window: the schedule has an offset, '
      + 'got 0 occurrences from 2027-01-01T00:00:00.000Z, specify a later start (at Stack/Window/Quiet)'],
  ['an invalid date', PATCH_TUESDAY, ['latency'], { yearStart: new Date('') }, '\'yearStart\' must be a valid date, got an invalid Date (at Stack/Window/Quiet)'],
] as const)('%s', (_name, props, names, options, message) => {
  const stack = testStack();
  expect(failure(() => testWindow(stack, 'Window', props).muteAlarms('Quiet', names.map((name) => alarm(stack, name)), options))).toBe(message);
});

test('a margin of 7 days is the most', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.cron({ day: '20', hour: '2' }) }).muteAlarms('Quiet', [alarm(stack)], { margin: Duration.days(7) });
  expect(rulesOf(stack)[0].Rule.Schedule).toEqual({ Expression: 'cron(0 2 13 * *)', Timezone: 'UTC', Duration: 'P14DT2H' });
});

test('a schedule that is known only at deployment cannot be muted by', () => {
  const stack = testStack();
  const window = testWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.expression(later()) });
  expect(failure(() => window.muteAlarms('Quiet', [alarm(stack)])))
    .toBe('cannot mute alarms by a schedule whose expression is known only at deployment, pass a literal expression (at Stack/Window/Quiet)');
});

test('an alarm whose name is known only at deployment is muted', () => {
  const stack = testStack();
  testWindow(stack).muteAlarms('Quiet', [alarm(stack, later(), 'Later')]);
  expect(rulesOf(stack)).toHaveLength(1);
});

test('what is of the wrong type is told', () => {
  const stack = testStack();
  const window = testWindow(stack);
  const imported = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
  expect(failure(() => window.muteAlarms('A', undefined as any))).toBe('\'alarms\' must be a list, got undefined, specify a value (at Stack/Window/A)');
  expect(failure(() => window.muteAlarms('B', ['latency'] as any))).toBe('\'alarms[0]\' must be an alarm, got "latency" (at Stack/Window/B)');
  expect(failure(() => window.muteAlarms('C', [alarm(stack)], null as any))).toBe('\'options\' must be an object, got null, specify a value (at Stack/Window)');
  expect(failure(() => new MaintenanceWindowAlarmMute(stack, 'D', { maintenanceWindow: imported as any, alarms: [] })))
    .toMatch(/^'maintenanceWindow' must be a MaintenanceWindow of this app, got /);
});

describe('alarms that keep watch over windows', () => {
  test('one that stops a task of any window is not muted, whenever the task is defined', () => {
    const stack = testStack();
    const stop = alarm(stack, 'stop');
    const other = testWindow(stack, 'Other');
    other.addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Own-Runbook'), alarm: stop });
    expect(failure(() => testWindow(stack).muteAlarms('Quiet', [stop]))).toBe('\'alarms\' must have no alarm that stops a task, got "Stack/stop", '
      + 'which stops a task at "Stack/Other/Task" and is muted by "Stack/Window/Quiet", leave it out (at Stack/Window/Quiet)');
    const noise = alarm(stack, 'noise');
    testWindow(stack, 'Third').muteAlarms('Quiet', [noise]);
    expect(failure(() => other.addAutomationTask('Later', { runbook: AutomationRunbook.fromDocumentName('Own-Runbook'), alarm: noise })))
      .toBe('\'alarms\' must have no alarm that stops a task, got "Stack/noise", which stops a task at "Stack/Other/Later" and is muted by '
        + '"Stack/Third/Quiet", leave it out (at Stack/Other/Later)');
  });

  test('one of executions is not muted', () => {
    const stack = testStack();
    const window = testWindow(stack);
    const failures = new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: window });
    expect(failure(() => window.muteAlarms('Quiet', [failures.alarm]))).toBe('\'alarms\' must have no alarm that reports failed executions, got '
      + '"Stack/Failures/Alarm", which reports failed executions at "Stack/Failures" and is muted by "Stack/Window/Quiet", leave it out (at Stack/Window/Quiet)');
  });
});
