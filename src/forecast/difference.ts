import { chooseDaysAlike, dayWords, weekDayOf } from './day-words';
import type { Forecast, ForecastWindow } from './forecast';
import { DISABLED, type TemplateWindow } from './template-windows';
import type { Opening } from '../schedule/engine/openings';
import { formatDay, formatTime } from '../timeline/timeline';

/** How the openings of one window move from one assembly to another. */
interface WindowDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'moved' | 'length' | 'blackout' | 'undetermined';
  /** The change in words, without the path. */
  readonly words: string;
  /** The first opening that the new assembly has and the old one has not. */
  readonly first?: Date;
}

/** What a comparison says of all windows of two versions. */
export interface Comparison {
  readonly differences: readonly WindowDifference[];
  /** How many windows are known to open in both versions. */
  readonly compared: number;
  /** Windows that only deployment can compare, and whose templates say the same of them in both versions. */
  readonly notCompared: readonly TemplateWindow[];
}

/** A window in one version. */
interface Side {
  readonly known?: ForecastWindow;
  readonly left?: TemplateWindow;
}

export function compare(before: Forecast, after: Forecast): Comparison {
  const [old, now] = [sidesOf(before), sidesOf(after)];
  const pairs = [...new Set([...old.keys(), ...now.keys()])].sort().map((key) => {
    const [was, is] = [old.get(key) ?? {}, now.get(key) ?? {}];
    return [pathOf(is) ?? pathOf(was)!, was, is] as const;
  });
  return {
    differences: pairs.flatMap((pair) => differenceOf(...pair) ?? []),
    compared: pairs.filter(([, { known: was }, { known: is }]) => was && is).length,
    notCompared: pairs.flatMap(([, { left: was }, { left: is }]) => (was && is && isSame(was, is) ? [is] : [])),
  };
}

/** By path: a window that is disabled, or no longer, is the same one. */
function sidesOf({ windows, undetermined }: Forecast): Map<string, Side> {
  return new Map<string, Side>([
    ...windows.map((known) => [withoutState(known), { known }] as const),
    ...undetermined.map((left) => [withoutState(left), { left }] as const),
  ]);
}

function withoutState({ path }: TemplateWindow): string {
  return path.endsWith(DISABLED) ? path.slice(0, -DISABLED.length) : path;
}

function pathOf({ known, left }: Side): string | undefined {
  return (known ?? left)?.path;
}

function differenceOf(path: string, { known: old, left: oldLeft }: Side, { known: now, left: nowLeft }: Side): WindowDifference | undefined {
  if (old && now) {
    return changed(path, old, now);
  }
  if (oldLeft && nowLeft) {
    return isSame(oldLeft, nowLeft) ? undefined : { path, change: 'undetermined', words: `cannot tell: ${changedBasis(oldLeft, nowLeft)}` };
  }
  const [was, is] = [old ?? oldLeft, now ?? nowLeft];
  if (was && is) {
    const left = nowLeft ? `new ${nowLeft.undetermined}` : `old ${oldLeft!.undetermined}`;
    return { path, change: 'undetermined', words: `cannot tell: ${[...changedExpression(was, is), left].join(', ')}` };
  }
  return was ? { path, change: 'removed', words: `removed, ${old ? lastWords(old) : oldLeft!.undetermined}` }
    : { path, change: 'added', words: `new, ${now ? firstWords(now) : nowLeft!.undetermined}`, first: now && openIn(now)[0]?.start };
}

/** Where all that an answer depends on is equal, deployment gives equal answers. */
function isSame(old: TemplateWindow, now: TemplateWindow): boolean {
  return old.undetermined === now.undetermined && old.expression === now.expression && old.basis === now.basis;
}

function changedBasis(old: TemplateWindow, now: TemplateWindow): string {
  const expression = changedExpression(old, now);
  const isOther = expression.length === 0 && old.undetermined === now.undetermined;
  return [...expression, ...(isOther ? ['what it depends on is not as before'] : []), now.undetermined].join(', ');
}

function changedExpression({ expression: old }: TemplateWindow, { expression: now }: TemplateWindow): string[] {
  return old !== undefined && now !== undefined && old !== now ? [`${old} → ${now}`] : [];
}

