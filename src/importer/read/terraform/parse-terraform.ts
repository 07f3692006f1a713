import { ImportError } from '../../errors';
import { isObject, type Json, type JsonObject } from '../../json';
import type { Model } from '../../model';
import type { SourceFile } from '../source-file';
import { parseConfiguration } from './parse-configuration';
import { parsePlan } from './parse-plan';
import { parseState } from './parse-state';

/** Blocks by which a configuration is told; templates and answers of the API begin all names with a capital letter. */
const BLOCKS = ['resource', 'module', 'terraform', 'locals', 'provider'];

/** True if the content is Terraform's: a configuration, a raw state, or what `terraform show -json` prints. */
export function isTerraform(content: Json): content is JsonObject {
  return isObject(content) && content.Resources === undefined
    && (typeof content.format_version === 'string' || isRawState(content) || BLOCKS.some(name => typeof content[name] === 'object' && Object.hasOwn(content, name)));
}

function isRawState(content: JsonObject): boolean {
  return typeof content.version === 'number' && (content.lineage !== undefined || content.serial !== undefined || content.terraform_version !== undefined);
}

/** Reads the windows, targets and tasks of a state, a plan or a configuration of Terraform, all as JSON. */
export function parseTerraform({ name }: SourceFile, content: Json): Model {
  if (!isTerraform(content)) {
    throw new ImportError(name, undefined, 'must be JSON of Terraform, got something else, give what "terraform show -json" prints');
  }
  if (isRawState(content)) {
    throw new ImportError(name, undefined, 'is a raw state file, give what "terraform show -json" prints');
  }
  if (typeof content.format_version !== 'string') {
    return parseConfiguration(name, content);
  }
  if (!/^[01]\./.test(content.format_version)) {
    // a new major version is to be refused
    throw new ImportError(name, 'format_version', `must be 0 or 1 with a minor version, got ${content.format_version.slice(0, 20)}, print it with a Terraform of version 1`);
  }
  return content.planned_values === undefined ? parseState(name, content) : parsePlan(name, content);
}
