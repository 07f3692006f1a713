import type { ScheduleSpec } from './engine/openings';
import { countsFromCreation } from './engine/openings-between';

/** Schedules that recur and meet each opening, or why there are none. */
export type Recurrence<S> = { readonly schedules: readonly S[] } | { readonly reason: string };

/** Whether the openings are known without the time from which to look. */
export function isSingle({ schedule }: ScheduleSpec): boolean {
  return schedule.kind === 'at';
}

/** Why not even single openings are known. */
export function unknownOpenings(spec: ScheduleSpec): string | undefined {
  return countsFromCreation(spec) ? 'a rate without \'startDate\' counts from the creation of the window, which nobody knows' : undefined;
}

/** The first instant that is in one of two lists in order and not in the other. */
export function firstDifference(a: readonly number[], b: readonly number[]): number | undefined {
  const index = a.findIndex((instant, i) => instant !== b[i]);
  return index < 0 ? b[a.length] : Math.min(a[index], b[index] ?? Infinity);
}
