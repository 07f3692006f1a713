import { documentFindings } from './document-mistakes';
import { canonical, isObject, valueOf, type JsonObject } from '../json';
import { mistakesOf } from './mistakes';
import type { Entity, Model } from '../model';
import { BLOCKS, hasSelector, hasTaskTargets } from '../task-types';

/** Why entities cannot be made by this library's constructs: what these refuse or cannot express, by entity. */
export function mistakesIn(model: Model): Map<string, string[]> {
  const found = model.entities.map(entity => [entity.key, [
    ...mistakesOf(entity),
    ...inexpressible(entity),
    ...foreignTargets(entity, model),
    ...entity.kind === 'task' ? documentFindings(entity.properties).filter(({ severity }) => severity === 'error').map(({ message }) => message) : [],
  ]] as const);
  return new Map(found.filter(([, mistakes]) => mistakes.length > 0).map(([key, mistakes]) => [key, [...new Set(mistakes)]]));
}

/** What is legal but known only at deployment where the constructs must know it. */
function inexpressible({ kind, properties }: Entity): string[] {
  if (kind === 'target') {
    return properties.Targets !== undefined && !hasSelector(properties) ? ['ResourceType and the keys of Targets are known only at deployment'] : [];
  }
  if (kind === 'task') {
    const block = valueOf(BLOCKS, String(properties.TaskType));
    const { TaskInvocationParameters: parameters } = properties;
    return [
      ...isObject(properties.TaskType) ? ['TaskType is known only at deployment'] : [],
      ...hasTaskTargets(properties) ? [] : ['the window targets of the task are known only at deployment'],
      ...isObject(parameters) && block !== undefined && parameters[block] === undefined && Object.keys(parameters).some(name => name.startsWith('Fn::') || name === 'Ref')
        ? ['TaskInvocationParameters are known only at deployment'] : [],
    ];
  }
  return [];
}

function windowTargetIds(properties: JsonObject) {
  const targets = Array.isArray(properties.Targets) ? properties.Targets : [];
  return targets.flatMap(target => isObject(target) && target.Key === 'WindowTargetIds' && Array.isArray(target.Values) ? target.Values : []);
}

function foreignTargets(task: Entity, model: Model): string[] {
  const targets = task.kind === 'task' ? windowTargetIds(task.properties) : [];
  return targets.flatMap(id => model.entities.filter(({ key, kind }) => kind === 'target' && isObject(id) && id.Ref === key))
    .filter(target => canonical(target.properties.WindowId ?? null) !== canonical(task.properties.WindowId ?? null))
    .map(target => `the window target ${target.name} is registered with another window`);
}
