import * as fc from 'fast-check';
import type { BlackoutDates, DayOfAnyYear } from '../../src/blackout/dates';
import { beginsOf, switchesOf } from '../../src/blackout/plan';
import { closedBecause } from '../../src/schedule/engine/closures';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function once(from: string, to: string, reason: string = 'Freeze'): BlackoutDates {
  return { kind: 'once', from: Date.parse(from), to: Date.parse(to), reason };
}

function yearly(first: [number, number], last: [number, number], { timeZone, reason = 'Year-end' }: { timeZone?: string; reason?: string } = {}): BlackoutDates {
  const day = ([month, ofMonth]: [number, number]): DayOfAnyYear => ({ month, day: ofMonth });
  return { kind: 'yearly', first: day(first), last: day(last), timeZone, reason };
}

function onsOf(...blackouts: BlackoutDates[]): string[] {
  return switchesOf(blackouts).filter(({ enabled }) => enabled).map(({ expression }) => expression);
}

function closedAt(blackouts: BlackoutDates[], time: string): string | undefined {
  return closedBecause(switchesOf(blackouts), new Date(time));
}

test('no black-outs need nothing', () => {
  expect(switchesOf([])).toEqual([]);
});

test('equal black-outs have one plan, so that what is computed of it is computed once', () => {
  expect(switchesOf([once('2027-11-26T00:00:00Z', '2027-11-30T00:00:00Z')])).toBe(switchesOf([once('2027-11-26T00:00:00Z', '2027-11-30T00:00:00Z')]));
});

test('a window is closed from 5 minutes before the begin up to 2 minutes before the end', () => {
  const blackouts = [once('2027-11-26T00:00:00Z', '2027-11-30T00:00:00Z')];
  expect(closedAt(blackouts, '2027-11-25T23:54:59Z')).toBeUndefined();
  expect(closedAt(blackouts, '2027-11-25T23:55:00Z')).toBe('Freeze');
  expect(closedAt(blackouts, '2027-11-26T00:00:00Z')).toBe('Freeze');
  expect(closedAt(blackouts, '2027-11-29T23:57:59Z')).toBe('Freeze');
  expect(closedAt(blackouts, '2027-11-29T23:58:00Z')).toBeUndefined();
  expect(closedAt(blackouts, '2028-11-27T00:00:00Z')).toBeUndefined();
});

test('a yearly black-out follows the clock of its zone', () => {
  const blackouts = [yearly([12, 20], [1, 6], { timeZone: 'Europe/Paris' })];
  expect(closedAt(blackouts, '2030-12-19T22:54:00Z')).toBeUndefined();
  expect(closedAt(blackouts, '2030-12-19T22:55:00Z')).toBe('Year-end');
  expect(closedAt(blackouts, '2031-01-06T22:57:00Z')).toBe('Year-end');
  expect(closedAt(blackouts, '2031-01-06T22:58:00Z')).toBeUndefined();
});

