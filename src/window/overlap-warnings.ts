import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { areKnownToDiffer } from '../common/same-environment';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { countsFromCreation } from '../schedule/engine/openings-between';
import { firstOverlap } from '../schedule/first-overlap';
import { KeptOpenings } from '../schedule/kept-openings';
import { findMeetings } from '../schedule/overlap-sweep';
import type { Span } from '../schedule/reference-span';
import { coversReferenceYears, REFERENCE_WEEKS, REFERENCE_YEARS, repeatsEveryWeek } from '../schedule/reference-span';
import { shareResources } from '../target/selection-rules';
import type { Selection } from '../target/selection-rules';

/** A window as far as the comparison needs it. */
export interface ComparedWindow {
  readonly construct: IConstruct;
  readonly spec: ScheduleSpec;
  /** The property of a pattern that holds the schedule. */
  readonly scheduleProp?: string;
  readonly selections: readonly Selection[];
}

/** How many others a warning names. */
const NAMED = 3;

/** A window with one of the selections that it works on. */
interface Candidate {
  /** The place of the window in the order of definition. */
  readonly order: number;
  /** Its account and region, and its stage if others of it may be of any. */
  readonly places: readonly string[];
  readonly window: ComparedWindow;
  readonly selection: Selection;
}

/** That a window is open together with one that was defined before it. */
interface Overlap {
  readonly other: ComparedWindow;
  readonly selection: Selection;
  readonly instant: Date;
  /** Whether it was found in the years that stand for any, which is no date of the schedules. */
  readonly inAnyYears: boolean;
}

/**
 * Advice on each window that is open together with windows defined before it, on the same targets.
 *
 * @param windows in the order of definition
 * @param spans the dates to look at first; the years that stand for any come after them
 */
export function overlapAdvice(windows: readonly ComparedWindow[], spans: readonly Span[] = []): ReadonlyMap<ComparedWindow, Advice> {
  const found = new Map<ComparedWindow, Map<ComparedWindow, Overlap>>();
  const openings = new KeptOpenings();
  const add = (window: ComparedWindow, overlap: Overlap) => {
    const overlaps = found.get(window) ?? new Map<ComparedWindow, Overlap>();
    found.set(window, overlaps.has(overlap.other) ? overlaps : overlaps.set(overlap.other, overlap));
  };
  for (const group of groupsOf(windows.filter(({ spec }) => !countsFromCreation(spec)))) {
    for (const span of spans) {
      sweep(group, span, openings, add, false);
    }
    sweepReferenceYears(group.filter(({ window }) => coversReferenceYears(window.spec)), openings, add);
    comparePairs(group, openings, add);
  }
  return new Map([...found].map(([window, overlaps]) => [window, adviceOn(window, [...overlaps.values()])]));
}

type Add = (window: ComparedWindow, overlap: Overlap) => void;

function sweep(group: readonly Candidate[], span: Span, openings: KeptOpenings, add: Add, inAnyYears: boolean): void {
  const meetings = findMeetings(group.map(({ window }) => window.spec), {
    span, openings, limit: NAMED + 1, canMeet: (later, earlier) => canMeet(group[later], group[earlier]),
  });
  meetings.forEach((ofOne, index) => ofOne.forEach(({ earlier, instant }) => add(group[index].window, {
    other: group[earlier].window, selection: group[index].selection, instant, inAnyYears,
  })));
}

/** Schedules of one zone that repeat every week meet within weeks or never; others have to be looked at for years. */
function sweepReferenceYears(group: readonly Candidate[], openings: KeptOpenings, add: Add): void {
  const weekly = group.filter(({ window }) => repeatsEveryWeek(window.spec));
  const zones = new Set(weekly.map(({ window }) => window.spec.timeZone));
  for (const zone of zones) {
    sweep(weekly.filter(({ window }) => window.spec.timeZone === zone), REFERENCE_WEEKS, openings, add, true);
  }
  if (weekly.length < group.length || zones.size > 1) {
    sweep(group, REFERENCE_YEARS, openings, add, true);
  }
}

