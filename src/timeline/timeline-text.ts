import { APPROVAL_NOTE, INSTALLS } from './approval-words';
import type { TimelineEntry, TimelineRange } from './timeline';
import { BLACKOUT, formatDay } from './timeline';
import { timelineRows } from './timeline-rows';

const HEADINGS = ['Window', 'Opens', 'Last start before', 'Closes', 'Time zone', 'Opens (UTC)', INSTALLS, 'Overlaps with', BLACKOUT];

/** A table for a terminal, one opening a line, or many that repeat. */
export function timelineText(entries: readonly TimelineEntry[], range: TimelineRange): string {
  const span = `${formatDay(range.start)} to ${formatDay(range.end)} UTC`;
  if (entries.length === 0) return `No window opens from ${span}.\n`;
  const closed = entries.filter(({ blackout }) => blackout !== undefined).length;
  const rows = timelineRows(entries).map(({ path, opens, lastStart, closes, timeZone, startUtc, installs, overlaps, blackout = '' }) => (
    [path, opens, lastStart, closes, timeZone, startUtc, installs, overlaps.join(', '), blackout].map(printable)));
  const isEmpty = (column: number) => rows.every((row) => row[column] === '');
  const left = [INSTALLS, BLACKOUT].map((heading) => HEADINGS.indexOf(heading)).filter(isEmpty);
  const table = [HEADINGS, ...rows].map((row) => row.filter((_, column) => !left.includes(column)));
  const widths = table[0].map((_, column) => table.reduce((width, row) => Math.max(width, row[column].length), 0));
  const lines = table.map(row => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  const openings = `${counted(entries.length - closed)}${closed > 0 ? `, and ${closed} in black-outs,` : ''}`;
  const notes = isEmpty(HEADINGS.indexOf(INSTALLS)) ? [] : ['', APPROVAL_NOTE];
  return [`${openings} from ${span}`, '', ...lines, ...notes, ''].join('\n');
}

function counted(openings: number): string {
  return openings === 1 ? '1 opening' : `${openings} openings`;
}

/** A terminal must not act on what a name holds, nor show it in another order than it is in. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
