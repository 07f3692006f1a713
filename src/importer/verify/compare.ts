import { canonical, isObject, mapJson, valueOf, type Json, type JsonObject } from '../json';
import { needsCustomResource, RESOURCE_TYPES, type Entity, type Model } from '../model';
import { normalizedProperties, normalizedValue } from './normalize';
import { hidden } from '../check/secrets';
import { referencesOf } from '../read/references';
import { sectionKey, type Program } from '../write/program';

/** A place where the synthesized template does not say what the source says. */
export interface Difference {
  readonly place: string;
  readonly message: string;
}

const SECTIONS = ['Parameters', 'Conditions', 'Mappings', 'Outputs'] as const;
const SYNTHESIZER_PARAMETER = 'BootstrapVersion';
const ALARM_TYPE = 'Custom::SSMMaintenanceWindowTaskAlarm';
const STATE_TYPE = 'Custom::SSMMaintenanceWindowState';

/** Compares the template of the program with the source, property by property and by meaning. */
export function compare(model: Model, program: Program, template: Json): Difference[] {
  const actual = isObject(template) ? template : {};
  const resources = section(actual, 'Resources');
  const expectedIds = new Set(model.entities.map(({ key }) => program.logicalIds.get(key)!));
  return [
    ...model.entities.flatMap(entity => compareEntity(entity, program, resources)),
    ...Object.keys(resources).filter(id => !expectedIds.has(id)).map(id => ({
      place: id, message: `the program also renders ${id} of type ${String(section(resources, id).Type)}, which the source does not have`,
    })),
    ...SECTIONS.flatMap(name => compareSection(model, program, name, section(actual, name))),
    ...differences(model.source, 'Transform', model.transforms, [actual.Transform ?? []].flat()),
  ];
}

/** Compares the alarms and the disabled windows in the template of the second pass with the source. */
export function compareCustomResources(model: Model, program: Program, template: Json): Difference[] {
  const resources = section(isObject(template) ? template : {}, 'Resources');
  const rendered = Object.values(resources)
    .filter(resource => isObject(resource) && (resource.Type === ALARM_TYPE || resource.Type === STATE_TYPE))
    .map(resource => canonical(resource));
  return model.entities.filter(entity => needsCustomResource(entity) && !program.mistakes.has(entity.key)).flatMap(({ key, place, alarm }) => {
    const marks = [canonical({ Ref: program.logicalIds.get(key)! }), ...alarm ? [ALARM_TYPE, JSON.stringify(alarm.name)] : [STATE_TYPE]];
    const isRendered = rendered.some(resource => marks.every(mark => resource.includes(mark)));
    return isRendered ? [] : [{ place, message: alarm ? `the alarm ${alarm.name} is not rendered` : 'that the window is disabled is not rendered' }];
  });
}

function section(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  return isObject(found) ? found : {};
}

function compareEntity(entity: Entity, program: Program, resources: JsonObject): Difference[] {
  const logicalId = program.logicalIds.get(entity.key)!;
  const resource = valueOf(resources, logicalId);
  if (!isObject(resource) || resource.Type !== RESOURCE_TYPES[entity.kind]) {
    return [{ place: entity.place, message: `the program renders no ${RESOURCE_TYPES[entity.kind]} with the logical id ${logicalId}` }];
  }
  const expected = normalizedProperties(entity.kind, translated(entity.properties, program) as JsonObject);
  const actual = normalizedProperties(entity.kind, section(resource, 'Properties'));
  return [
    ...differences(entity.place, '', expected, actual),
    ...differences(entity.place, '', attributes(entity, program), renderedAttributes(resource)),
  ];
}