/** Schedules that are bound to dates meet others there or nowhere. They are few, and each has dates of its own. */
function comparePairs(group: readonly Candidate[], openings: KeptOpenings, add: Add): void {
  const bound = new Set(group.filter(({ window }) => !coversReferenceYears(window.spec)));
  for (const one of bound) {
    for (const other of group) {
      const [later, earlier] = one.order > other.order ? [one, other] : [other, one];
      // of two that are bound, each pair once
      const isNew = !bound.has(other) || one === later;
      const instant = isNew && canMeet(later, earlier) ? firstOverlap(later.window.spec, earlier.window.spec, undefined, openings) : undefined;
      instant && add(later.window, { other: earlier.window, selection: later.selection, instant, inAnyYears: false });
    }
  }
}

function canMeet(later: Candidate, earlier: Candidate): boolean {
  return later.order !== earlier.order && shareResources(later.selection, earlier.selection)
    && mayBeTogether(later.window.construct, earlier.window.construct);
}

/**
 * Groups of windows of which some may share targets: what shares nothing is never in one group.
 *
 * A selection shares resources with one that has all its keys, and each with one of its values. So it is enough to look for others at one of its
 * keys, and that is the one with the fewest others.
 */
function groupsOf(windows: readonly ComparedWindow[]): (readonly Candidate[])[] {
  const byValue = new Map<string, Candidate[]>();
  const openStages = new Set(windows.filter(({ construct }) => environmentOf(construct) === undefined).map(({ construct }) => Stage.of(construct)));
  const candidates = windows.flatMap((window, order) => {
    const environment = environmentOf(window.construct);
    const stage = Stage.of(window.construct);
    const places = [environment ?? [], openStages.has(stage) ? stage!.node.addr : []].flat();
    return window.selections.map((selection): Candidate => ({ order, places, window, selection }));
  });
  for (const candidate of candidates) {
    for (const value of new Set(Object.keys(candidate.selection.targets).flatMap((key) => valuesOf(candidate, key)))) {
      const group = byValue.get(value);
      group ? group.push(candidate) : byValue.set(value, [candidate]);
    }
  }
  const owned = new Set(candidates.flatMap((candidate) => rarestValues(candidate, byValue)));
  return [...byValue].filter(([value, group]) => owned.has(value) && group.length > 1).map(([, group]) => group);
}

/** The account and region, if both are known. */
function environmentOf(construct: IConstruct): string | undefined {
  const { account, region } = Stack.of(construct);
  return Token.isUnresolved(account) || Token.isUnresolved(region) ? undefined : `${account}/${region}`;
}

/** A key with each of its values, in each place where the window may meet others. */
function valuesOf({ places, selection }: Candidate, key: string): string[] {
  return places.flatMap((place) => selection.targets[key].map((value) => JSON.stringify([place, key, value])));
}

function rarestValues(candidate: Candidate, byValue: ReadonlyMap<string, readonly Candidate[]>): string[] {
  const lists = Object.keys(candidate.selection.targets).map((key) => valuesOf(candidate, key));
  const size = (values: readonly string[]) => values.reduce((sum, value) => sum + byValue.get(value)!.length, 0);
  return lists.reduce((rarest, list) => (size(list) < size(rarest) ? list : rarest));
}

function adviceOn(window: ComparedWindow, overlaps: readonly Overlap[]): Advice {
  const [{ selection, instant, inAnyYears }] = overlaps;
  const names = overlaps.slice(0, NAMED).map(({ other }) => `'${other.construct.node.path}'`).join(', ');
  const first = REFERENCE_YEARS.start.getUTCFullYear();
  const years = inAnyYears ? ` (of ${first} and ${first + 1}, which stand for any years)` : '';
  const props = [window, ...overlaps.slice(0, NAMED).map(({ other }) => other)].flatMap(({ scheduleProp = [] }) => scheduleProp);
  const by = props.length > 0 ? ` by ${[...new Set(props)].map((prop) => `'${prop}'`).join(' or ')}` : '';
  return {
    id: 'openTogetherOnSameTargets',
    message: `windows should not be open at the same time on the same targets, got '${window.construct.node.path}' open together with ${names}`
      + `${overlaps.length > NAMED ? ' and others' : ''} on ${formatValue(selection.targets)}, such as at ${instant.toISOString()}${years}, move one of them${by}`,
  };
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
