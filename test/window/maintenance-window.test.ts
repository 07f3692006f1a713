import { Annotations, CfnOutput, Duration, NestedStack, Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { MaintenanceWindow, MaintenanceWindowSchedule, MaintenanceWindowTask, TargetSelector } from '../../src';
import type { MaintenanceWindowProps } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testFunction } from '../support/resources';
import { later, laterNumber } from '../support/tokens';

const WINDOW = 'AWS::SSM::MaintenanceWindow';
const WINDOW_ID = 'mw-0123456789abcdef0';
const WINDOW_ARN = `arn:aws:ssm:us-east-1:210987654321:maintenancewindow/${WINDOW_ID}`;
const REQUIRED: MaintenanceWindowProps = { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(3) };

/** A value that is known only at deployment, and what it looks like in a template. */
const LATER = { 'Fn::ImportValue': 'Value' };

function windowWith(props: Partial<MaintenanceWindowProps>, stack: Stack = testStack()): MaintenanceWindow {
  return new MaintenanceWindow(stack, 'Window', { ...REQUIRED, ...props });
}

/** The properties of the only window of a stack. */
function renderedIn(stack: Stack): { readonly [name: string]: any } {
  const windows = Object.values(templateOf(stack).findResources(WINDOW));
  expect(windows).toHaveLength(1);
  return windows[0].Properties;
}

function renderedWith(props: Partial<MaintenanceWindowProps>): { readonly [name: string]: any } {
  const stack = testStack();
  windowWith(props, stack);
  return renderedIn(stack);
}

test('optional properties that are given as undefined count as not given', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const window = new MaintenanceWindow(stack, 'Window', {
    schedule: MaintenanceWindowSchedule.cron({ hour: '2', minute: undefined, weekDay: undefined, offset: undefined, timeZone: undefined }),
    duration: Duration.hours(2),
    cutoff: undefined,
    maintenanceWindowName: undefined,
    description: undefined,
    allowUnassociatedTargets: undefined,
    startDate: undefined,
    endDate: undefined,
    tags: undefined,
  });

  // THEN
  expect(templateOf(stack).findResources(WINDOW)[stack.getLogicalId(window.node.defaultChild as ssm.CfnMaintenanceWindow)].Properties).toEqual({
    AllowUnassociatedTargets: false,
    Cutoff: 0,
    Duration: 2,
    Name: expect.stringMatching(/^Stack-Window-/),
    Schedule: 'cron(0 2 * * ? *)',
  });
});

