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

/** What a resource consists of: the values of its fields, and how much each holds, since escape hatches add to what is there. */
function fieldsOf(resource: CfnResource): readonly unknown[] {
  const values = Object.values(resource);
  return [...values, ...values.map(sizeOf)];
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function isChanged(resource: CfnResource, given: readonly unknown[]): boolean {
  if (TagManager.of(resource)?.hasTags() === true) {
    return true;
  }
  const fields = fieldsOf(resource);
  return fields.length !== given.length || fields.some((field, index) => field !== given[index]);
}

/** What the template will say, with overrides and tags. */
export function renderedProperties(resource: CfnResource): Properties {
  const { Resources: resources } = Stack.of(resource).resolve(resource._toCloudFormation()) as { Resources: Record<string, { Properties?: object }> };
  return propertiesFromTemplate(Object.values(resources)[0]?.Properties ?? {});
}
