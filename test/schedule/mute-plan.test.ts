import { Cron } from 'croner';
import * as fc from 'fast-check';
import { parseSchedule } from '../../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../../src/schedule/engine/openings';
import { openingsBetween } from '../../src/schedule/engine/openings-between';
import { recurringMute, singleMutes } from '../../src/schedule/mute-plan';
import type { MuteSchedule } from '../../src/schedule/mute-plan';
import { isSingle, unknownOpenings } from '../../src/schedule/recurrence';

const MINUTE = 60_000;

function spec(expression: string, timeZone?: string, more: Partial<ScheduleSpec> = {}): ScheduleSpec {
  return { schedule: parseSchedule(expression).schedule!, timeZone, durationHours: 2, cutoffHours: 0, ...more };
}

function schedulesOf(of: ScheduleSpec, margin: number): readonly MuteSchedule[] | string {
  const mute = recurringMute(of, margin);
  return 'schedules' in mute ? mute.schedules : mute.reason;
}

function rule(expression: string, timeZone: string = 'UTC', minutes: number = 150): MuteSchedule {
  return { expression, timeZone, minutes };
}

test.each([
  ['every day', spec('cron(0 2 * * ? *)'), [rule('cron(45 1 * * *)')]],
  ['every day, from the day before', spec('cron(0 0 * * ? *)'), [rule('cron(45 23 * * *)')]],
  ['a day of the week', spec('cron(0 2 ? * SUN *)'), [rule('cron(45 1 * * SUN)')]],
  ['a day of the week, from the day before', spec('cron(0 0 ? * SUN *)'), [rule('cron(45 23 * * SAT)')]],
  ['days of the week through the end of the week, from the day before', spec('cron(0 0 ? * FRI-MON *)'), [rule('cron(45 23 * * SAT,SUN,THU,FRI)')]],
  ['a day of the month', spec('cron(0 2 1 * ? *)'), [rule('cron(45 1 1 * *)')]],
  ['a day of the month, from the day before', spec('cron(0 0 2,28 * ? *)'), [rule('cron(45 23 1,27 * *)')]],
  ['the last day of long months', spec('cron(0 2 31 * ? *)'), [rule('cron(45 1 31 * *)')]],
  ['certain months', spec('cron(0 2 1 1,JUL ? *)'), [rule('cron(45 1 1 JAN,JUL *)')]],
  ['certain months and days of the week', spec('cron(0 2 ? 1/6 MON *)'), [rule('cron(45 1 * JAN,JUL MON)')]],
  ['several hours, one of them from the day before', spec('cron(0 0,12 ? * MON *)'), [rule('cron(45 23 * * SUN)'), rule('cron(45 11 * * MON)')]],
  ['several minutes', spec('cron(0,30 2 * * ? *)'), [rule('cron(45 1 * * *)'), rule('cron(15 2 * * *)')]],
  ['a zone', spec('cron(0 4 ? * SUN *)', 'Europe/Paris'), [rule('cron(45 3 * * SUN)', 'Europe/Paris')]],
  ['a zone that is ahead of UTC by a fixed time', spec('cron(0 1 ? * SUN *)', '+02:00'), [rule('cron(45 22 * * SAT)')]],
  ['a zone that is behind UTC by a fixed time', spec('cron(0 22 ? * SAT *)', '-05:30'), [rule('cron(15 3 * * SUN)')]],
])('%s is said by rules that recur', (_name, of, expected) => {
  expect(schedulesOf(of, 15)).toEqual(expected);
});

test.each([
  ['#', spec('cron(0 2 ? * TUE#2 *)'), 'the schedule has \'#\', \'L\' or \'W\''],
  ['L in the days of the week', spec('cron(0 2 ? * 6L *)'), 'the schedule has \'#\', \'L\' or \'W\''],
  ['L in the days of the month', spec('cron(0 2 L * ? *)'), 'the schedule has \'#\', \'L\' or \'W\''],
  ['W', spec('cron(0 2 15W * ? *)'), 'the schedule has \'#\', \'L\' or \'W\''],
  ['an offset', spec('cron(0 2 ? * TUE#2 *)', 'UTC', { offsetDays: 1 }), 'the schedule has an offset'],
  ['a rate', spec('rate(7 days)'), 'the schedule is a rate'],
  ['a single time', spec('at(2028-01-01T00:00:00)'), 'the schedule is a single time'],
  ['a start', spec('cron(0 2 * * ? *)', 'UTC', { startDate: new Date('2028-06-01T00:00:00Z') }), 'the window has a start or an end'],
  ['an end', spec('cron(0 2 * * ? *)', 'UTC', { endDate: new Date('2028-06-01T00:00:00Z') }), 'the window has a start or an end'],
  ['certain years', spec('cron(0 2 * * ? 2028-2030)'), 'the schedule has certain years'],
  ['seconds', spec('cron(30 0 2 * * ? *)'), 'the schedule has seconds'],
  ['the first of a month, from the day before', spec('cron(0 0 1 * ? *)'), 'the schedule has days at an end of a month and it begins on another day'],
  ['the 29th, from the day before', spec('cron(0 0 29 * ? *)'), 'the schedule has days at an end of a month and it begins on another day'],
  ['days of the week of certain months, from the day before', spec('cron(0 0 ? 3 MON *)'), 'the schedule has certain months and it begins on an earlier day'],
  ['a zone with a long name', spec('cron(0 4 * * ? *)', `Europe/${'x'.repeat(44)}`), 'its time zone has more than 50 characters'],
  ['a start that clocks leave out', spec('cron(0 3 ? * SUN *)', 'Europe/Paris'), 'clocks change, such that it would not mute as it should at 2028-03-26T00:45:00.000Z'],
  ['a start that clocks leave out, in New York', spec('cron(0 3 ? * SUN *)', 'America/New_York', { durationHours: 1 }),
    'clocks change, such that it would not mute as it should at 2028-03-12T06:45:00.000Z'],
])('%s is not said by rules that recur', (_name, of, reason) => {
  expect(schedulesOf(of, 15)).toBe(reason);
});

