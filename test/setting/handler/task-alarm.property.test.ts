import { EventBridgeClient, ListTargetsByRuleCommand, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { GetMaintenanceWindowTaskCommand, SSMClient, UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import type { AlarmConfiguration } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { isIgnoring, nameOf, steps } from './alarm-steps';
import type { Alarm, DeployStep, Step } from './alarm-steps';
import { InMemoryService } from './in-memory-service';
import type { StoredTask } from './in-memory-service';
import { recordAnswers } from './recorded-answers';
import { createHandler } from '../../../src/setting/handler/setting.lambda';

const SEED = 20260101;
/** The timer that bounds a request; time does not pass here. */
const NEVER = new Promise<void>(() => undefined);
const WINDOW = 'mw-0123456789abcdef0';
const TASK = '11111111-2222-3333-4444-555555555555';

const ssm = mockClient(SSMClient);
const events = mockClient(EventBridgeClient);
const answers = recordAnswers();

/** The task as CloudFormation renders it; each revision differs. */
function rendered(revision: number, targetless: boolean): StoredTask {
  return {
    TaskArn: targetless ? 'AWS-RestartEC2Instance' : 'AWS-RunShellScript',
    TaskType: targetless ? 'AUTOMATION' : 'RUN_COMMAND',
    Priority: revision,
    ...targetless ? {} : { Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }], MaxConcurrency: '1', MaxErrors: '0' },
    TaskInvocationParameters: targetless
      ? { Automation: { Parameters: { InstanceId: [String(revision)] } } }
      : { RunCommand: { Parameters: { commands: ['', String(revision)] } } },
  };
}

const properties = (alarm: string) => ({
  WindowId: WINDOW, WindowTaskId: TASK, AlarmName: nameOf(alarm), IgnorePollAlarmFailure: String(isIgnoring(alarm)),
});
const written = (found: AlarmConfiguration | undefined): Alarm => found && `${found.Alarms![0].Name}${found.IgnorePollAlarmFailure ? '!' : ''}`;

/** A deployed stack with one task, what CloudFormation, EventBridge and people do with it, and what must come of it. */
class World {
  public readonly service = new InMemoryService();
  /** The reference: the alarm that the task must have. */
  public expected: Alarm;
  /** The reference: the task without its alarm. */
  public expectedTask: StoredTask;
  public pending = 0;
  private wanted: Alarm;
  private revision = 0;
  /** What the rule holds; undefined when there is none. */
  private rule: Alarm;
  private readonly handler = createHandler({
    now: () => 0,
    sleep: async (milliseconds) => milliseconds > 100_000 ? NEVER : undefined,
  });

