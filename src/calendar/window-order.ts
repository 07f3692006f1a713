import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import type { Opening, ScheduleSpec } from '../schedule/engine/openings';
import { countsFromCreation, openingsBetween } from '../schedule/engine/openings-between';
import type { PreviewRange } from '../schedule/occurrence';
import type { WindowSpec } from '../schedule/window-spec';

/** A window that is defined in this app. */
interface OrderedWindow extends IConstruct {
  readonly _enabled: boolean;
  readonly _windowSpec: WindowSpec;
}

/** Fails with the first opening of a window before which the one that should come first did not open and close. */
export function checkOrder(earlier: OrderedWindow, later: OrderedWindow, range: PreviewRange, within: Duration): void {
  const [specOfEarlier, specOfLater] = [specOf(earlier), specOf(later)];
  // what came before decides about the first opening of the range too
  const from = new Date(range.start.getTime() - within.toMilliseconds());
  const first = [...openingsBetween(specOfEarlier, from, range.end)];
  const second = [...openingsBetween(specOfLater, from, range.end)];
  const rule = `'${earlier.node.path}' must end before '${later.node.path}' starts`;
  if (!second.some(({ start }) => start >= range.start)) {
    throw validationError(later, `${rule}, got no occurrence of '${later.node.path}' from ${range.start.toISOString()} to ${range.end.toISOString()}, choose another time`);
  }
  let next = 0;
  second.forEach((opening, index) => {
    while (next < first.length && first[next].start < opening.start) {
      next += 1;
    }
    const problem = opening.start < range.start ? undefined : problemOf(earlier.node.path, first[next - 1], opening, second[index - 1], within);
    if (problem) {
      throw validationError(later, `${rule}, got an occurrence of '${later.node.path}' at ${opening.start.toISOString()} ${problem}, change one of the schedules`);
    }
  });
}

/** All openings of a window are equally long, so the last one before decides. */
function problemOf(
  earlier: string, preceding: Opening | undefined, opening: Opening, before: Opening | undefined, within: Duration): string | undefined {
  if (!preceding || preceding.start.getTime() < opening.start.getTime() - within.toMilliseconds()) {
    return `without a preceding occurrence of '${earlier}' within ${within.toHumanString()}`;
  }
  if (preceding.end > opening.start) {
    return `while '${earlier}' is open until ${preceding.end.toISOString()}`;
  }
  return before && preceding.start <= before.start ? `without an occurrence of '${earlier}' since the one before, at ${before.start.toISOString()}` : undefined;
}

function specOf(window: OrderedWindow): ScheduleSpec {
  const known = window._windowSpec;
  if (!window._enabled) {
    throw validationError(window, "cannot prove the order of a disabled window, which has no occurrences, remove 'enabled: false' or the proof");
  }
  if ('unknown' in known) {
    throw validationError(window, `cannot prove the order of a schedule ${known.unknown}`);
  }
  if (countsFromCreation(known.spec)) {
    throw validationError(window, 'cannot prove the order of a rate, which counts from the creation of its window, give a startDate or use cron');
  }
  return known.spec;
}
