import type { BlackoutDates, YearlyDates } from './dates';
import { CALENDAR_YEARS, timesOfYear } from './plan';
import { contentLines, escapeText, utcTime } from '../timeline/icalendar-lines';

/** The first year of what comes each year: before any in which somebody asks. */
const FIRST_YEAR = 2001;

/**
 * The content of a Change Calendar that is open but in black-outs.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-document.html
 */
export function changeCalendarContent(blackouts: readonly BlackoutDates[]): string {
  const events = blackouts.map((dates) => dates.kind === 'once'
    ? event(dates.reason, dates.from, dates.to)
    : yearlyEvent(dates));
  return contentLines([
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_OPEN',
    'X-WR-CALDESC:Black-outs of maintenance windows',
    'X-CALENDAR-CMEVENTS:DISABLED',
    // what two scopes have in common is one event
    ...[...new Set(events.map((lines) => lines.join('\n')))].flatMap((lines) => lines.split('\n')),
    'END:VCALENDAR',
  ]);
}

/**
 * In UTC, so that no reader needs to know the time zone. Where a change of the clocks or a leap day makes a difference between years, the event is as
 * long as the longest: an end of a black-out may come an hour or a day late, and never early.
 */
function yearlyEvent(dates: YearlyDates): string[] {
  const all = CALENDAR_YEARS.map((year) => ({ year, ...timesOfYear(dates, year) }));
  const earliest = all.map(({ year, start }) => dayOfYear(year, new Date(start))).sort((a, b) => (a.order < b.order ? -1 : 1))[0];
  const length = Math.max(...all.map(({ year, end }) => end - earliest.inYear(year)));
  const start = earliest.inYear(FIRST_YEAR);
  return event(dates.reason, start, start + length, 'RRULE:FREQ=YEARLY');
}

interface TimeOfYear {
  readonly order: string;
  readonly inYear: (year: number) => number;
}

/** A day of UTC may be in the year before. There is a 29 February in some years only. */
function dayOfYear(year: number, start: Date): TimeOfYear {
  const yearsOff = start.getUTCFullYear() - year;
  const isLeapDay = start.getUTCMonth() === 1 && start.getUTCDate() === 29;
  const day = isLeapDay ? 28 : start.getUTCDate();
  return {
    order: [yearsOff + 1, start.getUTCMonth(), day, start.getUTCHours(), start.getUTCMinutes()].map((part) => String(part).padStart(2, '0')).join(' '),
    inYear: (other) => Date.UTC(other + yearsOff, start.getUTCMonth(), day, start.getUTCHours(), start.getUTCMinutes()),
  };
}

function event(reason: string, start: number, end: number, ...repeats: string[]): string[] {
  const [from, to] = [utcTime(new Date(start)), utcTime(new Date(end))];
  return [
    'BEGIN:VEVENT',
    `UID:${from}-${to}${repeats.length > 0 ? '-yearly' : ''}@cdk-ssm-maintenance-windows`,
    // the same black-outs give the same text, whenever it is made
    `DTSTAMP:${from}`,
    `DTSTART:${from}`,
    `DTEND:${to}`,
    ...repeats,
    `SUMMARY:${escapeText(reason)}`,
    'X-EVENT-TYPE:STANDARD',
    'END:VEVENT',
  ];
}
