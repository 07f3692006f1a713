import { UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import type { UpdateMaintenanceWindowTaskRequest } from '@aws-sdk/client-ssm';
import { Duration } from 'aws-cdk-lib';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import fc from 'fast-check';
import { Deployment, assemble, failing } from './deployment';
import { Rig } from './rig';
import { MaintenanceWindow, MaintenanceWindowSchedule, RunCommandDocument, TaskTargets } from '../../src';
import { isIgnoring, nameOf, steps } from '../setting/handler/alarm-steps';
import type { Alarm, DeployStep, Step } from '../setting/handler/alarm-steps';

/** A longer run is asked for by these. */
const SEQUENCES = Number(process.env.E2E_SEQUENCES ?? 24);
const SEED = Number(process.env.E2E_SEED ?? 20260101);

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  // the stacks of the sequences use the asset that this publishes
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
  rig.cdk('deploy', '--app', assemble(rig, 'Seed', (stack) => plan(stack, 'A', 0)).directory, '--require-approval', 'never', 'Seed');
});

afterAll(() => rig?.stop());

function plan(stack: Stack, alarm: Alarm, revision: number, fails: DeployStep['fails'] = 'no'): void {
  const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2) });
  const task = window.addRunCommandTask('Task', {
    document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
    parameters: { commands: ['', String(revision)] },
    targets: TaskTargets.instanceIds('i-0123456789abcdef0'),
    ...alarm === undefined ? {} : {
      alarm: cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', nameOf(alarm)),
      ignorePollAlarmFailure: isIgnoring(alarm),
    },
  });
  const [resource, custom] = [task, task.node.tryFindChild('Alarm')].map((construct) => construct?.node.defaultChild as CfnResource | undefined);
  if (fails === 'between') {
    failing(stack, { after: [resource!], before: custom && [custom] });
  } else if (fails === 'after') {
    failing(stack, { after: [custom ?? resource!] });
  }
}

/** What a sequence must lead to. */
class Reference {
  public alarm: Alarm = 'A';
  /** What people changed since CloudFormation last updated the task. */
  public byHand: { Priority?: number; Description?: string } = {};
  public deployed: { alarm: Alarm; revision: number } = { alarm: 'A', revision: 0 };
  private rule: Alarm = 'A';
  private pending = false;

  public run(step: Step): void {
    switch (step.kind) {
      case 'deploy': return this.deploy(step);
      case 'by hand':
        this.pending = true;
        if (step.what === 'wipe') {
          this.alarm = undefined;
          this.byHand = { ...this.byHand, Description: 'by hand' };
        } else if (step.what === 'priority') {
          this.byHand = { ...this.byHand, Priority: 99 };
        } else {
          this.alarm = 'ByHand';
        }
        return;
      case 'events':
        if (step.fate !== 'lost' && this.pending) {
          this.alarm ??= this.rule;
        }
        this.pending = false;
    }
  }

  private deploy({ alarm, changesTask, fails, alarmFirst }: DeployStep): void {
    const before = this.deployed;
    const alarmRuns = (changesTask || alarm !== before.alarm) && (alarm !== undefined || fails === 'no') && !(alarm === undefined && before.alarm === undefined);
    if (changesTask) {
      this.taskUpdated();
    }
    if (alarmRuns && fails !== 'between') {
      this.alarm = alarm;
    }
    if (fails === 'no') {
      this.deployed = { alarm, revision: before.revision + (changesTask ? 1 : 0) };
      this.rule = alarm;
      return;
    }
    const undoTask = () => changesTask && this.taskUpdated();
    const undoAlarm = () => { this.alarm = alarmRuns && fails === 'after' ? before.alarm : this.alarm; };
    // What the update created is deleted last.
    (alarmFirst && before.alarm !== undefined ? [undoAlarm, undoTask] : [undoTask, undoAlarm]).forEach((undo) => undo());
  }

