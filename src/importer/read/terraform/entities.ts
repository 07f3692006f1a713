import { booleanOf } from '../../../rules/value';
import { ImportError } from '../../errors';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';
import type { Entity, EntityKind, Model } from '../../model';
import { referencesOf } from '../references';
import { ATTRIBUTES } from './attributes';
import { shown, type Findings } from './findings';
import type { Parameters } from './parameters';
import { propertiesOf } from './properties';
import { Deferred, isGiven, isMap, type Value, type ValueMap } from './value';

/** A window, target or task of Terraform. */
export interface Resource {
  readonly kind: EntityKind;
  /** The address in Terraform, by which others refer to it. */
  readonly key: string;
  readonly name: string;
  readonly place: string;
  readonly values: ValueMap;
  readonly dependsOn: readonly string[];
}

/** The model of all that was read. */
export function modelOf(source: string, resources: readonly Resource[], findings: Findings, parameters: Parameters): Model {
  if (resources.length === 0) {
    const lost = findings.notCarried.map(({ place, reason }) => `; ${place}: ${reason}`).slice(0, 5).join('');
    throw new ImportError(source, undefined, 'holds no maintenance window, target or task, '
      + `give what "terraform show -json" prints of the state or a plan that has them${lost}`);
  }
  const entities = withReferences(resources.map(resource => entityOf(resource, findings)));
  const { standIns, remarks } = parameters.named(new Set(entities.flatMap(({ properties }) => referencesOf(properties))));
  return {
    source,
    origin: 'api',
    entities,
    parameters: {},
    conditions: {},
    mappings: {},
    outputs: {},
    transforms: [],
    standIns,
    notCarried: findings.notCarried,
    remarks: [...findings.remarks, ...remarks],
  };
}

function entityOf({ kind, key, name, place, values, dependsOn }: Resource, findings: Findings): Entity {
  const isEnabled = kind !== 'window' || enabled(valueOf(values, 'enabled'), place, findings);
  const id = textOf(valueOf(values, 'id'));
  const windowId = kind === 'window' ? undefined : textOf(valueOf(values, 'window_id'));
  const properties = propertiesOf(kind === 'window' ? withAllTags(values) : values, ATTRIBUTES[kind], {
    place, lose: (what, reason) => findings.lose(place, what, reason),
  });
  return {
    kind,
    key,
    name,
    place,
    properties: completed(kind, properties, place, findings),
    ...id !== undefined && { physicalId: id },
    ...windowId !== undefined && { physicalWindowId: windowId },
    attributes: dependsOn.length > 0 ? { DependsOn: [...dependsOn] } : {},
    ...!isEnabled && { enabled: false },
  };
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function enabled(value: Value | undefined, place: string, findings: Findings): boolean {
  if (value instanceof Deferred) {
    findings.lose(place, `enabled: ${shown(value.shown)}`, 'it is not known here; the window stays as it is until it is enabled or disabled by hand');
    return true;
  }
  return typeof value !== 'boolean' && typeof value !== 'string' || booleanOf(value) !== false;
}

/** `tags_all` are the tags with the default tags of the provider, which older versions of it do not have. */
function withAllTags(values: ValueMap): ValueMap {
  const { tags_all: all, tags, ...others } = values;
  const given = isMap(all) && Object.keys(all).length > 0 || all instanceof Deferred ? all : tags;
  return { ...others, ...isGiven(given) && { tags_all: given } };
}

/** What Terraform need not say, and what a template must not. */
function completed(kind: EntityKind, properties: JsonObject, place: string, findings: Findings): JsonObject {
  if (kind === 'window') {
    return { AllowUnassociatedTargets: false, ...properties };
  }
  if (kind === 'target') {
    return properties;
  }
  const { MaxConcurrency: concurrency, MaxErrors: errors, ...others } = properties;
  const placeholders = ['MaxConcurrency', 'MaxErrors'].filter(name => properties[name] !== undefined);
  const hasTargets = properties.Targets !== undefined;
  if (!hasTargets && placeholders.length > 0) {
    findings.lose(place, placeholders.join(' and '), 'a placeholder that the service reports for a task without targets and refuses when it is set');
  }
  return { Priority: 1, ...hasTargets ? properties : others };
}

/** IDs of windows and targets that are read as well become references to them. */
function withReferences(entities: readonly Entity[]): Entity[] {
  const keys = new Map(entities.filter(({ kind }) => kind !== 'task').flatMap(({ key, physicalId }) => physicalId === undefined ? [] : [[physicalId, key] as const]));
  const reference = (value: Json): Json => typeof value === 'string' && keys.has(value) ? { Ref: keys.get(value)! } : value;
  return entities.map(entity => {
    const { WindowId: windowId, Targets: targets } = entity.properties;
    return {
      ...entity,
      properties: {
        ...entity.properties,
        ...windowId !== undefined && { WindowId: reference(windowId) },
        ...Array.isArray(targets) && { Targets: targets.map(target => withTargetReferences(target, reference)) },
      },
    };
  });
}

function withTargetReferences(target: Json, reference: (value: Json) => Json): Json {
  return isObject(target) && target.Key === 'WindowTargetIds' && Array.isArray(target.Values) ? { ...target, Values: target.Values.map(reference) } : target;
}
