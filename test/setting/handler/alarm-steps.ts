import fc from 'fast-check';

/** An alarm and whether failed polls are ignored: `A`, `A!`; none is undefined. */
export type Alarm = string | undefined;

/** A deployment; its task is updated before its alarm. */
export interface DeployStep {
  readonly kind: 'deploy';
  readonly alarm: Alarm;
  readonly changesTask: boolean;
  /** Whether something fails after the task, or after the alarm. */
  readonly fails: 'no' | 'between' | 'after';
  /** Whether a rollback visits the alarm before the task. */
  readonly alarmFirst: boolean;
}

export interface ByHandStep {
  readonly kind: 'by hand';
  readonly what: 'wipe' | 'priority' | 'alarm';
}

/** What becomes of the events so far. */
export interface EventsStep {
  readonly kind: 'events';
  readonly fate: 'delivered' | 'delivered twice' | 'lost';
}

export type Step = DeployStep | ByHandStep | EventsStep;

const deployments: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('deploy'),
  alarm: fc.constantFrom('A', 'A!', 'B', undefined),
  changesTask: fc.boolean(),
  fails: fc.constantFrom('no', 'no', 'between', 'after'),
  alarmFirst: fc.boolean(),
});
const changesByHand: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('by hand'), what: fc.constantFrom('wipe', 'priority', 'alarm') });
const deliveries: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('events'), fate: fc.constantFrom('delivered', 'delivered twice', 'lost') });

/** What happens to a task that has the alarm `A`. */
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: deployments },
  { weight: 2, arbitrary: changesByHand },
  { weight: 2, arbitrary: deliveries },
);

export const isIgnoring = (alarm: string) => alarm.endsWith('!');
export const nameOf = (alarm: string) => alarm.replace('!', '');
