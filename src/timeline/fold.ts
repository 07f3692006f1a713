import type { TimelineEntry } from './timeline';
import { formatDay, formatTime } from './timeline';
import { wallClock } from '../schedule/engine/time-zone';

type Times = Pick<TimelineEntry, 'start' | 'cutoff' | 'end' | 'blackout'>;

/** Openings of one window that are told in one line: a single one, or many that repeat. */
export interface Fold<T extends Times> {
  /** In order, at least one. */
  readonly entries: readonly T[];
  /** What repeats, in words; missing of a single opening. */
  readonly repeats?: Repetition;
}

interface Repetition {
  /** Such as `every day 12:00`. */
  readonly opens: string;
  readonly lastStart: string;
  readonly closes: string;
}

/** Fewer are told one by one. */
const FEWEST_TIMES = 4;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Folds what repeats day by day or several times a day, so that a rare opening is not lost among many. Others, such as weekly ones, stay as they are.
 * What is in a black-out is told apart from what is not.
 */
export function fold<T extends Times>(openings: readonly T[], timeZone: string = 'UTC'): Fold<T>[] {
  const alike = new Map<string | undefined, T[]>();
  for (const opening of openings) {
    const known = alike.get(opening.blackout);
    known ? known.push(opening) : alike.set(opening.blackout, [opening]);
  }
  return inOrderOfStart([...alike.values()].flatMap((some) => foldAlike(some, timeZone)));
}

function foldAlike<T extends Times>(openings: readonly T[], timeZone: string): Fold<T>[] {
  const interval = evenInterval(openings);
  if (interval !== undefined && interval < DAY) {
    return [{ entries: openings, repeats: { opens: `every ${words(interval)}`, ...later(openings[0]) } }];
  }
  const runs = new Map<string, Run<T>[]>();
  for (const part of partsOf(openings, timeZone)) {
    const key = part.entries.map(({ start, cutoff, end }) => [start, cutoff, end].map((time) => formatTime(time, timeZone))).join();
    const known = runs.get(key) ?? [];
    const last = known[known.length - 1];
    if (last && last.parts[last.parts.length - 1].day + 1 === part.day) {
      last.parts.push(part);
    } else {
      known.push({ parts: [part] });
    }
    runs.set(key, known);
  }
  return inOrderOfStart([...runs.values()].flat().flatMap((run) => foldsOf(run, timeZone)));
}

/** What one window does on one local day: a single opening, or all of many. */
interface Part<T> {
  readonly day: number;
  readonly entries: readonly T[];
}

/** Days in a row with the same times. */
interface Run<T> {
  readonly parts: Part<T>[];
}

function partsOf<T extends Times>(openings: readonly T[], timeZone: string): Part<T>[] {
  const days = new Map<number, T[]>();
  for (const opening of openings) {
    const day = dayOf(opening.start, timeZone);
    const sameDay = days.get(day);
    sameDay ? sameDay.push(opening) : days.set(day, [opening]);
  }
  return [...days].flatMap(([day, entries]) => (
    entries.length < FEWEST_TIMES ? entries.map((entry) => ({ day, entries: [entry] })) : [{ day, entries }]));
}

function foldsOf<T extends Times>({ parts }: Run<T>, timeZone: string): Fold<T>[] {
  const [first] = parts;
  if (parts.length >= FEWEST_TIMES) {
    const { opens, ...others } = first.entries.length > 1 ? many(first.entries, timeZone) : single(first.entries[0], timeZone);
    return [{ entries: parts.flatMap(({ entries }) => entries), repeats: { opens: `every day ${opens}`, ...others } }];
  }
  return parts.map(({ entries }) => {
    const repeats = entries.length > 1 ? many(entries, timeZone) : undefined;
    return { entries, ...(repeats && { repeats: { ...repeats, opens: `${formatDay(entries[0].start, timeZone).slice(0, 14)} ${repeats.opens}` } }) };
  });
}

function single({ start, cutoff, end }: Times, timeZone: string): Repetition {
  const day = dayOf(start, timeZone);
  const time = (instant: Date) => `${formatTime(instant, timeZone)}${dayOf(instant, timeZone) > day ? ' of the next day' : ''}`;
  return { opens: formatTime(start, timeZone), lastStart: time(cutoff), closes: time(end) };
}

function many(entries: readonly Times[], timeZone: string): Repetition {
  const interval = evenInterval(entries);
  const [from, to] = [entries[0], entries[entries.length - 1]].map(({ start }) => formatTime(start, timeZone));
  return { opens: `${interval === undefined ? `${entries.length} times` : `every ${words(interval)}`} from ${from} to ${to}`, ...later(entries[0]) };
}

/** Times that differ from one opening to the next are told from its start on. */
function later({ start, cutoff, end }: Times): Omit<Repetition, 'opens'> {
  const after = (instant: Date) => `${(instant.getTime() - start.getTime()) / HOUR} h later`;
  return { lastStart: after(cutoff), closes: after(end) };
}

/** The time from each opening to the next if it is always the same. */
function evenInterval(openings: readonly Times[]): number | undefined {
  if (openings.length < FEWEST_TIMES) {
    return undefined;
  }
  const interval = openings[1].start.getTime() - openings[0].start.getTime();
  const isEven = openings.every(({ start }, i) => i === 0 || start.getTime() - openings[i - 1].start.getTime() === interval);
  return isEven ? interval : undefined;
}

/** A cron has whole seconds. */
function words(interval: number): string {
  const [unit, name] = interval % HOUR === 0 ? [HOUR, 'hour'] as const : interval % MINUTE === 0 ? [MINUTE, 'minute'] as const : [SECOND, 'second'] as const;
  return interval === unit ? name : `${interval / unit} ${name}s`;
}

function dayOf(instant: Date, timeZone: string): number {
  return Math.floor(wallClock(instant.getTime(), timeZone) / DAY);
}

function inOrderOfStart<T extends Times>(folds: readonly Fold<T>[]): Fold<T>[] {
  return [...folds].sort((one, other) => one.entries[0].start.getTime() - other.entries[0].start.getTime());
}
