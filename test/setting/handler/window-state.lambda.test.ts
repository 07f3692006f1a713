import { EventBridgeClient, ListTargetsByRuleCommand, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import {
  GetMaintenanceWindowCommand, SSMClient, SSMServiceException, UpdateMaintenanceWindowCommand, UpdateMaintenanceWindowTaskCommand,
} from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { CfnEndpoint } from './cfn-endpoint';
import type { StoredWindow } from './in-memory-service';
import { InMemoryService } from './in-memory-service';
import { context, SleepingClock } from './sleeping-clock';
import type { SettingEvent } from '../../../src/setting/handler/setting.lambda';
import { createHandler } from '../../../src/setting/handler/setting.lambda';

const WINDOW = 'mw-0123456789abcdef0';
const STORED: StoredWindow = { Name: 'Nightly', Description: 'secret', Schedule: 'rate(1 day)', Duration: 2, Cutoff: 0, AllowUnassociatedTargets: false, Enabled: true };
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
  service.windows.set(WINDOW, STORED);
  service.mock(ssm);
  endpoint = await CfnEndpoint.start();
  clock = new SleepingClock();
  log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

afterEach(() => endpoint.stop());

async function invoke(event: SettingEvent): Promise<void> {
  await createHandler(clock)(event, context);
}

function request(RequestType: 'Create' | 'Update' | 'Delete', properties: object = {}): SettingEvent {
  const ours = { ServiceToken: 'arn', WindowId: WINDOW, Enabled: 'false', Window: { description: 'secret' } };
  return {
    RequestType,
    ResponseURL: endpoint.url,
    ServiceToken: 'arn',
    StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/S/guid',
    RequestId: 'request-1',
    LogicalResourceId: 'WindowState',
    ResourceType: 'Custom::SSMMaintenanceWindowState',
    ResourceProperties: { ...ours, ...properties },
    ...(RequestType === 'Create' ? {} : { PhysicalResourceId: `${WINDOW}/state` }),
    ...(RequestType === 'Update' ? { OldResourceProperties: ours } : {}),
  } as SettingEvent;
}

const answer = () => endpoint.requests[0].body;
const enabled = () => service.windows.get(WINDOW)?.Enabled;
const refusal = (name: string, message: string) => new SSMServiceException({ name, $fault: 'client', message, $metadata: {} });
const SUCCESS = {
  Status: 'SUCCESS',
  PhysicalResourceId: `${WINDOW}/state`,
  StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/S/guid',
  RequestId: 'request-1',
  LogicalResourceId: 'WindowState',
};

describe.each(['Create', 'Update'] as const)('on %s', (type) => {
  test('disables the window, changes nothing else of it, and reads that back', async () => {
    await invoke(request(type));

    expect(answer()).toEqual(SUCCESS);
    expect(service.windows.get(WINDOW)).toEqual({ ...STORED, Enabled: false });
    expect(ssm.commandCalls(UpdateMaintenanceWindowCommand).map(({ args }) => args[0].input)).toEqual([{ WindowId: WINDOW, Enabled: false }]);
    expect(ssm.commandCalls(GetMaintenanceWindowCommand)).toHaveLength(2);
    expect(clock.time).toBe(0);
  });

  test('does nothing when the window is disabled', async () => {
    service.windows.set(WINDOW, { ...STORED, Enabled: false });

    await invoke(request(type));

    expect(answer()).toEqual(SUCCESS);
    expect(service.windowUpdates).toBe(0);
  });

  test('waits for a service that shows the state late', async () => {
    ssm.on(GetMaintenanceWindowCommand).resolvesOnce(STORED).resolvesOnce(STORED).resolvesOnce(STORED).callsFake((input) => service.getWindow(input));

    await invoke(request(type));

    expect(answer()).toEqual(SUCCESS);
    expect(clock.time).toBe(2000);
  });

  test('fails when the window does not stay disabled', async () => {
    ssm.on(GetMaintenanceWindowCommand).resolves(STORED);

    await invoke(request(type));

    expect(answer()).toEqual({
      ...SUCCESS,
      Status: 'FAILED',
      Reason: `maintenance window ${WINDOW}: the window did not stay disabled, the service reports that it is enabled: `
        + 'check that nothing else updates the window, and deploy again',
    });
  });

  test('fails when the window is gone', async () => {
    service.windows.clear();

    await invoke(request(type));

    expect(answer()).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: `${WINDOW}/state`,
      Reason: `maintenance window ${WINDOW}: the window does not exist, it was deleted outside the stack: remove it from the stack, deploy, and add it again`,
    });
  });

  test('fails when the properties are not ours', async () => {
    await invoke(request(type, { Enabled: 'true' }));

    expect(answer()).toMatchObject({ Status: 'FAILED', Reason: 'WindowId and Enabled must be given, the template was changed by hand' });
    expect(ssm.calls()).toHaveLength(0);
  });

  test('waits for a permission that is not there yet', async () => {
    ssm.on(GetMaintenanceWindowCommand).rejectsOnce(refusal('AccessDeniedException', 'no')).callsFake((input) => service.getWindow(input));

    await invoke(request(type));

    expect(answer()).toEqual(SUCCESS);
    expect(clock.time).toBe(5_000);
  });
});

