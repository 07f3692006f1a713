import { approvalWords } from './approval-words';
import type { TimelineEntry, TimelineRange } from './timeline';
import { formatDay, formatLater, inOrder } from './timeline';

/** RFC 5545 text, one event for each opening; the same entries and range give the same text. */
export function iCalendar(entries: readonly TimelineEntry[], range: TimelineRange): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//cdk-ssm-maintenance-windows//calendar//EN',
    'CALSCALE:GREGORIAN',
    ...inOrder(entries).flatMap(entry => toEvent(entry, range)),
    'END:VCALENDAR',
  ].map(line => `${fold(line)}\r\n`).join('');
}

function toEvent(entry: TimelineEntry, range: TimelineRange): string[] {
  const { path, start, cutoff, end, timeZone = 'UTC' } = entry;
  const installs = approvalWords([entry]);
  const description = `Opens ${formatDay(start, timeZone)} ${timeZone}, no task starts from ${formatLater(start, cutoff, timeZone)}, `
    + `closes ${formatLater(start, end, timeZone)}.`
    + (installs === '' ? '' : ` Installs at most: ${installs} (computed from the documents of AWS).`);
  return [
    'BEGIN:VEVENT',
    `UID:${utc(start)}-${identifier(path)}@cdk-ssm-maintenance-windows`,
    `DTSTAMP:${utc(range.start)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escape(path)}`,
    `DESCRIPTION:${escape(description)}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** The path in characters that every calendar takes in a UID. */
function identifier(path: string): string {
  return path.replace(/[^\w./-]/gu, character => `%${character.codePointAt(0)!.toString(16).padStart(6, '0')}`);
}

function utc(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

function escape(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** Lines of at most 75 octets that never break a character. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
