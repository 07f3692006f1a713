import { modelOf, type Resource } from './entities';
import { Findings } from './findings';
import { instanceName, instancesIn, remarkOnOthers } from './instances';
import { Parameters } from './parameters';
import { isObject, type JsonObject } from '../../json';
import type { Model } from '../../model';

/**
 * Reads what `terraform show -json` prints of a state.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#state-representation
 */
export function parseState(file: string, content: JsonObject): Model {
  const findings = new Findings();
  const module = isObject(content.values) ? content.values.root_module : undefined;
  const { instances, others } = instancesIn(file, 'values.root_module', module, findings);
  const resources = instances.map((instance): Resource => ({
    kind: instance.kind,
    key: instance.address,
    name: instanceName(instance),
    place: `${file}, ${instance.address}`,
    values: instance.values,
    // a state has all that a resource depends on, what follows from its references among them
    dependsOn: [],
  }));
  remarkOnOthers(file, others, findings);
  return modelOf(file, resources, findings, new Parameters());
}
