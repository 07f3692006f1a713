import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { ScheduleSpec } from './schedule/occurrences';
import { openings } from './schedule/occurrences';
import { REFERENCE_YEARS } from './schedule-advice';
import { GROUP_NAME, INSTANCE_IDS, TAG_KEY } from './target-keys';
import type { Selection } from './target-keys';
import type { Advice } from './warnings';
import { surelyDiffer } from './window-environment';
import { countsFromCreation } from './window-spec';

/** A window as far as the comparison needs it. */
export interface ComparedWindow {
  readonly construct: IConstruct;
  readonly spec: ScheduleSpec;
  readonly selections: readonly Selection[];
}

/** Advice on the first window, which is open together with the second on the same targets. */
export function overlapAdvice(a: ComparedWindow, b: ComparedWindow, span?: { readonly start: Date; readonly end: Date }): Advice[] {
  if (!mayBeTogether(a.construct, b.construct)) {
    return [];
  }
  const shared = a.selections.find((one) => b.selections.some((other) => shareResources(one, other)));
  const instant = shared && firstOverlap(a.spec, b.spec, span);
  return instant === undefined ? [] : [{
    id: 'openTogetherOnSameTargets',
    message: `windows should not be open at the same time on the same targets, got '${b.construct.node.path}' open together with '${a.construct.node.path}' `
      + `on ${JSON.stringify(shared!.targets)}, such as at ${instant.toISOString()}, move one of them`,
  }];
}

/** Windows of different accounts or regions share nothing; of stages whose environment is open nobody knows. */
function mayBeTogether(a: IConstruct, b: IConstruct): boolean {
  const [stackA, stackB] = [Stack.of(a), Stack.of(b)];
  if (surelyDiffer(stackA.account, stackB.account) || surelyDiffer(stackA.region, stackB.region)) {
    return false;
  }
  const open = [stackA.account, stackA.region, stackB.account, stackB.region].some((part) => Token.isUnresolved(part));
  return !open || Stage.of(a) === Stage.of(b);
}

/** Whether a resource that one selects is, as far as keys and values tell, selected by the other too. */
export function shareResources(a: Selection, b: Selection): boolean {
  const keysA = Object.keys(a.targets);
  const keysB = Object.keys(b.targets);
  const common = keysA.filter((key) => keysB.includes(key));
  if (keysA.includes(GROUP_NAME) || keysA.includes(INSTANCE_IDS) || keysA.includes(TAG_KEY)) {
    return common.length === keysA.length && common.every((key) => intersect(a.targets[key], b.targets[key]));
  }
  // tags are ANDed: more tags select fewer of the same resources
  const nested = common.length === Math.min(keysA.length, keysB.length);
  return nested && common.every((key) => intersect(a.targets[key], b.targets[key]));
}

function intersect(a: readonly string[], b: readonly string[]): boolean {
  return a.some((value) => b.includes(value));
}

function firstOverlap(a: ScheduleSpec, b: ScheduleSpec, span?: { readonly start: Date; readonly end: Date }): Date | undefined {
  if (countsFromCreation(a) || countsFromCreation(b)) {
    return undefined;
  }
  for (const { start, end } of span ? [span] : spansOf(a, b)) {
    const instant = firstOverlapWithin(a, b, start, end);
    if (instant) {
      return instant;
    }
  }
  return undefined;
}

const SPAN = REFERENCE_YEARS.end.getTime() - REFERENCE_YEARS.start.getTime();
const EVER = new Date(0);

/** The years in which to look: those that stand for any, and those in which a schedule that is bound to dates is at work. */
function spansOf(...specs: readonly ScheduleSpec[]): { start: Date; end: Date }[] {
  const bound = specs.filter(isBoundToDates)
    .map((spec) => openings(spec, EVER).next().value)
    .filter((opening) => opening !== undefined)
    .map(({ start }) => ({ start: new Date(start.getTime() - 1), end: new Date(start.getTime() + SPAN) }));
  return bound.length > 0 ? bound : [REFERENCE_YEARS];
}

function isBoundToDates({ schedule, startDate, endDate }: ScheduleSpec): boolean {
  return schedule.kind === 'at' || startDate !== undefined || endDate !== undefined
    || schedule.kind === 'cron' && !schedule.fields.year.some((term) => term.kind === 'every' && term.step === 1);
}

function firstOverlapWithin(a: ScheduleSpec, b: ScheduleSpec, start: Date, end: Date): Date | undefined {
  const [left, right] = [openings(a, start), openings(b, start)];
  let [one, other] = [left.next().value, right.next().value];
  while (one && other && one.start < end && other.start < end) {
    if (one.start < other.end && other.start < one.end) {
      return one.start > other.start ? one.start : other.start;
    }
    if (one.start < other.start) {
      one = left.next().value;
    } else {
      other = right.next().value;
    }
  }
  return undefined;
}
