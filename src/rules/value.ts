import { PartialText } from './partial-text';
import { UNKNOWN } from './unknown';

export { UNKNOWN } from './unknown';

/** A value of a property of CloudFormation. `undefined` is a property that is not set. */
export type Value = string | number | boolean | null | undefined | typeof UNKNOWN | PartialText | readonly Value[] | Properties;

/** Properties of a resource, by their names in CloudFormation. */
export interface Properties { readonly [name: string]: Value }

export function isMap(value: Value): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PartialText);
}

/** Whether there is nothing to check: the value is not set, or not known as a whole. */
export function isOpen(value: Value): value is null | undefined | typeof UNKNOWN | PartialText {
  return value === undefined || value === null || value === UNKNOWN || value instanceof PartialText;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The properties of a map, or none if the value is no map. */
export function mapOf(value: Value): Properties {
  return isMap(value) ? value : {};
}

/** The number in a number or a text: CloudFormation takes both. */
export function numberOf(value: Value): number | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : undefined;
}

/** CloudFormation takes booleans as text in any case. */
export function booleanOf(value: Value): boolean | undefined {
  const text = typeof value === 'boolean' || typeof value === 'string' ? String(value).toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** An instant in ISO 8601 with an offset, which the service demands. */
export function instantOf(value: Value): Date | undefined {
  const hasOffset = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const date = hasOffset ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** Characters as the API counts them: code points, so that one emoji is one. */
export function characters(text: string): number {
  return [...text].length;
}