function changed(path: string, old: ForecastWindow, now: ForecastWindow): WindowDifference | undefined {
  if (old.openings.length + now.openings.length === 0 && JSON.stringify(old.spec) !== JSON.stringify(now.spec)) {
    const words = [...changedExpression(old, now), 'opens in this time neither before nor now'];
    return { path, change: 'undetermined', words: `cannot tell: ${words.join(', ')}` };
  }
  const move = moved(old, now);
  const lengths = lengthened(old, now);
  const blackouts = blackedOut(old, now);
  const words = [...(move ? [move.words] : []), ...lengths, ...blackouts.words].join('; ');
  const change = move ? 'moved' : lengths.length > 0 ? 'length' : 'blackout';
  return words === '' ? undefined : { path, change, words, first: [move?.first, blackouts.first].find((date) => date !== undefined) };
}

/** What keeps its time, and opens in one version only. */
function blackedOut(old: ForecastWindow, now: ForecastWindow): { readonly words: string[]; readonly first?: Date } {
  const before = new Map(old.openings.map((opening) => [opening.start.getTime(), opening]));
  const pairs = now.openings.flatMap((is) => {
    const was = before.get(is.start.getTime());
    return was ? [{ was, is }] : [];
  });
  const closed = pairs.filter(({ was, is }) => was.blackout === undefined && is.blackout !== undefined).map(({ is }) => is);
  const opened = pairs.filter(({ was, is }) => was.blackout !== undefined && is.blackout === undefined).map(({ was }) => was);
  return {
    words: [
      ...(closed.length > 0 ? [blackoutWords(closed, 'falls into', 'fall into', now)] : []),
      ...(opened.length > 0 ? [blackoutWords(opened, 'is no longer in', 'are no longer in', now)] : []),
    ],
    first: opened[0]?.start,
  };
}

function blackoutWords(openings: readonly Opening[], one: string, many: string, window: ForecastWindow): string {
  const [first] = openings;
  const words = openings.length === 1 ? `1 opening ${one}` : `${openings.length} openings ${many}`;
  return `${words} the black-out ${JSON.stringify(first.blackout)}, first on ${on(first, window)}`;
}

function moved(old: ForecastWindow, now: ForecastWindow): Pick<WindowDifference, 'words' | 'first'> | undefined {
  const [[gone], [came]] = [missingIn(now, old), missingIn(old, now)];
  const [whence, where] = [zoneOf(old), zoneOf(now)];
  const dayOf = chooseDaysAlike(old.spec, now.spec) ? weekDayOf : dayWords;
  const day = (opening: Opening, { spec }: ForecastWindow) => dayOf(opening, spec);
  const at = (opening: Opening, window: ForecastWindow) => `${day(opening, window)} ${formatTime(opening.start, zoneOf(window))}`;
  if (!came) {
    return gone && { words: `${at(gone, old)} ${whence} falls away, the first time on ${dateOf(gone, whence)}` };
  }
  const since = `${where}, first on ${dateOf(came, where)}`;
  if (!gone) {
    return { words: `also ${at(came, now)} ${since}`, first: came.start };
  }
  const sameDay = whence === where && day(gone, old) === day(came, now);
  const from = whence === where ? at(gone, old) : `${at(gone, old)} ${whence}`;
  return { words: `${from} → ${sameDay ? formatTime(came.start, where) : at(came, now)} ${since}`, first: came.start };
}

function lengthened(old: ForecastWindow, now: ForecastWindow): string[] {
  return ([['durationHours', 'duration'], ['cutoffHours', 'cutoff']] as const)
    .filter(([key]) => old.spec[key] !== now.spec[key])
    .map(([key, name]) => `${name} ${old.spec[key]} h → ${now.spec[key]} h`);
}

function missingIn(there: ForecastWindow, here: ForecastWindow): Opening[] {
  const starts = new Set(there.openings.map(({ start }) => start.getTime()));
  return openIn(here).filter(({ start }) => !starts.has(start.getTime()));
}

function openIn({ openings }: ForecastWindow): Opening[] {
  return openings.filter(({ blackout }) => blackout === undefined);
}

function firstWords(window: ForecastWindow): string {
  const [first] = openIn(window);
  return first ? `first on ${on(first, window)}` : 'does not open in this time';
}

function lastWords(window: ForecastWindow): string {
  const [first] = openIn(window);
  return first ? `was to open on ${on(first, window)}` : 'was not to open in this time';
}

function on(opening: Opening, { spec }: ForecastWindow): string {
  const { timeZone = 'UTC' } = spec;
  return `${dateOf(opening, timeZone)}, ${weekDayOf(opening, spec)} ${formatTime(opening.start, timeZone)} ${timeZone}`;
}

function zoneOf({ spec }: ForecastWindow): string {
  return spec.timeZone ?? 'UTC';
}

function dateOf({ start }: Opening, timeZone: string): string {
  return formatDay(start, timeZone).slice(4, 14);
}
