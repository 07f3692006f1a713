import { OTHER_ATTRIBUTES, type Attribute, type Attributes } from './attributes';
import { shown } from './findings';
import { bodyOf, Deferred, isGiven, isMap, type Value, type ValueMap } from './value';
import { ImportError } from '../../errors';
import { valueOf, type Json, type JsonObject } from '../../json';
import { encodeBase64 } from '../../payload';

/** Where values stand, and who hears of what is lost. */
interface Context {
  readonly place: string;
  lose(what: string, reason: string): void;
}

/** The properties of CloudFormation that values of Terraform give. */
export function propertiesOf(values: ValueMap, attributes: Attributes, context: Context, path: string = ''): JsonObject {
  const properties: Array<[string, Json]> = [];
  for (const [name, value] of Object.entries(values)) {
    const attribute = valueOf(attributes, name);
    const inner = path === '' ? name : `${path}.${name}`;
    if (!isGiven(value) || name === '//' || (path === '' && attribute === undefined && OTHER_ATTRIBUTES.includes(name))) {
      continue;
    }
    if (attribute === undefined) {
      context.lose(inner, 'has no place in CloudFormation');
      continue;
    }
    const property = propertyOf(value, attribute, context, inner);
    if (property !== undefined) {
      properties.push([attribute.property, property]);
    }
  }
  return Object.fromEntries(properties);
}

/** Forms that a single value fills, which may be known only at deployment. */
const LEAVES: ReadonlyArray<Attribute['form']> = ['scalar', 'positive', 'texts', 'payload'];

function propertyOf(value: Value, { form }: Attribute, context: Context, path: string): Json | undefined {
  if (value instanceof Deferred && !LEAVES.includes(form)) {
    loseUnknown(value, context, path);
    return undefined;
  }
  switch (form) {
    case 'scalar': return plain(value);
    case 'positive': return Number(plain(value)) === 0 ? undefined : plain(value);
    case 'texts': return textsOf(value);
    case 'payload': return payload(value);
    case 'tags': return tags(value, context, path);
    case 'targets': return nonEmpty(blocks(value, context, path, 'key').map(([Key, Values]) => ({ Key, Values })));
    case 'parameters': return parameters(value, context, path);
    default: return block(value, form, context, path);
  }
}

/** A parameter holds a text, so it cannot take the place of a block or a map. */
function loseUnknown(value: Deferred, context: Context, path: string): void {
  context.lose(path, `must be known here, got ${shown(value.shown)}, run terraform show -json of the plan`);
}

function nonEmpty(items: Json[]): Json[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** A value as CloudFormation has it. */
function plain(value: Value): Json {
  if (value instanceof Deferred) {
    return value.intrinsic;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)])) : value;
}

/** What is known only at deployment is one text of the list, as a parameter holds one. */
function textsOf(value: Value): Json[] {
  return (Array.isArray(value) ? value : [value]).filter(item => item !== null).map(plain);
}

function payload(value: Value): Json {
  return value instanceof Deferred ? { 'Fn::Base64': value.intrinsic } : encodeBase64(String(value));
}

function tags(value: Value, context: Context, path: string): Json | undefined {
  if (!isMap(value)) {
    throw new ImportError(context.place, undefined, `${path} must be a map, got another kind of value, fix it`);
  }
  const names = Object.keys(value).filter(name => value[name] !== null).sort();
  return names.length === 0 ? undefined : names.map(Key => ({ Key, Value: plain(value[Key]) }));
}

function parameters(value: Value, context: Context, path: string): Json | undefined {
  const named = blocks(value, context, path, 'name').flatMap(([name, values], index): Array<[string, Json]> => {
    if (typeof name === 'string') {
      return [[name, values]];
    }
    context.lose(`${path}[${index}]`, 'the name of a parameter must be known here, run terraform show -json of the plan');
    return [];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/** Blocks of a name or key with its values. */
function blocks(value: Value, context: Context, path: string, member: string): Array<[Json, Json[]]> {
  return (Array.isArray(value) ? value : [value]).flatMap((item, index): Array<[Json, Json[]]> => {
    const place = `${path}[${index}]`;
    if (item instanceof Deferred) {
      loseUnknown(item, context, place);
      return [];
    }
    const name = isMap(item) ? valueOf(item, member) : undefined;
    if (!isMap(item) || !isGiven(name)) {
      throw new ImportError(context.place, undefined, `${place} must have a ${member} and values, got no ${member}, add it`);
    }
    Object.keys(item).filter(other => ![member, 'values'].includes(other) && isGiven(item[other]))
      .forEach(other => context.lose(`${place}.${other}`, 'has no place in CloudFormation'));
    return [[plain(name), textsOf(valueOf(item, 'values') ?? [])]];
  });
}

function block(value: Value, attributes: Attributes, context: Context, path: string): Json | undefined {
  const body = bodyOf(value);
  if (body === undefined) {
    throw new ImportError(context.place, undefined, `${path} must be one block, got ${Array.isArray(value) ? value.length : 'another kind of value'}, fix it`);
  }
  const properties = propertiesOf(body, attributes, context, path);
  return Object.keys(properties).length === 0 ? undefined : properties;
}
