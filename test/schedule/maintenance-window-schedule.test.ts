import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { MaintenanceWindowCronOptions, MaintenanceWindowScheduleOptions } from '../../src';
import { SCHEDULE_TEXT } from '../../src/rules/schedule';
import { templateOf, testStack, warningsOf } from '../support/app';
import { DOCUMENTED_EXPRESSIONS } from '../support/documented-expressions';
import { failure } from '../support/errors';
import { later, laterNumber } from '../support/tokens';

const { cron, patchTuesday, rate, at, expression } = MaintenanceWindowSchedule;

/** A value that is known only at deployment, and what it looks like in a template. */
const LATER = { 'Fn::ImportValue': 'Value' };

/** What a window with this schedule has in its template. */
function rendered(schedule: MaintenanceWindowSchedule): { readonly [name: string]: any } {
  const stack = testStack();
  new MaintenanceWindow(stack, 'Window', { schedule, duration: Duration.hours(1) });
  const { Schedule, ScheduleTimezone, ScheduleOffset } = Object.values(templateOf(stack).findResources('AWS::SSM::MaintenanceWindow'))[0].Properties;
  return { Schedule, ScheduleTimezone, ScheduleOffset };
}

/** The warnings of a window with this schedule. */
function adviceOn(schedule: MaintenanceWindowSchedule): string[] {
  const stack = testStack();
  new MaintenanceWindow(stack, 'Window', { schedule, duration: Duration.hours(1) });
  return warningsOf(stack);
}

