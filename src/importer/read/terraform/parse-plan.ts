import { modelOf, type Resource } from './entities';
import { traversalIn } from './expression';
import { Findings } from './findings';
import { instanceName, instancesIn, listOf, remarkOnOthers, type Instance } from './instances';
import { Parameters } from './parameters';
import { moduleAt, objectIn, resourceIn, type ModuleInstance } from './plan-modules';
import { PlanReferences } from './plan-references';
import { PlanValues } from './plan-values';
import { isObject, type Json, type JsonObject } from '../../json';
import type { Model } from '../../model';

/**
 * Reads what `terraform show -json` prints of a plan: what will be there once it is applied.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export function parsePlan(file: string, content: JsonObject): Model {
  const findings = new Findings();
  const parameters = new Parameters();
  const planned = isObject(content.planned_values) ? content.planned_values.root_module : undefined;
  const { instances, others } = instancesIn(file, 'planned_values.root_module', planned, findings);
  const references = new PlanReferences(instances);
  const values = new PlanValues(file, references, parameters);
  const unknown = unknownByAddress(file, content.resource_changes);
  const root = objectIn(content.configuration, 'root_module');

  const resources = instances.map((instance): Resource => {
    // without its configuration, a module of the plan has no expressions
    const module = moduleAt(root, instance.module) ?? { address: instance.module, configuration: {}, inputs: {} };
    const place = `${file}, ${instance.address}`;
    const missing = unknown.get(instance.address) ?? {};
    if (missing.tags_all === true) {
      findings.lose(place, 'the default tags of the provider', 'tags_all is known after apply, so only the tags of the resource are imported');
    }
    const { tags_all: _, ...asked } = missing;
    return {
      kind: instance.kind,
      key: instance.address,
      name: instanceName(instance),
      place,
      values: values.filled(instance, missing.tags_all === true ? asked : missing, module),
      dependsOn: dependenciesOf(instance, module, references, place, findings),
    };
  });
  remarkOnOthers(file, others, findings);
  return modelOf(file, resources, findings, parameters);
}

/** What is not known of each resource. */
function unknownByAddress(file: string, changes: Json | undefined): Map<string, JsonObject> {
  return new Map(listOf(file, 'resource_changes', changes).filter(isObject)
    .filter(({ deposed }) => deposed === undefined)
    .map(({ address, change }) => [String(address), objectIn(change, 'after_unknown')]));
}

/** What somebody wrote into `depends_on`. */
function dependenciesOf(instance: Instance, module: ModuleInstance, references: PlanReferences, place: string, findings: Findings): string[] {
  const written = resourceIn(module, instance.type, instance.name)?.depends_on;
  return (Array.isArray(written) ? written : []).flatMap(dependency => {
    const { root = '', steps: [name] = [] } = traversalIn(String(dependency)) ?? {};
    const found = name?.kind === 'attribute' ? references.instancesOf(root, name.name, module) : [];
    if (found.length === 0) {
      findings.lose(place, `depends_on ${String(dependency)}`, 'it is not imported');
    }
    return found.map(({ address }) => address).filter(address => address !== instance.address);
  });
}
