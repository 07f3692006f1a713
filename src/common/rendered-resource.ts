import type { CfnResource } from 'aws-cdk-lib/core';
import { Stack, TagManager } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { addWarning, atEndOfSynthesis } from './warnings';
import type { Diagnostic, Wording } from '../rules/diagnostic';
import { propertiesFromTemplate } from '../rules/template-value';
import type { Properties } from '../rules/value';

/** The names that a construct gives to properties of CloudFormation: those given here, else the same in camel case. */
export function constructWording(names: Readonly<Record<string, string>> = {}): Wording {
  return (property) => names[property] ?? property.charAt(0).toLowerCase() + property.slice(1);
}

/** A rule of the rule book about a whole resource. */
type ResourceRule = (properties: Properties, wording: Wording) => readonly Diagnostic[];

/**
 * Checks a resource once more as it is rendered: aspects, escape hatches and tags change it after its construct has checked what the caller gave.
 *
 * A resource that nothing changed is not rendered for that. Findings that were told before are not told again.
 */
export function checkRendered(construct: IConstruct, resource: CfnResource, rule: ResourceRule, wording: Wording): void {
  const given = fieldsOf(resource);
  atEndOfSynthesis(construct, () => {
    if (!isChanged(resource, given)) {
      return [];
    }
    const found = rule(renderedProperties(resource), wording);
    found.filter(({ severity }) => severity === 'warning').forEach((warning) => addWarning(construct, warning));
    return found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  });
}

/** What a resource consists of: its fields, and how much each holds, since escape hatches add to what is there. */
function fieldsOf(resource: CfnResource): ReadonlyMap<string, readonly unknown[]> {
  return new Map(Object.entries(resource).map(([name, value]) => [name, [value, sizeOf(value)]]));
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function isChanged(resource: CfnResource, given: ReadonlyMap<string, readonly unknown[]>): boolean {
  return TagManager.of(resource)?.hasTags() === true
    || [...fieldsOf(resource)].some(([name, [value, size]]) => given.get(name)?.[0] !== value || given.get(name)?.[1] !== size);
}

/** What the template will say, with overrides and tags. */
export function renderedProperties(resource: CfnResource): Properties {
  const { Resources: resources } = Stack.of(resource).resolve(resource._toCloudFormation()) as { Resources: Record<string, { Properties?: object }> };
  return propertiesFromTemplate(Object.values(resources)[0]?.Properties ?? {});
}
