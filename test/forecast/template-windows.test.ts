import { App, Duration, Stack } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import { windowsOf } from '../../src/forecast/app-windows';
import type { NamedTemplate, TemplateWindow } from '../../src/forecast/template-windows';
import type { JsonObject } from '../../src/importer/json';
import { parseSchedule } from '../../src/schedule/engine/grammar';

const windowsOfTemplate = (template: NamedTemplate) => windowsOf([template]);
const PROPERTIES = { Name: 'patching', Schedule: 'cron(0 4 ? * SUN *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };

function windowsIn(properties: object, more: JsonObject = {}, resource: JsonObject = {}): TemplateWindow[] {
  const template: JsonObject = { ...more, Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...PROPERTIES, ...properties }, ...resource } } };
  return windowsOfTemplate({ name: 'Stack', template, paths: new Map() });
}

const MONTHLY = 'cron(0 4 ? * TUE#2 *)';
const SPEC = { schedule: parseSchedule(PROPERTIES.Schedule).schedule!, offsetDays: 0, durationHours: 3, cutoffHours: 1 };

test('a window is read with what decides when it opens', () => {
  expect(windowsIn({ Schedule: MONTHLY, ScheduleTimezone: 'Europe/Berlin', ScheduleOffset: '2', Duration: '4', StartDate: '2027-01-01T00:00:00Z', EndDate: '2028-01-01T00:00:00+01:00' })).toEqual([{
    path: 'Stack/Window',
    expression: MONTHLY,
    spec: {
      ...SPEC,
      schedule: parseSchedule(MONTHLY).schedule!,
      timeZone: 'Europe/Berlin',
      offsetDays: 2,
      durationHours: 4,
      startDate: new Date('2027-01-01T00:00:00Z'),
      endDate: new Date('2027-12-31T23:00:00Z'),
    },
  }]);
});

describe('a window with a custom resource that disables it', () => {
  const never = { startDate: new Date('1970-01-01T00:00:00Z'), endDate: new Date('1970-01-02T00:00:00Z') };
  type Given = { more?: JsonObject; Schedule?: string; StartDate?: string; EndDate?: string };
  const windowsWith = (state: object, { more = {}, ...properties }: Given = {}) => windowsOfTemplate({
    name: 'Stack',
    paths: new Map(),
    template: {
      ...more,
      Resources: {
        Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...PROPERTIES, ...properties } },
        State: { Type: 'Custom::SSMMaintenanceWindowState', Properties: { WindowId: { Ref: 'Window' }, Enabled: false }, ...state },
      },
    },
  });

  test.each([
    [{}],
    [{ StartDate: '2030-01-01T00:00:00Z', EndDate: '2031-01-01T00:00:00Z' }],
  ])('never opens, whatever its dates: %j', (dates) => {
    expect(windowsWith({}, dates)).toEqual([{ path: 'Stack/Window (disabled)', expression: PROPERTIES.Schedule, spec: { ...SPEC, ...never } }]);
  });

  test('is what the constructs make of enabled: false', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const props = { schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), duration: Duration.hours(3) };
    new MaintenanceWindow(stack, 'Off', { ...props, enabled: false });
    new MaintenanceWindow(stack, 'On', props);

    const { template } = app.synth().getStackByName('Stack');
    expect(windowsOfTemplate({ name: 'S', template, paths: new Map() }).map(({ path, spec }) => [path.replace(/[0-9A-F]{8}/, ''), spec?.endDate])).toEqual([
      ['S/Off (disabled)', never.endDate], ['S/On', undefined],
    ]);
  });

  test('never opens at a rate', () => {
    expect(windowsWith({}, { Schedule: 'rate(7 days)' })).toEqual([
      { path: 'Stack/Window (disabled)', expression: 'rate(7 days)', spec: { ...SPEC, schedule: parseSchedule('rate(7 days)').schedule!, ...never } },
    ]);
  });

  test.each<[string, object]>([
    ['of another window', { Properties: { WindowId: { Ref: 'Other' }, Enabled: false } }],
    ['of a window by its id', { Properties: { WindowId: 'mw-0123456789abcdef0', Enabled: false } }],
    ['that enables', { Properties: { WindowId: { Ref: 'Window' }, Enabled: 'true' } }],
    ['without properties', { Properties: 'text' }],
    ['that does not exist', { Condition: 'Never' }],
  ])('opens when it is one %s', (_, state) => {
    expect(windowsWith(state, { more: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } } })).toEqual([
      { path: 'Stack/Window', expression: PROPERTIES.Schedule, spec: SPEC },
    ]);
  });

  test('is undetermined when it is under a condition', () => {
    expect(windowsWith({ Condition: 'IsProd' })).toMatchObject([{
      path: 'Stack/Window',
      undetermined: 'is disabled by a resource that exists only under the condition IsProd, which is not declared by the template',
    }]);
  });
});

