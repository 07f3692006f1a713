import type { WindowSwitch } from './closures';
import { cronTimes } from './cron-times';
import { FIRST_YEAR, LAST_YEAR } from './fields';
import type { ParsedCron, ParsedRate, ParsedSchedule } from './grammar';
import { instantOf, wallClock } from './time-zone';

export interface ScheduleSpec {
  readonly schedule: ParsedSchedule;
  /** An IANA name or an offset such as `+02:00`; UTC when there is none. */
  readonly timeZone?: string;
  readonly offsetDays?: number;
  readonly startDate?: Date;
  readonly endDate?: Date;
  readonly durationHours: number;
  readonly cutoffHours: number;
  /** What turns the window off and on, such as black-outs. */
  readonly switches?: readonly WindowSwitch[];
}

export interface Opening {
  readonly start: Date;
  /** From here to the end no task starts. */
  readonly cutoff: Date;
  readonly end: Date;
  /** Why the window does not open, if it is off when this would start. */
  readonly blackout?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Before the first year of the service in every time zone. */
export const START_OF_SEARCH = new Date(Date.UTC(FIRST_YEAR, 0, -1));
const HORIZON = Date.UTC(LAST_YEAR + 1, 0, 1);

/**
 * The openings of the schedule alone, whether the window is on or off, that start strictly after an instant, in order, up to the year 2199.
 *
 * A window created at `createdAt` never runs for a cron time before it, not even when its offset leads past it, and
 * a rate without a start date to come counts from it.
 */
export function* openings(spec: ScheduleSpec, after: Date, createdAt: Date = after): Generator<Opening> {
  const { startDate, endDate, durationHours, cutoffHours } = spec;
  for (const start of starts(spec, after, createdAt)) {
    if (endDate && start > endDate) return;
    if (start <= after || start <= createdAt || (startDate && start < startDate)) continue;
    const end = new Date(start.getTime() + durationHours * HOUR);
    yield { start, cutoff: new Date(end.getTime() - cutoffHours * HOUR), end };
  }
}

export function intervalOf({ value, unit }: ParsedRate): number {
  return value * { minute: MINUTE, hour: HOUR, day: DAY }[unit];
}

function starts(spec: ScheduleSpec, after: Date, createdAt: Date): Iterable<Date> {
  const { schedule } = spec;
  switch (schedule.kind) {
    case 'at': return [schedule.instant];
    case 'rate': return rateTimes(schedule, after, createdAt, spec.startDate);
    case 'cron': return spec.offsetDays ? offsetTimes(schedule, spec, spec.offsetDays, after, createdAt)
      : cronTimes(schedule, spec.timeZone ?? 'UTC', latest(after, createdAt, justBefore(spec.startDate)));
  }
}

function* rateTimes(rate: ParsedRate, after: Date, createdAt: Date, startDate?: Date): Generator<Date> {
  const interval = intervalOf(rate);
  const toCome = startDate !== undefined && startDate > createdAt;
  const first = toCome ? startDate.getTime() : createdAt.getTime() + interval;
  const passed = Math.max(0, Math.floor((after.getTime() - first) / interval) + 1);
  for (let time = first + passed * interval; time < HORIZON; time += interval) yield new Date(time);
}

/** Cron times moved on by whole days on the local calendar. */
function* offsetTimes(cron: ParsedCron, spec: ScheduleSpec, offsetDays: number, after: Date, createdAt: Date): Generator<Date> {
  const timeZone = spec.timeZone ?? 'UTC';
  // A local day is never longer than 26 hours
  const from = new Date(after.getTime() - offsetDays * DAY - 2 * HOUR);
  let day = NaN;
  let times: number[] = [];
  for (const time of cronTimes(cron, timeZone, latest(from, createdAt, justBefore(spec.startDate)))) {
    const wall = wallClock(time.getTime(), timeZone);
    if (Math.floor(wall / DAY) !== day) {
      yield* inOrder(times);
      times = [];
      day = Math.floor(wall / DAY);
    }
    times.push(instantOf(wall + offsetDays * DAY, timeZone));
  }
  yield* inOrder(times);
}

/** A gap can move one time of a day past or on to another. */
function inOrder(times: readonly number[]): Date[] {
  return [...new Set(times)].sort((a, b) => a - b).map(time => new Date(time));
}

function latest(...dates: readonly (Date | undefined)[]): Date {
  return new Date(Math.max(...dates.map(date => date?.getTime() ?? -Infinity)));
}

function justBefore(date?: Date): Date | undefined {
  return date && new Date(date.getTime() - 1);
}
