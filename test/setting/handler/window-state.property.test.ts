import { EventBridgeClient, ListTargetsByRuleCommand, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { GetMaintenanceWindowCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { InMemoryService } from './in-memory-service';
import { recordAnswers } from './recorded-answers';
import type { StateStep } from './state-steps';
import { describeStateStep, StateReference, stateSteps } from './state-steps';
import { createHandler } from '../../../src/setting/handler/setting.lambda';

const SEED = 20260101;
/** The timer that bounds a request; time does not pass here. */
const NEVER = new Promise<void>(() => undefined);
const WINDOW = 'mw-0123456789abcdef0';

const ssm = mockClient(SSMClient);
const events = mockClient(EventBridgeClient);
const answers = recordAnswers();

const rendered = (revision: number) => ({ Name: 'Nightly', Schedule: `rate(${revision + 1} days)`, Duration: 2, Cutoff: 0, AllowUnassociatedTargets: false });
const context = { getRemainingTimeInMillis: () => 300_000 };

/** A deployed stack with one window, and what CloudFormation, EventBridge and people do with it. */
class World {
  public readonly service = new InMemoryService();
  /** Events on their way to the function. */
  private pending = 0;
  private disabled = false;
  private revision = 0;
  private rule = false;
  private readonly handler = createHandler({
    now: () => 0,
    sleep: async (milliseconds) => milliseconds > 100_000 ? NEVER : undefined,
  });

  public constructor(replaceEnables: boolean) {
    this.service.replaceEnables = replaceEnables;
    this.service.windows.set(WINDOW, { ...rendered(0), Enabled: true });
    ssm.reset();
    events.reset();
    this.service.mock(ssm);
    events.on(ListTargetsByRuleCommand).callsFake(() => {
      if (!this.rule) {
        throw new ResourceNotFoundException({ message: 'gone', $metadata: {} });
      }
      return { Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify({ rule: 'R', windowId: '<windowId>', disabled: WINDOW }) } }] };
    });
  }

  public async run(step: StateStep): Promise<void> {
    switch (step.kind) {
      case 'deploy': return this.deploy(step);
      case 'by hand':
        return this.heard(() => this.service.updateWindow({
          WindowId: WINDOW, ...step.what === 'describe' ? { Description: 'by hand' } : { Enabled: step.what === 'enable' },
        }));
      case 'events': return this.deliver({ 'lost': 0, 'delivered': 1, 'delivered twice': 2 }[step.fate]);
    }
  }

  private async deploy({ disabled, changesWindow, fails, stateFirst }: StateStep & { kind: 'deploy' }): Promise<void> {
    const before = { disabled: this.disabled, revision: this.revision };
    const revision = changesWindow ? before.revision + 1 : before.revision;
    const stateRuns = disabled && (changesWindow || !before.disabled);
    if (changesWindow) {
      await this.cloudFormationUpdatesWindow(revision);
    }
    const undoWindow = async () => { changesWindow && await this.cloudFormationUpdatesWindow(before.revision); };
    if (fails === 'between') {
      return undoWindow();
    }
    if (stateRuns) {
      await this.request(before.disabled ? 'Update' : 'Create');
    }
    if (fails === 'after') {
      const undoState = async () => { stateRuns && await this.request(before.disabled ? 'Update' : 'Delete'); };
      // What the update created is deleted last.
      const [first, second] = before.disabled && stateFirst ? [undoState, undoWindow] : [undoWindow, undoState];
      await first();
      return second();
    }
    this.rule = disabled;
    if (before.disabled && !disabled) {
      await this.request('Delete');
    }
    this.disabled = disabled;
    this.revision = revision;
  }

  private async deliver(times: number): Promise<void> {
    for (let invocations = this.pending * times; invocations > 0; invocations--) {
      const { windowUpdates } = this.service;
      await this.handler({ rule: 'R', windowId: WINDOW }, context);
      // Disabling causes no event that the rule listens to.
      expect(this.service.windowUpdates - windowUpdates).toBeLessThanOrEqual(1);
    }
    this.pending = 0;
  }

  private async cloudFormationUpdatesWindow(revision: number): Promise<void> {
    await this.heard(() => this.service.updateWindow({ WindowId: WINDOW, ...rendered(revision), Replace: true }));
  }

  private async request(RequestType: 'Create' | 'Update' | 'Delete'): Promise<void> {
    answers.length = 0;
    const { windowUpdates } = this.service;
    const properties = { WindowId: WINDOW, Enabled: 'false', Window: {} };
    await this.heard(() => this.handler({
      RequestType,
      ResponseURL: 'https://example.com/answer',
      StackId: 'stack',
      RequestId: 'request',
      ResourceType: 'Custom::SSMMaintenanceWindowState',
      LogicalResourceId: 'WindowState',
      PhysicalResourceId: `${WINDOW}/state`,
      ResourceProperties: properties,
      OldResourceProperties: RequestType === 'Update' ? properties : undefined,
    } as any, context));
    expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `${WINDOW}/state` });
    expect(this.service.windowUpdates - windowUpdates).toBeLessThanOrEqual(1);
  }

  /** A rule hears of an enabled window only if there is one. */
  private async heard(change: () => unknown): Promise<void> {
    const { enablings } = this.service;
    await change();
    this.pending += this.rule ? this.service.enablings - enablings : 0;
  }
}

