import { firstSkippedStart, neverOpens, reopensWithin } from './engine/faults';
import type { CronTerm } from './engine/fields';
import type { ScheduleSpec } from './engine/openings';
import { openingsBetween } from './engine/openings-between';
import type { Span } from './reference-span';
import { referenceSpan } from './reference-span';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';

const MINUTE = 60_000;

/** Kept: the windows of an app share a few schedules. */
const WARNINGS = new Map<string, readonly Advice[]>();

/** What is wrong with a schedule at any date. */
export function scheduleWarnings(expression: string, spec: ScheduleSpec): readonly Advice[] {
  const { schedule: _, ...rest } = spec;
  const key = JSON.stringify([expression, rest]);
  const known = WARNINGS.get(key) ?? findWarnings(expression, spec);
  WARNINGS.set(key, known);
  return known;
}

function findWarnings(expression: string, spec: ScheduleSpec): readonly Advice[] {
  if (!opensEveryMonth(spec) && neverOpens(spec)) {
    return [{
      id: 'neverOpens',
      message: `'schedule' must have a time${bounded(spec)} to open at, got expression ${formatValue(expression)}, which never does, correct the date`,
    }];
  }
  return [...reopeningAdvice(expression, spec), ...gapAdvice(expression, spec, referenceSpan(spec))];
}

function bounded({ startDate, endDate }: ScheduleSpec): string {
  return startDate || endDate ? " between 'startDate' and 'endDate'" : '';
}

/** Tells most schedules at a glance: to search for their first opening takes longer than all the rest. */
function opensEveryMonth({ schedule, startDate, endDate }: ScheduleSpec): boolean {
  if (schedule.kind !== 'cron' || startDate || endDate) {
    return false;
  }
  const { day, month, year } = schedule.fields;
  const isAny = ({ kind, ...term }: CronTerm) => kind === 'unspecified' || kind === 'every' && 'step' in term && term.step === 1;
  return [...day, ...month, ...year].every(isAny) && schedule.fields.weekDay.every((term) => term.kind !== 'nthWeekDay' || term.nth < 5);
}

/** What is wrong with a schedule as of a date, and is not told as wrong at any date. */
export function scheduleWarningsBetween(expression: string, spec: ScheduleSpec, span: Span): Advice[] {
  const told = scheduleWarnings(expression, spec).map(({ id }) => id);
  const advice = openingsBetween(spec, span.start).next().done ? [neverAgain(expression, spec, span.start)] : gapAdvice(expression, spec, span);
  return told.includes('neverOpens') ? [] : advice.filter(({ id }) => !told.includes(id));
}

function neverAgain(expression: string, { endDate }: ScheduleSpec, start: Date): Advice {
  return {
    id: 'neverOpensAgain',
    message: `'schedule' must have a time from ${start.toISOString()} on to open at, got expression ${formatValue(expression)}`
      + `${endDate ? ` and endDate ${endDate.toISOString()}` : ''}, choose a later date or remove the window`,
  };
}

function reopeningAdvice(expression: string, { schedule, durationHours }: ScheduleSpec): Advice[] {
  const interval = reopensWithin(schedule, durationHours);
  return interval === undefined ? [] : [{
    id: 'opensAgainBeforeItClosed',
    message: `'duration' should be shorter than the time from one opening to the next, got duration ${count(durationHours, 'hour')} and expression ${formatValue(expression)}, `
      + `which opens again after ${count(interval / MINUTE, 'minute')}: an execution that finds the one before still running is skipped, open less often`,
  }];
}

function gapAdvice(expression: string, spec: ScheduleSpec, span: Span): Advice[] {
  const start = new Date(Math.max(span.start.getTime(), spec.startDate?.getTime() ?? -Infinity));
  const end = new Date(Math.min(span.end.getTime(), spec.endDate?.getTime() ?? Infinity));
  const skipped = firstSkippedStart(spec, start, end);
  return skipped === undefined ? [] : [{
    id: 'opensInClockChange',
    message: `'schedule' should not open at a time that a change to daylight saving time skips, got expression ${formatValue(expression)}, `
      + `such as at ${skipped.localTime} in ${spec.timeZone}, where AWS does not document what happens, choose another hour`,
  }];
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
