import { attributeOf } from '../expression';
import { isObject, visitJson, type Json } from '../json';

/** The arguments of every call of an intrinsic function inside a value. */
export function intrinsicsOf(value: Json, name: string): Json[] {
  const found: Json[] = [];
  visitJson(value, item => {
    if (isObject(item) && Object.keys(item).length === 1 && item[name] !== undefined) {
      found.push(item[name]);
    }
  });
  return found;
}

/** Names of the parameters and resources that a value refers to. */
export function referencesOf(value: Json): string[] {
  const refs = intrinsicsOf(value, 'Ref').filter((name): name is string => typeof name === 'string');
  const attributes = intrinsicsOf(value, 'Fn::GetAtt').map(attributeOf).flatMap(attribute => attribute ? [attribute.resource] : []);
  const substitutions = intrinsicsOf(value, 'Fn::Sub').map(argument => Array.isArray(argument) ? argument[0] : argument)
    .flatMap(text => typeof text === 'string' ? [...text.matchAll(/\$\{([^!.}][^.}]*)/g)].map(match => match[1].trim()) : []);
  return [...refs, ...attributes, ...substitutions];
}