test('after each step the window is enabled or disabled as wanted, and nothing else of it is changed', async () => {
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(stateSteps, { minLength: 3, maxLength: 12 }), async (replaceEnables, sequence) => {
    const world = new World(replaceEnables);
    const reference = new StateReference(replaceEnables);
    await world.run({ kind: 'deploy', disabled: true, changesWindow: false, fails: 'no', stateFirst: false });
    for (const step of sequence) {
      if (reference.isEmpty(step)) {
        // CloudFormation refuses an update that changes nothing.
        continue;
      }
      await world.run(step);
      reference.run(step);

      const { Enabled, Description, ...window } = world.service.windows.get(WINDOW)!;
      expect([describeStateStep(step), Enabled, Description]).toEqual([describeStateStep(step), reference.enabled, reference.description]);
      expect(window).toEqual(rendered(reference.deployed.revision));
    }
    // A deployment that fails nowhere ends as wanted from wherever it starts.
    await world.run({ kind: 'deploy', disabled: true, changesWindow: true, fails: 'no', stateFirst: false });
    expect(world.service.windows.get(WINDOW)!.Enabled).toBe(false);
    // So does whatever people do, once its events have arrived.
    await world.run({ kind: 'by hand', what: 'enable' });
    await world.run({ kind: 'events', fate: 'delivered twice' });
    expect(world.service.windows.get(WINDOW)!.Enabled).toBe(false);
    await world.run({ kind: 'deploy', disabled: false, changesWindow: false, fails: 'no', stateFirst: false });
    expect(world.service.windows.get(WINDOW)!.Enabled).toBe(true);
  }), { seed: SEED, numRuns: 1200 });
});

test.each([
  ['before the rule is read', 0, true],
  ['before the window is read', 1, true],
  ['before the rule is read once more', 2, true],
  ['never', 3, false],
])('a window whose state is no longer wanted, found %s, stays enabled', async (_, removedAtCall, enabled) => {
  // GIVEN
  const service = new InMemoryService();
  service.windows.set(WINDOW, { ...rendered(0), Enabled: true });
  ssm.reset();
  events.reset();
  service.mock(ssm);
  let [rule, calls] = [true, 0];
  // The deployment deletes the rule, and then enables the window.
  const counted = (call: (input: any) => object) => (input: any) => {
    rule &&= calls++ !== removedAtCall;
    return call(input);
  };
  ssm.on(GetMaintenanceWindowCommand).callsFake(counted((input) => service.getWindow(input)));
  events.on(ListTargetsByRuleCommand).callsFake(counted(() => {
    if (!rule) {
      throw new ResourceNotFoundException({ message: 'gone', $metadata: {} });
    }
    return { Targets: [{ Id: 'T', Arn: 'arn', InputTransformer: { InputTemplate: JSON.stringify({ disabled: WINDOW }) } }] };
  }));

  // WHEN
  await createHandler({ now: () => 0, sleep: async () => undefined })({ rule: 'R', windowId: WINDOW }, context);

  // THEN
  expect(service.windows.get(WINDOW)!.Enabled).toBe(enabled);
});
