import { parseSchedule } from '../../src/schedule/engine/grammar';
import { openingsBetween } from '../../src/schedule/engine/openings-between';
import { fold } from '../../src/timeline/fold';

/** What the openings of a cron from Monday 2027-03-08 on are folded to: single openings by their start, others in words. */
function folded(expression: string, days: number, more: { timeZone?: string; shownIn?: string; from?: string } = {}): string[] {
  const { timeZone = 'UTC', shownIn = timeZone, from = '2027-03-08T00:00Z' } = more;
  const start = new Date(from);
  const spec = { schedule: parseSchedule(expression).schedule!, timeZone, durationHours: 3, cutoffHours: 1, startDate: new Date('2027-01-01T00:00Z') };
  const openings = [...openingsBetween(spec, start, new Date(start.getTime() + days * 86_400_000))];
  const folds = fold(openings, shownIn);
  expect(folds.flatMap(({ entries }) => entries).sort((one, other) => one.start.getTime() - other.start.getTime())).toEqual(openings);
  return folds.map(({ entries: [first, ...others], repeats }) => (
    repeats ? `${others.length + 1} × ${repeats.opens}, ${repeats.lastStart}, ${repeats.closes}` : first.start.toISOString().slice(0, 16)));
}

test.each<[string, string, number, string[]]>([
  ['every day', 'cron(0 12 * * ? *)', 28, ['28 × every day 12:00, 14:00, 15:00']],
  ['four days', 'cron(0 12 * * ? *)', 4, ['4 × every day 12:00, 14:00, 15:00']],
  ['every day twice', 'cron(0 4,12 * * ? *)', 28, ['28 × every day 04:00, 06:00, 07:00', '28 × every day 12:00, 14:00, 15:00']],
  ['every day over midnight', 'cron(0 22 * * ? *)', 28, ['28 × every day 22:00, 00:00 of the next day, 01:00 of the next day']],
  ['every minute of an hour of each day', 'cron(* 17 * * ? *)', 28, ['1680 × every day every minute from 17:00 to 17:59, 2 h later, 3 h later']],
  ['unevenly on each day', 'cron(0 1,2,4,9 * * ? *)', 28, ['112 × every day 4 times from 01:00 to 09:00, 2 h later, 3 h later']],
  ['every ten minutes of one hour', 'cron(0/10 3 ? * SUN *)', 14, ['6 × Sun 2027-03-14 every 10 minutes from 03:00 to 03:50, 2 h later, 3 h later', '6 × Sun 2027-03-21 every 10 minutes from 03:00 to 03:50, 2 h later, 3 h later']],
  ['every hour', 'cron(0 * * * ? *)', 7, ['168 × every hour, 2 h later, 3 h later']],
  ['every five hours', 'rate(5 hours)', 7, ['34 × every 5 hours, 2 h later, 3 h later']],
  ['every ten seconds', 'cron(0/10 0 12 8 3 ? *)', 7, ['6 × every 10 seconds, 2 h later, 3 h later']],
  ['on working days', 'cron(0 12 ? * MON-FRI *)', 14, ['5 × every day 12:00, 14:00, 15:00', '5 × every day 12:00, 14:00, 15:00']],
])('what opens %s is folded', (_, expression, days, expected) => {
  expect(folded(expression, days)).toEqual(expected);
});

test.each<[string, string, number, string[]]>([
  ['three days', 'cron(0 12 * * ? *)', 3, ['2027-03-08T12:00', '2027-03-09T12:00', '2027-03-10T12:00']],
  ['every week', 'cron(0 12 ? * SUN *)', 35, ['2027-03-14T12:00', '2027-03-21T12:00', '2027-03-28T12:00', '2027-04-04T12:00', '2027-04-11T12:00']],
  ['every other day', 'rate(2 days)', 9, ['2027-03-08T00:00', '2027-03-10T00:00', '2027-03-12T00:00', '2027-03-14T00:00', '2027-03-16T00:00']],
  ['three times in one day', 'cron(0 4-6 8 3 ? *)', 9, ['2027-03-08T04:00', '2027-03-08T05:00', '2027-03-08T06:00']],
  ['never', 'cron(0 4 31 2 ? *)', 9, []],
])('what opens %s is not', (_, expression, days, expected) => {
  expect(folded(expression, days)).toEqual(expected);
});

test('days are those of the zone that is shown, and the day on which its clocks change is apart where it differs', () => {
  expect(folded('cron(0 12 * * ? *)', 28, { timeZone: 'Europe/Berlin' })).toEqual(['28 × every day 12:00, 14:00, 15:00']);
  expect(folded('cron(0 12 * * ? *)', 28, { timeZone: 'UTC', shownIn: 'Europe/Berlin' }))
    .toEqual(['20 × every day 13:00, 15:00, 16:00', '8 × every day 14:00, 16:00, 17:00']);
  expect(folded('cron(0 0 * * ? *)', 7, { timeZone: 'Europe/Berlin', from: '2027-03-26T12:00Z' }))
    .toEqual(['2027-03-26T23:00', '2027-03-27T23:00', '5 × every day 00:00, 02:00, 03:00']);
});