describe('what is rendered', () => {
  test('with required properties only, one window and nothing else is defined', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new MaintenanceWindow(stack, 'Window', REQUIRED);

    // THEN
    expect(Object.keys(templateOf(stack).toJSON().Resources)).toHaveLength(1);
    expect(renderedIn(stack)).toEqual({
      Name: expect.stringMatching(/^Stack-Window-[0-9A-F]{8}$/),
      Schedule: 'rate(7 days)',
      Duration: 3,
      Cutoff: 0,
      AllowUnassociatedTargets: false,
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new MaintenanceWindow(stack, 'Window', {
      schedule: MaintenanceWindowSchedule.cron({
        weekDay: 'TUE#2',
        hour: '2',
        minute: '30',
        offset: Duration.days(2),
        timeZone: TimeZone.EUROPE_PARIS,
      }),
      duration: Duration.hours(4),
      cutoff: Duration.hours(1),
      maintenanceWindowName: 'patch_tuesday-1.0',
      description: 'Patches of the month',
      allowUnassociatedTargets: true,
      startDate: new Date('2030-01-01T00:00:00Z'),
      endDate: new Date('2031-01-01T01:02:03.004+02:00'),
      tags: { Team: 'platform', Cost: '' },
    });

    // THEN
    expect(renderedIn(stack)).toEqual({
      Name: 'patch_tuesday-1.0',
      Description: 'Patches of the month',
      Schedule: 'cron(30 2 ? * TUE#2 *)',
      ScheduleOffset: 2,
      ScheduleTimezone: 'Europe/Paris',
      Duration: 4,
      Cutoff: 1,
      AllowUnassociatedTargets: true,
      StartDate: '2030-01-01T00:00:00.000Z',
      EndDate: '2030-12-31T23:02:03.004Z',
      Tags: [{ Key: 'Cost', Value: '' }, { Key: 'Team', Value: 'platform' }],
    });
  });

  test('what equals a default of the service is rendered when it is given', () => {
    expect(renderedWith({ cutoff: Duration.hours(0), allowUnassociatedTargets: false })).toMatchObject({
      Cutoff: 0, AllowUnassociatedTargets: false,
    });
  });

  test('the resource is the default child, for escape hatches', () => {
    // GIVEN
    const stack = testStack();
    const window = windowWith({}, stack);

    // WHEN
    (window.node.defaultChild as ssm.CfnMaintenanceWindow).addPropertyOverride('Description', 'overridden');

    // THEN
    expect(window.node.defaultChild!.node.id).toBe('Resource');
    expect(renderedIn(stack).Description).toBe('overridden');
  });

  test('tags do not depend on the order in which a map keeps them', () => {
    expect(renderedWith({ tags: { b: '1', a: '2' } })).toEqual(renderedWith({ tags: { a: '2', b: '1' } }));
  });

  test('no tags are rendered for an empty map', () => {
    expect(renderedWith({ tags: {} })).not.toHaveProperty('Tags');
  });

  test('tags add to those of Tags.of()', () => {
    // GIVEN
    const stack = testStack();
    const window = windowWith({ tags: { Team: 'platform' } }, stack);

    // WHEN
    Tags.of(window).add('Stage', 'production');

    // THEN
    expect(renderedIn(stack).Tags).toEqual([{ Key: 'Stage', Value: 'production' }, { Key: 'Team', Value: 'platform' }]);
  });

  test('two windows in one stack have names of their own', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new MaintenanceWindow(stack, 'Linux', REQUIRED);
    new MaintenanceWindow(stack, 'Windows', REQUIRED);

    // THEN
    const names = Object.values(templateOf(stack).findResources(WINDOW)).map(({ Properties }) => Properties.Name);
    expect(names).toEqual([expect.stringMatching(/^Stack-Linux-/), expect.stringMatching(/^Stack-Windows-/)]);
  });

  test('a window in a nested stack has a name that is known at synthesis', () => {
    // GIVEN
    const nested = new NestedStack(testStack(), 'Nested');

    // WHEN
    new MaintenanceWindow(nested, 'Window', REQUIRED);

    // THEN
    Template.fromStack(nested).hasResourceProperties(WINDOW, { Name: Match.stringLikeRegexp('^Stack-Nested-Window-[0-9A-F]{8}$') });
  });
});

