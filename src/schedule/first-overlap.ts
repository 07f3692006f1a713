import type { ScheduleSpec } from './engine/openings';
import { countsFromCreation } from './engine/openings-between';
import { KeptOpenings } from './kept-openings';
import type { Span } from './reference-span';
import { isBoundToDates, referenceSpan } from './reference-span';

/**
 * The first instant at which both schedules have their windows open, in a span or, without one, in the years that stand for
 * any. A rate that counts from the creation of its window is never said to overlap.
 */
export function firstOverlap(a: ScheduleSpec, b: ScheduleSpec, span?: Span, openings: KeptOpenings = new KeptOpenings()): Date | undefined {
  if (countsFromCreation(a) || countsFromCreation(b)) {
    return undefined;
  }
  const spans = span ? [span] : spansOf(a, b);
  return spans.map((one) => firstOverlapWithin(openings, a, b, one)).find((instant) => instant !== undefined);
}

/** A schedule that is bound to dates meets the other one there or nowhere. */
function spansOf(...specs: readonly ScheduleSpec[]): Span[] {
  const bound = specs.filter(isBoundToDates);
  return bound.length > 0 ? bound.map(referenceSpan) : [referenceSpan(specs[0])];
}

function firstOverlapWithin(openings: KeptOpenings, a: ScheduleSpec, b: ScheduleSpec, span: Span): Date | undefined {
  const [left, right] = [openings.around(a, span), openings.around(b, span)];
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [left.at(i), right.at(j)];
    if (!one || !other) {
      return undefined;
    }
    const start = one.start > other.start ? one.start : other.start;
    const end = one.end < other.end ? one.end : other.end;
    if (start < end && end > span.start) {
      return start > span.start ? start : span.start;
    }
    if (one.end < other.end) {
      i += 1;
    } else {
      j += 1;
    }
  }
}
