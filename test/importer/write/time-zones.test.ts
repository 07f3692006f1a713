import { TimeZone } from 'aws-cdk-lib';
import { hasTimeZoneConstant, timeZoneConstant } from '../../../src/importer/write/time-zones';

const CONSTANTS = Object.entries(TimeZone).filter((entry): entry is [string, TimeZone] => entry[1] instanceof TimeZone);

test('the CDK has more than 300 constants', () => {
  expect(CONSTANTS.length).toBeGreaterThan(300);
});

test.each(CONSTANTS)('%s is known by its name', (constant, { timezoneName }) => {
  expect(hasTimeZoneConstant(timezoneName)).toBe(true);
  expect(timeZoneConstant(timezoneName)).toBe(constant);
});

test.each(['US/Pacific', 'UTC', 'Europe/Nowhere'])('%s has no constant', zone => {
  expect(hasTimeZoneConstant(zone)).toBe(false);
});
