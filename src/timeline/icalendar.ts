import { approvalWords } from './approval-words';
import { contentLines, escapeText, utcTime } from './icalendar-lines';
import type { TimelineEntry, TimelineRange } from './timeline';
import { formatDay, formatLater, inOrder } from './timeline';

/** RFC 5545 text, one event for each opening; the same entries and range give the same text. */
export function iCalendar(entries: readonly TimelineEntry[], range: TimelineRange): string {
  return contentLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//cdk-ssm-maintenance-windows//calendar//EN',
    'CALSCALE:GREGORIAN',
    ...inOrder(entries).flatMap(entry => toEvent(entry, range)),
    'END:VCALENDAR',
  ]);
}

function toEvent(entry: TimelineEntry, range: TimelineRange): string[] {
  const { path, start, cutoff, end, timeZone = 'UTC', blackout } = entry;
  const installs = approvalWords([entry]);
  const times = `Opens ${formatDay(start, timeZone)} ${timeZone}, no task starts from ${formatLater(start, cutoff, timeZone)}, `
    + `closes ${formatLater(start, end, timeZone)}.`
    + (installs === '' ? '' : ` Installs at most: ${installs} (computed from the documents of AWS).`);
  // a program that has the event strikes it through or takes it away
  const [status, description] = blackout === undefined ? [[], times] : [['STATUS:CANCELLED'], `Does not open, in a black-out: ${blackout}. ${times}`];
  return [
    'BEGIN:VEVENT',
    `UID:${utcTime(start)}-${identifier(path)}@cdk-ssm-maintenance-windows`,
    `DTSTAMP:${utcTime(range.start)}`,
    `DTSTART:${utcTime(start)}`,
    `DTEND:${utcTime(end)}`,
    `SUMMARY:${escapeText(path)}`,
    ...status,
    `DESCRIPTION:${escapeText(description)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** The path in characters that every calendar takes in a UID. */
function identifier(path: string): string {
  return path.replace(/[^\w./-]/gu, character => `%${character.codePointAt(0)!.toString(16).padStart(6, '0')}`);
}
