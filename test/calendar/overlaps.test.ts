import type { WindowCalendarEntry } from '../../src';
import { overlapClusters } from '../../src/calendar/overlaps';

const hour = (n: number) => new Date(Date.UTC(2027, 0, 1, n));

function entry(path: string, from: number, to: number): WindowCalendarEntry {
  return { path, occurrence: { start: hour(from), cutoff: hour(to), end: hour(to) } };
}

const paths = (entries: WindowCalendarEntry[]) => overlapClusters(entries).map(cluster => cluster.map(({ path }) => path));

test('openings that touch do not overlap', () => {
  expect(paths([entry('A', 0, 2), entry('B', 2, 4)])).toEqual([]);
});

test('openings that share an hour overlap', () => {
  expect(paths([entry('A', 0, 3), entry('B', 2, 4)])).toEqual([['A', 'B']]);
});

test('a chain is one group', () => {
  expect(paths([entry('A', 0, 3), entry('B', 2, 5), entry('C', 4, 6)])).toEqual([['A', 'B', 'C']]);
});

test('one long opening holds together what it spans', () => {
  expect(paths([entry('A', 0, 10), entry('B', 1, 2), entry('C', 8, 9)])).toEqual([['A', 'B', 'C']]);
});

test('groups apart are apart, and one that overlaps nothing is in none', () => {
  expect(paths([entry('A', 0, 2), entry('B', 1, 2), entry('C', 3, 4), entry('D', 5, 7), entry('E', 5, 6)])).toEqual([['A', 'B'], ['D', 'E']]);
});

test('a window that opens again before it closed overlaps itself', () => {
  expect(paths([entry('A', 0, 2), entry('A', 1, 3)])).toEqual([['A', 'A']]);
});
