import type { TimelineEntry } from '../../src/timeline/timeline';
import { formatDay, formatLater, formatTime, inOrder, overlapsOf } from '../../src/timeline/timeline';

function entry(path: string, start: string, end: string): TimelineEntry {
  return { path, start: new Date(start), cutoff: new Date(end), end: new Date(end) };
}

test('entries are sorted by start, then by path', () => {
  const a = entry('A', '2027-01-02T00:00:00Z', '2027-01-02T01:00:00Z');
  const b = entry('B', '2027-01-01T00:00:00Z', '2027-01-01T01:00:00Z');
  const c = entry('C', '2027-01-02T00:00:00Z', '2027-01-02T01:00:00Z');
  const again = { ...a };

  expect(inOrder([c, a, b, again]).map(({ path }) => path)).toEqual(['B', 'A', 'A', 'C']);
});

describe('overlaps', () => {
  test('are told of all that are open together, once each', () => {
    // GIVEN
    const long = entry('Long', '2027-01-01T00:00:00Z', '2027-01-01T12:00:00Z');
    const first = entry('Short', '2027-01-01T01:00:00Z', '2027-01-01T02:00:00Z');
    const second = entry('Short', '2027-01-01T03:00:00Z', '2027-01-01T04:00:00Z');
    const other = entry('Other', '2027-01-01T03:59:59Z', '2027-01-01T05:00:00Z');
    const apart = entry('Apart', '2027-01-02T00:00:00Z', '2027-01-02T12:00:00Z');

    // WHEN
    const overlaps = overlapsOf([apart, other, second, first, long]);

    // THEN
    expect(overlaps.get(long)).toEqual(['Other', 'Short']);
    expect(overlaps.get(first)).toEqual(['Long']);
    expect(overlaps.get(second)).toEqual(['Long', 'Other']);
    expect(overlaps.get(other)).toEqual(['Long', 'Short']);
    expect(overlaps.get(apart)).toEqual([]);
  });

  test('need more than a common moment', () => {
    const before = entry('Before', '2027-01-01T00:00:00Z', '2027-01-01T02:00:00Z');
    const after = entry('After', '2027-01-01T02:00:00Z', '2027-01-01T04:00:00Z');

    expect([...overlapsOf([before, after]).values()]).toEqual([[], []]);
  });

  test('can be with the same window', () => {
    const before = entry('Same', '2027-01-01T00:00:00Z', '2027-01-01T02:00:00Z');
    const after = entry('Same', '2027-01-01T01:00:00Z', '2027-01-01T03:00:00Z');

    expect([...overlapsOf([before, after]).values()]).toEqual([['Same'], ['Same']]);
  });

  test('are those that each pair of entries has', () => {
    // GIVEN entries at pseudo-random times
    let state = 1;
    const random = (below: number) => {
      state = state * 48_271 % 2_147_483_647;
      return state % below;
    };
    const entries = Array.from({ length: 300 }, () => {
      const start = random(5_000);
      return entry(`P${random(7)}`, new Date(start * 60_000).toISOString(), new Date((start + 1 + random(90)) * 60_000).toISOString());
    });

    // WHEN
    const overlaps = overlapsOf(entries);

    // THEN
    const meet = (one: TimelineEntry, other: TimelineEntry) => other !== one && other.start < one.end && one.start < other.end;
    const paths = (one: TimelineEntry) => entries.filter(other => meet(one, other)).map(({ path }) => path);
    expect(entries.map(one => overlaps.get(one))).toEqual(entries.map(one => [...new Set(paths(one))].sort()));
  });
});

test('times are written on the clock of a zone, in UTC by default', () => {
  const instant = new Date('2027-03-14T03:00:00Z');

  expect(formatDay(instant)).toBe('Sun 2027-03-14 03:00');
  expect(formatDay(instant, 'America/Los_Angeles')).toBe('Sat 2027-03-13 19:00');
  expect(formatTime(instant, '+05:45')).toBe('08:45');
  expect(formatTime(new Date('2027-03-14T03:00:24Z'))).toBe('03:00:24');
});

test('of a later time the date is written when it is another', () => {
  const earlier = new Date('2027-03-14T20:00:00Z');

  expect(formatLater(earlier, new Date('2027-03-14T23:00:00Z'))).toBe('23:00');
  expect(formatLater(earlier, new Date('2027-03-14T23:00:00Z'), 'Europe/Berlin')).toBe('Mon 2027-03-15 00:00');
  expect(formatLater(earlier, new Date('2027-03-15T00:00:00Z'))).toBe('Mon 2027-03-15 00:00');
});
