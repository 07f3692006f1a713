import { Token } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { addWarning } from './warnings';

/** Inclusive bounds of a length or a number. */
export interface Bounds {
  readonly min: number;
  readonly max?: number;
}

/** A pattern of the service, with the words that explain it. */
export interface PatternRule {
  readonly pattern: RegExp;
  /** Completes "must …". */
  readonly rule: string;
}

const NAME: PatternRule = {
  pattern: /^[a-zA-Z0-9_\-.]{3,128}$/,
  rule: 'be 3 to 128 characters long and hold only letters, digits, "_", "-" and "."',
};

const SHOWN_CHARACTERS = 100;

/** How CDK writes a value that is known only at deployment; the number in it changes from run to run. */
const TOKEN = /[$#]\{Token\[[^\]]*\]\}/g;

/** A value as messages show it: JSON, shortened when it is long. */
export function shown(value: unknown): string {
  const text = (typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value)).replace(TOKEN, '<known at deployment>');
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

function between({ min, max }: Bounds): string {
  return max === undefined ? `${min} or more` : `from ${min} to ${max}`;
}

function outside(value: number, { min, max }: Bounds): boolean {
  return value < min || (max !== undefined && value > max);
}

/** Characters as the API counts them: code points, so that one emoji is one. */
function characters(text: string): number {
  return [...text].length;
}

/** Looks into the value, so what is cheaper to ask is asked before it. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

export function checkLength(scope: IConstruct | undefined, prop: string, value: string | undefined, bounds: Bounds): void {
  if (value !== undefined && outside(characters(value), bounds) && isKnown(value)) {
    const { min, max } = bounds;
    const rule = min === 0 ? `at most ${max}` : `${min} to ${max}`;
    throw validationError(scope, `'${prop}' must be ${rule} characters long, got ${characters(value)} characters: ${shown(value)}`);
  }
}

export function checkPattern(scope: IConstruct | undefined, prop: string, value: string | undefined, { pattern, rule }: PatternRule): void {
  if (value !== undefined && !pattern.test(value) && isKnown(value)) {
    throw validationError(scope, `'${prop}' must ${rule}, got ${shown(value)}`);
  }
}

/**
 * Warns of an identifier that AWS cannot have given: imports take what they get, but nothing works with such a one.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/docs/DESIGN_GUIDELINES.md#from-methods
 */
export function warnOfIdentifier(scope: IConstruct, prop: string, value: string, { pattern, rule }: PatternRule): void {
  if (typeof value === 'string' && !Token.isUnresolved(value) && !pattern.test(value)) {
    addWarning(scope, { id: 'importedIdentifier', message: `'${prop}' should ${rule}, got ${shown(value)}, look it up in the account` });
  }
}

/** The names of windows, targets and tasks share one pattern. */
export function checkName(scope: IConstruct | undefined, prop: string, value: string | undefined): void {
  checkPattern(scope, prop, value, NAME);
}

export function checkDescription(scope: IConstruct | undefined, value: string | undefined): void {
  checkLength(scope, 'description', value, { min: 1, max: 128 });
}

export function checkInteger(scope: IConstruct | undefined, prop: string, value: number | undefined, bounds: Bounds): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || outside(value, bounds)) && isKnown(value)) {
    throw validationError(scope, `'${prop}' must be a whole number ${between(bounds)}, got ${shown(value)}`);
  }
}

export function checkCount(scope: IConstruct | undefined, prop: string, list: readonly unknown[], what: string, bounds: Bounds): void {
  if (outside(list.length, bounds) && !Token.isUnresolved(list)) {
    throw validationError(scope, `'${prop}' must hold ${between(bounds)} ${what}, got ${list.length}`);
  }
}

/** The units in which the service counts a duration. */
export type CountedUnit = 'seconds' | 'hours' | 'days';

/**
 * The number that the service takes for a duration, after checking that it is a whole number within the bounds.
 *
 * A duration known only at deployment is passed on, if it is made in the unit that the service counts in: a token cannot be converted.
 */
export function wholeNumberOf(scope: IConstruct | undefined, prop: string, duration: Duration, unit: CountedUnit, bounds: Bounds): number {
  if (duration.isUnresolved()) {
    if (duration.unitLabel() !== unit) {
      throw validationError(scope,
        `'${prop}' must be made by Duration.${unit}() when its value is known only at deployment, got Duration.${duration.unitLabel()}()`);
    }
    return inUnit(duration, unit);
  }
  const value = inUnit(duration, unit);
  if (!Number.isSafeInteger(value) || outside(value, bounds)) {
    throw validationError(scope, `'${prop}' must be a whole number of ${unit} ${between(bounds)}, got ${duration.toHumanString()}`);
  }
  return value;
}

function inUnit(duration: Duration, unit: CountedUnit): number {
  switch (unit) {
    case 'seconds': return duration.toSeconds({ integral: false });
    case 'hours': return duration.toHours({ integral: false });
    case 'days': return duration.toDays({ integral: false });
  }
}

export function checkDate(scope: IConstruct | undefined, prop: string, date: Date | undefined): void {
  if (date === undefined) {
    return;
  }
  if (Number.isNaN(date.getTime())) {
    throw validationError(scope, `'${prop}' must be a valid date, got an invalid Date`);
  }
  if (date.getUTCFullYear() < 0 || date.getUTCFullYear() > 9999) {
    throw validationError(scope, `'${prop}' must have a year of four digits, got ${date.toISOString()}`);
  }
}
