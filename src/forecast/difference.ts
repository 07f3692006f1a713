import type { Forecast, ForecastWindow } from './forecast';
import type { Opening } from '../schedule/engine/openings';
import { formatDay, formatTime } from '../timeline/timeline';

/** How the openings of one window move from one assembly to another. */
interface WindowDifference {
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
  if (old && now) {
    return changed(path, old, now);
  }
  if (oldLeft && nowLeft) {
    const same = oldLeft.undetermined === nowLeft.undetermined && oldLeft.expression === nowLeft.expression;
    return same ? undefined : { path, change: 'undetermined', words: `cannot be compared: ${nowLeft.undetermined}` };
  }
  if (old && nowLeft || oldLeft && now) {
    return { path, change: 'undetermined', words: `cannot be compared: ${nowLeft ? 'new' : 'old'} ${(nowLeft ?? oldLeft)!.undetermined}` };
  }
  return old || oldLeft ? { path, change: 'removed', words: `removed, ${old ? lastWords(old) : oldLeft!.undetermined}` }
    : { path, change: 'added', words: `new, ${now ? firstWords(now) : nowLeft!.undetermined}`, first: now?.openings[0]?.start };
}

function changed(path: string, old: ForecastWindow, now: ForecastWindow): WindowDifference | undefined {
  const move = moved(old, now);
  const lengths = lengthened(old, now);
  const words = [...(move ? [move.words] : []), ...lengths].join('; ');
  return words === '' ? undefined : { path, change: move ? 'moved' : 'length', words, first: move?.first };
}

function moved(old: ForecastWindow, now: ForecastWindow): Pick<WindowDifference, 'words' | 'first'> | undefined {
  const [[gone], [came]] = [missingIn(now, old), missingIn(old, now)];
  const [whence, where] = [zoneOf(old), zoneOf(now)];
  if (!came) {
    return gone && { words: `${describe(gone, whence)} ${whence} falls away, the first time on ${dateOf(gone, whence)}` };
  }
  const since = `${where}, first on ${dateOf(came, where)}`;
  if (!gone) {
    return { words: `also ${describe(came, where)} ${since}`, first: came.start };
  }
  const sameDay = whence === where && weekDay(gone, whence) === weekDay(came, where);
  const from = whence === where ? describe(gone, whence) : `${describe(gone, whence)} ${whence}`;
  return { words: `${from} → ${sameDay ? formatTime(came.start, where) : describe(came, where)} ${since}`, first: came.start };
}

function lengthened(old: ForecastWindow, now: ForecastWindow): string[] {
  return ([['durationHours', 'duration'], ['cutoffHours', 'cutoff']] as const)
    .filter(([key]) => old.spec[key] !== now.spec[key])
    .map(([key, name]) => `${name} ${old.spec[key]} h → ${now.spec[key]} h`);
}

function missingIn(there: ForecastWindow, here: ForecastWindow): Opening[] {
  const starts = new Set(there.openings.map(({ start }) => start.getTime()));
  return here.openings.filter(({ start }) => !starts.has(start.getTime()));
}

function firstWords(window: ForecastWindow): string {
  return window.openings.length > 0 ? `first on ${on(window.openings[0], zoneOf(window))}` : 'does not open in this time';
}

function lastWords(window: ForecastWindow): string {
  return window.openings.length > 0 ? `was to open on ${on(window.openings[0], zoneOf(window))}` : 'was not to open in this time';
}

function on(opening: Opening, timeZone: string): string {
  return `${dateOf(opening, timeZone)}, ${describe(opening, timeZone)} ${timeZone}`;
}

function zoneOf({ spec }: ForecastWindow): string {
  return spec.timeZone ?? 'UTC';
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
