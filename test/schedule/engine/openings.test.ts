import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSchedule } from '../../../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../../../src/schedule/engine/openings';
import { openings } from '../../../src/schedule/engine/openings';

interface Case {
  readonly id: string;
  readonly group: 'core' | 'extended' | 'dst' | 'ambiguous';
  readonly schedule: string;
  readonly timezone: string | null;
  readonly offset: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly after: string;
  readonly count: number;
  readonly acceptable: string[][];
}

const CASES: Case[] = readFileSync(join(__dirname, '../../fixtures/schedule/cases.jsonl'), 'utf8')
  .trim().split('\n').map(line => JSON.parse(line));

function startsOf(spec: Partial<ScheduleSpec> & { expression: string }, after: string, count: number, createdAt?: string): string[] {
  const { schedule } = parseSchedule(spec.expression);
  const found = openings({ durationHours: 1, cutoffHours: 0, ...spec, schedule: schedule! }, new Date(after), new Date(createdAt ?? after));
  const times = [];
  for (const { start } of found) {
    times.push(start.toISOString().replace('.000Z', 'Z'));
    if (times.length === count) break;
  }
  return times;
}

describe.each(['core', 'extended', 'dst', 'ambiguous'] as const)('the %s cases', group => {
  test.each(CASES.filter(each => each.group === group).map(each => [each.id, each.schedule, each] as const))('%s %s', (_id, expression, each) => {
    const times = startsOf({
      expression,
      timeZone: each.timezone ?? undefined,
      offsetDays: each.offset ?? undefined,
      startDate: each.startDate ? new Date(each.startDate) : undefined,
      endDate: each.endDate ? new Date(each.endDate) : undefined,
    }, each.after, each.count);

    expect(each.acceptable).toContainEqual(times);
  });
});

describe('openings', () => {
  test('have a cutoff and an end', () => {
    const { schedule } = parseSchedule('cron(0 2 ? * TUE#2 *)');
    const [first] = openings({ schedule: schedule!, durationHours: 4, cutoffHours: 1 }, new Date('2027-01-01T00:00:00Z'));

    expect(first).toEqual({
      start: new Date('2027-01-12T02:00:00Z'),
      cutoff: new Date('2027-01-12T05:00:00Z'),
      end: new Date('2027-01-12T06:00:00Z'),
    });
  });

  test('start strictly after the instant', () => {
    const expression = 'cron(0 2 * * ? *)';

    expect(startsOf({ expression }, '2027-01-12T02:00:00Z', 1)).toEqual(['2027-01-13T02:00:00Z']);
    expect(startsOf({ expression }, '2027-01-12T01:59:59.999Z', 1)).toEqual(['2027-01-12T02:00:00Z']);
  });

  test('may start at the start date and at the end date', () => {
    const dates = { startDate: new Date('2027-01-12T02:00:00Z'), endDate: new Date('2027-01-13T02:00:00Z') };

    expect(startsOf({ expression: 'cron(0 2 * * ? *)', ...dates }, '2027-01-01T00:00:00Z', 5)).toEqual(['2027-01-12T02:00:00Z', '2027-01-13T02:00:00Z']);
    expect(startsOf({ expression: 'rate(12 hours)', ...dates }, '2027-01-01T00:00:00Z', 5)).toEqual(['2027-01-12T02:00:00Z', '2027-01-12T14:00:00Z', '2027-01-13T02:00:00Z']);
    expect(startsOf({ expression: 'at(2027-01-12T02:00:00)', ...dates }, '2027-01-01T00:00:00Z', 5)).toEqual(['2027-01-12T02:00:00Z']);
  });

  test.each(['at(2027-01-12T01:59:59)', 'at(2027-01-13T02:00:01)', 'at(2026-12-31T23:59:59)'])('%s outside of the dates or in the past is none', expression => {
    const dates = { startDate: new Date('2027-01-12T02:00:00Z'), endDate: new Date('2027-01-13T02:00:00Z') };

    expect(startsOf({ expression, ...dates }, '2027-01-01T00:00:00Z', 5)).toEqual([]);
  });

  test('of a window created earlier include an offset that leads past the instant', () => {
    const spec = { expression: 'cron(0 2 ? * TUE#2 *)', offsetDays: 4 };

    expect(startsOf(spec, '2027-01-14T00:00:00Z', 2)).toEqual(['2027-02-13T02:00:00Z', '2027-03-13T02:00:00Z']);
    expect(startsOf(spec, '2027-01-14T00:00:00Z', 2, '2026-01-01T00:00:00Z')).toEqual(['2027-01-16T02:00:00Z', '2027-02-13T02:00:00Z']);
  });

  test('of a rate count from the creation', () => {
    expect(startsOf({ expression: 'rate(7 days)' }, '2027-01-20T00:00:00Z', 2, '2027-01-01T05:00:00Z')).toEqual(['2027-01-22T05:00:00Z', '2027-01-29T05:00:00Z']);
  });

  test('of a rate longer than the calendar are none', () => {
    expect(startsOf({ expression: `rate(1${'0'.repeat(200)} days)` }, '2027-01-01T00:00:00Z', 2)).toEqual([]);
  });

  test('end with the year 2199', () => {
    expect(startsOf({ expression: 'cron(0 4 1 1 ? *)' }, '2198-06-01T00:00:00Z', 5)).toEqual(['2199-01-01T04:00:00Z']);
    expect(startsOf({ expression: 'rate(365 days)' }, '2198-06-01T00:00:00Z', 5)).toEqual(['2199-06-01T00:00:00Z']);
  });

  test('follow a zone that is an offset', () => {
    expect(startsOf({ expression: 'cron(0 2 * * ? *)', timeZone: '+05:30' }, '2027-01-01T00:00:00Z', 1)).toEqual(['2027-01-01T20:30:00Z']);
  });

  test('that an offset moves on to one another in a gap stay in order and are one', () => {
    // GIVEN the clocks go from 02:00 to 03:00 on Sunday the 28th, three days after the fourth Thursday
    const spec = { expression: 'cron(0,30 2,3 ? * THU#4 *)', timeZone: 'Europe/Berlin', offsetDays: 3 };

    // THEN 02:00 and 02:30 become 03:00 and 03:30
    expect(startsOf(spec, '2027-03-20T00:00:00Z', 3)).toEqual(['2027-03-28T01:00:00Z', '2027-03-28T01:30:00Z', '2027-04-25T00:00:00Z']);
  });

  test('of rare days are found', () => {
    expect(startsOf({ expression: 'cron(0 0 ? 2 MON#5 *)' }, '2027-01-01T00:00:00Z', 2)).toEqual(['2044-02-29T00:00:00Z', '2072-02-29T00:00:00Z']);
  });

  test('of a day that no month has are denied at once', () => {
    const begin = process.hrtime.bigint();

    expect(startsOf({ expression: 'cron(* * 31 2 ? *)', timeZone: 'Europe/Berlin' }, '2027-01-01T00:00:00Z', 1)).toEqual([]);
    expect(startsOf({ expression: 'cron(* * L-29 2 ? *)', timeZone: 'Europe/Berlin' }, '2027-01-01T00:00:00Z', 1)).toEqual([]);
    expect(Number(process.hrtime.bigint() - begin) / 1e6).toBeLessThan(2_000);
  });
});

