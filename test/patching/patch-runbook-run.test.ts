import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Stack } from 'aws-cdk-lib/core';
import { problemsOf } from './automation/document';
import type { AutomationDocument } from './automation/document';
import { run } from './automation/interpreter';
import type { Execution, Fault } from './automation/interpreter';
import { GROUP, NODE, World } from './automation/world';
import type { Beginning } from './automation/world';
import { NodeAfterFailure, PatchBackup, PatchHealthCheck, PatchHook, PatchRunbook } from '../../src/patching';
import type { PatchRunbookProps } from '../../src/patching';
import { testStack } from '../support/app';

const ARN = (name: string) => `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/${name}/0123456789abcdef`;
const WEB = ARN('web');
const ADMIN = ARN('admin');

function targetGroup(stack: Stack, id: string, targetGroupArn: string): elbv2.ITargetGroupRef {
  return elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, id, { targetGroupArn });
}

/** The document of a runbook with these choices. */
function documentOf(props: (stack: Stack) => PatchRunbookProps): AutomationDocument {
  const stack = testStack();
  const runbook = new PatchRunbook(stack, 'Runbook', props(stack));
  const document = runbook.node.findAll().find((one): one is CfnDocument => one instanceof CfnDocument)!;
  return stack.resolve(document.content);
}

const groupsOf = (stack: Stack) => [targetGroup(stack, 'Web', WEB), targetGroup(stack, 'Admin', ADMIN)];
const scalingGroupOf = (stack: Stack) => autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', GROUP);

/** The choices that change the order of the steps, beside the backup, hooks and checks. */
const TRAFFIC: { readonly [name: string]: (stack: Stack) => PatchRunbookProps } = {
  'no traffic': () => ({}),
  'target groups': (stack) => ({ targetGroups: groupsOf(stack) }),
  'an Auto Scaling group': (stack) => ({ autoScalingGroup: scalingGroupOf(stack) }),
};

