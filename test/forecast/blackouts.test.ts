import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { Blackout, MaintenanceWindowBlackouts } from '../../src';
import { windowsOf } from '../../src/forecast/app-windows';
import { compare } from '../../src/forecast/difference';
import { comparisonText } from '../../src/forecast/difference-text';
import { forecast, forecastJson, timelineOf } from '../../src/forecast/forecast';
import { forecastText } from '../../src/forecast/forecast-text';
import type { TemplateWindow } from '../../src/forecast/template-windows';
import type { Json, JsonObject } from '../../src/importer/json';
import { testWindow } from '../support/tasks';

/*
 * Black-outs as templates tell of them.
 */

const RANGE = { start: new Date('2027-11-24T00:00:00Z'), end: new Date('2027-12-01T00:00:00Z') };
const SALE = Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-28T00:00:00Z'), 'Sale');
const YEAR_END = Blackout.yearly({
  firstDay: { month: 11, day: 29 }, lastDay: { month: 1, day: 6 }, timeZone: TimeZone.EUROPE_PARIS, reason: 'Year-end',
});

function windowsIn(template: JsonObject): TemplateWindow[] {
  return windowsOf([{ name: 'Stack', template, paths: new Map() }]);
}

/** The windows of an app, as its template tells of them. */
function synthesized(...blackouts: Blackout[]): { windows: TemplateWindow[]; preview: (string | undefined)[] } {
  const stack = new Stack(new App(), 'Stack');
  const window = testWindow(stack);
  MaintenanceWindowBlackouts.add(stack, blackouts);
  const { template } = (stack.node.root as App).synth().getStackByName('Stack');
  return { windows: windowsIn(template), preview: window.preview(RANGE).map(({ blackout }) => blackout) };
}

const reasonsOf = (windows: TemplateWindow[]) => forecast(windows, RANGE).windows[0].openings.map(({ blackout }) => blackout);

test('the template tells of the same black-outs as the preview', () => {
  const { windows, preview } = synthesized(SALE, YEAR_END);
  expect(preview).toEqual([undefined, undefined, 'Sale', 'Sale', undefined, 'Year-end', 'Year-end']);
  expect(reasonsOf(windows)).toEqual(preview);
});

test('the text, the timeline and the JSON tell the reason', () => {
  const found = forecast(synthesized(SALE).windows, RANGE);
  expect(forecastText(found).split('\n')).toContain('  Fri 2027-11-26 02:00 to 04:00  does not open, black-out: Sale');
  expect(timelineOf(found).map(({ blackout }) => blackout).filter((blackout) => blackout)).toEqual(['Sale', 'Sale']);
  expect(JSON.parse(forecastJson(found)).windows[0].openings[2]).toEqual({
    start: '2027-11-26T02:00:00.000Z', cutoff: '2027-11-26T04:00:00.000Z', end: '2027-11-26T04:00:00.000Z', blackout: 'Sale',
  });
});

test('the text folds what is in a black-out', () => {
  const stack = new Stack(new App(), 'Stack');
  testWindow(stack, 'Window', { blackouts: [YEAR_END] });
  const range = { start: RANGE.start, end: new Date('2027-12-10T00:00:00Z') };
  const found = forecast(windowsIn((stack.node.root as App).synth().getStackByName('Stack').template), range);
  expect(forecastText(found)).toContain('every day 02:00, closes 04:00, 11 times: Mon 2027-11-29 02:00 to Thu 2027-12-09 02:00  does not open, black-out: Year-end');
});

describe('a comparison', () => {
  const [without, sale, yearEnd] = [synthesized(), synthesized(SALE), synthesized(YEAR_END)].map(({ windows }) => forecast(windows, RANGE));
  const text = (before: typeof sale, after: typeof sale) => comparisonText(compare(before, after), RANGE);

  test('tells of what falls into a black-out', () => {
    expect(text(without, sale)).toBe('Stack/WindowD7A05A61: 2 openings fall into the black-out "Sale", first on 2027-11-26, Friday 02:00 UTC\n');
    expect(compare(without, sale).differences.map(({ change, first }) => [change, first])).toEqual([['blackout', undefined]]);
  });

  test('tells of what opens again', () => {
    expect(text(sale, without)).toBe('Stack/WindowD7A05A61: 2 openings are no longer in the black-out "Sale", first on 2027-11-26, Friday 02:00 UTC\n');
    expect(compare(sale, without).differences[0].first).toEqual(new Date('2027-11-26T02:00:00Z'));
  });

  test('tells of both', () => {
    expect(text(sale, yearEnd)).toBe('Stack/WindowD7A05A61: 2 openings fall into the black-out "Year-end", first on 2027-11-29, Monday 02:00 UTC; '
      + '2 openings are no longer in the black-out "Sale", first on 2027-11-26, Friday 02:00 UTC\n');
  });

  test('of one opening speaks of one', () => {
    const friday = Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-27T00:00:00Z'), 'Friday');
    expect(text(without, forecast(synthesized(friday).windows, RANGE))).toContain('1 opening falls into the black-out "Friday"');
    expect(text(forecast(synthesized(friday).windows, RANGE), without)).toContain('1 opening is no longer in the black-out "Friday"');
  });

  test('of another hour looks at what opens', () => {
    const at = (hour: string) => forecast(synthesized(SALE).windows.map((window) => ({
      ...window, spec: window.spec && { ...window.spec, startDate: new Date(`2027-11-2${hour}T00:00:00Z`) },
    })), RANGE);
    expect(text(at('5'), at('9'))).toContain('02:00 UTC falls away, the first time on 2027-11-25');
  });

  test('of a new window begins with what opens', () => {
    const all = Blackout.between(new Date('2027-11-24T00:00:00Z'), new Date('2027-11-27T00:00:00Z'), 'All');
    const found = forecast(synthesized(all).windows, RANGE);
    expect(text(forecast([], RANGE), found)).toBe('Stack/WindowD7A05A61: new, first on 2027-11-27, Saturday 02:00 UTC\n');
    expect(text(found, forecast([], RANGE))).toBe('Stack/WindowD7A05A61: removed, was to open on 2027-11-27, Saturday 02:00 UTC\n');
  });
});