describe('cron', () => {
  test.each<[MaintenanceWindowCronOptions, string]>([
    [{ hour: '2' }, 'cron(0 2 * * ? *)'],
    [{ hour: '9', minute: '30' }, 'cron(30 9 * * ? *)'],
    [{ hour: '9', minute: '30', second: '24' }, 'cron(24 30 9 * * ? *)'],
    [{ hour: '9', second: '0' }, 'cron(0 0 9 * * ? *)'],
    [{ hour: '2', weekDay: 'THU#3' }, 'cron(0 2 ? * THU#3 *)'],
    [{ hour: '2', weekDay: '6L' }, 'cron(0 2 ? * 6L *)'],
    [{ hour: '2', weekDay: 'MON-FRI' }, 'cron(0 2 ? * MON-FRI *)'],
    [{ hour: '2', day: 'L' }, 'cron(0 2 L * ? *)'],
    [{ hour: '2', day: '3W', month: 'JAN,JUL', year: '2030-2032' }, 'cron(0 2 3W JAN,JUL ? 2030-2032)'],
    [{ hour: '2', day: '?', weekDay: 'SUN' }, 'cron(0 2 ? * SUN *)'],
    [{ hour: '2', day: '15', weekDay: '?' }, 'cron(0 2 15 * ? *)'],
    [{ hour: '2', day: '?', weekDay: '?' }, 'cron(0 2 * * ? *)'],
  ])('renders %j', (options, result) => {
    expect(cron(options).expressionString).toBe(result);
    expect(rendered(cron(options))).toEqual({ Schedule: result, ScheduleTimezone: undefined, ScheduleOffset: undefined });
  });

  test.each<[keyof MaintenanceWindowCronOptions, string[]]>([
    ['second', ['0', '59']],
    ['minute', ['0', '59', '0/5']],
    ['hour', ['0', '23', '*', '8-17', '*/2']],
    ['day', ['1', '31', 'L', 'L-3', 'LW', '15W', '1,15']],
    ['month', ['1', '12', 'JAN', 'DEC', '1/1']],
    ['weekDay', ['1', '7', 'SUN', 'SAT', '6L', 'FRIL', 'TUE#1', '3#5', 'MON,FRI']],
    ['year', ['1970', '2199', '2030/2', '*']],
  ])('takes the bounds and forms of %s', (field, values) => {
    for (const value of values) {
      expect(cron({ hour: '2', [field]: value }).expressionString).toContain(value);
    }
  });

  test.each<[keyof MaintenanceWindowCronOptions, string, string]>([
    ['second', '60', 'must be 0 to 59, got "60"'],
    ['minute', '60', 'must be 0 to 59, got "60"'],
    ['hour', '24', 'must be 0 to 23, got "24"'],
    ['hour', '', 'must not be empty, got ""'],
    ['hour', '2 3', 'must be 0 to 23, "*", a list ("1,3"), a range ("1-5") or an increment ("0/6"), got "2 3"'],
    ['day', '0', 'must be 1 to 31, got "0"'],
    ['day', '32', 'must be 1 to 31, got "32"'],
    ['day', 'MON', 'must be 1 to 31, a day of the week belongs in the field day of week, got "MON"'],
    ['month', '13', 'must be 1 to 12 or JAN to DEC, got "13"'],
    ['weekDay', '0', 'must be 1 (Sunday) to 7 or SUN to SAT, write "SUN" for Sunday, got "0"'],
    ['weekDay', '8', 'must be 1 (Sunday) to 7 or SUN to SAT, got "8"'],
    ['weekDay', 'TUE#6', 'must have an occurrence from 1 to 5 after "#", got "6"'],
    ['year', '1969', 'must be 1970 to 2199, got "1969"'],
    ['year', '2200', 'must be 1970 to 2199, got "2200"'],
  ])('fails when %s is %j', (field, value, rule) => {
    expect(failure(() => cron({ hour: '2', [field]: value }))).toBe(`'${field}' ${rule}`);
  });

  test('mistake 7: fails when a day of the month and a day of the week are given', () => {
    expect(failure(() => cron({ hour: '2', day: '15', weekDay: 'TUE' })))
      .toBe('\'day\' and \'weekDay\' cannot be given together, got day "15" and weekDay "TUE", remove one of them');
  });

  test('mistake 10: fails when a month is where a day of the week belongs', () => {
    expect(failure(() => cron({ hour: '4', month: 'SUN', weekDay: 'JAN' })))
      .toBe('\'month\' must be 1 to 12 or JAN to DEC, a day of the week belongs in the field day of week, got "SUN"');
  });

  test('mistake 11: fails when the day of the week does not exist', () => {
    expect(failure(() => cron({ hour: '4', weekDay: 'FUNDAY' })))
      .toBe('\'weekDay\' must be 1 (Sunday) to 7 or SUN to SAT, got "FUNDAY"');
  });

  test('five minutes apart is not too often, four are', () => {
    expect(cron({ hour: '*', minute: '0/5' }).expressionString).toBe('cron(0/5 * * * ? *)');
    expect(failure(() => cron({ hour: '*', minute: '0/4' })))
      .toBe('the schedule must be at least five minutes from one time to the next, more often is not supported, got "0/4 * * * ? *"');
  });

  test('fails when the expression is longer than the service takes', () => {
    const hour = (values: number) => Array.from({ length: values }, () => '23').join(',');

    expect(cron({ hour: hour(80) }).expressionString).toHaveLength(255);
    expect(failure(() => cron({ hour: hour(81) }))).toBe('the schedule must have at most 256 characters, got "258 characters"');
  });

  test.each<keyof MaintenanceWindowCronOptions>(['second', 'minute', 'hour', 'day', 'month', 'weekDay', 'year'])(
    'a %s that is a token passes', (field) => {
      const { Schedule } = rendered(cron({ hour: '2', [field]: later() }));

      expect(Schedule).toEqual({ 'Fn::Join': ['', expect.arrayContaining([LATER])] });
    });

  test('the fields beside one that is a token are checked', () => {
    expect(failure(() => cron({ hour: later(), minute: '61' }))).toBe('\'minute\' must be 0 to 59, got "61"');
  });

  test('a day that is a token may turn out to be "?"', () => {
    expect(rendered(cron({ hour: '2', day: later(), weekDay: 'TUE' })).Schedule)
      .toEqual({ 'Fn::Join': ['', ['cron(0 2 ', LATER, ' * TUE *)']] });
    expect(rendered(cron({ hour: '2', day: '15', weekDay: later() })).Schedule)
      .toEqual({ 'Fn::Join': ['', ['cron(0 2 15 * ', LATER, ' *)']] });
  });
});

