import type { CronTerm } from '../schedule/engine/fields';
import type { Opening, ScheduleSpec } from '../schedule/engine/openings';
import { wallClock } from '../schedule/engine/time-zone';

const DAY = 86_400_000;
const WEEK_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** The day of the week on which an opening starts. */
export function weekDayOf({ start }: Opening, { timeZone = 'UTC' }: ScheduleSpec): string {
  return WEEK_DAYS[new Date(wallClock(start.getTime(), timeZone)).getUTCDay()];
}

/** Whether two schedules choose their days by the same fields. */
export function chooseDaysAlike(one: ScheduleSpec, other: ScheduleSpec): boolean {
  return JSON.stringify(daysOf(one)) === JSON.stringify(daysOf(other));
}

function daysOf({ schedule, offsetDays }: ScheduleSpec): unknown {
  return schedule.kind === 'cron' ? [schedule.fields.day, schedule.fields.weekDay, offsetDays ?? 0] : schedule.kind;
}

/** The day on which an opening starts as its cron chooses it, such as "second Sunday" or "day 1": without it, the day of the week. */
export function dayWords(opening: Opening, spec: ScheduleSpec): string {
  const { schedule, offsetDays = 0, timeZone = 'UTC' } = spec;
  if (schedule.kind !== 'cron') {
    return weekDayOf(opening, spec);
  }
  const chosen = new Date(wallClock(opening.start.getTime(), timeZone) - offsetDays * DAY);
  const words = byWeekDay(schedule.fields.weekDay, chosen) ?? byDayOfMonth(schedule.fields.day, chosen) ?? WEEK_DAYS[chosen.getUTCDay()];
  return offsetDays === 0 ? words : `${words} + ${offsetDays} ${offsetDays === 1 ? 'day' : 'days'}`;
}

function byWeekDay(terms: readonly CronTerm[], chosen: Date): string | undefined {
  const nth = terms.find((term) => term.kind === 'nthWeekDay');
  const last = terms.find((term) => term.kind === 'lastWeekDay');
  const place = nth ? ORDINALS[nth.nth - 1] : last ? 'last' : undefined;
  return place && `${place} ${WEEK_DAYS[chosen.getUTCDay()]}`;
}

function byDayOfMonth(terms: readonly CronTerm[], chosen: Date): string | undefined {
  const last = terms.find((term) => term.kind === 'lastDay');
  const nearest = terms.find((term) => term.kind === 'nearestWeekday');
  if (last) {
    const name = last.weekday ? 'last weekday' : 'last day';
    return last.before === 0 ? name : `${last.before} ${last.before === 1 ? 'day' : 'days'} before the ${name}`;
  }
  if (nearest) {
    return `weekday nearest to day ${nearest.day}`;
  }
  return terms.some((term) => term.kind === 'range') ? `day ${chosen.getUTCDate()}` : undefined;
}
