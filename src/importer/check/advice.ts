import { documentFindings } from './document-mistakes';
import { counted } from '../../rules/format-value';
import { INSTANCE_ID } from '../../rules/identifiers';
import { jsonOf } from '../../rules/json-text';
import { SERVICE_LINKED_ROLE_PREFIX } from '../../rules/role';
import { reopensWithin } from '../../schedule/engine/faults';
import { parseSchedule } from '../../schedule/engine/grammar';
import { canonical, isObject, type Json, type JsonObject } from '../json';
import { literalNumber, isDefaultRole } from '../literals';
import type { Entity, Model, Remark } from '../model';
import { invocationBlock } from '../task-types';

const DEPRECATED = ['LoggingInfo', 'TaskParameters'];
const MINUTE = 60_000;

/** What is legal and yet deserves a look. */
export function adviceOn(model: Model): Remark[] {
  const ofEntities = model.entities.flatMap(entity => {
    const messages = entity.kind === 'window' ? windowAdvice(entity.properties) : [
      ...instanceIdAdvice(entity.properties), ...entity.kind === 'task' ? taskAdvice(entity, model) : [],
    ];
    return messages.map(message => ({ place: entity.place, key: entity.key, message }));
  });
  return [...ofEntities, ...generalAdvice(model)];
}

/** Advice for the reader of the messages; the code says the same by itself. */
function generalAdvice({ source, entities }: Model): Remark[] {
  const windows = entities.filter(({ kind, properties }) => kind === 'window' && properties.ScheduleTimezone === undefined
    && (typeof properties.Schedule !== 'string' || properties.Schedule.startsWith('cron')));
  const linked = entities.filter(({ kind, properties }) => kind === 'task' && isDefaultRole(properties.ServiceRoleArn));
  const rebooting = entities.filter(({ kind, properties }) => kind === 'task' && mayReboot(properties));
  const names = (found: Entity[]) => found.map(({ name }) => name).join(', ');
  return [
    ...windows.length > 0 ? [{ place: source, message: `no time zone, so the times are UTC: ${names(windows)}` }] : [],
    ...linked.length > 0 ? [{ place: source, message: `runs with the service-linked role, in whose place AWS recommends a role of your own: ${names(linked)}` }] : [],
    ...rebooting.length > 0 ? [{ place: source, message: `no RebootOption, so nodes reboot when a patch needs it: ${names(rebooting)}` }] : [],
  ];
}

function mayReboot(properties: JsonObject): boolean {
  const { Parameters: parameters } = invocationBlock(properties);
  const installs = isObject(parameters) && Array.isArray(parameters.Operation) && parameters.Operation.includes('Install');
  return properties.TaskArn === 'AWS-RunPatchBaseline' && installs && isObject(parameters) && parameters.RebootOption === undefined;
}

function windowAdvice({ Schedule: expression, Duration: duration }: JsonObject): string[] {
  const schedule = typeof expression === 'string' ? parseSchedule(expression).schedule : undefined;
  const hours = literalNumber(duration);
  const again = schedule && hours !== undefined && hours >= 1 && hours <= 24 ? reopensWithin(schedule, hours) : undefined;
  return again === undefined ? []
    : [`opens again after ${counted(again / MINUTE, 'minute')} though it is open for ${counted(hours!, 'hour')}: what overlaps a running opening is skipped`];
}

function taskAdvice(task: Entity, model: Model): string[] {
  const { properties } = task;
  const { Name: name, WindowId: windowId } = properties;
  const sameName = model.entities.filter(({ kind, key, properties: other }) => kind === 'task' && key !== task.key && name !== undefined
    && canonical(other.Name ?? null) === canonical(name) && canonical(other.WindowId ?? null) === canonical(windowId ?? null));
  const findings = documentFindings(properties);
  const isRunCommand = properties.TaskType === 'RUN_COMMAND';
  return [
    ...sameName.length > 0 ? [`another task of the window has the same name: ${sameName.map(other => other.name).join(', ')}`] : [],
    ...DEPRECATED.filter(property => properties[property] !== undefined && !findings.some(({ message }) => message.includes(property)))
      .map(property => `${property} is deprecated${isRunCommand ? ' in favour of TaskInvocationParameters' : ', and ignored for this type of task'}`),
    ...findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
    ...properties.TaskType === 'LAMBDA' ? lambdaAdvice(properties) : [],
  ];
}

function lambdaAdvice(properties: JsonObject): string[] {
  const { ClientContext: context } = invocationBlock(properties);
  const name = typeof properties.TaskArn === 'string' ? properties.TaskArn.split(':').pop()! : undefined;
  const isContext = typeof context !== 'string' || jsonOf(Buffer.from(context, 'base64').toString('utf8')) !== undefined;
  return [
    ...name !== undefined && !name.startsWith(SERVICE_LINKED_ROLE_PREFIX) && isDefaultRole(properties.ServiceRoleArn)
      ? [`the service-linked role calls only functions whose name starts with "${SERVICE_LINKED_ROLE_PREFIX}", got "${name}"`] : [],
    ...isContext ? [] : ['ClientContext is not Base64 of a JSON text'],
  ];
}

function instanceIdAdvice({ Targets: targets }: JsonObject): string[] {
  const ids = (Array.isArray(targets) ? targets : []).flatMap((target: Json) => isObject(target) && target.Key === 'InstanceIds' && Array.isArray(target.Values) ? target.Values : []);
  return ids.filter(id => typeof id === 'string' && !INSTANCE_ID.test(id))
    .map(id => `an instance id has "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "${String(id)}"`);
}
