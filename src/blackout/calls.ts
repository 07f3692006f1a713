import type { DayOfAnyYear, OnceDates, YearlyDates } from './dates';
import { daysOfMonth, isBefore } from './dates';
import { LAST_YEAR } from '../schedule/engine/fields';

/** What a window opens at the very beginning of a black-out must find it off: a call comes within the minute, and may have to be repeated. */
export const OFF_LEAD_MINUTES = 5;

/** What opens at the very end must find the window on. Before midnight, so that it is a time which a change of the clocks rarely skips. */
export const ON_LEAD_MINUTES = 2;

/** A call that cannot be made in this time is not made at all, so that none comes after the window was turned on. */
export const OFF_RETRY_MINUTES = 15;

/** Most windows open at the full hour: just before, one that was turned on or made in a black-out is turned off. */
const REPEATS_AT_MINUTE = 55;

/** The last hour of a day in which a call to turn off may be repeated: that at 23:55 would be too near to the end. */
const LAST_HOUR = 22;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When a window is to be turned off and on for a black-out, as the fields of cron expressions without their year. */
interface Calls {
  readonly off: readonly Call[];
  readonly on: Call;
}

interface Call {
  /** Minute, hour, day and month. */
  readonly fields: string;
  readonly year: string;
}

export function callsOf(dates: OnceDates | YearlyDates): Calls {
  return dates.kind === 'once' ? callsOfOnce(dates) : callsOfYearly(dates);
}

/**
 * A year that is over makes a schedule that never comes round, and whether EventBridge Scheduler takes one is not documented, nor what it does
 * with a single time that is over. A further year keeps the expression valid, and a black-out that is over harmless.
 */
function once(year: number): string {
  return `${year},${LAST_YEAR}`;
}

function callsOfOnce({ from, to }: OnceDates): Calls {
  const [off, on] = [from - OFF_LEAD_MINUTES * MINUTE, to - ON_LEAD_MINUTES * MINUTE];
  const next = Math.floor((off - REPEATS_AT_MINUTE * MINUTE) / HOUR + 1) * HOUR + REPEATS_AT_MINUTE * MINUTE;
  const last = on - OFF_RETRY_MINUTES * MINUTE;
  return {
    off: [singleCall(off), ...next <= last ? repeats(new Date(next), new Date(last)) : []],
    on: singleCall(on),
  };
}

function singleCall(time: number): Call {
  const at = new Date(time);
  return { fields: `${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1}`, year: once(at.getUTCFullYear()) };
}

/** Each hour from the hour of one time to that of another, as far as its minute has come. */
function repeats(first: Date, last: Date): Call[] {
  const firstHour = first.getUTCHours();
  const lastHour = new Date(last.getTime() - REPEATS_AT_MINUTE * MINUTE).getUTCHours();
  const [firstDay, lastDay] = [startOfDay(first.getTime()), startOfDay(last.getTime() - REPEATS_AT_MINUTE * MINUTE)];
  if (firstDay === lastDay) {
    return firstHour <= Math.min(lastHour, LAST_HOUR) ? [onDay(firstDay, firstHour, Math.min(lastHour, LAST_HOUR))] : [];
  }
  const head = firstHour > 0 && firstHour <= LAST_HOUR ? [onDay(firstDay, firstHour, LAST_HOUR)] : [];
  const tail = lastHour < LAST_HOUR ? [onDay(lastDay, 0, lastHour)] : [];
  const [from, to] = [firstHour > 0 ? firstDay + DAY : firstDay, lastHour < LAST_HOUR ? lastDay - DAY : lastDay];
  return [...head, ...from <= to ? wholeDays(dated(from), dated(to)) : [], ...tail];
}

function startOfDay(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

function onDay(day: number, firstHour: number, lastHour: number): Call {
  const { year, month, day: ofMonth } = dated(day);
  return { fields: `${REPEATS_AT_MINUTE} ${range(firstHour, lastHour)} ${ofMonth} ${month}`, year: once(year) };
}

interface DatedDay extends DayOfAnyYear {
  readonly year: number;
}

function dated(time: number): DatedDay {
  const at = new Date(time);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

function wholeDays(first: DatedDay, last: DatedDay): Call[] {
  const years = Array.from({ length: last.year - first.year + 1 }, (_, i) => first.year + i);
  return years.flatMap((year) => daysOfYear(
    year === first.year ? first : { month: 1, day: 1 },
    year === last.year ? last : { month: 12, day: 31 },
  ).map((fields) => ({ fields, year: once(year) })));
}

/** Days of one year, a call for those of each month; whole months next to each other are one. */
function daysOfYear(first: DayOfAnyYear, last: DayOfAnyYear): string[] {
  const found: string[] = [];
  for (let month = first.month; month <= last.month; month++) {
    const from = month === first.month ? first.day : 1;
    const to = month === last.month && last.day < daysOfMonth(month) ? last.day : 31;
    let end = month;
    while (from === 1 && to === 31 && (end + 1 < last.month || (end + 1 === last.month && last.day === daysOfMonth(last.month)))) {
      end++;
    }
    found.push(`${REPEATS_AT_MINUTE} ${range(0, LAST_HOUR)} ${from === 1 && to === 31 ? '*' : range(from, to)} ${range(month, end)}`);
    month = end;
  }
  return found;
}

function range(from: number, to: number): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function callsOfYearly({ first, last }: YearlyDates): Calls {
  const eachYear = (fields: string): Call => ({ fields, year: '*' });
  const days = isBefore(last, first)
    ? [...daysOfYear(first, { month: 12, day: 31 }), ...daysOfYear({ month: 1, day: 1 }, last)]
    : daysOfYear(first, last);
  return {
    off: [eachYear(`${60 - OFF_LEAD_MINUTES} 23 ${dayBefore(first)}`), ...days.map(eachYear)],
    on: eachYear(`${60 - ON_LEAD_MINUTES} 23 ${dayIn(last)}`),
  };
}

function dayBefore({ month, day }: DayOfAnyYear): string {
  if (day > 1) {
    return dayIn({ month, day: day - 1 });
  }
  const before = month === 1 ? 12 : month - 1;
  return dayIn({ month: before, day: daysOfMonth(before) });
}

/** The last day of February is another one in leap years. */
function dayIn({ month, day }: DayOfAnyYear): string {
  return `${month === 2 && day === 29 ? 'L' : day} ${month}`;
}
