import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { areKnownToDiffer } from '../common/same-environment';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { firstOverlap } from '../schedule/first-overlap';
import type { Span } from '../schedule/reference-span';
import type { Selection } from '../target/selection-rules';

/** A window as far as the comparison needs it. */
export interface ComparedWindow {
  readonly construct: IConstruct;
  readonly spec: ScheduleSpec;
  readonly selections: readonly Selection[];
}

/** Advice on the first window, which is open together with the second on the same targets. */
export function overlapAdvice(a: ComparedWindow, b: ComparedWindow, span?: Span): Advice[] {
  const shared = a.selections.find((one) => b.selections.some((other) => shareResources(one, other)));
  const instant = shared && mayBeTogether(a.construct, b.construct) ? firstOverlap(a.spec, b.spec, span) : undefined;
  return instant === undefined ? [] : [{
    id: 'openTogetherOnSameTargets',
    message: `windows should not be open at the same time on the same targets, got '${b.construct.node.path}' open together with '${a.construct.node.path}' `
      + `on ${formatValue(shared!.targets)}, such as at ${instant.toISOString()}, move one of them`,
  }];
}

/** Windows of different accounts or regions share nothing; of stages whose environment is open nobody knows. */
function mayBeTogether(a: IConstruct, b: IConstruct): boolean {
  const [stackA, stackB] = [Stack.of(a), Stack.of(b)];
  if (areKnownToDiffer(stackA.account, stackB.account) || areKnownToDiffer(stackA.region, stackB.region)) {
    return false;
  }
  const open = [stackA.account, stackA.region, stackB.account, stackB.region].some((part) => Token.isUnresolved(part));
  return !open || Stage.of(a) === Stage.of(b);
}

/**
 * Whether a resource that one selects is, as far as keys and values tell, selected by the other too.
 *
 * The entries of a selection are ANDed: that with more of them selects fewer of the same resources. Of selections by different
 * keys only AWS knows whether they meet.
 */
export function shareResources(a: Selection, b: Selection): boolean {
  const [keysA, keysB] = [Object.keys(a.targets), Object.keys(b.targets)];
  const common = keysA.filter((key) => keysB.includes(key));
  return common.length === Math.min(keysA.length, keysB.length)
    && common.every((key) => a.targets[key].some((value) => b.targets[key].includes(value)));
}
