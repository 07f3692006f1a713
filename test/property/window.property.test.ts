import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { MaintenanceWindowCronOptions, MaintenanceWindowProps } from '../../src';
import { resourceViolations } from '../support/model';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 1_000) };
const WINDOW = 'AWS::SSM::MaintenanceWindow';

/** One stack for all runs: to synthesize an app for each would take most of the time. */
const STACK = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
let constructs = 0;

/** What the models refuse in a window with these properties. */
function violations(props: MaintenanceWindowProps): string[] {
  const window = new MaintenanceWindow(STACK, `Window${constructs++}`, props);
  const [resource] = Object.values<any>(STACK.resolve((window.node.defaultChild as CfnResource)._toCloudFormation()).Resources);
  expect(resource.Type).toBe(WINDOW);
  return resourceViolations(WINDOW, resource.Properties);
}

/** The outcome of a run: a message of the library, or what the models refuse. */
function outcome(make: () => MaintenanceWindowProps): { readonly refused?: string; readonly violations?: string[] } {
  try {
    return { violations: violations(make()) };
    // eslint-disable-next-line no-restricted-syntax -- whether it was refused is the outcome of a run
  } catch (error) {
    if ((error as Error).name !== 'ValidationError') { throw error; }
    return { refused: (error as Error).message };
  }
}

const DURATIONS = [Duration.hours, Duration.minutes, Duration.days, Duration.seconds, Duration.millis];
const anyDuration = fc.tuple(
  fc.constantFrom(...DURATIONS),
  fc.oneof(
    fc.integer({ min: 0, max: 30 }),
    fc.constantFrom(60, 90, 1440, 3600, 86_400, 3_600_000),
    fc.double({ min: 0, max: 30, noNaN: true }),
  ),
).map(([make, amount]) => make(amount));
const hours = (min: number, max: number) => fc.integer({ min, max }).chain((count) => fc.constantFrom(
  Duration.hours(count), Duration.minutes(count * 60), Duration.seconds(count * 3600), Duration.millis(count * 3_600_000), Duration.days(count / 24),
));

const NAME_CHARACTERS = [...'abcXYZ019_-.'];
const legalName = fc.string({ unit: fc.constantFrom(...NAME_CHARACTERS), minLength: 3, maxLength: 128, size: 'max' });
const anyName = fc.oneof(legalName, fc.string(), fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'ab', 'abc', 'a'.repeat(128), 'a'.repeat(129), 'a b', 'a\n', 'abc\n'));
const legalDescription = fc.string({ unit: 'binary', minLength: 1, maxLength: 128, size: 'max' });
const anyDescription = fc.oneof(legalDescription, fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'x', 'x'.repeat(128), 'x'.repeat(129), '🛠'.repeat(128)));

const TAG_CHARACTERS = [...'aZ9äß日本 _.:/=+-@'];
const tagText = (minLength: number, maxLength: number) => fc.string({ unit: fc.constantFrom(...TAG_CHARACTERS), minLength, maxLength, size: 'max' });
const legalTags = fc.dictionary(tagText(1, 128), tagText(0, 256), { maxKeys: 5 });
const anyTags = fc.oneof(
  legalTags,
  fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }), { maxKeys: 3 }),
  fc.constantFrom<{ [key: string]: string }>(
    {}, { '': 'x' }, { ['k'.repeat(128)]: 'v'.repeat(256) }, { ['k'.repeat(129)]: '' }, { k: 'v'.repeat(257) }),
);

const legalDate = fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
const anyDate = fc.oneof(legalDate, fc.date(), fc.constantFrom(new Date(Number.NaN), new Date(0), new Date(8.64e15), new Date(-8.64e15)));
const legalDates = fc.tuple(legalDate, legalDate).filter(([a, b]) => a.getTime() !== b.getTime())
  .map((dates) => dates.sort((a, b) => a.getTime() - b.getTime()));

const ZONES = ['UTC', 'Etc/UTC', 'Europe/Paris', 'US/Eastern', 'America/Argentina/Ushuaia', '+05:30'].map((name) => TimeZone.of(name));
const anyZone = fc.oneof(fc.constantFrom(...ZONES), fc.string().map((name) => TimeZone.of(name)));

