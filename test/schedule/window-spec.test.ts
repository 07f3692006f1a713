import { Duration, Lazy, TimeZone, Token } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule } from '../../src';
import { windowSpec } from '../../src/schedule/window-spec';

const HOURS = { duration: Duration.hours(3), cutoff: Duration.hours(1) };
const TOKEN = Lazy.string({ produce: () => 'later' });

test('the times of a window are taken from its schedule and its lengths', () => {
  // GIVEN
  const schedule = MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'TUE#2', timeZone: TimeZone.EUROPE_BERLIN, offset: Duration.days(2) });
  const startDate = new Date('2027-01-01T00:00:00Z');
  const endDate = new Date('2028-01-01T00:00:00Z');

  // WHEN
  const spec = windowSpec({ schedule, ...HOURS, startDate, endDate });

  // THEN
  expect(spec).toEqual({
    spec: { schedule: schedule._parsed, timeZone: 'Europe/Berlin', offsetDays: 2, durationHours: 3, cutoffHours: 1, startDate, endDate },
  });
});

test('properties that are not given stay undefined', () => {
  expect(windowSpec({ schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), ...HOURS })).toEqual({
    spec: expect.objectContaining({ timeZone: undefined, offsetDays: undefined, startDate: undefined, endDate: undefined }),
  });
});

test.each<[string, () => Parameters<typeof windowSpec>[0]]>([
  ['a time zone', () => ({ schedule: MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of(TOKEN) }), ...HOURS })],
  ['an offset', () => ({
    schedule: MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'TUE#2', offset: Duration.days(Token.asNumber({ Ref: 'Days' })) }), ...HOURS,
  })],
  ['a duration', () => ({ schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), ...HOURS, duration: Duration.hours(Token.asNumber({ Ref: 'Hours' })) })],
  ['a cutoff', () => ({ schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), ...HOURS, cutoff: Duration.hours(Token.asNumber({ Ref: 'Hours' })) })],
])('%s that is a token leaves the times unknown', (_, times) => {
  expect(windowSpec(times())).toEqual({ unknown: 'whose time zone, offset, duration or cutoff is known only at deployment, pass a literal value' });
});

test('an expression that is a token leaves the times unknown', () => {
  expect(windowSpec({ schedule: MaintenanceWindowSchedule.expression(TOKEN), ...HOURS }))
    .toEqual({ unknown: 'whose expression is known only at deployment, pass a literal expression' });
});

test('a time zone that the runtime does not know leaves the times unknown', () => {
  expect(windowSpec({ schedule: MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of('Europe/Atlantis') }), ...HOURS }))
    .toEqual({ unknown: 'in a time zone that this runtime does not know, got "Europe/Atlantis", use a newer version of Node.js' });
});
