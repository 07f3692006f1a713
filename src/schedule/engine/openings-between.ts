import type { Opening, ScheduleSpec } from './openings';
import { openings, START_OF_SEARCH } from './openings';

/** Whether only the creation of the window tells when it opens: nothing else is the start of a rate without a start date. */
export function countsFromCreation({ schedule, startDate }: ScheduleSpec): boolean {
  return schedule.kind === 'rate' && startDate === undefined;
}

/**
 * The openings from an instant on and before another one, of a window that exists already: what comes of a cron time before
 * the instant by an offset is among them, and a rate counts from its start date. A rate without one counts from the instant.
 */
export function* openingsBetween(spec: ScheduleSpec, start: Date, end?: Date): Generator<Opening> {
  const found = countsFromCreation(spec) ? openings(spec, start) : openings(spec, new Date(start.getTime() - 1), START_OF_SEARCH);
  for (const opening of found) {
    if (end && opening.start >= end) return;
    yield opening;
  }
}
