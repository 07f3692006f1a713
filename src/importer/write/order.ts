import { canonical } from '../json';
import type { Entity, Model } from '../model';
import { referencesOf } from '../read/references';

const RANK = { window: 0, target: 1, task: 2 };

/** What tells the window of an entity from all others. */
export function windowKeyOf(entity: Entity): string {
  return canonical(entity.kind === 'window' ? { Ref: entity.key } : entity.properties.WindowId ?? null);
}

/** Each window with its targets and its tasks, these by priority, and what an entity refers to before it. */
export function entitiesInOrder(entities: readonly Entity[]): Entity[] {
  const windows = [...new Set(entities.map(windowKeyOf))];
  const byWindow = new Map(windows.map(window => [window, [] as Entity[]]));
  entities.forEach(entity => byWindow.get(windowKeyOf(entity))!.push(entity));
  const grouped = windows.flatMap(window => byWindow.get(window)!.sort((a, b) => RANK[a.kind] - RANK[b.kind] || priorityOf(a) - priorityOf(b)));
  const byKey = new Map(grouped.map(entity => [entity.key, entity]));
  const needed = (key: string) => [...referencesOf(byKey.get(key)!.properties), ...dependenciesOf(byKey.get(key)!)];
  return inOrder([...byKey.keys()], key => needed(key).filter(name => byKey.has(name))).map(key => byKey.get(key)!);
}

function priorityOf({ kind, properties: { Priority: priority } }: Entity): number {
  return kind === 'task' && (typeof priority === 'number' || typeof priority === 'string') && Number.isFinite(Number(priority)) ? Number(priority) : 0;
}

/** The conditions of a template, those that others use before them. */
export function conditionsInOrder({ conditions }: Model): string[] {
  const names = Object.keys(conditions);
  const mentions = (name: string, other: string) => canonical(conditions[name]).includes(canonical({ Condition: other }));
  return inOrder(names, name => names.filter(other => mentions(name, other)));
}

/** The entities that a template asks to be made before. */
export function dependenciesOf({ attributes: { DependsOn: dependsOn } }: Entity): string[] {
  return Array.isArray(dependsOn) ? dependsOn.map(String) : [];
}

/** Orders names so that each comes after those that it needs; a circle is left as it is. */
function inOrder(names: string[], needs: (name: string) => string[]): string[] {
  const ordered = new Set<string>();
  const visiting = new Set<string>();
  const visit = (name: string) => {
    if (!ordered.has(name) && !visiting.has(name)) {
      visiting.add(name);
      needs(name).forEach(visit);
      ordered.add(name);
    }
  };
  names.forEach(visit);
  return [...ordered];
}
