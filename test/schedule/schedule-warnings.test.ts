import { parseSchedule } from '../../src/schedule/engine/grammar';
import { scheduleWarningsBetween, scheduleWarnings } from '../../src/schedule/schedule-warnings';

const at = (text: string) => new Date(`${text}Z`);
const spec = (text: string, more: object = {}) => ({ schedule: parseSchedule(text).schedule!, durationHours: 3, cutoffHours: 0, ...more });
const timeless = (expression: string, more: object = {}) => scheduleWarnings(expression, spec(expression, more));
const dated = (expression: string, more: object = {}, start = '2027-01-01T00:00', end = '2027-12-31T00:00') =>
  scheduleWarningsBetween(expression, spec(expression, more), { start: at(start), end: at(end) });
const ids = (advice: readonly { id: string }[]) => advice.map(({ id }) => id);

describe('at any date', () => {
  test('a schedule without fault has no advice', () => {
    expect(timeless('cron(0 4 ? * SUN *)', { timeZone: 'Europe/Berlin' })).toEqual([]);
  });

  test('a date that no calendar has never opens', () => {
    expect(timeless('cron(0 4 31 2 ? *)')).toEqual([{
      id: 'neverOpens',
      message: "'schedule' must have a time to open at, got expression \"cron(0 4 31 2 ? *)\", which never does, correct the date",
    }]);
  });

  test('a time after the end never opens, and both dates are named', () => {
    expect(timeless('at(2027-03-01T00:00:00)', { endDate: at('2027-02-01T00:00') })).toEqual([{
      id: 'neverOpens',
      message: "'schedule' must have a time between 'startDate' and 'endDate' to open at, got expression \"at(2027-03-01T00:00:00)\", which never does, correct the date",
    }]);
  });

  test('a time that the clocks skip whenever the date comes is told', () => {
    expect(ids(timeless('cron(30 2 ? 3 SUNL *)', { timeZone: 'Europe/Berlin' }))).toEqual(['opensInClockChange']);
    expect(ids(timeless('cron(30 4 ? 3 SUNL *)', { timeZone: 'Europe/Berlin' }))).toEqual([]);
  });

  test('a fifth weekday, which not every month has, opens', () => {
    expect(timeless('cron(0 4 ? * SUN#5 *)')).toEqual([]);
  });

  test('a date that only leap years have opens', () => {
    expect(timeless('cron(0 4 29 2 ? *)')).toEqual([]);
  });

  test.each([
    ['cron(0 4 ? * SUN *)', { startDate: at('2027-03-01T00:00'), endDate: at('2027-03-07T03:59') }, ['neverOpens']],
    ['cron(0 4 ? * SUN *)', { startDate: at('2027-03-01T00:00'), endDate: at('2027-03-07T04:01') }, []],
    ['at(2027-03-01T00:00:00)', { startDate: at('2027-03-01T00:01') }, ['neverOpens']],
    ['at(2027-03-01T00:00:00)', { endDate: at('2027-03-01T00:01') }, []],
    ['cron(0 4 * * ? 2020)', { startDate: at('2021-01-01T00:00') }, ['neverOpens']],
    ['cron(0 4 * * ? 2020)', {}, []],
  ])('%s with %j', (expression, more, expected) => {
    expect(ids(timeless(expression, more))).toEqual(expected);
  });

  test('a window that opens every minute of an hour opens before it closed', () => {
    expect(timeless('cron(* 17 * * ? *)', { durationHours: 1 })).toEqual([{
      id: 'opensAgainBeforeItClosed',
      message: "'duration' should be shorter than the time from one opening to the next, got duration 1 hour and expression \"cron(* 17 * * ? *)\", "
        + 'which opens again after 1 minute: an execution that finds the one before still running is skipped, open less often',
    }]);
  });

  test.each([
    ['rate(2 hours)', ['opensAgainBeforeItClosed']],
    ['rate(3 hours)', []],
    ['cron(0 0/2 * * ? *)', ['opensAgainBeforeItClosed']],
    ['cron(0 0/3 * * ? *)', []],
    ['cron(0 0,22 * * ? *)', ['opensAgainBeforeItClosed']],
    ['cron(0 0,21 * * ? *)', []],
    ['cron(0 0,22 ? * SUN *)', []],
  ])('%s, open for 3 hours', (expression, expected) => {
    expect(ids(timeless(expression))).toEqual(expected);
  });

  test('a time that the change to daylight saving time skips is told with a date', () => {
    expect(timeless('cron(30 2 ? * SUN *)', { timeZone: 'Europe/Berlin' })).toEqual([{
      id: 'opensInClockChange',
      message: "'schedule' should not open at a time that a change to daylight saving time skips, got expression \"cron(30 2 ? * SUN *)\", "
        + 'such as at 2028-03-26T02:30:00 in Europe/Berlin, where AWS does not document what happens, choose another hour',
    }]);
  });

  test.each([
    ['cron(59 1 ? * SUN *)', 'Europe/Berlin', []],
    ['cron(0 2 ? * SUN *)', 'Europe/Berlin', ['opensInClockChange']],
    ['cron(59 2 ? * SUN *)', 'Europe/Berlin', ['opensInClockChange']],
    ['cron(0 3 ? * SUN *)', 'Europe/Berlin', []],
    ['cron(30 2 ? * MON *)', 'Europe/Berlin', []],
    ['cron(30 2 ? * SUN *)', 'America/New_York', ['opensInClockChange']],
    ['cron(30 2 ? * SUN *)', 'Asia/Tokyo', []],
    ['cron(30 2 ? * SUN *)', undefined, []],
  ])('%s in %s', (expression, timeZone, expected) => {
    expect(ids(timeless(expression, { timeZone }))).toEqual(expected);
  });

  test('a window that is at work in some years only meets the change of their clocks', () => {
    const more = { timeZone: 'Europe/Berlin', startDate: at('2027-02-01T00:00') };
    expect(timeless('cron(30 2 * * ? *)', more)[0].message).toContain('such as at 2027-03-28T02:30:00 in Europe/Berlin');
    expect(timeless('cron(30 2 * * ? *)', { ...more, endDate: at('2027-03-27T00:00') })).toEqual([]);
    expect(timeless('cron(30 2 * * ? 2031)', { timeZone: 'Europe/Berlin' })[0].message).toContain('such as at 2031-03-30T02:30:00');
  });
});

