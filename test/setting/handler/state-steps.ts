import fc from 'fast-check';

/** A deployment; its window is updated before its state. */
interface DeployStep {
  readonly kind: 'deploy';
  readonly disabled: boolean;
  readonly changesWindow: boolean;
  /** Whether something fails after the window, or after its state. */
  readonly fails: 'no' | 'between' | 'after';
  /** Whether a rollback visits the state before the window. */
  readonly stateFirst: boolean;
}

/** Somebody enables or disables the window, or changes its description. */
interface ByHandStep {
  readonly kind: 'by hand';
  readonly what: 'enable' | 'disable' | 'describe';
}

/** What becomes of the events so far. */
interface EventsStep {
  readonly kind: 'events';
  readonly fate: 'delivered' | 'delivered twice' | 'lost';
}

export type StateStep = DeployStep | ByHandStep | EventsStep;

const deployments: fc.Arbitrary<StateStep> = fc.record({
  kind: fc.constant('deploy'),
  disabled: fc.boolean(),
  changesWindow: fc.boolean(),
  fails: fc.constantFrom('no', 'no', 'between', 'after'),
  stateFirst: fc.boolean(),
});
const changesByHand: fc.Arbitrary<StateStep> = fc.record({ kind: fc.constant('by hand'), what: fc.constantFrom('enable', 'disable', 'describe') });
const deliveries: fc.Arbitrary<StateStep> = fc.record({ kind: fc.constant('events'), fate: fc.constantFrom('delivered', 'delivered twice', 'lost') });

/** What happens to a window that is deployed disabled. */
export const stateSteps: fc.Arbitrary<StateStep> = fc.oneof(
  { weight: 3, arbitrary: deployments },
  { weight: 2, arbitrary: changesByHand },
  { weight: 2, arbitrary: deliveries },
);

/**
 * What a sequence must lead to: whether the window is enabled.
 *
 * @param replaceEnables whether an update by CloudFormation enables the window, which is documented nowhere
 */
export class StateReference {
  public enabled = false;
  /** Whether an event waits for which the rule is to disable the window. */
  public pending = false;
  /** What people wrote since CloudFormation last updated the window. */
  public description?: string;
  public deployed = { disabled: true, revision: 0 };

  public constructor(private readonly replaceEnables: boolean) {}

  /** Whether CloudFormation has anything to do. */
  public isEmpty(step: StateStep): boolean {
    return step.kind === 'deploy' && step.fails === 'no' && !step.changesWindow && step.disabled === this.deployed.disabled;
  }

  public run(step: StateStep): void {
    switch (step.kind) {
      case 'deploy': return this.deploy(step);
      case 'by hand':
        this.description = step.what === 'describe' ? 'by hand' : this.description;
        return step.what === 'describe' ? undefined : this.become(step.what === 'enable');
      case 'events':
        if (step.fate !== 'lost' && this.pending && this.deployed.disabled) {
          this.enabled = false;
        }
        this.pending = false;
    }
  }

  private deploy({ disabled, changesWindow, fails, stateFirst }: DeployStep): void {
    const before = this.deployed;
    const stateRuns = disabled && (changesWindow || !before.disabled);
    if (changesWindow) {
      this.windowUpdated();
    }
    if (stateRuns && fails !== 'between') {
      this.become(false);
    }
    if (fails === 'no') {
      this.deployed = { disabled, revision: before.revision + (changesWindow ? 1 : 0) };
      if (before.disabled && !disabled) {
        this.become(true);
      }
      return;
    }
    const undoWindow = () => changesWindow && this.windowUpdated();
    const undoState = () => stateRuns && fails === 'after' && this.become(!before.disabled);
    // What the update created is deleted last.
    (stateFirst && before.disabled ? [undoState, undoWindow] : [undoWindow, undoState]).forEach((undo) => undo());
  }

  private windowUpdated(): void {
    this.description = undefined;
    if (this.replaceEnables) {
      this.become(true);
    }
  }

  private become(enabled: boolean): void {
    // A rule hears of a window only if there is one.
    this.pending ||= enabled && !this.enabled && this.deployed.disabled;
    this.enabled = enabled;
  }
}

export function describeStateStep(step: StateStep): string {
  switch (step.kind) {
    case 'deploy': return `deploy ${step.changesWindow ? 'another window' : 'the window'} ${step.disabled ? 'disabled' : 'enabled'}`
      + (step.fails === 'no' ? '' : `, failing ${step.fails === 'after' ? 'after' : 'before'} the state${step.stateFirst ? ', state back first' : ''}`);
    case 'by hand': return `${step.what} by hand`;
    case 'events': return `events ${step.fate}`;
  }
}
