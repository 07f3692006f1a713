import { isIntrinsic } from '../../rules/template-value';
import { isObject, type Json } from '../json';
import type { Model, Remark } from '../model';
import { decodeBase64 } from '../payload';

const NAMES = /pass(word|wd|phrase)|secret|token|api[-_]?key|private[-_]?key|credential|access[-_]?key|connection[-_]?string/i;
const VALUES = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(ghp|gho|ghs|github_pat|xox[bap]|glpat)[_-][A-Za-z0-9_-]{16,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /(pass(word|wd)?|secret|token|api[-_]?key)[\\"']*\s*[=:]\s*[\\"']*[^\s\\"'{$]{6,}/i,
];

/** A reference to where a secret is kept, instead of the secret. */
const REFERENCE = /\{\{\s*(ssm|ssm-secure|resolve|secretsmanager):|^arn:|^\{\{[A-Z_]+\}\}$/;

const PLACES = ['TaskInvocationParameters', 'TaskParameters'];

/** Values that look like secrets: the program holds them in plain text, as the source did. */
export function secretRemarks(model: Model): Remark[] {
  const ofTasks = model.entities.flatMap(entity => PLACES.flatMap(place => secretPaths(place, entity.properties[place] ?? null)).map(path => ({
    place: entity.place,
    key: entity.key,
    message: `${path} looks like a secret and is written in plain text, keep it in Parameter Store and refer to it by {{ssm:NAME}}`,
  })));
  const ofParameters = Object.entries(model.parameters)
    .filter(([name, parameter]) => parameter.Default !== undefined && parameter.Default !== ''
      && (String(parameter.NoEcho).toLowerCase() === 'true' || looksSecret(name, String(parameter.Default))))
    .map(([name]) => ({ place: `${model.source}, Parameters.${name}`, message: 'the default looks like a secret and is written in plain text, remove it' }));
  return [...ofTasks, ...ofParameters];
}

/** A value for a message, unless it looks like a secret. */
export function hidden(path: string, value: string): string {
  return looksSecret(path, value) ? '(hidden, it looks like a secret)' : value;
}

function looksSecret(name: string, value: string): boolean {
  return !REFERENCE.test(value) && (VALUES.some(pattern => pattern.test(value)) || (NAMES.test(name) && value !== '' && value !== '[""]'));
}

function secretPaths(path: string, value: Json): string[] {
  if (Array.isArray(value)) {
    return [...new Set(value.flatMap(item => secretPaths(path, item)))];
  }
  if (isObject(value)) {
    return isIntrinsic(value) ? [] : Object.entries(value).flatMap(([name, item]) => secretPaths(`${path}.${name}`, item));
  }
  const text = path.endsWith('.Payload') ? decodeBase64(String(value)) ?? String(value) : String(value ?? '');
  return looksSecret(path, text) ? [path] : [];
}
