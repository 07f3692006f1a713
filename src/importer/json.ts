/** A value as JSON has it, with CloudFormation's intrinsic functions in their long form. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

export interface JsonObject { [key: string]: Json }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that a table has for a name of the source, which may be that of a member every object has, such as `constructor`. */
export function valueOf<T>(table: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** JSON with sorted keys, so that equal values have equal text. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (isObject(value)) {
    return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Applies `change` to every value from the inside out; undefined keeps the value. */
export function mapJson(value: Json, change: (value: Json) => Json | undefined): Json {
  let mapped: Json = value;
  if (Array.isArray(value)) {
    mapped = value.map(item => mapJson(item, change));
  } else if (isObject(value)) {
    mapped = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapJson(item, change)]));
  }
  return change(mapped) ?? mapped;
}

/** Calls `visit` with every value, outer ones first. */
export function visitJson(value: Json, visit: (value: Json) => void): void {
  visit(value);
  if (Array.isArray(value)) {
    value.forEach(item => visitJson(item, visit));
  } else if (isObject(value)) {
    Object.values(value).forEach(item => visitJson(item, visit));
  }
}
