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

const WEEK_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Sorted by start, then by path. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...entries].sort((a, b) => a.start.getTime() - b.start.getTime() || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** For each entry the paths of those that are open at some time while it is, each once, sorted. */
export function overlapsOf(entries: readonly TimelineEntry[]): Map<TimelineEntry, string[]> {
  const found = new Map<TimelineEntry, Set<string>>(entries.map(entry => [entry, new Set()]));
  let open: TimelineEntry[] = [];
  for (const entry of inOrder(entries)) {
    open = open.filter(other => other.end > entry.start);
    for (const other of open) {
      found.get(entry)!.add(other.path);
      found.get(other)!.add(entry.path);
    }
    open.push(entry);
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