describe('offset', () => {
  test.each([
    ['TUE#2', Duration.days(1), 1],
    ['TUE#2', Duration.days(6), 6],
    ['FRIL', Duration.hours(24), 1],
    ['L', Duration.days(2), 2],
  ])('goes with the day of the week %s', (weekDay, offset, days) => {
    expect(rendered(cron({ hour: '2', weekDay, offset })).ScheduleOffset).toBe(days);
  });

  test.each([
    [Duration.days(0), '0 days'],
    [Duration.days(7), '7 days'],
    [Duration.hours(36), '1 day 12 hours'],
  ])('fails when it is %s', (offset, got) => {
    expect(failure(() => cron({ hour: '2', weekDay: 'TUE#2', offset }))).toBe(`'offset' must be a whole number of days from 1 to 6, got ${got}`);
  });

  test('mistake 4: fails when it is 9 days', () => {
    expect(failure(() => expression('cron(0 2 ? * TUE#2 *)', { offset: Duration.days(9) })))
      .toBe('\'offset\' must be a whole number of days from 1 to 6, got 9 days');
  });

  test.each([
    [{ weekDay: 'TUE' }, 'weekDay "TUE"'],
    [{ weekDay: 'MON-FRI' }, 'weekDay "MON-FRI"'],
    [{ day: 'L' }, 'no weekDay'],
    [{}, 'no weekDay'],
  ])('fails when the day of the week has neither "#" nor "L", %j', (days, got) => {
    expect(failure(() => cron({ hour: '2', ...days, offset: Duration.days(2) })))
      .toBe(`'offset' needs a weekDay with '#' or 'L' such as "TUE#2", got ${got}`);
  });

  test.each([
    ['cron(0 2 ? * TUE *)'],
    ['cron(0 2 L * ? *)'],
    ['at(2030-01-31T02:00:00)'],
  ])('fails when the expression is %s', (text) => {
    expect(failure(() => expression(text, { offset: Duration.days(2) })))
      .toBe(`'offset' needs a cron expression whose day of week uses '#' or 'L' such as "TUE#2", got expression "${text}"`);
  });

  test('mistake 5: fails with a rate, and rate() takes none', () => {
    expect(failure(() => expression('rate(7 days)', { offset: Duration.days(2) })))
      .toBe('\'offset\' needs a cron expression whose day of week uses \'#\' or \'L\' such as "TUE#2", got expression "rate(7 days)"');
    expect(rate(Duration.days(7)).offset).toBeUndefined();
  });

  test('days that are tokens pass', () => {
    expect(rendered(cron({ hour: '2', weekDay: 'TUE#2', offset: Duration.days(laterNumber()) })).ScheduleOffset).toEqual(LATER);
  });

  test('passes with a day of the week or an expression that is a token', () => {
    expect(rendered(cron({ hour: '2', weekDay: later(), offset: Duration.days(2) })).ScheduleOffset).toBe(2);
    expect(rendered(expression(later(), { offset: Duration.days(2) })).ScheduleOffset).toBe(2);
  });

  test('fails when it is a token and not counted in days', () => {
    expect(failure(() => cron({ hour: '2', weekDay: 'TUE#2', offset: Duration.hours(laterNumber()) })))
      .toBe('\'offset\' must be made by Duration.days() when its value is known only at deployment, got Duration.hours()');
  });
});