/** A number of a field, in range or just outside. */
const around = (min: number, max: number) => fc.integer({ min: min - 1, max: max + 1 }).map(String);
function anyField(min: number, max: number, ...special: string[]): fc.Arbitrary<string> {
  const value = around(min, max);
  return fc.oneof(
    value,
    fc.constantFrom('*', '?', '', ...special),
    fc.tuple(value, value).map(([a, b]) => `${a}-${b}`),
    fc.tuple(value, value).map(([a, b]) => `${a}/${b}`),
    fc.array(value, { maxLength: 4 }).map((values) => values.join(',')),
  );
}
const legalField = (min: number, max: number) => fc.oneof(
  fc.integer({ min, max }).map(String),
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 }).map((values) => values.join(',')),
);
const anyCron = fc.record<MaintenanceWindowCronOptions>({
  hour: anyField(0, 23),
  minute: anyField(0, 59),
  second: fc.oneof(fc.constant('0'), anyField(0, 59)),
  day: anyField(1, 31, 'L', '15W', 'LW', 'L-3', 'MON'),
  weekDay: anyField(1, 7, 'TUE', 'TUE#2', 'FRIL', '6L', 'MON-FRI', '3#6', 'FUNDAY', 'L'),
  month: anyField(1, 12, 'JAN', 'JAN,JUL', 'SUN', '1/1'),
  year: anyField(1970, 2199),
  timeZone: anyZone,
  offset: fc.oneof(anyDuration, fc.integer({ min: 0, max: 8 }).map((days) => Duration.days(days))),
}, { requiredKeys: ['hour'] });
const legalDay = fc.oneof(
  legalField(1, 31).map((day) => ({ day })),
  fc.constantFrom('L', '15W', 'LW', 'L-3').map((day) => ({ day })),
  legalField(1, 7).map((weekDay) => ({ weekDay })),
  fc.constantFrom('TUE', 'MON-FRI', 'SUN,SAT').map((weekDay) => ({ weekDay })),
  fc.record({ weekDay: fc.constantFrom('TUE#2', '3#5', 'FRIL', '6L', 'L'), offset: fc.integer({ min: 1, max: 6 }).map((days) => Duration.days(days)) }),
  fc.constant({}),
);
const legalCron = fc.tuple(legalDay, fc.record({
  hour: legalField(0, 23),
  minute: fc.integer({ min: 0, max: 59 }).map(String),
  second: fc.integer({ min: 0, max: 59 }).map(String),
  month: fc.oneof(legalField(1, 12), fc.constantFrom('JAN', 'JAN,JUL', 'OCT-DEC', '*')),
  year: fc.oneof(legalField(1970, 2199), fc.constant('*')),
  timeZone: fc.constantFrom(...ZONES),
}, { requiredKeys: ['hour'] })).map(([day, rest]) => ({ ...rest, ...day }));

const anySchedule: fc.Arbitrary<() => MaintenanceWindowSchedule> = fc.oneof(
  anyCron.map((options) => () => MaintenanceWindowSchedule.cron(options)),
  anyDuration.map((interval) => () => MaintenanceWindowSchedule.rate(interval)),
  anyDate.map((date) => () => MaintenanceWindowSchedule.at(date)),
  fc.tuple(
    fc.constantFrom(
      'cron(0 2 ? * TUE#2 *)', 'cron(0 2 15 * TUE *)', 'cron(0 2 * * 2)', 'rate(7 days)', 'rate(1 days)', 'rate(0 days)', 'at(2030-01-31T02:00:00)',
      'at(2030-02-30T02:00)', '',
    ),
    fc.record({ timeZone: anyZone, offset: anyDuration }, { requiredKeys: [] }),
  ).map(([text, options]) => () => MaintenanceWindowSchedule.expression(text, options)),
);
const legalSchedule: fc.Arbitrary<() => MaintenanceWindowSchedule> = fc.oneof(
  legalCron.map((options) => () => MaintenanceWindowSchedule.cron(options)),
  fc.integer({ min: 5, max: 1_000_000 })
    .chain((minutes) => fc.constantFrom(Duration.minutes(minutes), Duration.seconds(minutes * 60), Duration.hours(minutes / 60)))
    .filter((interval) => Number.isInteger(interval.toMinutes({ integral: false })))
    .map((interval) => () => MaintenanceWindowSchedule.rate(interval)),
  fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => () => MaintenanceWindowSchedule.at(date)),
  fc.constantFrom('cron(0 0 21 ? 1/1 TUE#2 *)', 'rate(1 hours)', 'rate(5 hour)', 'at(2030-01-31T02:00)', 'cron(* 17 * * ? *)')
    .map((text) => () => MaintenanceWindowSchedule.expression(text)),
);

