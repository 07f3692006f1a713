import * as fc from 'fast-check';
import { newestApproved, releasesBetween } from '../../src/approval/approval-model';
import { ringProblem } from '../../src/patching/ring-proof';
import type { RingWindow } from '../../src/patching/ring-proof';
import { openingsAfterPatchTuesday, YEARS } from '../approval/patch-months';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 100) };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function ring(daysAfter: number, hour: number, delayDays: number, timeZone: string = 'UTC'): RingWindow {
  return { openings: openingsAfterPatchTuesday(daysAfter, hour, timeZone), durationHours: 4, delayDays, daysAfter, timeZone };
}

const anyRing = fc.tuple(fc.nat(20), fc.nat(19), fc.nat(25), fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York', 'Australia/Sydney'))
  .map(([days, hour, delay, zone]) => ring(days, hour, delay, zone));

/** Looks at each opening anew: whether each patch that it can install was on the earlier ring. */
function judged(earlier: RingWindow, later: RingWindow, soakHours: number): boolean {
  const inRange = later.openings.filter((opening) => opening >= YEARS.start && opening < YEARS.end);
  return inRange.every((opening) => {
    const done = earlier.openings.filter((one) => one.getTime() + (earlier.durationHours + soakHours) * HOUR <= opening.getTime());
    const update = releasesBetween(new Date(YEARS.start.getTime() - 90 * DAY), YEARS.end).filter((release) => release <= opening).pop()!;
    const newest = opening.getTime() - later.delayDays * DAY;
    return done.some((one) => one >= update) && done.some((one) => one.getTime() - earlier.delayDays * DAY >= newest);
  });
}

test('finds a problem where a judge that looks at each opening finds one', () => {
  fc.assert(fc.property(anyRing, anyRing, fc.nat(240), (earlier, later, soakHours) => {
    expect(ringProblem({ earlier, later, soakHours, replaces: false }, YEARS) === undefined).toBe(judged(earlier, later, soakHours));
  }), RUNS);
});

test('each change that it names mends the order, and each update of Windows is found after it', () => {
  let named = 0;
  fc.assert(fc.property(anyRing, anyRing, fc.nat(120), (earlier, later, soakHours) => {
    const problem = ringProblem({ earlier, later, soakHours, replaces: true }, YEARS);
    for (const { delayDays = later.delayDays, daysAfter = later.daysAfter } of problem?.mends ?? []) {
      named++;
      const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: later.timeZone }).format(later.openings[0]));
      const mended = ring(daysAfter, hour, delayDays, later.timeZone);
      expect(judged(earlier, mended, soakHours)).toBe(true);
      const found = new Set(mended.openings.map((opening) => newestApproved(opening, { delayDays })?.release.getTime()));
      expect(releasesBetween(YEARS.start, new Date('2028-11-01T00:00:00Z')).filter((release) => !found.has(release.getTime()))).toEqual([]);
    }
  }), RUNS);
  expect(named).toBeGreaterThan(0);
});
