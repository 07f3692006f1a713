import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { knownText } from './text';
import type { Properties, Value } from '../rules/value';
import { UNKNOWN } from '../rules/value';

/** What the rules get of the properties of an L1 construct, whose names begin in lower case: tokens are not known. */
export function knownProperties(scope: IConstruct, properties: object): Properties {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), knownValue(scope, value)]));
}

function knownValue(scope: IConstruct, value: unknown): Value {
  if (typeof value === 'string') {
    return knownText(value, scope);
  }
  if (Token.isUnresolved(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map((item) => knownValue(scope, item));
  }
  return typeof value === 'object' && value !== null ? knownProperties(scope, value) : value as Value;
}
