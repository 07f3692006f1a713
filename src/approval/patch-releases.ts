import { instantOf, wallClock } from '../schedule/engine/time-zone';

const DAY = 86_400_000;
const TUESDAY = 2;
const MICROSOFT = 'America/Los_Angeles';
const HOUR_OF_RELEASE = 10;

/** Kept: to read a clock of a zone takes long, and every check asks for the same few months. */
const RELEASES = new Map<number, number>();

/** Months since the year 0. */
function monthOf(instant: Date): number {
  return instant.getUTCFullYear() * 12 + instant.getUTCMonth();
}

/**
 * When Microsoft publishes the security updates of a month: at 10:00 in Los Angeles on its second Tuesday.
 *
 * @see https://learn.microsoft.com/en-us/windows/deployment/update/release-cycle
 */
function releaseOf(month: number): Date {
  const known = RELEASES.get(month);
  if (known !== undefined) { return new Date(known); }
  const first = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
  const secondTuesday = 1 + (TUESDAY - first.getUTCDay() + 7) % 7 + 7;
  const found = instantOf(first.getTime() + (secondTuesday - 1) * DAY + HOUR_OF_RELEASE * 3_600_000, MICROSOFT);
  RELEASES.set(month, found);
  return new Date(found);
}

/** The releases from an instant on and before another one. */
export function releasesBetween(start: Date, end: Date): Date[] {
  const months = Array.from({ length: Math.max(0, monthOf(end) - monthOf(start) + 1) }, (_, index) => monthOf(start) + index);
  return months.map(releaseOf).filter((release) => release >= start && release < end);
}

/** The newest release at an instant, that of the instant itself among them. */
export function newestRelease(instant: Date): Date {
  const ofMonth = releaseOf(monthOf(instant));
  return ofMonth <= instant ? ofMonth : releaseOf(monthOf(instant) - 1);
}

/** The release that replaces the newest one at an instant. */
export function nextRelease(instant: Date): Date {
  return releaseOf(monthOf(newestRelease(instant)) + 1);
}

/** The same time of day, whole days later on the calendar of a zone, as the service counts an offset. */
export function laterByDays(instant: Date, days: number, timeZone: string): Date {
  return new Date(instantOf(wallClock(instant.getTime(), timeZone) + days * DAY, timeZone));
}
