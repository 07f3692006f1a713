import type { TimelineEntry, TimelineRange } from './timeline';
import { formatDay, formatLater, inOrder, overlapsOf } from './timeline';

const HEADINGS = ['Window', 'Opens', 'Last start before', 'Closes', 'Time zone', 'Opens (UTC)', 'Overlaps with'];

/** A table for a terminal, one opening a line. */
export function timelineText(entries: readonly TimelineEntry[], range: TimelineRange): string {
  const span = `${formatDay(range.start)} to ${formatDay(range.end)} UTC`;
  if (entries.length === 0) return `No window opens from ${span}.\n`;
  const overlaps = overlapsOf(entries);
  const rows = inOrder(entries).map(entry => {
    const { path, start, cutoff, end, timeZone = 'UTC' } = entry;
    return [
      path,
      formatDay(start, timeZone),
      formatLater(start, cutoff, timeZone),
      formatLater(start, end, timeZone),
      timeZone,
      formatDay(start),
      overlaps.get(entry)!.join(', '),
    ].map(printable);
  });
  const table = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => table.reduce((width, row) => Math.max(width, row[column].length), 0));
  const lines = table.map(row => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd());
  const openings = entries.length === 1 ? '1 opening' : `${entries.length} openings`;
  return [`${openings} from ${span}`, '', ...lines, ''].join('\n');
}

/** A terminal must not act on what a name holds. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
