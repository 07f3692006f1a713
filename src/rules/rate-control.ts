import type { Bounds, PatternRule } from './findings';
import { holdsOnly } from './findings';

/*
 * How many targets a task runs on at once, and how many may fail.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
 */

/** Seven characters are all that the service takes. */
export const RATE_COUNT: Bounds = { min: 0, max: 9_999_999 };

export const RATE_PERCENTAGE: Bounds = { min: 0, max: 100 };

const canMatch = holdsOnly('0-9%', 7);

export const MAX_ERRORS: PatternRule = {
  pattern: /^(0|[1-9][0-9]{0,6}|[0-9]%|[1-9][0-9]%|100%)$/,
  rule: 'be a whole number of at most 7 digits such as "10", or a percentage from "0%" to "100%"',
  canMatch,
};

export const MAX_CONCURRENCY: PatternRule = {
  pattern: /^([1-9][0-9]{0,6}|[1-9]%|[1-9][0-9]%|100%)$/,
  rule: 'be a number of targets of at least 1 or a percentage from 1 to 100',
  canMatch,
};