describe('attributes', () => {
  test('the ID is what Ref returns, the ARN is made of it', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = windowWith({}, stack);

    // THEN
    const ref = { Ref: stack.getLogicalId(window.node.defaultChild as ssm.CfnMaintenanceWindow) };
    expect(stack.resolve(window.maintenanceWindowId)).toEqual(ref);
    expect(stack.resolve(window.maintenanceWindowRef)).toEqual({ windowId: ref });
    expect(stack.resolve(window.maintenanceWindowArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:maintenancewindow/', ref]],
    });
  });

  test('a window is known by its class', () => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(MaintenanceWindow.isMaintenanceWindow(windowWith({}, stack))).toBe(true);
    expect(MaintenanceWindow.isMaintenanceWindow(MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', WINDOW_ID))).toBe(false);
    expect(MaintenanceWindow.isMaintenanceWindow(stack)).toBe(false);
    expect(MaintenanceWindow.isMaintenanceWindow(undefined)).toBe(false);
    expect(MaintenanceWindow.isMaintenanceWindow(null)).toBe(false);
    expect(MaintenanceWindow.isMaintenanceWindow('window')).toBe(false);
  });

  test.each([
    ['eu-central-1', 'https://eu-central-1.console.aws.amazon.com/systems-manager/maintenance-windows/%s/description?region=eu-central-1'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/systems-manager/maintenance-windows/%s/description?region=cn-north-1'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/systems-manager/maintenance-windows/%s/description?region=us-gov-west-1'],
  ])('the console of %s has its own address', (region, url) => {
    // GIVEN
    const stack = testStack('Stack', { env: { account: '123456789012', region } });

    // THEN
    expect(MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', WINDOW_ID).consoleUrl).toBe(url.replace('%s', WINDOW_ID));
  });

  test('the address in the console can be an output, of a stack without environment too', () => {
    // GIVEN
    const stack = new Stack(testApp(), 'Stack');
    const window = windowWith({}, stack);

    // WHEN
    new CfnOutput(stack, 'Console', { value: window.consoleUrl });

    // THEN
    templateOf(stack).hasOutput('Console', {
      Value: {
        'Fn::Join': ['', [
          'https://', { Ref: 'AWS::Region' }, '.console.aws.amazon.com/systems-manager/maintenance-windows/', stack.resolve(window.maintenanceWindowId),
          '/description?region=', { Ref: 'AWS::Region' },
        ]],
      },
    });
  });
});

describe('duration and cutoff', () => {
  test.each([
    [Duration.hours(1), 1],
    [Duration.hours(24), 24],
    [Duration.days(1), 24],
    [Duration.minutes(60), 1],
    [Duration.seconds(7200), 2],
    [Duration.millis(3_600_000), 1],
  ])('takes a duration of %s', (duration, hours) => {
    expect(renderedWith({ duration })).toMatchObject({ Duration: hours, Cutoff: 0 });
  });

  test.each([
    [Duration.hours(0), '0 hours'],
    [Duration.minutes(59), '59 minutes'],
    [Duration.minutes(90), '1 hour 30 minutes'],
    [Duration.hours(25), '1 day 1 hour'],
    [Duration.days(2), '2 days'],
  ])('fails when the duration is %s', (duration, got) => {
    expect(() => windowWith({ duration })).toThrow(`'duration' must be a whole number of hours from 1 to 24, got ${got} (at Stack/Window)`);
  });

  test('mistake 2: fails when the duration is 30 hours', () => {
    expect(() => windowWith({ duration: Duration.hours(30) }))
      .toThrow('\'duration\' must be a whole number of hours from 1 to 24, got 1 day 6 hours (at Stack/Window)');
  });

  test('the errors of the library are named ValidationError', () => {
    expect(() => windowWith({ duration: Duration.hours(30) })).toThrow(expect.objectContaining({ name: 'ValidationError' }));
  });

  test('takes a cutoff one hour shorter than the duration', () => {
    expect(renderedWith({ duration: Duration.hours(24), cutoff: Duration.hours(23) })).toMatchObject({ Duration: 24, Cutoff: 23 });
    expect(renderedWith({ duration: Duration.hours(1), cutoff: Duration.minutes(0) })).toMatchObject({ Duration: 1, Cutoff: 0 });
  });

  test.each([[3, '3 hours'], [4, '4 hours']])('mistake 1: fails when the cutoff is not shorter than the duration, %d of 3 hours', (hours, got) => {
    expect(() => windowWith({ duration: Duration.hours(3), cutoff: Duration.hours(hours) }))
      .toThrow(`'cutoff' must be shorter than 'duration', got cutoff ${got} and duration 3 hours (at Stack/Window)`);
  });

  test('mistake 3: fails when the cutoff is 24 hours', () => {
    expect(() => windowWith({ duration: Duration.hours(24), cutoff: Duration.hours(24) }))
      .toThrow('\'cutoff\' must be a whole number of hours from 0 to 23, got 1 day (at Stack/Window)');
  });

  test('fails when the cutoff is not whole', () => {
    expect(() => windowWith({ cutoff: Duration.minutes(30) }))
      .toThrow('\'cutoff\' must be a whole number of hours from 0 to 23, got 30 minutes (at Stack/Window)');
  });

  test('hours that are tokens pass', () => {
    expect(renderedWith({ duration: Duration.hours(laterNumber()), cutoff: Duration.hours(23) })).toMatchObject({ Duration: LATER, Cutoff: 23 });
    expect(renderedWith({ duration: Duration.hours(1), cutoff: Duration.hours(laterNumber()) })).toMatchObject({ Duration: 1, Cutoff: LATER });
  });

  test.each(['duration', 'cutoff'] as const)('fails when %s is a token and not counted in hours', (prop) => {
    expect(() => windowWith({ [prop]: Duration.minutes(laterNumber()) }))
      .toThrow(`'${prop}' must be made by Duration.hours() when its value is known only at deployment, got Duration.minutes() (at Stack/Window)`);
  });
});

describe('name and description', () => {
  test.each(['abc', 'A_b-c.9', 'a'.repeat(128)])('takes the name %s', (maintenanceWindowName) => {
    expect(renderedWith({ maintenanceWindowName }).Name).toBe(maintenanceWindowName);
  });

  test.each([
    ['ab', '"ab"'],
    ['', '""'],
    ['a'.repeat(129), `"${'a'.repeat(99)}…`],
    ['patch/tuesday', '"patch/tuesday"'],
    ['pätch', '"pätch"'],
  ])('fails when the name is %j', (maintenanceWindowName, got) => {
    expect(() => windowWith({ maintenanceWindowName })).toThrow(
      `'maintenanceWindowName' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", got ${got} (at Stack/Window)`);
  });

  test('mistake 20: fails when the name has a space', () => {
    expect(() => windowWith({ maintenanceWindowName: 'patch tuesday' })).toThrow(
      '\'maintenanceWindowName\' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", got "patch tuesday" (at Stack/Window)');
  });

  test.each(['x', 'ü'.repeat(128), '🛠'.repeat(128)])('takes the description %s', (description) => {
    expect(renderedWith({ description }).Description).toBe(description);
  });

  test.each([
    ['', '0 characters: ""'],
    ['x'.repeat(129), `129 characters: "${'x'.repeat(99)}…`],
  ])('fails when the description is %j', (description, got) => {
    expect(() => windowWith({ description })).toThrow(`'description' must be 1 to 128 characters long, got ${got} (at Stack/Window)`);
  });

  test('strings that are tokens pass', () => {
    expect(renderedWith({ maintenanceWindowName: later(), description: later() })).toMatchObject({ Name: LATER, Description: LATER });
  });
});

describe('start and end date', () => {
  test('the end may be a millisecond after the start', () => {
    expect(renderedWith({ startDate: new Date('2030-01-01T00:00:00Z'), endDate: new Date('2031-01-01T00:00:00Z') })).toMatchObject({
      StartDate: '2030-01-01T00:00:00.000Z', EndDate: '2031-01-01T00:00:00.000Z',
    });
    expect(() => windowWith({ startDate: new Date(0), endDate: new Date(1) })).not.toThrow();
  });

  test('mistake 17: fails when the end is not after the start', () => {
    const startDate = new Date('2030-01-01T00:00:00Z');

    expect(() => windowWith({ startDate, endDate: startDate })).toThrow(
      '\'startDate\' must be before \'endDate\', got startDate 2030-01-01T00:00:00.000Z and endDate 2030-01-01T00:00:00.000Z (at Stack/Window)');
    expect(() => windowWith({ startDate, endDate: new Date('2029-12-31T23:59:59Z') })).toThrow(
      '\'startDate\' must be before \'endDate\', got startDate 2030-01-01T00:00:00.000Z and endDate 2029-12-31T23:59:59.000Z (at Stack/Window)');
  });

  test('dates are compared as instants, whatever offset they were written with', () => {
    expect(() => windowWith({ startDate: new Date('2030-01-01T00:00:00+02:00'), endDate: new Date('2029-12-31T23:00:00Z') })).not.toThrow();
    expect(() => windowWith({ startDate: new Date('2030-01-01T00:00:00-02:00'), endDate: new Date('2030-01-01T01:00:00Z') })).toThrow('must be before');
  });

  test('mistake 16: a start date without offset cannot be written, a Date is an instant and rendered in UTC', () => {
    expect(renderedWith({ startDate: new Date('2030-06-01T00:00:00') }).StartDate).toMatch(/^2030-.*Z$/);
  });

  test.each(['startDate', 'endDate'] as const)('fails when %s is no date', (prop) => {
    expect(() => windowWith({ [prop]: new Date('tomorrow') })).toThrow(`'${prop}' must be a valid date, got an invalid Date (at Stack/Window)`);
  });

  test.each([
    ['0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z'],
  ])('takes the date %s', (date) => {
    expect(() => windowWith({ startDate: new Date(date) })).not.toThrow();
  });

  test.each([
    [new Date(253402300800000), '+010000-01-01T00:00:00.000Z'],
    [new Date('-000001-12-31T23:59:59.999Z'), '-000001-12-31T23:59:59.999Z'],
  ])('fails when the year of a date has more than four digits, %s', (endDate, got) => {
    expect(() => windowWith({ endDate })).toThrow(`'endDate' must have a year of four digits, got ${got} (at Stack/Window)`);
  });
});

describe('tags', () => {
  test.each([
    ['k', ''],
    ['k'.repeat(128), 'v'.repeat(256)],
    ['Größe _.:/=+-@', 'weiß 9 _.:/=+-@'],
  ])('takes the tag %s', (key, value) => {
    expect(renderedWith({ tags: { [key]: value } }).Tags).toEqual([{ Key: key, Value: value }]);
  });

  test.each([
    ['', '""'],
    ['k'.repeat(129), `"${'k'.repeat(99)}…`],
    ['a#b', '"a#b"'],
  ])('fails when the key of a tag is %j', (key, got) => {
    expect(() => windowWith({ tags: { [key]: 'x' } }))
      .toThrow(`a key of 'tags' must be 1 to 128 letters, digits, spaces and "_.:/=+-@", got ${got} (at Stack/Window)`);
  });

  test.each(['aws:team', 'AWS:team'])('fails when the key of a tag is %s, which is kept for AWS', (key) => {
    expect(() => windowWith({ tags: { [key]: 'x' } }))
      .toThrow(`a key of 'tags' must not begin with "aws:", which is kept for AWS, got "${key}", rename it (at Stack/Window)`);
    expect(renderedWith({ tags: { 'aws-team': 'x' } }).Tags).toEqual([{ Key: 'aws-team', Value: 'x' }]);
  });

  test.each([
    ['v'.repeat(257), `"${'v'.repeat(99)}…`],
    ['50%', '"50%"'],
  ])('fails when the value of a tag is %j', (value, got) => {
    expect(() => windowWith({ tags: { Team: value } }))
      .toThrow(`a value of 'tags' must be at most 256 letters, digits, spaces and "_.:/=+-@", got ${got} for "Team" (at Stack/Window)`);
  });

  test('takes 50 tags and fails when there are more', () => {
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, 'x']));

    expect(() => windowWith({ tags: tags(50) })).not.toThrow();
    expect(() => windowWith({ tags: tags(51) })).toThrow(new Error('\'tags\' must hold at most 50 tags, got 51, remove some (at Stack/Window)'));
  });

  test('keys and values that are tokens pass', () => {
    expect(renderedWith({ tags: { Team: later() } }).Tags).toEqual([{ Key: 'Team', Value: LATER }]);
    expect(renderedWith({ tags: { [later()]: 'x' } }).Tags).toEqual([{ Key: LATER, Value: 'x' }]);
  });
});

