import { isIntrinsic } from '../../rules/template-value';
import { booleanOf, instantOf } from '../../rules/value';
import { expressionOf } from '../expression';
import { canonical, isObject, mapJson, type Json, type JsonObject } from '../json';
import { isDefaultRole } from '../literals';
import type { EntityKind } from '../model';
import { decodeBase64, encodeBase64 } from '../payload';

/** Properties whose lists are sets. */
const SETS = /(^|\.)(Targets|Values|Tags|NotificationEvents|DependsOn)$/;
const NUMBERS = new Set(['Duration', 'Cutoff', 'ScheduleOffset', 'Priority', 'TimeoutSeconds']);
const BOOLEANS = new Set(['AllowUnassociatedTargets', 'CloudWatchOutputEnabled']);
const INSTANTS = new Set(['StartDate', 'EndDate']);

/**
 * Properties in a form in which equal meaning is equal JSON: an instant whatever its offset, lists that are sets sorted, numbers and booleans
 * out of texts, a payload as the text that it holds, `Fn::Sub` and `Fn::Join` as what they join.
 */
export function normalizedProperties(kind: EntityKind, properties: JsonObject): JsonObject {
  const { ServiceRoleArn: role, ...rest } = properties;
  const normalized = normalize(kind === 'task' && isDefaultRole(role) ? rest : properties, '') as JsonObject;
  return kind === 'task' ? withMergedTargets(normalized) : normalized;
}

/** Any other value of a template: conditions, parameters, attributes. */
export function normalizedValue(value: Json): Json {
  return mapJson(value, item => isObject(item) ? normalizedIntrinsic(item) : typeof item === 'number' || typeof item === 'boolean' ? String(item) : undefined);
}

function normalize(value: Json, path: string): Json {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (isObject(value) && isIntrinsic(value)) {
    const normalized = normalizedValue(value);
    return typeof normalized === 'string' ? scalar(normalized, name) : normalized;
  }
  if (Array.isArray(value)) {
    const items = value.map(item => normalize(item, path));
    return SETS.test(path) ? distinct(items) : items;
  }
  if (isObject(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== null && !(isObject(item) && Object.keys(item).length === 0))
      .map(([key, item]) => [key, normalize(item, path === '' ? key : `${path}.${key}`)] as const)
      .filter(([, item]) => !(isObject(item) && Object.keys(item).length === 0));
    return Object.fromEntries(entries);
  }
  return scalar(value, name);
}

function scalar(value: string | number | boolean | null, name: string): Json {
  if (NUMBERS.has(name) && value !== '' && !Number.isNaN(Number(value))) {
    return Number(value);
  }
  if (BOOLEANS.has(name)) {
    return booleanOf(value) ?? value;
  }
  if (INSTANTS.has(name)) {
    return instantOf(value)?.toISOString() ?? value;
  }
  if (name === 'Payload' && typeof value === 'string') {
    return decodeBase64(value) ?? value;
  }
  return value === null ? null : String(value);
}

function normalizedIntrinsic(value: JsonObject): Json | undefined {
  const expression = expressionOf(value);
  if (expression.kind === 'attribute') {
    return { 'Fn::GetAtt': [expression.resource, expression.attribute] };
  }
  if (expression.kind === 'concat') {
    return concatenated(expression.parts);
  }
  if (expression.kind === 'function' && expression.name === 'Fn::Base64' && typeof expression.argument === 'string') {
    return encodeBase64(expression.argument);
  }
  if (expression.kind === 'function' && expression.name === 'Fn::Select' && Array.isArray(expression.argument)) {
    // the CDK selects from a list that it knows
    const [index, items] = expression.argument;
    return Array.isArray(items) && typeof index !== 'object' ? items[Number(index)] : undefined;
  }
  if (expression.kind === 'function' && expression.name === 'Fn::Join' && Array.isArray(expression.argument)) {
    const [delimiter, items] = expression.argument;
    return Array.isArray(items) ? concatenated(items.flatMap((item, index) => index === 0 ? [item] : [delimiter, item])) : undefined;
  }
  return undefined;
}

function concatenated(parts: Json[]): Json {
  const flat: Json[] = [];
  for (const part of parts.flatMap(item => isObject(item) && Array.isArray(item.concatenated) ? item.concatenated : [item])) {
    const last = flat.at(-1);
    const isText = typeof part !== 'object';
    if (isText && typeof last === 'string') {
      flat[flat.length - 1] = last + String(part);
    } else if (part !== '') {
      flat.push(isText ? String(part) : part);
    }
  }
  return flat.length === 0 ? '' : flat.length === 1 ? flat[0] : { concatenated: flat };
}

function distinct(items: Json[]): Json[] {
  const byText = new Map(items.map(item => [canonical(item), item]));
  return [...byText.keys()].sort().map(text => byText.get(text)!);
}

/** Several entries of one key are one entry. */
function withMergedTargets(properties: JsonObject): JsonObject {
  const { Targets: targets } = properties;
  if (!Array.isArray(targets)) {
    return properties;
  }
  const merged = new Map<string, Json[]>();
  const others: Json[] = [];
  for (const target of targets) {
    if (isObject(target) && typeof target.Key === 'string' && Array.isArray(target.Values)) {
      merged.set(target.Key, [...merged.get(target.Key) ?? [], ...target.Values]);
    } else {
      others.push(target);
    }
  }
  return { ...properties, Targets: distinct([...others, ...[...merged].map(([Key, Values]) => ({ Key, Values: distinct(Values) }))]) };
}
