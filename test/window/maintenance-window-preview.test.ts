import { Duration, Lazy, TimeZone, Token } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { MaintenanceWindowProps } from '../../src';
import { testStack } from '../support/app';

const at = (text: string) => new Date(`${text}Z`);

function windowWith(props: Partial<MaintenanceWindowProps>): MaintenanceWindow {
  return new MaintenanceWindow(testStack(), 'Window', { schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), duration: Duration.hours(3), ...props });
}

function starts(props: Partial<MaintenanceWindowProps>, start: string, end: string): string[] {
  return windowWith(props).preview({ start: at(start), end: at(end) }).map(occurrence => occurrence.start.toISOString());
}

test('an occurrence tells when the window opens, starts no more tasks and closes', () => {
  // GIVEN
  const window = windowWith({
    schedule: MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }), cutoff: Duration.hours(1),
  });

  // THEN
  expect(window.preview({ start: at('2027-03-01T00:00'), maxOccurrences: 1 })).toEqual([
    { start: at('2027-03-07T03:00'), cutoff: at('2027-03-07T05:00'), end: at('2027-03-07T06:00') },
  ]);
});

test('the local time stays over a change of the clocks', () => {
  expect(starts({ schedule: MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }) }, '2027-03-20T00:00', '2027-04-01T00:00'))
    .toEqual(['2027-03-21T03:00:00.000Z', '2027-03-28T02:00:00.000Z']);
});

test('a time that the clocks skip does not open the window', () => {
  expect(starts({ schedule: MaintenanceWindowSchedule.cron({ hour: '2', minute: '30', timeZone: TimeZone.EUROPE_BERLIN }) }, '2027-03-27T00:00', '2027-03-30T00:00'))
    .toEqual(['2027-03-27T01:30:00.000Z', '2027-03-29T00:30:00.000Z']);
});

test('a time that comes twice opens it the first time', () => {
  expect(starts({ schedule: MaintenanceWindowSchedule.cron({ hour: '2', minute: '30', timeZone: TimeZone.EUROPE_BERLIN }) }, '2027-10-31T00:00', '2027-11-01T00:00'))
    .toEqual(['2027-10-31T00:30:00.000Z']);
});

test('an offset counts from before the date range', () => {
  const schedule = MaintenanceWindowSchedule.patchTuesday({ hour: '4', daysAfter: Duration.days(2) });
  expect(starts({ schedule }, '2027-03-10T00:00', '2027-04-10T00:00')).toEqual(['2027-03-11T04:00:00.000Z']);
});

test('a start date and an end date bound the openings', () => {
  expect(starts({ startDate: at('2027-03-02T04:00'), endDate: at('2027-03-04T03:59') }, '2027-03-01T00:00', '2027-04-01T00:00'))
    .toEqual(['2027-03-02T04:00:00.000Z', '2027-03-03T04:00:00.000Z']);
});

test('a rate counts from its start date, and without one from the start of the preview', () => {
  const schedule = MaintenanceWindowSchedule.rate(Duration.days(10));
  expect(starts({ schedule, startDate: at('2027-01-01T06:00') }, '2027-01-15T00:00', '2027-02-01T00:00'))
    .toEqual(['2027-01-21T06:00:00.000Z', '2027-01-31T06:00:00.000Z']);
  expect(starts({ schedule }, '2027-01-15T00:00', '2027-02-01T00:00')).toEqual(['2027-01-25T00:00:00.000Z']);
});

test('at opens once', () => {
  expect(starts({ schedule: MaintenanceWindowSchedule.at(at('2027-03-01T04:00')) }, '2027-03-01T04:00', '2040-01-01T00:00')).toEqual(['2027-03-01T04:00:00.000Z']);
});

test('what never opens has no openings', () => {
  expect(starts({ schedule: MaintenanceWindowSchedule.expression('cron(0 4 31 2 ? *)') }, '2027-01-01T00:00', '2028-01-01T00:00')).toEqual([]);
});

test('lengths that are given in minutes count in hours', () => {
  expect(windowWith({ duration: Duration.minutes(120), cutoff: Duration.minutes(60) }).preview({ start: at('2027-03-01T00:00'), maxOccurrences: 1 })[0])
    .toEqual({ start: at('2027-03-01T04:00'), cutoff: at('2027-03-01T05:00'), end: at('2027-03-01T06:00') });
});

test.each<[string, () => Partial<MaintenanceWindowProps>, string]>([
  [
    'the expression', () => ({ schedule: MaintenanceWindowSchedule.expression(Lazy.string({ produce: () => 'cron(0 4 * * ? *)' })) }),
    'cannot preview a schedule whose expression is known only at deployment, pass a literal expression (at Stack/Window)',
  ],
  [
    'the duration', () => ({ duration: Duration.hours(Token.asNumber({ Ref: 'Hours' })) }),
    'cannot preview a schedule whose time zone, offset, duration or cutoff is known only at deployment, pass a literal value (at Stack/Window)',
  ],
  [
    'the time zone', () => ({ schedule: MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of('Europe/Atlantis') }) }),
    'cannot preview a schedule in a time zone that this runtime does not know, got "Europe/Atlantis", use a newer version of Node.js (at Stack/Window)',
  ],
])('fails when %s is unknown', (_, props, message) => {
  expect(() => windowWith(props()).preview({ start: at('2027-03-01T00:00') })).toThrow(message);
});

test('fails when the date range is empty', () => {
  expect(() => windowWith({}).preview({ start: at('2027-03-02T00:00'), end: at('2027-03-01T00:00') })).toThrow(
    "'start' must be before 'end', got start 2027-03-02T00:00:00.000Z and end 2027-03-01T00:00:00.000Z (at Stack/Window)",
  );
});
