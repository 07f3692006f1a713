import type { Bounds, PatternRule } from './findings';
import { textOfCharacters } from './findings';

export const NAME_LENGTH = { min: 3, max: 128 } as const;

/**
 * The name of a window, target or task.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html
 */
export const NAME: PatternRule = textOfCharacters('a-zA-Z0-9_\\-.', NAME_LENGTH,
  'be 3 to 128 characters long and hold only letters, digits, "_", "-" and "."');

/** The description of a window, target or task. */
export const DESCRIPTION: Bounds = { min: 1, max: 128 };
