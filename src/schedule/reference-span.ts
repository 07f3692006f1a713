import type { Opening, ScheduleSpec } from './engine/openings';
import { START_OF_SEARCH } from './engine/openings';
import { openingsBetween } from './engine/openings-between';

/** A stretch of time to look at. */
export interface Span {
  readonly start: Date;
  readonly end: Date;
}

/**
 * Two years that stand for any: without a clock, schedules can only be compared with each other and with the changes of
 * their zone's clocks on some calendar, and what meets there meets in most years.
 */
export const REFERENCE_YEARS: Span = { start: new Date('2028-01-01T00:00:00Z'), end: new Date('2030-01-01T00:00:00Z') };

const LENGTH = REFERENCE_YEARS.end.getTime() - REFERENCE_YEARS.start.getTime();

/** Whether a schedule is at work at certain dates only. */
export function isBoundToDates({ schedule, startDate, endDate }: ScheduleSpec): boolean {
  return schedule.kind === 'at' || startDate !== undefined || endDate !== undefined
    || schedule.kind === 'cron' && !schedule.fields.year.some((term) => term.kind === 'every' && term.step === 1);
}

/** Whether a schedule opens in the reference years as in any others. */
export function coversReferenceYears(spec: ScheduleSpec): boolean {
  const { schedule, startDate = START_OF_SEARCH, endDate = REFERENCE_YEARS.end } = spec;
  return startDate <= REFERENCE_YEARS.start && endDate >= REFERENCE_YEARS.end
    && !isBoundToDates({ ...spec, schedule, startDate: undefined, endDate: undefined });
}

/** Three weeks of the reference years, in which schedules that repeat every week meet if they ever do. */
export const REFERENCE_WEEKS: Span = { start: REFERENCE_YEARS.start, end: new Date(REFERENCE_YEARS.start.getTime() + 21 * 24 * 3_600_000) };

/** Whether a schedule opens at the same local times in every week. What turns the window off and on does so in some of them. */
export function repeatsEveryWeek({ schedule, offsetDays, switches }: ScheduleSpec): boolean {
  return schedule.kind === 'cron' && offsetDays === undefined && switches === undefined
    && [...schedule.fields.day, ...schedule.fields.month].every((term) => term.kind === 'unspecified' || (term.kind === 'every' && term.step === 1))
    && schedule.fields.weekDay.every(({ kind }) => ['every', 'range', 'unspecified'].includes(kind));
}

/** The time in which to look at a schedule: its own first two years, or those that stand for any. */
export function referenceSpan(spec: ScheduleSpec): Span {
  const first: Opening | undefined = isBoundToDates(spec) ? openingsBetween(spec, START_OF_SEARCH).next().value : undefined;
  return first ? { start: first.start, end: new Date(first.start.getTime() + LENGTH) } : REFERENCE_YEARS;
}
