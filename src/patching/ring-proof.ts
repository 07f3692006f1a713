import { firstMissed, monthName } from './approval-model';
import type { ModelRange } from './approval-model';
import { patchOrder } from './patch-order';
import type { RingOpenings } from './patch-order';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { openingsBetween } from '../schedule/engine/openings-between';
import { laterByDays, newestRelease } from '../schedule/patch-releases';
import { REFERENCE_YEARS } from '../schedule/reference-span';

/*
 * Whether what a ring of nodes installs was on the ring before it, for as long as it should have been.
 *
 * At an opening Q the earlier ring installs what was released up to `Q - delay(earlier)`, at an opening P the later ring what was released up to
 * `P - delay(later)`. So for each P, and the last Q that ended long enough before it: `delay(later) - delay(earlier) >= P - Q`.
 */

const HOUR = 3_600_000;

/** The largest number of days after the second Tuesday that each month has. */
const MAX_DAYS_AFTER = 20;

/** A service takes more, and no ring waits longer than for the release after the next one. */
const MAX_DELAY = 60;

/** The openings of a window of a ring. */
export interface RingWindow extends RingOpenings {
  /** By how many days the window can be moved: it opens as many days after Patch Tuesday. Undefined if nobody can tell. */
  readonly daysAfter?: number;
  readonly timeZone: string;
}

/** Two windows of rings that follow each other. */
export interface RingPair {
  readonly earlier: RingWindow;
  readonly later: RingWindow;
  readonly soakHours: number;
  /** Whether a newer update takes the place of the older one, as on Windows. */
  readonly replaces: boolean;
}

/** An opening of the later ring that breaks the order of windows, or of patches only. */
interface Break {
  readonly kind: 'window' | 'patch';
  readonly opening: Date;
  /** The last opening of the earlier ring that ended long enough before; undefined if there is none. */
  readonly earlierOpening?: Date;
}

/** The first opening of the later ring that breaks the order. */
export interface RingProblem extends Break {
  /** The month of the opening, such as `2028-01`. */
  readonly month: string;
  /** The delay of the later ring with the smallest change that keeps the order in the whole range. */
  readonly delayToTake?: number;
  /** The days after Patch Tuesday of the later ring with the smallest change that keep the order in the whole range. */
  readonly daysAfterToTake?: number;
}

/** The first opening of the later ring at which it can install what the earlier ring has not had, with the smallest changes that mend all. */
export function ringProblem(pair: RingPair, range: ModelRange): RingProblem | undefined {
  const found = firstBreak(pair, range);
  return found && { ...found, month: monthName(found.opening), ...mends(pair, range) };
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
  let next = 0;
  for (const opening of later.openings.filter((one) => one >= range.start && one < range.end)) {
    while (next < earlier.openings.length && earlier.openings[next].getTime() + earlier.durationHours * HOUR <= opening.getTime()) { next++; }
    const earlierOpening: Date | undefined = earlier.openings[next - 1];
    if (!earlierOpening || earlierOpening < newestRelease(opening)) {
      return { kind: 'window', opening, earlierOpening };
    }
  }
  return undefined;
}

function mends(pair: RingPair, range: ModelRange): Pick<RingProblem, 'delayToTake' | 'daysAfterToTake'> {
  const { later } = pair;
  const works = (change: Partial<RingWindow>) => keepsPromise({ ...pair, later: { ...later, ...change } }, range);
  const { daysAfter } = later;
  return {
    delayToTake: nearestTo(later.delayDays, MAX_DELAY).find((delayDays) => works({ delayDays })),
    daysAfterToTake: daysAfter === undefined ? undefined
      : nearestTo(daysAfter, MAX_DAYS_AFTER).find((days) => works({ openings: shifted(later, days - daysAfter) })),
  };
}

/** Whether the later ring keeps the order, and still finds each update before the next one takes its place. */
function keepsPromise(pair: RingPair, range: ModelRange): boolean {
  const { openings, delayDays, timeZone } = pair.later;
  return !firstBreak(pair, range) && (!pair.replaces || !firstMissed({ openings, rule: { delayDays }, timeZone }, range));
}

function shifted({ openings, timeZone }: RingWindow, days: number): Date[] {
  return openings.map((opening) => laterByDays(opening, days, timeZone));
}

/** All others from 0 to a maximum, the smallest change first. */
function nearestTo(value: number, max: number): number[] {
  return Array.from({ length: max + 1 }, (_, index) => index)
    .filter((one) => one !== value)
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value) || a - b);
}

/** The years that are looked at: the calendar repeats after 28 of them, so each month there is comes with each day of the week. */
export const RING_YEARS: ModelRange = { start: REFERENCE_YEARS.start, end: new Date('2056-01-01T00:00:00Z') };

/** Before the range, what decides about its first opening: a ring can be open late in the month before. */
const DAYS_BEFORE = 70;

/** The openings of a window in the years that are looked at. */
export function startsForRings(spec: ScheduleSpec): Date[] {
  const start = new Date(RING_YEARS.start.getTime() - DAYS_BEFORE * 24 * HOUR);
  return [...openingsBetween(spec, start, RING_YEARS.end)].map((opening) => opening.start);
}
