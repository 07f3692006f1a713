import type { Opening, ScheduleSpec } from './engine/openings';
import type { KeptOpenings } from './kept-openings';
import type { Span } from './reference-span';

/** That a schedule is open together with one before it in a list. */
interface Meeting {
  /** The place of the other one in the list. */
  readonly earlier: number;
  /** The first time at which both are open. */
  readonly instant: Date;
}

/** Where a schedule is in its openings. */
interface Cursor {
  readonly place: number;
  readonly opening: Opening;
  readonly index: number;
}

/**
 * For each schedule of a list, some of those before it with which it is open at the same time, in a span.
 *
 * Goes through the openings of all in the order of time, once. A schedule that has met enough others is looked at only as long as later ones may meet it.
 *
 * @param limit how many to find for a schedule, at least one if there is one
 * @param canMeet whether what has the schedules can be on the same nodes; asked for pairs that are open together
 */
export function findMeetings(
  specs: readonly ScheduleSpec[],
  { span, limit, openings, canMeet }: { span: Span; limit: number; openings: KeptOpenings; canMeet: (later: number, earlier: number) => boolean },
): readonly (readonly Meeting[])[] {
  const lists = specs.map((spec) => openings.around(spec, span));
  const found: Meeting[][] = specs.map(() => []);
  const queue = new CursorQueue();
  const advance = (place: number, index: number) => {
    const opening = lists[place].at(index);
    opening && queue.push({ place, opening, index });
  };
  specs.forEach((_, place) => advance(place, 0));

  let searching = specs.length - 1;
  let open: Cursor[] = [];
  for (let next = queue.pop(); next && searching > 0; next = queue.pop()) {
    const { place, opening, index } = next;
    open = open.filter((other) => other.opening.end > opening.start && other.place <= searching);
    for (const other of opening.end > span.start ? open : []) {
      const [later, earlier] = other.place > place ? [other.place, place] : [place, other.place];
      const known = found[later];
      if (later !== earlier && known.length < limit && !known.some((meeting) => meeting.earlier === earlier) && canMeet(later, earlier)) {
        known.push({ earlier, instant: opening.start > span.start ? opening.start : span.start });
      }
    }
    while (searching > 0 && found[searching].length >= Math.min(limit, searching)) {
      searching -= 1;
    }
    if (place <= searching) {
      open.push(next);
      advance(place, index + 1);
    }
  }
  return found;
}

function parentOf(at: number): number {
  return Math.floor((at - 1) / 2);
}

/** A heap of cursors, by the start of their openings, then by their place. */
class CursorQueue {
  private readonly heap: Cursor[] = [];

  public push(cursor: Cursor): void {
    let at = this.heap.push(cursor) - 1;
    while (at > 0 && this.isBefore(at, parentOf(at))) {
      this.swap(at, parentOf(at));
      at = parentOf(at);
    }
  }

  public pop(): Cursor | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.heap.length && this.isBefore(left, least)) { least = left; }
      if (right < this.heap.length && this.isBefore(right, least)) { least = right; }
      if (least === at) { return; }
      this.swap(at, least);
      at = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    const difference = one.opening.start.getTime() - other.opening.start.getTime();
    return difference < 0 || (difference === 0 && one.place < other.place);
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b], this.heap[a]];
  }
}
