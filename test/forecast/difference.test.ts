import { compare as compareForecasts } from '../../src/forecast/difference';
import { forecast } from '../../src/forecast/forecast';
import type { TemplateWindow } from '../../src/forecast/template-windows';
import { parseSchedule } from '../../src/schedule/engine/grammar';

const RANGE = { start: new Date('2027-03-08T00:00Z'), end: new Date('2027-06-01T00:00Z') };
const PATH = 'Prod/Patching';

function window(expression: string, more: object = {}): TemplateWindow {
  return { path: PATH, expression, spec: { schedule: parseSchedule(expression).schedule!, timeZone: 'Europe/Berlin', durationHours: 3, cutoffHours: 0, ...more } };
}

const open = (undetermined: string, expression?: string): TemplateWindow => ({ path: PATH, undetermined, expression });
const comparison = (old: TemplateWindow[], now: TemplateWindow[]) => compareForecasts(forecast(old, RANGE), forecast(now, RANGE));
const compare = (old: TemplateWindow[], now: TemplateWindow[]) => comparison(old, now).differences;
const SUNDAY = window('cron(0 4 ? * SUN *)');
const LEFT = open('Schedule is known only at deployment');

test.each<[string, TemplateWindow[], TemplateWindow[], string | undefined, string | undefined]>([
  ['no change', [SUNDAY], [SUNDAY], undefined, undefined],
  ['another hour', [SUNDAY], [window('cron(0 5 ? * SUN *)')], 'moved', 'Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14'],
  ['another day', [SUNDAY], [window('cron(0 4 ? * MON *)')], 'moved', 'Sunday 04:00 → Monday 04:00 Europe/Berlin, first on 2027-03-08'],
  ['another zone', [SUNDAY], [window('cron(0 4 ? * SUN *)', { timeZone: undefined })], 'moved', 'Sunday 04:00 Europe/Berlin → Sunday 04:00 UTC, first on 2027-03-14'],
  ['another zone with the same clock', [SUNDAY], [window('cron(0 4 ? * SUN *)', { timeZone: 'Europe/Paris' })], undefined, undefined],
  ['another notation', [SUNDAY], [window('cron(0 4 ? * 1 *)')], undefined, undefined],
  ['more openings', [SUNDAY], [window('cron(0 4 ? * SUN,WED *)')], 'moved', 'also Wednesday 04:00 Europe/Berlin, first on 2027-03-10'],
  ['fewer openings', [window('cron(0 4 ? * SUN,WED *)')], [SUNDAY], 'moved', 'Wednesday 04:00 Europe/Berlin falls away, the first time on 2027-03-10'],
  ['an offset', [window('cron(0 4 ? * TUE#2 *)')], [window('cron(0 4 ? * TUE#2 *)', { offsetDays: 2 })], 'moved', 'second Tuesday 04:00 → second Tuesday + 2 days 04:00 Europe/Berlin, first on 2027-03-11'],
  ['a start date', [SUNDAY], [window('cron(0 4 ? * SUN *)', { startDate: new Date('2027-03-20T00:00Z') })], 'moved', 'Sunday 04:00 Europe/Berlin falls away, the first time on 2027-03-14'],
  ['another duration', [SUNDAY], [window('cron(0 4 ? * SUN *)', { durationHours: 4 })], 'length', 'duration 3 h → 4 h'],
  ['another cutoff', [SUNDAY], [window('cron(0 4 ? * SUN *)', { cutoffHours: 1 })], 'length', 'cutoff 0 h → 1 h'],
  [
    'another hour, duration and cutoff', [SUNDAY], [window('cron(0 5 ? * SUN *)', { durationHours: 4, cutoffHours: 1 })], 'moved',
    'Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14; duration 3 h → 4 h; cutoff 0 h → 1 h',
  ],
  ['a new window', [], [SUNDAY], 'added', 'new, first on 2027-03-14, Sunday 04:00 Europe/Berlin'],
  ['a new window that does not open', [], [window('cron(0 4 * * ? 2030)')], 'added', 'new, does not open in this time'],
  ['a new window with openings left to deployment', [], [LEFT], 'added', 'new, Schedule is known only at deployment'],
  ['a window that is gone', [SUNDAY], [], 'removed', 'removed, was to open on 2027-03-14, Sunday 04:00 Europe/Berlin'],
  ['a window that is gone and did not open', [window('cron(0 4 * * ? 2030)')], [], 'removed', 'removed, was not to open in this time'],
  ['a window that is gone, its openings left to deployment', [LEFT], [], 'removed', 'removed, Schedule is known only at deployment'],
  ['openings left to deployment as before', [LEFT], [LEFT], undefined, undefined],
  ['openings left to deployment for another reason', [LEFT], [open('exists only under the condition A')], 'undetermined', 'cannot tell: exists only under the condition A'],
  ['another rate', [open('rate', 'rate(1 day)')], [open('rate', 'rate(2 days)')], 'undetermined', 'cannot tell: rate(1 day) → rate(2 days), rate'],
  ['openings left to deployment now', [SUNDAY], [LEFT], 'undetermined', 'cannot tell: new Schedule is known only at deployment'],
  ['openings known now', [LEFT], [SUNDAY], 'undetermined', 'cannot tell: old Schedule is known only at deployment'],
  ['openings known now, of another expression', [open('a reason', 'cron(0 3 ? * SUN *)')], [SUNDAY], 'undetermined', 'cannot tell: cron(0 3 ? * SUN *) → cron(0 4 ? * SUN *), old a reason'],
  ['the same text that depends on something else', [{ ...LEFT, basis: 'a' }], [{ ...LEFT, basis: 'b' }], 'undetermined', 'cannot tell: what it depends on is not as before, Schedule is known only at deployment'],
  ['no opening in this time, before and now', [window('cron(0 4 * * ? 2030)')], [window('cron(0 5 * * ? 2030)')], 'undetermined', 'cannot tell: cron(0 4 * * ? 2030) → cron(0 5 * * ? 2030), opens in this time neither before nor now'],
  ['no opening in this time, as before', [window('cron(0 4 * * ? 2030)')], [window('cron(0 4 * * ? 2030)')], undefined, undefined],
])('%s', (_, old, now, change, words) => {
  expect(compare(old, now).map(difference => [difference.path, difference.change, difference.words])).toEqual(change ? [[PATH, change, words]] : []);
});

