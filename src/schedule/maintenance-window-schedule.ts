import { Duration, Token, Tokenization } from 'aws-cdk-lib/core';
import type { TimeZone } from 'aws-cdk-lib/core';
import { validationError } from '../common/errors';
import { cronFieldFault, FIRST_YEAR, LAST_YEAR } from './engine/fields';
import type { CronFieldName } from './engine/fields';
import { offsetAllowed, parseSchedule } from './engine/grammar';
import type { ParsedSchedule, ScheduleFault } from './engine/grammar';
import { timeZoneFault } from './engine/zone-names';
import { publicationAdvice } from './publication-advice';
import { checkGiven, checkOptional } from '../common/given';
import { knownText } from '../common/text';
import { checkDate, checkPattern, isKnown, formatValue, wholeNumberOf } from '../common/validation';
import type { Advice } from '../common/warnings';
import type { PatternRule } from '../rules/findings';
import { CRON_FIELD_TEXT, MIN_INTERVAL_MINUTES, OFFSET_DAYS, SCHEDULE_TEXT, TIME_ZONE_TEXT } from '../rules/schedule';

const DAYS_OF_WEEK = 7;

/** 6 days after the fourth Tuesday, which each month has; not each has a fifth. */
const MAX_DAYS_AFTER_PATCH_TUESDAY = 20;

const UTC = /^((Etc\/)?(UTC|UCT|Universal|Zulu|GMT|GMT[+-]?0|Greenwich)|[+-]00:00)$/;

/** What goes with the expression of a schedule. */
export interface MaintenanceWindowScheduleOptions {
  /**
   * The time zone of the expression.
   *
   * How the service treats times that a change to or from daylight saving time skips or repeats is not documented.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * Days to wait after the time of the expression, such as 2 days after the second Tuesday of the month.
   *
   * 1 to 6 whole days. Only for a cron expression whose day of week uses `#` or `L`.
   *
   * @default - the window opens at the time of the expression
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows-schedule-options.html
   */
  readonly offset?: Duration;
}

/**
 * The fields of a cron expression.
 *
 * Each takes a value, a list `a,b`, a range `a-b` and an increment `a/b`; the days also `L`, `W` and `#`, as each says.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 */
export interface MaintenanceWindowCronOptions extends MaintenanceWindowScheduleOptions {
  /** The hour, 0 to 23. */
  readonly hour: string;

  /**
   * The minute, 0 to 59.
   *
   * @default '0'
   */
  readonly minute?: string;

  /**
   * The second, 0 to 59.
   *
   * @default - no seconds field, which means second 0
   */
  readonly second?: string;

  /**
   * The day of the month, 1 to 31.
   *
   * `L` is the last day, `3W` the weekday nearest to the third. Cannot be given together with `weekDay`.
   *
   * @default - every day, if `weekDay` is not given either
   */
  readonly day?: string;

  /**
   * The month, 1 to 12 or `JAN` to `DEC`.
   *
   * @default - every month
   */
  readonly month?: string;

  /**
   * The day of the week, 1 (Sunday) to 7 or `SUN` to `SAT`.
   *
   * `TUE#2` is the second Tuesday of the month, `FRIL` the last Friday. Cannot be given together with `day`.
   *
   * @default - every day, if `day` is not given either
   */
  readonly weekDay?: string;

  /**
   * The year, 1970 to 2199.
   *
   * @default - every year
   */
  readonly year?: string;
}

/** Options for a schedule after Patch Tuesday. */
export interface PatchTuesdayOptions {
  /** The hour, 0 to 23. */
  readonly hour: string;

  /**
   * The minute, 0 to 59.
   *
   * @default '0'
   */
  readonly minute?: string;

  /**
   * The number of whole days between Patch Tuesday and the start of the window.
   *
   * 0 to 20. The predefined patch baselines of AWS approve a patch 7 days after its release, so a window that opens earlier with one of
   * them installs no cumulative update of Windows. Microsoft publishes at 10:00 in Los Angeles, which is Wednesday in Asia and Australia:
   * what opens earlier causes a warning. With a token, 1 to 6 in `Duration.days()`.
   *
   * @default Duration.days(0)
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
   */
  readonly daysAfter?: Duration;

