import { traversalIn, type Step } from './expression';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';

/** A module as it is called: the same module may be called by several names, and each for several keys. */
export interface ModuleInstance {
  /** Its address, such as `module.x["a"]`; an empty text is the root module. */
  readonly address: string;
  readonly configuration: JsonObject;
  readonly caller?: ModuleInstance;
  /** What the caller gives to it. */
  readonly inputs: JsonObject;
  /** Its key in the caller's `for_each`, or its number. */
  readonly index?: string | number;
}

/** The member of an object that is an object, or an empty one. */
export function objectIn(value: Json | undefined, name: string): JsonObject {
  const found = isObject(value) ? valueOf(value, name) : undefined;
  return isObject(found) ? found : {};
}

/** The module with an address, and so those that call it; undefined if the configuration has none. */
export function moduleAt(root: JsonObject, address: string): ModuleInstance | undefined {
  const rootModule: ModuleInstance = { address: '', configuration: root, inputs: {} };
  if (address === '') {
    return rootModule;
  }
  const traversal = traversalIn(address);
  let module: ModuleInstance | undefined = rootModule;
  let steps: readonly Step[] = traversal?.root === 'module' ? traversal.steps : [];
  while (module !== undefined && steps.length > 0) {
    const [name, ...others] = steps;
    const index = indexOf(others[0]);
    module = name.kind === 'attribute' ? called(module, name.name, index) : undefined;
    // the next one begins with the word module
    steps = others.slice(index === undefined ? 1 : 2);
  }
  return module === rootModule ? undefined : module;
}

/** A module that another one calls. */
export function called(caller: ModuleInstance, name: string, index: string | number | undefined): ModuleInstance | undefined {
  const calls = objectIn(caller.configuration, 'module_calls');
  if (!Object.hasOwn(calls, name)) {
    return undefined;
  }
  const call = objectIn(calls, name);
  const own = `module.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`;
  return {
    address: caller.address === '' ? own : `${caller.address}.${own}`,
    configuration: objectIn(call, 'module'),
    caller,
    inputs: objectIn(call, 'expressions'),
    ...index !== undefined && { index },
  };
}

/** The literal index of a step. */
export function indexOf(step: Step | undefined): string | number | undefined {
  const value = step?.kind === 'index' && step.index.kind === 'literal' ? step.index.value : undefined;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** The configuration of a resource of a module. */
export function resourceIn({ configuration }: ModuleInstance, type: string, name: string): JsonObject | undefined {
  const resources = Array.isArray(configuration.resources) ? configuration.resources : [];
  return resources.filter(isObject).find(resource => resource.type === type && resource.name === name && resource.mode !== 'data');
}
