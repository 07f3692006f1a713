import { UNKNOWN, type Known } from './intrinsic-functions';
import { placeOf, PLACE_PARAMETERS } from './pseudo-parameters';
import { valueOf } from './template-values';
import { isObject, type Json, type JsonObject } from '../importer/json';

/**
 * The parameters of the stacks that a set deploys. They are elsewhere than the set: accounts are not known, and the region only if all stacks
 * are in one, or in that which is asked for.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html
 */
export function stackSetParameters(parent: JsonObject, { Properties: properties }: JsonObject, region?: string): (readonly [string, Known])[] {
  const { Parameters: own, StackInstancesGroup: groups } = isObject(properties) ? properties : {} as JsonObject;
  const instances = objectsIn(groups);
  const place = placeOf(regionOf(instances.map(({ Regions: regions }) => valueOf(parent, regions)), region));
  const overridden = instances.flatMap(({ ParameterOverrides: overrides }) => objectsIn(overrides)).map(({ ParameterKey: key }) => key);
  return [
    ...PLACE_PARAMETERS.map((name) => [name, place[name] ?? UNKNOWN] as const),
    ...objectsIn(own).map(({ ParameterKey: key, ParameterValue: value }) => [
      String(key), overridden.includes(key) ? UNKNOWN : valueOf(parent, value),
    ] as const),
    ...overridden.map((key) => [String(key), UNKNOWN] as const),
  ];
}

function regionOf(groups: readonly Known[], asked: string | undefined): string | undefined {
  if (!groups.every((regions): regions is Json[] => Array.isArray(regions))) {
    return undefined;
  }
  const regions = [...new Set(groups.flat().map(String))];
  return regions.length === 1 ? regions[0] : regions.length === 0 || regions.includes(asked ?? '') ? asked : undefined;
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return (Array.isArray(list) ? list : []).filter(isObject);
}
