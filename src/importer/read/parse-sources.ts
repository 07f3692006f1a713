import { parseJsonValues } from './json-values';
import { parseApi } from './parse-api';
import { isTemplateFile, parseTemplate, parseTemplateText } from './parse-template';
import { withoutByteOrderMark, type SourceFile } from './source-file';
import { ImportError } from '../errors';
import { isObject, type Json } from '../json';
import type { Model } from '../model';
import { isTerraform, parseTerraform } from './terraform/parse-terraform';

/** Members of answers of the API, by which what the AWS CLI printed as YAML is told from a template. */
const API_MEMBERS = ['WindowId', 'WindowIdentities', 'Tasks', 'Targets', 'WindowTaskId', 'TagList'];

/**
 * Reads files of any kind: a template, or answers of the API.
 *
 * @param isFolder whether files were found in a folder, where others may lie beside them
 */
export function parseSources(source: string, files: readonly SourceFile[], isFolder: boolean): Model {
  if (files.length === 1 && !isFolder) {
    return parseOne(files[0]);
  }
  const templates = files.filter(isTemplateFile).map(file => file.name);
  if (templates.length > 0) {
    throw new ImportError(templates[0], undefined, `is a template, which is imported by itself, got ${files.length} files`);
  }
  return parseApi(source, files, { skipsOthers: isFolder });
}

function parseOne(file: SourceFile): Model {
  if (/\.(tf|hcl)$/i.test(file.name)) {
    throw new ImportError(file.name, undefined, 'is HCL, give what "terraform show -json" prints of the state or a plan');
  }
  const [value, ...others] = jsonValues(file);
  if (value !== undefined && others.length === 0 && isTerraform(value)) {
    return parseTerraform(file, value);
  }
  if (!isTemplateFile(file)) {
    return parseApi(file.name, [file]);
  }
  requireNoYamlAnswer(file, parseTemplateText(file));
  return parseTemplate(file);
}

/** The values of a file that holds JSON; none of another. */
function jsonValues(file: SourceFile): Json[] {
  return withoutByteOrderMark(file.text).trimStart().startsWith('{') ? parseJsonValues(file) : [];
}

function requireNoYamlAnswer(file: SourceFile, content: Json): void {
  if (isObject(content) && content.Resources === undefined && API_MEMBERS.some(name => content[name] !== undefined)) {
    throw new ImportError(file.name, undefined, 'was printed with --output yaml, print it with --output json');
  }
}
