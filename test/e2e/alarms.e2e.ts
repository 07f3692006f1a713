import { DeregisterTaskFromMaintenanceWindowCommand, UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import type { GetMaintenanceWindowTaskResult, UpdateMaintenanceWindowTaskRequest } from '@aws-sdk/client-ssm';
import { CfnParameter, CfnResource, Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ALARM_TYPE, Deployment, assemble, failing, readTask } from './deployment';
import { Rig, TESTS } from './rig';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowSchedule, RateControl, RunCommandDocument, TargetSelector, TaskTargets,
} from '../../src';
import type { IMaintenanceWindow, MaintenanceWindowTask, RunCommandTaskOptions } from '../../src';

let rig: Rig;
let deployments = 0;
let deployment: Deployment;

beforeAll(async () => {
  rig = await Rig.start();
  // the stacks of the scenarios use the asset that this publishes
  const { directory } = assemble(rig, 'Seed', (stack) => plan(stack));
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
  rig.cdk('deploy', '--app', directory, '--require-approval', 'never', 'Seed');
});

afterAll(() => rig?.stop());

beforeEach(async () => {
  deployment = new Deployment(rig, `Alarms${++deployments}`);
  await rig.set({ delivery: 'at once', reverse_order: false, reverse_rollback: false, throttled: {}, forget_requests: true });
});

type Options = Partial<RunCommandTaskOptions> & { readonly alarmName?: string };

/** One window with a target and a task that runs a script; the options change the task. */
function plan(stack: Stack, options: Options = { alarmName: 'A' }, id: string = 'Window'): { window: MaintenanceWindow; task: MaintenanceWindowTask } {
  const window = windowIn(stack, id);
  const web = window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
  return { window, task: patch(window, { targets: TaskTargets.registered(web), ...options }) };
}

function windowIn(stack: Stack, id: string = 'Window'): MaintenanceWindow {
  return new MaintenanceWindow(stack, id, { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2) });
}

function patch(window: IMaintenanceWindow, { alarmName, ...options }: Options, id: string = 'Patch'): MaintenanceWindowTask {
  return window.addRunCommandTask(id, {
    document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
    parameters: { commands: ['#!/bin/sh', '', 'true'] },
    targets: TaskTargets.instanceIds('i-0123456789abcdef0'),
    ...alarmName !== undefined ? { alarm: cloudwatch.Alarm.fromAlarmName(window, `${id}Alarm`, alarmName) } : {},
    ...options,
  });
}

const alarm = (name: string, IgnorePollAlarmFailure = false) => ({ Alarms: [{ Name: name }], IgnorePollAlarmFailure });

/** The whole task that `plan` gives, but for its ids. */
const PLANNED = {
  TaskType: 'RUN_COMMAND',
  TaskArn: 'AWS-RunShellScript',
  TaskInvocationParameters: { RunCommand: { Parameters: { commands: ['#!/bin/sh', '', 'true'] } } },
  TaskParameters: {},
  Priority: 1,
  CutoffBehavior: 'CONTINUE_TASK',
  MaxConcurrency: '1',
  MaxErrors: '0',
};

/** Expects the task of the current stack to be as planned, with these changes. */
async function expectTask(changes: Partial<GetMaintenanceWindowTaskResult>, task?: GetMaintenanceWindowTaskResult): Promise<void> {
  const { WindowId, WindowTaskId, ServiceRoleArn, Targets, ...rest } = task ?? await deployment.task();
  expect({ ...rest, ...Object.fromEntries(Object.keys(changes).filter((key) => key === 'Targets').map(() => ['Targets', Targets])) })
    .toEqual({ ...PLANNED, ...changes });
  if (!changes.Targets) {
    expect(Targets).toEqual([{ Key: 'WindowTargetIds', Values: [await deployment.idOf('AWS::SSM::MaintenanceWindowTarget')] }]);
  }
  expect(ServiceRoleArn).toMatch(/:role\/./);
}

/** Somebody changes the task by hand. */
async function byHand(change: Omit<UpdateMaintenanceWindowTaskRequest, 'WindowId' | 'WindowTaskId'>): Promise<void> {
  const { WindowId, WindowTaskId } = await deployment.task();
  await rig.ssm.send(new UpdateMaintenanceWindowTaskCommand({ WindowId, WindowTaskId, ...change }));
  await rig.settle();
}