describe('on Delete', () => {
  test('enables the window, and changes nothing else of it', async () => {
    service.windows.set(WINDOW, { ...STORED, Enabled: false });

    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
    expect(service.windows.get(WINDOW)).toEqual(STORED);
  });

  test('does nothing when the window is enabled', async () => {
    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
    expect(service.windowUpdates).toBe(0);
  });

  test('succeeds when the window is gone', async () => {
    service.windows.clear();

    await invoke(request('Delete'));

    expect(answer()).toEqual(SUCCESS);
  });

  test('fails when the service fails', async () => {
    ssm.on(GetMaintenanceWindowCommand).rejects(refusal('InternalServerError', 'oops'));

    await invoke(request('Delete'));

    expect(answer()).toMatchObject({ Status: 'FAILED', Reason: `maintenance window ${WINDOW}: InternalServerError: oops` });
  });
});

test('logs the id and the outcome, and nothing of the window', async () => {
  await invoke(request('Create'));

  expect(log.mock.calls.map(([line]) => JSON.parse(line))).toEqual([{ request: 'Create', windowId: WINDOW, outcome: 'done' }]);
});

describe('on an event of the healing rule', () => {
  const ENABLED: SettingEvent = { rule: 'Rule', windowId: WINDOW };
  const wants = (windowId: string) => ({
    Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify({ rule: 'Rule', windowId: '<windowId>', disabled: windowId }) } }],
  });

  test('disables the window again, with one attempt that is not repeated', async () => {
    events.on(ListTargetsByRuleCommand, { Rule: 'Rule' }).resolves(wants(WINDOW));

    await invoke(ENABLED);

    expect(service.windows.get(WINDOW)).toEqual({ ...STORED, Enabled: false });
    expect(endpoint.requests).toEqual([]);
  });

  test('does nothing a second time', async () => {
    events.on(ListTargetsByRuleCommand).resolves(wants(WINDOW));

    await invoke(ENABLED);
    await invoke(ENABLED);

    expect(service.windowUpdates).toBe(1);
  });

  test.each([
    ['the rule is about another window', () => events.on(ListTargetsByRuleCommand).resolves(wants('mw-00000000000000000'))],
    ['the rule is gone', () => events.on(ListTargetsByRuleCommand).rejects(new ResourceNotFoundException({ message: 'gone', $metadata: {} }))],
    ['the rule goes while the window is read', () => events.on(ListTargetsByRuleCommand)
      .resolvesOnce(wants(WINDOW)).rejects(new ResourceNotFoundException({ message: 'gone', $metadata: {} }))],
    ['the window is gone', () => {
      events.on(ListTargetsByRuleCommand).resolves(wants(WINDOW));
      service.windows.clear();
    }],
  ])('does nothing when %s', async (_, given) => {
    given();

    await invoke(ENABLED);

    expect(service.windowUpdates).toBe(0);
  });

  test('fails when the window cannot be updated, so that Lambda tries again', async () => {
    events.on(ListTargetsByRuleCommand).resolves(wants(WINDOW));
    ssm.on(UpdateMaintenanceWindowCommand).rejects(refusal('ThrottlingException', 'no'));

    await expect(invoke(ENABLED)).rejects.toThrow(/^no$/);
    expect(ssm.commandCalls(UpdateMaintenanceWindowCommand)).toHaveLength(1);
    expect(enabled()).toBe(true);
  });
});

describe('an event that nobody meant', () => {
  const template = { rule: 'Rule', windowId: '<windowId>', disabled: WINDOW };

  test.each<[string, any]>([
    ['names another window', { rule: 'Rule', windowId: 'mw-00000000000000000' }],
    ['brings its own wish', { rule: 'Rule', windowId: 'mw-00000000000000000', disabled: 'mw-00000000000000000' }],
    ['asks to enable', { rule: 'Rule', windowId: 'mw-00000000000000000', enabled: WINDOW, Enabled: true }],
    ['names a task', { rule: 'Rule', windowId: WINDOW, windowTaskId: 'constructor' }],
    ['names nothing', { rule: 'Rule' }],
  ])('changes nothing when it %s', async (_, event) => {
    events.on(ListTargetsByRuleCommand).resolves({ Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify(template) } }] });

    await invoke(event);

    expect(ssm.commandCalls(UpdateMaintenanceWindowCommand)).toHaveLength(0);
    expect(ssm.commandCalls(UpdateMaintenanceWindowTaskCommand)).toHaveLength(0);
  });

  test('changes nothing when it is repeated later, after the deployment stopped wanting it', async () => {
    events.on(ListTargetsByRuleCommand).rejects(new ResourceNotFoundException({ message: 'gone', $metadata: {} }));

    await invoke({ rule: 'Rule', windowId: WINDOW });

    expect(enabled()).toBe(true);
    expect(ssm.calls()).toHaveLength(0);
  });
});