describe('patchTuesday', () => {
  test.each([
    [{ hour: '2' }, 'cron(0 2 ? * TUE#2 *)', undefined],
    [{ hour: '2', daysAfter: Duration.days(0) }, 'cron(0 2 ? * TUE#2 *)', undefined],
    [{ hour: '2', daysAfter: Duration.days(1) }, 'cron(0 2 ? * TUE#2 *)', 1],
    [{ hour: '2', minute: '30', daysAfter: Duration.hours(144) }, 'cron(30 2 ? * TUE#2 *)', 6],
    [{ hour: '2', daysAfter: Duration.days(7) }, 'cron(0 2 ? * TUE#3 *)', undefined],
    [{ hour: '2', daysAfter: Duration.days(8) }, 'cron(0 2 ? * TUE#3 *)', 1],
    [{ hour: '2', daysAfter: Duration.days(14) }, 'cron(0 2 ? * TUE#4 *)', undefined],
    [{ hour: '2', daysAfter: Duration.days(20) }, 'cron(0 2 ? * TUE#4 *)', 6],
  ])('renders %j', (options, result, offset) => {
    expect(rendered(patchTuesday(options))).toEqual({ Schedule: result, ScheduleTimezone: undefined, ScheduleOffset: offset });
  });

  test('takes a time zone', () => {
    expect(rendered(patchTuesday({ hour: '2', timeZone: TimeZone.EUROPE_PARIS })).ScheduleTimezone).toBe('Europe/Paris');
  });

  test.each([
    [Duration.days(21), '21 days'],
    [Duration.hours(12), '12 hours'],
  ])('fails when it is %s later', (daysAfter, got) => {
    expect(failure(() => patchTuesday({ hour: '2', daysAfter }))).toBe(`'daysAfter' must be a whole number of days from 0 to 20, as not every month has a fifth Tuesday, got ${got}, `
      + 'use MaintenanceWindowSchedule.cron() with a day of the next month');
  });

  test('days that are tokens pass', () => {
    expect(rendered(patchTuesday({ hour: '2', daysAfter: Duration.days(laterNumber()) })).ScheduleOffset).toEqual(LATER);
  });
});

describe('rate', () => {
  test.each([
    [Duration.minutes(5), 'rate(5 minutes)'],
    [Duration.minutes(60), 'rate(60 minutes)'],
    [Duration.seconds(300), 'rate(5 minutes)'],
    [Duration.hours(1), 'rate(1 hour)'],
    [Duration.hours(5), 'rate(5 hours)'],
    [Duration.hours(1.5), 'rate(90 minutes)'],
    [Duration.days(1), 'rate(1 day)'],
    [Duration.days(0.5), 'rate(720 minutes)'],
    [Duration.days(7), 'rate(7 days)'],
    [Duration.days(36_500), 'rate(36500 days)'],
  ])('renders %s in a unit that the service has', (interval, result) => {
    expect(rate(interval).expressionString).toBe(result);
    expect(rendered(rate(interval))).toEqual({ Schedule: result, ScheduleTimezone: undefined, ScheduleOffset: undefined });
  });

  test.each([
    [Duration.minutes(4), '4 minutes'],
    [Duration.seconds(330), '5 minutes 30 seconds'],
    [Duration.hours(1 / 7), '8 minutes 34 seconds'],
  ])('fails when the interval is %s', (interval, got) => {
    expect(failure(() => rate(interval))).toBe(`'interval' must be a whole number of minutes, at least 5 minutes, got ${got}`);
  });

  test('mistake 8: fails when the interval is zero', () => {
    expect(failure(() => rate(Duration.days(0)))).toBe('\'interval\' must be a whole number of minutes, at least 5 minutes, got 0 days');
    expect(failure(() => expression('rate(0 days)')))
      .toBe('\'expression\' has a fault at position 6: rate must have a positive whole number before its unit, got "0"');
  });

  test('mistake 9: cannot be written with a unit that does not fit its number, and is warned about in an expression', () => {
    expect(rate(Duration.hours(1)).expressionString).toBe('rate(1 hour)');
    expect(adviceOn(expression('rate(1 hours)'))).toContain(
      '\'expression\' has a fault at position 8: rate must have its unit in the singular after 1, got "hours", write "rate(1 hour)"');
  });

  test.each([
    [Duration.minutes(laterNumber()), 'minutes'],
    [Duration.hours(laterNumber()), 'hours'],
    [Duration.days(laterNumber()), 'days'],
  ])('an interval that is a token passes', (interval, unit) => {
    expect(rendered(rate(interval)).Schedule).toEqual({ 'Fn::Join': ['', ['rate(', LATER, ` ${unit})`]] });
  });

  test('fails when the interval is a token and in a unit that the service does not have', () => {
    expect(failure(() => rate(Duration.seconds(laterNumber()))))
      .toBe('\'interval\' must be made by Duration.minutes(), hours() or days() when its value is known only at deployment, got Duration.seconds()');
  });
});