/** Somebody saves the task by hand with a tool that knows no alarms. */
async function wipeByHand(change: object = {}): Promise<void> {
  const { AlarmConfiguration, TaskType, WindowId, WindowTaskId, TaskParameters, ...rest } = await deployment.task();
  await byHand({ ...rest, ...change, Replace: true });
}

/** How often functions updated a task since the requests were forgotten. */
async function updatesOfFunctions(): Promise<number> {
  const { requests } = await rig.set({});
  return requests.filter(({ operation, userAgent }) => operation === 'UpdateMaintenanceWindowTask' && !userAgent.includes(`app/${TESTS}`)).length;
}

test('the real SDK runs in the function', async () => {
  await deployment.succeed((stack) => plan(stack));

  const { requests } = await rig.set({});
  expect(requests.map(({ operation }) => operation)).toEqual(['GetMaintenanceWindowTask', 'UpdateMaintenanceWindowTask', 'GetMaintenanceWindowTask']);
  for (const { userAgent } of requests) {
    expect(userAgent).toMatch(/^aws-sdk-js\/3\.\d+\.\d+ .*api\/ssm#3\./);
  }
});

describe('create', () => {
  test('sets the alarm', async () => {
    await deployment.succeed((stack) => plan(stack));

    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('sets the alarm in another order of the resources', async () => {
    await rig.set({ reverse_order: true });
    await deployment.succeed((stack) => plan(stack));
    await expectTask({ AlarmConfiguration: alarm('A') });

    await deployment.succeed((stack) => plan(stack, { alarmName: 'A', priority: 4 }));
    await expectTask({ AlarmConfiguration: alarm('A'), Priority: 4 });

    expect(await deployment.delete()).toBeUndefined();
  });

  test('sets the alarm while the service throttles', async () => {
    await rig.set({ throttled: { GetMaintenanceWindowTask: 3, UpdateMaintenanceWindowTask: 2 } });
    await deployment.succeed((stack) => plan(stack));

    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('sets an alarm of the stack whose name needs care, on a task without targets', async () => {
    const name = 'Errors "5xx" <prod> \\ {1} ü';
    await deployment.succeed((stack) => {
      const errors = new cloudwatch.Alarm(stack, 'Errors', {
        alarmName: name, metric: new cloudwatch.Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1,
      });
      windowIn(stack).addAutomationTask('Restart', {
        runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
        parameters: { InstanceId: ['i-0123456789abcdef0'] },
        alarm: errors,
        ignorePollAlarmFailure: true,
      });
    });
    const before = await deployment.task();
    expect(before.AlarmConfiguration).toEqual(alarm(name, true));

    const { WindowId, WindowTaskId, TaskType, TaskParameters, AlarmConfiguration, Targets, MaxConcurrency, MaxErrors, ...rest } = before;
    await byHand({ ...rest, Replace: true });

    expect(await deployment.task()).toEqual(before);
  });
});

describe('update', () => {
  beforeEach(() => deployment.succeed((stack) => plan(stack)));

  test.each<[string, Options, Partial<GetMaintenanceWindowTaskResult>]>([
    ['name', { taskName: 'patching' }, { Name: 'patching' }],
    ['description', { description: 'every week' }, { Description: 'every week' }],
    ['priority', { priority: 9 }, { Priority: 9 }],
    ['rate', { maxConcurrency: RateControl.percentage(10), maxErrors: RateControl.count(3) }, { MaxConcurrency: '10%', MaxErrors: '3' }],
    ['targets', { targets: TaskTargets.instanceIds('i-00000000000000001') }, { Targets: [{ Key: 'InstanceIds', Values: ['i-00000000000000001'] }] }],
    ['parameters', { parameters: { commands: ['exit 1'] } }, { TaskInvocationParameters: { RunCommand: { Parameters: { commands: ['exit 1'] } } } }],
    ['timeout', { timeout: Duration.minutes(5) },
      { TaskInvocationParameters: { RunCommand: { TimeoutSeconds: 300, ...PLANNED.TaskInvocationParameters.RunCommand } } }],
  ])('of the %s keeps the alarm', async (_, options, changes) => {
    await deployment.succeed((stack) => plan(stack, { alarmName: 'A', ...options }));

    await expectTask({ ...changes, AlarmConfiguration: alarm('A') });
  });

  test('of a role that is known only at deployment keeps the alarm', async () => {
    const { ServiceRoleArn: before } = await deployment.task();
    await deployment.succeed((stack) => plan(stack, {
      alarmName: 'A', role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }),
    }));

    await expectTask({ AlarmConfiguration: alarm('A') });
    expect((await deployment.task()).ServiceRoleArn).not.toBe(before);
  });

  test('of nothing about the task does not run the function', async () => {
    await rig.set({ forget_requests: true });
    await deployment.succeed((stack) => {
      plan(stack);
      new CfnParameter(stack, 'Other', { default: 'x' });
      new CfnResource(stack, 'Parameter', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: 'x' } });
    });

    expect((await rig.set({})).requests).toEqual([]);
    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('sets another alarm', async () => {
    await deployment.succeed((stack) => plan(stack, { alarmName: 'B' }));

    await expectTask({ AlarmConfiguration: alarm('B') });
  });

  test('sets ignorePollAlarmFailure and takes it back', async () => {
    await deployment.succeed((stack) => plan(stack, { alarmName: 'A', ignorePollAlarmFailure: true }));
    await expectTask({ AlarmConfiguration: alarm('A', true) });

    await deployment.succeed((stack) => plan(stack, { alarmName: 'A' }));
    await expectTask({ AlarmConfiguration: alarm('A', false) });
  });

  test('that removes the alarm clears it, and with it all that was there for it', async () => {
    await deployment.succeed((stack) => plan(stack, {}));

    await expectTask({});
    expect(await deployment.resources('AWS::Lambda::Function')).toEqual([]);
    expect(await deployment.resources('AWS::Events::Rule')).toEqual([]);
  });

  test('that replaces the task sets the alarm of the new one', async () => {
    const { WindowTaskId: before } = await deployment.task();
    await deployment.succeed((stack) => {
      const window = windowIn(stack);
      window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
      window.addAutomationTask('Patch', {
        runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
        parameters: { InstanceId: ['i-0123456789abcdef0'] },
        alarm: cloudwatch.Alarm.fromAlarmName(stack, 'A', 'A'),
      });
    });

    const task = await deployment.task();
    expect(task).toEqual({
      WindowId: task.WindowId,
      WindowTaskId: expect.not.stringMatching(before!),
      ServiceRoleArn: expect.stringMatching(/:role\/./),
      TaskType: 'AUTOMATION',
      TaskArn: 'AWS-RestartEC2Instance',
      TaskInvocationParameters: {
        Automation: { Parameters: { AutomationAssumeRole: [expect.stringMatching(/:role\/./)], InstanceId: ['i-0123456789abcdef0'] } },
      },
      TaskParameters: {},
      Priority: 1,
      CutoffBehavior: 'CONTINUE_TASK',
      Targets: [],
      MaxConcurrency: '1',
      MaxErrors: '1',
      AlarmConfiguration: alarm('A'),
    });
    await expect(readTask(rig, task.WindowId!, before!)).rejects.toThrow(/does not exist/);
  });
});

describe('several tasks', () => {
  test('of one window keep their own alarms, when one loses its alarm or goes', async () => {
    const both = (stack: Stack, second: Options | undefined) => {
      const { window } = plan(stack);
      second && patch(window, second, 'Second');
    };
    await deployment.succeed((stack) => both(stack, { alarmName: 'B' }));
    await expectTask({ AlarmConfiguration: alarm('A') }, await deployment.task('WindowPatch'));
    expect((await deployment.task('WindowSecond')).AlarmConfiguration).toEqual(alarm('B'));

    await deployment.succeed((stack) => both(stack, {}));
    await expectTask({ AlarmConfiguration: alarm('A') }, await deployment.task('WindowPatch'));
    expect((await deployment.task('WindowSecond')).AlarmConfiguration).toBeUndefined();

    await deployment.succeed((stack) => both(stack, { alarmName: 'B' }));
    expect((await deployment.task('WindowSecond')).AlarmConfiguration).toEqual(alarm('B'));

    await deployment.succeed((stack) => both(stack, undefined));
    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('with roles of their own: the function may clear an alarm until it has', async () => {
    const role = (stack: Stack, id: string) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const build = (stack: Stack, second: Options) => {
      const { window } = plan(stack, { alarmName: 'A', role: role(stack, 'One') });
      patch(window, { role: role(stack, 'Two'), ...second }, 'Second');
    };
    await deployment.succeed((stack) => build(stack, { alarmName: 'B' }));
    const { AlarmConfiguration, ...rest } = await deployment.task('WindowSecond');
    expect(AlarmConfiguration).toEqual(alarm('B'));

    await deployment.succeed((stack) => build(stack, {}));

    expect(await deployment.task('WindowSecond')).toEqual(rest);
  });

  test('of two windows keep their alarms when one window goes', async () => {
    await deployment.succeed((stack) => {
      plan(stack, { alarmName: 'A' }, 'One');
      plan(stack, { alarmName: 'B' }, 'Two');
    });
    expect((await deployment.task('Two', 'Two')).AlarmConfiguration).toEqual(alarm('B'));

    await deployment.succeed((stack) => plan(stack, { alarmName: 'A' }, 'One'));

    await expectTask({ AlarmConfiguration: alarm('A') });
    await wipeByHand();
    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('of two stacks on one window do not disturb each other', async () => {
    const other = new Deployment(rig, `${deployment.stackName}Other`);
    await deployment.succeed((stack) => plan(stack));
    const windowId = await deployment.idOf('AWS::SSM::MaintenanceWindow');
    const onWindow = (stack: Stack, options: Options) => patch(MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', windowId), options);
    await other.succeed((stack) => onWindow(stack, { alarmName: 'B' }));
    const theirs = async () => (await readTask(rig, windowId, await other.idOf('AWS::SSM::MaintenanceWindowTask'))).AlarmConfiguration;
    expect(await theirs()).toEqual(alarm('B'));

    await wipeByHand();
    await expectTask({ AlarmConfiguration: alarm('A') });
    expect(await theirs()).toEqual(alarm('B'));

    expect(await other.delete()).toBeUndefined();
    await expectTask({ AlarmConfiguration: alarm('A') });
  });
});

describe('a failed update', () => {
  const changed = (stack: Stack, when: 'between' | 'after') => {
    const { task } = plan(stack, { alarmName: 'B', priority: 5 });
    const customResource = task.node.findChild('Alarm').node.defaultChild as CfnResource;
    failing(stack, when === 'between'
      ? { after: [task.node.defaultChild as CfnResource], before: [customResource] }
      : { after: [customResource] });
  };

  test('between task and alarm leaves the alarm wiped, and healing restores it', async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ delivery: 'hold' });

    const { status, failures } = await deployment.deploy((stack) => changed(stack, 'between'));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/^Bad: /);
    // the rollback sent the task back and did not run the custom resource
    await expectTask({});

    expect((await rig.set({ release: 1, delivery: 'at once' })).released).toBeGreaterThan(0);
    await rig.settle();
    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test.each([[false], [true]])('after both is rolled back with its alarm, in reverse order: %s', async (reverse_rollback) => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ reverse_rollback });

    const { status } = await deployment.deploy((stack) => changed(stack, 'after'));

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expectTask({ AlarmConfiguration: alarm('A') });
  });

  test('with its event lost stays without alarm until the task changes again', async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ delivery: 'drop' });
    await deployment.deploy((stack) => changed(stack, 'between'));
    await expectTask({});

    await deployment.succeed((stack) => plan(stack, { alarmName: 'A', priority: 2 }));

    await expectTask({ AlarmConfiguration: alarm('A'), Priority: 2 });
  });

  test('on the alarm itself tells what is wrong', async () => {
    await deployment.succeed((stack) => plan(stack));
    const { WindowId, WindowTaskId } = await deployment.task();

    const { status, failures } = await deployment.deploy((stack) => plan(stack), (template) => {
      Object.values<any>(template.Resources).filter(({ Type }) => Type === ALARM_TYPE).forEach(({ Properties }) => { Properties.AlarmName = ' '; });
    });

    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(new RegExp(`task ${WindowTaskId} of maintenance window ${WindowId}: ValidationException`));
    await expectTask({ AlarmConfiguration: alarm('A') });
  });
});

