import type { CatalogueParameter } from './catalogue';
import { isJsonObject } from '../../rules/json-text';
import { nearest } from '../../rules/nearest';

/** Something about the use of a document that fails, or will probably fail, when the window runs. */
export interface DocumentFinding {
  readonly severity: 'error' | 'warning';
  /** Stable name of the rule. */
  readonly id: string;
  readonly message: string;
}

/** The parameters that a task gives; undefined stands for what is known only at deployment. */
export interface GivenParameters {
  readonly [name: string]: unknown;
}

/** The document as the messages name it, and what its parameters may be. */
export interface ParameterRules {
  readonly documentName: string;
  readonly parameters: { readonly [name: string]: CatalogueParameter };
  /** Says how old the rules are, in parentheses after a space; empty for rules that do not age. */
  readonly asOf: string;
}

const LIST_TYPES = ['StringList', 'MapList'];
/** Types of one value, as far as documents are known to name them so. */
const SCALAR_TYPE = /^(String|Boolean|Integer|AWS::[A-Za-z0-9:]+)$/;
const MAX_SHOWN = 12;
const MAX_TEXT = 200;
const MAX_PATTERN_INPUT = 4096;

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

function showList(values: readonly string[]): string {
  const shown = JSON.stringify(values.slice(0, MAX_SHOWN));
  return values.length > MAX_SHOWN ? `${shown} and ${values.length - MAX_SHOWN} more` : shown;
}

function showRange(unit: string, min: number | undefined, max: number | undefined): string {
  const units = (count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (min !== undefined && max !== undefined) return `${min} to ${units(max)}`;
  return min === undefined ? `at most ${units(max!)}` : `at least ${units(min)}`;
}

function isOutside(count: number, min: number | undefined, max: number | undefined): boolean {
  return count < (min ?? 0) || count > (max ?? Infinity);
}

/** The text of a value, or undefined when it is known only at deployment. */
function literal(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** The values of a parameter, or undefined when they are not known. */
function valuesOf(given: unknown): readonly unknown[] | undefined {
  if (Array.isArray(given)) return given;
  return literal(given) === undefined ? undefined : [given];
}

/** The values whose text is final: not known only at deployment, and nothing in braces to be filled in. */
export function literalValues(given: unknown): string[] {
  const texts = valuesOf(given)?.map(literal) ?? [];
  return texts.filter((text): text is string => text !== undefined && !text.includes('{{'));
}

function isGiven(rule: CatalogueParameter, given: GivenParameters, name: string): boolean {
  if (!Object.hasOwn(given, name)) return false;
  return LIST_TYPES.includes(rule.type) || valuesOf(given[name])?.length !== 0;
}

function isMissing({ parameters }: ParameterRules, given: GivenParameters, name: string): boolean {
  return parameters[name].required === true && !isGiven(parameters[name], given, name);
}

function unknownNames({ parameters }: ParameterRules, given: GivenParameters): string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(parameters, name));
}

function checkMissing(rules: ParameterRules, given: GivenParameters): DocumentFinding[] {
  const { documentName, parameters } = rules;
  const names = Object.keys(parameters);
  return names.filter((name) => isMissing(rules, given, name)).map((name) => {
    const { allowedValues } = parameters[name];
    const values = allowedValues ? ` as one of ${showList(allowedValues)}` : '';
    const misspelt = unknownNames(rules, given).find((got) => nearest(got, names) === name);
    const fix = misspelt === undefined ? `add "${name}"` : `rename ${show(misspelt)} to "${name}"`;
    return {
      severity: 'error',
      id: 'documentParameterMissing',
      message: `'parameters' of ${documentName} must hold "${name}"${values}, got ${showList(Object.keys(given))}, ${fix}`,
    };
  });
}

