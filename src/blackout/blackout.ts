import { Token } from 'aws-cdk-lib/core';
import type { TimeZone } from 'aws-cdk-lib/core';
import { daysOfMonth } from './dates';
import type { BlackoutDates } from './dates';
import { validationError } from '../common/errors';
import { checkGiven, checkOptional } from '../common/given';
import { checkDate, checkInteger, formatValue } from '../common/validation';
import { BLACKOUT_YEARS, MIN_BLACKOUT_MINUTES, REASON_TEXT } from '../rules/blackout';
import { isKnownTimeZone } from '../schedule/engine/time-zone';

const MINUTE = 60_000;

/** A day of any year, such as 20 December. */
export interface DayOfYear {
  /** The month, 1 to 12. */
  readonly month: number;

  /** The day of the month, 1 to 31. */
  readonly day: number;
}

/** Options for a black-out that comes each year. */
export interface YearlyBlackoutOptions {
  /** The first day of the black-out. 29 February is 1 March in other years than leap years. */
  readonly firstDay: DayOfYear;

  /**
   * The last day, which belongs to the black-out.
   *
   * A day before `firstDay` is in the next year. 29 February is the last day of February in each year.
   */
  readonly lastDay: DayOfYear;

  /**
   * The time zone of the days.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /** The reason, which calendars show. 1 to 200 characters on one line, known at synthesis. */
  readonly reason: string;
}

/**
 * A time in which maintenance windows do not open, such as a freeze of changes.
 *
 * EventBridge Scheduler turns a window off 5 minutes before a black-out begins and on 2 minutes before it ends, so that what opens at the very
 * beginning stays closed, and what opens at the very end opens. An occurrence that is open when the black-out begins goes on to its end.
 *
 * @example
 * const freeze = Blackout.yearly({ firstDay: { month: 12, day: 20 }, lastDay: { month: 1, day: 6 }, timeZone: TimeZone.EUROPE_PARIS, reason: 'Year-end freeze' });
 * const sale = Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-30T00:00:00Z'), 'Black Friday');
 */
export class Blackout {
  /**
   * Closes windows once.
   *
   * One that is over has no effect.
   *
   * @param start the instant from which no window opens, rounded down to the minute
   * @param end the instant from which windows open again, rounded up to the minute; at least 15 minutes after `start`
   * @param reason 1 to 200 characters on one line, known at synthesis
   */
  public static between(start: Date, end: Date, reason: string): Blackout {
    for (const [prop, date] of [['start', start], ['end', end]] as const) {
      checkGiven(undefined, prop, date, 'a Date');
      checkDate(undefined, prop, date);
      if (date.getUTCFullYear() < BLACKOUT_YEARS.min || date.getUTCFullYear() > BLACKOUT_YEARS.max) {
        throw validationError(undefined, `'${prop}' must be from ${BLACKOUT_YEARS.min} to ${BLACKOUT_YEARS.max}, got ${date.toISOString()}`);
      }
    }
    checkReason(reason);
    const [from, to] = [Math.floor(start.getTime() / MINUTE) * MINUTE, Math.ceil(end.getTime() / MINUTE) * MINUTE];
    if (to - from < MIN_BLACKOUT_MINUTES * MINUTE) {
      throw validationError(undefined,
        `'end' must be at least ${MIN_BLACKOUT_MINUTES} minutes after 'start', got start ${start.toISOString()} and end ${end.toISOString()}`);
    }
    return new Blackout(reason, { kind: 'once', from, to, reason });
  }

  /** Closes windows each year, from the begin of a day to the end of another one. */
  public static yearly(options: YearlyBlackoutOptions): Blackout {
    checkGiven(undefined, 'options', options, 'an object');
    checkDay('firstDay', options.firstDay);
    checkDay('lastDay', options.lastDay);
    checkReason(options.reason);
    const { firstDay, lastDay, reason } = options;
    return new Blackout(reason, {
      kind: 'yearly',
      first: { month: firstDay.month, day: firstDay.day },
      last: { month: lastDay.month, day: lastDay.day },
      timeZone: zoneOf(options.timeZone),
      reason,
    });
  }

  private constructor(
    /** The reason, as calendars show it. */
    public readonly reason: string,
    /** @internal */
    public readonly _dates: BlackoutDates,
  ) {}
}

function checkDay(prop: string, given: DayOfYear): void {
  checkGiven(undefined, prop, given, 'an object');
  for (const [name, value, max] of [['month', given.month, 12], ['day', given.day, 31]] as const) {
    checkGiven(undefined, `${prop}.${name}`, value, 'a number');
    if (Token.isUnresolved(value)) {
      throw validationError(undefined, `'${prop}.${name}' must be known at synthesis, got a token, pass a literal value`);
    }
    checkInteger(undefined, `${prop}.${name}`, value, { min: 1, max });
  }
  if (given.day > daysOfMonth(given.month)) {
    throw validationError(undefined, `'${prop}' must be a day of the calendar, got month ${given.month} and day ${given.day}`);
  }
}

function checkReason(reason: string): void {
  checkGiven(undefined, 'reason', reason, 'a string');
  if (Token.isUnresolved(reason)) {
    throw validationError(undefined, "'reason' must be known at synthesis, as calendars show it, got a token, pass a literal text");
  }
  if (!REASON_TEXT.pattern.test(reason)) {
    throw validationError(undefined, `'reason' must ${REASON_TEXT.rule}, got ${formatValue(reason)}`);
  }
}

/** Calendars and the merging of black-outs need the zone at synthesis. */
function zoneOf(timeZone: TimeZone | undefined): string | undefined {
  checkOptional(undefined, 'timeZone', timeZone, 'a TimeZone');
  const name = timeZone?.timezoneName;
  if (name !== undefined && (Token.isUnresolved(name) || !isKnownTimeZone(name))) {
    throw validationError(undefined, `'timeZone' must be one that this runtime knows, got ${Token.isUnresolved(name) ? 'a token' : formatValue(name)}, use an IANA time zone`);
  }
  return name;
}