describe('at', () => {
  test('renders UTC to the second, whatever the zone of the machine', () => {
    expect(rendered(at(new Date('2030-01-31T02:00:00.999+02:00')))).toEqual({
      Schedule: 'at(2030-01-31T00:00:00)', ScheduleTimezone: undefined, ScheduleOffset: undefined,
    });
  });

  test.each(['1970-01-01T00:00:00Z', '2199-12-31T23:59:59Z'])('takes %s', (date) => {
    expect(at(new Date(date)).expressionString).toBe(`at(${date.slice(0, 19)})`);
  });

  test.each(['1969-12-31T23:59:59.000Z', '2200-01-01T00:00:00.000Z'])('fails when the date is %s', (date) => {
    expect(failure(() => at(new Date(date)))).toBe(`'date' must be from 1970 to 2199, got ${date}`);
  });

  test('fails when the date is invalid', () => {
    expect(failure(() => at(new Date(Number.NaN)))).toBe('\'date\' must be a valid date, got an invalid Date');
  });
});

describe('expression', () => {
  test.each(DOCUMENTED_EXPRESSIONS)('takes the documented %s as it is', (text) => {
    expect(expression(text).expressionString).toBe(text);
    expect(rendered(expression(text)).Schedule).toBe(text);
  });

  test.each([
    ['', 'position 1: must be "cron(…)", "rate(…)" or "at(…)", got ""'],
    ['every 5 minutes', 'position 1: must be "cron(…)", "rate(…)" or "at(…)", got "every 5 minutes"'],
    ['cron()', 'position 1: must be "cron(…)", "rate(…)" or "at(…)", got "cron()"'],
    ['rate(5 weeks)', 'position 6: rate must be a positive whole number, a space and minutes, hours or days, got "5 weeks", write for example "rate(7 days)"'],
    ['cron(0 25 ? * TUE *)', 'position 8: hour must be 0 to 23, got "25"'],
    ['cron(0 2 ? * TUE#6 *)', 'position 18: day of week must have an occurrence from 1 to 5 after "#", got "6"'],
    ['at(2030-01-01T00:00:00Z)', 'position 4: at must be a UTC date and time as yyyy-mm-ddThh:mm:ss, without a time zone, got "2030-01-01T00:00:00Z"'],
  ])('fails when it is %j', (text, fault) => {
    expect(failure(() => expression(text))).toBe(`'expression' has a fault at ${fault}`);
  });

  test('mistake 6: fails when a cron expression has five fields', () => {
    expect(failure(() => expression('cron(0 2 * * 2)'))).toBe(
      '\'expression\' has a fault at position 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), '
      + 'five-field Unix cron has no year and no "?", got "0 2 * * 2", write "cron(0 2 ? * TUE *)"');
  });

  test('mistake 7: fails when a day of the month and a day of the week are given', () => {
    expect(failure(() => expression('cron(0 2 15 * TUE *)'))).toBe(
      '\'expression\' has a fault at position 10: day of month and day of week cannot both be given, one of them must be "?", got "15 * TUE"');
  });

  test('mistake 10: fails when a month is where a day of the week belongs', () => {
    expect(failure(() => expression('cron(0 4 ? SUN JAN *)'))).toBe('\'expression\' has a fault at position 12: month must be 1 to 12 or '
      + 'JAN to DEC, a day of the week belongs in the field day of week, got "SUN"');
  });

  test('mistake 11: fails when the day of the week does not exist', () => {
    expect(failure(() => expression('cron(0 4 ? * FUNDAY *)')))
      .toBe('\'expression\' has a fault at position 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, got "FUNDAY"');
  });

  test('what AWS calls unsupported but seems to take is a warning', () => {
    expect(adviceOn(expression('cron(0/4 2 ? * TUE *)'))).toContain('\'expression\' has a fault at position 6: '
      + 'must be at least five minutes from one time to the next, more often is not supported, got "0/4 2 ? * TUE *"');
  });

  test('a text that is a token passes, whole or in part', () => {
    expect(rendered(expression(later())).Schedule).toEqual(LATER);
    expect(rendered(expression(`cron(0 ${later()} ? * TUE *)`)).Schedule).toEqual({ 'Fn::Join': ['', ['cron(0 ', LATER, ' ? * TUE *)']] });
  });
});

