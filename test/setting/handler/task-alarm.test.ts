import type { SettingRequest } from '../../../src/setting/handler/decide';
import { decide } from '../../../src/setting/handler/decide';
import { physicalResourceId } from '../../../src/setting/handler/registration';
import type { CurrentTask } from '../../../src/setting/handler/task-alarm';
import { describeLostAlarm, isOtherAlarm, parseAlarm, TASK_ALARM, wantedAlarm } from '../../../src/setting/handler/task-alarm';

type AlarmRequest = SettingRequest<typeof ALARM>;

const ALARM = { alarmName: 'Errors', ignorePollAlarmFailure: false };
const SET: AlarmRequest = { kind: 'set', wanted: ALARM };
const CLEAR: AlarmRequest = { kind: 'clear' };
const HEAL: AlarmRequest = { kind: 'heal', wanted: ALARM };

const TASK: CurrentTask = {
  WindowId: 'mw-0123456789abcdef0',
  WindowTaskId: '11111111-2222-3333-4444-555555555555',
  TaskArn: 'AWS-RunShellScript',
  TaskType: 'RUN_COMMAND',
  Name: 'Patch',
  Description: 'patches',
  Priority: 0,
  CutoffBehavior: 'CANCEL_TASK',
  ServiceRoleArn: 'arn:aws:iam::123456789012:role/Service',
  Targets: [{ Key: 'WindowTargetIds', Values: ['66666666-2222-3333-4444-555555555555'] }],
  MaxConcurrency: '10%',
  MaxErrors: '0',
  TaskInvocationParameters: {
    RunCommand: {
      Comment: 'c',
      Parameters: { commands: ['echo', '', 'done'], empty: [] },
      CloudWatchOutputConfig: { CloudWatchOutputEnabled: false },
      TimeoutSeconds: 60,
    },
  },
  LoggingInfo: { S3BucketName: 'bucket', S3Region: 'us-east-1' },
};
const withAlarm = (name: string, ignore?: boolean): CurrentTask =>
  ({ ...TASK, AlarmConfiguration: { Alarms: [{ Name: name }], IgnorePollAlarmFailure: ignore } });

describe('setting an alarm', () => {
  test.each([
    ['no alarm is set', TASK],
    ['the list of alarms is empty', { ...TASK, AlarmConfiguration: { Alarms: [] } }],
    ['another alarm is set', withAlarm('Other', false)],
    ['the alarm ignores failed polls, contrary to the request', withAlarm('Errors', true)],
  ])('sends the alarm and nothing else when %s', (_, current) => {
    expect(decide(TASK_ALARM, SET, current)).toEqual({
      kind: 'update',
      change: { AlarmConfiguration: { Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: false } },
    });
  });

  test.each([[false], [undefined]])('does nothing when the alarm is set and ignores failed polls: %s', (ignore) => {
    expect(decide(TASK_ALARM, SET, withAlarm('Errors', ignore))).toEqual({ kind: 'nothing', because: 'the alarm is set' });
  });

  test('fails when the task is gone', () => {
    expect(decide(TASK_ALARM, SET, undefined)).toEqual({
      kind: 'fail',
      reason: 'the task does not exist, it was deleted outside the stack: remove it from the stack, deploy, and add it again',
    });
  });
});