describe('schedule', () => {
  test('strings that are tokens pass', () => {
    const schedule = MaintenanceWindowSchedule.expression(later(), { timeZone: TimeZone.of(later()), offset: Duration.days(laterNumber()) });

    expect(renderedWith({ schedule })).toMatchObject({ Schedule: LATER, ScheduleTimezone: LATER, ScheduleOffset: LATER });
  });

  test('an offset in other units is rendered in days', () => {
    expect(renderedWith({ schedule: MaintenanceWindowSchedule.cron({ weekDay: 'FRIL', hour: '2', offset: Duration.hours(48) }) }).ScheduleOffset).toBe(2);
  });

  test('advice on a schedule is a warning of the window, which can be acknowledged', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = windowWith({ schedule: MaintenanceWindowSchedule.expression('rate(7 day)') }, stack);

    // THEN
    expect(window.node.metadata.map(({ data }) => data)).toEqual([
      '\'expression\' has a fault at position 8: rate must have its unit in the plural, got "day", write "rate(7 days)" '
      + '[ack: cdk-ssm-maintenance-windows:rateUnitPlural]',
    ]);
  });
});

test('an acknowledged warning is not given, of the window nor of its targets', () => {
  // GIVEN
  const stack = testStack();
  const window = windowWith({ schedule: MaintenanceWindowSchedule.expression('rate(7 day)') }, stack);
  window.addTarget('Web', { selector: TargetSelector.instanceIds('i-0123') });
  window.onStateChange('Rule', { eventPattern: { detail: { status: ['DONE'] } } });
  expect(warningsOf(stack)).toHaveLength(3);

  // WHEN
  for (const id of ['rateUnitPlural', 'instanceIdFormat', 'statusNeverReported']) {
    Annotations.of(window).acknowledgeWarning(`cdk-ssm-maintenance-windows:${id}`);
  }

  // THEN
  expect(warningsOf(stack)).toEqual([]);
});

