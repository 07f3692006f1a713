import { Stack } from 'aws-cdk-lib';
import { parseSchedule } from '../../src/schedule/engine/grammar';
import { occurrences } from '../../src/schedule/preview';

const SCOPE = new Stack(undefined, 'Stack');
const spec = (expression: string) => ({ schedule: parseSchedule(expression).schedule!, durationHours: 3, cutoffHours: 1 });
const at = (text: string) => new Date(`${text}Z`);

test('an opening at the start is found, one at the end is not', () => {
  // WHEN
  const found = occurrences(SCOPE, spec('cron(0 4 * * ? *)'), { start: at('2027-03-01T04:00'), end: at('2027-03-03T04:00') });

  // THEN
  expect(found).toEqual([
    { start: at('2027-03-01T04:00'), cutoff: at('2027-03-01T06:00'), end: at('2027-03-01T07:00') },
    { start: at('2027-03-02T04:00'), cutoff: at('2027-03-02T06:00'), end: at('2027-03-02T07:00') },
  ]);
});

test('without an end there are ten', () => {
  expect(occurrences(SCOPE, spec('cron(0 4 * * ? *)'), { start: at('2027-03-01T00:00') })).toHaveLength(10);
});

test('with an end there are all', () => {
  expect(occurrences(SCOPE, spec('cron(0 4 * * ? *)'), { start: at('2027-03-01T00:00'), end: at('2027-04-01T00:00') })).toHaveLength(31);
});

test.each([1, 3, 31, 32])('a maximum of %d holds, with and without an end', maxOccurrences => {
  expect(occurrences(SCOPE, spec('cron(0 4 * * ? *)'), { start: at('2027-03-01T00:00'), maxOccurrences })).toHaveLength(maxOccurrences);
  expect(occurrences(SCOPE, spec('cron(0 4 * * ? *)'), { start: at('2027-03-01T00:00'), end: at('2027-04-01T00:00'), maxOccurrences }))
    .toHaveLength(Math.min(31, maxOccurrences));
});

test.each([
  [{ start: new Date(NaN) }, "'start' must be a valid date, got an invalid Date (at Stack)"],
  [{ start: at('2027-03-01T00:00'), end: new Date(NaN) }, "'end' must be a valid date, got an invalid Date (at Stack)"],
  [{ start: at('2027-03-01T00:00'), maxOccurrences: 0 }, "'maxOccurrences' must be a whole number 1 or more, got 0 (at Stack)"],
  [{ start: at('2027-03-01T00:00'), maxOccurrences: 1.5 }, "'maxOccurrences' must be a whole number 1 or more, got 1.5 (at Stack)"],
  [
    { start: at('2027-03-01T00:00'), end: at('2027-03-01T00:00') },
    "'start' must be before 'end', got start 2027-03-01T00:00:00.000Z and end 2027-03-01T00:00:00.000Z (at Stack)",
  ],
])('fails when the options are %j', (options, message) => {
  expect(() => occurrences(SCOPE, spec('cron(0 4 * * ? *)'), options)).toThrow(message);
});