describe('of black-outs that overlap', () => {
  const early = once('2027-11-20T00:00:00Z', '2027-11-26T00:00:00Z', 'Audit');

  test('the last end turns the window on', () => {
    const late = once('2027-11-25T00:00:00Z', '2027-11-30T00:00:00Z', 'Sale');
    expect(onsOf(early, late)).toEqual(['cron(58 23 29 11 ? 2027,2199)']);
    expect(closedAt([early, late], '2027-11-24T12:00:00Z')).toBe('Audit');
    expect(closedAt([early, late], '2027-11-28T12:00:00Z')).toBe('Audit, Sale');
  });

  test('one within another changes nothing but the reason', () => {
    expect(onsOf(early, once('2027-11-21T00:00:00Z', '2027-11-22T00:00:00Z'))).toEqual(['cron(58 23 25 11 ? 2027,2199)']);
  });

  test('one that follows within the hour leaves the window off between them', () => {
    // the later one turns the window off at 00:58
    expect(onsOf(early, once('2027-11-26T01:03:00Z', '2027-11-27T00:00:00Z'))).toEqual(['cron(58 23 26 11 ? 2027,2199)']);
    expect(closedAt([early, once('2027-11-26T01:03:00Z', '2027-11-27T00:00:00Z')], '2027-11-26T00:30:00Z')).toBe('Audit');
    expect(onsOf(early, once('2027-11-26T01:04:00Z', '2027-11-27T00:00:00Z'))).toHaveLength(2);
    expect(closedAt([early, once('2027-11-26T01:04:00Z', '2027-11-27T00:00:00Z')], '2027-11-26T00:30:00Z')).toBeUndefined();
  });

  test('those that end together turn the window on together', () => {
    const [, ...rest] = onsOf(early, once('2027-11-25T00:00:00Z', '2027-11-26T00:00:00Z'));
    expect(rest).toEqual([]);
    expect(onsOf(early, early)).toEqual(['cron(58 23 25 11 ? 2027,2199)']);
    expect(switchesOf([early, once('2027-11-25T00:00:00Z', '2027-11-26T00:00:00Z', 'Sale')]).find(({ enabled }) => enabled)!.reason).toBe('Audit, Sale');
  });

  test('a yearly one leaves the window off where it ends in another one, in that year only', () => {
    const blackouts = [yearly([12, 20], [12, 26]), once('2028-12-24T00:00:00Z', '2029-01-02T00:00:00Z')];
    expect(onsOf(...blackouts)).toEqual(['cron(58 23 26 12 ? 1970-2027,2029-2199)', 'cron(58 23 1 1 ? 2029,2199)']);
    expect(closedAt(blackouts, '2027-12-27T12:00:00Z')).toBeUndefined();
    expect(closedAt(blackouts, '2028-12-27T12:00:00Z')).toBe('Year-end, Freeze');
    expect(closedAt(blackouts, '2029-12-27T12:00:00Z')).toBeUndefined();
  });

  test('a yearly one that goes on into the next year is left out in the year of its end', () => {
    expect(onsOf(yearly([12, 20], [1, 6]), once('2029-01-05T00:00:00Z', '2029-01-09T00:00:00Z')))
      .toEqual(['cron(58 23 6 1 ? 1970-2028,2030-2199)', 'cron(58 23 8 1 ? 2029,2199)']);
  });

  test('one that ends in a yearly one does not turn the window on', () => {
    const blackouts = [once('2028-12-10T00:00:00Z', '2028-12-24T00:00:00Z'), yearly([12, 20], [1, 6])];
    expect(onsOf(...blackouts)).toEqual(['cron(58 23 6 1 ? *)']);
    expect(closedAt(blackouts, '2029-01-03T00:00:00Z')).toBe('Freeze, Year-end');
  });

  test('of two yearly ones in different zones the later end turns the window on', () => {
    const blackouts = [yearly([12, 20], [1, 6], { timeZone: 'Europe/Paris' }), yearly([1, 1], [1, 6], { timeZone: 'America/New_York', reason: 'Inventory' })];
    expect(switchesOf(blackouts).filter(({ enabled }) => enabled).map(({ expression, timeZone }) => [expression, timeZone]))
      .toEqual([['cron(58 23 6 1 ? *)', 'America/New_York']]);
  });

  test('those that cover the year leave the window off', () => {
    expect(onsOf(yearly([1, 1], [12, 31]))).toEqual([]);
    expect(onsOf(yearly([1, 1], [6, 30]), yearly([7, 1], [12, 31]))).toEqual([]);
    expect(closedAt([yearly([1, 1], [12, 31])], '2031-06-01T00:00:00Z')).toBe('Year-end');
  });
});