  public constructor(private readonly targetless: boolean) {
    this.expectedTask = rendered(0, targetless);
    this.service.tasks.set(TASK, structuredClone(this.expectedTask));
    ssm.reset();
    events.reset();
    this.service.mock(ssm);
    events.on(ListTargetsByRuleCommand).callsFake(() => {
      if (this.rule === undefined) {
        throw new ResourceNotFoundException({ message: 'gone', $metadata: {} });
      }
      const alarms = { [TASK]: `${isIgnoring(this.rule) ? 1 : 0}${Buffer.from(nameOf(this.rule)).toString('base64')}` };
      return { Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify({ alarms }) } }] };
    });
  }

  public async run(next: Step): Promise<void> {
    switch (next.kind) {
      case 'deploy': return this.deploy(next);
      case 'by hand': return this.byHand(next.what);
      case 'events': return this.events(next.fate);
    }
  }

  private async deploy({ alarm, changesTask, fails, alarmFirst }: DeployStep): Promise<void> {
    const before = { alarm: this.wanted, revision: this.revision };
    const after = { alarm, revision: changesTask ? this.revision + 1 : this.revision };
    if (changesTask) {
      this.cloudFormationUpdatesTask(after.revision);
    }
    if (fails === 'between') {
      changesTask && this.cloudFormationUpdatesTask(before.revision);
      return;
    }
    const alarmChanges = changesTask || before.alarm !== after.alarm;
    if (after.alarm !== undefined && alarmChanges) {
      await this.cloudFormationSetsAlarm(before.alarm, after.alarm);
    }
    if (fails === 'after') {
      const undoTask = () => changesTask && this.cloudFormationUpdatesTask(before.revision);
      const undoAlarm = async () => {
        if (after.alarm !== undefined && alarmChanges) {
          await (before.alarm === undefined ? this.cloudFormationDeletesAlarm(after.alarm) : this.cloudFormationSetsAlarm(after.alarm, before.alarm));
        }
      };
      // What the update created is deleted last.
      const first = before.alarm !== undefined && alarmFirst;
      if (first) { await undoAlarm(); }
      undoTask();
      if (!first) { await undoAlarm(); }
      return;
    }
    this.rule = after.alarm;
    if (before.alarm !== undefined && after.alarm === undefined) {
      await this.cloudFormationDeletesAlarm(before.alarm);
    }
    this.wanted = after.alarm;
    this.revision = after.revision;
  }

  private async byHand(what: 'wipe' | 'priority' | 'alarm'): Promise<void> {
    switch (what) {
      case 'wipe': {
        const { TaskType, ...fields } = this.expectedTask;
        this.update({ ...fields, Description: 'by hand', Replace: true });
        this.expectedTask = { ...this.expectedTask, Description: 'by hand' };
        this.expected = undefined;
        return;
      }
      case 'priority':
        this.update({ Priority: 99 });
        this.expectedTask = { ...this.expectedTask, Priority: 99 };
        return;
      case 'alarm':
        this.update({ AlarmConfiguration: { Alarms: [{ Name: 'ByHand' }] } });
        this.expected = 'ByHand';
    }
  }

  private async events(fate: 'delivered' | 'delivered twice' | 'lost'): Promise<void> {
    if (fate === 'lost') {
      this.pending = 0;
      return;
    }
    for (let invocations = this.pending * (fate === 'delivered' ? 1 : 2), caused = 0; invocations > 0; invocations--) {
      this.pending = 0;
      const updates = this.service.updates;
      await this.handler({ rule: 'R', windowId: WINDOW, windowTaskId: TASK }, { getRemainingTimeInMillis: () => 300_000 });
      const further = this.service.updates - updates;
      if (further > 0) {
        expect(this.expected).toBeUndefined();
        this.expected = this.rule;
      }
      // An invocation that updates causes one more event, and that one ends there.
      caused += further;
      expect(caused).toBeLessThanOrEqual(1);
      invocations += further;
    }
    if (this.expected === undefined) {
      expect(written(this.service.tasks.get(TASK)!.AlarmConfiguration)).toBeUndefined();
    }
    this.pending = 0;
  }

  private cloudFormationUpdatesTask(revision: number): void {
    const { TaskType, ...fields } = rendered(revision, this.targetless);
    this.update({ ...fields, Replace: true });
    this.expectedTask = rendered(revision, this.targetless);
    this.expected = undefined;
  }

  private async cloudFormationSetsAlarm(before: Alarm, after: string): Promise<void> {
    await this.request(before === undefined ? 'Create' : 'Update', after, before);
    this.expected = after;
  }

  private async cloudFormationDeletesAlarm(alarm: string): Promise<void> {
    await this.request('Delete', alarm);
    this.expected = undefined;
  }

  private async request(RequestType: 'Create' | 'Update' | 'Delete', alarm: string, before?: Alarm): Promise<void> {
    const updates = this.service.updates;
    answers.length = 0;
    await this.handler({
      RequestType,
      ResponseURL: 'https://example.com/answer',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Alarm',
      PhysicalResourceId: `${WINDOW}/${TASK}`,
      ResourceProperties: properties(alarm),
      OldResourceProperties: before === undefined ? undefined : properties(before),
    } as any, { getRemainingTimeInMillis: () => 300_000 });
    expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${WINDOW}/${TASK}` });
    expect(this.service.updates - updates).toBeLessThanOrEqual(1);
    this.pending += this.service.updates - updates;
  }

  private update(change: object): void {
    this.service.update({ WindowId: WINDOW, WindowTaskId: TASK, ...change });
    this.pending++;
  }
}

test('after each step the alarm is as wanted and nothing else of the task is changed', async () => {
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(steps, { minLength: 3, maxLength: 12 }), async (targetless, sequence) => {
    const world = new World(targetless);
    await world.run({ kind: 'deploy', alarm: 'A', changesTask: false, fails: 'no', alarmFirst: false });
    for (const next of sequence) {
      await world.run(next);

      const { AlarmConfiguration, ...task } = world.service.tasks.get(TASK)!;
      expect(written(AlarmConfiguration)).toBe(world.expected);
      expect(task).toEqual(world.expectedTask);
    }
    // A deployment that fails nowhere, with all events delivered, ends as wanted from wherever it starts.
    await world.run({ kind: 'deploy', alarm: 'B', changesTask: true, fails: 'no', alarmFirst: false });
    await world.run({ kind: 'events', fate: 'delivered twice' });
    expect(written(world.service.tasks.get(TASK)!.AlarmConfiguration)).toBe('B');
  }), { seed: SEED, numRuns: 220 });
});

test('a deployment ends with its alarm however healings of the previous one cross it', async () => {
  await fc.assert(fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), fc.constantFrom('A', 'A!', 'B'), async (scheduler, healings, after) => {
    // GIVEN
    const service = new InMemoryService();
    // CloudFormation has just updated the task, which wiped the alarm A; the rule still wants A.
    service.tasks.set(TASK, rendered(1, false));
    ssm.reset();
    events.reset();
    const scheduled = <I, O>(call: (input: I) => O) => scheduler.scheduleFunction(async (input: I) => call(input));
    ssm.on(GetMaintenanceWindowTaskCommand).callsFake(scheduled((input: any) => service.get(input)));
    ssm.on(UpdateMaintenanceWindowTaskCommand).callsFake(scheduled((input: any) => service.update(input)));
    events.on(ListTargetsByRuleCommand).callsFake(scheduled(() => ({
      Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify({ alarms: { [TASK]: `0${Buffer.from('A').toString('base64')}` } }) } }],
    })));
    const context = { getRemainingTimeInMillis: () => 300_000 };
    const underWay = Array.from({ length: healings }, () =>
      createHandler()({ rule: 'R', windowId: WINDOW, windowTaskId: TASK }, context));

    // WHEN
    answers.length = 0;
    const deployment = createHandler({
      now: () => 0,
      // Five seconds are longer than one attempt to update takes.
      sleep: async (milliseconds) => { await (milliseconds > 100_000 ? NEVER : Promise.all(underWay)); },
    })({
      RequestType: 'Update',
      ResponseURL: 'https://example.com/answer',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Alarm',
      PhysicalResourceId: `${WINDOW}/${TASK}`,
      ResourceProperties: properties(after),
      OldResourceProperties: properties('A'),
    } as any, context);
    await scheduler.waitFor(Promise.all([deployment, ...underWay]));

    // THEN
    expect(answers[0].Status).toBe('SUCCESS');
    expect(written(service.tasks.get(TASK)!.AlarmConfiguration)).toBe(after);
  }), { seed: SEED, numRuns: 300 });
});
