import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMaintenanceWindowCommand, UpdateMaintenanceWindowCommand } from '@aws-sdk/client-ssm';
import { Duration } from 'aws-cdk-lib';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Deployment, STATE_TYPE, assemble, failing, readWindow } from './deployment';
import { Rig, TESTS } from './rig';
import { MaintenanceWindow, MaintenanceWindowAlarms, MaintenanceWindowSchedule, RunCommandDocument, TaskTargets } from '../../src';
import type { MaintenanceWindowProps } from '../../src';

let rig: Rig;
let deployments = 0;
let deployment: Deployment;

beforeAll(async () => {
  rig = await Rig.start();
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

afterAll(() => rig?.stop());

beforeEach(async () => {
  deployment = new Deployment(rig, `Pause${++deployments}`);
  await rig.set({ delivery: 'at once', reverse_order: false, reverse_rollback: false, replace_enables: false, throttled: {}, forget_requests: true });
});

type Options = Partial<MaintenanceWindowProps> & { readonly alarmName?: string };

/** A window with a task; it is disabled unless the options say otherwise. */
function plan(stack: Stack, { alarmName, ...options }: Options = {}, id: string = 'Window'): MaintenanceWindow {
  const window = new MaintenanceWindow(stack, id, {
    schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2), enabled: false, ...options,
  });
  window.addRunCommandTask('Patch', {
    document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
    parameters: { commands: ['true'] },
    targets: TaskTargets.instanceIds('i-0123456789abcdef0'),
    ...alarmName === undefined ? {} : { alarm: cloudwatch.Alarm.fromAlarmName(window, 'Alarm', alarmName) },
  });
  return window;
}

const enabled = async (prefix?: string) => (await deployment.window(prefix)).Enabled;

async function byHand(change: { readonly Enabled?: boolean; readonly Description?: string }): Promise<void> {
  const { WindowId } = await deployment.window();
  await rig.ssm.send(new UpdateMaintenanceWindowCommand({ WindowId, ...change }));
  await rig.settle();
}

/** What functions asked of the service. */
async function requestsOfFunctions(): Promise<string[]> {
  const { requests } = await rig.set({});
  return requests.filter(({ userAgent }) => !userAgent.includes(`app/${TESTS}`)).map(({ operation }) => operation);
}

test('the CDK CLI deploys a disabled window, changes it, enables it, and destroys it', async () => {
  const assembled = (options: Options) => assemble(rig, deployment.stackName, (stack) => plan(stack, options)).directory;
  const deploy = (options: Options) => rig.cdk('deploy', '--app', assembled(options), '--require-approval', 'never', deployment.stackName);
  await rig.set({ replace_enables: true });

  deploy({});
  expect(await enabled()).toBe(false);

  deploy({ description: 'changed' });
  expect(await deployment.window()).toMatchObject({ Enabled: false, Description: 'changed' });

  deploy({ description: 'changed', enabled: true });
  expect(await enabled()).toBe(true);
  expect(await deployment.resources('AWS::Lambda::Function')).toEqual([]);
  expect(await deployment.resources('AWS::Events::Rule')).toEqual([]);

  rig.cdk('destroy', '--app', assembled({}), '--force', deployment.stackName);
  expect(await rig.cloudFormation.status(deployment.stackName)).toBeUndefined();
});

describe('create', () => {
  test('disables the window, and reads that back', async () => {
    await deployment.succeed((stack) => plan(stack));

    expect(await enabled()).toBe(false);
    expect(await requestsOfFunctions()).toEqual(['GetMaintenanceWindow', 'UpdateMaintenanceWindow', 'GetMaintenanceWindow']);
  });

  test('disables the window in another order of the resources', async () => {
    await rig.set({ reverse_order: true });
    await deployment.succeed((stack) => plan(stack));
    expect(await enabled()).toBe(false);

    expect(await deployment.delete()).toBeUndefined();
  });

  test('disables the window while the service throttles', async () => {
    await rig.set({ throttled: { GetMaintenanceWindow: 3, UpdateMaintenanceWindow: 2 } });
    await deployment.succeed((stack) => plan(stack));

    expect(await enabled()).toBe(false);
  });

  test('disables a window that exists', async () => {
    await deployment.succeed((stack) => plan(stack, { enabled: true }));
    expect(await enabled()).toBe(true);

    await deployment.succeed((stack) => plan(stack));
    expect(await enabled()).toBe(false);
  });

  test('that fails leaves nothing', async () => {
    const { status } = await deployment.deploy((stack) => {
      const window = plan(stack);
      failing(stack, { after: [window.node.findChild('WindowState').node.defaultChild as CfnResource] });
    });

    expect(status).toMatch(/ROLLBACK_COMPLETE|DELETE_COMPLETE/);
    expect(await deployment.resources('AWS::SSM::MaintenanceWindow').catch(() => [])).toEqual([]);
  });
});

describe.each([[false], [true]])('when an update by CloudFormation enables a window: %s,', (replace_enables) => {
  beforeEach(async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ replace_enables });
  });

  test.each<[string, Options]>([
    ['schedule', { schedule: MaintenanceWindowSchedule.rate(Duration.days(1)) }],
    ['duration', { duration: Duration.hours(3) }],
    ['description', { description: 'text' }],
    ['tags', { tags: { team: 'ops' } }],
  ])('an update of the %s keeps it disabled, without healing', async (_, options) => {
    await rig.set({ delivery: 'drop' });
    await deployment.succeed((stack) => plan(stack, options));

    expect(await enabled()).toBe(false);
  });

  test.each([[false], [true]])('a failed update keeps it disabled, rolled back in reverse order: %s', async (reverse_rollback) => {
    await rig.set({ reverse_rollback });
    const { status } = await deployment.deploy((stack) => {
      const window = plan(stack, { description: 'text' });
      failing(stack, { after: [window.node.findChild('WindowState').node.defaultChild as CfnResource] });
    });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await deployment.window()).toMatchObject({ Enabled: false });
    expect((await deployment.window()).Description).toBeUndefined();
  });

  test('a failed update between window and state ends disabled, by healing', async () => {
    await rig.set({ delivery: 'hold' });
    await deployment.deploy((stack) => {
      const window = plan(stack, { description: 'text' });
      failing(stack, { after: [window.node.defaultChild as CfnResource], before: [window.node.findChild('WindowState').node.defaultChild as CfnResource] });
    });
    expect(await enabled()).toBe(replace_enables);

    await rig.set({ release: 1, delivery: 'at once' });
    await rig.settle();
    expect(await enabled()).toBe(false);
  });

  test('it is enabled when enabled: false is removed, changed or not', async () => {
    await deployment.succeed((stack) => plan(stack, { enabled: true, description: 'text' }));

    expect(await deployment.window()).toMatchObject({ Enabled: true, Description: 'text' });
    expect(await deployment.resources(STATE_TYPE)).toEqual([]);
  });
});