test('other resources are none', () => {
  const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Broken: 'text', Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES } } };
  expect(windowsOfTemplate({ name: 'S', template, paths: new Map() }).map(({ path }) => path)).toEqual(['S/Window']);
});

test('a template without resources has no windows', () => {
  expect(windowsOfTemplate({ name: 'S', template: { Resources: 'text' }, paths: new Map() })).toEqual([]);
});

test('a window is called by its path in the app, else by its metadata, else by its logical ID', () => {
  const template = {
    Resources: {
      A: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES, Metadata: { 'aws:cdk:path': 'Stack/InMetadata/Resource' } },
      B: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES, Metadata: { 'aws:cdk:path': 'Stack/InMetadata/Resource' } },
      C: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES, Metadata: { 'aws:cdk:path': 7 } },
    },
  };
  expect(windowsOfTemplate({ name: 'S', template, paths: new Map([['A', 'Prod/InManifest']]) }).map(({ path }) => path)).toEqual([
    'Prod/InManifest', 'Stack/InMetadata', 'S/C',
  ]);
});

test.each<[string, object, JsonObject, string]>([
  ['a schedule', { Schedule: { Ref: 'P' } }, {}, 'Schedule is known only at deployment'],
  ['several values', { ScheduleTimezone: { Ref: 'P' }, Duration: { Ref: 'P' }, EndDate: { 'Fn::If': ['C', 'a', 'b'] } }, {}, 'ScheduleTimezone, Duration, EndDate are known only at deployment'],
  ['a schedule in Parameter Store', { Schedule: '{{resolve:ssm:/cron}}' }, {}, 'Schedule is known only at deployment'],
  ['a window under a condition', {}, { Condition: 'IsProd' }, 'exists only under the condition IsProd, which is not declared by the template'],
  ['a rate, which counts from the creation', { Schedule: 'rate(7 days)' }, {}, 'rate(7 days) counts from the creation of the window'],
  ['a faulty schedule', { Schedule: 'cron(0 25 * * ? *)' }, {}, 'Schedule has a fault at position 8: hour must be 0 to 23, got "25"'],
  ['no schedule', { Schedule: null }, {}, 'Schedule has a fault at position 1: must be "cron(…)", "rate(…)" or "at(…)", got "null"'],
  ['an unknown time zone', { ScheduleTimezone: 'Europe/Atlantis' }, {}, 'ScheduleTimezone is not known here, got "Europe/Atlantis"'],
  ['a duration that is no number', { Duration: 'long' }, {}, "'Duration' must be a whole number of hours from 1 to 24, got \"long\""],
  ['a duration that is true', { Duration: true }, {}, "'Duration' must be a whole number of hours from 1 to 24, got true"],
  ['no duration', { Duration: null }, {}, "'Duration' must be set, got nothing, set it"],
  ['too short a duration', { Duration: 0 }, {}, "'Duration' must be a whole number of hours from 1 to 24, got 0"],
  ['too long a duration', { Duration: 25 }, {}, "'Duration' must be a whole number of hours from 1 to 24, got 25"],
  ['a duration beyond any date', { Duration: 999999999999 }, {}, "'Duration' must be a whole number of hours from 1 to 24, got 999999999999"],
  ['a duration that is not whole', { Duration: '2.5' }, {}, "'Duration' must be a whole number of hours from 1 to 24, got \"2.5\""],
  ['a cutoff that is no number', { Cutoff: 'late' }, {}, "'Cutoff' must be a whole number of hours from 0 to 23, got \"late\""],
  ['no cutoff', { Cutoff: null }, {}, "'Cutoff' must be set, got nothing, set it"],
  ['a cutoff below zero', { Cutoff: -1 }, {}, "'Cutoff' must be a whole number of hours from 0 to 23, got -1"],
  ['a cutoff of a day', { Cutoff: 24 }, {}, "'Cutoff' must be a whole number of hours from 0 to 23, got 24"],
  ['a cutoff as long as the duration', { Duration: 2, Cutoff: '2' }, {}, "'Cutoff' must be shorter than 'Duration', got Cutoff 2 hours and Duration 2 hours"],
  ['an offset that is no number', { Schedule: MONTHLY, ScheduleOffset: 'two' }, {}, "'ScheduleOffset' must be a whole number of days from 1 to 6, got \"two\""],
  ['an offset of nothing', { Schedule: MONTHLY, ScheduleOffset: 0 }, {}, "'ScheduleOffset' must be a whole number of days from 1 to 6, got 0"],
  ['an offset of a week', { Schedule: MONTHLY, ScheduleOffset: 7 }, {}, "'ScheduleOffset' must be a whole number of days from 1 to 6, got 7"],
  ['an offset that is not whole', { Schedule: MONTHLY, ScheduleOffset: 2.5 }, {}, "'ScheduleOffset' must be a whole number of days from 1 to 6, got 2.5"],
  ['an offset beyond any date', { Schedule: MONTHLY, ScheduleOffset: 1e300 }, {}, "'ScheduleOffset' must be a whole number of days from 1 to 6, got 1e+300"],
  [
    'an offset of a schedule that has none', { ScheduleOffset: 1 }, {},
    '\'ScheduleOffset\' needs a cron expression whose day of week uses \'#\' or \'L\' such as "TUE#2", got expression "cron(0 4 ? * SUN *)"',
  ],
  ['a start date without an offset from UTC', { StartDate: '2027-01-01T00:00:00' }, {}, '\'StartDate\' must be a date and time with an offset, such as 2030-01-31T12:00:00Z, got "2027-01-01T00:00:00"'],
  ['an end date that is none', { EndDate: 'never' }, {}, '\'EndDate\' must be a date and time with an offset, such as 2030-01-31T12:00:00Z, got "never"'],
])('%s leaves the openings open', (_, properties, resource, undetermined) => {
  const [window] = windowsIn(properties, {}, resource);
  expect(window.undetermined).toBe(undetermined);
  expect(window.spec).toBeUndefined();
});