  /**
   * The time zone.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;
}

/**
 * The schedule of a maintenance window.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 * @example
 * // 02:00 in Paris on the Thursday after the second Tuesday of the month
 * MaintenanceWindowSchedule.cron({ weekDay: 'TUE#2', hour: '2', offset: Duration.days(2), timeZone: TimeZone.EUROPE_PARIS });
 * // every week, from the creation of the window on
 * MaintenanceWindowSchedule.rate(Duration.days(7));
 * // once, in UTC
 * MaintenanceWindowSchedule.at(new Date('2030-01-31T02:00:00Z'));
 */
export class MaintenanceWindowSchedule {
  /** Opens at the times of a cron expression that is specified field by field. */
  public static cron(options: MaintenanceWindowCronOptions): MaintenanceWindowSchedule {
    checkGiven(undefined, 'options', options, 'an object');
    checkGiven(undefined, 'hour', options.hour, 'a string');
    FIELDS.forEach((field) => checkOptional(undefined, field, options[field], 'a string'));
    const day = givenDay(options.day);
    const weekDay = givenDay(options.weekDay);
    if (isKnown(day) && isKnown(weekDay)) {
      throw validationError(undefined,
        `'day' and 'weekDay' cannot be given together, got day ${formatValue(day)} and weekDay ${formatValue(weekDay)}, remove one of them`);
    }
    const fields: [CronFieldName, string][] = [
      ...(options.second !== undefined ? [['second', options.second] as [CronFieldName, string]] : []),
      ['minute', options.minute ?? '0'],
      ['hour', options.hour],
      ['day', day ?? (weekDay === undefined ? '*' : '?')],
      ['month', options.month ?? '*'],
      ['weekDay', weekDay ?? '?'],
      ['year', options.year ?? '*'],
    ];
    for (const [name, text] of fields) {
      checkCronField(name, text);
    }
    if (options.offset !== undefined && !Token.isUnresolved(weekDay) && !/[#L]/i.test(weekDay ?? '')) {
      throw validationError(undefined,
        `'offset' needs a weekDay with '#' or 'L' such as "TUE#2", got ${weekDay === undefined ? 'no weekDay' : `weekDay ${formatValue(weekDay)}`}`);
    }
    return MaintenanceWindowSchedule.checked(`cron(${fields.map(([, text]) => text).join(' ')})`, options, 'typed');
  }

  /**
   * Opens each month on Patch Tuesday, the second Tuesday of the month, or up to 20 days after it.
   *
   * The third Tuesday is always 7 days after the second, and the fourth 14 days, so each number of days is one of them and an offset.
   *
   * @see https://learn.microsoft.com/en-us/windows/deployment/update/release-cycle
   */
  public static patchTuesday(options: PatchTuesdayOptions): MaintenanceWindowSchedule {
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'daysAfter', options.daysAfter, 'a Duration');
    const { daysAfter, ...others } = options;
    if (daysAfter?.isUnresolved()) {
      return MaintenanceWindowSchedule.cron({ ...others, weekDay: 'TUE#2', offset: daysAfter });
    }
    const days = daysAfter ? patchDaysOf(daysAfter) : 0;
    const offsetDays = days % DAYS_OF_WEEK;
    const { expressionString, timeZone, offset, _parsed, _advice } = MaintenanceWindowSchedule.cron({
      ...others,
      weekDay: `TUE#${2 + Math.floor(days / DAYS_OF_WEEK)}`,
      offset: offsetDays === 0 ? undefined : Duration.days(offsetDays),
    });
    const advice = _parsed ? publicationAdvice({ schedule: _parsed, offsetDays }, options.hour, days, timeZone?.timezoneName) : [];
    return new MaintenanceWindowSchedule(expressionString, timeZone, offset, _parsed, [..._advice, ...advice]);
  }

