import { ConfigInstance, type ConfigResource, type ConfigScope } from './config-instance';
import { expressionIn, type Expression, type Step, type Traversal } from './expression';
import type { Parameters } from './parameters';
import { namesIn } from './reference-names';
import { partsOf, type Part } from './template';
import { Deferred, isMap, type Value } from './value';
import { ImportError } from '../../errors';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';

/** What a configuration defines. */
interface Definitions {
  readonly variables: { readonly [name: string]: JsonObject };
  readonly locals: JsonObject;
  readonly resources: ReadonlyMap<string, ConfigResource>;
}

/** More than anybody writes: an expression that needs more refers to itself. */
const MAX_DEPTH = 100;
const MAX_STEPS = 100_000;

/** Finds the values of expressions; what only Terraform can tell becomes a parameter. */
export class Evaluator {
  /** The variables whose default was taken. */
  readonly defaults = new Set<string>();
  private readonly expanded = new Map<ConfigResource, readonly ConfigInstance[] | undefined>();
  private depth = 0;
  private steps = 0;

  constructor(
    private readonly definitions: Definitions,
    private readonly parameters: Parameters,
    private readonly expand: (resource: ConfigResource, evaluator: Evaluator) => readonly ConfigInstance[] | undefined,
  ) {}

  /** @param hint the name of the attribute, for what takes its place */
  public evaluate(value: Json, scope: ConfigScope, hint: string): Value {
    return this.nested(scope, () => {
      if (Array.isArray(value)) {
        return value.map(item => this.evaluate(item, scope, hint));
      }
      if (isObject(value)) {
        return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.evaluate(item, scope, name)]));
      }
      return typeof value === 'string' ? this.text(value, scope, hint) : value;
    });
  }

  /** A value that Terraform must know before it can tell the resources; undefined if it is not known here. */
  public known(value: Json, scope: ConfigScope): Value | undefined {
    const parts = typeof value === 'string' ? partsOf(value) : undefined;
    const [part] = parts ?? [];
    return parts?.length === 1 && typeof part === 'object' ? this.expression(part.expression, scope) : this.evaluate(value, scope, 'for_each');
  }

  /** The resources of a block; undefined if their number is not known. */
  public instancesOf(resource: ConfigResource): readonly ConfigInstance[] | undefined {
    if (!this.expanded.has(resource)) {
      this.expanded.set(resource, this.nested(resource, () => this.expand(resource, this)));
    }
    return this.expanded.get(resource);
  }

  private nested<T>(scope: ConfigScope, produce: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw new ImportError(scope.place, undefined, `must not refer to itself, got more than ${MAX_DEPTH} values one inside the other, fix it`);
    }
    if (++this.steps > MAX_STEPS) {
      throw new ImportError(scope.place, undefined, `must not make more than ${MAX_STEPS} values, got more, split the configuration`);
    }
    const result = produce();
    this.depth--;
    return result;
  }

  private text(text: string, scope: ConfigScope, hint: string): Value {
    const parts = partsOf(text);
    return parts === undefined ? this.standIn(text, text, scope, hint) : this.joined(parts, scope, hint);
  }

  private joined(parts: readonly Part[], scope: ConfigScope, hint: string): Value {
    const values = parts.map(part => typeof part === 'string' ? part : this.part(part.expression, scope, hint));
    return values.length === 1 ? values[0] : concatenated(values.map((value, index) => {
      const part = parts[index];
      return typeof part === 'string' || value instanceof Deferred || typeof value !== 'object' ? value : this.unknown(part.expression, scope, hint);
    }));
  }

  private part(expression: string, scope: ConfigScope, hint: string): Value {
    return this.expression(expression, scope) ?? this.unknown(expression, scope, hint);
  }

  private unknown(expression: string, scope: ConfigScope, hint: string): Deferred {
    return this.standIn(expression, `\${${expression}}`, scope, hint);
  }

  private standIn(expression: string, text: string, scope: ConfigScope, hint: string): Deferred {
    const names = namesIn(expression);
    const variable = /^var\.([\w-]+)$/.exec(expression)?.[1];
    const description = variable === undefined ? undefined : valueOf(this.definitions.variables, variable)?.description;
    const isOfKey = /\b(each|count)\./.test(expression);
    return this.parameters.standIn({
      source: JSON.stringify([expression, isOfKey ? scope.key ?? null : null]),
      names: names.length > 0 ? names : [hint],
      text,
      reason: 'is known to Terraform only',
      ...typeof description === 'string' && description !== '' && { description },
      place: scope.place,
      ...scope.key !== undefined && { key: scope.key },
    });
  }

  private expression(text: string, scope: ConfigScope): Value | undefined {
    const expression = expressionIn(text);
    return expression && this.compute(expression, scope);
  }

  private compute(expression: Expression, scope: ConfigScope): Value | undefined {
    return this.nested(scope, () => {
      switch (expression.kind) {
        case 'literal': return expression.value;
        case 'text': return this.joined(expression.parts, scope, 'text');
        case 'conversion': return this.compute(expression.argument, scope);
        case 'list': return all(expression.items.map(item => this.compute(item, scope)));
        case 'traversal': return this.traversed(expression, scope);
      }
    });
  }

  private traversed({ root, steps: [name, ...steps] }: Traversal, scope: ConfigScope): Value | undefined {
    const start = name?.kind === 'attribute' ? this.named(root, name.name, scope) : undefined;
    return start === undefined ? undefined : this.follow(start, steps, scope);
  }

  private named(root: string, name: string, scope: ConfigScope): Value | undefined {
    switch (root) {
      case 'each': return scope.each && (name === 'key' ? scope.each.key : name === 'value' ? scope.each.value : undefined);
      case 'count': return name === 'index' ? scope.count : undefined;
      case 'var': return this.variable(name);
      case 'local': return this.local(name, scope);
      default: return this.resource(`${root}.${name}`);
    }
  }

  private variable(name: string): Value | undefined {
    const variable = valueOf(this.definitions.variables, name);
    if (variable === undefined || !Object.hasOwn(variable, 'default')) {
      return undefined;
    }
    this.defaults.add(name);
    return variable.default;
  }

  /** What refers to a local value of another entity must not be a part of this one. */
  private local(name: string, { place, key }: ConfigScope): Value | undefined {
    const { locals } = this.definitions;
    return Object.hasOwn(locals, name) ? this.evaluate(locals[name], { place, ...key !== undefined && { key } }, name) : undefined;
  }

  private resource(address: string): Value | undefined {
    const resource = this.definitions.resources.get(address);
    const instances = resource && this.instancesOf(resource);
    if (instances === undefined) {
      return undefined;
    }
    const [first] = instances;
    return first !== undefined && first.index === undefined ? first : first?.scope.count !== undefined ? [...instances]
      : Object.fromEntries(instances.map(instance => [String(instance.index), instance]));
  }

  private follow(start: Value, steps: readonly Step[], scope: ConfigScope): Value | undefined {
    let value: Value | undefined = start;
    for (const [index, step] of steps.entries()) {
      if (step.kind === 'splat') {
        const items: Value[] = Array.isArray(value) ? value : [value];
        return isMap(value) ? undefined : all(items.map(item => this.follow(item, steps.slice(index + 1), scope)));
      }
      value = this.member(value, step.kind === 'attribute' ? step.name : this.compute(step.index, scope), scope);
      if (value === undefined) {
        return undefined;
      }
    }
    return value;
  }

  private member(value: Value, name: Value | undefined, { key }: ConfigScope): Value | undefined {
    if (typeof name !== 'string' && typeof name !== 'number') {
      return undefined;
    }
    if (value instanceof ConfigInstance) {
      return value.attribute(String(name), (item, scope) => this.evaluate(item, { ...scope, ...key !== undefined && { key } }, String(name)));
    }
    return isMap(value) ? valueOf(value, String(name)) : Array.isArray(value) ? value[Number(name)] : undefined;
  }
}

function all(values: ReadonlyArray<Value | undefined>): Value[] | undefined {
  return values.includes(undefined) ? undefined : values as Value[];
}

/** Texts and what is known only at deployment, one after the other. */
function concatenated(values: readonly Value[]): Value {
  const joined: Json[] = [];
  for (const value of values) {
    const last = joined.at(-1);
    if (value instanceof Deferred) {
      joined.push(value.intrinsic);
    } else if (typeof last === 'string') {
      joined[joined.length - 1] = `${last}${String(value)}`;
    } else {
      joined.push(String(value));
    }
  }
  const isText = joined.every(item => typeof item === 'string');
  return isText ? joined.join('') : new Deferred({ 'Fn::Join': ['', joined] }, values.map(value => value instanceof Deferred ? value.shown : String(value)).join(''));
}
