import { KINDS } from './attributes';
import { blocksIn, type ConfigBlock } from './config-blocks';
import type { ConfigInstance, ConfigResource } from './config-instance';
import { instanceResource } from './config-values';
import { modelOf } from './entities';
import { Evaluator } from './evaluator';
import { instancesOf } from './expand';
import { Findings } from './findings';
import { remarkOnOthers } from './instances';
import { Parameters } from './parameters';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';
import type { Model } from '../../model';

const PLAN = 'run terraform show -json of the plan';

/**
 * Reads a configuration that is written as JSON, such as the `cdk.tf.json` that CDKTF writes.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function parseConfiguration(file: string, content: JsonObject): Model {
  const findings = new Findings();
  const parameters = new Parameters();
  const blocks = blocksIn(file, content, 'resource', 2);
  const found = blocks.map(block => resourceOf(file, block)).filter(resource => resource !== undefined);
  const definitions = {
    variables: Object.fromEntries(blocksIn(file, content, 'variable', 1).map(({ labels: [name], body }) => [name, body])),
    locals: Object.fromEntries(blocksIn(file, content, 'locals', 0).flatMap(({ body }) => Object.entries(body).filter(([name]) => name !== '//'))),
    resources: new Map(found.map(resource => [resource.address, resource])),
  };
  const evaluator = new Evaluator(definitions, parameters, (resource, self) => instancesOf(file, resource, self));
  const providers = blocksIn(file, content, 'provider', 1);
  const resources = [...definitions.resources.values()]
    .flatMap(resource => expanded(file, resource, evaluator, findings))
    .map(instance => instanceResource(instance, { evaluator, providers, findings, resources: definitions.resources }));
  loseCalls(file, content, findings);
  loseOutputs(file, content, found, findings);
  evaluator.defaults.forEach(name => findings.remark(`${file}, var.${name}`, 'the default of the variable is taken; if it is given another value, give the plan'));
  remarkOnOthers(file, blocks.filter(({ labels: [type] }) => !Object.hasOwn(KINDS, type)).map(({ labels }) => labels.join('.')), findings);
  return modelOf(file, resources, findings, parameters);
}

function resourceOf(file: string, { labels: [type, name], body }: ConfigBlock): ConfigResource | undefined {
  const kind = valueOf(KINDS, type);
  return kind && { kind, address: `${type}.${name}`, place: `${file}, ${type}.${name}`, name, body };
}

function expanded(file: string, resource: ConfigResource, evaluator: Evaluator, findings: Findings): readonly ConfigInstance[] {
  const instances = evaluator.instancesOf(resource);
  if (instances === undefined) {
    const name = isObject(resource.body) && resource.body.for_each !== undefined ? 'for_each' : 'count';
    findings.lose(`${file}, ${resource.address}`, `the resources of ${name}`, `their number is known to Terraform only, ${PLAN}`);
  }
  return instances ?? [];
}

/** What stands outside the file. */
function loseCalls(file: string, content: JsonObject, findings: Findings): void {
  blocksIn(file, content, 'data', 2).forEach(({ labels }) => {
    findings.lose(`${file}, data.${labels.join('.')}`, 'the data source', PLAN);
  });
  blocksIn(file, content, 'module', 1).forEach(({ labels: [name] }) => {
    findings.lose(`${file}, module.${name}`, 'the resources of the module', PLAN);
  });
}

/** Outputs of what is imported. */
function loseOutputs(file: string, content: JsonObject, resources: readonly ConfigResource[], findings: Findings): void {
  blocksIn(file, content, 'output', 1)
    .filter(({ body }) => resources.some(({ address }) => mentions(body.value, address)))
    .forEach(({ labels: [name] }) => findings.lose(`${file}, output.${name}`, 'the output', 'outputs are not imported, add a CfnOutput to the program'));
}

function mentions(value: Json | undefined, address: string): boolean {
  const text = JSON.stringify(value ?? null);
  return text.split(address).slice(1).some(rest => !/^[\w-]/.test(rest));
}
