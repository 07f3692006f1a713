import type { Findings, PatternRule } from './findings';
import { holdsOnly, matches, textOfCharacters } from './findings';
import { formatValue } from './format-value';
import { INSTANCE_ID } from './identifiers';
import { KNOWN_AT_DEPLOYMENT, PartialText } from './partial-text';
import type { Value } from './value';
import { isList, mapOf } from './value';

/*
 * What a window target selects.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html
 */

export const INSTANCE_IDS = 'InstanceIds';
export const TAG_PREFIX = 'tag:';

/** The tags by which nodes are in a patch group. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html */
export const PATCH_GROUP_KEYS = ['PatchGroup', 'Patch Group'].map((tag) => `${TAG_PREFIX}${tag}`);
export const TAG_KEY = 'tag-key';
export const GROUP_NAME = 'resource-groups:Name';
export const GROUP_RESOURCE_TYPES = 'resource-groups:ResourceTypeFilters';

export const RESOURCE_TYPES = ['INSTANCE', 'RESOURCE_GROUP'] as const;

export const MAX_ENTRIES = 5;
const MAX_VALUES = 50;
const ADVISED_TAG_VALUES = 5;

/** @see https://docs.aws.amazon.com/ARG/latest/APIReference/API_CreateGroup.html */
const GROUP: PatternRule = textOfCharacters('a-zA-Z0-9_.\\-', { min: 1, max: 300 },
  'be the name of a resource group, 1 to 300 letters, digits, "_", "." and "-"');

