import { parseSchedule } from '../../src/schedule/engine/grammar';
import { openingsBetween } from '../../src/schedule/engine/openings-between';

/** Two years, in which 24 releases are published. */
export const YEARS = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2029-01-01T00:00:00Z') };

/** The same, up to the release that takes the place of the last of the 24. */
export const LIVES = { ...YEARS, end: new Date('2029-01-31T00:00:00Z') };

/** The openings at an hour, days after each second Tuesday, from a month before the two years to a month after them. */
export function openingsAfterPatchTuesday(days: number, hour: number, timeZone: string = 'UTC'): Date[] {
  const { schedule } = parseSchedule(`cron(0 ${hour} ? * TUE#${2 + Math.floor(days / 7)} *)`);
  const spec = { schedule: schedule!, offsetDays: days % 7 || undefined, timeZone, durationHours: 4, cutoffHours: 1 };
  return [...openingsBetween(spec, new Date('2026-12-01T00:00:00Z'), new Date('2029-02-05T00:00:00Z'))].map(({ start }) => start);
}
