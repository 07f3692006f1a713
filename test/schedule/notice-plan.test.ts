import * as fc from 'fast-check';
import { parseSchedule } from '../../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../../src/schedule/engine/openings';
import { openingsBetween } from '../../src/schedule/engine/openings-between';
import { wallClock } from '../../src/schedule/engine/time-zone';
import { recurringNotice, singleNotices } from '../../src/schedule/notice-plan';

const HOUR = 60;
const DAY = 24 * HOUR;

function spec(expression: string, timeZone?: string, more: Partial<ScheduleSpec> = {}): ScheduleSpec {
  return { schedule: parseSchedule(expression).schedule!, timeZone, durationHours: 2, cutoffHours: 0, ...more };
}

function saidOf(of: ScheduleSpec, minutes: number): unknown {
  const notice = recurringNotice(of, minutes);
  return 'schedules' in notice ? notice.schedules.map(({ expression, timeZone }) => `${expression} ${timeZone}`) : notice.reason;
}

test.each([
  ['a day before each day', spec('cron(0 2 * * ? *)'), DAY, ['cron(0 2 * * ? *) UTC']],
  ['a day before a day of the week', spec('cron(0 4 ? * SUN *)', 'Europe/Paris'), DAY, ['cron(0 4 ? * SAT *) Europe/Paris']],
  ['a week before a day of the week', spec('cron(0 4 ? * SUN *)', 'Europe/Paris'), 7 * DAY, ['cron(0 4 ? * SUN *) Europe/Paris']],
  ['hours before, on the same day', spec('cron(0 4 ? * TUE#2 *)'), 3 * HOUR, ['cron(0 1 ? * TUE#2 *) UTC']],
  ['hours before the last day of the month', spec('cron(0 4 L * ? *)'), 3 * HOUR, ['cron(0 1 L * ? *) UTC']],
  ['hours before the third last day of the month', spec('cron(0 4 L-2 * ? *)'), 3 * HOUR, ['cron(0 1 L-2 * ? *) UTC']],
  ['hours before the last weekday of the month', spec('cron(0 4 LW * ? *)'), 3 * HOUR, ['cron(0 1 LW * ? *) UTC']],
  ['hours before the weekday nearest to a day', spec('cron(0 4 15W * ? *)'), 3 * HOUR, ['cron(0 1 15W * ? *) UTC']],
  ['hours before the last Friday of the month', spec('cron(0 4 ? * FRIL *)'), 3 * HOUR, ['cron(0 1 ? * FRIL *) UTC']],
  ['a day before a day of certain months', spec('cron(0 4 15 3,9 ? *)'), DAY, ['cron(0 4 14 MAR,SEP ? *) UTC']],
  ['in a zone that is ahead of UTC by a fixed time', spec('cron(0 1 ? * SUN *)', '+02:00'), HOUR, ['cron(0 22 ? * SAT *) UTC']],
  ['a day before TUE#2', spec('cron(0 4 ? * TUE#2 *)'), DAY, 'the schedule has \'#\', \'L\' or \'W\' and it begins on an earlier day'],
  ['an hour before an offset', spec('cron(0 4 ? * TUE#2 *)', undefined, { offsetDays: 1 }), HOUR, 'the schedule has an offset'],
  ['at a time that clocks leave out', spec('cron(0 4 ? * SUN *)', 'Europe/Paris'), 2 * HOUR,
    'clocks change, such that no notice would be sent as it should at 2028-03-26T01:00:00.000Z'],
  ['of an occurrence that clocks leave out', spec('cron(30 2 ? * SUN *)', 'Europe/Paris'), DAY,
    'clocks change, such that no notice would be sent as it should at 2028-03-25T01:30:00.000Z'],
])('a notice %s', (_name, of, minutes, expected) => {
  expect(saidOf(of, minutes)).toEqual(expected);
});

test('each occurrence of a year has a notice, by the clock on the wall', () => {
  const found = singleNotices(spec('cron(0 4 ? * TUE#2 *)', 'Europe/Paris'), DAY, new Date('2027-01-01T00:00:00Z'));
  expect(found).toHaveLength(12);
  expect(found[0]).toEqual({ expression: 'at(2027-01-11T03:00:00)', timeZone: 'UTC', start: new Date('2027-01-12T03:00:00Z') });
  expect(found[6]).toEqual({ expression: 'at(2027-07-12T02:00:00)', timeZone: 'UTC', start: new Date('2027-07-13T02:00:00Z') });
});

test('a notice that is due before the year begins is left out', () => {
  const daily = spec('rate(1 day)', undefined, { startDate: new Date('2027-01-01T01:00:00Z') });
  expect(singleNotices(daily, 2 * HOUR, new Date('2027-01-01T00:00:00Z'))[0].start).toEqual(new Date('2027-01-02T01:00:00Z'));
  expect(singleNotices(daily, HOUR, new Date('2027-01-01T00:00:00Z'))[0].start).toEqual(new Date('2027-01-01T01:00:00Z'));
});

test('a single time needs no year', () => {
  expect(singleNotices(spec('at(2031-05-01T01:00:00)'), DAY, undefined))
    .toEqual([{ expression: 'at(2031-04-30T01:00:00)', timeZone: 'UTC', start: new Date('2031-05-01T01:00:00Z') }]);
});

test('what recurs comes the time before each occurrence, by the clock on the wall, and at no other time', () => {
  const expressions = fc.record({
    hour: fc.constantFrom('0', '3', '12', '6,22'),
    days: fc.constantFrom('* * ?', '? * SUN', '? * MON-FRI', '5 * ?', '5,20 * ?', '? * TUE#2', 'L * ?', '? 3,9 SUN'),
  }).map(({ hour, days }) => `cron(0 ${hour} ${days} *)`);
  const span = { start: new Date('2028-01-01T00:00:00Z'), end: new Date('2029-01-01T00:00:00Z') };
  let said = 0;
  const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/New_York');
  fc.assert(fc.property(expressions, zones, fc.integer({ min: 1, max: 5 * DAY }), (expression, timeZone, minutes) => {
    const of = spec(expression, timeZone);
    const notice = recurringNotice(of, minutes);
    if (!('schedules' in notice)) return;
    said += 1;
    const walls = (one: ScheduleSpec, later: number) => [...openingsBetween(one, span.start, span.end)]
      .map(({ start }) => wallClock(start.getTime(), timeZone) + later);
    const [first, last] = [span.start.getTime() + 10 * 86_400_000, span.end.getTime() - 10 * 86_400_000];
    const inner = (list: number[]) => list.filter((wall) => wall > first && wall < last);
    const sent = notice.schedules.flatMap((schedule) => walls(spec(schedule.expression, schedule.timeZone), minutes * 60_000)).sort((a, b) => a - b);
    expect(inner(sent)).toEqual(inner(walls(of, 0)));
  }), { numRuns: 60 });
  expect(said).toBeGreaterThan(15);
});