const WEEKLY = () => MaintenanceWindowSchedule.rate(Duration.days(7));

/** Mostly what the service takes, so that a window with many properties has a chance. */
function mostly<T>(legal: fc.Arbitrary<T>, any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: legal, weight: 9 }, { arbitrary: any, weight: 1 });
}

test('whatever a window is given, it is refused or the service takes it', () => {
  let refused = 0;
  let taken = 0;
  fc.assert(fc.property(
    mostly(legalSchedule, anySchedule),
    fc.record({
      duration: mostly(hours(1, 24), anyDuration),
      cutoff: mostly(hours(0, 3), anyDuration),
      maintenanceWindowName: mostly(legalName, anyName),
      description: mostly(legalDescription, anyDescription),
      allowUnassociatedTargets: fc.boolean(),
      startDate: anyDate,
      endDate: anyDate,
      tags: mostly(legalTags, anyTags),
    }, { requiredKeys: ['duration'] }),
    (schedule, props) => {
      const { refused: message, violations: found } = outcome(() => ({ schedule: schedule(), ...props }));
      if (message === undefined) {
        taken++;
        expect(found).toEqual([]);
      } else {
        refused++;
        expect(message).toMatch(/^('|[a-z])/);
        expect(message).toMatch(/, got /s);
        expect(message).not.toMatch(/\.$/);
      }
    },
  ), RUNS);
  // a generator that makes only one of the two would prove nothing
  expect(Math.min(refused, taken)).toBeGreaterThan(RUNS.numRuns / 10);
});

test('one property at a time, what is outside a limit is refused and the service takes the rest', () => {
  const required = { duration: Duration.hours(24) };
  fc.assert(fc.property(
    fc.oneof(
      anyName.map((maintenanceWindowName) => ({ ...required, maintenanceWindowName })),
      anyDescription.map((description) => ({ ...required, description })),
      anyTags.map((tags) => ({ ...required, tags })),
      fc.tuple(anyDate, anyDate).map(([startDate, endDate]) => ({ ...required, startDate, endDate })),
      fc.tuple(anyDuration, anyDuration).map(([duration, cutoff]) => ({ duration, cutoff })),
    ),
    (props) => {
      expect(outcome(() => ({ schedule: WEEKLY(), ...props })).violations ?? []).toEqual([]);
    },
  ), RUNS);
});

test('a schedule that is made is one that the service takes', () => {
  fc.assert(fc.property(anySchedule, (schedule) => {
    expect(outcome(() => ({ schedule: schedule(), duration: Duration.hours(1) })).violations ?? []).toEqual([]);
  }), RUNS);
});

test('what the service takes is never refused, limits included', () => {
  fc.assert(fc.property(
    legalSchedule,
    hours(1, 24).chain((duration) => hours(0, duration.toHours() - 1).map((cutoff) => ({ duration, cutoff }))),
    fc.record({
      maintenanceWindowName: legalName, description: legalDescription, allowUnassociatedTargets: fc.boolean(), tags: legalTags,
    }, { requiredKeys: [] }),
    fc.option(legalDates),
    (schedule, times, props, dates) => {
      const limits = dates ? { startDate: dates[0], endDate: dates[1] } : {};
      expect(violations({ schedule: schedule(), ...times, ...props, ...limits })).toEqual([]);
    },
  ), RUNS);
});
