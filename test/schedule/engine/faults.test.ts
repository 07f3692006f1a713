import { firstSkippedStart, neverFires, neverOpens, reopensWithin } from '../../../src/schedule/engine/faults';
import type { ParsedSchedule } from '../../../src/schedule/engine/grammar';
import { parseSchedule } from '../../../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../../../src/schedule/engine/openings';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function schedule(expression: string): ParsedSchedule {
  return parseSchedule(expression).schedule!;
}

function spec(expression: string, rest: Partial<ScheduleSpec> = {}): ScheduleSpec {
  return { schedule: schedule(expression), durationHours: 2, cutoffHours: 0, ...rest };
}

describe('a schedule that never fires', () => {
  test.each([
    'cron(0 4 31 2 ? *)',
    'cron(0 4 30 FEB ? *)',
    'cron(0 4 31 4,6,9,11 ? *)',
    'cron(* * 30 2 ? *)',
    'cron(* * * 31 2 ? *)',
    'cron(0 4 29 2 ? 2027)',
    'cron(0 4 29 2 ? 2100)',
    'cron(0 4 31W 2 ? *)',
    'cron(* * L-29 2 ? *)',
    'cron(0 0 ? 2 MON#5 2027)',
    'cron(0 0 31 6 ? 2199/1)',
  ])('%s', expression => {
    const begin = process.hrtime.bigint();

    expect(neverFires(schedule(expression))).toBe(true);
    expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(1_000);
  });

  test.each([
    'cron(0 4 29 2 ? *)',
    'cron(0 0 ? 2 MON#5 *)',
    'cron(0 0 ? 2 SUN#5 *)',
    'cron(0 4 L-28 2 ? *)',
    'cron(0 4 29 2 ? 2028)',
    'cron(0 4 31 12 ? 2199)',
    'cron(0 4 1 1 ? 1970)',
    'cron(0 0 1 1 ? 2199)',
    'rate(1 day)',
    'at(2027-07-07T15:55:00)',
  ])('%s is not one', expression => {
    expect(neverFires(schedule(expression))).toBe(false);
  });
});

describe('a window that never opens between its dates', () => {
  test.each<[string, Partial<ScheduleSpec>]>([
    ['cron(0 4 31 2 ? *)', {}],
    ['cron(0 4 1 1 ? *)', { startDate: new Date('2027-02-01T00:00:00Z'), endDate: new Date('2027-12-01T00:00:00Z') }],
    ['cron(0 4 1 1 ? 2026)', { startDate: new Date('2027-01-01T00:00:00Z') }],
    ['at(2027-07-07T15:55:00)', { startDate: new Date('2027-07-07T15:55:01Z') }],
    ['at(2027-07-07T15:55:00)', { endDate: new Date('2027-07-07T15:54:59Z') }],
  ])('%s %j', (expression, dates) => {
    expect(neverOpens(spec(expression, dates))).toBe(true);
  });

  test.each<[string, Partial<ScheduleSpec>]>([
    ['cron(0 4 1 1 ? *)', { startDate: new Date('2027-02-01T00:00:00Z'), endDate: new Date('2028-01-01T04:00:00Z') }],
    ['at(2027-07-07T15:55:00)', { startDate: new Date('2027-07-07T15:55:00Z'), endDate: new Date('2027-07-07T15:55:00Z') }],
    ['rate(7 days)', { startDate: new Date('2027-02-01T00:00:00Z'), endDate: new Date('2027-02-02T00:00:00Z') }],
    ['rate(7 days)', {}],
  ])('%s %j does', (expression, dates) => {
    expect(neverOpens(spec(expression, dates))).toBe(false);
  });
});

