import { firstSkippedStart, neverOpens, reopensWithin } from './schedule/checks';
import type { ScheduleSpec } from './schedule/occurrences';
import { openings } from './schedule/occurrences';
import { shown } from './validation';
import type { Advice } from './warnings';

/**
 * Two years that stand for any: without a clock the changes of a zone's clocks can only be looked up on some calendar, and a
 * schedule that meets them there meets them in most years.
 */
export const REFERENCE_YEARS = { start: new Date('2028-01-01T00:00:00Z'), end: new Date('2030-01-01T00:00:00Z') };

const MINUTE = 60_000;

/** What is wrong with a schedule at any date. */
export function timelessAdvice(expression: string, spec: ScheduleSpec): Advice[] {
  if (neverOpens(spec)) {
    return [{
      id: 'neverOpens',
      message: `'schedule' must have a time between 'startDate' and 'endDate' to open at, got expression ${shown(expression)}, which never does, correct the date`,
    }];
  }
  return [...reopeningAdvice(expression, spec), ...gapAdvice(expression, spec, REFERENCE_YEARS.start, REFERENCE_YEARS.end)];
}

/** What is wrong with a schedule as of a date. */
export function datedAdvice(expression: string, spec: ScheduleSpec, start: Date, end: Date): Advice[] {
  if (openings(spec, start).next().done) {
    return [{
      id: 'neverOpensAgain',
      message: `'schedule' must have a time after ${start.toISOString()} to open at, got expression ${shown(expression)}`
        + `${spec.endDate ? ` and endDate ${spec.endDate.toISOString()}` : ''}, choose a later date or remove the window`,
    }];
  }
  return gapAdvice(expression, spec, start, end);
}

function reopeningAdvice(expression: string, { schedule, durationHours }: ScheduleSpec): Advice[] {
  const interval = reopensWithin(schedule, durationHours);
  return interval === undefined ? [] : [{
    id: 'opensAgainBeforeItClosed',
    message: `'duration' should be shorter than the time from one opening to the next, got duration ${durationHours} hours and expression ${shown(expression)}, `
      + `which opens again after ${interval / MINUTE} minutes: an execution that finds the one before still running is skipped, open less often`,
  }];
}

function gapAdvice(expression: string, spec: ScheduleSpec, start: Date, end: Date): Advice[] {
  const skipped = firstSkippedStart(spec, start, end);
  return skipped === undefined ? [] : [{
    id: 'opensInClockChange',
    message: `'schedule' should not open at a time that a change to daylight saving time skips, got expression ${shown(expression)}, `
      + `such as at ${skipped.localTime} in ${spec.timeZone}, where AWS does not document what happens, choose another hour`,
  }];
}
