import { isObject, valueOf as ownValue, type Json, type JsonObject } from '../importer/json';
import { substitutionParts } from '../rules/substitution';

/** A value that a template leaves to deployment. */
export const UNKNOWN = Symbol('unknown');

export type Known = Json | typeof UNKNOWN;

/** Gives the value of an argument of a function. */
type Resolve = (value: Json) => Known;

/** A list without what is `AWS::NoValue`, if all of it is known. */
export function listOf(items: readonly Json[], resolve: Resolve): Known {
  const values = items.map(resolve);
  return isKnown(values) ? values.filter((value, index) => value !== null || items[index] === null) : UNKNOWN;
}

export function joined(argument: Json, resolve: Resolve): Known {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  const values = parts === undefined ? UNKNOWN : resolve(parts);
  return typeof separator === 'string' && Array.isArray(values) ? values.map(String).join(separator) : UNKNOWN;
}

export function split(argument: Json, resolve: Resolve): Known {
  const [separator, source] = Array.isArray(argument) ? argument : [];
  const text = source === undefined ? UNKNOWN : resolve(source);
  return typeof separator === 'string' && separator !== '' && typeof text === 'string' ? text.split(separator) : UNKNOWN;
}

/** Only the element that is chosen has to be known, if the list is written down. */
export function selected(argument: Json, resolve: Resolve): Known {
  const [position, source] = Array.isArray(argument) ? argument : [];
  const index = position === undefined ? UNKNOWN : resolve(position);
  if (index === UNKNOWN || source === undefined || !/^\d+$/.test(String(index))) {
    return UNKNOWN;
  }
  const items = Array.isArray(source) ? source : resolve(source);
  const item = Array.isArray(items) ? items[Number(index)] : undefined;
  const value = item === undefined || items !== source ? item : resolve(item);
  return value ?? UNKNOWN;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html */
export function mapped(mappings: Json | undefined, argument: Json, resolve: Resolve): Known {
  const [keys, options] = Array.isArray(argument) ? [listOf(argument.slice(0, 3), resolve), argument[3]] : [UNKNOWN, undefined];
  if (!Array.isArray(keys) || keys.length !== 3) {
    return UNKNOWN;
  }
  const entry = (level: Json | undefined, key: Json) => (isObject(level) ? ownValue(level, String(key)) : undefined);
  const found = keys.reduce<Json | undefined>(entry, mappings);
  const otherwise = isObject(options) ? ownValue(options, 'DefaultValue') : undefined;
  return found ?? (otherwise === undefined ? UNKNOWN : resolve(otherwise));
}

export function substituted(argument: Json, resolve: Resolve): Known {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isObject(variables)) {
    return UNKNOWN;
  }
  const parts = substitutionParts(text).map((part) => ('literal' in part ? part.literal : resolve(variableOf(variables, part.reference))));
  return isKnown(parts) && parts.every((part) => typeof part !== 'object') ? parts.map(String).join('') : UNKNOWN;
}

function variableOf(variables: JsonObject, name: string): Json {
  return ownValue(variables, name) ?? { Ref: name };
}

function isKnown(values: readonly Known[]): values is Json[] {
  return !values.includes(UNKNOWN);
}