test('29 February begins and ends with February or March', () => {
  const from = [yearly([2, 29], [3, 5])];
  expect(closedAt(from, '2027-02-28T23:54:00Z')).toBeUndefined();
  expect(closedAt(from, '2027-02-28T23:55:00Z')).toBe('Year-end');
  expect(closedAt(from, '2028-02-28T23:55:00Z')).toBe('Year-end');
  const to = [yearly([2, 10], [2, 29])];
  expect(closedAt(to, '2027-02-28T23:57:00Z')).toBe('Year-end');
  expect(closedAt(to, '2027-03-01T00:00:00Z')).toBeUndefined();
  expect(closedAt(to, '2028-02-29T12:00:00Z')).toBe('Year-end');
  expect(closedAt(to, '2028-03-01T00:00:00Z')).toBeUndefined();
});

test('a black-out begins at its first minute', () => {
  expect(beginsOf(once('2027-11-20T00:00:00Z', '2027-11-26T00:00:00Z'))).toEqual([new Date('2027-11-20T00:00:00Z')]);
  expect(beginsOf(yearly([2, 29], [3, 5]))).toEqual([new Date('2028-02-29T00:00:00Z'), new Date('2029-03-01T00:00:00Z')]);
  expect(beginsOf(yearly([12, 20], [1, 6], { timeZone: 'Europe/Paris' }))).toEqual([new Date('2028-12-19T23:00:00Z'), new Date('2029-12-19T23:00:00Z')]);
});

test('a window is off in its black-outs and between those that follow within the hour, and on otherwise', () => {
  const minutes = (days: number) => fc.integer({ min: 0, max: days * 24 * 60 }).map((value) => value * MINUTE);
  const start = Date.parse('2028-01-01T00:00:00Z');
  const onces = fc.tuple(minutes(500), minutes(40)).map(([from, length]): BlackoutDates => (
    { kind: 'once', from: start + from, to: start + from + Math.max(length, 15 * MINUTE), reason: 'once' }));
  // the end of February, and zones, are tested by example
  const day = fc.record({ month: fc.integer({ min: 4, max: 12 }), day: fc.integer({ min: 1, max: 30 }) });
  const yearlies = fc.tuple(day, day).map(([first, last]): BlackoutDates => ({ kind: 'yearly', first, last, reason: 'yearly' }));

  const times = fc.array(minutes(500), { minLength: 20, maxLength: 20 });
  fc.assert(fc.property(fc.array(onces, { maxLength: 3 }), fc.array(yearlies, { maxLength: 2 }), times, (some, others, offsets) => {
    const blackouts = [...some, ...others];
    const instances = blackouts.flatMap((dates) => instancesOf(dates));
    const edges = instances.flatMap(({ off, on }) => [off - MINUTE, off, on - MINUTE, on]).filter((time) => time > start && time < start + 500 * DAY);
    for (const time of [...edges, ...offsets.map((offset) => start + offset)]) {
      const closed = closedBecause(switchesOf(blackouts), new Date(time)) !== undefined;
      expect([new Date(time), closed]).toEqual([new Date(time), isOff(instances, time)]);
    }
  }));
});

interface Instance {
  readonly off: number;
  readonly on: number;
}

/** An oracle of its own: lists what each black-out is in each year. */
function instancesOf(dates: BlackoutDates): Instance[] {
  if (dates.kind === 'once') return [{ off: dates.from - 5 * MINUTE, on: dates.to - 2 * MINUTE }];
  return [2025, 2026, 2027, 2028, 2029, 2030].map((year) => {
    const { first, last } = dates;
    const wraps = last.month < first.month || (last.month === first.month && last.day < first.day);
    return {
      off: Date.UTC(year, first.month - 1, first.day) - 5 * MINUTE,
      on: Date.UTC(wraps ? year + 1 : year, last.month - 1, last.day + 1) - 2 * MINUTE,
    };
  });
}

function isOff(instances: readonly Instance[], time: number): boolean {
  const off = instances.filter((one) => one.off <= time).map((one) => one.off);
  const on = instances.filter((one) => one.on <= time).map((one) => one.on)
    .filter((at) => !instances.some((other) => at >= other.off - HOUR && at < other.on));
  return off.length > 0 && Math.max(...off) >= Math.max(0, ...on) || instances.some((one) => one.off <= time && time < one.on);
}
