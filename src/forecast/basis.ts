import { canonical, isObject, valueOf as ownValue, visitJson, type Json, type JsonObject } from '../importer/json';
import { substitutionParts } from '../rules/substitution';

/** What values of a template refer to by name. */
const SECTIONS = ['Parameters', 'Conditions', 'Resources'] as const;

/**
 * A value and all of the template that it depends on, as text. Where a condition or a mapping decides on a value, a change of them changes the
 * value, though its own text stays the same.
 */
export function basisOf(template: JsonObject, value: Json): string {
  const found: Record<string, Json> = {};
  const pending = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [place, item] of referredBy(next, template)) {
      if (!Object.hasOwn(found, place)) {
        found[place] = item;
        pending.push(item);
      }
    }
  }
  return canonical([value, found]);
}

function referredBy(value: Json, template: JsonObject): (readonly [place: string, item: Json])[] {
  const names = namesIn(value);
  const items = SECTIONS.flatMap((section) => {
    const content = template[section];
    const item = (name: string) => (isObject(content) ? ownValue(content, name) : undefined);
    return names.flatMap((name) => {
      const referred = item(name);
      return referred === undefined ? [] : [[`${section}.${name}`, referred] as const];
    });
  });
  const isMapped = JSON.stringify(value).includes('"Fn::FindInMap"');
  return isMapped ? [...items, ['Mappings', template.Mappings ?? null] as const] : items;
}

/** Every text that may be a name: as it is, before the attribute, or in the braces of `Fn::Sub`. */
function namesIn(value: Json): string[] {
  const names = new Set<string>();
  visitJson(value, (item) => {
    for (const text of typeof item === 'string' ? [item, ...referencesIn(item)] : []) {
      names.add(text).add(text.split('.')[0]);
    }
  });
  return [...names];
}

function referencesIn(text: string): string[] {
  return substitutionParts(text).flatMap((part) => ('reference' in part ? [part.reference] : []));
}