describe('as of a date', () => {
  test('a window that opens later has no advice', () => {
    expect(dated('cron(0 4 ? * SUN *)', { timeZone: 'Europe/Berlin' })).toEqual([]);
  });

  test('a year in the past never opens again', () => {
    expect(dated('cron(0 4 * * ? 2020)')).toEqual([{
      id: 'neverOpensAgain',
      message: "'schedule' must have a time from 2027-01-01T00:00:00.000Z on to open at, got expression \"cron(0 4 * * ? 2020)\", choose a later date or remove the window",
    }]);
  });

  test('an end date in the past is told', () => {
    expect(dated('cron(0 4 ? * SUN *)', { endDate: at('2026-12-31T00:00') })[0].message).toBe("'schedule' must have a time from 2027-01-01T00:00:00.000Z on to open at, "
      + 'got expression "cron(0 4 ? * SUN *)" and endDate 2026-12-31T00:00:00.000Z, choose a later date or remove the window');
  });

  test.each([
    ['at(2026-12-31T23:59:59)', {}, ['neverOpensAgain']],
    ['at(2027-01-01T00:00:00)', {}, []],
    ['cron(0 4 ? * SUN *)', { endDate: at('2027-01-03T03:59') }, ['neverOpensAgain']],
    ['cron(0 4 ? * SUN *)', { endDate: at('2027-01-03T04:01') }, []],
    ['cron(0 4 * * ? 2026)', {}, ['neverOpensAgain']],
    ['cron(0 4 * * ? 2026-2027)', {}, []],
    ['rate(7 days)', { startDate: at('2020-01-01T00:00'), endDate: at('2026-01-01T00:00') }, ['neverOpensAgain']],
    ['rate(7 days)', { startDate: at('2020-01-01T00:00') }, []],
    // the cron time is before the date, the offset leads past it
    ['cron(0 4 ? * THUL 2026)', { offsetDays: 2 }, []],
  ])('%s with %j', (expression, more, expected) => {
    expect(ids(dated(expression, more))).toEqual(expected);
  });

  test('what is wrong at any date is not told again', () => {
    expect(dated('cron(0 4 31 2 ? *)')).toEqual([]);
    expect(dated('cron(30 2 ? * SUN *)', { timeZone: 'Europe/Berlin' })).toEqual([]);
  });

  test('a change of the clocks in the date range is told when no year that stands for any has it', () => {
    // GIVEN 28 March 2027 is the fourth Sunday; in 2028 and 2029 the change is on 26 and 25 March, the fourth Sunday too, hence the day of the month
    const more = { timeZone: 'Europe/Berlin' };

    // THEN
    expect(timeless('cron(30 2 28 * ? *)', more)).toEqual([]);
    expect(dated('cron(30 2 28 * ? *)', more)[0].message).toContain('such as at 2027-03-28T02:30:00 in Europe/Berlin');
    expect(dated('cron(30 2 28 * ? *)', more, '2027-04-01T00:00')).toEqual([]);
    expect(dated('cron(30 2 28 * ? *)', { ...more, startDate: at('2027-03-29T00:00') })).toEqual([]);
  });
});
