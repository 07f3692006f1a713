import { forecast, forecastJson, timelineOf } from '../../src/forecast/forecast';
import { closedText, forecastText, undeterminedText } from '../../src/forecast/forecast-text';
import type { TemplateWindow } from '../../src/forecast/template-windows';
import { parseSchedule } from '../../src/schedule/engine/grammar';

const at = (text: string) => new Date(`${text}Z`);
const RANGE = { start: at('2027-03-21T03:00'), end: at('2027-04-04T02:00') };

function window(path: string, expression: string, more: object = {}): TemplateWindow {
  return { path, expression, spec: { schedule: parseSchedule(expression).schedule!, durationHours: 3, cutoffHours: 0, ...more } };
}

const WEEKLY = window('Prod/Weekly', 'cron(0 4 ? * SUN *)', { timeZone: 'Europe/Berlin', cutoffHours: 1 });
const NIGHTLY = window('Prod/Night', 'cron(0 23 ? * TUE#4 *)', { offsetDays: 1 });
const NEVER = window('Prod/Never', 'cron(0 4 31 2 ? *)');
const OPEN: TemplateWindow = { path: 'Prod/Open', undetermined: 'Schedule is known only at deployment' };

test('openings go from the start inclusive to the end exclusive', () => {
  const { windows, undetermined } = forecast([WEEKLY, OPEN], RANGE);
  expect(windows.map(({ openings }) => openings.map(({ start }) => start.toISOString()))).toEqual([['2027-03-21T03:00:00.000Z', '2027-03-28T02:00:00.000Z']]);
  expect(undetermined).toEqual([OPEN]);
});

test('an offset leads into the date range', () => {
  const { windows: [{ openings }] } = forecast([window('A', 'cron(0 4 ? * TUE#2 *)', { offsetDays: 6 })], { start: at('2027-03-11T00:00'), end: at('2027-03-20T00:00') });
  expect(openings.map(({ start }) => start.toISOString())).toEqual(['2027-03-15T04:00:00.000Z']);
});

test('the timeline shows the time of each window, or that which is asked for', () => {
  const found = forecast([WEEKLY, NIGHTLY], RANGE);
  expect(timelineOf(found).map(({ path, timeZone }) => [path, timeZone])).toEqual([['Prod/Weekly', 'Europe/Berlin'], ['Prod/Weekly', 'Europe/Berlin'], ['Prod/Night', undefined]]);
  expect(timelineOf(found, 'Asia/Tokyo').map(({ timeZone }) => timeZone)).toEqual(['Asia/Tokyo', 'Asia/Tokyo', 'Asia/Tokyo']);
});

test('the text shows each window with its openings', () => {
  expect(forecastText(forecast([WEEKLY, NIGHTLY, NEVER, OPEN], RANGE))).toBe([
    'Prod/Weekly  cron(0 4 ? * SUN *)  Europe/Berlin',
    '  Sun 2027-03-21 04:00 to 07:00, last start before 06:00  (Sun 2027-03-21 03:00 UTC)',
    '  Sun 2027-03-28 04:00 to 07:00, last start before 06:00  (Sun 2027-03-28 02:00 UTC)',
    '',
    'Prod/Night  cron(0 23 ? * TUE#4 *), 1 day later  UTC',
    '  Wed 2027-03-24 23:00 to Thu 2027-03-25 02:00',
    '',
    'Prod/Never  cron(0 4 31 2 ? *)  UTC',
    '  does not open in this time',
    '',
    'Openings that the template does not tell:',
    '  Prod/Open  Schedule is known only at deployment',
    '',
  ].join('\n'));
});

test('the text shows another time zone when asked for', () => {
  expect(forecastText(forecast([WEEKLY], { ...RANGE, end: at('2027-03-22T00:00') }), 'Asia/Tokyo')).toBe([
    'Prod/Weekly  cron(0 4 ? * SUN *)  Europe/Berlin',
    '  Sun 2027-03-21 12:00 to 15:00, last start before 14:00  (Sun 2027-03-21 03:00 UTC)',
    '',
  ].join('\n'));
  expect(forecastText(forecast([WEEKLY], { ...RANGE, end: at('2027-03-22T00:00') }), 'UTC')).toContain('\n  Sun 2027-03-21 03:00 to 06:00, last start before 05:00\n');
});

test('days of an offset are many or one', () => {
  expect(forecastText(forecast([window('A', 'cron(0 4 ? * TUE#2 *)', { offsetDays: 2 })], RANGE))).toContain('A  cron(0 4 ? * TUE#2 *), 2 days later  UTC\n');
});

test('what opens every day or many times a day is one line', () => {
  const range = { start: at('2027-03-22T00:00'), end: at('2027-04-19T00:00') };
  const daily = window('Daily', 'cron(0 12 * * ? *)', { timeZone: 'Europe/Berlin', cutoffHours: 1 });
  const often = window('Often', 'cron(* 17 * * ? *)');
  expect(forecastText(forecast([daily, often], range))).toBe([
    'Daily  cron(0 12 * * ? *)  Europe/Berlin',
    '  every day 12:00, closes 15:00, last start before 14:00, 28 times: Mon 2027-03-22 12:00 to Sun 2027-04-18 12:00',
    '',
    'Often  cron(* 17 * * ? *)  UTC',
    '  every day every minute from 17:00 to 17:59, closes 3 h later, 1680 times: Mon 2027-03-22 17:00 to Sun 2027-04-18 17:59',
    '',
  ].join('\n'));
});

test('windows that do not open are listed by themselves', () => {
  expect(closedText(forecast([WEEKLY, NEVER, OPEN], RANGE).windows)).toBe('Do not open in this time:\n  Prod/Never  cron(0 4 31 2 ? *)\n');
  expect(closedText(forecast([WEEKLY, OPEN], RANGE).windows)).toBe('');
});

test('the JSON holds each opening of what is folded in the text', () => {
  const { windows: [{ openings }] } = JSON.parse(forecastJson(forecast([window('Often', 'cron(* 17 * * ? *)')], RANGE))) as { windows: { openings: object[] }[] };
  expect(openings).toHaveLength(14 * 60);
});

test('prints nothing without windows', () => {
  expect(forecastText(forecast([], RANGE))).toBe('');
  expect(undeterminedText([])).toBe('');
});

test('the JSON holds all of it', () => {
  const text = forecastJson(forecast([WEEKLY, NEVER, OPEN], { ...RANGE, end: at('2027-03-22T00:00') }));
  expect(JSON.parse(text)).toEqual({
    from: '2027-03-21T03:00:00.000Z',
    to: '2027-03-22T00:00:00.000Z',
    windows: [
      {
        path: 'Prod/Weekly',
        expression: 'cron(0 4 ? * SUN *)',
        timeZone: 'Europe/Berlin',
        openings: [{ start: '2027-03-21T03:00:00.000Z', cutoff: '2027-03-21T05:00:00.000Z', end: '2027-03-21T06:00:00.000Z' }],
      },
      { path: 'Prod/Never', expression: 'cron(0 4 31 2 ? *)', timeZone: 'UTC', openings: [] },
    ],
    undetermined: [{ path: 'Prod/Open', reason: 'Schedule is known only at deployment' }],
  });
  expect(text.endsWith('}\n')).toBe(true);
});
