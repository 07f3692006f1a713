import { approvalWords } from './approval-words';
import { fold } from './fold';
import type { TimelineEntry } from './timeline';
import { formatDay, formatLater, inOrder, overlapsOf } from './timeline';

/** A row of a table of openings: one of them, or many that repeat. */
export interface TimelineRow {
  readonly path: string;
  readonly entries: readonly TimelineEntry[];
  /** Whether it tells of many openings. */
  readonly isFolded: boolean;
  readonly opens: string;
  readonly lastStart: string;
  readonly closes: string;
  readonly timeZone: string;
  /** Of many openings the first and the last one. */
  readonly startUtc: string;
  /** What is installed at most, in words; empty if that is not known. */
  readonly installs: string;
  /** The paths of the windows that are open at some time while one of them is. */
  readonly overlaps: readonly string[];
  /** Why the window does not open then. */
  readonly blackout?: string;
}

/** The rows of a table in the order of their first openings. */
export function timelineRows(
  entries: readonly TimelineEntry[], overlaps: ReadonlyMap<TimelineEntry, readonly string[]> = overlapsOf(entries),
): TimelineRow[] {
  const byWindow = new Map<string, TimelineEntry[]>();
  for (const entry of inOrder(entries)) {
    const key = JSON.stringify([entry.path, entry.timeZone]);
    const known = byWindow.get(key);
    known ? known.push(entry) : byWindow.set(key, [entry]);
  }
  const rows = [...byWindow.values()].flatMap((ofWindow) => rowsOf(ofWindow, overlaps));
  const position = new Map(inOrder(rows.map(({ entries: [first] }) => first)).map((entry, index) => [entry, index]));
  return rows.sort((one, other) => position.get(one.entries[0])! - position.get(other.entries[0])!);
}

function rowsOf(ofWindow: readonly TimelineEntry[], overlaps: ReadonlyMap<TimelineEntry, readonly string[]>): TimelineRow[] {
  const [{ path, timeZone = 'UTC' }] = ofWindow;
  return fold(ofWindow, timeZone).map(({ entries, repeats }) => {
    const [{ start, cutoff, end }] = entries;
    const last = entries[entries.length - 1];
    const times = repeats ?? {
      opens: formatDay(start, timeZone), lastStart: formatLater(start, cutoff, timeZone), closes: formatLater(start, end, timeZone),
    };
    return {
      path,
      entries,
      isFolded: repeats !== undefined,
      ...times,
      timeZone,
      ...(entries[0].blackout !== undefined && { blackout: entries[0].blackout }),
      startUtc: repeats ? `${formatDay(start)} to ${formatDay(last.start)} (${entries.length} times)` : formatDay(start),
      installs: approvalWords(entries),
      overlaps: [...new Set(entries.flatMap((entry) => overlaps.get(entry)!))].sort(),
    };
  });
}