describe('time zone', () => {
  test.each([
    [TimeZone.EUROPE_PARIS, 'Europe/Paris'],
    [TimeZone.ETC_UTC, 'Etc/UTC'],
    [TimeZone.of('US/Eastern'), 'US/Eastern'],
    [TimeZone.of('UTC'), 'UTC'],
    [TimeZone.of('+05:30'), '+05:30'],
  ])('takes %s', (timeZone, name) => {
    expect(rendered(cron({ hour: '2', timeZone })).ScheduleTimezone).toBe(name);
  });

  test.each([
    ['', 'must be an IANA time zone such as "Europe/Paris", got ""'],
    ['Europe Paris', 'must be an IANA time zone such as "Europe/Paris", got "Europe Paris"'],
  ])('fails when it is %j', (name, rule) => {
    expect(failure(() => cron({ hour: '2', timeZone: TimeZone.of(name) }))).toBe(`'timeZone' ${rule}`);
  });

  test('another case is warned about', () => {
    expect(adviceOn(cron({ hour: '4', timeZone: TimeZone.of('america/new_york') })))
      .toEqual(['\'timeZone\' should be an IANA time zone in its exact case, "America/New_York", got "america/new_york"']);
  });

  test('mistake 15: an unknown time zone is warned about, as zone data ages', () => {
    expect(adviceOn(cron({ hour: '2', timeZone: TimeZone.of('Europe/Pariss') })))
      .toEqual(['\'timeZone\' should be an IANA time zone of release 2026f or newer, got "Europe/Pariss"']);
  });

  test.each<[string, MaintenanceWindowScheduleOptions, string[]]>([
    ['rate(7 days)', { timeZone: TimeZone.EUROPE_PARIS }, ['\'timeZone\' has contradictory documentation for a rate expression, got "Europe/Paris", remove it']],
    ['at(2030-01-31T02:00:00)', { timeZone: TimeZone.EUROPE_PARIS }, [
      '\'timeZone\' has contradictory documentation for an at expression, got "Europe/Paris", specify the time in UTC with MaintenanceWindowSchedule.at()',
    ]],
    ['at(2030-01-31T02:00:00)', { timeZone: TimeZone.ETC_UTC }, []],
    ['at(2030-01-31T02:00:00)', { timeZone: TimeZone.of('GMT') }, []],
    ['at(2030-01-31T02:00:00)', { timeZone: TimeZone.of('+00:00') }, []],
    ['rate(7 days)', {}, []],
  ])('of %s is warned about where it changes nothing or is not clear, %j', (text, options, warnings) => {
    expect(adviceOn(expression(text, options))).toEqual(warnings);
  });

  test.each(['cron(0 2 ? * TUE *)', 'rate(7 days)', 'at(2030-01-31T02:00:00)'])('a name that is a token passes, of %s', (text) => {
    const schedule = expression(text, { timeZone: TimeZone.of(later()) });

    expect(rendered(schedule).ScheduleTimezone).toEqual(LATER);
    expect(adviceOn(schedule)).toEqual([]);
  });

  test.each([
    ['rate(7 days)', TimeZone.EUROPE_PARIS, 'timeZoneOfRate'],
    ['at(2030-01-31T02:00:00)', TimeZone.EUROPE_PARIS, 'timeZoneOfAt'],
    ['cron(0 2 ? * TUE *)', TimeZone.of('Europe/Pariss'), 'unknownTimeZone'],
    ['rate(7 day)', TimeZone.of(later()), 'rateUnitPlural'],
    ['cron(0/4 2 ? * TUE *)', TimeZone.of(later()), 'cronTooFrequent'],
    ['cron(0 0 2 ? * TUE * *)', TimeZone.of(later()), 'cronExtraFields'],
  ])('the warning about %s in %s has an id by which it is acknowledged', (text, timeZone, id) => {
    // GIVEN
    const stack = testStack();
    const window = new MaintenanceWindow(stack, 'Window', { schedule: expression(text, { timeZone }), duration: Duration.hours(1) });

    // THEN
    expect(window.node.metadata.map(({ data }) => String(data))).toEqual([expect.stringContaining(`[ack: cdk-ssm-maintenance-windows:${id}]`)]);
  });
});

