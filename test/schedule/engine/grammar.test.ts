import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CronFieldName } from '../../../src/schedule/engine/fields';
import { cronFieldFault } from '../../../src/schedule/engine/fields';
import { offsetAllowed, parseSchedule } from '../../../src/schedule/engine/grammar';
import { DOCUMENTED_EXPRESSIONS } from '../../support/documented-expressions';

interface InvalidCase {
  readonly id: string;
  readonly schedule: string;
  readonly timezone: string | null;
  readonly offset: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly reason: string;
}

const INVALID: InvalidCase[] = readFileSync(join(__dirname, '../../fixtures/schedule/invalid.jsonl'), 'utf8')
  .trim().split('\n').map(line => JSON.parse(line));

/** Documented as not supported, but apparently taken by the service. */
const WARNED = new Map([
  ['runs more often than every five minutes', 'cronTooFrequent'],
  ['singular for 1, plural otherwise', 'rateUnitPlural'],
  ['L does not combine with other values in a day-of-week list', 'cronListWithWildcard'],
]);

const OF_EXPRESSION = INVALID.filter(each =>
  each.timezone === null && each.offset === null && each.startDate === null && each.endDate === null);

/** The faults as a construct words them. */
function faultsOf(expression: string): string[] {
  return parseSchedule(expression).faults.map(({ severity, id, position, rule, got, fix }) =>
    `${id ?? severity} at ${position}: ${rule}, got "${got}"${fix ? `, ${fix}` : ''}`);
}

describe('what the service documents as invalid', () => {
  test.each(OF_EXPRESSION.filter(each => !WARNED.has(each.reason)).map(each => [each.schedule, each.reason]))('%s is refused: %s', expression => {
    const { schedule, faults } = parseSchedule(expression);

    expect(schedule).toBeUndefined();
    expect(faults.map(fault => fault.severity)).toContain('error');
  });

  test.each(OF_EXPRESSION.filter(each => WARNED.has(each.reason)).map(each => [each.schedule, each.reason]))('%s is warned about: %s', (expression, reason) => {
    const { schedule, faults } = parseSchedule(expression);

    expect(schedule).toBeDefined();
    expect(faults.map(fault => [fault.severity, fault.id])).toEqual([['warning', WARNED.get(reason)]]);
  });

  test('covers both kinds', () => {
    expect(OF_EXPRESSION.filter(each => WARNED.has(each.reason)).length).toBeGreaterThan(3);
    expect(OF_EXPRESSION.filter(each => !WARNED.has(each.reason)).length).toBeGreaterThan(50);
  });
});

