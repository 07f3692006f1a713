import type { ScheduleSpec } from './engine/openings';
import { openingsBetween } from './engine/openings-between';
import { isKnownTimeZone } from './engine/time-zone';
import { nextRelease } from '../approval/patch-releases';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';

const HOUR = 3_600_000;

/** Long enough to see each change of clocks, which other places do not make on the dates of America. */
const YEARS = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2029-01-01T00:00:00Z') };

/** The local day of Patch Tuesday begins at most 32 hours before Microsoft publishes, and the opening after it is that near only to the next one. */
const SAME_PATCH_TUESDAY = 48 * HOUR;

type MonthlySchedule = Pick<ScheduleSpec, 'schedule' | 'offsetDays'>;

/** What is wrong with a schedule after Patch Tuesday that opens before there is anything to install. */
export function publicationAdvice(schedule: MonthlySchedule, hour: string, daysAfter: number, timeZone: string = 'UTC'): Advice[] {
  // Wednesday begins before the release in the east only, Thursday nowhere
  if (daysAfter > 1 || !isKnownTimeZone(timeZone)) {
    return [];
  }
  for (const { start } of openingsBetween({ ...schedule, timeZone, durationHours: 1, cutoffHours: 0 }, YEARS.start, YEARS.end)) {
    const release = nextRelease(start);
    if (release.getTime() - start.getTime() < SAME_PATCH_TUESDAY) {
      return [adviceOf(hour, daysAfter, timeZone, start, release)];
    }
  }
  return [];
}

function adviceOf(hour: string, daysAfter: number, timeZone: string, opening: Date, release: Date): Advice {
  return {
    id: 'opensBeforePatchesArePublished',
    message: "'hour' should not be before Microsoft publishes its patches, at 10:00 in Los Angeles on Patch Tuesday, "
      + `got hour ${formatValue(hour)} in ${timeZone} and daysAfter ${daysAfter === 1 ? '1 day' : `${daysAfter} days`}, `
      + `which opens at ${opening.toISOString()}, before the patches of ${release.toISOString()}, choose a later hour or a day more in 'daysAfter'`,
  };
}
