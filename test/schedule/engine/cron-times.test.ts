import { cronTimes, isFixedTime } from '../../../src/schedule/engine/cron-times';
import type { ParsedCron } from '../../../src/schedule/engine/grammar';
import { parseSchedule } from '../../../src/schedule/engine/grammar';

function cron(expression: string): ParsedCron {
  return parseSchedule(expression).schedule as ParsedCron;
}

function datesOf(expression: string, after: string, count: number, timeZone = 'UTC'): string[] {
  const dates = [];
  for (const time of cronTimes(cron(expression), timeZone, new Date(after))) {
    dates.push(time.toISOString().slice(0, 16));
    if (dates.length === count) break;
  }
  return dates;
}

test.each([
  ['the third day before the last', 'cron(0 4 L-3 * ? *)', ['2027-01-28T04:00', '2027-02-25T04:00', '2027-03-28T04:00']],
  ['the last working day or the first day', 'cron(0 4 LW,1 * ? *)', ['2027-01-29T04:00', '2027-02-01T04:00', '2027-02-26T04:00', '2027-03-01T04:00']],
  ['the last working day or steps', 'cron(0 4 LW,*/20 * ? *)', ['2027-01-21T04:00', '2027-01-29T04:00', '2027-02-01T04:00', '2027-02-21T04:00']],
  ['the last working day or the one next to a day', 'cron(0 4 LW,2W * ? *)', ['2027-01-29T04:00', '2027-02-02T04:00', '2027-02-26T04:00', '2027-03-02T04:00']],
  ['the working day next to a Saturday', 'cron(0 4 LW,2W 1 ? 2027,2028)', ['2027-01-29T04:00', '2028-01-03T04:00', '2028-01-31T04:00']],
  ['the working day next to a Saturday the first', 'cron(0 4 L-30W 5 ? 2027)', ['2027-05-03T04:00']],
])('%s: %s', (_what, expression, dates) => {
  expect(datesOf(expression, '2027-01-02T12:00:00Z', dates.length)).toEqual(dates);
});

test('a day that is not counted is left for the next local day', () => {
  expect(datesOf('cron(0/30 0-1 L-3 * ? *)', '2027-01-27T00:00:00Z', 5, 'Asia/Tokyo')).toEqual([
    '2027-01-27T15:00', '2027-01-27T15:30', '2027-01-27T16:00', '2027-01-27T16:30', '2027-02-24T15:00',
  ]);
});

test.each(['cron(0 4 * * ? *)', 'cron(0,30 4-6 * * ? *)'])('%s has fixed times of day', expression => {
  expect(isFixedTime(cron(expression))).toBe(true);
});

test.each(['cron(0 * * * ? *)', 'cron(0/30 4 * * ? *)', 'cron(* 0 4 * * ? *)'])('%s goes round the clock', expression => {
  expect(isFixedTime(cron(expression))).toBe(false);
});

describe('changes of the clocks in Berlin', () => {
  test.each([
    ['a fixed time in the gap is left out', 'cron(30 2 * * ? *)', '2027-03-27T00:00:00Z', ['2027-03-27T01:30', '2027-03-29T00:30']],
    ['a time with an increment that leads nowhere is a fixed time', 'cron(59/5 2 * * ? *)', '2027-03-27T00:00:00Z', ['2027-03-27T01:59', '2027-03-29T00:59']],
    ['a fixed time at the end of the gap stays', 'cron(0 2,3 * * ? *)', '2027-03-28T00:00:00Z', ['2027-03-28T01:00', '2027-03-29T00:00']],
    ['a time round the clock in the gap is left out', 'cron(30 * * * ? *)', '2027-03-28T00:00:00Z', ['2027-03-28T00:30', '2027-03-28T01:30']],
    ['a fixed time in the overlap is the earlier one', 'cron(30 2 * * ? *)', '2027-10-30T12:00:00Z', ['2027-10-31T00:30', '2027-11-01T01:30']],
    ['a time round the clock in the overlap is both', 'cron(30 * * * ? *)', '2027-10-31T00:00:00Z', ['2027-10-31T00:30', '2027-10-31T01:30']],
  ])('%s: %s', (_what, expression, after, expected) => {
    expect(datesOf(expression, after, 2, 'Europe/Berlin')).toEqual(expected);
  });
});
