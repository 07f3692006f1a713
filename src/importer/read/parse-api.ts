import { asArray, isListForm, targetProperties, taskProperties, windowProperties, withoutEmptyTexts, type Converted } from './api-shapes';
import { ImportError } from '../errors';
import { isObject, mapJson, type Json, type JsonObject } from '../json';
import type { Entity, Model, NotCarried, Remark, TaskAlarm } from '../model';

/** A record of the API and where it was read. */
interface Found {
  readonly place: string;
  readonly record: JsonObject;
}

/** Records by what they describe, as read from any number of files. */
interface Records {
  readonly windows: Map<string, Found>;
  readonly targets: Map<string, Found>;
  readonly tasks: Map<string, Found>;
  readonly tags: Map<string, Json[]>;
  readonly notCarried: NotCarried[];
}

interface ReadOptions {
  /** Whether contents of another kind are left out with a remark. */
  readonly skipsOthers?: boolean;
}

/** Reads what `aws ssm describe-maintenance-window…` and `get-maintenance-window…` print, and requests. */
export function modelOfRecords(
  source: string, files: ReadonlyArray<{ readonly name: string; readonly content: Json }>, { skipsOthers = false }: ReadOptions = {},
): Model {
  const records: Records = { windows: new Map(), targets: new Map(), tasks: new Map(), tags: new Map(), notCarried: [] };
  const others = skipsOthers ? files.filter(({ content }) => !isAnswer(content)) : [];
  files.filter(file => !others.includes(file)).forEach(({ name, content }) => collect(records, name, '', content));
  if (records.windows.size + records.targets.size + records.tasks.size === 0) {
    throw new ImportError(source, undefined, 'holds no maintenance window, target or task, '
      + 'give the JSON that "aws ssm get-maintenance-window" and its describe commands print');
  }
  const model = build(source, records);
  const skipped = others.map(({ name }) => ({ place: name, message: 'holds nothing of a maintenance window, so it is left out' }));
  return { ...model, remarks: [...model.remarks, ...skipped] };
}

/** Members by one of which every answer and request about windows is told. */
const MEMBERS = ['WindowId', 'WindowIdentities', 'Tasks', 'Targets', 'TagList', 'WindowTaskId', 'WindowTargetId', 'TaskArn', 'Schedule'];

function isAnswer(content: Json): boolean {
  return Array.isArray(content) ? content.length > 0 && content.every(isAnswer)
    : isObject(content) && MEMBERS.some(name => content[name] !== undefined);
}

function collect(records: Records, file: string, path: string, content: Json): void {
  const place = path === '' ? file : `${file}, ${path}`;
  if (Array.isArray(content)) {
    content.forEach((item, index) => collect(records, file, `${path}[${index}]`, item));
    return;
  }
  if (!isObject(content)) {
    throw new ImportError(file, path || undefined, 'must hold an object as the AWS CLI prints it, got another kind of value');
  }
  if (typeof content.NextToken === 'string' && content.NextToken !== '') {
    records.notCarried.push({ place, what: 'the pages after this one', reason: 'the output ends with a NextToken, export it again without --max-items' });
  }
  const lists = ['WindowIdentities', 'Tasks'].filter(name => Array.isArray(content[name]));
  if (Array.isArray(content.Targets) && isListOfTargets(content)) {
    lists.push('Targets');
  }
  if (lists.length > 0) {
    lists.forEach(name => collect(records, file, `${path === '' ? '' : `${path}.`}${name}`, content[name]));
  } else {
    add(records, file, place, content);
  }
}

/** The answer of a describe command, and no target or task, whose targets are keys with values. */
function isListOfTargets({ TaskArn: arn, WindowTargetId: id, WindowTaskId: taskId, ResourceType: type, Targets: targets }: JsonObject): boolean {
  const items = asArray(targets);
  return items.length > 0 ? items.some(target => isObject(target) && target.Key === undefined)
    : [arn, id, taskId, type].every(member => member === undefined);
}

