import { ID_ATTRIBUTES, KINDS } from './attributes';
import { traversalIn, type Step } from './expression';
import type { Instance } from './instances';
import { called, indexOf, objectIn, resourceIn, type ModuleInstance } from './plan-modules';
import { isObject, valueOf, type Json } from '../../json';

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

/** Finds the windows, targets and tasks whose IDs a plan refers to. */
export class PlanReferences {
  private readonly cache = new Map<string, readonly string[] | undefined>();

  constructor(private readonly instances: readonly Instance[]) {}

  /** The addresses of what a reference leads to, in order; undefined if it leads elsewhere. */
  public follow(reference: string, scope: Scope, hops: number = 0): readonly string[] | undefined {
    const key = JSON.stringify([scope.module.address, scope.index ?? null, reference]);
    if (!this.cache.has(key) && hops < MAX_HOPS) {
      // a circle finds nothing here
      this.cache.set(key, undefined);
      this.cache.set(key, this.find(reference, scope, hops));
    }
    return this.cache.get(key);
  }

  private find(reference: string, scope: Scope, hops: number): readonly string[] | undefined {
    const traversal = traversalIn(reference);
    const [name, ...steps] = traversal?.steps ?? [];
    if (traversal === undefined || name?.kind !== 'attribute') {
      return undefined;
    }
    switch (traversal.root) {
      case 'var': return steps.length === 0 ? this.variable(name.name, scope, hops) : undefined;
      case 'module': return this.output(name.name, steps, scope, hops);
      case 'each': return name.name === 'value' && isIdOrNothing(steps) ? this.all(scope.forEach, scope, hops, true) : undefined;
      default: return Object.hasOwn(KINDS, traversal.root) ? this.resource(traversal.root, name.name, steps, scope) : undefined;
    }
  }

  private variable(name: string, { module }: Scope, hops: number): readonly string[] | undefined {
    const { caller, index, inputs } = module;
    return caller && this.all(valueOf(inputs, name), { module: caller, ...index !== undefined && { index } }, hops);
  }

  private output(name: string, steps: readonly Step[], scope: Scope, hops: number): readonly string[] | undefined {
    const given = indexOf(steps[0]);
    const [output, ...others] = given === undefined ? steps : steps.slice(1);
    if (output?.kind !== 'attribute' || others.length > 0) {
      return undefined;
    }
    const found = [given, scope.index, undefined].map(index => called(scope.module, name, index));
    const module = found.find(candidate => candidate && this.instances.some(instance => isWithin(instance.module, candidate.address)))
      ?? found.find(candidate => candidate !== undefined);
    return module && this.all(objectIn(objectIn(module.configuration, 'outputs'), output.name).expression, { module }, hops);
  }

  private resource(type: string, name: string, steps: readonly Step[], scope: Scope): readonly string[] | undefined {
    const given = indexOf(steps[0]);
    if (!isIdOrNothing(given === undefined ? steps : steps.slice(1))) {
      return undefined;
    }
    const all = this.instancesOf(type, name, scope.module);
    const wanted = given ?? scope.index;
    const chosen = all.filter(({ index }) => index === wanted);
    const found = given !== undefined || chosen.length > 0 ? chosen : all;
    return found.length === 0 ? undefined : found.map(({ address }) => address);
  }

  /** The resources that a block of a module makes. */
  public instancesOf(type: string, name: string, module: ModuleInstance): Instance[] {
    return this.instances.filter(instance => instance.type === type && instance.name === name && instance.module === module.address);
  }

  /** What all references of an expression lead to. */
  private all(expression: Json | undefined, scope: Scope, hops: number, isOwn: boolean = usesIndex(expression)): readonly string[] | undefined {
    const { index: _, ...others } = scope;
    const found = referencesIn(expression).map(reference => this.follow(reference, isOwn ? scope : others, hops + 1));
    return found.length === 0 || found.includes(undefined) ? undefined : found.flatMap(addresses => addresses ?? []);
  }
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
