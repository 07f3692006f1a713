import { EventBridgeClient, ListTargetsByRuleCommand, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { GetMaintenanceWindowTaskCommand, SSMClient, SSMServiceException, UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { CfnEndpoint } from './cfn-endpoint';
import type { StoredTask } from './in-memory-service';
import { InMemoryService } from './in-memory-service';
import { context, SleepingClock } from './sleeping-clock';
import { createHandler, handler } from '../../../src/setting/handler/setting.lambda';
import type { SettingEvent } from '../../../src/setting/handler/setting.lambda';

const WINDOW = 'mw-0123456789abcdef0';
const TASK = '11111111-2222-3333-4444-555555555555';
const STORED: StoredTask = {
  TaskArn: 'AWS-RunShellScript',
  TaskType: 'RUN_COMMAND',
  Priority: 1,
  Targets: [{ Key: 'WindowTargetIds', Values: ['66666666-2222-3333-4444-555555555555'] }],
  MaxConcurrency: '1',
  MaxErrors: '0',
  TaskInvocationParameters: { RunCommand: { Parameters: { commands: ['export TOKEN=hunter2'] } } },
};

const ssm = mockClient(SSMClient);
const events = mockClient(EventBridgeClient);
let service: InMemoryService;
let endpoint: CfnEndpoint;
let clock: SleepingClock;
let log: jest.SpyInstance;

beforeEach(async () => {
  ssm.reset();
  events.reset();
  service = new InMemoryService();
  service.tasks.set(TASK, structuredClone(STORED));
  service.mock(ssm);
  endpoint = await CfnEndpoint.start();
  clock = new SleepingClock();
  log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterEach(() => endpoint.stop());

async function invoke(event: SettingEvent): Promise<void> {
  await createHandler(clock)(event, context);
}

function request(RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}, old: object = {}): SettingEvent {
  const ours = { ServiceToken: 'arn', WindowId: WINDOW, WindowTaskId: TASK, AlarmName: 'Errors', Task: { commands: 'export TOKEN=hunter2' } };
  return {
    RequestType,
    ResponseURL: endpoint.url,
    ServiceToken: 'arn',
    StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/S/guid',
    RequestId: 'request-1',
    LogicalResourceId: 'PatchAlarm',
    ResourceType: 'Custom::SSMMaintenanceWindowTaskAlarm',
    ResourceProperties: { ...ours, ...properties },
    ...(RequestType === 'Create' ? {} : { PhysicalResourceId: `${WINDOW}/${TASK}` }),
    ...(RequestType === 'Update' ? { OldResourceProperties: { ...ours, ...old } } : {}),
  } as SettingEvent;
}

const answer = () => endpoint.requests[0].body;
const alarm = () => service.tasks.get(TASK)?.AlarmConfiguration;
const setAlarm = (name: string, ignore = false) =>
  service.tasks.set(TASK, { ...STORED, AlarmConfiguration: { Alarms: [{ Name: name }], IgnorePollAlarmFailure: ignore } });
const refusal = (name: string, message: string) => new SSMServiceException({ name, $fault: 'client', message, $metadata: {} });
const SUCCESS = {
  Status: 'SUCCESS',
  PhysicalResourceId: `${WINDOW}/${TASK}`,
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/S/guid',
  RequestId: 'request-1',
  LogicalResourceId: 'PatchAlarm',
};

describe('on create', () => {
  test('sets the alarm and answers with the id of the task', async () => {
    await invoke(request('Create'));

    expect(answer()).toEqual(SUCCESS);
    expect(service.tasks.get(TASK)).toEqual({
      ...STORED,
      AlarmConfiguration: { Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: false },
    });
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand).map(({ args }) => args[0].input)).toEqual([{
      WindowId: WINDOW,
      WindowTaskId: TASK,
      AlarmConfiguration: { Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: false },
    }]);
  });

  test('reads the alarm back', async () => {
    await invoke(request('Create', { IgnorePollAlarmFailure: 'true' }));

    expect(ssm.commandCalls(GetMaintenanceWindowTaskCommand)).toHaveLength(2);
    expect(alarm()?.IgnorePollAlarmFailure).toBe(true);
  });

  test('waits for a service that shows the alarm late', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand)
      .resolvesOnce(STORED).resolvesOnce(STORED).resolvesOnce(STORED)
      .callsFake((input) => service.get(input));

    await invoke(request('Create'));

    expect(answer()).toEqual(SUCCESS);
    expect(clock.time).toBe(2000);
  });

  test('fails when the alarm does not stay', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand).resolves(STORED);

    await invoke(request('Create'));

    expect(answer()).toEqual({
      ...SUCCESS,
      Status: 'FAILED',
      Reason: `task ${TASK} of maintenance window ${WINDOW}: the alarm "Errors" did not stay, the service reports no alarm: `
        + 'check that nothing else updates the task, and deploy again',
    });
  });

  test('fails when the task vanishes before the alarm is read back', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand).resolvesOnce(STORED).rejects(refusal('DoesNotExistException', 'gone'));

    await invoke(request('Create'));

    expect(answer().Reason).toContain('the service reports no alarm');
  });

  test('fails when the task is gone', async () => {
    service.tasks.clear();

    await invoke(request('Create'));

    expect(answer()).toMatchObject({
      Status: 'FAILED',
      Reason: `task ${TASK} of maintenance window ${WINDOW}: the task does not exist, it was deleted outside the stack: `
        + 'remove it from the stack, deploy, and add it again',
    });
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(0);
  });

  test('fails when the properties are not complete', async () => {
    await invoke(request('Create', { AlarmName: '' }));

    expect(answer()).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'request-1',
      Reason: 'WindowId, WindowTaskId and AlarmName must be given, the template was changed by hand',
    });
    expect(ssm.calls()).toHaveLength(0);
  });
});