function add(records: Records, file: string, place: string, record: JsonObject): void {
  if (Array.isArray(record.TagList)) {
    const windowId = /mw-[0-9A-Za-z]{17}/.exec(file)?.[0];
    if (windowId === undefined) {
      throw new ImportError(file, undefined, 'holds tags but does not say of which window, put the window id into the name of the file');
    }
    records.tags.set(windowId, record.TagList);
  } else if (record.TaskArn !== undefined || record.WindowTaskId !== undefined) {
    // a task in the form in which it is registered has no id yet
    put(records.tasks, text(record.WindowTaskId) ?? `task ${records.tasks.size + 1}`, { place, record });
  } else if (record.WindowTargetId !== undefined || (record.WindowId !== undefined && Array.isArray(record.Targets))) {
    put(records.targets, text(record.WindowTargetId) ?? `target ${records.targets.size + 1}`, { place, record });
  } else if (record.Schedule !== undefined || (record.WindowId !== undefined && record.Name !== undefined)) {
    put(records.windows, text(record.WindowId) ?? `window ${records.windows.size + 1}`, { place, record });
  } else {
    throw new ImportError(file, place === file ? undefined : place.slice(file.length + 2),
      `is no maintenance window, target or task, got an object with ${Object.keys(record).slice(0, 5).join(', ') || 'nothing in it'}`);
  }
}