describe('a change by hand', () => {
  beforeEach(() => deployment.succeed((stack) => plan(stack)));

  test('that wipes the alarm is healed, and nothing else of it', async () => {
    await rig.set({ forget_requests: true });
    await wipeByHand({ Priority: 7, Description: 'by hand' });

    await expectTask({ AlarmConfiguration: alarm('A'), Priority: 7, Description: 'by hand' });
    expect(await updatesOfFunctions()).toBe(1);
  });

  test('of something else is left alone', async () => {
    await rig.set({ forget_requests: true });
    await byHand({ Priority: 7 });

    await expectTask({ AlarmConfiguration: alarm('A'), Priority: 7 });
    expect(await updatesOfFunctions()).toBe(0);
  });

  test('to another alarm is left alone until the next deployment', async () => {
    await byHand({ AlarmConfiguration: { Alarms: [{ Name: 'ByHand' }] } });
    await expectTask({ AlarmConfiguration: alarm('ByHand') });

    await deployment.succeed((stack) => plan(stack, { alarmName: 'A', priority: 2 }));
    await expectTask({ AlarmConfiguration: alarm('A'), Priority: 2 });
  });

  test('that deletes the task does not keep the stack from being deleted', async () => {
    const { WindowId, WindowTaskId } = await deployment.task();
    await rig.ssm.send(new DeregisterTaskFromMaintenanceWindowCommand({ WindowId, WindowTaskId }));

    expect(await deployment.delete()).toBeUndefined();
  });
});