describe('on update', () => {
  test('sets the alarm that the update of the task wiped', async () => {
    await invoke(request('Update'));

    expect(answer()).toEqual(SUCCESS);
    expect(alarm()).toEqual({ Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: false });
    expect(clock.time).toBe(0);
  });

  test('does nothing when the alarm is as wanted', async () => {
    setAlarm('Errors');

    await invoke(request('Update'));

    expect(answer()).toEqual(SUCCESS);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(0);
  });

  test('replaces a different alarm', async () => {
    setAlarm('ByHand');

    await invoke(request('Update'));

    expect(alarm()?.Alarms).toEqual([{ Name: 'Errors' }]);
  });

  test('sets a changed alarm, and once more when a healing under way wrote the previous one', async () => {
    setAlarm('Before');
    const settling = {
      ...clock,
      sleep: async (milliseconds: number) => {
        if (milliseconds === 5000) {
          setAlarm('Before');
        }
        return clock.sleep(milliseconds);
      },
    };

    await createHandler(settling)(request('Update', {}, { AlarmName: 'Before' }), context);

    expect(answer()).toEqual(SUCCESS);
    expect(alarm()?.Alarms).toEqual([{ Name: 'Errors' }]);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(2);
  });

  test('answers with another id for another task', async () => {
    const other = '99999999-2222-3333-4444-555555555555';
    service.tasks.set(other, structuredClone(STORED));

    await invoke(request('Update', { WindowTaskId: other }));

    expect(answer()).toEqual({ ...SUCCESS, PhysicalResourceId: `${WINDOW}/${other}` });
    expect(service.tasks.get(other)?.AlarmConfiguration?.Alarms).toEqual([{ Name: 'Errors' }]);
  });

  test('keeps the id when it fails, so that nothing is cleared', async () => {
    await invoke(request('Update', { WindowTaskId: 'gone' }));

    expect(answer()).toMatchObject({ Status: 'FAILED', PhysicalResourceId: `${WINDOW}/${TASK}` });
  });

  test('fails when the service refuses, with its reason and without the values that it repeats', async () => {
    ssm.on(UpdateMaintenanceWindowTaskCommand).rejects(
      refusal('ValidationException', "1 validation error detected: Value '{commands=[hunter2]}' at 'x' failed to satisfy constraint"));

    await invoke(request('Update'));

    expect(answer().Reason).toBe(
      `task ${TASK} of maintenance window ${WINDOW}: ValidationException: 1 validation error detected: Value at 'x' failed to satisfy constraint`);
  });

  test('fails when something is thrown that is no error', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand).callsFake(() => Promise.reject('odd'));

    await invoke(request('Update'));

    expect(answer().Reason).toBe(`task ${TASK} of maintenance window ${WINDOW}: odd`);
  });
});

describe('on delete', () => {
  test('clears the alarm and keeps everything else', async () => {
    setAlarm('Errors');

    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
    expect(service.tasks.get(TASK)).toEqual(STORED);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)[0].args[0].input.Replace).toBe(true);
  });

  test('does nothing when there is no alarm', async () => {
    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(0);
  });

  test('succeeds when the task is gone', async () => {
    service.tasks.clear();

    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
  });

  test('succeeds when the properties were never complete', async () => {
    await invoke({ ...request('Delete', { WindowId: '' }), PhysicalResourceId: 'request-0' } as SettingEvent);

    expect(answer()).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'request-0' });
    expect(ssm.calls()).toHaveLength(0);
  });

  test('fails when the service fails', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand).rejects(refusal('InternalServerError', 'oops'));

    await invoke(request('Delete'));

    expect(answer()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('InternalServerError: oops') });
  });
});

