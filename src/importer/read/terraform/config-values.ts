import type { ConfigBlock } from './config-blocks';
import type { ConfigInstance, ConfigResource } from './config-instance';
import type { Resource } from './entities';
import type { Evaluator } from './evaluator';
import { traversalIn } from './expression';
import type { Findings } from './findings';
import { bodyOf, isMap, type Value, type ValueMap } from './value';
import { isObject, valueOf } from '../../json';

/** What a resource of a configuration is read with. */
interface Reading {
  readonly evaluator: Evaluator;
  readonly providers: readonly ConfigBlock[];
  readonly findings: Findings;
  readonly resources: ReadonlyMap<string, ConfigResource>;
}

/** What is read elsewhere, or is a comment. */
const READ = ['for_each', 'count', 'depends_on', '//'];

/** Arguments of Terraform itself, and why they are left out. */
const META: { readonly [name: string]: string } = {
  lifecycle: 'it rules what Terraform does, CloudFormation has policies of its own',
  provisioner: 'Terraform runs it on its machine, CloudFormation runs nothing',
  connection: 'Terraform runs provisioners with it, CloudFormation runs nothing',
  provider: 'the stack says the account and the region',
  timeouts: 'CloudFormation has timeouts of its own',
  dynamic: 'what a dynamic block makes is known to Terraform only, run terraform show -json of the plan',
};

export function instanceResource(instance: ConfigInstance, reading: Reading): Resource {
  const { resource: { kind, body }, scope, address } = instance;
  const { evaluator, findings } = reading;
  const given = Object.entries(body).filter(([name]) => !READ.includes(name));
  given.filter(([name, value]) => Object.hasOwn(META, name) && value !== null).forEach(([name]) => findings.lose(scope.place, name, META[name]));
  const own = given.filter(([name]) => !Object.hasOwn(META, name)).map(([name, value]) => [name, evaluator.evaluate(value, scope, name)] as const);
  const values: ValueMap = Object.fromEntries(own);
  return {
    kind,
    key: address,
    name: nameOf(instance),
    place: scope.place,
    values: kind === 'window' ? withDefaultTags(values, instance, reading) : values,
    dependsOn: dependenciesOf(instance, reading),
  };
}

/** What somebody called the resource: the last ID of its path in the app that made it, or its name in Terraform. */
function nameOf({ resource: { body, name }, index }: ConfigInstance): string {
  const comment = body['//'];
  const metadata = isObject(comment) ? comment.metadata : undefined;
  const path = isObject(metadata) && typeof metadata.path === 'string' ? metadata.path.split('/').filter(id => id !== '') : [];
  const own = path.at(-1) ?? name;
  return index === undefined ? own : `${own} ${index}`;
}

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/index.html.markdown */
function withDefaultTags(values: ValueMap, { resource: { body }, scope }: ConfigInstance, { evaluator, providers }: Reading): ValueMap {
  const alias = /^(?:\$\{)?aws\.([\w-]+)\}?$/.exec(String(body.provider))?.[1];
  const provider = providers.find(({ labels: [name], body: candidate }) => name === 'aws' && (valueOf(candidate, 'alias') ?? undefined) === alias);
  const block = provider && Object.hasOwn(provider.body, 'default_tags') ? bodyOf(evaluator.evaluate(provider.body.default_tags, scope, 'default_tags')) : undefined;
  const tags: Value = valueOf(values, 'tags') ?? {};
  const defaults = block && valueOf(block, 'tags');
  return isMap(defaults) && isMap(tags) ? { ...values, tags_all: { ...defaults, ...tags } } : values;
}

function dependenciesOf({ resource: { body }, scope, address }: ConfigInstance, { evaluator, findings, resources }: Reading): string[] {
  const written = valueOf(body, 'depends_on');
  const found = (Array.isArray(written) ? written : []).flatMap(dependency => {
    const text = String(dependency).replace(/^\$\{(.*)\}$/, '$1');
    const { root = '', steps: [name] = [] } = traversalIn(text) ?? {};
    const resource = name?.kind === 'attribute' ? resources.get(`${root}.${name.name}`) : undefined;
    if (resource === undefined) {
      findings.lose(scope.place, `depends_on ${text}`, 'it is not imported');
    }
    return resource ? evaluator.instancesOf(resource) ?? [] : [];
  });
  return [...new Set(found.map(instance => instance.address))].filter(other => other !== address);
}