/** The get form of a record completes the list form, whichever comes first. */
function put(found: Map<string, Found>, id: string, next: Found): void {
  const before = found.get(id);
  const nextIsDetailed = Object.keys(next.record).length >= Object.keys(before?.record ?? {}).length && !isListForm(next.record);
  const detailed = before && !nextIsDetailed ? before : next;
  const { Type: _, ...merged } = { ...before?.record, ...next.record, ...detailed.record };
  found.set(id, { place: detailed.place, record: isListForm(detailed.record) ? { ...merged, Type: detailed.record.Type } : merged });
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function build(source: string, records: Records): Model {
  const notCarried = [...records.notCarried];
  const remarks: Remark[] = [];
  const entities: Entity[] = [];
  const unknownMembers = (found: Found, converted: Converted) => converted.unknown.forEach(what => notCarried.push({
    place: found.place, what, reason: 'not a known member of the API, so there is no property for it',
  }));

  const complete = (found: Found): Found => {
    const { record, empty } = withoutEmptyTexts(found.record);
    if (empty.length > 0) {
      remarks.push({ place: found.place, message: `empty texts of the service mean that nothing is set: ${empty.join(', ')}` });
    }
    return { ...found, record };
  };

  for (const [id, listed] of records.windows) {
    const found = complete(listed);
    const { record } = found;
    if (record.Schedule === undefined) {
      throw new ImportError(found.place, undefined, `the window ${id} has no Schedule, add the output of aws ssm get-maintenance-window --window-id ${id}`);
    }
    const converted = windowProperties({ ...record, ...windowTags(records.tags.get(id)) });
    unknownMembers(found, converted);
    if (record.AllowUnassociatedTargets === undefined) {
      notCarried.push({
        place: found.place,
        what: 'AllowUnassociatedTargets',
        reason: 'the list form of a window does not tell it, false is assumed; add the output of get-maintenance-window',
      });
      converted.properties.AllowUnassociatedTargets = false;
    }
    const owner = stackOfTags(records.tags.get(id));
    if (owner !== undefined) {
      remarks.push({ place: found.place, key: id, message: `belongs to the CloudFormation stack ${owner}: retain and remove it there before cdk import` });
    }
    entities.push({
      kind: 'window',
      key: id,
      name: text(record.Name) ?? id,
      place: found.place,
      properties: converted.properties,
      ...(record.WindowId !== undefined && { physicalId: id }),
      attributes: {},
      ...(record.Enabled === false && { enabled: false }),
    });
  }
  for (const [id, listed] of records.targets) {
    const found = complete(listed);
    const converted = targetProperties(found.record);
    unknownMembers(found, converted);
    entities.push({
      kind: 'target',
      key: id,
      name: text(found.record.Name) ?? 'Target',
      place: found.place,
      properties: { ...(found.record.WindowId !== undefined && { WindowId: found.record.WindowId }), ...converted.properties },
      ...(found.record.WindowTargetId !== undefined && { physicalId: id }),
      physicalWindowId: text(found.record.WindowId),
      attributes: {},
    });
  }
  for (const [id, found] of records.tasks) {
    entities.push(taskEntity(id, complete(found), notCarried, unknownMembers));
  }
  const keys = new Set(entities.map(({ key }) => key));
  return {
    source,
    origin: 'api',
    entities: entities.map(entity => ({ ...entity, properties: withReferences(entity.properties, keys) })),
    parameters: {},
    conditions: {},
    mappings: {},
    outputs: {},
    transforms: [],
    standIns: [],
    notCarried,
    remarks: [...remarks, ...remarkOnTags(source, records)],
  };
}

function remarkOnTags(source: string, { windows, tags }: Records): Remark[] {
  const untold = [...windows.keys()].filter(id => !tags.has(id));
  return untold.length === 0 ? [] : [{
    place: source, message: `the tags are not known, add the output of list-tags-for-resource in a file with the window's id in its name: ${untold.join(', ')}`,
  }];
}

function taskEntity(id: string, found: Found, notCarried: NotCarried[], unknownMembers: (found: Found, converted: Converted) => void): Entity {
  const { record, place } = found;
  const converted = taskProperties(record);
  unknownMembers(found, converted);
  const { properties } = converted;
  if (isListForm(record)) {
    notCarried.push({ place, what: 'TaskInvocationParameters', reason: 'the list form of a task does not tell them; add the output of get-maintenance-window-task' });
  }
  if (properties.Targets === undefined) {
    const placeholders = ['MaxConcurrency', 'MaxErrors'].filter(name => properties[name] !== undefined);
    placeholders.forEach(name => delete properties[name]);
    if (placeholders.length > 0) {
      notCarried.push({
        place,
        what: placeholders.join(' and '),
        reason: 'a placeholder that the service reports for a task without targets and refuses when it is set',
      });
    }
  }
  const alarm = taskAlarm(record.AlarmConfiguration);
  const supportsAlarm = ['RUN_COMMAND', 'AUTOMATION'].includes(String(properties.TaskType));
  if (alarm && !supportsAlarm) {
    notCarried.push({ place, what: `the alarm ${alarm.name}`, reason: 'an alarm stops Run Command and Automation tasks only' });
  }
  return {
    kind: 'task',
    key: id,
    name: text(record.Name) ?? String(record.TaskArn).replace(/^.*[:/]/, ''),
    place,
    properties: { ...(record.WindowId !== undefined && { WindowId: record.WindowId }), ...properties },
    physicalId: text(record.WindowTaskId),
    physicalWindowId: text(record.WindowId),
    attributes: {},
    ...(alarm && supportsAlarm && { alarm }),
  };
}

function taskAlarm(configuration: Json | undefined): TaskAlarm | undefined {
  const [alarm] = isObject(configuration) ? asArray(configuration.Alarms) : [];
  const name = isObject(alarm) ? text(alarm.Name) : undefined;
  return name === undefined ? undefined : { name, ignorePollAlarmFailure: (configuration as JsonObject).IgnorePollAlarmFailure === true };
}

/** Tags of CloudFormation and other services start with `aws:` and cannot be set by anybody else. */
function windowTags(tags: Json[] | undefined): JsonObject {
  const own = (tags ?? []).filter(tag => isObject(tag) && !String(tag.Key).startsWith('aws:'));
  return own.length > 0 ? { Tags: own } : {};
}

function stackOfTags(tags: Json[] | undefined): string | undefined {
  const tag = tags?.find(item => isObject(item) && item.Key === 'aws:cloudformation:stack-name') as JsonObject | undefined;
  return text(tag?.Value);
}

/** Ids of the windows and targets of the model become references to them. */
function withReferences(properties: JsonObject, keys: Set<string>): JsonObject {
  const references: JsonObject = {};
  if (typeof properties.WindowId === 'string' && keys.has(properties.WindowId)) {
    references.WindowId = { Ref: properties.WindowId };
  }
  if (Array.isArray(properties.Targets)) {
    references.Targets = mapJson(properties.Targets, value => typeof value === 'string' && keys.has(value) ? { Ref: value } : undefined);
  }
  return { ...properties, ...references };
}
