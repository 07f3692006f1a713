import { ID_ATTRIBUTES, KINDS } from './attributes';
import { traversalIn, type Step } from './expression';
import type { Instance } from './instances';
import { called, indexOf, objectIn, resourceIn, type ModuleInstance } from './plan-modules';
import { isObject, valueOf, type Json } from '../../json';
import type { EntityKind } from '../../model';

/** Where an expression stands. */
export interface Scope {
  readonly module: ModuleInstance;
  /** `each.key` or `count.index` there. */
  readonly index?: string | number;
  /** The configuration of the resource, which `each.value` leads to. */
  readonly forEach?: Json;
}

/** More than anybody writes: a value that passes this many modules and variables is a circle. */
const MAX_HOPS = 100;
const INDICES = ['each.key', 'each.value', 'count.index'];

/** What an expression refers to, without the shorter forms that Terraform adds after each: of `a.b.c` it lists `a.b` as well. */
export function referencesIn(expression: Json | undefined): string[] {
  const listed = isObject(expression) && Array.isArray(expression.references) ? expression.references : [];
  const leading: string[] = [];
  for (const reference of listed) {
    const last = leading.at(-1);
    const isShorter = last !== undefined && typeof reference === 'string' && last.startsWith(reference) && /^[.[]/.test(last.slice(reference.length));
    if (typeof reference === 'string' && !isShorter) {
      leading.push(reference);
    }
  }
  // of an index that is not literal, Terraform lists the resource and the index
  const others = leading.filter(reference => !['each.key', 'count.index'].includes(reference));
  return others.length > 0 ? others : leading;
}

/** Whether an expression has another value for each key, so that it leads to one of several resources. */
export function usesIndex(expression: Json | undefined): boolean {
  return isObject(expression) && Array.isArray(expression.references)
    && expression.references.some(reference => INDICES.some(index => reference === index || String(reference).startsWith(`${index}.`)));
}

/** Finds the windows and targets whose IDs a plan refers to. */
export class PlanReferences {
  private readonly cache = new Map<string, readonly string[] | undefined>();

  constructor(private readonly instances: readonly Instance[]) {}

  /** The addresses of what a reference leads to, in order; undefined if it leads to anything but resources of that kind. */
  public follow(reference: string, kind: EntityKind, scope: Scope, hops: number = 0): readonly string[] | undefined {
    const key = JSON.stringify([scope.module.address, scope.index ?? null, kind, reference]);
    if (!this.cache.has(key) && hops < MAX_HOPS) {
      // a circle finds nothing here
      this.cache.set(key, undefined);
      this.cache.set(key, this.find(reference, kind, scope, hops));
    }
    return this.cache.get(key);
  }

  /** The resources that a block of a module makes. */
  public instancesOf(type: string, name: string, module: ModuleInstance): Instance[] {
    return this.instances.filter(instance => instance.type === type && instance.name === name && instance.module === module.address);
  }

  private find(reference: string, kind: EntityKind, scope: Scope, hops: number): readonly string[] | undefined {
    const { root = '', steps: [name, ...steps] = [] } = traversalIn(reference) ?? {};
    if (name?.kind !== 'attribute') {
      return undefined;
    }
    const follow = (expression: Json | undefined, inner: Scope, isOwn?: boolean) => this.each(expression, kind, inner, hops, isOwn);
    switch (root) {
      case 'var': return chosen(follow(variableOf(name.name, scope.module), callerOf(scope.module)), steps);
      case 'module': return this.output(name.name, steps, scope, follow);
      case 'each': return name.name === 'value' ? chosen(follow(scope.forEach, scope, true), steps) : undefined;
      default: return valueOf(KINDS, root) === kind ? this.resource(root, name.name, steps, scope) : undefined;
    }
  }

  private output(name: string, steps: readonly Step[], scope: Scope, follow: Follow): readonly string[] | undefined {
    const given = indexOf(steps[0]);
    const [output, ...others] = given === undefined ? steps : steps.slice(1);
    const modules = [given, scope.index, undefined].flatMap(index => called(scope.module, name, index) ?? []);
    const module = modules.find(({ address }) => this.instances.some(instance => isWithin(instance.module, address))) ?? modules[0];
    const outputs = objectIn(module?.configuration, 'outputs');
    if (module === undefined || output === undefined) {
      // of an index that is not literal, Terraform does not list the output
      return module && only(Object.keys(outputs).flatMap(key => follow(objectIn(outputs, key).expression, { module })));
    }
    return output.kind === 'attribute' ? chosen(follow(objectIn(outputs, output.name).expression, { module }), others) : undefined;
  }

  private resource(type: string, name: string, steps: readonly Step[], scope: Scope): readonly string[] | undefined {
    const given = indexOf(steps[0]);
    if (!isIdOrNothing(given === undefined ? steps : steps.slice(1))) {
      return undefined;
    }
    const all = this.instancesOf(type, name, scope.module);
    const wanted = given ?? scope.index;
    const matching = all.filter(({ index }) => index === wanted);
    const found = given !== undefined || matching.length > 0 ? matching : all;
    return found.length === 0 ? undefined : found.map(({ address }) => address);
  }

  /** What each reference of an expression leads to. */
  private each(expression: Json | undefined, kind: EntityKind, scope: Scope, hops: number, isOwn: boolean = usesIndex(expression)): Found {
    const { index: _, ...others } = scope;
    return referencesIn(expression).map(reference => this.follow(reference, kind, isOwn ? scope : others, hops + 1));
  }
}

/** What references lead to, one by one. */
type Found = ReadonlyArray<readonly string[] | undefined>;

type Follow = (expression: Json | undefined, scope: Scope) => Found;

/** Of a whole value, all; of a member of it, which Terraform does not list apart, the only one of its kind. */
function chosen(found: Found, steps: readonly Step[]): readonly string[] | undefined {
  if (steps.length > 0) {
    return only(found);
  }
  return found.length === 0 || found.includes(undefined) ? undefined : found.flatMap(addresses => addresses ?? []);
}

function only(found: Found): readonly string[] | undefined {
  const distinct = new Set(found.flatMap(addresses => addresses ?? []));
  return distinct.size === 1 ? [...distinct] : undefined;
}

function variableOf(name: string, { caller, inputs }: ModuleInstance): Json | undefined {
  return caller && valueOf(inputs, name);
}

function callerOf({ caller, index }: ModuleInstance): Scope {
  return { module: caller ?? { address: '', configuration: {}, inputs: {} }, ...index !== undefined && { index } };
}

function isIdOrNothing(steps: readonly Step[]): boolean {
  const [step, ...others] = steps;
  return step === undefined || (others.length === 0 && step.kind === 'attribute' && ID_ATTRIBUTES.includes(step.name));
}

function isWithin(module: string, address: string): boolean {
  return module === address || module.startsWith(`${address}.`);
}

/** The scope of a resource of a plan. */
export function scopeOf(module: ModuleInstance, { type, name, index }: Instance): Scope {
  return { module, ...index !== undefined && { index }, forEach: resourceIn(module, type, name)?.for_each_expression };
}