test('without a margin, a rule begins with the window', () => {
  expect(schedulesOf(spec('cron(0 2 * * ? *)', 'Europe/Paris'), 0)).toEqual([rule('cron(0 2 * * *)', 'Europe/Paris', 120)]);
});

describe('single occurrences', () => {
  test('each of a year has a rule, in UTC', () => {
    const found = singleMutes(spec('cron(0 1 ? * TUE#2 *)', 'Europe/Paris'), 15, new Date('2027-01-01T00:00:00Z'));
    expect(found).toHaveLength(12);
    expect(found[0]).toEqual(rule('at(2027-01-11T23:45)'));
    expect(found[6]).toEqual(rule('at(2027-07-12T22:45)'));
  });

  test('one that is still muted when the year begins is among them', () => {
    const daily = spec('cron(0 1 * * ? *)');
    expect(singleMutes(daily, 15, new Date('2027-01-01T03:14:00Z'))[0]).toEqual(rule('at(2027-01-01T00:45)'));
    expect(singleMutes(daily, 15, new Date('2027-01-01T03:15:00Z'))[0]).toEqual(rule('at(2027-01-02T00:45)'));
  });

  test('seconds are rounded to whole minutes around the occurrence', () => {
    expect(singleMutes(spec('cron(30 0 1 1 1 ? *)'), 15, new Date('2027-01-01T00:00:00Z'))).toEqual([rule('at(2027-01-01T00:45)', 'UTC', 151)]);
  });

  test('a single time needs no year', () => {
    const once = spec('at(2031-05-01T01:00:00)');
    expect([isSingle(once), isSingle(spec('rate(7 days)'))]).toEqual([true, false]);
    expect(singleMutes(once, 15, undefined)).toEqual([rule('at(2031-05-01T00:45)')]);
  });

  test('of a rate only one that has a start is known', () => {
    expect(unknownOpenings(spec('rate(7 days)'))).toBe('a rate without \'startDate\' counts from the creation of the window, which nobody knows');
    const started = spec('rate(7 days)', undefined, { startDate: new Date('2027-01-03T01:00:00Z') });
    expect(unknownOpenings(started)).toBeUndefined();
    expect(singleMutes(started, 15, new Date('2027-01-01T00:00:00Z')).slice(0, 2)).toEqual([rule('at(2027-01-03T00:45)'), rule('at(2027-01-10T00:45)')]);
  });
});

const numbers = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }).map((list) => list.join(','));
const expressions = fc.record({
  minute: fc.constantFrom('0', '30', '15,45'),
  hour: fc.oneof(fc.constant('*'), numbers(0, 23)),
  month: fc.oneof(fc.constant('*'), numbers(1, 12)),
  days: fc.oneof(fc.constant('*'), numbers(1, 31)),
  weekDays: fc.option(numbers(1, 7)),
}).map(({ minute, hour, month, days, weekDays }) => `cron(${minute} ${hour} ${weekDays === null ? `${days} ${month} ?` : `? ${month} ${weekDays}`} *)`);

/** The minutes of a span that some intervals cover. */
function minutesOf(intervals: readonly (readonly [number, number])[], start: number, end: number): Set<number> {
  const minutes = new Set<number>();
  for (const [from, to] of intervals) {
    for (let minute = Math.max(from, start); minute < Math.min(to, end); minute += MINUTE) minutes.add(minute);
  }
  return minutes;
}

test('rules that recur mute each minute of the windows and their margins and no other, by another library for crons', () => {
  const [start, end] = [Date.parse('2028-03-20T00:00:00Z'), Date.parse('2028-04-03T00:00:00Z')];
  const before = new Date(start - 3 * 86_400_000);
  let said = 0;
  const zones = fc.constantFrom('UTC', 'Europe/Paris', 'Asia/Tokyo', '+05:30');
  fc.assert(fc.property(expressions, zones, fc.integer({ min: 0, max: 180 }), (expression, timeZone, margin) => {
    const of = spec(expression, timeZone);
    const found = recurringMute(of, margin);
    if (!('schedules' in found)) return;
    said += 1;
    const muted = found.schedules.flatMap(({ expression: cron, timeZone: zone, minutes }) => {
      const times = new Cron(cron.slice(5, -1), { timezone: zone });
      const list: [number, number][] = [];
      for (let time = times.nextRun(before); time && time.getTime() < end; time = times.nextRun(time)) {
        list.push([time.getTime(), time.getTime() + minutes * MINUTE]);
      }
      return list;
    });
    const open = [...openingsBetween(of, before, new Date(end + 86_400_000))]
      .map((one): [number, number] => [one.start.getTime() - margin * MINUTE, one.end.getTime() + margin * MINUTE]);
    expect([...minutesOf(muted, start, end)].sort()).toEqual([...minutesOf(open, start, end)].sort());
  }), { numRuns: 40 });
  expect(said).toBeGreaterThan(10);
});
