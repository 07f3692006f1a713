import type { ParsedSchedule } from './engine/grammar';
import type { Opening, ScheduleSpec } from './engine/openings';
import { countsFromCreation, openingsBetween } from './engine/openings-between';
import type { Span } from './reference-span';
import { isBoundToDates, referenceSpan } from './reference-span';

/** No window is open for longer, so none that opened before is open still. */
const LONGEST_OPENING = 24 * 3_600_000;

/**
 * The first instant at which both schedules have their windows open, in a span or, without one, in the years that stand for
 * any. A rate that counts from the creation of its window is never said to overlap.
 */
export function firstOverlap(a: ScheduleSpec, b: ScheduleSpec, span?: Span): Date | undefined {
  if (countsFromCreation(a) || countsFromCreation(b)) {
    return undefined;
  }
  const spans = span ? [span] : spansOf(a, b);
  return spans.map((one) => firstOverlapWithin(a, b, one)).find((instant) => instant !== undefined);
}

/** A schedule that is bound to dates meets the other one there or nowhere. */
function spansOf(...specs: readonly ScheduleSpec[]): Span[] {
  const bound = specs.filter(isBoundToDates);
  return bound.length > 0 ? bound.map(referenceSpan) : [referenceSpan(specs[0])];
}

function firstOverlapWithin(a: ScheduleSpec, b: ScheduleSpec, span: Span): Date | undefined {
  const [left, right] = [openingsAround(a, span), openingsAround(b, span)];
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

/** Openings in their order, computed as far as somebody asks and then kept: a window is compared with many others. */
class KeptOpenings {
  private readonly kept: Opening[] = [];

  constructor(private readonly source: Iterator<Opening>) {}

  public at(index: number): Opening | undefined {
    while (this.kept.length <= index) {
      const { value, done } = this.source.next();
      if (done) {
        return undefined;
      }
      this.kept.push(value);
    }
    return this.kept[index];
  }
}

const KEPT = new WeakMap<ParsedSchedule, Map<string, KeptOpenings>>();

/** The openings in a span, and those before that may still be open in it. */
function openingsAround(spec: ScheduleSpec, { start, end }: Span): KeptOpenings {
  const { schedule, ...rest } = spec;
  const key = JSON.stringify([rest, start, end]);
  const ofSchedule = KEPT.get(schedule) ?? new Map<string, KeptOpenings>();
  KEPT.set(schedule, ofSchedule);
  const openings = ofSchedule.get(key) ?? new KeptOpenings(openingsBetween(spec, new Date(start.getTime() - LONGEST_OPENING), end));
  ofSchedule.set(key, openings);
  return openings;
}
