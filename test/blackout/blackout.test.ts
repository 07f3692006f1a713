import { Lazy, TimeZone } from 'aws-cdk-lib';
import { Blackout } from '../../src';
import type { YearlyBlackoutOptions } from '../../src';
import { later, laterNumber } from '../support/tokens';

const FROM = new Date('2027-11-26T00:00:00Z');
const TO = new Date('2027-11-30T00:00:00Z');

function between(from: unknown, to: unknown, reason: unknown = 'Sale'): () => Blackout {
  return () => Blackout.between(from as Date, to as Date, reason as string);
}

function yearly(options: { [key in keyof YearlyBlackoutOptions]?: unknown } = {}): () => Blackout {
  return () => Blackout.yearly({ firstDay: { month: 12, day: 20 }, lastDay: { month: 1, day: 6 }, reason: 'Year-end', ...options } as YearlyBlackoutOptions);
}

test('tells its reason', () => {
  expect(between(FROM, TO)().reason).toBe('Sale');
  expect(yearly()().reason).toBe('Year-end');
});

describe('between', () => {
  test('rounds outward to the minute', () => {
    expect(Blackout.between(new Date('2027-11-26T00:00:59.999Z'), new Date('2027-11-26T01:00:00.001Z'), 'Sale')._dates)
      .toEqual(Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-26T01:01:00Z'), 'Sale')._dates);
  });

  test('takes 15 minutes', () => {
    expect(between(FROM, new Date('2027-11-26T00:15:00Z'))).not.toThrow();
  });

  test.each([
    ['less than 15 minutes', FROM, new Date('2027-11-26T00:14:00Z'),
      "'end' must be at least 15 minutes after 'start', got start 2027-11-26T00:00:00.000Z and end 2027-11-26T00:14:00.000Z"],
    ['an end before the begin', TO, FROM,
      "'end' must be at least 15 minutes after 'start', got start 2027-11-30T00:00:00.000Z and end 2027-11-26T00:00:00.000Z"],
    ['what is no date', '2027-11-26', TO, "'start' must be a Date, got \"2027-11-26\""],
    ['an invalid date', FROM, new Date('x'), "'end' must be a valid date, got an invalid Date"],
    ['a year before 1970', new Date('1969-12-31T00:00:00Z'), TO, "'start' must be from 1970 to 2198, got 1969-12-31T00:00:00.000Z"],
    ['a year after 2198', FROM, new Date('2199-01-01T00:00:00Z'), "'end' must be from 1970 to 2198, got 2199-01-01T00:00:00.000Z"],
  ])('rejects %s', (_, from, to, message) => {
    expect(between(from, to)).toThrow(message);
  });

  test('takes the last year', () => {
    expect(between(FROM, new Date('2198-12-31T23:59:00Z'))).not.toThrow();
  });
});

describe('yearly', () => {
  test.each([[{ month: 2, day: 29 }], [{ month: 12, day: 31 }], [{ month: 4, day: 30 }]])('takes %j', (lastDay) => {
    expect(yearly({ lastDay })).not.toThrow();
  });

  test.each([
    ['a day that no year has', { lastDay: { month: 4, day: 31 } }, "'lastDay' must be a day of the calendar, got month 4 and day 31"],
    ['30 February', { firstDay: { month: 2, day: 30 } }, "'firstDay' must be a day of the calendar, got month 2 and day 30"],
    ['month 13', { firstDay: { month: 13, day: 1 } }, "'firstDay.month' must be a whole number from 1 to 12, got 13"],
    ['day 0', { firstDay: { month: 1, day: 0 } }, "'firstDay.day' must be a whole number from 1 to 31, got 0"],
    ['a day known only at deployment', { firstDay: { month: 1, day: laterNumber() } },
      "'firstDay.day' must be known at synthesis, got a token, pass a literal value"],
    ['no day', { lastDay: undefined }, "'lastDay' must be an object, got undefined, specify a value"],
    ['a text as zone', { timeZone: 'Europe/Paris' }, "'timeZone' must be a TimeZone, got \"Europe/Paris\""],
    ['an unknown zone', { timeZone: TimeZone.of('Europe/Atlantis') },
      "'timeZone' must be one that this runtime knows, got \"Europe/Atlantis\", use an IANA time zone"],
    ['a zone known only at deployment', { timeZone: TimeZone.of(later()) },
      "'timeZone' must be one that this runtime knows, got a token, use an IANA time zone"],
  ])('rejects %s', (_, options, message) => {
    expect(yearly(options)).toThrow(message);
  });
});

describe('a reason', () => {
  test.each([['x'], ['x'.repeat(200)], ['Jahresende, „Freeze“ & more']])('can be %s', (reason) => {
    expect(between(FROM, TO, reason)().reason).toBe(reason);
    expect(yearly({ reason })().reason).toBe(reason);
  });

  test.each([
    ['', "'reason' must have 1 to 200 characters on one line, got \"\""],
    [' ', "'reason' must have 1 to 200 characters on one line, got \" \""],
    ['two\nlines', "'reason' must have 1 to 200 characters on one line, got \"two\\nlines\""],
    [undefined, "'reason' must be a string, got undefined, specify a value"],
    [Lazy.string({ produce: () => 'Freeze' }), "'reason' must be known at synthesis, as calendars show it, got a token, pass a literal text"],
  ])('is not %j', (reason, message) => {
    expect(() => Blackout.between(FROM, TO, reason as string)).toThrow(message);
    expect(yearly({ reason })).toThrow(message);
  });

  test('has at most 200 characters', () => {
    expect(between(FROM, TO, 'x'.repeat(201))).toThrow(/^'reason' must have 1 to 200 characters on one line, got "x+/);
  });
});