describe('a schedule that fires again within the duration', () => {
  test.each([
    ['cron(* 17 * * ? *)', 1, MINUTE],
    ['cron(* 0 17 * * ? *)', 1, 1_000],
    ['cron(0/30 17 * * ? *)', 1, 30 * MINUTE],
    ['cron(0 9-17/2 ? * MON *)', 3, 2 * HOUR],
    ['cron(0 4,5 31 12 ? *)', 2, HOUR],
    // across midnight
    ['cron(0 1,23 * * ? *)', 3, 2 * HOUR],
    ['cron(0 1,23 ? * SAT,SUN *)', 3, 2 * HOUR],
    ['cron(0 1,23 1,L * ? *)', 3, 2 * HOUR],
    ['cron(0 1,23 1,29 2,3 ? *)', 3, 2 * HOUR],
    ['cron(0 1,23 1,31 1,12 ? 2030,2031)', 3, 2 * HOUR],
    ['rate(30 minutes)', 1, 30 * MINUTE],
    ['rate(23 hours)', 24, 23 * HOUR],
  ])('%s within %d hours, after %d ms', (expression, hours, interval) => {
    expect(reopensWithin(schedule(expression), hours)).toBe(interval);
  });

  test.each([
    ['cron(0 17 * * ? *)', 24],
    ['cron(0 4,5 31 12 ? *)', 1],
    ['cron(0 9-17/2 ? * MON *)', 2],
    ['cron(0 1,23 ? * SUN *)', 3],
    ['cron(0 1,23 1,29 2,3 ? 2027)', 3],
    ['cron(0 1,23 1,31 1,12 ? 2030,2032)', 3],
    ['cron(0 1,23 ? * SAT,SUN *)', 2],
    ['cron(* * 31 2 ? *)', 24],
    ['rate(1 day)', 24],
    ['rate(2 hours)', 2],
    ['at(2027-07-07T15:55:00)', 24],
  ])('%s within %d hours does not', (expression, hours) => {
    expect(reopensWithin(schedule(expression), hours)).toBeUndefined();
  });
});

describe('a start that the clocks leave out', () => {
  const from = new Date('2027-01-01T00:00:00Z');
  const to = new Date('2028-01-01T00:00:00Z');

  test.each<[string, Partial<ScheduleSpec>, string, boolean]>([
    ['cron(30 2 * * ? *)', { timeZone: 'Europe/Berlin' }, '2027-03-28T02:30:00', false],
    ['cron(0 2 ? * SUN *)', { timeZone: 'America/New_York' }, '2027-03-14T02:00:00', false],
    ['cron(59 59 2 ? * SUN *)', { timeZone: 'America/New_York' }, '2027-03-14T02:59:59', false],
    ['cron(30 1,2 ? * SUNL *)', { timeZone: 'Europe/Berlin' }, '2027-03-28T02:30:00', false],
    ['cron(0 0 * * ? *)', { timeZone: 'America/Santiago' }, '2027-09-05T00:00:00', false],
    ['cron(30 2 ? * THU#4 *)', { timeZone: 'Europe/Berlin', offsetDays: 3 }, '2027-03-28T02:30:00', true],
    ['cron(30 2 ? * 1L *)', { timeZone: 'Europe/Berlin', offsetDays: 3 }, '2027-03-28T02:30:00', false],
  ])('%s %j: %s', (expression, rest, localTime, moved) => {
    expect(firstSkippedStart(spec(expression, rest), from, to)).toEqual({ localTime, moved });
  });

  test.each<[string, Partial<ScheduleSpec>]>([
    ['cron(30 2 * * ? *)', {}],
    ['cron(30 2 * * ? *)', { timeZone: 'Asia/Tokyo' }],
    ['cron(0 3 * * ? *)', { timeZone: 'Europe/Berlin' }],
    ['cron(59 1 * * ? *)', { timeZone: 'Europe/Berlin' }],
    ['cron(30 2 ? * MON *)', { timeZone: 'Europe/Berlin' }],
    ['cron(30 2 ? * SUN#2 *)', { timeZone: 'Europe/Berlin' }],
    ['cron(30 2 28 3 ? 2028)', { timeZone: 'Europe/Berlin' }],
    ['cron(30 * * * ? *)', { timeZone: 'Europe/Berlin' }],
    ['rate(1 day)', { timeZone: 'Europe/Berlin' }],
    ['at(2027-03-28T02:30:00)', { timeZone: 'Europe/Berlin' }],
  ])('%s %j has none', (expression, rest) => {
    expect(firstSkippedStart(spec(expression, rest), from, to)).toBeUndefined();
  });
});
