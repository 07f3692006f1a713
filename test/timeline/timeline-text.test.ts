import type { TimelineEntry } from '../../src/timeline/timeline';
import { printable, timelineText } from '../../src/timeline/timeline-text';

const RANGE = { start: new Date('2027-03-01T00:00:00Z'), end: new Date('2027-04-01T00:00:00Z') };

test('a table has a line for each opening, in order, with local time and UTC', () => {
  const weekly = { path: 'Prod/Weekly', timeZone: 'Europe/Berlin', start: new Date('2027-03-28T02:00:00Z'), cutoff: new Date('2027-03-28T04:00:00Z'), end: new Date('2027-03-28T05:00:00Z') };
  const night = { path: 'Night', start: new Date('2027-03-27T22:00:00Z'), cutoff: new Date('2027-03-28T03:30:00Z'), end: new Date('2027-03-28T04:00:00Z') };
  const alone = { path: 'Alone', start: new Date('2027-03-02T09:30:24Z'), cutoff: new Date('2027-03-02T10:30:24Z'), end: new Date('2027-03-02T10:30:24Z') };

  expect(timelineText([weekly, night, alone], RANGE)).toBe([
    '3 openings from Mon 2027-03-01 00:00 to Thu 2027-04-01 00:00 UTC',
    '',
    'Window       Opens                    Last start before     Closes                Time zone      Opens (UTC)              Overlaps with',
    'Alone        Tue 2027-03-02 09:30:24  10:30:24              10:30:24              UTC            Tue 2027-03-02 09:30:24',
    'Night        Sat 2027-03-27 22:00     Sun 2027-03-28 03:30  Sun 2027-03-28 04:00  UTC            Sat 2027-03-27 22:00     Prod/Weekly',
    'Prod/Weekly  Sun 2027-03-28 04:00     06:00                 07:00                 Europe/Berlin  Sun 2027-03-28 02:00     Night',
    '',
  ].join('\n'));
});

test('one opening is counted as one', () => {
  const entry = { path: 'A', start: new Date('2027-03-02T09:00:00Z'), cutoff: new Date('2027-03-02T10:00:00Z'), end: new Date('2027-03-02T10:00:00Z') };

  expect(timelineText([entry], RANGE).split('\n')[0]).toBe('1 opening from Mon 2027-03-01 00:00 to Thu 2027-04-01 00:00 UTC');
});

test('no opening is said in words', () => {
  expect(timelineText([], RANGE)).toBe('No window opens from Mon 2027-03-01 00:00 to Thu 2027-04-01 00:00 UTC.\n');
});

test('what opens every day is one line, among what opens seldom', () => {
  const daily = Array.from({ length: 30 }, (_, day) => (
    { path: 'Daily', start: new Date(Date.UTC(2027, 2, 1 + day, 12)), cutoff: new Date(Date.UTC(2027, 2, 1 + day, 14)), end: new Date(Date.UTC(2027, 2, 1 + day, 15)) }));
  const monthly = { path: 'Monthly', start: new Date('2027-03-09T14:00:00Z'), cutoff: new Date('2027-03-09T15:00:00Z'), end: new Date('2027-03-09T16:00:00Z') };

  expect(timelineText([monthly, ...daily], RANGE)).toBe([
    '31 openings from Mon 2027-03-01 00:00 to Thu 2027-04-01 00:00 UTC',
    '',
    'Window   Opens                 Last start before  Closes  Time zone  Opens (UTC)                                              Overlaps with',
    'Daily    every day 12:00       14:00              15:00   UTC        Mon 2027-03-01 12:00 to Tue 2027-03-30 12:00 (30 times)  Monthly',
    'Monthly  Tue 2027-03-09 14:00  15:00              16:00   UTC        Tue 2027-03-09 14:00                                     Daily',
    '',
  ].join('\n'));
});

test.each(['\u061c', '\u200e', '\u200f', '\u2028', '\u202a', '\u202e', '\u2066', '\u2069', '\u0000', '\u007f', '\u009b'])('%j of a name is not shown', character => {
  expect(printable(`a${character}b`)).toBe('a\ufffdb');
});

test('letters of every script are shown', () => {
  expect(printable('Größe 窓 خادم 🪟')).toBe('Größe 窓 خادم 🪟');
});

test('control characters of a name do not reach the terminal', () => {
  const entry = { path: 'A\u001b[31m\nB', start: RANGE.start, cutoff: RANGE.end, end: RANGE.end };
  const text = timelineText([entry], RANGE);

  expect(text).toContain('A\ufffd[31m\ufffdB');
  expect(text).not.toContain('\u001b');
});

describe('what is installed', () => {
  const approval = { operatingSystem: 'WINDOWS', status: 'approved' as const, release: new Date('2027-02-09T18:00:00Z'), ageDays: 27.6 };
  const day = (date: number, patchApprovals?: object[]) => (
    { path: 'Daily', start: new Date(Date.UTC(2027, 2, date, 12)), cutoff: new Date(Date.UTC(2027, 2, date, 15)), end: new Date(Date.UTC(2027, 2, date, 15)), patchApprovals }) as TimelineEntry;

  test('has a column, and says where it is known from', () => {
    const opening = { path: 'Monthly', start: new Date('2027-03-09T09:00:00Z'), cutoff: new Date('2027-03-09T10:00:00Z'), end: new Date('2027-03-09T10:00:00Z') };
    expect(timelineText([{ ...opening, patchApprovals: [approval] }, { ...opening, path: 'Other' }], RANGE)).toBe([
      '2 openings from Mon 2027-03-01 00:00 to Thu 2027-04-01 00:00 UTC',
      '',
      'Window   Opens                 Last start before  Closes  Time zone  Opens (UTC)           Installs (at most)                   Overlaps with',
      'Monthly  Tue 2027-03-09 09:00  10:00              10:00   UTC        Tue 2027-03-09 09:00  update of 2027-02-09, 27.6 days old  Other',
      'Other    Tue 2027-03-09 09:00  10:00              10:00   UTC        Tue 2027-03-09 09:00                                       Monthly',
      '',
      'Installs (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.',
      '',
    ].join('\n'));
  });

  test('leaves what opens every day on one line', () => {
    const linux = Array.from({ length: 6 }, (_, index) => (
      day(1 + index, [{ operatingSystem: 'SUSE', status: 'approved', release: new Date(Date.UTC(2027, 1, 22 + index, 12)), ageDays: 7 }])));
    expect(timelineText(linux, RANGE).split('\n')[3]).toBe(
      'Daily   every day 12:00  15:00              15:00   UTC        Mon 2027-03-01 12:00 to Sat 2027-03-06 12:00 (6 times)  patches released until 7 days before');
  });
});
