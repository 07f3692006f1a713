import { Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import { validationError } from './errors';

/**
 * A copy whose maps have sorted keys, so that the text made of it does not depend on the order in which a language keeps a map.
 * Resolvables are left as they are.
 */
export function sorted(value: unknown, prop: string, ancestors: readonly unknown[] = []): unknown {
  if (typeof value === 'number' && !Number.isFinite(value) && !Token.isUnresolved(value)) {
    throw validationError(undefined, `'${prop}' must hold numbers that JSON has, got ${value}, give a finite number`);
  }
  if (['bigint', 'function', 'symbol'].includes(typeof value)) {
    throw validationError(undefined, `'${prop}' must hold values that JSON has, got a ${typeof value}, give a text, a number, true or false, null, a list or an object`);
  }
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value) || Reference.isReference(value)) {
    return value;
  }
  if (ancestors.includes(value)) {
    throw validationError(undefined, `'${prop}' must not contain itself, got a circular object`);
  }
  const path = [...ancestors, value];
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item, prop, path));
  }
  if (hasToJson(value)) {
    return sorted(value.toJSON(), prop, path);
  }
  return sortedRecord(value as Record<string, unknown>, (item) => sorted(item, prop, path));
}

export function sortedRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.keys(record).sort().map((key) => [key, map(record[key])]));
}

/** Whether the JSON of a value is what `JSON.stringify()` makes of it: nothing in it is resolved by CDK or by CloudFormation. */
export function isLiteral(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean': return true;
    case 'string': return !Token.isUnresolved(value);
    case 'number': return Number.isFinite(value) && !Token.isUnresolved(value);
    case 'object': return value !== null && !Token.isUnresolved(value) && Object.entries(value).every(([key, item]) => isLiteralKey(key) && isLiteral(item));
    default: return false;
  }
}

function isLiteralKey(key: string): boolean {
  return !Token.isUnresolved(key) && key !== 'Ref' && !key.startsWith('Fn::');
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
