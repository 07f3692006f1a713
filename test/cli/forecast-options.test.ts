import { ForecastIo, NOW, template } from './forecast-io';
import { commonUsage, forecastOf, forecastOfOne, parseForecastOptions } from '../../src/cli/forecast-options';
import { templatesOf } from '../../src/forecast/assembly';

const io = new ForecastIo({ 'cdk.out': template('cron(0 4 ? * SUN *)'), 'a.json': template('cron(0 5 ? * SUN *)') });
const WEEK = 7 * 24 * 3_600_000;

test('without options it is four weeks from now', () => {
  expect(parseForecastOptions([], io)).toEqual({
    locations: [], range: { start: NOW, end: new Date(NOW.getTime() + 4 * WEEK) }, timeZone: undefined, json: false, values: {}, flags: new Set(),
  });
});

test('the options of all commands and of one are read', () => {
  const args = ['a', '--from', '2027-01-31', '--weeks=2', '--time-zone', 'Asia/Tokyo', '--json', '--html', 'x.html', '--fail', 'b'];
  expect(parseForecastOptions(args, io, { values: ['html', 'ics'], flags: ['fail', 'quiet'], defaultWeeks: 9 })).toEqual({
    locations: ['a', 'b'],
    range: { start: new Date('2027-01-31T00:00:00Z'), end: new Date('2027-02-14T00:00:00Z') },
    timeZone: 'Asia/Tokyo',
    json: true,
    values: { html: 'x.html', ics: undefined },
    flags: new Set(['fail']),
  });
});

test('a command has its own number of weeks', () => {
  expect(parseForecastOptions([], io, { defaultWeeks: 53 }).range.end).toEqual(new Date(NOW.getTime() + 53 * WEEK));
  expect(commonUsage(53)).toContain('(default 53)');
  expect(commonUsage()).toContain('(default 4)');
});

test.each([
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2027-01-31T02:00Z', '2027-01-31T02:00:00.000Z'],
  ['2027-01-31T02:00:30+02:00', '2027-01-31T00:00:30.000Z'],
])('from %s is %s', (text, expected) => {
  expect(parseForecastOptions(['--from', text], io).range.start.toISOString()).toBe(expected);
});

test.each([
  [['--from', '2027-02-29'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-02-29"'],
  [['--from', '2027-01-31T02:00'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-01-31T02:00"'],
  [['--from', '2027-01-31T25:00Z'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-01-31T25:00Z"'],
  [['--from', ''], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got ""'],
  [['--weeks', '0'], '--weeks must be a whole number from 1 to 520, got "0"'],
  [['--weeks', '521'], '--weeks must be a whole number from 1 to 520, got "521"'],
  [['--weeks', '1e2'], '--weeks must be a whole number from 1 to 520, got "1e2"'],
  [['--time-zone', 'Mars/Base'], '--time-zone must be an IANA time zone such as Europe/Berlin, got "Mars/Base"'],
])('fails for %j', (args, message) => {
  expect(() => parseForecastOptions(args, io)).toThrow(new Error(message));
});

test.each([1, 520])('%d weeks are taken', weeks => {
  expect(parseForecastOptions(['--weeks', String(weeks)], io).range.end).toEqual(new Date(NOW.getTime() + weeks * WEEK));
});

test('one place is that which is given, or cdk.out', () => {
  const first = (args: string[]) => forecastOfOne(parseForecastOptions(args, io), io).windows[0].openings[0].start.toISOString();
  expect(first([])).toBe('2027-03-14T03:00:00.000Z');
  expect(first(['a.json'])).toBe('2027-03-14T04:00:00.000Z');
  expect(() => first(['a.json', 'b.json'])).toThrow(new Error('give one folder or template, got 2'));
});

test('a forecast holds what is known and what is not', () => {
  const { windows, undetermined } = forecastOf(templatesOf(io, 'a.json'), parseForecastOptions([], io));
  expect([...windows, ...undetermined].map(({ path }) => path)).toEqual(['a/Weekly', 'a/Open']);
});