  private taskUpdated(): void {
    // A rule hears of an update only if there is one.
    this.pending ||= this.rule !== undefined;
    this.alarm = undefined;
    this.byHand = {};
  }
}

const sequences = fc.sample(fc.array(steps, { minLength: 3, maxLength: 6 }), { numRuns: SEQUENCES, seed: SEED });

test.each(sequences.map((sequence, index) => ({ index, sequence, text: sequence.map(describeStep).join(', ') })))('$index: $text', async ({ index, sequence }) => {
  const deployment = new Deployment(rig, `Random${index}`);
  const reference = new Reference();
  await rig.set({ delivery: 'hold' });
  await deployment.succeed((stack) => plan(stack, 'A', 0));
  for (const step of sequence) {
    await perform(deployment, step, reference);
    reference.run(step);

    const { AlarmConfiguration, WindowId, WindowTaskId, ServiceRoleArn, ...task } = await deployment.task();
    const found = AlarmConfiguration && `${AlarmConfiguration.Alarms![0].Name}${AlarmConfiguration.IgnorePollAlarmFailure ? '!' : ''}`;
    expect(`${describeStep(step)}: ${found}`).toBe(`${describeStep(step)}: ${reference.alarm}`);
    expect(task).toEqual({
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunShellScript',
      TaskInvocationParameters: { RunCommand: { Parameters: { commands: ['', String(reference.deployed.revision)] } } },
      TaskParameters: {},
      Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
      MaxConcurrency: '1',
      MaxErrors: '0',
      Priority: 1,
      CutoffBehavior: 'CONTINUE_TASK',
      ...reference.byHand,
    });
  }
  await rig.set({ delivery: 'drop', release: 0 });
  expect(await deployment.delete()).toBeUndefined();
});

async function perform(deployment: Deployment, step: Step, { deployed }: Reference): Promise<void> {
  switch (step.kind) {
    case 'deploy': {
      const revision = deployed.revision + (step.changesTask ? 1 : 0);
      if (step.fails === 'no' && !step.changesTask && step.alarm === deployed.alarm) {
        // CloudFormation refuses an update that changes nothing.
        return;
      }
      await rig.set({ reverse_rollback: step.alarmFirst });
      const { status } = await deployment.deploy((stack) => plan(stack, step.alarm, revision, step.fails));
      expect(status).toBe(step.fails === 'no' ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
      return;
    }
    case 'by hand': {
      const { AlarmConfiguration, TaskType, TaskParameters, ...task } = await deployment.task();
      const { WindowId, WindowTaskId } = task;
      const change: UpdateMaintenanceWindowTaskRequest = {
        wipe: { ...task, Description: 'by hand', Replace: true },
        priority: { WindowId, WindowTaskId, Priority: 99 },
        alarm: { WindowId, WindowTaskId, AlarmConfiguration: { Alarms: [{ Name: 'ByHand' }] } },
      }[step.what] as UpdateMaintenanceWindowTaskRequest;
      await rig.ssm.send(new UpdateMaintenanceWindowTaskCommand(change));
      return;
    }
    case 'events':
      await deliver(step.fate === 'lost' ? 0 : step.fate === 'delivered' ? 1 : 2);
  }
}

/** Delivers what was held back, and then what that causes: at most one more event for each. */
async function deliver(times: number): Promise<void> {
  let released = (await rig.set({ release: times })).released;
  for (let round = 1; released > 0; round++) {
    expect(round).toBeLessThanOrEqual(2);
    await rig.settle();
    released = (await rig.set({ release: times })).released;
  }
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case 'deploy': return `deploy ${step.changesTask ? 'another task' : 'the task'} with ${step.alarm ?? 'no alarm'}`
      + (step.fails === 'no' ? '' : `, failing ${step.fails === 'after' ? 'after' : 'before'} the alarm${step.alarmFirst ? ', alarm back first' : ''}`);
    case 'by hand': return `${step.what} by hand`;
    case 'events': return `events ${step.fate}`;
  }
}
