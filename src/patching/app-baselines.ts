import { CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { perConstruct } from '../common/per-construct';
import { renderedProperties } from '../common/rendered-resource';
import { areKnownToDiffer } from '../common/same-environment';
import { formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { operatingSystemOf } from '../rules/patch-baseline';
import { entriesOf, PATCH_GROUP_KEYS } from '../rules/selection';
import { booleanOf, isList } from '../rules/value';
import type { Properties, Value } from '../rules/value';

const BASELINE = 'AWS::SSM::PatchBaseline';
const WINDOW_TARGET = 'AWS::SSM::MaintenanceWindowTarget';

/** The baselines that are defined by constructs of this library, in the order of their definition; the others are found in the tree. */
const definedBaselines = perConstruct('PatchBaselines', () => new Set<CfnResource>());

/** Compares a baseline at the end of synthesis with others of the app, and with the window targets. */
export function compareWithOtherBaselines(baseline: IConstruct, resource: CfnResource): void {
  const { root } = baseline.node;
  definedBaselines(root).add(resource);
  atEndOfSynthesis(baseline, () => {
    const resources = root.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).filter((other) => canMeet(other, resource));
    const properties = renderedProperties(resource);
    adviseOnSpelling(resource, properties, resources);
    return comparedBaselines(resource, resources).flatMap((other) => compare(resource, properties, other));
  });
}

/** Each pair is told of once, by the baseline that is defined later. One that no construct of this library defines tells nothing itself. */
function comparedBaselines(resource: CfnResource, resources: readonly CfnResource[]): CfnResource[] {
  const defined = [...definedBaselines(resource.node.root)];
  const later = defined.slice(defined.indexOf(resource));
  return resources.filter((other) => other.cfnResourceType === BASELINE && !later.includes(other));
}

function compare(resource: CfnResource, properties: Properties, other: CfnResource): string[] {
  const others = renderedProperties(other);
  const operatingSystem = operatingSystemOf(properties);
  if (operatingSystem === undefined || operatingSystem !== operatingSystemOf(others)) {
    return [];
  }
  const place = formatValue(isDefined(other) ? other.node.scope!.node.path : other.node.path);
  if (booleanOf(properties.DefaultBaseline) && booleanOf(others.DefaultBaseline)) {
    addWarning(resource, {
      id: 'defaultBaselineTwice',
      message: `'defaultBaseline' should be true for one baseline of ${operatingSystem}, got a second one beside ${place}, remove it from one of them`,
    });
  }
  const groups = textsOf(properties.PatchGroups).filter((group) => textsOf(others.PatchGroups).includes(group));
  const rule = (word: string, group: string) => `'patchGroups' ${word} not hold a patch group of another baseline for ${operatingSystem}, `
    + `got ${formatValue(group)}, which ${place} holds too, remove it from one of them`;
  if (meet(resource, other)) {
    return groups.map((group) => rule('must', group));
  }
  groups.forEach((group) => addWarning(resource, { id: 'patchGroupTwice', message: rule('should', group) }));
  return [];
}

function isDefined(resource: CfnResource): boolean {
  return definedBaselines(resource.node.root).has(resource);
}

/** Nodes are in a patch group by the value of a tag, in which upper and lower case differ. */
function adviseOnSpelling(resource: CfnResource, properties: Properties, resources: readonly CfnResource[]): void {
  const groups = textsOf(properties.PatchGroups);
  if (groups.length === 0) {
    return;
  }
  const selected = resources.filter(({ cfnResourceType }) => cfnResourceType === WINDOW_TARGET)
    .flatMap((target) => entriesOf(renderedProperties(target).Targets) ?? [])
    .filter(({ key }) => PATCH_GROUP_KEYS.some((one) => one === key))
    .flatMap(({ values }) => textsOf(values));
  for (const group of groups.filter((one) => !selected.includes(one))) {
    const similar = selected.find((one) => spelling(one) === spelling(group));
    similar !== undefined && addWarning(resource, {
      id: 'patchGroupSpelling',
      message: `'patchGroups' should hold patch groups as window targets select them, got ${formatValue(group)}, where a window target selects ${formatValue(similar)}, `
        + 'write both the same way',
    });
  }
}

/** What two spellings of a name have in common. */
function spelling(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function textsOf(list: Value): string[] {
  return isList(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** Whether both may be in one account and Region. */
function canMeet(a: CfnResource, b: CfnResource): boolean {
  const [one, other] = [Stack.of(a), Stack.of(b)];
  return !areKnownToDiffer(one.account, other.account) && !areKnownToDiffer(one.region, other.region);
}

/** Whether both are known to be in one account and Region. */
function meet(a: CfnResource, b: CfnResource): boolean {
  const [one, other] = [Stack.of(a), Stack.of(b)];
  return one === other || [[one.account, other.account], [one.region, other.region]].every(([x, y]) => !Token.isUnresolved(x) && x === y);
}