describe('a change by hand', () => {
  test('that enables the window is taken back, and nothing else of it', async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ forget_requests: true });
    await byHand({ Enabled: true, Description: 'by hand' });

    expect(await deployment.window()).toMatchObject({ Enabled: false, Description: 'by hand' });
    expect(await requestsOfFunctions()).toEqual(['GetMaintenanceWindow', 'UpdateMaintenanceWindow']);
  });

  test('that enables the window stays when healing is off, until the window changes', async () => {
    const off = (stack: Stack, options: Options = {}) => {
      MaintenanceWindowAlarms.configure(stack, { healing: false });
      plan(stack, options);
    };
    await deployment.succeed((stack) => off(stack));
    await byHand({ Enabled: true });
    expect(await enabled()).toBe(true);

    await deployment.succeed((stack) => off(stack, { description: 'text' }));
    expect(await enabled()).toBe(false);
  });

  test('that disables an enabled window is left alone, by deployments too', async () => {
    await deployment.succeed((stack) => plan(stack, { enabled: true }));
    await byHand({ Enabled: false });
    await deployment.succeed((stack) => plan(stack, { enabled: true, description: 'text' }));

    expect(await enabled()).toBe(false);
    expect(await requestsOfFunctions()).toEqual([]);
  });

  test('that deletes the window does not keep the stack from being deleted', async () => {
    await deployment.succeed((stack) => new MaintenanceWindow(stack, 'Window', {
      schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2), enabled: false,
    }));
    const { WindowId } = await deployment.window();
    await rig.ssm.send(new DeleteMaintenanceWindowCommand({ WindowId }));

    expect(await deployment.delete()).toBeUndefined();
  });
});

test('a disabled window and the alarm of its task share one function, and do not disturb each other', async () => {
  await deployment.succeed((stack) => plan(stack, { alarmName: 'A' }));
  expect(await enabled()).toBe(false);
  expect((await deployment.task()).AlarmConfiguration?.Alarms).toEqual([{ Name: 'A' }]);
  expect(await deployment.resources('AWS::Lambda::Function')).toHaveLength(1);

  await byHand({ Enabled: true });
  expect(await enabled()).toBe(false);

  await deployment.succeed((stack) => plan(stack, {}));
  expect(await enabled()).toBe(false);
  expect((await deployment.task()).AlarmConfiguration).toBeUndefined();

  await deployment.succeed((stack) => plan(stack, { alarmName: 'A' }));
  await deployment.succeed((stack) => plan(stack, { alarmName: 'A', enabled: true }));
  expect(await enabled()).toBe(true);
  expect((await deployment.task()).AlarmConfiguration?.Alarms).toEqual([{ Name: 'A' }]);
});