test.each<[string, object, object]>([
  ['the shortest duration', { Duration: 1, Cutoff: 0 }, { durationHours: 1, cutoffHours: 0 }],
  ['the longest duration and cutoff', { Duration: 24, Cutoff: 23 }, { durationHours: 24, cutoffHours: 23 }],
  ['the shortest offset', { Schedule: MONTHLY, ScheduleOffset: 1 }, { offsetDays: 1 }],
  ['the longest offset', { Schedule: 'cron(0 4 ? * 5L *)', ScheduleOffset: 6 }, { offsetDays: 6 }],
])('%s is known', (_, properties, spec) => {
  expect(windowsIn(properties)[0].spec).toMatchObject(spec);
});

test('a rate with a start date is known', () => {
  expect(windowsIn({ Schedule: 'rate(7 days)', StartDate: '2027-01-01T00:00:00Z' })[0].spec).toBeDefined();
});

test('parameters with defaults, mappings and texts made of them are known', () => {
  const more = { Parameters: { Hour: { Type: 'Number', Default: 4 }, Hours: { Type: 'Number', Default: '3' } }, Mappings: { Zones: { prod: { zone: 'Europe/Berlin' } } } };
  expect(windowsIn({ Schedule: { 'Fn::Sub': 'cron(0 ${Hour} ? * SUN *)' }, Duration: { Ref: 'Hours' }, ScheduleTimezone: { 'Fn::FindInMap': ['Zones', 'prod', 'zone'] } }, more)[0])
    .toMatchObject({ expression: 'cron(0 4 ? * SUN *)', spec: { ...SPEC, timeZone: 'Europe/Berlin' } });
});

describe('a window under a condition', () => {
  const template = (test: JsonObject, more: JsonObject = {}): JsonObject => ({
    Parameters: { Stage: { Type: 'String', Default: 'prod' }, Open: { Type: 'String' } },
    Conditions: { IsProd: test },
    Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...PROPERTIES, ...more }, Condition: 'IsProd' } },
  });
  const windows = (test: JsonObject, more: JsonObject = {}) => windowsOf([{ name: 'S', template: template(test), paths: new Map(), ...more }]);

  test('is there if it holds', () => {
    expect(windows({ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] })[0].spec).toEqual(SPEC);
  });

  test('is not there if it does not hold', () => {
    expect(windows({ 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] })).toEqual([]);
  });

  test('is left to deployment if nobody knows, with its reason', () => {
    const [{ spec, undetermined }] = windows({ 'Fn::Equals': [{ Ref: 'Open' }, 'dev'] });
    expect([spec, undetermined]).toEqual([undefined, 'exists only under the condition IsProd, which depends on Open, give --parameter Open=VALUE']);
  });

  test('is left to deployment if its nested stack is', () => {
    const [{ spec, undetermined }] = windows({ 'Fn::Equals': [1, 1] }, { undecided: 'exists only under the condition A, which depends on B' });
    expect([spec, undetermined]).toEqual([undefined, 'exists only under the condition A, which depends on B']);
  });
});

