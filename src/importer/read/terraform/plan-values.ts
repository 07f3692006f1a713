import type { Instance } from './instances';
import type { Parameters } from './parameters';
import { resourceIn, type ModuleInstance } from './plan-modules';
import { referencesIn, scopeOf, usesIndex, type PlanReferences, type Scope } from './plan-references';
import { namesIn } from './reference-names';
import { Deferred, isMap, type Value, type ValueMap } from './value';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';
import type { EntityKind } from '../../model';

/** What the provider computes: it has no expression. */
const COMPUTED = ['id', 'arn', 'region', 'window_task_id'];

/** Puts into the values of a plan what stands in place of those that are known after apply. */
export class PlanValues {
  constructor(private readonly file: string, private readonly references: PlanReferences, private readonly parameters: Parameters) {}

  /** @param unknown `after_unknown` of the change: true for each value that is not known */
  public filled(instance: Instance, unknown: JsonObject, module: ModuleInstance): ValueMap {
    const expressions = resourceIn(module, instance.type, instance.name)?.expressions;
    const own = isObject(expressions) ? { ...expressions, ...expressions.tags !== undefined && { tags_all: expressions.tags } } : undefined;
    // tags_all holds the tags as well
    const known = [...COMPUTED, ...isMap(instance.values.tags_all) ? ['tags'] : []];
    const asked = Object.fromEntries(Object.entries(unknown).filter(([name]) => !known.includes(name)));
    return new Filler(this.file, this.references, this.parameters, instance, scopeOf(module, instance)).block(instance.values, asked, own, '');
  }
}

/** Fills the values of one resource. */
class Filler {
  constructor(
    private readonly file: string,
    private readonly references: PlanReferences,
    private readonly parameters: Parameters,
    private readonly instance: Instance,
    private readonly scope: Scope,
  ) {}

  /** @param expressions those of the block; undefined if a dynamic block made it, which the configuration of a plan does not show */
  public block(values: ValueMap, unknown: JsonObject, expressions: JsonObject | undefined, path: string): ValueMap {
    const names = [...new Set([...Object.keys(values), ...Object.keys(unknown)])];
    const isId = path === '' || valueOf(values, 'key') === 'WindowTargetIds';
    return Object.fromEntries(names.flatMap((name): Array<[string, Value]> => {
      const expression = expressions && (valueOf(expressions, name) ?? null);
      const value = this.value(valueOf(values, name), valueOf(unknown, name), expression, path === '' ? name : `${path}.${name}`, isId);
      return value === undefined ? [] : [[name, value]];
    }));
  }

  /** @param expression null if there is none, so that the provider computes the value */
  private value(value: Value | undefined, unknown: Json | undefined, expression: Json | undefined, path: string, isId: boolean): Value | undefined {
    if (unknown === true) {
      return expression === null ? undefined : this.unknown(expression, path, isId);
    }
    if (Array.isArray(unknown) && unknown.length > 0) {
      const items = Array.isArray(value) ? value : [];
      const blocks = longest(items, unknown).map((_, index) => ({ item: items[index] ?? null, isUnknown: unknown[index] ?? false, index }));
      return isObject(expression) && expression.references !== undefined ? this.list(items, unknown, expression, path, isId)
        : blocks.map(({ item, isUnknown, index }) => this.item(item, isUnknown, blockFor(expression, item, index), path, isId));
    }
    if (isObject(unknown)) {
      const given = isMap(value) ? value : {};
      const isBlock = !isObject(expression) || expression.references === undefined;
      return isBlock ? this.block(given, unknown, isObject(expression) ? expression : undefined, path) : this.map(given, unknown, expression, path);
    }
    return value;
  }

  private item(value: Value, unknown: Json, expression: Json | undefined, path: string, isId: boolean): Value {
    if (isObject(unknown)) {
      return this.block(isMap(value) ? value : {}, unknown, isObject(expression) ? expression : undefined, path);
    }
    return unknown === true ? this.standIn(expression, path) : this.value(value, unknown, expression, path, isId) ?? value;
  }