describe('a late event', () => {
  test('of a change from one alarm to another does not bring the first back, though delivered twice', async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ delivery: 'hold' });
    await wipeByHand();
    await deployment.succeed((stack) => plan(stack, { alarmName: 'B', priority: 2 }));

    expect((await rig.set({ delivery: 'at once', release: 2 })).released).toBeGreaterThanOrEqual(3);
    await rig.settle();

    await expectTask({ AlarmConfiguration: alarm('B'), Priority: 2 });
  });

  test('of a time when another alarm was wanted restores the alarm that is wanted now', async () => {
    await deployment.succeed((stack) => plan(stack));
    await rig.set({ delivery: 'hold' });
    await wipeByHand();
    await deployment.succeed((stack) => plan(stack, { alarmName: 'B' }));
    await wipeByHand();

    await rig.set({ delivery: 'at once', release: 2 });
    await rig.settle();

    await expectTask({ AlarmConfiguration: alarm('B') });
  });

  test('does not bring a removed alarm back, while the rule is still there for another task', async () => {
    const build = (stack: Stack, second: Options) => {
      const { window } = plan(stack);
      patch(window, second, 'Second');
    };
    await deployment.succeed((stack) => build(stack, { alarmName: 'B' }));
    await rig.set({ delivery: 'hold' });
    const { WindowId, WindowTaskId } = await deployment.task('WindowSecond');
    await rig.ssm.send(new UpdateMaintenanceWindowTaskCommand({ WindowId, WindowTaskId, Priority: 3 }));
    await deployment.succeed((stack) => build(stack, {}));

    await rig.set({ delivery: 'at once', release: 2 });
    await rig.settle();

    expect((await deployment.task('WindowSecond')).AlarmConfiguration).toBeUndefined();
    await expectTask({ AlarmConfiguration: alarm('A') }, await deployment.task('WindowPatch'));
  });

  test('does not bring a removed alarm back after its rule is gone', async () => {
    const build = (stack: Stack, options: Options) => {
      plan(stack, options, 'One');
      plan(stack, { alarmName: 'B' }, 'Two');
    };
    await deployment.succeed((stack) => build(stack, { alarmName: 'A' }));
    await rig.set({ delivery: 'hold' });
    const { WindowId, WindowTaskId } = await deployment.task('One', 'One');
    await rig.ssm.send(new UpdateMaintenanceWindowTaskCommand({ WindowId, WindowTaskId, Priority: 3 }));
    await deployment.succeed((stack) => build(stack, {}));
    expect(await deployment.resources('AWS::Events::Rule')).toHaveLength(1);

    expect((await rig.set({ delivery: 'at once', release: 2 })).released).toBeGreaterThan(0);
    await rig.settle();

    expect((await deployment.task('One', 'One')).AlarmConfiguration).toBeUndefined();
    expect((await deployment.task('Two', 'Two')).AlarmConfiguration).toEqual(alarm('B'));
  });
});

describe('permissions', () => {
  test('are those of the template and no more: without one of them, healing fails', async () => {
    await deployment.deploy((stack) => plan(stack), (template) => {
      for (const resource of Object.values<any>(template.Resources)) {
        const statements = resource.Properties?.PolicyDocument?.Statement;
        if (resource.Type === 'AWS::IAM::Policy' && statements) {
          resource.Properties.PolicyDocument.Statement = statements.filter(({ Action }: any) => Action !== 'events:ListTargetsByRule');
        }
      }
    });
    await expectTask({ AlarmConfiguration: alarm('A') });

    await wipeByHand();

    await expectTask({});
  });
});

test('delete removes everything', async () => {
  await deployment.succeed((stack) => plan(stack));
  const { WindowId, WindowTaskId } = await deployment.task();
  expect(await deployment.resources(ALARM_TYPE)).toHaveLength(1);

  expect(await deployment.delete()).toBeUndefined();

  await expect(readTask(rig, WindowId!, WindowTaskId!)).rejects.toThrow(/does not exist/);
});
