import type { PatchApproval } from '../approval/opening-approvals';
import { wallClock } from '../schedule/engine/time-zone';

export interface TimelineEntry {
  /** Names the window. */
  readonly path: string;
  readonly start: Date;
  /** From here to the end no task starts. */
  readonly cutoff: Date;
  readonly end: Date;
  /** UTC when there is none. */
  readonly timeZone?: string;
  /** Why the window does not open, of what would start in a black-out. */
  readonly blackout?: string;
  /** What is installed at most, for each operating system. */
  readonly patchApprovals?: readonly PatchApproval[];
}

export interface TimelineRange {
  readonly start: Date;
  readonly end: Date;
}

/** A window whose openings are not known at synthesis. */
export interface UndeterminedWindow {
  readonly path: string;
  readonly reason: string;
}

/** The heading of a column that tells why a window does not open. */
export const BLACKOUT = 'Does not open, black-out';

const WEEK_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Sorted by start, then by path. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...entries].sort((a, b) => a.start.getTime() - b.start.getTime() || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** The entries of one path so far. */
interface Group {
  readonly entries: TimelineEntry[];
  latestEnd: Date;
  /** For each other path, how many of the entries know that it was open: they need not be told again. */
  readonly told: Map<string, number>;
}

/**
 * For each entry the paths of those that are open at some time while it is, each once, sorted. What is in a black-out is never open.
 *
 * The work grows with what is found.
 */
export function overlapsOf(entries: readonly TimelineEntry[]): Map<TimelineEntry, string[]> {
  const found = new Map<TimelineEntry, Set<string>>(entries.map(entry => [entry, new Set()]));
  const groups = new Map<string, Group>();
  const open = new Map<string, Group>();
  for (const entry of inOrder(entries.filter(({ blackout }) => blackout === undefined))) {
    for (const [path, group] of open) {
      if (group.latestEnd <= entry.start) {
        open.delete(path);
        continue;
      }
      found.get(entry)!.add(path);
      const untold = group.entries.slice(group.told.get(entry.path) ?? 0);
      untold.filter(other => other.end > entry.start).forEach(other => found.get(other)!.add(entry.path));
      group.told.set(entry.path, group.entries.length);
    }
    const own = groups.get(entry.path) ?? { entries: [], latestEnd: entry.end, told: new Map<string, number>() };
    own.entries.push(entry);
    own.latestEnd = own.latestEnd > entry.end ? own.latestEnd : entry.end;
    groups.set(entry.path, own);
    open.set(entry.path, own);
  }
  return new Map([...found].map(([entry, paths]) => [entry, [...paths].sort()]));
}

/** `Sun 2027-03-14 04:00`, with seconds only when they are not zero. */
export function formatDay(instant: Date, timeZone: string = 'UTC'): string {
  const local = new Date(wallClock(instant.getTime(), timeZone));
  return `${WEEK_DAYS[local.getUTCDay()]} ${local.toISOString().slice(0, 10)} ${formatTime(instant, timeZone)}`;
}

/** `04:00`, with seconds only when they are not zero. */
export function formatTime(instant: Date, timeZone: string = 'UTC'): string {
  const time = new Date(wallClock(instant.getTime(), timeZone)).toISOString().slice(11, 19);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}

/** The later time of a pair, without its date where that is the same. */
export function formatLater(earlier: Date, later: Date, timeZone: string = 'UTC'): string {
  const day = formatDay(later, timeZone);
  return day.slice(0, 14) === formatDay(earlier, timeZone).slice(0, 14) ? formatTime(later, timeZone) : day;
}
