import { Token } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { knownText } from './text';
import { addWarning } from './warnings';
import type { Wording } from '../rules/diagnostic';
import { between, Findings, outside } from '../rules/findings';
import type { Bounds, PatternRule } from '../rules/findings';
import { formatValue } from '../rules/format-value';
import { DESCRIPTION, NAME } from '../rules/names';
import type { Value } from '../rules/value';
import { UNKNOWN } from '../rules/value';

export { formatValue } from '../rules/format-value';

/** Looks into the value, so what is cheaper to ask is asked before it. */
export function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

/** Throws what a rule finds in a value, as far as it is known. */
function reject(scope: IConstruct | undefined, value: Value, rule: (findings: Findings, value: Value) => void): void {
  const findings = new Findings(sameWording);
  rule(findings, value);
  // most values are fine, and looking for tokens takes longer than the rule
  if (findings.all.length > 0) {
    const ofKnown = new Findings(sameWording);
    rule(ofKnown, typeof value === 'string' ? knownText(value, scope) : Token.isUnresolved(value) ? UNKNOWN : value);
    throwFirst(scope, ofKnown);
  }
}

/** Throws the first of the findings, if there is one. */
export function throwFirst(scope: IConstruct | undefined, { all: [first] }: Findings): void {
  if (first) {
    throw validationError(scope, first.message);
  }
}

/** The caller names the property as the user typed it. */
const sameWording: Wording = (property) => property;

export function checkLength(scope: IConstruct | undefined, prop: string, value: string | undefined, bounds: Bounds): void {
  reject(scope, value, (findings, known) => findings.length(prop, known, bounds));
}

export function checkPattern(scope: IConstruct | undefined, prop: string, value: string | undefined, rule: PatternRule): void {
  reject(scope, value, (findings, known) => findings.pattern(prop, known, rule));
}

/**
 * Warns of an identifier that AWS cannot have given: imports take what they get, but nothing works with such a one.
 *
 * @see https://github.com/aws/aws-cdk/blob/main/docs/DESIGN_GUIDELINES.md#from-methods
 */
export function warnOfIdentifier(scope: IConstruct, prop: string, value: string, { pattern, rule }: PatternRule): void {
  if (typeof value === 'string' && !Token.isUnresolved(value) && !pattern.test(value)) {
    addWarning(scope, { id: 'importedIdentifier', message: `'${prop}' should ${rule}, got ${formatValue(value)}, look it up in the account` });
  }
}

/** The names of windows, targets and tasks share one pattern. */
export function checkName(scope: IConstruct | undefined, prop: string, value: string | undefined): void {
  checkPattern(scope, prop, value, NAME);
}

export function checkDescription(scope: IConstruct | undefined, value: string | undefined): void {
  checkLength(scope, 'description', value, DESCRIPTION);
}

export function checkInteger(scope: IConstruct | undefined, prop: string, value: number | undefined, bounds: Bounds): void {
  reject(scope, value, (findings, known) => findings.integer(prop, known, bounds));
}

export function checkOneOf(scope: IConstruct | undefined, prop: string, value: string, values: readonly string[]): void {
  reject(scope, value, (findings, known) => known === undefined ? findings.required(prop, known, `use one of ${values.join(', ')}`) : findings.oneOf(prop, known, values));
}

export function checkCount(scope: IConstruct | undefined, prop: string, list: readonly string[], what: string, bounds: Bounds): void {
  reject(scope, list, (findings, known) => findings.count(prop, known, what, bounds));
}

/** The units in which the service counts a duration. */
type CountedUnit = 'seconds' | 'minutes' | 'hours' | 'days';

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
    throw validationError(scope, `'${prop}' must be a whole number of ${unit} ${between(bounds)}, got ${duration.toHumanString() || String(value)}`);
  }
  return value;
}

function inUnit(duration: Duration, unit: CountedUnit): number {
  switch (unit) {
    case 'seconds': return duration.toSeconds({ integral: false });
    case 'minutes': return duration.toMinutes({ integral: false });
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
