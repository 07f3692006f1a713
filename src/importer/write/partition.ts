import { needsCustomResource, type Entity, type Model } from '../model';
import { windowKeyOf } from './order';

/** What a stack may hold. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_RESOURCES = 500;
/** What the custom resources of a stack need beside one resource each. */
const PROVIDER_RESOURCES = 30;

/** Splits what was read into stacks that CloudFormation takes, each with whole windows. Templates are whole already. */
export function inStacks(model: Model): Model[] {
  const stacks: Entity[][] = [[]];
  const windows = new Map<string, Entity[]>();
  model.entities.forEach(entity => windows.set(windowKeyOf(entity), [...windows.get(windowKeyOf(entity)) ?? [], entity]));
  const limit = MAX_RESOURCES - (model.entities.some(needsCustomResource) ? PROVIDER_RESOURCES : 0);
  for (const entities of windows.values()) {
    const last = stacks[stacks.length - 1];
    if (last.length > 0 && resourcesOf([...last, ...entities]) > limit) {
      stacks.push(entities);
    } else {
      last.push(...entities);
    }
  }
  if (stacks.length === 1) {
    return [model];
  }
  return stacks.map((entities, index) => {
    const keys = new Set(entities.map(({ key }) => key));
    return {
      ...model,
      entities,
      part: index + 1,
      // what belongs to no entity is said once
      remarks: model.remarks.filter(({ key }) => (key === undefined ? index === 0 : keys.has(key))),
      notCarried: index === 0 ? model.notCarried : [],
    };
  });
}

function resourcesOf(entities: readonly Entity[]): number {
  // a disabled window has a policy and a rule of its own
  return entities.reduce((sum, entity) => sum + (needsCustomResource(entity) ? entity.kind === 'window' ? 4 : 2 : 1), 0);
}
