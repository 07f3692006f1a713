import { array, call, map, core, literal, member, object, own, service, THIS, type Code } from './code';
import { DOCUMENT_CONSTANTS } from './documents';
import { isIntrinsic } from '../../rules/template-value';
import { isObject, valueOf, type Json, type JsonObject } from '../json';
import { named, nameOfValue, type Rendering } from './rendering';
import { textOrPseudoParameter } from './task-input-code';

/** A role that exists already: nothing is added to its policy. */
export function importedRole(arn: Json, rendering: Rendering): Code {
  return rendering.shared('role', arn, named(nameOfValue(arn, 'Task'), 'Role'), id => call(
    service('iam', 'aws-iam', 'Role.fromRoleArn'), THIS, literal(id), rendering.values.string(arn), object({ mutable: literal(false) })));
}

/** The code of a document, by its constant if there is one. */
export function document(className: 'RunCommandDocument' | 'AutomationRunbook', taskArn: Json, values: Rendering['values']): Code {
  const constant = typeof taskArn === 'string' ? valueOf(DOCUMENT_CONSTANTS[className], taskArn) : undefined;
  if (constant !== undefined) {
    return own(`${className}.${constant}`);
  }
  const factory = typeof taskArn === 'string' && taskArn.startsWith('arn:') ? 'fromDocumentArn' : 'fromDocumentName';
  return call(own(`${className}.${factory}`), values.string(taskArn));
}

export function documentVersion(version: Json | undefined, values: Rendering['values']): Code | undefined {
  switch (version) {
    case undefined: return undefined;
    case '$DEFAULT': return own('DocumentVersion.DEFAULT');
    case '$LATEST': return own('DocumentVersion.LATEST');
    default: return call(own('DocumentVersion.of'), values.string(version));
  }
}

/** True if parameters are a map of lists, as documents take them. */
export function isParameterMap(parameters: Json | undefined): parameters is JsonObject {
  return isObject(parameters) && !isIntrinsic(parameters) && Object.values(parameters).every(value => Array.isArray(value) || isIntrinsic(value));
}

export function parameterMap(parameters: JsonObject, values: Rendering['values']): Code | undefined {
  const entries = Object.entries(parameters);
  return entries.length === 0 ? undefined : map(entries.map(([name, items]) => [
    name, Array.isArray(items) ? array(items.map(item => textOrPseudoParameter(item, values))) : values.list(items),
  ]));
}

/** A duration in its largest whole unit. */
export function duration(seconds: Json, values: Rendering['values']): Code {
  const units = [['days', 86400], ['hours', 3600], ['minutes', 60]] as const;
  const value = Number(seconds);
  const unit = units.find(([, size]) => value > 0 && value % size === 0);
  return unit ? call(member(core('Duration'), unit[0]), literal(value / unit[1])) : call(core('Duration.seconds'), values.number(seconds));
}
