import { Duration, Lazy, TimeZone } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { MaintenanceWindowCronOptions, MaintenanceWindowProps } from '../../src';
import { checkOrder } from '../../src/calendar/window-order';
import { testStack } from '../support/app';

const at = (text: string) => new Date(`${text}Z`);
const YEAR = { start: at('2027-01-01T00:00'), end: at('2028-01-01T00:00') };
const TWO_WEEKS = Duration.days(14);

type Given = Partial<MaintenanceWindowCronOptions> & Partial<Omit<MaintenanceWindowProps, 'schedule'>>;

function pair(first: Given | MaintenanceWindowSchedule, second: Given | MaintenanceWindowSchedule): [MaintenanceWindow, MaintenanceWindow] {
  const stack = testStack();
  const window = (id: string, given: Given | MaintenanceWindowSchedule) => {
    if (given instanceof MaintenanceWindowSchedule) {
      return new MaintenanceWindow(stack, id, { schedule: given, duration: Duration.hours(2) });
    }
    const { duration = Duration.hours(2), startDate, endDate, enabled, ...cron } = given;
    return new MaintenanceWindow(stack, id, { schedule: MaintenanceWindowSchedule.cron({ hour: '4', ...cron }), duration, startDate, endDate, enabled });
  };
  return [window('Dev', first), window('Prod', second)];
}

test('development two days and production six days after Patch Tuesday hold', () => {
  const [dev, prod] = pair({ weekDay: 'TUE#2', offset: Duration.days(2) }, { weekDay: 'TUE#2', offset: Duration.days(6) });
  expect(() => checkOrder(dev, prod, { start: at('2027-01-01T00:00'), end: at('2037-01-01T00:00') }, TWO_WEEKS)).not.toThrow();
});

test.each<[string, Given, Given]>([
  ['Dev', { enabled: false }, { hour: '8' }],
  ['Prod', {}, { hour: '8', enabled: false }],
])('of a disabled window cannot be proven: %s', (id, first, second) => {
  expect(() => checkOrder(...pair(first, second), YEAR, TWO_WEEKS)).toThrow(new Error(
    `cannot prove the order of a disabled window, which has no occurrences, remove 'enabled: false' or the proof (at Stack/${id})`));
});

test('holds from any day on', () => {
  // GIVEN
  const [dev, prod] = pair({ weekDay: 'TUE#2', offset: Duration.days(2) }, { weekDay: 'TUE#2', offset: Duration.days(6) });

  // THEN
  for (let day = 1; day <= 31; day++) {
    expect(() => checkOrder(dev, prod, { start: new Date(Date.UTC(2027, 2, day)), end: YEAR.end }, TWO_WEEKS)).not.toThrow();
  }
});

test('the first Sunday is not before the first Tuesday in a month that begins on a Monday or Tuesday', () => {
  // GIVEN 1 February 2027 is a Monday: the first Tuesday is the 2nd, the first Sunday the 7th
  const [dev, prod] = pair({ weekDay: 'SUN#1' }, { weekDay: 'TUE#1' });

  // THEN
  expect(() => checkOrder(dev, prod, YEAR, TWO_WEEKS)).toThrow(
    "'Stack/Dev' must end before 'Stack/Prod' starts, got an occurrence of 'Stack/Prod' at 2027-02-02T04:00:00.000Z "
    + "without a preceding occurrence of 'Stack/Dev' within 14 days, change one of the schedules (at Stack/Prod)",
  );
  expect(() => checkOrder(dev, prod, { ...YEAR, end: at('2027-02-02T04:00') }, TWO_WEEKS)).not.toThrow();
});

test('an occurrence counts by its instant, whatever the time zone of its window', () => {
  // GIVEN
  const [dev, prod] = pair({ day: '15' }, { day: '1', hour: '0', timeZone: TimeZone.ASIA_TOKYO });

  // THEN
  expect(() => checkOrder(dev, prod, { ...YEAR, start: at('2027-01-15T00:00') }, TWO_WEEKS)).toThrow("got an occurrence of 'Stack/Prod' at 2027-01-31T15:00:00.000Z");
});

test('a window must have closed', () => {
  expect(() => checkOrder(...pair({ hour: '2' }, { hour: '4' }), YEAR, TWO_WEEKS)).not.toThrow();
  expect(() => checkOrder(...pair({ hour: '2', minute: '1' }, { hour: '4' }), YEAR, TWO_WEEKS)).toThrow(
    "got an occurrence of 'Stack/Prod' at 2027-01-01T04:00:00.000Z while 'Stack/Dev' is open until 2027-01-01T04:01:00.000Z, change one of the schedules",
  );
});