describe('a fault names the field, the place and what to write', () => {
  test.each([
    ['daily', 'error at 1: must be "cron(…)", "rate(…)" or "at(…)", got "daily"'],
    ['', 'error at 1: must be "cron(…)", "rate(…)" or "at(…)", got ""'],
    ['cron( )', 'error at 1: must be "cron(…)", "rate(…)" or "at(…)", got "cron( )"'],
    [' rate(1 day)', 'error at 1: must be "cron(…)", "rate(…)" or "at(…)", got " rate(1 day)"'],
    [`rate(${'0'.repeat(246)}1 day)`, 'error at 257: must have at most 256 characters, got "257 characters"'],
    // number of fields
    ['cron(0 4 * * SUN)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 4 * * SUN", write "cron(0 4 ? * SUN *)"'],
    ['cron(0 4 * * 1-5)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 4 * * 1-5", write "cron(0 4 ? * MON-FRI *)"'],
    ['cron(0 4 ? * 0,7)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 4 ? * 0,7", write "cron(0 4 ? * SUN,SUN *)"'],
    ['cron(0 4 15 * *)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 4 15 * *", write "cron(0 4 15 * ? *)"'],
    ['cron(0 4 15 * 1)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 4 15 * 1"'],
    ['cron(0 99 15 * *)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), five-field Unix cron has no year and no "?", got "0 99 15 * *"'],
    ['cron(0 4)', 'error at 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), got "0 4"'],
    // a value in the wrong field
    ['cron(60 4 ? * SUN *)', 'error at 6: minute must be 0 to 59, got "60"'],
    ['cron(0 24 ? * SUN *)', 'error at 8: hour must be 0 to 23, got "24"'],
    ['cron(0 4 32 * ? *)', 'error at 10: day of month must be 1 to 31, got "32"'],
    ['cron(0 4 0 * ? *)', 'error at 10: day of month must be 1 to 31, got "0"'],
    ['cron(0 4 1 13 ? *)', 'error at 12: month must be 1 to 12 or JAN to DEC, got "13"'],
    ['cron(0 4 1 * ? 1969)', 'error at 16: year must be 1970 to 2199, got "1969"'],
    ['cron(0 4 1 * ? 2200)', 'error at 16: year must be 1970 to 2199, got "2200"'],
    ['cron(60 0 4 ? * SUN *)', 'error at 6: second must be 0 to 59, got "60"'],
    ['cron(0 4 ? * FUNDAY *)', 'error at 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, got "FUNDAY"'],
    ['cron(0 4 ? * MON-FUN *)', 'error at 18: day of week must be 1 (Sunday) to 7 or SUN to SAT, got "FUN"'],
    ['cron(0 4 ? * 0 *)', 'error at 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, write "SUN" for Sunday, got "0"'],
    ['cron(0 4 ? * Tuesday *)', 'error at 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, write "TUE", got "Tuesday"'],
    ['cron(0 4 MON * ? *)', 'error at 10: day of month must be 1 to 31, a day of the week belongs in the field day of week, got "MON"'],
    ['cron(JAN 4 1 * ? *)', 'error at 6: minute must be 0 to 59, a month belongs in the field month, got "JAN"'],
    // wildcards of other fields
    ['cron(? 4 1 * ? *)', 'error at 6: minute must be 0 to 59, "?" is for day of month and day of week only, write "*", got "?"'],
    ['cron(0 L 1 * ? *)', 'error at 8: hour must be 0 to 23, "L" is for day of month and day of week only, got "L"'],
    ['cron(0 4 1 3W ? *)', 'error at 12: month must be 1 to 12 or JAN to DEC, "W" is for day of month only, got "3W"'],
    ['cron(0 4 TUE#2 * ? *)', 'error at 10: day of month must be 1 to 31, "#" is for day of week only, got "TUE#2"'],
    ['cron(0 4 15L * ? *)', 'error at 10: day of month must be 1 to 31, "L" has no number before it in day of month, got "15L"'],
    ['cron(0 4 W * ? *)', 'error at 10: day of month must be 1 to 31, "W" needs a number before it, such as "15W", got "W"'],
    ['cron(0 4 LW-2 * ? *)', 'error at 10: day of month must be 1 to 31, got "LW"'],
    ['cron(0 4 32W * ? *)', 'error at 10: day of month must be 1 to 31, got "32"'],
    ['cron(0 4 L-31 * ? *)', 'error at 10: day of month must count at most 30 days back from "L", got "L-31"'],
    ['cron(0 4 1,? * ? *)', 'error at 12: day of month must be "?" alone or have no "?", got "?"'],
    ['cron(0 4 ? * 8L *)', 'error at 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, got "8"'],
    ['cron(0 4 ?\u3000* SUN *)', 'error at 11: must have no white space but spaces and tabs, got "U+3000", write a space'],
    ['rate(7\u00a0days)', 'error at 7: must have no white space but spaces and tabs, got "U+00A0", write a space'],
    ['cron(0 4\n? * SUN *)', 'error at 9: must have no white space but spaces and tabs, got "U+000A", write a space'],
    ['cron(0 4 ? * MON,TUE#2 *)', 'error at 18: day of week must be one expression without a list when it uses "#", got "TUE#2"'],
    ['cron(0 4 ? * TUE#0 *)', 'error at 18: day of week must have an occurrence from 1 to 5 after "#", got "0"'],
    ['cron(0 4 ? * TUE#6 *)', 'error at 18: day of week must have an occurrence from 1 to 5 after "#", got "6"'],
    ['cron(0 4 ? * #2 *)', 'error at 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, got ""'],
    // lists, ranges, increments
    ['cron(0 4 1,,2 * ? *)', 'error at 12: day of month must have a value on both sides of every ",", got ""'],
    ['cron(0 4 -1 * ? *)', 'error at 10: day of month must be 1 to 31, "*", a list ("1,3"), a range ("1-5") or an increment ("0/6"), got "-1"'],
    ['cron(0 4 3- * ? *)', 'error at 10: day of month must be 1 to 31, "*", a list ("1,3"), a range ("1-5") or an increment ("0/6"), got "3-"'],
    ['cron(0 60-1 1 * ? *)', 'error at 8: hour must be 0 to 23, got "60"'],
    ['cron(0 4 1 * ? 2030-2029)', 'error at 16: year must have ranges that rise, got "2030-2029"'],
    ['cron(0/0 4 1 * ? *)', 'error at 8: minute must have an increment from 1 to 59 after "/", got "0"'],
    ['cron(0/60 4 1 * ? *)', 'error at 8: minute must have an increment from 1 to 59 after "/", got "60"'],
    ['cron(0 0/24 1 * ? *)', 'error at 10: hour must have an increment from 1 to 23 after "/", got "24"'],
    ['cron(0 */ 1 * ? *)', 'error at 10: hour must have an increment from 1 to 23 after "/", got ""'],
    // days
    ['cron(0 4 15 * TUE *)', 'error at 10: day of month and day of week cannot both be given, one of them must be "?", got "15 * TUE"'],
    ['cron(0 4 * * TUE *)', 'error at 10: day of month and day of week cannot both be given, one of them must be "?", got "* * TUE", write "? * TUE"'],
    ['cron(0 4 15 * * *)', 'error at 10: day of month and day of week cannot both be given, one of them must be "?", got "15 * *", write "15 * ?"'],
    ['cron(0 4 ? * ? *)', 'error at 10: day of month and day of week cannot both be "?", one of them must be given, got "? * ?", write "* * ?"'],
    // rate
    ['rate(0 days)', 'error at 6: rate must have a positive whole number before its unit, got "0"'],
    ['rate(-1 days)', 'error at 6: rate must have a positive whole number before its unit, got "-1"'],
    ['rate(1.5 hours)', 'error at 6: rate must have a positive whole number before its unit, got "1.5"'],
    ['rate(2 weeks)', 'error at 6: rate must be a positive whole number, a space and minutes, hours or days, got "2 weeks", write for example "rate(7 days)"'],
    ['rate(1  day)', 'error at 6: rate must be a positive whole number, a space and minutes, hours or days, got "1  day", write for example "rate(7 days)"'],
    // at
    ['at(2027-07-07T15:55:00Z)', 'error at 4: at must be a UTC date and time as yyyy-mm-ddThh:mm:ss, without a time zone, got "2027-07-07T15:55:00Z"'],
    ['at(2027-07-07)', 'error at 4: at must be a UTC date and time as yyyy-mm-ddThh:mm:ss, without a time zone, got "2027-07-07"'],
    ['at(2027-02-29T15:55:00)', 'error at 4: at must be a date and time that the calendar has, got "2027-02-29T15:55:00"'],
    ['at(2027-13-01T15:55:00)', 'error at 4: at must be a date and time that the calendar has, got "2027-13-01T15:55:00"'],
    ['at(2027-07-07T24:00:00)', 'error at 4: at must be a date and time that the calendar has, got "2027-07-07T24:00:00"'],
    // warnings
    ['rate(1 hours)', 'rateUnitPlural at 8: rate must have its unit in the singular after 1, got "hours", write "rate(1 hour)"'],
    ['rate(5 hour)', 'rateUnitPlural at 8: rate must have its unit in the plural, got "hour", write "rate(5 hours)"'],
    ['cron(0 4 ? * 2L,6L *)', 'cronListWithWildcard at 14: day of week should have "L" and "W" alone and not in a list, which AWS does not document, got "2L,6L", define a window for each'],
    ['cron(0 4 1,L * ? *)', 'cronListWithWildcard at 10: day of month should have "L" and "W" alone and not in a list, which AWS does not document, got "1,L", define a window for each'],
    ['cron(0 4 15W,1 * ? *)', 'cronListWithWildcard at 10: day of month should have "L" and "W" alone and not in a list, which AWS does not document, got "15W,1", define a window for each'],
    ['cron(0 0 4 ? * SUN * 1 x)', 'cronExtraFields at 22: must have six fields (minutes, hours, day of month, month, day of week, year) or seven with seconds first, what follows is not supported, got "1 x", remove it'],
    ['cron(0/4 4 ? * SUN *)', 'cronTooFrequent at 6: must be at least five minutes from one time to the next, more often is not supported, got "0/4 4 ? * SUN *"'],
    ['cron(0,58 1-2 ? * SUN *)', 'cronTooFrequent at 6: must be at least five minutes from one time to the next, more often is not supported, got "0,58 1-2 ? * SUN *"'],
    ['cron(0/30 0 1 ? * SUN *)', 'cronTooFrequent at 6: must be at least five minutes from one time to the next, more often is not supported, got "0/30 0 1 ? * SUN *"'],
  ])('%s', (expression, expected) => {
    expect(faultsOf(expression)).toEqual([expected]);
  });

  test('every faulty field is told', () => {
    expect(faultsOf('cron(0 4 ? SUN JAN *)')).toEqual([
      'error at 12: month must be 1 to 12 or JAN to DEC, a day of the week belongs in the field day of week, got "SUN"',
      'error at 16: day of week must be 1 (Sunday) to 7 or SUN to SAT, a month belongs in the field month, got "JAN"',
    ]);
  });

  test('six fields with seconds first and no year are recognized', () => {
    expect(faultsOf('cron(0 15 10 ? * MON-FRI)')[0]).toBe(
      'error at 14: month must be 1 to 12 or JAN to DEC, "?" is for day of month and day of week only, write "*", got "?", six fields are minutes first and year last, with seconds first write "cron(0 15 10 ? * MON-FRI *)"',
    );
  });
});