test('two windows of a stack are apart: one is enabled, the other stays disabled and healed', async () => {
  await deployment.succeed((stack) => { plan(stack, {}, 'One'); plan(stack, {}, 'Two'); });
  await deployment.succeed((stack) => { plan(stack, { enabled: true }, 'One'); plan(stack, {}, 'Two'); });
  expect([await enabled('One'), await enabled('Two')]).toEqual([true, false]);

  const { WindowId } = await deployment.window('Two');
  await rig.ssm.send(new UpdateMaintenanceWindowCommand({ WindowId, Enabled: true }));
  await rig.settle();
  expect([await enabled('One'), await enabled('Two')]).toEqual([true, false]);
});

describe('security', () => {
  test('two deployments of one template live side by side, and each heals its own window', async () => {
    const second = new Deployment(rig, `${deployment.stackName}Second`);
    // the very same template: its names cannot hold the name of the stack
    const { template } = assemble(rig, deployment.stackName, (stack) => plan(stack, { maintenanceWindowName: 'nightly' }));
    for (const { stackName } of [deployment, second]) {
      expect((await rig.cloudFormation.deploy(stackName, template)).status).toBe('CREATE_COMPLETE');
    }
    const [ours, theirs] = [(await deployment.window()).WindowId!, (await second.window()).WindowId!];
    expect(await second.delete()).toBeUndefined();

    await byHand({ Enabled: true });

    expect((await readWindow(rig, ours)).Enabled).toBe(false);
    await expect(readWindow(rig, theirs)).rejects.toThrow(/does not exist/);
  });

  test('nobody can put an event of Systems Manager, and one of another source does nothing', async () => {
    await deployment.succeed((stack) => plan(stack, { enabled: false }));
    await rig.set({ delivery: 'drop' });
    await byHand({ Enabled: true });
    await rig.set({ delivery: 'at once', forget_requests: true });
    const { WindowId } = await deployment.window();
    const events = new EventBridgeClient({
      region: 'us-east-1', endpoint: rig.endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });

    for (const [Source, refused] of [['aws.ssm', true], ['my.ssm', false]] as const) {
      const { FailedEntryCount } = await events.send(new PutEventsCommand({
        Entries: [{
          Source, DetailType: 'Maintenance Window State-change Notification', Detail: JSON.stringify({ 'window-id': WindowId, 'status': 'ENABLED' }),
        }],
      }));
      expect([Source, FailedEntryCount]).toEqual([Source, refused ? 1 : 0]);
    }
    await rig.settle();

    expect(await requestsOfFunctions()).toEqual([]);
    events.destroy();
  });

  test('an event that comes late and twice, after enabled: false was removed, does nothing', async () => {
    await deployment.succeed((stack) => { plan(stack, {}, 'One'); plan(stack, {}, 'Two'); });
    await rig.set({ delivery: 'hold' });
    const { WindowId } = await deployment.window('One');
    await rig.ssm.send(new UpdateMaintenanceWindowCommand({ WindowId, Enabled: true }));
    await deployment.succeed((stack) => { plan(stack, { enabled: true }, 'One'); plan(stack, {}, 'Two'); });

    expect((await rig.set({ delivery: 'at once', release: 2 })).released).toBeGreaterThan(0);
    await rig.settle();

    expect(await enabled('One')).toBe(true);
  });

  test.each([
    ['ssm:GetMaintenanceWindow', 'GetMaintenanceWindow'],
    ['ssm:UpdateMaintenanceWindow', 'UpdateMaintenanceWindow'],
  ])('the permissions are those of the template and no more: without %s, healing fails', async (action) => {
    await deployment.succeed((stack) => plan(stack));
    await deployment.deploy((stack) => plan(stack), (template) => {
      for (const { Type, Properties } of Object.values<any>(template.Resources)) {
        if (Type === 'AWS::IAM::Policy') {
          const statements = Properties.PolicyDocument.Statement.map((statement: any) =>
            ({ ...statement, Action: [statement.Action].flat().filter((name: string) => name !== action) }));
          Properties.PolicyDocument.Statement = statements.filter(({ Action }: any) => Action.length > 0);
        }
      }
    });

    await byHand({ Enabled: true });

    expect(await enabled()).toBe(true);
  });
});

test('delete removes everything', async () => {
  await deployment.succeed((stack) => plan(stack));
  const { WindowId } = await deployment.window();

  expect(await deployment.delete()).toBeUndefined();

  await expect(readWindow(rig, WindowId!)).rejects.toThrow(/does not exist/);
});
