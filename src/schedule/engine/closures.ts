import { cronTimes } from './cron-times';
import type { ParsedSchedule } from './grammar';

/** What turns a window on or off, each time that its schedule comes round. */
export interface WindowSwitch {
  /** A cron expression or a single time. */
  readonly schedule: ParsedSchedule;
  /** An IANA name or an offset such as `+02:00`; UTC when there is none. */
  readonly timeZone?: string;
  readonly enabled: boolean;
  readonly reason: string;
}

/** A time in which a window is off, from `start` inclusive to `end` exclusive. */
interface Closure {
  readonly start: number;
  readonly end: number;
  /** What turned it off, each reason from when on it counts. */
  readonly reasons: ReadonlyMap<string, number>;
}

const DAY = 86_400_000;

/** A year and its leap day: what turns a window off once a year has done so in this time, or does not. */
const LOOK_BACK = 367 * DAY;

/** By the list of switches, then by the year: many windows have one list, and each is asked many times. */
const kept = new WeakMap<readonly WindowSwitch[], Map<number, readonly Closure[]>>();

/**
 * Why a window is off at an instant, if it is.
 *
 * What was switched by a cron expression counts for a year at most. Where a window is turned off and on at once, it is off.
 */
export function closedBecause(switches: readonly WindowSwitch[], instant: Date): string | undefined {
  const time = instant.getTime();
  const closure = closuresOfYear(switches, instant.getUTCFullYear()).find(({ start, end }) => start <= time && time < end);
  return closure && [...closure.reasons].filter(([, since]) => since <= time).map(([reason]) => reason).join(', ');
}

function closuresOfYear(switches: readonly WindowSwitch[], year: number): readonly Closure[] {
  const years = kept.get(switches) ?? new Map<number, readonly Closure[]>();
  const known = years.get(year) ?? findClosures(switches, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  kept.set(switches, years.set(year, known));
  return known;
}

interface Switching {
  readonly time: number;
  readonly enabled: boolean;
  readonly reason: string;
}

function findClosures(switches: readonly WindowSwitch[], from: number, to: number): Closure[] {
  const switchings = switches.flatMap((one) => timesOf(one, from, to).map((time): Switching => ({ time, enabled: one.enabled, reason: one.reason })))
    .sort((a, b) => a.time - b.time || Number(b.enabled) - Number(a.enabled));
  const closures: Closure[] = [];
  let off: { readonly start: number; readonly reasons: Map<string, number> } | undefined;
  for (const { time, enabled, reason } of switchings) {
    if (!enabled) {
      off ??= { start: time, reasons: new Map() };
      off.reasons.set(reason, off.reasons.get(reason) ?? time);
    } else if (off) {
      closures.push({ ...off, end: time });
      off = undefined;
    }
  }
  return off ? [...closures, { ...off, end: Infinity }] : closures;
}

function timesOf({ schedule, timeZone = 'UTC' }: WindowSwitch, from: number, to: number): number[] {
  if (schedule.kind === 'at') {
    return schedule.instant.getTime() < to ? [schedule.instant.getTime()] : [];
  }
  const times: number[] = [];
  for (const time of schedule.kind === 'cron' ? cronTimes(schedule, timeZone, new Date(from - LOOK_BACK)) : []) {
    if (time.getTime() >= to) break;
    times.push(time.getTime());
  }
  return times;
}
