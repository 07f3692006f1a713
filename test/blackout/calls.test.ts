import { callsOf } from '../../src/blackout/calls';
import type { BlackoutDates, DayOfAnyYear } from '../../src/blackout/dates';

function once(from: string, to: string): BlackoutDates {
  return { kind: 'once', from: Date.parse(from), to: Date.parse(to), reason: 'Freeze' };
}

function yearly(first: [month: number, day: number], last: [month: number, day: number]): BlackoutDates {
  const day = ([month, ofMonth]: [number, number]): DayOfAnyYear => ({ month, day: ofMonth });
  return { kind: 'yearly', first: day(first), last: day(last), reason: 'Freeze' };
}

function expressionsOf(dates: BlackoutDates): { off: string[]; on: string } {
  const { off, on } = callsOf(dates);
  return { off: off.map(({ fields, year }) => `${fields} ? ${year}`), on: `${on.fields} ? ${on.year}` };
}

describe('a black-out that comes once', () => {
  test('turns the window off 5 minutes early, then each hour, and on 2 minutes before the end', () => {
    expect(expressionsOf(once('2027-11-26T08:30:00Z', '2027-11-26T12:00:00Z'))).toEqual({
      off: ['25 8 26 11 ? 2027,2199', '55 8-10 26 11 ? 2027,2199'],
      on: '58 11 26 11 ? 2027,2199',
    });
  });

  test('of 15 minutes is not repeated', () => {
    expect(expressionsOf(once('2027-11-26T08:00:00Z', '2027-11-26T08:15:00Z'))).toEqual({
      off: ['55 7 26 11 ? 2027,2199'],
      on: '13 8 26 11 ? 2027,2199',
    });
  });

  test('repeats the call no later than 15 minutes before the window is turned on', () => {
    const repeats = (to: string) => expressionsOf(once('2027-11-26T08:30:00Z', to)).off[1];
    expect(repeats('2027-11-26T09:12:00Z')).toBe('55 8 26 11 ? 2027,2199');
    expect(repeats('2027-11-26T09:11:00Z')).toBeUndefined();
  });

  test('over several days has calls on the first, on the last and on those between', () => {
    expect(expressionsOf(once('2027-11-26T08:30:00Z', '2027-11-29T12:00:00Z')).off).toEqual([
      '25 8 26 11 ? 2027,2199', '55 8-22 26 11 ? 2027,2199', '55 0-22 27-28 11 ? 2027,2199', '55 0-10 29 11 ? 2027,2199',
    ]);
  });

  test('of whole days has a call a month', () => {
    expect(expressionsOf(once('2027-12-20T00:00:00Z', '2028-03-07T00:00:00Z'))).toEqual({
      off: ['55 23 19 12 ? 2027,2199', '55 0-22 20-31 12 ? 2027,2199', '55 0-22 * 1-2 ? 2028,2199', '55 0-22 1-6 3 ? 2028,2199'],
      on: '58 23 6 3 ? 2028,2199',
    });
  });

  test('of several years has calls in each', () => {
    expect(expressionsOf(once('2027-12-01T00:00:00Z', '2029-02-01T00:00:00Z')).off.slice(1)).toEqual([
      '55 0-22 * 12 ? 2027,2199', '55 0-22 * 1-12 ? 2028,2199', '55 0-22 * 1 ? 2029,2199',
    ]);
  });
});

describe('a black-out that comes each year', () => {
  test('turns the window off before the first day, then each hour, and on at the end of the last day', () => {
    expect(expressionsOf(yearly([7, 10], [7, 12]))).toEqual({ off: ['55 23 9 7 ? *', '55 0-22 10-12 7 ? *'], on: '58 23 12 7 ? *' });
  });

  test('can go on into the next year', () => {
    expect(expressionsOf(yearly([12, 20], [1, 6]))).toEqual({
      off: ['55 23 19 12 ? *', '55 0-22 20-31 12 ? *', '55 0-22 1-6 1 ? *'],
      on: '58 23 6 1 ? *',
    });
  });

  test('can be a single day', () => {
    expect(expressionsOf(yearly([1, 1], [1, 1]))).toEqual({ off: ['55 23 31 12 ? *', '55 0-22 1 1 ? *'], on: '58 23 1 1 ? *' });
  });

  test('begins after the last day of February, whichever that is', () => {
    expect(expressionsOf(yearly([3, 1], [3, 5])).off).toEqual(['55 23 L 2 ? *', '55 0-22 1-5 3 ? *']);
  });

  test('that begins on 29 February begins after the 28th', () => {
    expect(expressionsOf(yearly([2, 29], [3, 5])).off).toEqual(['55 23 28 2 ? *', '55 0-22 29-31 2 ? *', '55 0-22 1-5 3 ? *']);
  });

  test('that ends on 29 February ends with February, and on the 28th on that day', () => {
    expect(expressionsOf(yearly([2, 10], [2, 29]))).toEqual({ off: ['55 23 9 2 ? *', '55 0-22 10-31 2 ? *'], on: '58 23 L 2 ? *' });
    expect(expressionsOf(yearly([2, 10], [2, 28]))).toEqual({ off: ['55 23 9 2 ? *', '55 0-22 10-28 2 ? *'], on: '58 23 28 2 ? *' });
  });
});
