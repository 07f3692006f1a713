import { isObject, valueOf, type JsonObject } from './json';
import { INVOCATION_BLOCKS } from '../rules/invocation';

/** The block of TaskInvocationParameters that a type of task has, by any name. */
export const BLOCKS: { readonly [taskType: string]: string } = INVOCATION_BLOCKS;

/** The block of the task's own type. */
export function invocationBlock(properties: JsonObject): JsonObject {
  const parameters = properties.TaskInvocationParameters;
  const name = valueOf(BLOCKS, String(properties.TaskType));
  const block = isObject(parameters) && name !== undefined ? valueOf(parameters, name) : undefined;
  return block !== undefined && isObject(block) ? block : {};
}

/** True if the targets can be given as `TaskTargets`: the keys are literal, and the ids of window targets are a literal list. */
export function hasTaskTargets({ Targets: given }: JsonObject): boolean {
  return given === undefined || (Array.isArray(given) && given.every(target => isObject(target) && target.Values !== undefined
    && Object.keys(target).length === 2 && (target.Key === 'InstanceIds' || (target.Key === 'WindowTargetIds' && Array.isArray(target.Values)))));
}

/** True if a selector can be made: the resource type is literal, and so is the list of keys. */
export function hasSelector({ ResourceType: type, Targets: targets }: JsonObject): boolean {
  return typeof type === 'string' && Array.isArray(targets)
    && targets.every(target => isObject(target) && target.Key !== undefined && target.Values !== undefined && Object.keys(target).length === 2);
}
