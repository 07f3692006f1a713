import type { Bounds, PatternRule } from './findings';

/**
 * The name of a window, target or task.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html
 */
export const NAME: PatternRule = {
  pattern: /^[a-zA-Z0-9_\-.]{3,128}$/,
  rule: 'be 3 to 128 characters long and hold only letters, digits, "_", "-" and "."',
};

/** The description of a window, target or task. */
export const DESCRIPTION: Bounds = { min: 1, max: 128 };
