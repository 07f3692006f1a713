const SECOND = 1_000;
const DAY = 86_400_000;

/** A stretch of local time that a zone leaves out, in milliseconds of the clock on the wall (see `wallClock`). */
interface ClockGap {
  readonly from: number;
  readonly to: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this runtime knows the zone: an IANA name, or an offset such as `+02:00`. */
export function isKnownTimeZone(timeZone: string): boolean {
  if (fixedOffsetMinutes(timeZone) !== undefined) return true;
  // newer runtimes take other offsets too
  if (/^[+-]/.test(timeZone)) return false;
  try {
    return formatOf(timeZone) !== undefined;
  // eslint-disable-next-line no-restricted-syntax -- Intl says "unknown" by an exception only
  } catch {
    return false;
  }
}

/** The minutes of a zone that is an offset such as `-03:30`, or UTC itself. */
export function fixedOffsetMinutes(timeZone: string): number | undefined {
  if (['UTC', 'Etc/UTC', 'GMT', 'Z'].includes(timeZone)) return 0;
  const form = /^([+-])(?!18:(?!00))(0\d|1[0-8]):([0-5]\d)$/.exec(timeZone);
  return form ? (form[1] === '-' ? -1 : 1) * (Number(form[2]) * 60 + Number(form[3])) : undefined;
}

/** What the clock on the wall shows, as milliseconds of a UTC date with the same year, month, day, hour, minute and second. */
export function wallClock(instant: number, timeZone: string): number {
  const fixed = fixedOffsetMinutes(timeZone);
  if (fixed !== undefined) return instant + fixed * 60 * SECOND;
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) + (instant % SECOND);
}

/** The instant of a local time, in gaps and overlaps `compatible` in the sense of Temporal: moved on by the gap, the earlier of two. */
export function instantOf(wall: number, timeZone: string): number {
  const before = wallClock(wall - DAY, timeZone) - (wall - DAY);
  const after = wallClock(wall + DAY, timeZone) - (wall + DAY);
  const found = [wall - before, wall - after].filter(instant => wallClock(instant, timeZone) === wall);
  return found.length > 0 ? Math.min(...found) : wall - before;
}

/** The gaps that begin between two instants. */
export function* clockGaps(timeZone: string, start: Date, end: Date): Generator<ClockGap> {
  if (fixedOffsetMinutes(timeZone) !== undefined) return;
  for (let year = start.getUTCFullYear(); year <= end.getUTCFullYear(); year++) {
    for (const { begin, gap } of gapsOfYear(timeZone, year)) {
      if (begin >= start.getTime() && begin < end.getTime()) yield gap;
    }
  }
}

interface DatedGap {
  /** The instant of the change. */
  readonly begin: number;
  readonly gap: ClockGap;
}

/** Kept: finding them takes a look at each day, and the windows of an app share a few zones. */
const gaps = new Map<string, readonly DatedGap[]>();

function gapsOfYear(timeZone: string, year: number): readonly DatedGap[] {
  const key = `${timeZone} ${year}`;
  const known = gaps.get(key) ?? findGaps(timeZone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  gaps.set(key, known);
  return known;
}

function findGaps(timeZone: string, start: number, end: number): DatedGap[] {
  const offsetAt = (instant: number) => wallClock(instant, timeZone) - instant;
  const found: DatedGap[] = [];
  let offset = offsetAt(start - SECOND);
  for (let day = start - SECOND; day < end - SECOND; day += DAY) {
    const next = offsetAt(day + DAY);
    if (next > offset) {
      let [before, after] = [day, day + DAY];
      while (after - before > SECOND) {
        const middle = before + Math.floor((after - before) / 2);
        if (offsetAt(middle) === offset) before = middle;
        else after = middle;
      }
      const begin = Math.floor(after / SECOND) * SECOND;
      found.push({ begin, gap: { from: begin + offset, to: begin + next } });
    }
    offset = next;
  }
  return found;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}