/** "Invalid resource group types" is what the service says of others, of `AWS::EC2::INSTANCE` too. */
const GROUP_RESOURCE_TYPE: PatternRule = {
  pattern: /^(?!AWS::EC2::INSTANCE$)[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+$/,
  rule: 'be the type of a resource in its exact case, such as "AWS::EC2::Instance"',
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/assign-targets-maintenance-windows.html */
const ADVISED_RESOURCE_TYPES = 5;

/** What the service takes in the key of a tag; it has no "+", which EC2 allows in the key of a tag. */
const TAG_KEY_TEXT: PatternRule = {
  pattern: /^tag:[\p{L}\p{Z}\p{N}_.:/=\-@]{1,128}$/u,
  rule: 'be 1 to 128 letters, digits, spaces and "_.:/=-@"',
  canMatch: holdsOnly('\\p{L}\\p{Z}\\p{N}_.:/=\\-@', 132),
};

/** A key of a selection with its values. */
export interface SelectionEntry {
  readonly key: Value;
  readonly values: Value;
}

/** The entries of a list of `Key` and `Values`; undefined if the list is not known. */
export function entriesOf(targets: Value): SelectionEntry[] | undefined {
  return isList(targets) ? targets.map(mapOf).map(({ Key: key, Values: values }) => ({ key, values })) : undefined;
}

/** Checks that the keys fit the resource type and each other, as the service does when the target is registered. */
export function checkSelection(findings: Findings, property: string, resourceType: Value, entries: readonly SelectionEntry[]): void {
  const name = findings.name(property);
  const keys = entries.map(({ key }) => key);
  const known = keys.filter((key) => typeof key === 'string');
  if (entries.length === 0) {
    findings.error(property, `${name} must not be empty, got {}, give instance IDs, tags or a resource group`);
    return;
  }
  findings.count(property, entries.map(({ key }) => key), 'keys', { min: 1, max: MAX_ENTRIES });
  for (const key of new Set(known.filter((one, index) => known.indexOf(one) < index))) {
    findings.error(property, `${name} must hold each key once, got ${formatValue(key)} again, join the values`);
  }
  for (const { key, values } of entries) {
    findings.required(`${property}.Key`, key, 'give each target a key');
    findings.required(`${property}.Values`, values, 'give each target its values');
    if ((typeof key === 'string' || key instanceof PartialText) && typeof resourceType === 'string') {
      checkKey(findings, property, resourceType, key);
    }
    checkValues(findings, property, key, values);
  }
  if (resourceType === 'RESOURCE_GROUP') {
    checkGroup(findings, property, entries);
  } else if (known.includes(INSTANCE_IDS) && keys.length > 1) {
    findings.error(property, `${name} must hold either instance IDs or tags, got ${formatValue(keys.map((key) => typeof key === 'string' ? key : KNOWN_AT_DEPLOYMENT))}, register two targets with the window`);
  }
}

function checkKey(findings: Findings, property: string, resourceType: string, key: string | PartialText): void {
  const name = findings.name(property);
  const shown = typeof key === 'string' ? key : key.toJSON();
  const isTag = shown.startsWith(TAG_PREFIX);
  if (resourceType !== 'RESOURCE_GROUP' && isTag && !matches(key, TAG_KEY_TEXT)) {
    findings.error(property, `a tag key must ${TAG_KEY_TEXT.rule}, got ${formatValue(shown.slice(TAG_PREFIX.length))}`);
  }
  if (typeof key !== 'string') {
    return;
  }
  if (resourceType === 'RESOURCE_GROUP') {
    if (key !== GROUP_NAME && key !== GROUP_RESOURCE_TYPES) {
      findings.error(property, `a key of ${name} must be "${GROUP_NAME}" or "${GROUP_RESOURCE_TYPES}" for a resource group, got ${formatValue(key)}`);
    }
    return;
  }
  if (key !== INSTANCE_IDS && key !== TAG_KEY && !isTag) {
    findings.error(property, `a key of ${name} must be "${INSTANCE_IDS}", "${TAG_KEY}" or begin with "${TAG_PREFIX}" for instances, got ${formatValue(key)}`);
  }
}

function checkValues(findings: Findings, property: string, key: Value, values: Value): void {
  if (!isList(values)) {
    return;
  }
  const subject = `${formatValue(typeof key === 'string' ? key : 'a key')} of ${findings.name(property)}`;
  if (values.length === 0) {
    findings.error(property, `${subject} must have at least one value, got []`);
  }
  if (values.length > MAX_VALUES) {
    findings.error(property, `${subject} must have at most ${MAX_VALUES} values, got ${values.length}, register several targets`);
  }
}

function checkGroup(findings: Findings, property: string, entries: readonly SelectionEntry[]): void {
  const name = findings.name(property);
  const keys = entries.map(({ key }) => key);
  const group = entries.find(({ key }) => key === GROUP_NAME)?.values;
  if (group === undefined) {
    if (keys.every((key) => typeof key === 'string')) {
      findings.error(property, `${name} must name the resource group by "${GROUP_NAME}", got ${formatValue(keys)}`);
    }
    return;
  }
  if (isList(group) && group.length > 1) {
    findings.error(property, `${name} must name one resource group, got ${formatValue(group)}, register a target for each`);
  }
  for (const groupName of isList(group) ? group : []) {
    findings.pattern('resourceGroupName', groupName, GROUP);
  }
  const types = entries.find(({ key }) => key === GROUP_RESOURCE_TYPES)?.values;
  (isList(types) ? types : []).forEach((type) => findings.pattern('resourceTypes', type, GROUP_RESOURCE_TYPE));
}

/** What AWS's pages advise against, or say with less certainty than its errors do. */
export function adviseOnSelection(findings: Findings, property: string, entries: readonly SelectionEntry[]): void {
  for (const { key, values } of entries) {
    if (typeof key !== 'string' || !isList(values)) {
      continue;
    }
    const subject = `${formatValue(key)} of ${findings.name(property)}`;
    if (key === INSTANCE_IDS) {
      adviseOnInstanceIds(findings, property, values);
    } else if ((key === TAG_KEY || key.startsWith(TAG_PREFIX)) && values.length > ADVISED_TAG_VALUES) {
      findings.warning('manyTagValues', property,
        `${subject} should have at most ${ADVISED_TAG_VALUES} values, got ${values.length}, register several targets`);
    }
    adviseOnTag(findings, property, key, values);
    if (key === GROUP_RESOURCE_TYPES && values.length > ADVISED_RESOURCE_TYPES) {
      findings.warning('manyResourceTypes', property, `${subject} should have at most ${ADVISED_RESOURCE_TYPES} values, got ${values.length}, register several targets`);
    }
    if (key === `${TAG_PREFIX}ResourceTypeFilters` || key === `${TAG_PREFIX}Name` && values.some((value) => typeof value === 'string' && value.startsWith('AWS::'))) {
      findings.warning('resourceGroupKeyAsTag', property,
        `${subject} selects instances by a tag, got ${formatValue(values)}, use TargetSelector.resourceGroup() for a resource group`);
    }
  }
}

/** What was written as the service or another tool takes it, and selects nothing here. */
function adviseOnTag(findings: Findings, property: string, key: string, values: readonly Value[]): void {
  const tag = key.slice(TAG_PREFIX.length);
  if (!key.startsWith(TAG_PREFIX)) {
    return;
  }
  if (tag.startsWith(TAG_PREFIX)) {
    findings.warning('tagKeyWithPrefix', property,
      `a tag key of ${findings.name(property)} should not begin with "${TAG_PREFIX}", which is added to it, got ${formatValue(tag)}, write ${formatValue(tag.slice(TAG_PREFIX.length))}`);
  }
  for (const value of values.filter((one) => typeof one === 'string' && one.includes(','))) {
    findings.warning('tagValueWithComma', property,
      `a value of ${formatValue(key)} of ${findings.name(property)} should be one value, got ${formatValue(value)}, give a list of values`);
  }
}

export function adviseOnInstanceIds(findings: Findings, property: string, ids: readonly Value[]): void {
  for (const id of ids.filter((value) => typeof value === 'string' && !INSTANCE_ID.test(value))) {
    findings.warning('instanceIdFormat', property,
      `an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got ${formatValue(id)}`);
  }
}
