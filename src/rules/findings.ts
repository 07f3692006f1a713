import type { Diagnostic, Wording } from './diagnostic';
import { CLOUDFORMATION_WORDING } from './diagnostic';
import { formatValue } from './format-value';
import { PartialText } from './partial-text';
import type { Value } from './value';
import { booleanOf, characters, isList, isOpen, numberOf } from './value';

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
  /** Whether a text, of which only parts are known, can match. Nothing is said of such a text without it. */
  readonly canMatch?: (text: PartialText) => boolean;
}

/** Whether a value fits a pattern, as far as it is known. */
export function matches(value: Value, { pattern, canMatch }: PatternRule): boolean {
  return typeof value === 'string' ? pattern.test(value) : !(value instanceof PartialText) || canMatch?.(value) !== false;
}

/**
 * A rule for a text of certain characters.
 *
 * @param allowed the characters, as between the brackets of a regular expression
 */
export function textOfCharacters(allowed: string, { min, max }: Required<Bounds>, rule: string): PatternRule {
  return { pattern: new RegExp(`^[${allowed}]{${min},${max}}$`, 'u'), rule, canMatch: holdsOnly(allowed, max) };
}

/** Whether none of the literal parts of a text holds another character, and together they are not too long. */
export function holdsOnly(allowed: string, max: number): (text: PartialText) => boolean {
  const pattern = new RegExp(`^[${allowed}]*$`, 'u');
  return (text) => text.literals.every((literal) => pattern.test(literal)) && characters(text.filledWith('')) <= max;
}

export function between({ min, max }: Bounds): string {
  return max === undefined ? `${min} or more` : `from ${min} to ${max}`;
}

export function outside(value: number, { min, max }: Bounds): boolean {
  return value < min || (max !== undefined && value > max);
}

/** Collects what rules find. Checks of single values pass values that are not set or not known. */
export class Findings {
  private readonly found: Diagnostic[] = [];

  constructor(private readonly wording: Wording = CLOUDFORMATION_WORDING) {}

  public get all(): readonly Diagnostic[] {
    return this.found;
  }

  /** What a message calls a property. */
  public name(property: string): string {
    return `'${this.wording(property)}'`;
  }

  public error(property: string, message: string): void {
    this.found.push({ severity: 'error', id: `invalid${property.replace(/\W/g, '')}`, message, property });
  }

  public warning(id: string, property: string, message: string): void {
    this.found.push({ severity: 'warning', id, message, property });
  }

  public add(diagnostics: readonly Diagnostic[]): void {
    this.found.push(...diagnostics);
  }

  public required(property: string, value: Value, fix: string): void {
    if (value === undefined || value === null) {
      this.error(property, `${this.name(property)} must be set, got nothing, ${fix}`);
    }
  }

  public length(property: string, value: Value, bounds: Bounds): void {
    const { min, max } = bounds;
    if (value instanceof PartialText) {
      const known = characters(value.filledWith(''));
      if (max !== undefined && known > max) {
        this.error(property, `${this.name(property)} must be at most ${max} characters long, got at least ${known} characters: ${formatValue(value)}`);
      }
      return;
    }
    if (typeof value === 'string' && outside(characters(value), bounds)) {
      const rule = min === 0 ? `at most ${max}` : `${min} to ${max}`;
      this.error(property, `${this.name(property)} must be ${rule} characters long, got ${characters(value)} characters: ${formatValue(value)}`);
    }
  }

  public pattern(property: string, value: Value, rule: PatternRule): void {
    if (!matches(value, rule)) {
      this.error(property, `${this.name(property)} must ${rule.rule}, got ${formatValue(value)}`);
    }
  }

  /** @param unit what is counted, such as hours */
  public integer(property: string, value: Value, bounds: Bounds, unit?: string): void {
    if (isOpen(value)) {
      return;
    }
    const number = numberOf(value);
    if (number === undefined || !Number.isSafeInteger(number) || outside(number, bounds)) {
      const what = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
      this.error(property, `${this.name(property)} must be ${what} ${between(bounds)}, got ${formatValue(value)}`);
    }
  }

  public count(property: string, list: Value, what: string, bounds: Bounds): void {
    if (isList(list) && outside(list.length, bounds)) {
      this.error(property, `${this.name(property)} must hold ${between(bounds)} ${what}, got ${list.length}`);
    }
  }

  public oneOf(property: string, value: Value, values: readonly string[]): void {
    if (!isOpen(value) && !values.some((one) => one === value)) {
      this.error(property, `${this.name(property)} must be one of ${values.join(', ')}, got ${formatValue(value)}`);
    }
  }

  public boolean(property: string, value: Value): void {
    if (!isOpen(value) && booleanOf(value) === undefined) {
      this.error(property, `${this.name(property)} must be true or false, got ${formatValue(value)}`);
    }
  }

  /** Properties that the resource type does not have. */
  public unknownProperties(given: object, known: readonly string[]): void {
    for (const name of Object.keys(given).filter((key) => !known.includes(key))) {
      this.error(name, `'${name}' must be left out, got a property that the resource type does not have, remove it`);
    }
  }
}
