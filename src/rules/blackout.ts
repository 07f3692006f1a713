import type { PatternRule } from './findings';
import { textOfCharacters } from './findings';
import { FIRST_YEAR, LAST_YEAR } from '../schedule/engine/fields';

/** The last year of cron expressions is left to what keeps an expression that is over valid. */
export const BLACKOUT_YEARS = { min: FIRST_YEAR, max: LAST_YEAR - 1 };

/** Scheduler calls within the minute, and a call that fails is repeated for some minutes. */
export const MIN_BLACKOUT_MINUTES = 15;

/**
 * A reason goes into the description of schedules, of at most 512 characters, and into calendars.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export const REASON_TEXT: PatternRule = {
  pattern: /^(?=.*\S)[^\p{Cc}\u2028\u2029]{1,200}$/u,
  rule: 'have 1 to 200 characters on one line',
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
export const CHANGE_CALENDAR_NAME: PatternRule = textOfCharacters('a-zA-Z0-9_\\-.', { min: 3, max: 128 }, 'be 3 to 128 letters, digits, "_", "-" and "."');