test('a window that opens at the same moment does not come before', () => {
  expect(() => checkOrder(...pair({ weekDay: 'SUN' }, { weekDay: 'SUN' }), YEAR, Duration.days(6))).toThrow("without a preceding occurrence of 'Stack/Dev' within 6 days");
});

test.each([
  [Duration.hours(24), true],
  [Duration.minutes(24 * 60 - 1), false],
])('within %s of Saturday comes Sunday', (within, holds) => {
  const check = () => checkOrder(...pair({ weekDay: 'SAT' }, { weekDay: 'SUN' }), YEAR, within);
  holds ? expect(check).not.toThrow() : expect(check).toThrow("without a preceding occurrence of 'Stack/Dev' within 23 hours 59 minutes");
});

test('each opening needs one of its own before it', () => {
  expect(() => checkOrder(...pair({ weekDay: 'SAT#1' }, { weekDay: 'SUN' }), YEAR, TWO_WEEKS)).toThrow(
    "got an occurrence of 'Stack/Prod' at 2027-01-10T04:00:00.000Z without an occurrence of 'Stack/Dev' since the one before, at 2027-01-03T04:00:00.000Z",
  );
});

test('what came before the date range counts', () => {
  // GIVEN Saturday 2 January is before it
  const sunday = { ...YEAR, start: at('2027-01-03T00:00') };

  // THEN
  expect(() => checkOrder(...pair({ weekDay: 'SAT' }, { weekDay: 'SUN' }), sunday, TWO_WEEKS)).not.toThrow();
  expect(() => checkOrder(...pair({ weekDay: 'SAT#1' }, { weekDay: 'SUN' }), { ...YEAR, start: at('2027-01-10T00:00') }, TWO_WEEKS)).toThrow('2027-01-10');
});

test('fails when the later window does not open in the date range', () => {
  expect(() => checkOrder(...pair({ weekDay: 'SAT' }, { weekDay: 'SUN', endDate: at('2026-12-31T00:00') }), YEAR, TWO_WEEKS)).toThrow(
    "'Stack/Dev' must end before 'Stack/Prod' starts, got no occurrence of 'Stack/Prod' from 2027-01-01T00:00:00.000Z to 2028-01-01T00:00:00.000Z, "
    + 'choose another time (at Stack/Prod)',
  );
});

test('a rate with a start date can be proven', () => {
  // GIVEN
  const stack = testStack();
  const rate = (id: string, startDate?: Date) => new MaintenanceWindow(stack, id, {
    schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2), startDate,
  });

  // THEN
  expect(() => checkOrder(rate('Dev', at('2026-01-03T04:00')), rate('Prod', at('2026-01-04T04:00')), YEAR, Duration.days(2))).not.toThrow();
  expect(() => checkOrder(rate('Late', at('2026-01-05T04:00')), rate('Early', at('2026-01-04T04:00')), YEAR, Duration.days(2)))
    .toThrow("without a preceding occurrence of 'Stack/Late' within 2 days");
});

test('fails for a rate that counts from the creation of its window', () => {
  expect(() => checkOrder(...pair(MaintenanceWindowSchedule.rate(Duration.days(7)), { weekDay: 'SUN' }), YEAR, TWO_WEEKS)).toThrow(
    'cannot prove the order of a rate, which counts from the creation of its window, give a startDate or use cron (at Stack/Dev)',
  );
});

test('fails for a schedule that is a token', () => {
  const expression = MaintenanceWindowSchedule.expression(Lazy.string({ produce: () => 'cron(0 4 * * ? *)' }));
  expect(() => checkOrder(...pair({ weekDay: 'SAT' }, expression), YEAR, TWO_WEEKS)).toThrow(
    'cannot prove the order of a schedule whose expression is known only at deployment, pass a literal expression (at Stack/Prod)',
  );
});

test('windows that open often are proven too', () => {
  // GIVEN an hour each, one after the other
  const [dev, prod] = pair({ minute: '0', hour: '0/2', duration: Duration.hours(1) }, { minute: '0', hour: '1/2', duration: Duration.hours(1) });

  // THEN
  expect(() => checkOrder(dev, prod, { ...YEAR, end: at('2027-03-01T00:00') }, Duration.hours(1))).not.toThrow();
});
