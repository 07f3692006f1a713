import { ImportError } from '../../errors';
import { isObject, type Json, type JsonObject } from '../../json';

/** A block of a configuration. */
export interface ConfigBlock {
  /** What stands between its keyword and its body, such as the type and the name of a resource. */
  readonly labels: readonly string[];
  readonly body: JsonObject;
}

/**
 * The blocks with a keyword; at each level Terraform takes an object or a list of objects.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function blocksIn(file: string, content: JsonObject, keyword: string, labels: number): ConfigBlock[] {
  return Object.hasOwn(content, keyword) ? unlabelled(file, keyword, content[keyword], labels, []) : [];
}

function unlabelled(file: string, path: string, value: Json, depth: number, labels: readonly string[]): ConfigBlock[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unlabelled(file, `${path}[${index}]`, item, depth, labels));
  }
  if (!isObject(value)) {
    throw new ImportError(file, path, 'must be an object or a list of objects, got another kind of value, fix it');
  }
  return depth === 0 ? [{ labels, body: value }] : Object.entries(value)
    .filter(([label]) => label !== '//')
    .flatMap(([label, item]) => unlabelled(file, `${path}.${label}`, item, depth - 1, [...labels, label]));
}