describe('clearing an alarm', () => {
  test('replaces the task by all that it has but the alarm', () => {
    const { WindowId, WindowTaskId, TaskType, ...rest } = TASK;

    expect(decide(TASK_ALARM, CLEAR, withAlarm('Errors'))).toEqual({ kind: 'update', change: { ...rest, Replace: true } });
  });

  test('clears another alarm too: the deployment wants none', () => {
    expect(decide(TASK_ALARM, CLEAR, withAlarm('Other')).kind).toBe('update');
  });

  test('drops the placeholders of a task without targets', () => {
    const action = decide(TASK_ALARM, CLEAR, { ...withAlarm('Errors'), Targets: [], MaxConcurrency: '1', MaxErrors: '1' });

    expect(action).toEqual({ kind: 'update', change: expect.not.objectContaining({ MaxConcurrency: '1' }) });
    expect(Object.keys((action as any).change)).not.toEqual(expect.arrayContaining(['MaxErrors']));
    expect(Object.keys((action as any).change)).not.toEqual(expect.arrayContaining(['Targets']));
  });

  test('keeps a concurrency of 1 when the task has targets', () => {
    expect(decide(TASK_ALARM, CLEAR, { ...withAlarm('Errors'), MaxConcurrency: '1', MaxErrors: '1' }))
      .toEqual({ kind: 'update', change: expect.objectContaining({ MaxConcurrency: '1', MaxErrors: '1' }) });
  });

  test('leaves out the service-linked role, which cannot be passed', () => {
    const action = decide(TASK_ALARM, CLEAR, {
      ...withAlarm('Errors'),
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM',
    });

    expect((action as any).change).not.toHaveProperty('ServiceRoleArn');
  });

  test('leaves out what the service reports as empty, but keeps what the parameters hold', () => {
    const action = decide(TASK_ALARM, CLEAR, {
      ...withAlarm('Errors'),
      Description: '',
      Name: undefined,
      TaskParameters: {},
      LoggingInfo: undefined,
      TaskInvocationParameters: {
        RunCommand: {
          Comment: '',
          Parameters: { commands: ['', 'echo'], none: [] },
          NotificationConfig: { NotificationArn: '', NotificationEvents: [] },
          CloudWatchOutputConfig: { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: true },
        },
      },
    });

    expect(action).toEqual({
      kind: 'update',
      change: {
        TaskArn: TASK.TaskArn,
        Priority: 0,
        CutoffBehavior: 'CANCEL_TASK',
        ServiceRoleArn: TASK.ServiceRoleArn,
        Targets: TASK.Targets,
        MaxConcurrency: '10%',
        MaxErrors: '0',
        TaskInvocationParameters: {
          RunCommand: { Parameters: { commands: ['', 'echo'], none: [] }, CloudWatchOutputConfig: { CloudWatchOutputEnabled: true } },
        },
        Replace: true,
      },
    });
  });

  test('keeps the block of the task type, even an empty one', () => {
    const action = decide(TASK_ALARM, CLEAR, { ...withAlarm('Errors'), TaskInvocationParameters: { Automation: { Parameters: {} } } });

    expect((action as any).change.TaskInvocationParameters).toEqual({ Automation: {} });
  });

  test('keeps a payload byte for byte', () => {
    const Payload = new Uint8Array([1, 2, 3]);
    const action = decide(TASK_ALARM, CLEAR, { ...withAlarm('Errors'), TaskInvocationParameters: { Lambda: { Payload } } });

    expect((action as any).change.TaskInvocationParameters.Lambda.Payload).toBe(Payload);
  });

  test.each([
    ['no alarm is set', TASK, 'no alarm is set'],
    ['the task is gone', undefined, 'the task does not exist'],
  ])('does nothing when %s', (_, current, because) => {
    expect(decide(TASK_ALARM, CLEAR, current)).toEqual({ kind: 'nothing', because });
  });
});

describe('healing', () => {
  test('restores a missing alarm', () => {
    expect(decide(TASK_ALARM, { kind: 'heal', wanted: { ...ALARM, ignorePollAlarmFailure: true } }, TASK)).toEqual({
      kind: 'update',
      change: { AlarmConfiguration: { Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: true } },
    });
  });

  test.each([
    ['the alarm is there', HEAL, withAlarm('Errors'), 'an alarm is set'],
    ['a different alarm is there', HEAL, withAlarm('Other'), 'an alarm is set'],
    ['the alarm differs in ignoring failed polls', HEAL, withAlarm('Errors', true), 'an alarm is set'],
    ['the task is gone', HEAL, undefined, 'the task does not exist'],
    ['nothing is wanted', { kind: 'heal', wanted: undefined } as AlarmRequest, TASK, 'the deployment wants no alarm on this task'],
  ])('does nothing when %s', (_, request, current, because) => {
    expect(decide(TASK_ALARM, request, current)).toEqual({ kind: 'nothing', because });
  });
});

