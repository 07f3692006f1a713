import { APPROVAL_NOTE, INSTALLS } from './approval-words';
import type { TimelineEntry, TimelineRange } from './timeline';
import { formatDay } from './timeline';
import { timelineRows } from './timeline-rows';

const HEADINGS = ['Window', 'Opens', 'Last start before', 'Closes', 'Time zone', 'Opens (UTC)', INSTALLS, 'Overlaps with'];

/** A table for a terminal, one opening a line, or many that repeat. */
export function timelineText(entries: readonly TimelineEntry[], range: TimelineRange): string {
  const span = `${formatDay(range.start)} to ${formatDay(range.end)} UTC`;
  if (entries.length === 0) return `No window opens from ${span}.\n`;
  const rows = timelineRows(entries).map(({ path, opens, lastStart, closes, timeZone, startUtc, installs, overlaps }) => (
    [path, opens, lastStart, closes, timeZone, startUtc, installs, overlaps.join(', ')].map(printable)));
  const column = HEADINGS.indexOf(INSTALLS);
  const isShown = rows.some((row) => row[column] !== '');
  const table = [HEADINGS, ...rows].map((row) => row.filter((_, index) => isShown || index !== column));
  const widths = table[0].map((_, index) => table.reduce((width, row) => Math.max(width, row[index].length), 0));
  const lines = table.map(row => row.map((cell, index) => cell.padEnd(widths[index])).join('  ').trimEnd());
  const openings = entries.length === 1 ? '1 opening' : `${entries.length} openings`;
  return [`${openings} from ${span}`, '', ...lines, ...isShown ? ['', APPROVAL_NOTE] : [], ''].join('\n');
}

/** A terminal must not act on what a name holds, nor show it in another order than it is in. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
