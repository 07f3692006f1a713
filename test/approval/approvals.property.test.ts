import * as fc from 'fast-check';
import { approvalsOf, firstMissed, newestApproved, releasesBetween } from '../../src/approval/approval-model';
import { patchOrder } from '../../src/patching/patch-order';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 300) };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/*
 * A judge that knows no time zone and no calendar but the day of the week: it looks at each hour, and counts.
 */

/** The number of this weekday in its month, if the instant is on it. */
function nth(instant: number, weekDay: number): number | undefined {
  const date = new Date(instant);
  return date.getUTCDay() === weekDay ? Math.ceil(date.getUTCDate() / 7) : undefined;
}

/** Daylight saving time in the United States, at midday: from the second Sunday of March to the first of November. */
function isSummer(midday: number): boolean {
  for (let day = midday; ; day -= DAY) {
    const month = new Date(day).getUTCMonth() + 1;
    if (month === 3 && nth(day, 0) === 2) { return true; }
    if (month === 11 && nth(day, 0) === 1) { return false; }
  }
}

const released = new Map<number, boolean>();

function isRelease(hour: number): boolean {
  const known = released.get(hour) ?? (nth(hour, 2) === 2 && new Date(hour).getUTCHours() === (isSummer(hour) ? 17 : 18));
  released.set(hour, known);
  return known;
}

/** The hour of the newest release, by going back hour by hour. */
function newestAt(instant: number): number {
  let hour = Math.floor(instant / HOUR) * HOUR;
  while (!isRelease(hour)) { hour -= HOUR; }
  return hour;
}

function judged(opening: number, delayDays: number): number | undefined {
  const release = newestAt(opening);
  return opening - release >= delayDays * DAY ? release : undefined;
}

/** Whether an opening is in one of the hours from the approval of a release to the next release. */
function isFound(release: number, openings: ReadonlySet<number>, delayDays: number): boolean {
  for (let hour = release; hour === release || !isRelease(hour); hour += HOUR) {
    if (hour >= release + delayDays * DAY && openings.has(hour)) { return true; }
  }
  return false;
}

const START = Date.UTC(2027, 0, 1);
const YEARS = Date.UTC(2035, 0, 1) - START;
const instant = fc.integer({ min: 0, max: YEARS / 60_000 }).map((minute) => START + minute * 60_000);
const delay = fc.oneof(fc.constantFrom(0, 3, 7), fc.integer({ min: 0, max: 40 }));

test('finds at any minute what an enumeration of all hours finds', () => {
  fc.assert(fc.property(instant, delay, (opening, delayDays) => {
    const expected = judged(opening, delayDays);
    const found = newestApproved(new Date(opening), { delayDays });
    expect(found?.release.getTime()).toBe(expected);
    expect(found?.ageDays).toBe(expected === undefined ? undefined : (opening - expected) / DAY);
    const [approval] = approvalsOf([new Date(opening)], { delayDays });
    expect(approval).toMatchObject({ release: new Date(newestAt(opening)), ...(expected === undefined && { reason: 'notYetApproved' }) });
  }), RUNS);
});

test('finds the releases of a range that an enumeration of all hours finds', () => {
  fc.assert(fc.property(instant, fc.integer({ min: 0, max: 200 * 24 }), (from, hours) => {
    const end = from + hours * HOUR;
    const expected: number[] = [];
    for (let hour = Math.ceil(from / HOUR) * HOUR; hour < end; hour += HOUR) { isRelease(hour) && expected.push(hour); }
    expect(releasesBetween(new Date(from), new Date(end)).map((release) => release.getTime())).toEqual(expected);
  }), RUNS);
});