describe('comparison', () => {
  test.each([
    [true, withAlarm('Errors', true)],
    [false, withAlarm('Errors', false)],
    [false, withAlarm('errors', true)],
    [false, TASK],
    [false, { ...TASK, AlarmConfiguration: { Alarms: [{ Name: 'Errors' }, { Name: 'Other' }], IgnorePollAlarmFailure: true } }],
  ])('is %s', (expected, current: CurrentTask) => {
    expect(TASK_ALARM.holds({ alarmName: 'Errors', ignorePollAlarmFailure: true }, current)).toBe(expected);
  });

  test.each([
    ['no alarm', undefined],
    ['no alarm', { Alarms: [] }],
    ['alarm "A" with ignorePollAlarmFailure false', { Alarms: [{ Name: 'A' }] }],
    ['alarm "A, B" with ignorePollAlarmFailure true', { Alarms: [{ Name: 'A' }, { Name: 'B' }], IgnorePollAlarmFailure: true }],
  ])('is told as %s', (text, found) => {
    expect(describeLostAlarm(ALARM, found && { AlarmConfiguration: found })).toBe(`the alarm "Errors" did not stay, the service reports ${text}`);
  });
});

describe('properties of the custom resource', () => {
  const PROPERTIES = { ServiceToken: 'arn', WindowId: 'mw-1', WindowTaskId: 'task', AlarmName: 'Errors', Task: { name: 'x' } };
  const REGISTRATION = { windowId: 'mw-1', windowTaskId: 'task', wanted: ALARM };

  test.each([
    ['true', true],
    [true, true],
    ['false', false],
    [undefined, false],
  ])('with IgnorePollAlarmFailure %j give %s', (IgnorePollAlarmFailure, ignorePollAlarmFailure) => {
    expect(parseAlarm({ ...PROPERTIES, IgnorePollAlarmFailure }))
      .toEqual({ ...REGISTRATION, wanted: { alarmName: 'Errors', ignorePollAlarmFailure } });
  });

  test.each([['WindowId'], ['WindowTaskId'], ['AlarmName']])('give nothing without %s', (name) => {
    expect(parseAlarm({ ...PROPERTIES, [name]: undefined })).toBeUndefined();
    expect(parseAlarm({ ...PROPERTIES, [name]: '' })).toBeUndefined();
    expect(parseAlarm({ ...PROPERTIES, [name]: ['x'] })).toBeUndefined();
  });

  test('give an id that names the task', () => {
    expect(physicalResourceId(REGISTRATION)).toBe('mw-1/task');
  });

  test.each([
    ['another alarm', true, { ...ALARM, alarmName: 'Before' }],
    ['another way with failed polls', true, { ...ALARM, ignorePollAlarmFailure: true }],
    ['the same alarm', false, { ...ALARM }],
  ])('with %s are of another alarm: %s', (_, expected, before) => {
    expect(isOtherAlarm(before, ALARM)).toBe(expected);
  });
});

describe('inputs of the healing rule', () => {
  const input = (alarms: object) => JSON.stringify({ rule: 'R', windowId: '<windowId>', windowTaskId: '<windowTaskId>', alarms });
  const entry = (flag: 0 | 1, name: string) => `${flag}${Buffer.from(name).toString('base64')}`;

  test.each([
    ['plain', 'Errors'],
    ['with characters that JSON and EventBridge treat specially', 'a "b" \\ <c> {d}'],
    ['not in ASCII', 'Überlast 😀'],
  ])('name an alarm %s', (_, name) => {
    expect(wantedAlarm([input({ t: entry(0, name) })], 't')).toEqual({ alarmName: name, ignorePollAlarmFailure: false });
  });

  test('say whether failed polls are ignored', () => {
    expect(wantedAlarm([input({ t: entry(1, 'A') })], 't')).toEqual({ alarmName: 'A', ignorePollAlarmFailure: true });
  });

  test('are read one after the other', () => {
    expect(wantedAlarm([input({ s: entry(0, 'A') }), input({ t: entry(0, 'B') })], 't')).toEqual({ alarmName: 'B', ignorePollAlarmFailure: false });
  });

  test.each(['constructor', '__proto__'])('want nothing for what no task is called: %s', (name) => {
    expect(wantedAlarm([input({})], name)).toBeUndefined();
    expect(wantedAlarm([JSON.stringify({ disabled: 'mw-1' })], name)).toBeUndefined();
  });

  test('want nothing for an unknown task, nor when there are none', () => {
    expect(wantedAlarm([input({ s: entry(0, 'A') })], 't')).toBeUndefined();
    expect(wantedAlarm([], 't')).toBeUndefined();
  });
});
