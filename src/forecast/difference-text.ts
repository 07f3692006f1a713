import type { Comparison } from './difference';
import { formatDay, type TimelineRange } from '../timeline/timeline';

/** The differences in words, a line each; without one it says what was compared, and what was not. */
export function comparisonText({ differences, compared, notCompared }: Comparison, range: TimelineRange): string {
  const lines = differences.map(({ path, words }) => `${path}: ${words}\n`);
  const left = notCompared.map(({ path, undetermined }) => `  ${path}  ${undetermined}\n`);
  if (lines.length === 0) {
    lines.push(compared > 0 ? `no window opens at another time from ${day(range.start)} to ${day(range.end)}\n`
      : `nothing could be compared${left.length > 0 ? '' : ', there are no maintenance windows'}\n`);
  }
  return [...lines, ...(left.length > 0 ? ['\nNot compared, what the templates say of it is as before:\n', ...left] : [])].join('');
}

/** The differences for programs to read. */
export function comparisonJson({ differences, compared, notCompared }: Comparison, range: TimelineRange): string {
  const left = notCompared.map(({ path, undetermined: reason }) => ({ path, reason }));
  return `${JSON.stringify({ from: range.start, to: range.end, compared, differences, notCompared: left }, null, 2)}\n`;
}

function day(instant: Date): string {
  return formatDay(instant).slice(4, 14);
}