  /** A value that is not known at all: one ID, or all of a list. */
  private unknown(expression: Json | undefined, path: string, isId: boolean): Value {
    const isList = path.endsWith('values');
    const kind = isList ? 'target' : 'window';
    const found = isId && (isList || path === 'window_id') ? referencesIn(expression).map(name => this.follow(name, kind, expression)) : [undefined];
    const keys = found.flatMap(addresses => addresses ?? []);
    const isComplete = keys.length > 0 && !found.includes(undefined);
    if (isComplete && isList) {
      return keys.map(reference);
    }
    return isComplete && keys.length === 1 ? reference(keys[0]) : this.standIn(expression, path);
  }

  private follow(name: string, kind: EntityKind, expression: Json | undefined): readonly string[] | undefined {
    const { index: _, ...others } = this.scope;
    return this.references.follow(name, kind, usesIndex(expression) ? this.scope : others);
  }

  /** A list of which some texts are not known; the references stand in the order of the texts. */
  private list(values: Value[], unknown: Json[], expression: Json, path: string, isId: boolean): Value[] {
    const followed = isId ? referencesIn(expression).map(name => this.follow(name, 'target', expression)) : [];
    const open = unknown.filter(item => item === true).length;
    const keys = followed.flatMap(addresses => addresses ?? []);
    let next = 0;
    return longest(values, unknown).map((_, index) => {
      if (unknown[index] !== true) {
        return values[index] ?? null;
      }
      // as many references as texts: each has its own; otherwise all of a resource may have been listed
      const key = followed.length === unknown.length ? single(followed[index]) : keys.length === open ? keys[next++] : undefined;
      return key === undefined ? this.standIn(expression, `${path}[${index}]`) : reference(key);
    });
  }

  private map(values: ValueMap, unknown: JsonObject, expression: Json, path: string): ValueMap {
    const open = Object.keys(unknown).filter(name => unknown[name] === true);
    return Object.fromEntries([...Object.entries(values), ...open.map(name => [name, this.standIn(expression, `${path}.${name}`)] as const)]);
  }

  /** The text around a reference is not in the plan, so that a parameter may serve one place of one block only. */
  private standIn(expression: Json | undefined, path: string): Deferred {
    const { address, type, name, module } = this.instance;
    const references = referencesIn(expression);
    const isSame = expression !== undefined && !usesIndex(expression) && references.every(text => !text.startsWith('var.'));
    const block = isSame ? `${module} ${type}.${name}` : address;
    const names = references.length > 0 ? namesIn(references[0]) : [];
    return this.parameters.standIn({
      source: JSON.stringify([block, path, references]),
      names: names.length > 0 ? names : [name, path],
      text: references.length > 0 ? `${path} (from ${references.join(', ')})` : path,
      reason: 'is known after apply',
      description: `${path} of ${isSame ? `${type}.${name}` : address}${references.length > 0 ? `, from ${references.join(', ')}` : ''}`.slice(0, 1000),
      place: `${this.file}, ${address}`,
      key: address,
    });
  }
}

function longest(values: readonly Value[], unknown: readonly Json[]): readonly unknown[] {
  return values.length > unknown.length ? values : unknown;
}

function reference(key: string): Deferred {
  return new Deferred({ Ref: key }, key);
}

function single(keys: readonly string[] | undefined): string | undefined {
  return keys?.length === 1 ? keys[0] : undefined;
}

/** The expressions of a block: those of a set are in another order than the values, so that the name tells which. */
function blockFor(expression: Json | undefined, value: Value, index: number): Json | undefined {
  if (!Array.isArray(expression)) {
    return isObject(expression) && expression.references === undefined && expression.constant_value === undefined ? expression : undefined;
  }
  const name = isMap(value) ? valueOf(value, 'name') : undefined;
  const named = name === undefined ? undefined
    : expression.find(candidate => isObject(candidate) && isObject(candidate.name) && candidate.name.constant_value === name);
  return named ?? expression[index];
}
