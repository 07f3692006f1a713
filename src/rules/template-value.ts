import { joinedText } from './partial-text';
import { substitutionParts } from './substitution';
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

/** A value of a template as the rules take it: of an intrinsic function is known what it joins, as far as that is literal. */
export function fromTemplate(value: unknown): Value {
  if (isIntrinsic(value)) {
    return textOf(joinedBy(value as Record<string, unknown>));
  }
  if (typeof value === 'string') {
    return joinedText([value]);
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

/** What an intrinsic function joins to a text: a text, or the value that stands between texts. */
type JoinedParts = readonly unknown[] | undefined;

function joinedBy(intrinsic: Record<string, unknown>): JoinedParts {
  const [[name, argument]] = Object.entries(intrinsic);
  if (name === 'Fn::Sub') {
    const [text, variables] = Array.isArray(argument) ? argument as unknown[] : [argument, {}];
    return typeof text === 'string' && typeof variables === 'object' && variables !== null
      ? substitutionParts(text).map((part) => ('literal' in part ? part.literal
        : Object.hasOwn(variables, part.reference) ? (variables as Record<string, unknown>)[part.reference] : { Ref: part.reference }))
      : undefined;
  }
  const [separator, parts] = name === 'Fn::Join' && Array.isArray(argument) ? argument as unknown[] : [];
  return typeof separator === 'string' && Array.isArray(parts)
    ? parts.flatMap((part: unknown, index) => (index === 0 ? [part] : [separator, part]))
    : undefined;
}

function textOf(parts: JoinedParts): Value {
  return parts ? joinedText(parts.map((part) => {
    const { Ref: name } = (part ?? {}) as { Ref?: unknown };
    return typeof part === 'string' || typeof part === 'number' ? String(part) : { hole: typeof name === 'string' ? name : undefined };
  })) : UNKNOWN;
}
