import { TimeZone } from 'aws-cdk-lib';
import { timeZoneFault } from '../../../src/schedule/engine/zone-names';

test('knows every time zone that Node.js knows', () => {
  expect(Intl.supportedValuesOf('timeZone').filter((name) => timeZoneFault(name))).toEqual([]);
});

test('knows every time zone that aws-cdk-lib has a member for', () => {
  const names = Object.values(TimeZone).filter((value) => value instanceof TimeZone).map(({ timezoneName }) => timezoneName);

  expect(names.length).toBeGreaterThan(300);
  expect(names.filter((name) => timeZoneFault(name)?.severity === 'error')).toEqual([]);
});

test.each([
  'UTC', 'GMT', 'EST', 'EST5EDT', 'Etc/GMT+12', 'US/Eastern', 'America/Argentina/ComodRivadavia', 'Europe/Kyiv', 'Asia/Calcutta', 'America/Port-au-Prince',
  '+00:00', '-08:00', '+05:45', '+18:00',
])('takes %s', (name) => {
  expect(timeZoneFault(name)).toBeUndefined();
});

test.each([
  ['america/new_york', 'America/New_York'],
  ['EUROPE/PARIS', 'Europe/Paris'],
  ['utc', 'UTC'],
])('warns about %s, as nobody has seen the service ignore case', (name, exact) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'warning', rule: `should be an IANA time zone in its exact case, "${exact}"` });
});

test.each(['', ' ', 'Europe Paris', 'Europe/Paris ', '/Europe', 'Europe//Paris', '5', 'Zürich', '+02:60', '-25:61'])('refuses the malformed %j', (name) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'error', rule: 'must be an IANA time zone such as "Europe/Paris"' });
});

test.each([['CEST', 'Europe/Berlin'], ['pst', 'America/Los_Angeles'], ['Tokyo', 'Asia/Tokyo']])('suggests a zone for %s', (name, zone) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'warning', rule: `should be an IANA time zone of release 2026f or newer, such as "${zone}"` });
});

test.each(['Europe/Bonn', 'Mars/Olympus_Mons'])('warns about %s, as zone data ages', (name) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'warning', rule: 'should be an IANA time zone of release 2026f or newer' });
});

test.each(['+18:01', '-19:00', '+99:59'])('warns about %s, an offset that no clock has', (name) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'warning', rule: 'should be an offset from UTC of at most 18:00' });
});

test.each(['+5:30', '+0530', '+9', 'UTC+01:00', 'GMT-8'])('warns about %s, an offset in a form that nobody has seen the service take', (name) => {
  expect(timeZoneFault(name)).toEqual({ severity: 'warning', rule: 'should be an IANA time zone, or an offset from UTC such as "+01:00"' });
});