test('a window that is disabled is the same one', () => {
  const disabled = { ...window('cron(0 4 ? * SUN *)', { endDate: new Date(0) }), path: `${PATH} (disabled)` };
  const said = (old: TemplateWindow, now: TemplateWindow) => compare([old], [now]).map(({ path, words }) => `${path}: ${words}`);

  expect(said(SUNDAY, disabled)).toEqual([`${PATH} (disabled): Sunday 04:00 Europe/Berlin falls away, the first time on 2027-03-14`]);
  expect(said(disabled, SUNDAY)).toEqual([`${PATH}: also Sunday 04:00 Europe/Berlin, first on 2027-03-14`]);
  expect(said(disabled, disabled)).toEqual([]);
});

test.each<[string, string, string]>([
  ['cron(0 4 ? * SUN#2 *)', 'cron(0 4 ? * SUN#3 *)', 'second Sunday 04:00 → third Sunday 04:00'],
  ['cron(0 4 ? * SUN#1 *)', 'cron(0 4 ? * SUN#5 *)', 'first Sunday 04:00 → fifth Sunday 04:00'],
  ['cron(0 4 ? * SUN#4 *)', 'cron(0 4 ? * 1L *)', 'fourth Sunday 04:00 → last Sunday 04:00'],
  ['cron(0 4 ? * SUN *)', 'cron(0 4 ? * TUE#2 *)', 'Sunday 04:00 → second Tuesday 04:00'],
  ['cron(0 4 1 * ? *)', 'cron(0 4 15 * ? *)', 'day 1 04:00 → day 15 04:00'],
  ['cron(0 4 1 * ? *)', 'cron(0 4 L * ? *)', 'day 1 04:00 → last day 04:00'],
  ['cron(0 4 L-1 * ? *)', 'cron(0 4 L-2 * ? *)', '1 day before the last day 04:00 → 2 days before the last day 04:00'],
  ['cron(0 4 LW * ? *)', 'cron(0 4 15W * ? *)', 'last weekday 04:00 → weekday nearest to day 15 04:00'],
  ['cron(0 4 ? * SUN#2 *)', 'cron(0 5 ? * SUN#2 *)', 'Sunday 04:00 → 05:00'],
  ['cron(0 4 1,15 * ? *)', 'cron(0 5 15 * ? *)', 'day 15 04:00 → 05:00'],
  ['rate(7 days)', 'cron(0 4 ? * SUN#2 *)', 'Tuesday 01:00 → second Sunday 04:00'],
])('%s → %s reads %s', (old, now, words) => {
  const [{ words: found }] = compare([window(old, { startDate: new Date('2027-02-23T00:00Z') })], [window(now)]);
  expect(found.split(' Europe/Berlin')[0]).toBe(words);
});

test('an offset of a day is one', () => {
  const [{ words }] = compare([window('cron(0 4 ? * TUE#2 *)')], [window('cron(0 4 ? * TUE#2 *)', { offsetDays: 1 })]);
  expect(words).toBe('second Tuesday 04:00 → second Tuesday + 1 day 04:00 Europe/Berlin, first on 2027-03-10');
});

test('what is compared is counted, what is not is listed', () => {
  const other = { ...open('rate'), path: 'B' };
  expect(comparison([SUNDAY, other], [SUNDAY, other])).toEqual({ differences: [], compared: 1, notCompared: [other] });
  expect(comparison([], [])).toEqual({ differences: [], compared: 0, notCompared: [] });
});

test('the first new opening is told', () => {
  expect(compare([SUNDAY], [window('cron(0 5 ? * SUN *)')])[0].first).toEqual(new Date('2027-03-14T04:00Z'));
  expect(compare([], [SUNDAY])[0].first).toEqual(new Date('2027-03-14T03:00Z'));
  expect(compare([SUNDAY], [])[0].first).toBeUndefined();
});

test('windows come in the order of their paths', () => {
  expect(compare([{ ...SUNDAY, path: 'C' }, { ...LEFT, path: 'A' }], [{ ...SUNDAY, path: 'B' }]).map(({ path }) => path)).toEqual(['A', 'B', 'C']);
});