function checkUnknown(rules: ParameterRules, given: GivenParameters): DocumentFinding[] {
  const { documentName, parameters, asOf } = rules;
  const names = Object.keys(parameters);
  return unknownNames(rules, given).flatMap((name): DocumentFinding[] => {
    const meant = nearest(name, names);
    // the error about the missing parameter says it already
    if (meant !== undefined && isMissing(rules, given, meant)) return [];
    const rule = names.length ? `may hold only ${showList(names)}` : 'must be empty';
    const fix = meant === undefined ? `remove ${show(name)}` : `use "${meant}"`;
    return [{
      severity: 'warning',
      id: 'documentParameterUnknown',
      message: `'parameters' of ${documentName} ${rule}${asOf}, got ${show(name)}, ${fix}`,
    }];
  });
}

function isAllowed(rule: CatalogueParameter, allowed: readonly string[], value: string): boolean {
  if (rule.type !== 'Boolean') return allowed.includes(value);
  return allowed.some((candidate) => candidate.toLowerCase() === value.toLowerCase());
}

/** Dialects of patterns agree on printable ASCII only. */
function isComparable(value: string): boolean {
  return value.length <= MAX_PATTERN_INPUT && /^[\x20-\x7e]*$/.test(value);
}

/** Checks one value. The pattern is searched for, not anchored, as the agent on the nodes does. */
function checkValue(subject: string, rule: CatalogueParameter, asOf: string, value: string): DocumentFinding[] {
  const { allowedValues, allowedPattern, minChars, maxChars } = rule;
  if (rule.type === 'StringMap' && value !== '' && !isJsonObject(value)) {
    return [{
      severity: 'warning',
      id: 'documentParameterNotJson',
      message: `${subject} must be a JSON object${asOf}, got ${show(value)}, write it as JSON`,
    }];
  }
  if (allowedValues && !isAllowed(rule, allowedValues, value)) {
    // the nearest number, time or version is rarely the one that was meant
    const meant = /\d/.test(value) ? undefined : nearest(value, allowedValues);
    const fix = meant === undefined ? '' : `, use "${meant}"`;
    return [{
      severity: 'warning',
      id: 'documentParameterValue',
      message: `${subject} must be one of ${showList(allowedValues)}${asOf}, got ${show(value)}${fix}`,
    }];
  }
  if (isOutside(value.length, minChars, maxChars)) {
    return [{
      severity: 'warning',
      id: 'documentParameterLength',
      message: `${subject} must have ${showRange('character', minChars, maxChars)}${asOf}, got ${value.length}`,
    }];
  }
  if (allowedPattern !== undefined && isComparable(value) && !new RegExp(allowedPattern).test(value)) {
    return [{
      severity: 'warning',
      id: 'documentParameterPattern',
      message: `${subject} must match the pattern ${allowedPattern}${asOf}, got ${show(value)}`,
    }];
  }
  return [];
}

function checkValues({ documentName, parameters, asOf }: ParameterRules, given: GivenParameters): DocumentFinding[] {
  return Object.keys(given).filter((name) => Object.hasOwn(parameters, name)).flatMap((name) => {
    const rule = parameters[name];
    const subject = `'parameters.${name}' of ${documentName}`;
    const count = valuesOf(given[name])?.length;
    const findings: DocumentFinding[] = [];
    const { minItems, maxItems = SCALAR_TYPE.test(rule.type) ? 1 : undefined } = rule;
    if (count !== undefined && isOutside(count, minItems, maxItems)) {
      findings.push({
        severity: 'warning',
        id: 'documentParameterItems',
        message: `${subject} must have ${showRange('value', minItems, maxItems)}${asOf}, got ${count}`,
      });
    }
    return [...findings, ...literalValues(given[name]).flatMap((value) => checkValue(subject, rule, asOf, value))];
  });
}

/**
 * Checks the parameters of a task against what its document declares.
 *
 * A missing one is an error. Everything else is a warning, for documents get wider over the years.
 */
export function checkParameters(rules: ParameterRules, given: GivenParameters): DocumentFinding[] {
  return [...checkMissing(rules, given), ...checkUnknown(rules, given), ...checkValues(rules, given)];
}
