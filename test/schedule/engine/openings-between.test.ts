import { parseSchedule } from '../../../src/schedule/engine/grammar';
import { countsFromCreation, openingsBetween } from '../../../src/schedule/engine/openings-between';

const LENGTHS = { durationHours: 2, cutoffHours: 0 };
const at = (text: string) => new Date(`${text}Z`);
const spec = (expression: string, more: object = {}) => ({ schedule: parseSchedule(expression).schedule!, ...LENGTHS, ...more });
const starts = (...given: Parameters<typeof openingsBetween>) => [...openingsBetween(...given)].map(({ start }) => start.toISOString().slice(0, 16));

test('an offset leads into the date range', () => {
  // Patch Tuesday is 9 March
  expect(starts(spec('cron(0 4 ? * TUE#2 *)', { offsetDays: 2 }), at('2027-03-10T00:00'), at('2027-04-01T00:00'))).toEqual(['2027-03-11T04:00']);
});

test('a rate counts from its start date', () => {
  const rate = spec('rate(10 days)', { startDate: at('2027-01-01T06:00') });
  expect(starts(rate, at('2026-12-01T00:00'), at('2027-01-12T00:00'))).toEqual(['2027-01-01T06:00', '2027-01-11T06:00']);
  expect(starts(rate, at('2027-01-20T00:00'), at('2027-02-01T00:00'))).toEqual(['2027-01-21T06:00', '2027-01-31T06:00']);
});

test('a rate without a start date counts from the start of the date range', () => {
  expect(starts(spec('rate(10 days)'), at('2027-01-20T00:00'), at('2027-02-10T00:00'))).toEqual(['2027-01-30T00:00', '2027-02-09T00:00']);
});

test.each([
  ['cron(30 2 * * ? *)', { timeZone: 'Europe/Berlin' }],
  ['cron(0 4 ? * TUE#2 *)', { offsetDays: 6, timeZone: 'America/New_York' }],
  ['cron(0 4 ? * FRIL *)', { offsetDays: 3, startDate: at('2027-02-10T00:00') }],
  ['rate(36 hours)', { startDate: at('2027-02-03T00:00'), endDate: at('2027-04-10T00:00') }],
  ['at(2027-03-15T04:00:00)', {}],
])('the openings of %s in two stretches of time are those of both together', (expression, more) => {
  // GIVEN
  const window = spec(expression, more);
  const [from, to] = [at('2027-01-01T00:00'), at('2027-05-01T00:00')];
  const whole = starts(window, from, to);

  // THEN
  expect(whole.length).toBeGreaterThan(0);
  for (let cut = from.getTime() + 1; cut < to.getTime(); cut += 7.3 * 86_400_000) {
    expect([...starts(window, from, new Date(cut)), ...starts(window, new Date(cut), to)]).toEqual(whole);
  }
});

test('without an end the openings go on', () => {
  const openings = openingsBetween(spec('cron(0 4 1 1 ? *)'), at('2027-01-01T04:00'));
  expect([openings.next().value, openings.next().value].map(opening => opening!.start.getUTCFullYear())).toEqual([2027, 2028]);
});

test.each([
  ['rate(1 day)', {}, true],
  ['rate(1 day)', { startDate: at('2027-01-01T00:00') }, false],
  ['cron(0 4 * * ? *)', {}, false],
  ['at(2027-01-01T00:00:00)', {}, false],
])('only a rate without a start date counts from the creation: %s with %j', (expression, more, expected) => {
  expect(countsFromCreation(spec(expression, more))).toBe(expected);
});
