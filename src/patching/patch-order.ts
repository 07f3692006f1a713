import type { ModelRange } from '../approval/approval-model';
import { daysBetween, monthName } from '../approval/approval-model';

const HOUR = 3_600_000;

/** A window that installs patches on one ring of nodes. */
export interface RingOpenings {
  /** In order. Those of the earlier ring reach back before the range, as its last opening before the first of the later ring counts. */
  readonly openings: readonly Date[];
  readonly durationHours: number;
  readonly delayDays: number;
}

/** An opening at which the later ring can install a patch that the earlier one has not installed. */
interface OrderViolation {
  /** The month of the opening, such as `2027-01`. */
  readonly month: string;
  /** The opening of the later ring. */
  readonly opening: Date;
  /** The last opening of the earlier ring that closed before; undefined if there is none. */
  readonly earlierOpening?: Date;
  /** By how many days the later ring approves too early; undefined if there is no earlier opening. */
  readonly missingDays?: number;
  /** The smallest delay of the later ring that keeps the order in the whole range; undefined if no delay does. */
  readonly delayToTake?: number;
}

/** An opening of the later ring, and the last opening of the earlier one that closed before it. */
export interface Meeting {
  readonly opening: Date;
  readonly earlierOpening?: Date;
}

/**
 * The first opening of the later ring that can install a patch before the earlier ring could, or none if the order of patches is proved.
 *
 * The order of windows is not the order of patches: a patch that is approved for both between an opening Q of the earlier ring and an opening P
 * of the later one is installed at P first. At Q the earlier ring has what was released `delay(earlier)` days before, at P the later one finds what
 * was released `delay(later)` days before, and the second must not be newer than the first: `P - delay(later) <= Q - delay(earlier)`.
 *
 * @param range the openings of the later ring to look at
 */
export function patchOrder(earlier: RingOpenings, later: RingOpenings, range: ModelRange): OrderViolation | undefined {
  const meetings = meetingsOf(earlier, later, range);
  const found = meetings.find((meeting) => !keepsOrder(meeting, earlier, later));
  return found && {
    month: monthName(found.opening),
    ...found,
    missingDays: found.earlierOpening && daysBetween(found.earlierOpening, found.opening) - (later.delayDays - earlier.delayDays),
    delayToTake: delayFor(meetings, earlier.delayDays),
  };
}

/** The openings of the later ring in a range, each with what precedes it. */
export function meetingsOf({ openings, durationHours }: RingOpenings, later: RingOpenings, range: ModelRange): Meeting[] {
  let next = 0;
  return later.openings.filter((opening) => opening >= range.start && opening < range.end).map((opening) => {
    while (next < openings.length && openings[next].getTime() + durationHours * HOUR <= opening.getTime()) { next++; }
    return { opening, earlierOpening: openings[next - 1] };
  });
}

function keepsOrder({ opening, earlierOpening }: Meeting, earlier: RingOpenings, later: RingOpenings): boolean {
  return earlierOpening !== undefined && later.delayDays - earlier.delayDays >= daysBetween(earlierOpening, opening);
}

function delayFor(meetings: readonly Meeting[], earlierDelay: number): number | undefined {
  const days = meetings.map(({ opening, earlierOpening }) => earlierOpening ? daysBetween(earlierOpening, opening) : Infinity);
  const longest = Math.max(...days);
  return Number.isFinite(longest) ? earlierDelay + Math.ceil(longest) : undefined;
}