  /**
   * Opens repeatedly after the same interval.
   *
   * The first time is when the window is created, or its `startDate` if that is later.
   *
   * @param interval whole minutes, at least 5 minutes; it should be longer than the window lasts, else occurrences are skipped
   */
  public static rate(interval: Duration): MaintenanceWindowSchedule {
    checkGiven(undefined, 'interval', interval, 'a Duration');
    return MaintenanceWindowSchedule.checked(`rate(${rateOf(interval)})`, {}, 'typed');
  }

  /**
   * Opens once.
   *
   * @param date rendered in UTC, to the second
   */
  public static at(date: Date): MaintenanceWindowSchedule {
    checkGiven(undefined, 'date', date, 'a Date');
    checkDate(undefined, 'date', date);
    if (date.getUTCFullYear() < FIRST_YEAR || date.getUTCFullYear() > LAST_YEAR) {
      throw validationError(undefined, `'date' must be from ${FIRST_YEAR} to ${LAST_YEAR}, got ${date.toISOString()}`);
    }
    return MaintenanceWindowSchedule.checked(`at(${date.toISOString().slice(0, 19)})`, {}, 'typed');
  }

  /**
   * Uses the notation of the service, also with a token.
   *
   * @param expression such as `cron(0 2 ? * TUE#2 *)`, `rate(7 days)` or `at(2030-01-31T02:00:00)`
   */
  public static expression(expression: string, options: MaintenanceWindowScheduleOptions = {}): MaintenanceWindowSchedule {
    checkGiven(undefined, 'expression', expression, 'a string');
    checkGiven(undefined, 'options', options, 'an object');
    return MaintenanceWindowSchedule.checked(expression, options, 'raw');
  }

  private static checked(expression: string, options: MaintenanceWindowScheduleOptions, origin: 'typed' | 'raw'): MaintenanceWindowSchedule {
    checkOptional(undefined, 'timeZone', options.timeZone, 'a TimeZone');
    checkOptional(undefined, 'offset', options.offset, 'a Duration');
    const advice: Advice[] = [];
    const known = literalOf('expression', expression, SCHEDULE_TEXT);
    const parsed = known === undefined ? undefined : checkExpression(known, origin, advice);
    checkTimeZone(options.timeZone, parsed, advice);
    checkOffset(options.offset, parsed, expression);
    return new MaintenanceWindowSchedule(expression, options.timeZone, options.offset, parsed, advice);
  }

  private constructor(
    /** The schedule in the notation of the service, such as `rate(7 days)`. */
    public readonly expressionString: string,
    /** The time zone of the expression, or none for UTC. */
    public readonly timeZone: TimeZone | undefined,
    /** Days to wait after the time of the expression. */
    public readonly offset: Duration | undefined,
    /** @internal */
    public readonly _parsed: ParsedSchedule | undefined,
    /** @internal */
    public readonly _advice: readonly Advice[],
  ) {}
}

/** The fields of a cron expression that can be left out. */
const FIELDS = ['second', 'minute', 'day', 'month', 'weekDay', 'year'] as const;

function patchDaysOf(daysAfter: Duration): number {
  const days = daysAfter.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 0 || days > MAX_DAYS_AFTER_PATCH_TUESDAY) {
    throw validationError(undefined, `'daysAfter' must be a whole number of days from 0 to ${MAX_DAYS_AFTER_PATCH_TUESDAY}, `
      + `as not every month has a fifth Tuesday, got ${daysAfter.toHumanString()}, use MaintenanceWindowSchedule.cron() with a day of the next month`);
  }
  return days;
}

/** `?` says that a day is not given. */
function givenDay(day: string | undefined): string | undefined {
  return day === '?' ? undefined : day;
}

/** A text that is known as a whole, which its own grammar judges. Of one with tokens, what is literal is checked by a rule. */
function literalOf(prop: string, text: string, rule: PatternRule): string | undefined {
  const known = knownText(text);
  if (typeof known === 'string') {
    return known;
  }
  checkPattern(undefined, prop, text, rule);
  return undefined;
}

