import { jsonOf } from '../../rules/json-text';
import { ImportError } from '../errors';
import { attributeOf } from '../expression';
import { isObject, valueOf, type Json, type JsonObject } from '../json';
import { RESOURCE_TYPES, type Entity, type EntityKind, type Model, type NotCarried, type Remark } from '../model';
import { parseJson, parseJsonValues } from './json-values';
import { parseYaml } from './read-yaml';
import { intrinsicsOf, referencesOf } from './references';
import { withoutByteOrderMark, type SourceFile } from './source-file';
import { References } from './stand-ins';
import { resourceName, withoutCdkMetadata } from './template-names';

/** A template as far as the importer looks at it. */
interface Template {
  readonly parameters: { [name: string]: JsonObject };
  readonly conditions: JsonObject;
  readonly mappings: { [name: string]: JsonObject };
  readonly outputs: { [name: string]: JsonObject };
  readonly resources: { [logicalId: string]: JsonObject };
}

/** What the CDK adds to each template: no part of what somebody wrote. */
const CDK_RULE = 'CheckBootstrapVersion';
const CDK_METADATA = 'AWS::CDK::Metadata';

/** True if the content is a CloudFormation template and not output of the API. */
export function isTemplate(content: Json): content is JsonObject {
  return isObject(content) && isObject(content.Resources);
}

/** The contents of a file: one in YAML, one or more in JSON. Templates are taken out of what prints them. */
export function contentsOf(file: SourceFile): Json[] {
  return (isJson(file) ? parseJsonValues(file) : [parseYaml(file)]).map(content => bodyOf(file, content));
}

/** True if a file is given as a template, by its name or its content. */
export function isTemplateFile(file: SourceFile, contents: readonly Json[]): boolean {
  return /\.(ya?ml|template)$/i.test(file.name) || contents.some(hasResources);
}

