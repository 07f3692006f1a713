import { ConfigInstance, type ConfigResource } from './config-instance';
import type { Evaluator } from './evaluator';
import { isMap, type Value } from './value';
import { ImportError } from '../../errors';

/** More resources than an account may have windows, targets and tasks of one block. */
const MAX_INSTANCES = 1000;

/**
 * The resources that a block makes, one unless it has `for_each` or `count`; undefined if their number is not known.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/for_each
 */
export function instancesOf(file: string, resource: ConfigResource, evaluator: Evaluator): ConfigInstance[] | undefined {
  const { address, place, body } = resource;
  const instance = (index: string | number | undefined, scope: Partial<ConfigInstance['scope']>) => {
    const key = index === undefined ? address : `${address}[${JSON.stringify(index)}]`;
    return new ConfigInstance(resource, key, { place: `${file}, ${key}`, key, ...scope });
  };
  if (body.for_each !== undefined && body.for_each !== null) {
    const items = itemsOf(evaluator.known(body.for_each, { place }));
    requireFew(place, 'for_each', items?.length ?? 0);
    return items?.map(([key, value]) => instance(key, { each: { key, value } }));
  }
  if (body.count !== undefined && body.count !== null) {
    const count = Number(numberIn(evaluator.known(body.count, { place })));
    requireFew(place, 'count', count);
    return Number.isInteger(count) && count >= 0 ? Array.from({ length: count }, (_, index) => instance(index, { count: index })) : undefined;
  }
  return [instance(undefined, {})];
}

function requireFew(place: string, name: string, count: number): void {
  if (count > MAX_INSTANCES) {
    throw new ImportError(place, undefined, `${name} must make at most ${MAX_INSTANCES} resources, got ${count}, split the block`);
  }
}

/** The keys and values of a map, or the texts of a set, which are both, in the order of Terraform. */
function itemsOf(value: Value | undefined): Array<[string, Value]> | undefined {
  if (isMap(value)) {
    return Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  }
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string' || typeof item === 'number')) {
    return undefined;
  }
  return [...new Set(value.map(String))].sort().map(item => [item, item]);
}

function numberIn(value: Value | undefined): number | string | undefined {
  return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? value : undefined;
}
