import { clockGaps, fixedOffsetMinutes, instantOf, isKnownTimeZone, wallClock } from '../../../src/schedule/engine/time-zone';

const utc = (iso: string) => Date.parse(`${iso}Z`);
const iso = (time: number) => new Date(time).toISOString().slice(0, 19);

test.each(['Europe/Berlin', 'US/Eastern', 'UTC', 'Etc/GMT+5', '+02:00', '-03:30', '+14:00', '-18:00'])('%s is a known time zone', timeZone => {
  expect(isKnownTimeZone(timeZone)).toBe(true);
});

test.each(['Mars/Olympus', 'Pacific Standard Time', 'America/New York', '', '+18:01', '+19:00', '+02:60'])('"%s" is not a known time zone', timeZone => {
  expect(isKnownTimeZone(timeZone)).toBe(false);
});

test.each([['UTC', 0], ['+02:00', 120], ['-03:30', -210], ['+14:59', 899], ['+17:59', 1079], ['-18:00', -1080], ['Europe/Berlin', undefined]])('%s is %s minutes from UTC', (timeZone, minutes) => {
  expect(fixedOffsetMinutes(timeZone)).toBe(minutes);
});

test.each([
  ['Europe/Berlin', '2027-01-15T12:00:00', '2027-01-15T13:00:00'],
  ['Europe/Berlin', '2027-07-15T23:30:00', '2027-07-16T01:30:00'],
  ['Asia/Kathmandu', '2027-12-31T20:00:00', '2028-01-01T01:45:00'],
  ['-03:30', '2027-07-15T01:00:00', '2027-07-14T21:30:00'],
])('the clock of %s at %s UTC shows %s', (timeZone, instant, local) => {
  expect(iso(wallClock(utc(instant), timeZone))).toBe(local);
});

test('milliseconds stay on the clock', () => {
  expect(wallClock(utc('2027-01-15T12:00:00.250'), 'Europe/Berlin')).toBe(utc('2027-01-15T13:00:00.250'));
});

test.each([
  ['a usual local time', 'Europe/Berlin', '2027-01-15T13:00:00', '2027-01-15T12:00:00'],
  ['a time in a gap is moved on by the gap', 'Europe/Berlin', '2027-03-28T02:30:00', '2027-03-28T01:30:00'],
  ['the end of a gap', 'Europe/Berlin', '2027-03-28T03:00:00', '2027-03-28T01:00:00'],
  ['of an overlap the earlier time', 'Europe/Berlin', '2027-10-31T02:30:00', '2027-10-31T00:30:00'],
  ['a gap of half an hour', 'Australia/Lord_Howe', '2027-10-03T02:15:00', '2027-10-02T15:45:00'],
  ['west of Greenwich', 'America/New_York', '2027-03-14T02:30:00', '2027-03-14T07:30:00'],
  ['a fixed offset', '+05:45', '2027-03-14T02:30:00', '2027-03-13T20:45:00'],
])('%s: %s %s', (_what, timeZone, local, instant) => {
  expect(iso(instantOf(utc(local), timeZone))).toBe(instant);
});

test.each([
  ['Europe/Berlin', [['2027-03-28T02:00:00', '2027-03-28T03:00:00']]],
  ['America/New_York', [['2027-03-14T02:00:00', '2027-03-14T03:00:00']]],
  ['Australia/Lord_Howe', [['2027-10-03T02:00:00', '2027-10-03T02:30:00']]],
  ['America/Santiago', [['2027-09-05T00:00:00', '2027-09-05T01:00:00']]],
  ['Asia/Tokyo', []],
  ['UTC', []],
])('the clocks of %s leave out %j in 2027', (timeZone, expected) => {
  const gaps = [...clockGaps(timeZone, new Date('2027-01-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z'))];

  expect(gaps.map(({ from, to }) => [iso(from), iso(to)])).toEqual(expected);
});
