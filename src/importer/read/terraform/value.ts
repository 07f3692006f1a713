import type { JsonObject } from '../../json';

/**
 * A value that only the deployment knows, as CloudFormation says it.
 *
 * A class of its own, because a map of Terraform may have any names, those of CloudFormation's functions among them.
 */
export class Deferred {
  /** @param shown what Terraform says in its place, for messages */
  constructor(readonly intrinsic: JsonObject, readonly shown: string) {}
}

/** A value of Terraform. */
export type Value = string | number | boolean | null | Value[] | ValueMap | Deferred;

export interface ValueMap { [name: string]: Value }

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Deferred);
}

/** Whether there is a value: the provider sends nothing for null, an empty text or an empty list. */
export function isGiven(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** The body of a block, which Terraform writes as an object or as a list with one object; null is a block with nothing in it. */
export function bodyOf(value: Value): ValueMap | undefined {
  const body = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return body === null ? {} : isMap(body) ? body : undefined;
}
