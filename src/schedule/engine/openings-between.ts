import { closedBecause } from './closures';
import type { Opening, ScheduleSpec } from './openings';
import { openings, START_OF_SEARCH } from './openings';

/** Whether only the creation of the window tells when it opens: nothing else is the start of a rate without a start date. */
export function countsFromCreation({ schedule, startDate }: ScheduleSpec): boolean {
  return schedule.kind === 'rate' && startDate === undefined;
}

/**
 * The openings from an instant on and before another one, of a window that exists already: what comes of a cron time before
 * the instant by an offset is among them, and a rate counts from its start date. A rate without one counts from the instant.
 * What would start while the window is off is left out.
 */
export function* openingsBetween(spec: ScheduleSpec, start: Date, end?: Date): Generator<Opening> {
  for (const opening of scheduledBetween(spec, start, end)) {
    if (opening.blackout === undefined) yield opening;
  }
}

/** The same with what would start while the window is off, and why it is. */
export function* scheduledBetween(spec: ScheduleSpec, start: Date, end?: Date): Generator<Opening> {
  const { switches = [] } = spec;
  const found = countsFromCreation(spec) ? openings(spec, start) : openings(spec, new Date(start.getTime() - 1), START_OF_SEARCH);
  for (const opening of found) {
    if (end && opening.start >= end) return;
    const blackout = switches.length === 0 ? undefined : closedBecause(switches, opening.start);
    yield blackout === undefined ? opening : { ...opening, blackout };
  }
}

/** The starts of these openings. */
export function startsBetween(spec: ScheduleSpec, start: Date, end?: Date): Date[] {
  return [...openingsBetween(spec, start, end)].map((opening) => opening.start);
}