test('finds the first month that is missed, and the smallest changes that mend it', () => {
  const offsets = fc.array(fc.integer({ min: 0, max: 8 * 24 }), { minLength: 7, maxLength: 7 });
  const months = fc.integer({ min: 0, max: 90 });
  fc.assert(fc.property(months, fc.integer({ min: 0, max: 14 * 24 }), offsets, delay, (month, base, jitter, delayDays) => {
    const range = { start: new Date(Date.UTC(2027, month, 1)), end: new Date(Date.UTC(2027, month + 5, 1)) };
    // about one opening each month, at any hour of it
    const hours = jitter.map((more, index) => Date.UTC(2027, month - 1 + index, 1) + (base + more) * HOUR);
    const releases: number[] = [];
    for (let hour = range.start.getTime(); hour < range.end.getTime(); hour += HOUR) { isRelease(hour) && releases.push(hour); }
    const lives = releases.slice(0, -1);
    const missedBy = (days: number, delayOf: number) => {
      const later = new Set(hours.map((hour) => hour + days * DAY));
      return lives.find((release) => !isFound(release, later, delayOf));
    };

    const found = firstMissed({ openings: hours.map((hour) => new Date(hour)), rule: { delayDays } }, range);

    expect(found?.release.getTime()).toBe(missedBy(0, delayDays));
    if (!found) { return; }
    expect(found.daysToAdd).toBe(Array.from({ length: 20 }, (_, index) => index + 1).find((days) => missedBy(days, delayDays) === undefined));
    const shorter = Array.from({ length: delayDays }, (_, index) => delayDays - 1 - index);
    expect(found.delayToTake).toBe(shorter.find((days) => missedBy(0, days) === undefined));
  }), { numRuns: Math.ceil(RUNS.numRuns / 3) });
});

describe('the order of patches', () => {
  const LENGTH = 60 * 24;
  const hoursOf = (min: number, minLength: number) => fc.uniqueArray(fc.integer({ min, max: LENGTH }), { minLength, maxLength: 12 })
    .map((hours) => hours.sort((a, b) => a - b));
  const at = (hour: number) => new Date(START + hour * HOUR);
  const range = { start: at(0), end: at(LENGTH + 1) };

  const rings = fc.record({
    earlier: hoursOf(0, 0),
    later: hoursOf(10 * 24, 1),
    durationHours: fc.integer({ min: 1, max: 24 }),
    earlierDelay: fc.integer({ min: 0, max: 8 }),
    laterDelay: fc.integer({ min: 0, max: 20 }),
  });

  type Rings = typeof rings extends fc.Arbitrary<infer T> ? T : never;

  /** The first opening of the later ring at which a patch that was released at any hour arrives before the earlier ring has it. */
  function judgedOrder({ earlier, later, durationHours, earlierDelay, laterDelay }: Rings): number | undefined {
    let first: number | undefined;
    for (let release = -80 * 24; release <= LENGTH; release++) {
      const installed = later.find((opening) => opening >= release + laterDelay * 24);
      const before = earlier.find((opening) => opening >= release + earlierDelay * 24);
      const isFirst = installed !== undefined && (before === undefined || before + durationHours > installed);
      if (isFirst && (first === undefined || installed < first)) { first = installed; }
    }
    return first;
  }

  test('is proved if, and only if, no patch of any hour reaches the later ring first', () => {
    fc.assert(fc.property(rings, (input) => {
      const ring = (hours: readonly number[], delayDays: number) => ({ openings: hours.map(at), durationHours: input.durationHours, delayDays });
      const order = (laterDelay: number) => patchOrder(ring(input.earlier, input.earlierDelay), ring(input.later, laterDelay), range);
      const expected = judgedOrder(input);
      const found = order(input.laterDelay);

      expect(found?.opening.getTime()).toBe(expected === undefined ? undefined : at(expected).getTime());
      if (found?.delayToTake === undefined) { return; }
      expect(found.delayToTake).toBeGreaterThan(input.laterDelay);
      expect(order(found.delayToTake)).toBeUndefined();
      expect(judgedOrder({ ...input, laterDelay: found.delayToTake })).toBeUndefined();
      expect(judgedOrder({ ...input, laterDelay: found.delayToTake - 1 })).toBeDefined();
    }), RUNS);
  });
});
