import { isObject, type Json, type JsonObject } from '../json';
import { booleanMistakes, durationMistakes, instantOf, isLiteral, missing, offsetMistakes, outsideLength } from '../literals';
import type { Entity } from '../model';
import { taskMistakes } from './task-mistakes';
import { parseSchedule } from '../../schedule/engine/grammar';
import { timeZoneFault } from '../../schedule/engine/zone-names';

const NAME = /^[a-zA-Z0-9_\-.]{3,128}$/;
const PROPERTIES: Record<Entity['kind'], string[]> = {
  window: [
    'AllowUnassociatedTargets', 'Cutoff', 'Description', 'Duration', 'EndDate', 'Name', 'Schedule', 'ScheduleOffset', 'ScheduleTimezone', 'StartDate', 'Tags',
  ],
  target: ['Description', 'Name', 'OwnerInformation', 'ResourceType', 'Targets', 'WindowId'],
  task: [
    'CutoffBehavior', 'Description', 'LoggingInfo', 'MaxConcurrency', 'MaxErrors', 'Name', 'Priority', 'ServiceRoleArn', 'Targets', 'TaskArn',
    'TaskInvocationParameters', 'TaskParameters', 'TaskType', 'WindowId',
  ],
};

/** What the constructs refuse because the service does, or because it cannot work. Values known only at deployment pass. */
export function mistakesOf(entity: Entity): string[] {
  const { kind, properties } = entity;
  const unknown = Object.keys(properties).filter(name => !PROPERTIES[kind].includes(name)).map(name => `${name} is no property of this resource type`);
  const specific = kind === 'window' ? windowMistakes(properties) : kind === 'target' ? targetMistakes(properties) : taskMistakes(properties);
  return [...unknown, ...commonMistakes(properties), ...specific];
}

function commonMistakes(properties: JsonObject): string[] {
  const { Name: name } = properties;
  const badName = typeof name === 'string' && !NAME.test(name);
  return [
    ...badName ? [`Name must be 3 to 128 letters, digits, "_", "-" and ".", got "${name}"`] : [],
    ...outsideLength('Description', properties.Description, 1, 128),
  ];
}

function windowMistakes(properties: JsonObject): string[] {
  return [
    ...missing(properties, 'Name', 'Schedule', 'Duration', 'Cutoff', 'AllowUnassociatedTargets'),
    ...durationMistakes(properties),
    ...scheduleMistakes(properties),
    ...dateMistakes(properties),
    ...booleanMistakes('AllowUnassociatedTargets', properties.AllowUnassociatedTargets),
    ...tagMistakes(properties.Tags),
  ];
}

function scheduleMistakes({ Schedule: schedule, ScheduleTimezone: zone, ScheduleOffset: offset }: JsonObject): string[] {
  const parsed = typeof schedule === 'string' ? parseSchedule(schedule) : undefined;
  const errors = (parsed?.faults ?? []).filter(fault => fault.severity === 'error');
  const zoneFault = typeof zone === 'string' ? timeZoneFault(zone) : undefined;
  return [
    ...errors.map(({ rule, got }) => `Schedule ${rule}, got ${JSON.stringify(got)}`),
    ...isLiteral(schedule) && typeof schedule !== 'string' ? ['Schedule must be a text'] : [],
    ...zoneFault?.severity === 'error' ? [`ScheduleTimezone ${zoneFault.rule}, got "${String(zone)}"`] : [],
    ...offsetMistakes(offset, String(schedule), parsed?.schedule),
  ];
}

function dateMistakes(properties: JsonObject): string[] {
  const malformed = ['StartDate', 'EndDate'].filter(name => isLiteral(properties[name]) && !instantOf(properties[name]))
    .map(name => `${name} must be a date and time with an offset, such as 2030-01-31T12:00:00Z, got ${JSON.stringify(properties[name])}`);
  const start = instantOf(properties.StartDate);
  const end = instantOf(properties.EndDate);
  return [...malformed, ...start && end && start >= end ? [`StartDate must be before EndDate, got ${start.toISOString()} and ${end.toISOString()}`] : []];
}

function tagMistakes(tags: Json | undefined): string[] {
  if (!Array.isArray(tags)) {
    return [];
  }
  const keys = tags.map(tag => isObject(tag) ? tag.Key : undefined).filter(key => typeof key === 'string');
  return [
    ...new Set(keys).size < keys.length ? ['Tags holds a key twice'] : [],
    ...keys.filter(key => key.startsWith('aws:')).map(key => `the tag ${key} is reserved for AWS`),
  ];
}

const MAX_KEYS = 5;
const MAX_VALUES = 50;

function targetMistakes(properties: JsonObject): string[] {
  const { Targets: targets, ResourceType: resourceType } = properties;
  const common = [
    ...missing(properties, 'WindowId', 'ResourceType', 'Targets'),
    ...outsideLength('OwnerInformation', properties.OwnerInformation, 1, 128),
    ...typeof resourceType === 'string' && !['INSTANCE', 'RESOURCE_GROUP'].includes(resourceType)
      ? [`ResourceType must be INSTANCE or RESOURCE_GROUP, got "${resourceType}"`] : [],
  ];
  if (!Array.isArray(targets)) {
    return common;
  }
  const keys = targets.map(target => isObject(target) && typeof target.Key === 'string' ? target.Key : undefined);
  const known = keys.filter(key => key !== undefined);
  const allowed = resourceType === 'RESOURCE_GROUP' ? /^resource-groups:(Name|ResourceTypeFilters)$/ : /^(InstanceIds|tag-key|tag:[\p{L}\p{Z}\p{N}_.:/=\-@]{1,128})$/u;
  const counts = targets.map(target => isObject(target) && Array.isArray(target.Values) ? target.Values.length : 1);
  return [
    ...common,
    ...targets.length === 0 || targets.length > MAX_KEYS ? [`Targets must hold 1 to ${MAX_KEYS} keys, got ${targets.length}`] : [],
    ...known.filter(key => typeof resourceType === 'string' && !allowed.test(key)).map(key => `the key "${key}" does not fit the resource type ${String(resourceType)}`),
    ...new Set(known).size < known.length ? ['Targets holds a key twice'] : [],
    ...known.includes('InstanceIds') && targets.length > 1 ? ['Targets must hold either instance ids or tags'] : [],
    ...resourceType === 'RESOURCE_GROUP' && known.length === targets.length && !known.includes('resource-groups:Name')
      ? ['Targets must name the resource group by resource-groups:Name'] : [],
    ...counts.some(count => count === 0 || count > MAX_VALUES) ? [`a key of Targets must have 1 to ${MAX_VALUES} values`] : [],
    ...targets.some((target, index) => keys[index] === 'resource-groups:Name' && counts[index] > 1 && isObject(target)) ? ['Targets must name one resource group'] : [],
  ];
}
