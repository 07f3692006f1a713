import type { Properties, Value } from './value';
import { UNKNOWN } from './value';

/** Whether a value of a template is an intrinsic function or a reference: a map with its name alone. */
export function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const [key, ...others] = Object.keys(value);
  const isReference = (key === 'Ref' || key === 'Condition') && typeof (value as Record<string, unknown>)[key] === 'string';
  return key !== undefined && others.length === 0 && (isReference || key.startsWith('Fn::'));
}

/** A value of a template as the rules take it: an intrinsic function stands for a value that is not known. */
export function fromTemplate(value: unknown): Value {
  if (isIntrinsic(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.map(fromTemplate);
  }
  return typeof value === 'object' && value !== null ? propertiesFromTemplate(value) : value as Value;
}

/** The properties of a resource of a template; what is undefined is not rendered. */
export function propertiesFromTemplate(properties: object): Properties {
  const rendered = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(rendered.map(([name, value]) => [name, fromTemplate(value)]));
}

