import type { Opening, ScheduleSpec } from './engine/openings';
import { openingsBetween } from './engine/openings-between';
import type { Span } from './reference-span';

/** No window is open for longer, so none that opened before is open still. */
const LONGEST_OPENING = 24 * 3_600_000;

/** Openings in their order, computed as far as somebody asks and then kept. */
class OpeningList {
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

/** Openings of schedules, those of equal schedules computed once: a window is compared with many others. */
export class KeptOpenings {
  private readonly lists = new Map<string, OpeningList>();

  /** The openings in a span, and those before that may still be open in it. */
  public around(spec: ScheduleSpec, { start, end }: Span): OpeningList {
    const key = JSON.stringify([spec, start, end]);
    const list = this.lists.get(key) ?? new OpeningList(openingsBetween(spec, new Date(start.getTime() - LONGEST_OPENING), end));
    this.lists.set(key, list);
    return list;
  }
}
