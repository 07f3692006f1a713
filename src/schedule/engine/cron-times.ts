import { CRON_FIELDS, expandRange, LAST_YEAR } from './fields';
import type { CronFieldName, CronTerm } from './fields';
import type { ParsedCron } from './grammar';
import { valuesOf } from './grammar';
import { fixedOffsetMinutes, wallClock } from './time-zone';

/*
 * A walk over the days of the local calendar. What becomes of a local time that a change of the clocks leaves out or repeats, in the words of Temporal:
 *
 *                                  gap           overlap
 *   fixed time of day              reject        earlier
 *   `*` or `/` in hour or minute   reject        both
 *   after an offset of days        compatible    earlier      (`instantOf`)
 *
 * The service documents none of it.
 */

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The times of a cron strictly after an instant, up to the last year that the service knows. */
export function* cronTimes(cron: ParsedCron, timeZone: string, after: Date): Generator<Date> {
  const times = timesOfDay(cron);
  const fixed = isFixedTime(cron);
  // a day can repeat hours of the one before it
  const firstDay = Math.floor(wallClock(after.getTime(), timeZone) / DAY) - 1;
  let repeated: number[] = [];
  for (const day of daysOf(cron, firstDay)) {
    const offsets = offsetsAround(timeZone, day);
    const instants = times.map((time) => day * DAY + time).flatMap((wall) => instantsOf(wall, timeZone, offsets, fixed));
    const all = repeated.length > 0 || offsets.length > 1 ? [...repeated, ...instants].sort((a, b) => a - b) : instants;
    // the next day does not begin before this
    const known = offsets.length > 1 ? (day + 1) * DAY - Math.max(...offsets) : Infinity;
    for (const instant of all) {
      if (instant < known && instant > after.getTime()) yield new Date(instant);
    }
    repeated = all.filter((instant) => instant >= known);
  }
  for (const instant of repeated) {
    if (instant > after.getTime()) yield new Date(instant);
  }
}

/** Whether hour, minute and second are given without `*` and without an increment that leads to more than one value. */
export function isFixedTime({ fields }: ParsedCron): boolean {
  return [...fields.hour, ...fields.minute, ...fields.second].every(term => term.kind === 'range' && (term.step === 1 || term.from === term.to));
}

/** In milliseconds after midnight. */
export function timesOfDay({ fields }: ParsedCron): number[] {
  const [hours, minutes, seconds] = [valuesOf('hour', fields.hour), valuesOf('minute', fields.minute), valuesOf('second', fields.second)];
  return hours.flatMap(hour => minutes.flatMap(minute => seconds.map(second => ((hour * 60 + minute) * 60 + second) * 1_000)));
}

/** The days of the calendar that match, counted from 1970-01-01. */
function* daysOf(cron: ParsedCron, firstDay: number): Generator<number> {
  const first = new Date(firstDay * DAY);
  const months = new Set(valuesOf('month', cron.fields.month));
  const years = valuesOf('year', cron.fields.year);
  for (const year of years.filter((one) => one >= first.getUTCFullYear() && one <= LAST_YEAR)) {
    for (let month = 0; month < 12; month++) {
      if (months.has(month + 1)) yield* daysOfMonth(cron, year, month, firstDay);
    }
  }
}

function* daysOfMonth({ fields }: ParsedCron, year: number, month: number, firstDay: number): Generator<number> {
  const begin = Date.UTC(year, month, 1) / DAY;
  const length = Date.UTC(year, month + 1, 1) / DAY - begin;
  // the first of January 1970 was a Thursday
  const weekDayOf = (day: number) => (begin + day - 1 + 4) % 7;
  for (let day = Math.max(1, firstDay - begin + 1); day <= length; day++) {
    const matches = fields.day.some((term) => matchesDay(term, day, length, weekDayOf))
      && fields.weekDay.some((term) => matchesWeekDay(term, day, length, weekDayOf(day) + 1));
    if (matches) yield begin + day - 1;
  }
}

function matchesDay(term: CronTerm, day: number, length: number, weekDayOf: (day: number) => number): boolean {
  switch (term.kind) {
    case 'unspecified': return true;
    case 'lastDay': {
      const last = length - term.before;
      return term.before < length && day === (term.weekday ? nearestWeekday(last, length, weekDayOf) : last);
    }
    case 'nearestWeekday': return term.day <= length && day === nearestWeekday(term.day, length, weekDayOf);
    default: return isAmong('day', term, day);
  }
}

/** @param weekDay in the numbers of the service: Sunday is 1 */
function matchesWeekDay(term: CronTerm, day: number, length: number, weekDay: number): boolean {
  switch (term.kind) {
    case 'unspecified': return true;
    // without a day it is the last one of the week
    case 'lastDay': return weekDay === CRON_FIELDS.weekDay.max;
    case 'lastWeekDay': return weekDay === term.weekDay && day + 7 > length;
    case 'nthWeekDay': return weekDay === term.weekDay && Math.ceil(day / 7) === term.nth;
    default: return isAmong('weekDay', term, weekDay);
  }
}

function isAmong(field: CronFieldName, term: CronTerm, value: number): boolean {
  if (term.kind === 'every') return (value - CRON_FIELDS[field].min) % term.step === 0;
  if (term.kind !== 'range') return false;
  return expandRange(field, term).includes(value);
}

/** The day from Monday to Friday nearest to a day, without leaving the month. */
function nearestWeekday(day: number, length: number, weekDayOf: (day: number) => number): number {
  const weekDay = weekDayOf(day);
  if (weekDay === 6) return day === 1 ? 3 : day - 1;
  if (weekDay === 0) return day === length ? day - 2 : day + 1;
  return day;
}

/** The instants at which clocks show a local time: none in a gap, two in an overlap. */
function instantsOf(wall: number, timeZone: string, offsets: readonly number[], fixed: boolean): number[] {
  if (offsets.length === 1) return [wall - offsets[0]];
  const instants = offsets.map((offset) => wall - offset).filter((instant) => wallClock(instant, timeZone) === wall);
  return fixed ? instants.slice(0, 1) : instants;
}

/** What the clocks are ahead of UTC around a local day, the most first, so that the earlier instant comes first. */
function offsetsAround(timeZone: string, day: number): number[] {
  const fixed = fixedOffsetMinutes(timeZone);
  if (fixed !== undefined) return [fixed * MINUTE];
  return [...new Set([day - 1, day, day + 1, day + 2].map((one) => offsetAt(timeZone, one)))].sort((a, b) => b - a);
}

/** Kept: asking Intl takes longer than all else, and the windows of an app share a few zones. */
const keptOffsets = new Map<string, Map<number, number>>();

/** What the clocks are ahead of UTC when a day begins in UTC. */
function offsetAt(timeZone: string, day: number): number {
  const ofZone = keptOffsets.get(timeZone) ?? new Map<number, number>();
  keptOffsets.set(timeZone, ofZone);
  const offset = ofZone.get(day) ?? wallClock(day * DAY, timeZone) - day * DAY;
  ofZone.set(day, offset);
  return offset;
}