describe('what is legal, or not known to be refused, has no fault', () => {
  test.each(DOCUMENTED_EXPRESSIONS)('%s, as AWS documents it', expression => {
    expect(faultsOf(expression)).toEqual([]);
  });

  test.each([
    ['kinds and names in lower case', 'CRON(0 4 ? jan-mar fri#2 *)'],
    ['last weekday by name', 'cron(0 4 ? * FRIL *)'],
    ['days before the last', 'cron(0 4 L-3 * ? *)'],
    ['30 days before the last', 'cron(0 4 L-30 * ? *)'],
    ['a range through midnight', 'cron(0 22-2 * * ? *)'],
    ['a range through the turn of the year', 'cron(0 4 1 NOV-FEB ? *)'],
    ['an increment without a start', 'cron(/5 4 * * ? *)'],
    ['the longest increment', 'cron(0/59 0/23 1/31 1/12 ? *)'],
    ['leading zeros', 'cron(00 04 01 01 ? *)'],
    ['second zero', 'cron(0 0 4 ? * SUN *)'],
    ['several spaces', 'cron( 0  4 ? * SUN * )'],
    ['the first and last value of each field', 'cron(0,59 0,23 1,31 1,12 ? 1970,2199)'],
    ['a start every five minutes', 'cron(0/5 * * * ? *)'],
    ['an hour that only begins with two starts', 'cron(0,58 1,3 * * ? *)'],
    ['a rate without a space', 'rate(7days)'],
    ['a rate with leading zeros', 'rate(07 days)'],
    ['an at without seconds', 'at(2027-07-07T15:55)'],
    ['a leap day', 'at(2028-02-29T00:00:00)'],
    ['256 characters', `rate(${'0'.repeat(245)}1 day)`],
  ])('%s: %s', (_what, expression) => {
    expect(expression.length).toBeLessThanOrEqual(256);
    expect(faultsOf(expression)).toEqual([]);
  });
});