describe('schedules that somebody wrote', () => {
  const WINDOW = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Name: 'patching', Schedule: 'cron(0 2 * * ? *)', Duration: 2, Cutoff: 0, AllowUnassociatedTargets: false } };

  function schedule(enabled: boolean, expression: Json, more: object = {}, resource: object = {}): JsonObject {
    return {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: expression,
        Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ssm:updateMaintenanceWindow', Input: { 'Fn::Sub': `{"WindowId": "\${Window}", "Enabled": ${enabled}}` } },
        ...more,
      },
      ...resource,
    } as JsonObject;
  }

  const template = (resources: JsonObject, more: JsonObject = {}) => ({ ...more, Resources: { Window: WINDOW, Other: WINDOW, ...resources } });
  const OFF = schedule(false, 'at(2027-11-26T00:00:00)');
  const ON = schedule(true, 'at(2027-11-28T00:00:00)');
  const OPEN = Array.from({ length: 7 }, () => undefined);

  test('close the window that they name', () => {
    const windows = windowsIn(template({ Off: OFF, On: ON }));
    expect(reasonsOf(windows)).toEqual([undefined, undefined, 'turned off by Off', 'turned off by Off', undefined, undefined, undefined]);
    expect(reasonsOf(windows.slice(1))).toEqual(OPEN);
  });

  test('have their own description, and their own zone, also of a single time', () => {
    const tokyo = { Description: 'Moving', ScheduleExpressionTimezone: 'Asia/Tokyo' };
    expect(reasonsOf(windowsIn(template({ Off: schedule(false, 'at(2027-11-26T11:30:00)', tokyo), On: schedule(true, 'cron(30 10 28 11 ? 2027)', tokyo) }))))
      // 11:30 in Tokyo is after 02:00 UTC, 10:30 before
      .toEqual([undefined, undefined, undefined, 'Moving', undefined, undefined, undefined]);
  });

  test.each<[string, JsonObject]>([
    ['are off', schedule(false, 'at(2027-11-26T00:00:00)', { State: 'DISABLED' })],
    ['call something else', schedule(false, 'at(2027-11-26T00:00:00)', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ssm:deleteMaintenanceWindow', Input: '{"WindowId":"Window"}' } })],
    ['say nothing of on and off', schedule(false, 'at(2027-11-26T00:00:00)', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ssm:updateMaintenanceWindow', Input: { 'Fn::Sub': '{"WindowId":"${Window}"}' } } })],
    ['name no window of the template', schedule(false, 'at(2027-11-26T00:00:00)', { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ssm:updateMaintenanceWindow', Input: '{"WindowId":"mw-0123456789abcdef0","Enabled":false}' } })],
    ['have no target', schedule(false, 'at(2027-11-26T00:00:00)', { Target: 'text' })],
    ['do not exist', schedule(false, 'at(2027-11-26T00:00:00)', {}, { Condition: 'Never' })],
  ])('do nothing if they %s', (_, resource) => {
    expect(reasonsOf(windowsIn(template({ Off: resource }, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } })))).toEqual(OPEN);
  });

  test.each<[string, JsonObject, string]>([
    ['whose expression is known only at deployment', schedule(false, { Ref: 'P' }), 'is turned off by Off, whose times the template does not tell'],
    ['that follow a rate', schedule(true, 'rate(1 day)'), 'is turned on by Off, whose times the template does not tell'],
    ['with a start date', schedule(false, 'cron(0 0 1 * ? *)', { StartDate: '2027-01-01T00:00:00Z' }), 'is turned off by Off, whose times the template does not tell'],
    ['in an unknown zone', schedule(false, 'cron(0 0 1 * ? *)', { ScheduleExpressionTimezone: 'Europe/Atlantis' }), 'is turned off by Off, whose times the template does not tell'],
    ['under an unknown condition', schedule(false, 'cron(0 0 1 * ? *)', {}, { Condition: 'Later' }),
      'is turned off by Off, which exists only under the condition Later, which depends on P, give --parameter P=VALUE'],
  ])('%s leave the window to deployment', (_, resource, reason) => {
    const more: JsonObject = { Parameters: { P: { Type: 'String' } }, Conditions: { Later: { 'Fn::Equals': [{ Ref: 'P' }, 'b'] } } };
    const [window] = windowsIn(template({ Off: resource, On: ON }, more));
    expect(window).toMatchObject({ path: 'Stack/Window', expression: 'cron(0 2 * * ? *)', undetermined: reason });
    expect(window.spec).toBeUndefined();
    expect(window.basis).not.toBe(windowsIn(template({ Off: { ...resource, Metadata: { changed: true } }, On: ON }, more))[0].basis);
  });
});
