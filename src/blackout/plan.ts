import { callsOf, OFF_LEAD_MINUTES, ON_LEAD_MINUTES } from './calls';
import type { BlackoutDates, OnceDates, YearlyDates } from './dates';
import { isBefore } from './dates';
import type { WindowSwitch } from '../schedule/engine/closures';
import { FIRST_YEAR, LAST_YEAR } from '../schedule/engine/fields';
import { parseSchedule } from '../schedule/engine/grammar';
import { instantOf } from '../schedule/engine/time-zone';

/** A schedule that turns a window off or on. */
export interface PlannedSwitch extends WindowSwitch {
  readonly expression: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Another black-out that begins in less than this keeps a window off: a call to turn it on may be late. */
const SHORTEST_BREAK = HOUR;

/** So many years hold each calendar there is: with its leap years it comes again after them. */
export const CALENDAR_YEARS = Array.from({ length: 28 }, (_, i) => 2027 + i);

/** Plans of equal black-outs: those of an app are the same for each of its windows. */
const plans = new Map<string, readonly PlannedSwitch[]>();

/**
 * What turns a window off and on for its black-outs.
 *
 * Each black-out turns the window off by itself. It turns it on unless another one has begun, or begins within the hour.
 */
export function switchesOf(blackouts: readonly BlackoutDates[]): readonly PlannedSwitch[] {
  const key = JSON.stringify(blackouts);
  const known = plans.get(key) ?? plan(blackouts);
  plans.set(key, known);
  return known;
}

function plan(blackouts: readonly BlackoutDates[]): PlannedSwitch[] {
  const planned = new Map<string, PlannedSwitch>();
  for (const dates of blackouts) {
    const { off, on } = callsOf(dates);
    off.forEach(({ fields, year }) => put(planned, dates, false, `cron(${fields} ? ${year})`));
    const years = dates.kind === 'once' ? on.year : yearsOfOn(dates, blackouts);
    if (years !== undefined && !(dates.kind === 'once' && blackouts.some((other) => meets(onOf(dates), other)))) {
      put(planned, dates, true, `cron(${on.fields} ? ${years})`);
    }
  }
  return [...planned.values()];
}

/** What several black-outs have in common is done once, and for the reasons of all of them. */
function put(planned: Map<string, PlannedSwitch>, dates: BlackoutDates, enabled: boolean, expression: string): void {
  const timeZone = dates.kind === 'once' ? undefined : dates.timeZone;
  const key = [enabled, expression, timeZone].join();
  const known = planned.get(key);
  const reasons = new Set([...known ? known.reason.split(REASON_SEPARATOR) : [], dates.reason]);
  planned.set(key, { expression, schedule: parseSchedule(expression).schedule!, timeZone, enabled, reason: [...reasons].join(REASON_SEPARATOR) });
}

const REASON_SEPARATOR = ', ';

/** The year field of the call that turns the window on, without years in which another black-out has begun then. */
function yearsOfOn(dates: YearlyDates, all: readonly BlackoutDates[]): string | undefined {
  const yearly = all.filter((other) => other.kind === 'yearly');
  if (CALENDAR_YEARS.some((year) => yearly.some((other) => meets(timesIn(dates, year).on, other)))) {
    return undefined;
  }
  const nearYears = all.flatMap((other) => other.kind === 'once' ? yearsOf(other) : []);
  const left = new Set(nearYears.filter((year) => all.some((other) => other.kind === 'once' && meets(timesIn(dates, year).on, other))));
  return left.size === 0 ? '*' : yearsBut(left, isBefore(dates.last, dates.first) ? 1 : 0);
}

/** The years in which a yearly black-out can begin that meets this one. */
function yearsOf({ from, to }: OnceDates): number[] {
  const [first, last] = [new Date(from).getUTCFullYear() - 1, new Date(to).getUTCFullYear()];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** @param ends in how many years after its first day a black-out ends */
function yearsBut(left: ReadonlySet<number>, ends: number): string {
  const parts: string[] = [];
  let from = FIRST_YEAR;
  for (let year = FIRST_YEAR; year <= LAST_YEAR + 1; year++) {
    if (year > LAST_YEAR || left.has(year - ends)) {
      if (from < year) {
        parts.push(from === year - 1 ? String(from) : `${from}-${year - 1}`);
      }
      from = year + 1;
    }
  }
  return parts.join(',');
}

interface CallTimes {
  readonly off: number;
  readonly on: number;
}

function onOf({ to }: OnceDates): number {
  return to - ON_LEAD_MINUTES * MINUTE;
}

/** Whether a time, at which one black-out turns a window on, is within another one or shortly before it. */
function meets(time: number, other: BlackoutDates): boolean {
  return timesAround(time, other).some(({ off, on }) => time >= off - SHORTEST_BREAK && time < on);
}

function timesAround(time: number, dates: BlackoutDates): CallTimes[] {
  if (dates.kind === 'once') {
    return [{ off: dates.from - OFF_LEAD_MINUTES * MINUTE, on: onOf(dates) }];
  }
  const year = new Date(time).getUTCFullYear();
  return [year - 1, year, year + 1].map((one) => timesIn(dates, one));
}

/** The calls of a yearly black-out that begins in a year. */
function timesIn({ first, last, timeZone = 'UTC' }: YearlyDates, year: number): CallTimes {
  const start = Date.UTC(year, first.month - 1, first.day);
  const lastYear = isBefore(last, first) ? year + 1 : year;
  // the 29th of February is the first of March in other years, so that the day before is the last of February
  const lastDay = Date.UTC(lastYear, last.month - 1, last.day);
  const isLeapDay = last.month === 2 && last.day === 29 && new Date(lastDay).getUTCMonth() !== 1;
  return {
    off: instantOf(start - OFF_LEAD_MINUTES * MINUTE, timeZone),
    on: instantOf(lastDay + (isLeapDay ? 0 : DAY) - ON_LEAD_MINUTES * MINUTE, timeZone),
  };
}

/** The beginning and the end, exclusive, of a yearly black-out that begins in a year. */
export function timesOfYear(dates: YearlyDates, year: number): { readonly start: number; readonly end: number } {
  const { off, on } = timesIn(dates, year);
  return { start: off + OFF_LEAD_MINUTES * MINUTE, end: on + ON_LEAD_MINUTES * MINUTE };
}

/** Years that stand for any. */
const SAMPLE_YEARS = [2028, 2029];

/** When a black-out begins; one that comes each year in two years that stand for any. */
export function beginsOf(dates: BlackoutDates): Date[] {
  return dates.kind === 'once' ? [new Date(dates.from)]
    : SAMPLE_YEARS.map((year) => new Date(timesOfYear(dates, year).start));
}
