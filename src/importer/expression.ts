import { isObject, type Json } from './json';
import { substitutionParts } from '../rules/substitution';
import { isIntrinsic } from '../rules/template-value';

/** What a value of a template is, one level deep. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: Json[] }
  | { readonly kind: 'map'; readonly entries: Array<[string, Json]> }
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'attribute'; readonly resource: string; readonly attribute: string }
  | { readonly kind: 'concat'; readonly parts: Json[] }
  | { readonly kind: 'condition'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly argument: Json };

export function expressionOf(value: Json): Expression {
  if (Array.isArray(value)) {
    return { kind: 'list', items: value };
  }
  if (!isObject(value)) {
    return { kind: 'literal', value };
  }
  const name = intrinsicName(value);
  return name === undefined ? { kind: 'map', entries: Object.entries(value) } : intrinsic(name, value[name]);
}

/** True if the value, at any depth, is known only at deployment. */
export function hasIntrinsic(value: Json): boolean {
  if (Array.isArray(value)) {
    return value.some(hasIntrinsic);
  }
  return isObject(value) && (isIntrinsic(value) || Object.values(value).some(hasIntrinsic));
}

export function attributeOf(argument: Json): { resource: string; attribute: string } | undefined {
  if (typeof argument === 'string' && argument.includes('.')) {
    const dot = argument.indexOf('.');
    return { resource: argument.slice(0, dot), attribute: argument.slice(dot + 1) };
  }
  if (Array.isArray(argument) && argument.length === 2 && argument.every(part => typeof part === 'string')) {
    return { resource: argument[0] as string, attribute: argument[1] as string };
  }
  return undefined;
}

/** What the text of `Fn::Sub` consists of: texts, and values that refer to something. */
function substituted(text: string, variables: { [name: string]: Json }): Json[] {
  return substitutionParts(text).map((part) => {
    if ('literal' in part) {
      return part.literal;
    }
    const name = part.reference.trim();
    const attribute = attributeOf(name);
    return Object.hasOwn(variables, name) ? variables[name]
      : attribute && !name.startsWith('AWS::') ? { 'Fn::GetAtt': [attribute.resource, attribute.attribute] }
        : { Ref: name };
  });
}

function intrinsicName(value: { [key: string]: Json }): string | undefined {
  return isIntrinsic(value) ? Object.keys(value)[0] : undefined;
}

function intrinsic(name: string, argument: Json): Expression {
  if (name === 'Ref' && typeof argument === 'string') {
    return { kind: 'ref', name: argument };
  }
  if (name === 'Condition' && typeof argument === 'string') {
    return { kind: 'condition', name: argument };
  }
  if (name === 'Fn::GetAtt') {
    const attribute = attributeOf(argument);
    if (attribute) {
      return { kind: 'attribute', ...attribute };
    }
  }
  if (name === 'Fn::Sub') {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof text === 'string' && isObject(variables)) {
      return { kind: 'concat', parts: substituted(text, variables) };
    }
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && argument[0] === '' && Array.isArray(argument[1])) {
    return { kind: 'concat', parts: argument[1] };
  }
  return { kind: 'function', name, argument };
}
