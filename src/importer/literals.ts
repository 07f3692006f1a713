import { hasIntrinsic, isIntrinsic } from './expression';
import { isObject, type Json, type JsonObject } from './json';
import { isDefaultRoleArn } from '../rules/role';
import { UNKNOWN, type Properties, type Value } from '../rules/value';

/** False if the value is missing or known only at deployment. */
export function isLiteral(value: Json | undefined): value is Json {
  return value !== undefined && !hasIntrinsic(value);
}

/** The number in a number or a text, or undefined if it is known only at deployment. */
export function literalNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined;
}

/** The properties as the rules take them: an intrinsic function stands for a value that is not known. */
export function knownValues(properties: JsonObject): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, knownValue(value)]));
}

function knownValue(value: Json): Value {
  if (Array.isArray(value)) {
    return value.map(knownValue);
  }
  return isObject(value) ? isIntrinsic(value) ? UNKNOWN : knownValues(value) : value;
}

/** Whether a task with this role runs as one without a role. */
export function isDefaultRole(roleArn: Json | undefined): boolean {
  return isDefaultRoleArn(roleArn === undefined ? undefined : knownValue(roleArn));
}