describe('the examples that AWS documents', () => {
  test.each<[string, string[], Partial<ScheduleSpec>?]>([
    ['cron(30 09 ? * * *)', ['2027-01-01T09:30:00Z', '2027-01-02T09:30:00Z']],
    ['cron(24 30 09 ? * * *)', ['2027-01-01T09:30:24Z', '2027-01-02T09:30:24Z']],
    ['cron(0 2 ? * THU#3 *)', ['2027-01-21T02:00:00Z', '2027-02-18T02:00:00Z']],
    ['cron(15 10 ? * * *)', ['2027-01-01T10:15:00Z', '2027-01-02T10:15:00Z']],
    ['cron(15 10 ? * MON-FRI *)', ['2027-01-01T10:15:00Z', '2027-01-04T10:15:00Z']],
    ['cron(0 2 L * ? *)', ['2027-01-31T02:00:00Z', '2027-02-28T02:00:00Z']],
    ['cron(15 10 ? * 6L *)', ['2027-01-29T10:15:00Z', '2027-02-26T10:15:00Z']],
    ['cron(30 23 ? * TUE#3 *)', ['2027-01-19T23:30:00Z', '2027-02-16T23:30:00Z']],
    ['cron(0 30 23 ? * TUE#3 *)', ['2027-01-21T23:30:00Z', '2027-02-18T23:30:00Z'], { offsetDays: 2 }],
    ['cron(0 16 ? * TUE *)', ['2027-01-05T16:00:00Z', '2027-01-12T16:00:00Z']],
    ['cron(0 09 ? * WED *)', ['2027-01-06T17:00:00Z', '2027-01-13T17:00:00Z'], { timeZone: 'America/Los_Angeles' }],
    ['cron(0 4 ? * SUN *)', ['2027-01-03T09:00:00Z', '2027-01-10T09:00:00Z'], { timeZone: 'US/Eastern' }],
    ['cron(20 17 ? * MON-FRI *)', ['2027-01-01T17:20:00Z', '2027-01-04T17:20:00Z']],
    ['cron(0 10 * * ? *)', ['2027-01-01T10:00:00Z', '2027-01-02T10:00:00Z']],
    ['cron(15 12 * * ? *)', ['2027-01-01T12:15:00Z', '2027-01-02T12:15:00Z']],
    ['cron(0 18 ? * MON-FRI *)', ['2027-01-01T18:00:00Z', '2027-01-04T18:00:00Z']],
    ['cron(0 8 1 * ? *)', ['2027-01-01T08:00:00Z', '2027-02-01T08:00:00Z']],
    ['cron(0/15 * * * ? *)', ['2027-01-01T00:15:00Z', '2027-01-01T00:30:00Z']],
    ['cron(0/10 * ? * MON-FRI *)', ['2027-01-01T00:10:00Z', '2027-01-01T00:20:00Z']],
    ['cron(0/5 8-17 ? * MON-FRI *)', ['2027-01-01T08:00:00Z', '2027-01-01T08:05:00Z']],
    ['cron(0 0 21 ? 1/1 TUE#2 *)', ['2027-01-12T21:00:00Z', '2027-02-09T21:00:00Z']],
    ['rate(30 minutes)', ['2027-01-01T00:30:00Z', '2027-01-01T01:00:00Z']],
    ['rate(1 hour)', ['2027-01-01T01:00:00Z', '2027-01-01T02:00:00Z']],
    ['rate(25 days)', ['2027-01-26T00:00:00Z', '2027-02-20T00:00:00Z']],
    ['rate(7 days)', ['2027-02-01T00:03:15Z', '2027-02-08T00:03:15Z'], { startDate: new Date('2027-02-01T09:03:15+09:00') }],
    ['at(2027-07-07T15:55:00)', ['2027-07-07T15:55:00Z']],
  ])('%s', (expression, expected, rest = {}) => {
    expect(startsOf({ expression, ...rest }, '2027-01-01T00:00:00Z', 2)).toEqual(expected);
  });
});