describe('a single field', () => {
  test.each<[CronFieldName, string, string, string, number]>([
    ['hour', '', 'must not be empty', '', 0],
    ['hour', '4,24', 'must be 0 to 23', '24', 2],
    ['hour', '1, 2', 'must be 0 to 23, "*", a list ("1,3"), a range ("1-5") or an increment ("0/6")', ' 2', 2],
    ['minute', 'FIVE', 'must be 0 to 59', 'FIVE', 0],
    ['weekDay', 'TUE#9', 'must have an occurrence from 1 to 5 after "#"', '9', 4],
  ])('fails when %s is "%s"', (field, text, rule, got, offset) => {
    expect(cronFieldFault(field, text)).toEqual({ rule, got, offset });
  });

  test.each<[CronFieldName, string]>([
    ['second', '0'], ['minute', '*/15'], ['hour', '8-18/2'], ['day', '?'], ['day', 'LW'], ['month', 'jan'], ['weekDay', 'TUE#2'], ['weekDay', 'L'], ['year', '2027-2030'],
  ])('%s may be "%s"', (field, text) => {
    expect(cronFieldFault(field, text)).toBeUndefined();
  });
});

describe('an offset', () => {
  test.each(['cron(0 4 ? * TUE#2 *)', 'cron(0 4 ? * 6L *)', 'cron(0 4 ? * L *)', 'cron(0 0 4 ? * fril *)'])('is allowed with %s', expression => {
    expect(offsetAllowed(parseSchedule(expression).schedule!)).toBe(true);
  });

  test.each(['cron(0 4 ? * TUE *)', 'cron(0 4 L * ? *)', 'cron(0 4 LW * ? *)', 'rate(7 days)', 'at(2027-07-07T15:55:00)'])('is not allowed with %s', expression => {
    expect(offsetAllowed(parseSchedule(expression).schedule!)).toBe(false);
  });
});