describe('permissions that are not there yet', () => {
  const denied = refusal('AccessDeniedException', 'not authorized');

  test('are waited for', async () => {
    ssm.on(GetMaintenanceWindowTaskCommand)
      .rejectsOnce(denied).rejectsOnce(denied)
      .callsFake((input) => service.get(input));

    await invoke(request('Create'));

    expect(answer()).toEqual(SUCCESS);
    expect(clock.time).toBe(10_000);
  });

  test('fail the deployment after two minutes', async () => {
    ssm.on(UpdateMaintenanceWindowTaskCommand).rejects(denied);

    await invoke(request('Create'));

    expect(answer()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDeniedException: not authorized') });
    expect(clock.time).toBe(120_000);
  });
});

test('answers before Lambda stops the function', async () => {
  ssm.on(GetMaintenanceWindowTaskCommand).callsFake(() => new Promise(() => undefined));
  const impatient = { ...clock, sleep: async () => undefined };

  await createHandler(impatient)(request('Create'), context);

  expect(answer()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the function ran out of time, deploy again') });
});

test('runs with the real clock', async () => {
  await handler(request('Create'), { getRemainingTimeInMillis: () => 10_100 });

  expect(endpoint.requests).toHaveLength(1);
});

test('logs ids and outcome, and nothing of the task', async () => {
  await invoke(request('Create'));
  ssm.on(GetMaintenanceWindowTaskCommand).rejects(refusal('InternalServerError', 'oops'));
  await invoke(request('Delete'));

  expect(log.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
    { request: 'Create', windowId: WINDOW, windowTaskId: TASK, outcome: 'done' },
    { request: 'Delete', windowId: WINDOW, windowTaskId: TASK, outcome: `task ${TASK} of maintenance window ${WINDOW}: InternalServerError: oops` },
  ]);
});

describe('on an event of the healing rule', () => {
  const UPDATED: SettingEvent = { rule: 'Rule', windowId: WINDOW, windowTaskId: TASK };
  const target = (taskId: string, name: string) => ({
    Id: 'T',
    Arn: 'arn',
    InputTransformer: { InputTemplate: JSON.stringify({ rule: 'Rule', alarms: { [taskId]: `0${Buffer.from(name).toString('base64')}` } }) },
  });

  test('restores a wiped alarm', async () => {
    events.on(ListTargetsByRuleCommand, { Rule: 'Rule' }).resolves({ Targets: [target(TASK, 'Errors')] });

    await invoke(UPDATED);

    expect(service.tasks.get(TASK)).toEqual({
      ...STORED,
      AlarmConfiguration: { Alarms: [{ Name: 'Errors' }], IgnorePollAlarmFailure: false },
    });
    expect(endpoint.requests).toEqual([]);
  });

  test('reads all pages of the rule', async () => {
    events.on(ListTargetsByRuleCommand).resolves({ Targets: [{ Id: 'plain', Arn: 'arn' }], NextToken: 'more' });
    events.on(ListTargetsByRuleCommand, { NextToken: 'more' }).resolves({ Targets: [target(TASK, 'Errors')] });

    await invoke(UPDATED);

    expect(alarm()?.Alarms).toEqual([{ Name: 'Errors' }]);
  });

  test.each([
    ['the alarm is there', () => setAlarm('Errors'), target(TASK, 'Errors')],
    ['a different alarm is there', () => setAlarm('ByHand'), target(TASK, 'Errors')],
    ['the task is gone', () => service.tasks.clear(), target(TASK, 'Errors')],
    ['the deployment wants none on this task', () => undefined, target('another', 'Errors')],
  ])('does nothing when %s', async (_, given, wanted) => {
    given();
    events.on(ListTargetsByRuleCommand).resolves({ Targets: [wanted] });

    await invoke(UPDATED);

    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(0);
  });

  test('does nothing when the rule is gone', async () => {
    events.on(ListTargetsByRuleCommand).rejects(new ResourceNotFoundException({ message: 'gone', $metadata: {} }));

    await invoke(UPDATED);

    expect(ssm.calls()).toHaveLength(0);
  });

  test('does nothing when the rule has no targets', async () => {
    events.on(ListTargetsByRuleCommand).resolves({});

    await invoke(UPDATED);

    expect(ssm.calls()).toHaveLength(0);
  });

  test('its own update causes one more event, which ends there', async () => {
    events.on(ListTargetsByRuleCommand).resolves({ Targets: [target(TASK, 'Errors')] });

    await invoke(UPDATED);
    await invoke(UPDATED);

    expect(service.updates).toBe(1);
  });

  test.each([
    ['the rule cannot be read', () => events.on(ListTargetsByRuleCommand).rejects(refusal('AccessDeniedException', 'no'))],
    ['the task cannot be read', () => {
      events.on(ListTargetsByRuleCommand).resolves({ Targets: [target(TASK, 'Errors')] });
      ssm.on(GetMaintenanceWindowTaskCommand).rejects(refusal('AccessDeniedException', 'no'));
    }],
    ['the task cannot be updated', () => {
      events.on(ListTargetsByRuleCommand).resolves({ Targets: [target(TASK, 'Errors')] });
      ssm.on(UpdateMaintenanceWindowTaskCommand).rejects(refusal('AccessDeniedException', 'no'));
    }],
  ])('fails when %s, so that Lambda tries again', async (_, given) => {
    given();

    await expect(invoke(UPDATED)).rejects.toThrow(/^no$/);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand).length).toBeLessThanOrEqual(1);
  });
});
