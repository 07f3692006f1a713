import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import { checkCount, checkLength, shown } from '../common/validation';
import type { Advice } from '../common/warnings';

export const INSTANCE_IDS = 'InstanceIds';
export const TAG_PREFIX = 'tag:';
export const TAG_KEY = 'tag-key';
export const GROUP_NAME = 'resource-groups:Name';
export const GROUP_RESOURCE_TYPES = 'resource-groups:ResourceTypeFilters';

const MAX_ENTRIES = 5;
const MAX_VALUES = 50;
const ADVISED_TAG_VALUES = 5;
const MAX_GROUP_NAME = 300;

/** What a window target selects: the service's keys, each with its values. */
export interface Selection {
  readonly resourceType: string;
  readonly targets: Readonly<Record<string, string[]>>;
}

const INSTANCE_ID = /^(i-[0-9a-f]{8}|i-[0-9a-f]{17}|mi-[0-9a-f]{17})$/;
/** What the service takes in the key of a tag; it has no "+", which EC2 allows in the key of a tag. */
const TAG_KEY_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=\-@]{1,128}$/u;

/** Checks that the keys fit the resource type and each other, as the service does when the target is registered. */
export function checkSelection(scope: IConstruct | undefined, { resourceType, targets }: Selection): void {
  const keys = Object.keys(targets);
  if (keys.length === 0) {
    throw validationError(scope, '\'targets\' must not be empty, got {}, give instance IDs, tags or a resource group');
  }
  checkCount(scope, 'targets', keys, 'keys', { min: 1, max: MAX_ENTRIES });
  for (const key of keys) {
    checkKey(scope, resourceType, key);
    checkValues(scope, key, targets[key]);
  }
  if (resourceType === 'RESOURCE_GROUP') {
    checkGroup(scope, targets);
  } else if (keys.includes(INSTANCE_IDS) && keys.length > 1) {
    throw validationError(scope,
      `'targets' must hold either instance IDs or tags, got ${shown(keys)}, register two targets with the window`);
  }
}

function checkKey(scope: IConstruct | undefined, resourceType: string, key: string): void {
  if (Token.isUnresolved(key)) {
    return;
  }
  if (resourceType === 'RESOURCE_GROUP') {
    if (key !== GROUP_NAME && key !== GROUP_RESOURCE_TYPES) {
      throw validationError(scope, `a key of 'targets' must be "${GROUP_NAME}" or "${GROUP_RESOURCE_TYPES}" for a resource group, got ${shown(key)}`);
    }
    return;
  }
  if (key !== INSTANCE_IDS && key !== TAG_KEY && !key.startsWith(TAG_PREFIX)) {
    throw validationError(scope, `a key of 'targets' must be "${INSTANCE_IDS}", "${TAG_KEY}" or begin with "${TAG_PREFIX}" for instances, got ${shown(key)}`);
  }
  const tagKey = key.startsWith(TAG_PREFIX) ? key.slice(TAG_PREFIX.length) : undefined;
  if (tagKey !== undefined && !TAG_KEY_TEXT.test(tagKey)) {
    throw validationError(scope, `a tag key must be 1 to 128 letters, digits, spaces and "_.:/=-@", got ${shown(tagKey)}`);
  }
}

function checkValues(scope: IConstruct | undefined, key: string, values: readonly string[]): void {
  if (Token.isUnresolved(values)) {
    return;
  }
  if (values.length === 0) {
    throw validationError(scope, `${shown(key)} of 'targets' must have at least one value, got []`);
  }
  if (values.length > MAX_VALUES) {
    throw validationError(scope, `${shown(key)} of 'targets' must have at most ${MAX_VALUES} values, got ${values.length}, register several targets`);
  }
}

function checkGroup(scope: IConstruct | undefined, targets: Readonly<Record<string, string[]>>): void {
  const names: string[] | undefined = targets[GROUP_NAME];
  if (names === undefined) {
    if (Object.keys(targets).some((key) => Token.isUnresolved(key))) {
      return;
    }
    throw validationError(scope, `'targets' must name the resource group by "${GROUP_NAME}", got ${shown(Object.keys(targets))}`);
  }
  if (!Token.isUnresolved(names) && names.length > 1) {
    throw validationError(scope, `'targets' must name one resource group, got ${shown(names)}, register a target for each`);
  }
  for (const name of names) {
    checkLength(scope, 'resourceGroupName', name, { min: 1, max: MAX_GROUP_NAME });
  }
}

/** What AWS's pages advise against, or say with less certainty than its errors do. */
export function selectionAdvice({ targets }: Selection): Advice[] {
  const advice: Advice[] = [];
  for (const [key, values] of Object.entries(targets)) {
    if (Token.isUnresolved(values)) {
      continue;
    }
    if (key === INSTANCE_IDS) {
      advice.push(...instanceIdAdvice(values));
    } else if ((key === TAG_KEY || key.startsWith(TAG_PREFIX)) && values.length > ADVISED_TAG_VALUES) {
      advice.push({
        id: 'manyTagValues',
        message: `${shown(key)} of 'targets' should have at most ${ADVISED_TAG_VALUES} values, got ${values.length}, register several targets`,
      });
    }
    if (key === `${TAG_PREFIX}ResourceTypeFilters` || key === `${TAG_PREFIX}Name` && values.some((value) => value.startsWith('AWS::'))) {
      advice.push({
        id: 'resourceGroupKeyAsTag',
        message: `${shown(key)} of 'targets' selects instances by a tag, got ${shown(values)}, use TargetSelector.resourceGroup() for a resource group`,
      });
    }
  }
  return advice;
}

export function instanceIdAdvice(ids: readonly string[]): Advice[] {
  if (Token.isUnresolved(ids)) {
    return [];
  }
  return ids.filter((id) => !Token.isUnresolved(id) && !INSTANCE_ID.test(id)).map((id) => ({
    id: 'instanceIdFormat',
    message: `an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got ${shown(id)}`,
  }));
}
