import { cronTimes, isFixedTime, timesOfDay } from './cron-times';
import type { ParsedCron, ParsedSchedule } from './grammar';
import type { ScheduleSpec } from './openings';
import { intervalOf, openings, START_OF_SEARCH } from './openings';
import { clockGaps } from './time-zone';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A local time at which a window should open but the clocks leave it out. */
interface SkippedStart {
  /** `yyyy-mm-ddThh:mm:ss`, on the clock of the window's time zone. */
  readonly localTime: string;
  /** Whether the opening is moved on by the length of the gap, as after an offset of days, and not left out. */
  readonly moved: boolean;
}

/** Whether no date of the calendar is ever met, whenever the window is created. */
export function neverFires(schedule: ParsedSchedule): boolean {
  return schedule.kind === 'cron' && cronTimes(schedule, 'UTC', START_OF_SEARCH).next().done === true;
}

/** Whether no opening falls between the start and end date, whenever the window is created. */
export function neverOpens(spec: ScheduleSpec): boolean {
  return openings(spec, START_OF_SEARCH).next().done === true;
}

/**
 * The shortest time, in milliseconds, from one opening to the next when that is less than the given hours (24 at most).
 *
 * Of the clock on the wall: a change of the clocks is not counted.
 */
export function reopensWithin(schedule: ParsedSchedule, hours: number): number | undefined {
  const limit = hours * HOUR;
  let shortest = Infinity;
  if (schedule.kind === 'rate') shortest = intervalOf(schedule);
  if (schedule.kind === 'cron') shortest = shortestInterval(schedule, limit);
  return shortest < limit && !neverFires(schedule) ? shortest : undefined;
}

/** The first local time at which the window should open in a gap of its zone's clocks that begins between two instants. */
export function firstSkippedStart(spec: ScheduleSpec, start: Date, end: Date): SkippedStart | undefined {
  const { schedule, timeZone = 'UTC', offsetDays = 0 } = spec;
  // Of a schedule that goes round the clock nobody misses one time
  if (schedule.kind !== 'cron' || !isFixedTime(schedule)) return undefined;
  const times = timesOfDay(schedule);
  for (const gap of clockGaps(timeZone, start, end)) {
    // an offset is of whole days, so the time of day tells quickly what no day can bring into the gap
    const midnight = Math.floor(gap.from / DAY) * DAY;
    if (!times.some(time => [midnight, midnight + DAY].some(day => day + time >= gap.from && day + time < gap.to))) continue;
    for (const days of new Set([0, offsetDays])) {
      const shift = days * DAY;
      const { value: time } = cronTimes(schedule, 'UTC', new Date(gap.from - shift - 1)).next();
      if (time && time.getTime() + shift < gap.to) {
        return { localTime: new Date(time.getTime() + shift).toISOString().slice(0, 19), moved: days > 0 };
      }
    }
  }
  return undefined;
}

function shortestInterval(cron: ParsedCron, limit: number): number {
  const times = timesOfDay(cron);
  const withinDay = times.reduce((shortest, time, i) => i === 0 ? shortest : Math.min(shortest, time - times[i - 1]), Infinity);
  const acrossMidnight = times[0] + DAY - times[times.length - 1];
  return acrossMidnight < Math.min(withinDay, limit) && hasConsecutiveDays(cron) ? acrossMidnight : withinDay;
}

function hasConsecutiveDays(cron: ParsedCron): boolean {
  const midnight = [{ kind: 'range', from: 0, to: 0, step: 1 }] as const;
  const days = cronTimes({ ...cron, fields: { ...cron.fields, hour: midnight, minute: midnight, second: midnight } }, 'UTC', START_OF_SEARCH);
  const everyYear = cron.fields.year.some(term => term.kind === 'every' && term.step === 1);
  // The calendar repeats after 28 years
  const last = everyYear ? Date.UTC(1970 + 28, 0, 2) : Infinity;
  let previous = NaN;
  for (const day of days) {
    if (day.getTime() - previous === DAY) return true;
    if (day.getTime() > last) return false;
    previous = day.getTime();
  }
  return false;
}
