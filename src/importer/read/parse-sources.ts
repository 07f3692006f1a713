import { modelOfRecords } from './parse-api';
import { contentsOf, isJson, isTemplateFile, parseTemplate } from './parse-template';
import type { SourceFile } from './source-file';
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
  files.forEach(requireNoHcl);
  const parsed = files.map(file => ({ file, contents: contentsOf(file) }));
  if (parsed.length === 1 && !isFolder) {
    return parseOne(parsed[0]);
  }
  const template = parsed.find(({ file, contents }) => isTemplateFile(file, contents));
  if (template) {
    throw new ImportError(template.file.name, undefined, `is a template, which is imported by itself, got ${files.length} files`);
  }
  return modelOfRecords(source, parsed.flatMap(recordsOf), { skipsOthers: isFolder });
}

/** A file with what it holds. */
interface ParsedFile {
  readonly file: SourceFile;
  readonly contents: readonly Json[];
}

function parseOne({ file, contents }: ParsedFile): Model {
  const [content, ...others] = contents;
  if (isJson(file) && others.length === 0 && isTerraform(content)) {
    return parseTerraform(file, content);
  }
  if (!isTemplateFile(file, contents)) {
    return modelOfRecords(file.name, recordsOf({ file, contents }));
  }
  requireNoYamlAnswer(file, content);
  // several contents are told by the parser
  return others.length === 0 ? parseTemplate(file, content) : parseTemplate(file);
}

function recordsOf({ file, contents }: ParsedFile): Array<{ readonly name: string; readonly content: Json }> {
  return contents.map(content => ({ name: file.name, content }));
}

function requireNoHcl({ name }: SourceFile): void {
  if (/\.(tf|hcl)$/i.test(name)) {
    throw new ImportError(name, undefined, 'is HCL, give what "terraform show -json" prints of the state or a plan');
  }
}

function requireNoYamlAnswer(file: SourceFile, content: Json): void {
  if (isObject(content) && content.Resources === undefined && API_MEMBERS.some(name => content[name] !== undefined)) {
    throw new ImportError(file.name, undefined, 'was printed with --output yaml, print it with --output json');
  }
}