function checkCronField(name: CronFieldName, text: string): void {
  const known = literalOf(name, text, CRON_FIELD_TEXT);
  const fault = known === undefined ? undefined : cronFieldFault(name, known);
  if (fault) {
    throw validationError(undefined, `'${name}' ${fault.rule}, got ${formatValue(fault.got)}`);
  }
}

function checkExpression(expression: string, origin: 'typed' | 'raw', advice: Advice[]): ParsedSchedule | undefined {
  const { schedule, faults } = parseSchedule(expression);
  for (const fault of faults) {
    const message = faultMessage(fault, origin);
    // what AWS calls unsupported but seems to take cannot be made by the typed factories
    if (fault.severity === 'error' || (fault.unsupported && origin === 'typed')) {
      throw validationError(undefined, message);
    }
    advice.push({ id: fault.id!, message });
  }
  return schedule;
}

function faultMessage({ position, rule, got, fix }: ScheduleFault, origin: 'typed' | 'raw'): string {
  const subject = origin === 'typed' ? 'the schedule' : `'expression' has a fault at position ${position ?? 1}:`;
  return `${subject} ${rule}, got ${formatValue(got)}${fix ? `, ${fix}` : ''}`;
}

function checkTimeZone(timeZone: TimeZone | undefined, parsed: ParsedSchedule | undefined, advice: Advice[]): void {
  if (!timeZone) {
    return;
  }
  const name = timeZone.timezoneName;
  // a variable of the environment that is not set would open the window in UTC
  checkGiven(undefined, 'timeZone.timezoneName', name, 'a string');
  const known = literalOf('timeZone', name, TIME_ZONE_TEXT);
  const fault = known === undefined ? undefined : timeZoneFault(known);
  if (fault) {
    const message = `'timeZone' ${fault.rule}, got ${formatValue(name)}`;
    if (fault.severity === 'error') {
      throw validationError(undefined, message);
    }
    advice.push({ id: 'unknownTimeZone', message });
  }
  if (parsed?.kind === 'rate' && known !== undefined) {
    advice.push({ id: 'timeZoneOfRate', message: `'timeZone' has contradictory documentation for a rate expression, got ${formatValue(name)}, remove it` });
  }
  if (parsed?.kind === 'at' && known !== undefined && !UTC.test(name)) {
    advice.push({
      id: 'timeZoneOfAt',
      message: `'timeZone' has contradictory documentation for an at expression, got ${formatValue(name)}, specify the time in UTC with MaintenanceWindowSchedule.at()`,
    });
  }
}

function checkOffset(offset: Duration | undefined, parsed: ParsedSchedule | undefined, expression: string): void {
  if (!offset) {
    return;
  }
  wholeNumberOf(undefined, 'offset', offset, 'days', OFFSET_DAYS);
  if (parsed && !offsetAllowed(parsed)) {
    throw validationError(undefined,
      `'offset' needs a cron expression whose day of week uses '#' or 'L' such as "TUE#2", got expression ${formatValue(expression)}`);
  }
}

function rateOf(interval: Duration): string {
  const units = { days: 24 * 60, hours: 60, minutes: 1 } as Record<string, number | undefined>;
  const label = interval.unitLabel();
  if (interval.isUnresolved()) {
    if (units[label] === undefined) {
      throw validationError(undefined,
        `'interval' must be made by Duration.minutes(), hours() or days() when its value is known only at deployment, got Duration.${label}()`);
    }
    const value = label === 'days' ? interval.toDays() : label === 'hours' ? interval.toHours() : interval.toMinutes();
    return `${Tokenization.stringifyNumber(value)} ${label}`;
  }
  const minutes = interval.toMinutes({ integral: false });
  if (!Number.isSafeInteger(minutes) || minutes < MIN_INTERVAL_MINUTES) {
    throw validationError(undefined, `'interval' must be a whole number of minutes, at least ${MIN_INTERVAL_MINUTES} minutes, got ${interval.toHumanString()}`);
  }
  // in the unit it was given in, if that is one that the service has and the number is whole
  const given = units[label];
  const unit = given !== undefined && minutes % given === 0 ? label : 'minutes';
  const value = minutes / units[unit]!;
  return `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;
}