/** True if a file is in JSON, and not in YAML. */
export function isJson(file: SourceFile): boolean {
  return /^[{[]/.test(withoutByteOrderMark(file.text).trimStart());
}

/** Of an empty section YAML makes null. */
function hasResources(content: Json): content is JsonObject {
  return isObject(content) && content.Resources !== undefined;
}

export function parseTemplateText(file: SourceFile): Json {
  return bodyOf(file, isJson(file) ? parseJson(file) : parseYaml(file));
}

/** What "aws cloudformation get-template" prints holds the template: one in JSON as an object, one in YAML as text. */
function bodyOf(file: SourceFile, content: Json): Json {
  const body = isObject(content) && content.Resources === undefined ? content.TemplateBody : undefined;
  return typeof body === 'string' ? parseTemplateText({ name: `${file.name}, TemplateBody`, text: body }) : isObject(body) ? body : content;
}

/** Reads the windows, targets and tasks of a CloudFormation template, and whatever they refer to. */
export function parseTemplate(file: SourceFile, content: Json = parseTemplateText(file)): Model {
  if (!hasResources(content)) {
    throw new ImportError(file.name, undefined, "must be a CloudFormation template with a 'Resources' section");
  }
  const template: Template = {
    parameters: section(file, content, 'Parameters'),
    conditions: section(file, content, 'Conditions'),
    mappings: section(file, content, 'Mappings'),
    outputs: section(file, content, 'Outputs'),
    resources: section(file, content, 'Resources'),
  };
  const notCarried: NotCarried[] = [];
  const remarks: Remark[] = [];
  const kinds = new Map(Object.entries(template.resources).flatMap(([id, resource]) => {
    const kind = kindOf(resource);
    return kind ? [[id, kind] as const] : [];
  }));
  for (const name of [...Object.keys(content), ...Object.keys(template.resources)].filter(key => key.startsWith('Fn::'))) {
    notCarried.push({ place: `${file.name}, ${name}`, what: 'the resources that this makes', reason: 'it is expanded at deployment; import the processed template' });
  }
  if (kinds.size === 0) {
    throw new ImportError(file.name, 'Resources', notCarried.length === 0 ? 'holds no maintenance window, target or task'
      : `holds no maintenance window, target or task before ${notCarried.map(({ place }) => place.split(', ').pop()).join(' and ')} is expanded, `
        + 'import what "aws cloudformation get-template --template-stage Processed" prints');
  }

  const references = new References(file.name, new Set(Object.keys(template.parameters)), kinds, template.resources, remarks);
  const entities: Entity[] = [...kinds].map(([key, kind]) => ({
    kind,
    key,
    name: resourceName(key, template.resources[key]),
    place: `${file.name}, Resources.${key}`,
    properties: references.rewrite(withParameterMaps(properties(file, key, template.resources[key])), key) as JsonObject,
    attributes: attributes(file, key, template.resources[key], kinds, template, notCarried),
  }));
  const outputs = Object.fromEntries(Object.entries(template.outputs)
    .filter(([, output]) => referencesOf(output).some(name => kinds.has(name)))
    .map(([name, output]) => [name, references.rewrite(output) as JsonObject]));
  if (Object.keys(section(file, content, 'Rules')).some(name => name !== CDK_RULE)) {
    notCarried.push({ place: `${file.name}, Rules`, what: 'the rules of the parameters', reason: 'they are not imported, check the values in the program' });
  }
  remarks.push(...remarkOnOthers(file, template, kinds), ...remarkOnRoles(file, template, kinds));
  return {
    source: file.name,
    origin: 'template',
    entities,
    ...(typeof content.Description === 'string' && { description: content.Description }),
    ...used(template, references, entities, outputs),
    outputs,
    transforms: [content.Transform].flat().filter(name => name === 'AWS::LanguageExtensions'),
    standIns: references.standIns,
    notCarried,
    remarks,
  };
}

function section(file: SourceFile, content: JsonObject, name: string): { [key: string]: JsonObject } {
  const value = content[name] ?? {};
  if (!isObject(value)) {
    throw new ImportError(file.name, name, 'must be a map');
  }
  return value as { [key: string]: JsonObject };
}

function kindOf(resource: Json): EntityKind | undefined {
  return (Object.keys(RESOURCE_TYPES) as EntityKind[]).find(kind => isObject(resource) && resource.Type === RESOURCE_TYPES[kind]);
}

function properties(file: SourceFile, key: string, resource: JsonObject): JsonObject {
  const value = resource.Properties ?? {};
  if (!isObject(value)) {
    throw new ImportError(file.name, `Resources.${key}.Properties`, 'must be a map');
  }
  return value;
}

/** CloudFormation takes parameters of documents as a map, and as a text that holds one. */
function withParameterMaps(given: JsonObject): JsonObject {
  const blocks = given.TaskInvocationParameters;
  if (!isObject(blocks)) {
    return given;
  }
  const mapped = Object.entries(blocks).map(([name, block]) => {
    const parameters = isObject(block) && typeof block.Parameters === 'string' ? jsonOf(block.Parameters) as Json | undefined : undefined;
    return [name, isObject(block) && isObject(parameters) ? { ...block, Parameters: parameters } : block];
  });
  return { ...given, TaskInvocationParameters: Object.fromEntries(mapped) };
}

function attributes(
  file: SourceFile, key: string, resource: JsonObject, kinds: Map<string, EntityKind>, template: Template, notCarried: NotCarried[],
): JsonObject {
  const { Type: _type, Properties: _properties, DependsOn: dependsOn, ...rest } = resource;
  const dependencies = (Array.isArray(dependsOn) ? dependsOn : dependsOn === undefined ? [] : [dependsOn]).map(String);
  for (const name of dependencies.filter(dependency => !kinds.has(dependency))) {
    notCarried.push({
      place: `${file.name}, Resources.${key}`,
      what: `DependsOn: ${name}`,
      reason: valueOf(template.resources, name) ? `${name} is no part of the program` : `the template does not have ${name}`,
    });
  }
  const kept = dependencies.filter(dependency => kinds.has(dependency));
  return { ...withoutCdkMetadata(rest), ...(kept.length > 0 && { DependsOn: kept }) };
}

/** The parameters, conditions and mappings that the imported resources use, directly or through one another. */
function used(template: Template, references: References, entities: Entity[], outputs: { [name: string]: JsonObject }) {
  const conditions = new Map<string, Json>();
  const roots: Json[] = [...entities.flatMap(entity => [entity.properties, entity.attributes]), ...Object.values(outputs)];
  const pending = roots.flatMap(root => conditionsOf(root));
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const condition = valueOf(template.conditions, name);
    if (condition !== undefined && !conditions.has(name)) {
      const rewritten = references.rewrite(condition);
      conditions.set(name, rewritten);
      pending.push(...conditionsOf(rewritten));
    }
  }
  const all = [...roots, ...conditions.values()];
  const names = new Set(all.flatMap(referencesOf));
  const mappings = all.flatMap(root => intrinsicsOf(root, 'Fn::FindInMap')).map(argument => Array.isArray(argument) ? argument[0] : null);
  const isUsedMapping = (name: string) => mappings.includes(name) || mappings.some(mapping => typeof mapping !== 'string');
  const inOrder = <T>(source: { [name: string]: T }, keep: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(source).filter(([name]) => keep(name)));
  return {
    parameters: inOrder(template.parameters, name => names.has(name)),
    conditions: Object.fromEntries(Object.keys(template.conditions)
      .flatMap(name => conditions.has(name) ? [[name, conditions.get(name)!] as const] : [])),
    mappings: inOrder(template.mappings, isUsedMapping),
  };
}

function conditionsOf(value: Json): string[] {
  const direct = intrinsicsOf(value, 'Condition');
  const choices = intrinsicsOf(value, 'Fn::If').map(argument => Array.isArray(argument) ? argument[0] : null);
  const attribute = isObject(value) ? value.Condition : undefined;
  return [...direct, ...choices, attribute].filter((name): name is string => typeof name === 'string');
}

function remarkOnOthers(file: SourceFile, template: Template, kinds: Map<string, EntityKind>): Remark[] {
  const others = Object.keys(template.resources).filter(id => !kinds.has(id) && !id.startsWith('Fn::') && template.resources[id]?.Type !== CDK_METADATA);
  return others.length === 0 ? [] : [{
    place: file.name,
    message: `only windows, targets and tasks are imported, ${others.length} other resource${others.length === 1 ? ' stays' : 's stay'} in the template: ${others.join(', ')}`,
  }];
}

/** Roles of tasks that somebody besides Systems Manager may assume. */
function remarkOnRoles(file: SourceFile, template: Template, kinds: Map<string, EntityKind>): Remark[] {
  const roles = [...kinds].filter(([, kind]) => kind === 'task')
    .flatMap(([key]) => intrinsicsOf(properties(file, key, template.resources[key]).ServiceRoleArn ?? null, 'Fn::GetAtt'))
    .flatMap(argument => attributeOf(argument)?.resource ?? []);
  return [...new Set(roles)].flatMap(role => {
    const trust = JSON.stringify(valueOf(template.resources, role)?.Properties ?? {});
    const services = [...new Set([...trust.matchAll(/"([a-z0-9-]+\.amazonaws\.com)"/g)].map(match => match[1]))].filter(name => name !== 'ssm.amazonaws.com');
    return services.length === 0 ? [] : [{
      place: `${file.name}, Resources.${role}`, message: `the role of the tasks may also be assumed by ${services.join(' and ')}`,
    }];
  });
}