/** References of the source by the logical ids of the program. */
function translated(value: Json, program: Program): Json {
  return mapJson(value, (item): Json | undefined => {
    if (!isObject(item) || Object.keys(item).length !== 1) {
      return undefined;
    }
    if (typeof item.Ref === 'string') {
      const logicalId = program.logicalIds.get(item.Ref) ?? program.logicalIds.get(sectionKey('Parameters', item.Ref));
      return logicalId === undefined ? undefined : { Ref: logicalId };
    }
    if (typeof item.Condition === 'string') {
      return { Condition: program.logicalIds.get(sectionKey('Conditions', item.Condition)) ?? item.Condition };
    }
    const [[name, argument]] = Object.entries(item);
    const renamed = name === 'Fn::If' ? 'Conditions' : name === 'Fn::FindInMap' ? 'Mappings' : undefined;
    if (renamed && Array.isArray(argument) && typeof argument[0] === 'string') {
      return { [name]: [program.logicalIds.get(sectionKey(renamed, argument[0])) ?? argument[0], ...argument.slice(1)] };
    }
    return undefined;
  });
}

function attributes(entity: Entity, program: Program): JsonObject {
  const { DependsOn: dependsOn, Condition: condition, ...rest } = entity.attributes;
  const implied = referencesOf(entity.properties);
  const dependencies = (Array.isArray(dependsOn) ? dependsOn : [])
    .filter(name => !implied.includes(String(name)))
    .map(name => program.logicalIds.get(String(name))!);
  return normalizedValue({
    ...translated(rest, program) as JsonObject,
    ...condition !== undefined && { Condition: program.logicalIds.get(sectionKey('Conditions', String(condition))) ?? condition },
    ...dependencies.length > 0 && { DependsOn: dependencies.sort() },
  }) as JsonObject;
}

function renderedAttributes(resource: JsonObject): JsonObject {
  const { Type: _type, Properties: _properties, DependsOn: dependsOn, Metadata: metadata, ...rest } = resource;
  const own = isObject(metadata) ? Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== 'aws:cdk:path')) : {};
  const dependencies = Array.isArray(dependsOn) ? [...dependsOn].sort() : dependsOn === undefined ? [] : [dependsOn];
  return normalizedValue({
    ...rest,
    ...Object.keys(own).length > 0 && { Metadata: own },
    ...dependencies.length > 0 && { DependsOn: dependencies },
  }) as JsonObject;
}

function compareSection(model: Model, program: Program, name: typeof SECTIONS[number], actual: JsonObject): Difference[] {
  const standIns = Object.fromEntries(model.standIns.map(({ parameter, description }) => [parameter, { Type: 'String', Description: description }]));
  const sources = {
    Parameters: { ...model.parameters, ...standIns },
    Conditions: model.conditions,
    Mappings: model.mappings,
    Outputs: Object.fromEntries(Object.entries(model.outputs).map(([key, output]) => [key, withCondition(output, program)])),
  };
  const expected = Object.fromEntries(Object.entries<Json>(sources[name])
    .map(([key, value]) => [program.logicalIds.get(sectionKey(name, key))!, value]));
  const rendered = Object.fromEntries(Object.entries(actual).filter(([key]) => key !== SYNTHESIZER_PARAMETER));
  return differences(`${name} of ${model.source}`, '', normalizedValue(translated(expected, program)) as JsonObject, normalizedValue(rendered) as JsonObject);
}

/** The condition of an output is its name only. */
function withCondition(output: JsonObject, program: Program): JsonObject {
  const { Condition: condition } = output;
  return condition === undefined ? output : { ...output, Condition: program.logicalIds.get(sectionKey('Conditions', String(condition))) ?? condition };
}

/** Each innermost place where two values differ. */
function differences(place: string, path: string, expected: Json | undefined, actual: Json | undefined): Difference[] {
  if (isObject(expected) && isObject(actual)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
      .flatMap(key => differences(place, path === '' ? key : `${path}.${key}`, valueOf(expected, key), valueOf(actual, key)));
  }
  if (expected !== undefined && actual !== undefined && canonical(expected) === canonical(actual)) {
    return [];
  }
  return [{ place, message: `${path} is ${shown(path, expected)} in the source and ${shown(path, actual)} in the program` }];
}

function shown(path: string, value: Json | undefined): string {
  return value === undefined ? 'missing' : hidden(path, canonical(value));
}