test('an app that is synthesized twice has the same template', () => {
  const template = () => {
    const stack = testStack();
    const window = windowWith({ tags: { b: '1', a: '2' } }, stack);
    window.addTarget('Web', { selector: TargetSelector.tags({ b: ['1'], a: ['2'] }) });
    window.onEvent('Rule');
    return templateOf(stack).toJSON();
  };

  expect(template()).toEqual(template());
});

describe('imported windows', () => {
  test('by ID belong to the environment of the stack', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', WINDOW_ID);

    // THEN
    expect(window.maintenanceWindowId).toBe(WINDOW_ID);
    expect(window.maintenanceWindowRef).toEqual({ windowId: WINDOW_ID });
    expect(stack.resolve(window.maintenanceWindowArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-central-1:123456789012:maintenancewindow/${WINDOW_ID}`]],
    });
    expect(window.env).toEqual({ account: '123456789012', region: 'eu-central-1' });
    expect(templateOf(stack).toJSON().Resources).toBeUndefined();
  });

  test('by ARN belong to the environment that it tells', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', WINDOW_ARN);

    // THEN
    expect(window.maintenanceWindowId).toBe(WINDOW_ID);
    expect(window.maintenanceWindowArn).toBe(WINDOW_ARN);
    expect(window.env).toEqual({ account: '210987654321', region: 'us-east-1' });
    expect(window.consoleUrl).toContain('https://us-east-1.console.aws.amazon.com/');
  });

  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b'])('take ARNs of the partition %s', (partition) => {
    const arn = `arn:${partition}:ssm:us-iso-east-1:123456789012:maintenancewindow/${WINDOW_ID}`;

    expect(MaintenanceWindow.fromMaintenanceWindowArn(testStack(), 'Imported', arn).maintenanceWindowId).toBe(WINDOW_ID);
  });

  test('take an ID that is a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', later());

    // THEN
    expect(stack.resolve(window.maintenanceWindowId)).toEqual(LATER);
  });

  test('take an ARN that is a token', () => {
    // GIVEN
    const stack = testStack();
    const part = (i: number) => ({ 'Fn::Select': [i, { 'Fn::Split': [':', LATER] }] });

    // WHEN
    const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', later());

    // THEN
    expect(stack.resolve(window.maintenanceWindowArn)).toEqual(LATER);
    expect(stack.resolve(window.maintenanceWindowId)).toEqual({ 'Fn::Select': [1, { 'Fn::Split': ['/', part(5)] }] });
    expect(stack.resolve(window.env)).toEqual({ account: part(4), region: part(3) });
  });

  test('take the window of an L1 construct', () => {
    // GIVEN
    const stack = testStack();
    const resource = new ssm.CfnMaintenanceWindow(stack, 'L1', {
      name: 'patching', schedule: 'rate(7 days)', duration: 3, cutoff: 1, allowUnassociatedTargets: false,
    });

    // WHEN
    MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', resource.ref).addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });

    // THEN
    templateOf(stack).hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', { WindowId: { Ref: 'L1' } });
  });

  test.each([
    ['mw-0123456789abcdef'],
    ['mw-0123456789abcdef01'],
    ['mw-0123456789ABCDEF0'],
    ['0123456789abcdef0123'],
    [''],
  ])('warns when the ID is %j', (id) => {
    const stack = testStack();

    MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', id);

    expect(warningsOf(stack))
      .toEqual([`'maintenanceWindowId' should be the ID of a window, "mw-" and 17 hexadecimal digits, got "${id}", look it up in the account`]);
  });

  test.each(['', WINDOW_ID, 'arn:aws:ssm'])('fails when %j is no ARN', (arn) => {
    expect(() => MaintenanceWindow.fromMaintenanceWindowArn(testStack(), 'Imported', arn)).toThrow(
      new Error(`'maintenanceWindowArn' must be an ARN, got "${arn}", use fromMaintenanceWindowId() for an ID (at Stack/Imported)`));
  });

  test.each([
    [`arn:aws:ssm:us-east-1::maintenancewindow/${WINDOW_ID}`],
    ['arn:aws:ssm:us-east-1:210987654321:maintenancewindow/mw-0'],
    [`arn:aws:ssm:us-east-1:210987654321:windowtarget/${WINDOW_ID}`],
  ])('warns when the ARN is %s', (arn) => {
    const stack = testStack();

    MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', arn);

    expect(warningsOf(stack)).toEqual([
      '\'maintenanceWindowArn\' should be the ARN of a window such as "arn:aws:ssm:eu-central-1:123456789012:maintenancewindow/mw-0123456789abcdef0", '
      + `got "${arn}", look it up in the account`,
    ]);
  });
});

describe('a window that is used in another stack', () => {
  test('is exported once, and its stack knows nothing of the other', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const others = testStack('Others', { app });
    const window = windowWith({}, windows);

    // WHEN
    MaintenanceWindowTask.lambda(others, 'Task', { maintenanceWindow: window, lambdaFunction: testFunction(others) });

    // THEN
    const imported = Object.values(templateOf(others).findResources('AWS::SSM::MaintenanceWindowTask'))[0].Properties.WindowId;
    expect(imported).toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Windows:ExportsOutputRefWindow/) });
    templateOf(windows).hasOutput('*', { Export: { Name: imported['Fn::ImportValue'] } });
    expect(windows.dependencies).toEqual([]);
  });
});