test('a condition called as a member that every object has is looked up as any other', () => {
  const template = { Conditions: {}, Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES, Condition: 'constructor' } } };
  expect(windowsOf([{ name: 'S', template, paths: new Map() }])[0].undetermined)
    .toBe('exists only under the condition constructor, which is not declared by the template');
});

describe('what an undetermined window depends on', () => {
  const basis = (schedule: JsonObject, more: JsonObject) => windowsIn({ Schedule: schedule }, more)[0].basis;
  const chosen = (test: JsonObject[string]) => basis({ 'Fn::If': ['A', 'cron(0 4 * * ? *)', 'cron(0 5 * * ? *)'] }, { Conditions: { A: { Condition: 'B' }, B: test } });

  test.each<[string, string | undefined, string | undefined]>([
    ['a condition behind a condition', chosen({ 'Fn::Equals': [{ Ref: 'P' }, 1] }), chosen({ 'Fn::Equals': [{ Ref: 'P' }, 2] })],
    ['a resource', basis({ 'Fn::GetAtt': ['L', 'Cron'] }, { Resources: {} }), basis({ 'Fn::GetAtt': ['M', 'Cron'] }, { Resources: {} })],
    ['a mapping', basis({ 'Fn::FindInMap': ['M', { Ref: 'P' }, 'x'] }, { Mappings: { M: { a: { x: 1 } } } }), basis({ 'Fn::FindInMap': ['M', { Ref: 'P' }, 'x'] }, { Mappings: { M: { a: { x: 2 } } } })],
    ['a parameter in a text', basis({ 'Fn::Sub': '${P} ${Q}' }, { Parameters: { P: { Default: 1 } } }), basis({ 'Fn::Sub': '${P} ${Q}' }, { Parameters: { P: { Default: 2 } } })],
  ])('changes with %s', (_, one, other) => {
    expect(one).not.toBe(other);
  });

  test('does not change with what is beside it', () => {
    const other = { Conditions: { Unused: { 'Fn::Equals': [1, 1] } }, Mappings: { Unused: {} } };
    expect(basis({ Ref: 'P' }, other)).toBe(basis({ Ref: 'P' }, {}));
  });
});

test('a window without properties is left to deployment', () => {
  const template = { Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow' } } };
  expect(windowsOf([{ name: 'S', template, paths: new Map() }])[0].undetermined)
    .toBe('Schedule has a fault at position 1: must be "cron(…)", "rate(…)" or "at(…)", got "null"');
});

test('two windows with one path in the app are called by their stacks and logical IDs', () => {
  const template = { Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES, Metadata: { 'aws:cdk:path': 'Prod/Weekly/Resource' } } } };
  expect(windowsOf(['S/A', 'S/B'].map(name => ({ name, template, paths: new Map() }))).map(({ path }) => path)).toEqual(['S/A/Window', 'S/B/Window']);
});

test('there are at most 10000 windows', () => {
  const window = { Type: 'AWS::SSM::MaintenanceWindow', Properties: PROPERTIES };
  const stack = (count: number) => ({ name: 'S', template: { Resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`W${i}`, window])) }, paths: new Map() });
  expect(windowsOf([stack(10_000)])).toHaveLength(10_000);
  expect(() => windowsOf([stack(10_001)])).toThrow(new Error('an app must have at most 10000 windows, got more, give the template of one stack'));
});

test('windows that a loop makes are told as left to deployment', () => {
  const loop = (type: string) => ({ 'Fn::ForEach::Rings': ['Ring', ['Dev', 'Prod'], { 'Window${Ring}': { Type: type } }] });
  const windows = (type: string) => windowsOfTemplate({ name: 'S', template: { Resources: loop(type) }, paths: new Map() });
  expect(windows('AWS::SSM::MaintenanceWindow')).toMatchObject([{ path: 'S/Fn::ForEach::Rings', undetermined: 'is expanded at deployment' }]);
  expect(windows('AWS::SNS::Topic')).toEqual([]);
});

test('what a terminal would act on is not shown', () => {
  const template = { Resources: { 'A\u001b[2J': { Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...PROPERTIES, Schedule: 'cron(\u001b[2J)' } } } };
  const [{ path, expression, undetermined }] = windowsOfTemplate({ name: 'S', template, paths: new Map() });
  expect([path, expression, undetermined!].join()).not.toContain('\u001b');
  expect(path).toBe('S/A\ufffd[2J');
});