function everything(stack: Stack, traffic: PatchRunbookProps): PatchRunbookProps {
  return {
    ...traffic,
    backup: PatchBackup.snapshot(),
    before: [PatchHook.shellScript('systemctl stop web')],
    after: [PatchHook.shellScript('systemctl start web')],
    healthChecks: [
      PatchHealthCheck.hook(PatchHook.shellScript('curl --fail http://localhost/')),
      ...traffic.targetGroups ? [PatchHealthCheck.targetGroups()] : [],
      PatchHealthCheck.alarm(cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors')),
    ],
  };
}

interface Combination {
  readonly traffic: string;
  readonly startStopped: boolean;
  readonly leaveOut: boolean;
  readonly all: boolean;
}

const COMBINATIONS: Combination[] = Object.keys(TRAFFIC)
  .flatMap((traffic) => [true, false].map((startStopped) => ({ traffic, startStopped })))
  .flatMap((one) => [true, false].map((leaveOut) => ({ ...one, leaveOut })))
  .filter(({ traffic, leaveOut }) => !leaveOut || traffic !== 'no traffic')
  .flatMap((one) => [true, false].map((all) => ({ ...one, all })));

const titleOf = ({ traffic, startStopped, leaveOut, all }: Combination) => (
  `${traffic}, ${startStopped ? 'startStopped' : 'running only'}, ${leaveOut ? 'LEAVE_OUT' : 'RETURN'}, ${all ? 'every step' : 'only what must be'}`);

function combined({ traffic, startStopped, leaveOut, all }: Combination): AutomationDocument {
  return documentOf((stack) => {
    const props = TRAFFIC[traffic](stack);
    return {
      ...all ? everything(stack, props) : props,
      startStopped,
      ...leaveOut && { afterFailure: NodeAfterFailure.LEAVE_OUT },
    };
  });
}

/** The nodes that a runbook can meet. */
function beginningsOf({ traffic, startStopped }: Combination): Beginning[] {
  const states = startStopped ? ['running', 'stopped'] as const : ['running'] as const;
  return states.flatMap((state): Beginning[] => {
    switch (traffic) {
      case 'target groups': return [{ state, ports: { [WEB]: [80, 8080], [ADMIN]: [443] } }, { state, ports: { [WEB]: [80], [ADMIN]: [] } }, { state, ports: { [WEB]: [], [ADMIN]: [] } }];
      case 'an Auto Scaling group': return [{ state, lifecycle: 'InService' }, { state, lifecycle: 'Standby' }];
      default: return [{ state }];
    }
  });
}

const sorted = (ports: { [group: string]: number[] }) => Object.fromEntries(Object.entries(ports).map(([group, list]) => [group, [...list].sort()]));

/** The steps after which a node does not stay out. */
const LAST = ['stopNode', 'patched', 'reportReturned'];

/** The steps that end a runbook: nothing can be put right after them. */
const ENDS = ['patched', 'reportReturned', 'reportLeftOut'];

/** What is wrong with the node after a run. */
function harm(document: AutomationDocument, beginning: Beginning, leaveOut: boolean, faults: Record<string, Fault>): string | undefined {
  const world = new World(beginning);
  const before = sorted(world.registered());
  const execution = run(document, world, { InstanceId: NODE }, faults);
  world.advance(120);
  // from the patch on a node stays out, until nothing is left but to stop it again
  const staysOut = leaveOut && execution.status !== 'Success' && execution.ran.includes('patch') && !LAST.some((name) => execution.ran.includes(name));
  const found = { state: world.state, ports: sorted(world.registered()), lifecycle: world.lifecycle };
  const asBefore = { state: beginning.state, ports: before, lifecycle: beginning.lifecycle };
  const out = { state: beginning.state, ports: mapValues(before), lifecycle: beginning.lifecycle && 'Standby' };
  const wanted = JSON.stringify(staysOut ? out : asBefore);
  const cancelled = Object.values(faults).some((fault) => fault.startsWith('is cancelled'));
  const status = Object.keys(faults).every((name) => !execution.ran.includes(name)) ? 'Success' : cancelled ? 'Cancelled' : 'Failed';
  return wanted === JSON.stringify(found) && execution.status === status
    ? undefined
    : `${JSON.stringify(faults)} from ${JSON.stringify(beginning)}: ${execution.status} with ${JSON.stringify(found)} after ${execution.ran.join(', ')}: ${execution.messages.join('; ')}`;
}

const mapValues = (ports: { [group: string]: number[] }) => Object.fromEntries(Object.keys(ports).map((group) => [group, []]));

const FAULTS: Fault[] = ['fails', 'fails after its work', 'times out', 'is cancelled', 'is cancelled after its work'];

describe.each(COMBINATIONS.map((combination) => [titleOf(combination), combination] as const))('%s', (_, combination) => {
  const document = combined(combination);
  const names = document.mainSteps.map(({ name }) => name);

  test('the document is what the user guide allows', () => {
    expect(problemsOf(document)).toEqual([]);
  });

  test('a node is patched and is as it was before', () => {
    for (const beginning of beginningsOf(combination)) {
      const world = new World(beginning);
      expect(run(document, world, { InstanceId: NODE })).toMatchObject({ status: 'Success', messages: [] });
      expect(world.patched).toBe(true);
      expect(harm(document, beginning, combination.leaveOut, {})).toBeUndefined();
    }
  });

  test('whatever step fails, times out or is cancelled, the node is in a defined state and the execution says so', () => {
    const harms = beginningsOf(combination).flatMap((beginning) => names.filter((name) => !ENDS.includes(name)).flatMap((name) => (
      FAULTS.flatMap((fault) => harm(document, beginning, combination.leaveOut, { [name]: fault }) ?? []))));
    expect(harms).toEqual([]);
  });

  test('what is cancelled while it is put back is put back', () => {
    const undoing = names.filter((name) => /^(undo|leaveOut)/.test(name));
    const harms = beginningsOf(combination).flatMap((beginning) => ['leave', 'patch'].filter((name) => names.includes(name)).flatMap((failing) => (
      undoing.flatMap((name) => (['is cancelled', 'is cancelled after its work'] as const).flatMap((fault) => {
        const world = new World(beginning);
        const ran = run(document, world, { InstanceId: NODE }, { [failing]: 'fails' }).ran;
        return ran.includes(name) ? harm(document, beginning, combination.leaveOut, { [failing]: 'fails', [name]: fault }) ?? [] : [];
      })))));
    expect(harms).toEqual([]);
  });
});

interface Executed {
  readonly world: World;
  readonly execution: Execution;
}

function executed(props: (stack: Stack) => PatchRunbookProps, beginning: Beginning, faults: Record<string, Fault> = {}): Executed {
  const world = new World(beginning);
  return { world, execution: run(documentOf(props), world, { InstanceId: NODE }, faults) };
}

const BOTH: Beginning = { state: 'running', ports: { [WEB]: [80, 8080], [ADMIN]: [443] } };

test('the order of all steps is fixed', () => {
  const { execution } = executed((stack) => ({ ...everything(stack, TRAFFIC['target groups'](stack)), startStopped: true }), BOTH);
  expect(execution.ran).toEqual([
    'waitUntilSettled', 'readInstance', 'readTargetGroups', 'startIfStopped', 'waitUntilOnline', 'leave', 'waitUntilDrained', 'createSnapshots',
    'waitForSnapshots', 'before1', 'patch', 'after1', 'check1', 'return', 'stopIfStarted', 'waitUntilHealthy1', 'watchAlarm1', 'checkAlarm1', 'patched',
  ]);
});

test('a stopped node is started, patched without requests, registered again and stopped', () => {
  const { execution, world } = executed((stack) => ({ ...everything(stack, TRAFFIC['target groups'](stack)), startStopped: true }), { ...BOTH, state: 'stopped' });
  expect(execution.ran).toEqual([
    'waitUntilSettled', 'readInstance', 'readTargetGroups', 'startIfStopped', 'startNode', 'waitUntilOnline', 'leave', 'waitUntilDrained', 'createSnapshots',
    'waitForSnapshots', 'before1', 'patch', 'after1', 'check1', 'return', 'stopIfStarted', 'stopNode', 'patched',
  ]);
  expect(world.inService()).toBe(false);
});

test('a node that does not become healthy stays out and the execution says so', () => {
  const { execution, world } = executed((stack) => ({
    targetGroups: groupsOf(stack), healthChecks: [PatchHealthCheck.targetGroups()], afterFailure: NodeAfterFailure.LEAVE_OUT,
  }), { ...BOTH, healthy: false });
  expect(execution.status).toBe('Failed');
  expect(execution.messages).toEqual([
    // the check is tried twice within its ten minutes, and the last answer is told
    `${NODE} is not healthy in ${WEB} (unhealthy, unhealthy), ${ADMIN} (unhealthy)`,
    `the runbook failed, and ${NODE} was left out of service: look at the step that failed first`,
  ]);
  expect(world.registered()).toEqual({ [WEB]: [], [ADMIN]: [] });
});

test('a node that does not become healthy is returned by default, and the execution fails', () => {
  const { execution, world } = executed((stack) => ({
    targetGroups: groupsOf(stack), healthChecks: [PatchHealthCheck.targetGroups()],
  }), { ...BOTH, healthy: false });
  expect(execution.status).toBe('Failed');
  expect(execution.messages.at(-1)).toBe(`the runbook failed, and ${NODE} was returned to where it was: look at the steps that failed`);
  expect(sorted(world.registered())).toEqual({ [WEB]: [80, 8080], [ADMIN]: [443] });
});

test('a check by a command that fails keeps the node from returning', () => {
  const { execution, world } = executed((stack) => ({
    targetGroups: groupsOf(stack),
    healthChecks: [PatchHealthCheck.hook(PatchHook.shellScript('curl --fail http://localhost/'))],
    afterFailure: NodeAfterFailure.LEAVE_OUT,
  }), { ...BOTH, failing: 'curl' });
  expect(execution.ran).not.toContain('return');
  expect(execution.status).toBe('Failed');
  expect(world.registered()).toEqual({ [WEB]: [], [ADMIN]: [] });
});

test('an alarm that is not OK takes the node out again', () => {
  const { execution, world } = executed((stack) => ({ ...everything(stack, TRAFFIC['an Auto Scaling group'](stack)), afterFailure: NodeAfterFailure.LEAVE_OUT }),
    { state: 'running', lifecycle: 'InService', alarm: 'ALARM' });
  expect(execution.status).toBe('Failed');
  expect(world.lifecycle).toBe('EnteringStandby');
});

test('a group that cannot spare the node keeps it in service, and nothing is patched', () => {
  const { execution, world } = executed((stack) => ({ autoScalingGroup: scalingGroupOf(stack) }), { state: 'running', lifecycle: 'InService', minSize: 2 });
  expect(execution).toMatchObject({ status: 'Failed' });
  expect(world.lifecycle).toBe('InService');
  expect(world.patched).toBe(false);
});

test('a node of another group fails before anything changes', () => {
  const { execution } = executed((stack) => ({ autoScalingGroup: scalingGroupOf(stack) }), { state: 'running' });
  expect(execution).toMatchObject({ status: 'Failed', ran: ['readGroup'], messages: [`${NODE} is not in the Auto Scaling group ${GROUP}`] });
});

test('a return that the service refuses still stops a node that was stopped, and fails', () => {
  const { execution, world } = executed((stack) => ({ targetGroups: groupsOf(stack), startStopped: true }), { ...BOTH, state: 'stopped' },
    { patch: 'fails', undoTraffic: 'fails' });
  expect(execution.status).toBe('Failed');
  expect(world.state).toBe('stopped');
});

test('a cancellation waits 75 seconds for connections, so a group that drains for longer leaves the node in standby', () => {
  const cancelled = (drainSeconds: number) => executed((stack) => ({ autoScalingGroup: scalingGroupOf(stack) }),
    { state: 'running', lifecycle: 'InService', drainSeconds }, { leave: 'is cancelled after its work' }).world.lifecycle;
  expect(cancelled(60)).toBe('InService');
  expect(cancelled(600)).not.toBe('InService');
});

test('an image is made without a restart', () => {
  const { execution, world } = executed(() => ({ backup: PatchBackup.image() }), { state: 'running' });
  expect(execution.ran).toEqual(['waitUntilOnline', 'createImage', 'waitForImage', 'patch', 'patched']);
  expect(world.done).toEqual(['image', 'AWS-RunPatchBaseline']);
});
