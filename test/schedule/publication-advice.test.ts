import { Annotations, Duration, TimeZone } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { PatchTuesdayOptions } from '../../src';
import { testStack, warningsOf } from '../support/app';
import { later, laterNumber } from '../support/tokens';

const ID = 'cdk-ssm-maintenance-windows:opensBeforePatchesArePublished';
const { AMERICA_LOS_ANGELES, ASIA_TOKYO, AUSTRALIA_SYDNEY, EUROPE_PARIS, PACIFIC_KIRITIMATI, PACIFIC_PAGO_PAGO } = TimeZone;

function patchWindow(options: Omit<PatchTuesdayOptions, 'daysAfter'>, daysAfter?: number): MaintenanceWindow {
  const schedule = MaintenanceWindowSchedule.patchTuesday({ ...options, daysAfter: daysAfter === undefined ? undefined : Duration.days(daysAfter) });
  return new MaintenanceWindow(testStack(), 'Window', { schedule, duration: Duration.hours(1) });
}

function message(got: string, opening: string, release: string): string {
  return "'hour' should not be before Microsoft publishes its patches, at 10:00 in Los Angeles on Patch Tuesday, "
    + `got ${got}, which opens at ${opening}, before the patches of ${release}, choose a later hour or a day more in 'daysAfter'`;
}

test.each([
  ['in the night of the day itself', { hour: '2' }, undefined, 'hour "2" in UTC and daysAfter 0 days', '2027-01-12T02:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['in the hour before, in winter only', { hour: '17' }, 0, 'hour "17" in UTC and daysAfter 0 days', '2027-01-12T17:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['before, where Microsoft is', { hour: '9', minute: '59', timeZone: AMERICA_LOS_ANGELES }, 0, 'hour "9" in America/Los_Angeles and daysAfter 0 days',
    '2027-01-12T17:59:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['in the evening in Paris', { hour: '18', timeZone: EUROPE_PARIS }, 0, 'hour "18" in Europe/Paris and daysAfter 0 days',
    '2027-01-12T17:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['on Wednesday in Japan, in winter only', { hour: '2', timeZone: ASIA_TOKYO }, 1, 'hour "2" in Asia/Tokyo and daysAfter 1 day', '2027-01-12T17:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['on Wednesday in Australia, in its summer only', { hour: '3', timeZone: AUSTRALIA_SYDNEY }, 1, 'hour "3" in Australia/Sydney and daysAfter 1 day',
    '2027-01-12T16:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['on Tuesday in the far east', { hour: '0', timeZone: PACIFIC_KIRITIMATI }, 0, 'hour "0" in Pacific/Kiritimati and daysAfter 0 days',
    '2027-01-11T10:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['at the first of several hours', { hour: '22,4-6' }, 0, 'hour "22,4-6" in UTC and daysAfter 0 days', '2027-01-12T04:00:00.000Z', '2027-01-12T18:00:00.000Z'],
  ['at any hour', { hour: '*/6' }, 0, 'hour "*/6" in UTC and daysAfter 0 days', '2027-01-12T00:00:00.000Z', '2027-01-12T18:00:00.000Z'],
])('a window that opens %s is warned about', (_name, options, days, got, opening, release) => {
  expect(warningsOf(patchWindow(options, days))).toEqual([message(got, opening, release)]);
});

test.each([
  ['at the hour of the release', { hour: '10', timeZone: AMERICA_LOS_ANGELES }, 0],
  ['after it in winter and summer', { hour: '18' }, 0],
  ['after it in Paris', { hour: '19', timeZone: EUROPE_PARIS }, 0],
  ['an hour later in Japan', { hour: '3', timeZone: ASIA_TOKYO }, 1],
  ['two hours later in Australia', { hour: '5', timeZone: AUSTRALIA_SYDNEY }, 1],
  ['on Wednesday in the far west', { hour: '0', timeZone: PACIFIC_PAGO_PAGO }, 1],
  ['on Thursday in the far east', { hour: '0', timeZone: PACIFIC_KIRITIMATI }, 2],
  ['at the first of several hours', { hour: '20-23' }, 0],
  ['on the last day', { hour: '0' }, 20],
])('a window that opens %s is not', (_name, options, days) => {
  expect(warningsOf(patchWindow(options, days))).toEqual([]);
});

test.each([
  ['hour', () => patchWindow({ hour: later() })],
  ['minute', () => patchWindow({ hour: '2', minute: later() })],
  ['time zone', () => patchWindow({ hour: '2', timeZone: TimeZone.of(later()) })],
  ['number of days', () => patchWindow({ hour: '2' }, laterNumber())],
])('a %s that is a token passes', (_name, define) => {
  expect(warningsOf(define())).toEqual([]);
});

test('a time zone that is not known is told as such only', () => {
  expect(warningsOf(patchWindow({ hour: '2', timeZone: TimeZone.of('Mars/Olympus') }))).toEqual([expect.stringContaining("'timeZone'")]);
});

test('is acknowledged', () => {
  const window = patchWindow({ hour: '2' });
  Annotations.of(window).acknowledgeWarning(ID, 'these nodes run Linux');

  expect(warningsOf(window)).toEqual([]);
});
