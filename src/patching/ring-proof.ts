import { meetingsOf, patchOrder } from './patch-order';
import type { Meeting, RingOpenings } from './patch-order';
import { firstMissed, monthName } from '../approval/approval-model';
import type { ModelRange } from '../approval/approval-model';
import { laterByDays, newestRelease } from '../approval/patch-releases';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { startsBetween } from '../schedule/engine/openings-between';
import { REFERENCE_YEARS } from '../schedule/reference-span';

/*
 * Whether what a ring of nodes installs was on the ring before it, for as long as it should have been.
 *
 * At an opening Q the earlier ring installs what was released up to `Q - delay(earlier)`, at an opening P the later ring what was released up to
 * `P - delay(later)`. So for each P, and the last Q that ended long enough before it: `delay(later) - delay(earlier) >= P - Q`.
 */

const DAY = 86_400_000;

/** The largest number of days after the second Tuesday that each month has. */
const MAX_DAYS_AFTER = 20;

/** A service takes more, and no ring waits longer than for the release after the next one. */
const MAX_DELAY = 60;

/** The openings of a window of a ring. */
export interface RingWindow extends RingOpenings {
  /** It opens as many days after Patch Tuesday. */
  readonly daysAfter: number;
  readonly timeZone: string;
}

/** Two windows of rings that follow each other. */
interface RingPair {
  readonly earlier: RingWindow;
  readonly later: RingWindow;
  readonly soakHours: number;
  /** Whether a newer update takes the place of the older one, as on Windows. */
  readonly replaces: boolean;
}

/** An opening of the later ring that breaks the order of windows, or of patches only. */
interface Break extends Meeting {
  readonly kind: 'window' | 'patch';
}

/** The first opening of the later ring that breaks the order. */
export interface RingProblem extends Break {
  /** The month of the opening, such as `2028-01`. */
  readonly month: string;
  /** Changes of the later ring, each of which keeps the order in the whole range; none if more than that ring must change. */
  readonly mends: readonly Mend[];
}

/** The smallest change of the later ring that keeps the order. */
interface Mend {
  readonly delayDays?: number;
  readonly daysAfter?: number;
}

/** The first opening of the later ring at which it can install what the earlier ring has not had, with the smallest changes that mend all. */
export function ringProblem(pair: RingPair, range: ModelRange): RingProblem | undefined {
  const found = firstBreak(pair, range);
  return found && { ...found, month: monthName(found.opening), mends: mends(pair, range) };
}

function firstBreak({ earlier, later, soakHours }: RingPair, range: ModelRange): Break | undefined {
  // what soaks counts as open
  const soaked = { ...earlier, durationHours: earlier.durationHours + soakHours };
  const unprepared = firstUnprepared(soaked, later, range);
  const early = patchOrder(soaked, later, range);
  return early?.earlierOpening && (!unprepared || early.opening < unprepared.opening) ? { ...early, kind: 'patch' } : unprepared;
}

/** The first opening of the later ring since whose update the earlier ring did not open and close. */
function firstUnprepared(earlier: RingOpenings, later: RingOpenings, range: ModelRange): Break | undefined {
  const found = meetingsOf(earlier, later, range).find(({ opening, earlierOpening }) => !earlierOpening || earlierOpening < newestRelease(opening));
  return found && { ...found, kind: 'window' };
}

/** The smallest changes of the later ring, of one of its settings where that is enough. */
function mends(pair: RingPair, range: ModelRange): Mend[] {
  const { delayDays, daysAfter } = pair.later;
  const found = daysToTry()
    .map((days) => shifted(pair.later, days))
    .map((later) => ({ ...later, delayDays: delayToTake({ ...pair, later }, range) }))
    .filter((later) => later.delayDays <= MAX_DELAY && keepsPromise({ ...pair, later }, range))
    .sort((a, b) => changeOf(pair.later, a) - changeOf(pair.later, b));
  const ofOne = [
    found.find((one) => one.daysAfter === daysAfter),
    found.find((one) => one.delayDays === delayDays),
  ].filter((one) => one !== undefined);
  return (ofOne.length > 0 ? ofOne : found.slice(0, 1)).map((one) => ({
    delayDays: one.delayDays === delayDays ? undefined : one.delayDays,
    daysAfter: one.daysAfter === daysAfter ? undefined : one.daysAfter,
  }));
}

/** Days of delay and days after Patch Tuesday count alike. */
function changeOf(before: RingWindow, after: RingWindow): number {
  return Math.abs(after.delayDays - before.delayDays) + Math.abs(after.daysAfter - before.daysAfter);
}

/** The delay of the later ring, or the nearest one that lets it have no patch too early and each update of Windows before the next one. */
function delayToTake({ earlier, later, soakHours, replaces }: RingPair, range: ModelRange): number {
  const early = patchOrder({ ...earlier, durationHours: earlier.durationHours + soakHours }, later, range);
  if (early) { return early.delayToTake ?? Infinity; }
  const rule = { delayDays: later.delayDays };
  return (replaces ? firstMissed({ openings: later.openings, rule, timeZone: later.timeZone }, range)?.delayToTake : undefined) ?? later.delayDays;
}

/** Whether the later ring keeps the order, and still finds each update before the next one takes its place. */
function keepsPromise(pair: RingPair, range: ModelRange): boolean {
  const { openings, delayDays, timeZone } = pair.later;
  return !firstBreak(pair, range) && (!pair.replaces || !firstMissed({ openings, rule: { delayDays }, timeZone }, range));
}

function shifted(window: RingWindow, daysAfter: number): RingWindow {
  const { openings, timeZone } = window;
  const days = daysAfter - window.daysAfter;
  return days === 0 ? window : { ...window, daysAfter, openings: openings.map((opening) => laterByDays(opening, days, timeZone)) };
}

/** All days after Patch Tuesday that each month has. */
function daysToTry(): number[] {
  return Array.from({ length: MAX_DAYS_AFTER + 1 }, (_, index) => index);
}

/** The years that are looked at: the calendar repeats after 28 of them, so each month there is comes with each day of the week. */
export const RING_YEARS: ModelRange = { start: REFERENCE_YEARS.start, end: new Date('2056-01-01T00:00:00Z') };

/** Before the range, what decides about its first opening: a ring can be open late in the month before. */
const DAYS_BEFORE = 70;

/** The openings of a window in the years that are looked at. */
export function startsForRings(spec: ScheduleSpec): Date[] {
  return startsBetween(spec, new Date(RING_YEARS.start.getTime() - DAYS_BEFORE * DAY), RING_YEARS.end);
}
