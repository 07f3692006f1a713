import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { occurrences } from './occurrences';
import type { Opening, ScheduleSpec } from './schedule/occurrences';
import { countsFromCreation } from './window-spec';
import type { WindowSpec } from './window-spec';
import type { CalendarRange } from '../occurrence';

/** A window that is defined in this app. */
interface OrderedWindow extends IConstruct {
  readonly _windowSpec: WindowSpec;
}

/** Fails with the first opening of a window before which the one that should come first did not open. */
export function checkOrder(earlier: OrderedWindow, later: OrderedWindow, range: CalendarRange, within: Duration): void {
  const reach = within.toMilliseconds();
  const first = occurrences(earlier, specOf(earlier), { start: new Date(range.start.getTime() - reach), end: range.end });
  const second = occurrences(later, specOf(later), range);
  const fix = `'${earlier.node.path}' must open and close before '${later.node.path}' opens`;
  if (second.length === 0) {
    throw validationError(later, `${fix}, got no opening of '${later.node.path}' from ${range.start.toISOString()} to ${range.end.toISOString()}, choose another time`);
  }
  let before: Opening | undefined;
  for (const opening of second) {
    const since = Math.max(opening.start.getTime() - reach, before?.start.getTime() ?? -Infinity);
    const preceding = first.filter(({ start }) => start.getTime() >= since && start < opening.start);
    if (!preceding.some(({ end }) => end <= opening.start)) {
      throw validationError(later, `${fix}, got ${monthOf(opening.start)}, where it opens at ${opening.start.toISOString()} `
        + `and ${preceding.length > 0 ? `'${earlier.node.path}' is still open` : `'${earlier.node.path}' did not open in the ${within.toHumanString()} before`}, change one of the schedules`);
    }
    before = opening;
  }
}

function specOf(window: OrderedWindow): ScheduleSpec {
  const known = window._windowSpec;
  if ('unknown' in known) {
    throw validationError(window, `cannot prove the order of a schedule ${known.unknown}`);
  }
  if (countsFromCreation(known.spec)) {
    throw validationError(window, 'cannot prove the order of a rate, which counts from the creation of its window, give a startDate or use cron');
  }
  return known.spec;
}

function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}
