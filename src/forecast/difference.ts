import type { Forecast, ForecastWindow } from './forecast';
import type { Opening } from '../private/schedule/occurrences';
import { formatDay, formatTime } from '../private/schedule/timeline';

/** How the openings of one window move from one assembly to another. */
export interface WindowDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'moved' | 'length' | 'undetermined';
  /** The change in words, without the path. */
  readonly words: string;
  /** The first opening that the new assembly has and the old one has not. */
  readonly first?: Date;
}

export function differences(before: Forecast, after: Forecast): WindowDifference[] {
  const paths = [...new Set([before, after].flatMap(({ windows, undetermined }) => [...windows, ...undetermined].map(({ path }) => path)))].sort();
  return paths.flatMap((path) => differenceOf(path, before, after) ?? []);
}

function differenceOf(path: string, before: Forecast, after: Forecast): WindowDifference | undefined {
  const [old, now] = [before, after].map(({ windows }) => windows.find((window) => window.path === path));
  const [oldLeft, nowLeft] = [before, after].map(({ undetermined }) => undetermined.find((window) => window.path === path));
  if (oldLeft || nowLeft) {
    const [oldReason, nowReason] = [oldLeft?.undetermined, nowLeft?.undetermined];
    return oldReason === nowReason && oldLeft?.expression === nowLeft?.expression ? undefined
      : { path, change: 'undetermined', words: `cannot be compared: ${nowReason ?? oldReason}` };
  }
  if (!old) {
    return { path, change: 'added', words: `new, ${firstOf(now!)}`, first: now!.openings[0]?.start };
  }
  if (!now) {
    return { path, change: 'removed', words: `removed, ${old.openings.length > 0 ? `was to open on ${on(old.openings[0], zoneOf(old))}` : 'was not to open in this time'}` };
  }
  return moved(path, old, now) ?? lengthened(path, old, now);
}

function moved(path: string, old: ForecastWindow, now: ForecastWindow): WindowDifference | undefined {
  const [gone, came] = [missingIn(now, old), missingIn(old, now)];
  if (gone.length === 0 && came.length === 0) {
    return undefined;
  }
  const [first] = came;
  const where = zoneOf(now);
  const whence = zoneOf(old);
  if (!first) {
    return { path, change: 'moved', words: `${describe(gone[0], whence)} ${whence} falls away, the first time on ${dateOf(gone[0], whence)}` };
  }
  const from = gone[0] ? [describe(gone[0], whence), ...(whence === where ? [] : [whence])].join(' ') : undefined;
  const sameDay = gone[0] && whence === where && weekDay(gone[0], whence) === weekDay(first, where);
  const to = sameDay ? formatTime(first.start, where) : describe(first, where);
  return {
    path,
    change: 'moved',
    words: `${from ? `${from} → ${to}` : `also ${to}`} ${where}, first on ${dateOf(first, where)}`,
    first: first.start,
  };
}

function lengthened(path: string, old: ForecastWindow, now: ForecastWindow): WindowDifference | undefined {
  const words = ([['durationHours', 'duration'], ['cutoffHours', 'cutoff']] as const)
    .filter(([key]) => old.spec![key] !== now.spec![key])
    .map(([key, name]) => `${name} ${old.spec![key]} h → ${now.spec![key]} h`);
  return words.length > 0 ? { path, change: 'length', words: words.join(', ') } : undefined;
}

function missingIn(there: ForecastWindow, here: ForecastWindow): Opening[] {
  const starts = new Set(there.openings.map(({ start }) => start.getTime()));
  return here.openings.filter(({ start }) => !starts.has(start.getTime()));
}

function firstOf(window: ForecastWindow): string {
  return window.openings.length > 0 ? `first on ${on(window.openings[0], zoneOf(window))}` : 'does not open in this time';
}

function on(opening: Opening, timeZone: string): string {
  return `${dateOf(opening, timeZone)}, ${describe(opening, timeZone)} ${timeZone}`;
}

function zoneOf({ spec }: ForecastWindow): string {
  return spec?.timeZone ?? 'UTC';
}

const WEEK_DAYS: Readonly<Record<string, string>> = {
  Sun: 'Sunday', Mon: 'Monday', Tue: 'Tuesday', Wed: 'Wednesday', Thu: 'Thursday', Fri: 'Friday', Sat: 'Saturday',
};

function weekDay({ start }: Opening, timeZone: string): string {
  return WEEK_DAYS[formatDay(start, timeZone).slice(0, 3)];
}

function describe(opening: Opening, timeZone: string): string {
  return `${weekDay(opening, timeZone)} ${formatTime(opening.start, timeZone)}`;
}

function dateOf({ start }: Opening, timeZone: string): string {
  return formatDay(start, timeZone).slice(4, 14);
}