test('a schedule has its expression, time zone and offset as attributes', () => {
  const schedule = cron({ hour: '2', weekDay: 'TUE#2', offset: Duration.days(2), timeZone: TimeZone.EUROPE_PARIS });

  expect(schedule.expressionString).toBe('cron(0 2 ? * TUE#2 *)');
  expect(schedule.timeZone).toBe(TimeZone.EUROPE_PARIS);
  expect(schedule.offset!.toDays()).toBe(2);
});

test('one schedule serves several windows', () => {
  // GIVEN
  const stack = testStack();
  const schedule = rate(Duration.days(7));

  // WHEN
  new MaintenanceWindow(stack, 'One', { schedule, duration: Duration.hours(1) });
  new MaintenanceWindow(stack, 'Other', { schedule, duration: Duration.hours(2) });

  // THEN
  templateOf(stack).resourcePropertiesCountIs('AWS::SSM::MaintenanceWindow', { Schedule: 'rate(7 days)' }, 2);
});

describe('text beside a token', () => {
  test.each<[string, () => MaintenanceWindowSchedule]>([
    ['an expression', () => MaintenanceWindowSchedule.expression(`cron(0 ${Aws.REGION} ? * SUN *)`)],
    ['an expression that begins with a token', () => MaintenanceWindowSchedule.expression(`${Aws.REGION} 4 ? * SUN *)`)],
    ['an expression that ends with a token', () => MaintenanceWindowSchedule.expression(`RATE(${Aws.REGION}`)],
    ['the beginning of an expression', () => MaintenanceWindowSchedule.expression(`cr${Aws.REGION}`)],
    ['a field', () => MaintenanceWindowSchedule.cron({ hour: `${Aws.REGION},4` })],
    ['a time zone', () => MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of(`Europe/${Aws.REGION}`) })],
    ['a dynamic reference', () => MaintenanceWindowSchedule.expression('{{resolve:ssm:/schedule}}', { timeZone: TimeZone.of('{{resolve:ssm:/zone}}') })],
  ])('of %s passes', (_name, define) => {
    expect(define()._advice).toEqual([]);
  });

  test.each<[string, () => MaintenanceWindowSchedule, string]>([
    ['an expression of no kind', () => MaintenanceWindowSchedule.expression(`every ${Aws.REGION}`),
      `'expression' must ${SCHEDULE_TEXT.rule}, got "every <known at deployment>"`],
    ['an expression without its bracket', () => MaintenanceWindowSchedule.expression(`rate(${Aws.REGION} days`),
      `'expression' must ${SCHEDULE_TEXT.rule}, got "rate(<known at deployment> days"`],
    ['an expression with a line break', () => MaintenanceWindowSchedule.expression(`cron(0 4 ? *\n${Aws.REGION} *)`),
      `'expression' must ${SCHEDULE_TEXT.rule}, got "cron(0 4 ? *\\n<known at deployment> *)"`],
    ['a field', () => MaintenanceWindowSchedule.cron({ hour: `${Aws.REGION} 4` }),
      '\'hour\' must hold only letters, digits and "*?,-/#", got "<known at deployment> 4"'],
    ['a time zone', () => MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of(`Europe ${Aws.REGION}`) }),
      '\'timeZone\' must be an IANA time zone such as "Europe/Paris", got "Europe <known at deployment>"'],
  ])('fails in %s', (_name, define, message) => {
    expect(failure(define)).toBe(message);
  });
});
