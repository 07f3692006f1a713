import * as path from 'node:path';
import { type Known, valueOf, withParameters } from './template-values';
import type { NamedTemplate } from './template-windows';
import { ImportError } from '../importer/errors';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { isTemplate, parseTemplateText } from '../importer/read/parse-template';

/** What is read from: a file system, or a fake of one. */
export interface FileReader {
  exists(file: string): boolean;
  readFile(file: string): string;
  /** The files of a folder, or undefined if there is no such folder. */
  listFolder(folder: string): string[] | undefined;
}

const MANIFEST = 'manifest.json';

/** The templates of a cloud assembly (the folder `cdk.out`), stages and nested stacks included, or of a single file. */
export function templatesOf(reader: FileReader, location: string): NamedTemplate[] {
  if (!reader.exists(location)) {
    throw new ImportError(location, undefined, 'does not exist, synthesize the app by cdk synth first');
  }
  const folder = folderOf(reader, location);
  if (folder !== undefined) {
    return templatesOfAssembly(reader, folder);
  }
  if (reader.listFolder(location)) {
    throw new ImportError(location, undefined, `holds no ${MANIFEST}, give the folder that cdk synth wrote`);
  }
  const template = templateIn(reader, location);
  if (!isTemplate(template)) {
    throw new ImportError(location, undefined, 'must be a cloud assembly such as cdk.out, or a CloudFormation template with a \'Resources\' section');
  }
  return [{ name: path.basename(location).replace(/(\.template)?\.(json|ya?ml|template)$/, ''), template, paths: new Map() }];
}

/** The templates of two versions; windows of two single files are told apart by their logical IDs, whatever the files are called. */
export function templatesToCompare(reader: FileReader, old: string, now: string): [NamedTemplate[], NamedTemplate[]] {
  const [before, after] = [templatesOf(reader, old), templatesOf(reader, now)];
  const areFiles = [old, now].every((location) => folderOf(reader, location) === undefined);
  return [areFiles ? before.map((template) => ({ ...template, name: after[0].name })) : before, after];
}

/** The folder of a cloud assembly that is given as such or by its manifest, or undefined. */
function folderOf(reader: FileReader, location: string): string | undefined {
  if (reader.exists(path.join(location, MANIFEST))) {
    return location;
  }
  return path.basename(location) === MANIFEST ? path.dirname(location) : undefined;
}

/** @param parents the folders of the assemblies that this one is nested in */
function templatesOfAssembly(reader: FileReader, folder: string, parents: readonly string[] = []): NamedTemplate[] {
  const file = path.join(folder, MANIFEST);
  const manifest = read(reader, file);
  const artifacts = isObject(manifest) ? manifest.artifacts ?? {} : undefined;
  if (!isObject(artifacts)) {
    throw new ImportError(file, 'artifacts', 'must be a map, give the folder that cdk synth wrote');
  }
  const assets = assetsOf(reader, folder, artifacts);
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const properties = propertiesOf(artifact);
    if (!isObject(artifact)) {
      return [];
    }
    if (artifact.type === 'cdk:cloud-assembly' && typeof properties.directoryName === 'string') {
      const nested = path.join(folder, properties.directoryName);
      const around = [...parents, path.resolve(folder)];
      if (around.includes(path.resolve(nested))) {
        throw new ImportError(file, `artifacts.${id}`, `must not be an assembly that holds this one, got ${JSON.stringify(properties.directoryName)}, synthesize the app again`);
      }
      return templatesOfAssembly(reader, nested, around);
    }
    if (artifact.type !== 'aws:cloudformation:stack' || typeof properties.templateFile !== 'string') {
      return [];
    }
    const name = typeof artifact.displayName === 'string' ? artifact.displayName : id;
    const templateFile = path.join(folder, properties.templateFile);
    const template = withParameters(templateIn(reader, templateFile), environmentOf(artifact));
    return withNestedStacks(reader, assets, [templateFile], { name, template, paths: pathsOf(metadataOf(reader, folder, artifact)) });
  });
}

function propertiesOf(artifact: Json): JsonObject {
  return isObject(artifact) && isObject(artifact.properties) ? artifact.properties : {};
}

/** The files of an assembly, by the hash under which they are uploaded and by their names. */
interface Assets {
  readonly folder: string;
  readonly pathByHash: ReadonlyMap<string, string>;
}

function assetsOf(reader: FileReader, folder: string, artifacts: JsonObject): Assets {
  const files = Object.values(artifacts).flatMap((artifact) => {
    const { file } = propertiesOf(artifact);
    const isManifest = isObject(artifact) && artifact.type === 'cdk:asset-manifest' && typeof file === 'string';
    const manifest = isManifest ? read(reader, path.join(folder, file)) : {};
    return isObject(manifest) && isObject(manifest.files) ? Object.entries(manifest.files) : [];
  });
  const paths = files.flatMap(([hash, file]) => {
    const source = isObject(file) && isObject(file.source) ? file.source.path : undefined;
    return typeof source === 'string' ? [[hash, source] as const] : [];
  });
  return { folder, pathByHash: new Map(paths) };
}

/** The template of a nested stack: the CDK command line has its path written down, else the address holds the hash of it. */
function nestedTemplateFile({ Metadata: metadata, Properties: properties }: JsonObject, { folder, pathByHash }: Assets): string | undefined {
  const named = isObject(metadata) ? metadata['aws:asset:path'] : undefined;
  const url = isObject(properties) ? JSON.stringify(properties.TemplateURL ?? null) : '';
  const file = typeof named === 'string' ? named : pathByHash.get(/[0-9a-f]{64}/.exec(url)?.[0] ?? '');
  return file === undefined ? undefined : path.join(folder, file);
}

/** What the environment of a stack makes of the pseudo parameters, as far as the app knows it. */
function environmentOf({ environment }: JsonObject): Record<string, string> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return {
    ...(account && account !== 'unknown-account' && { 'AWS::AccountId': account }),
    ...(region && region !== 'unknown-region' && { 'AWS::Region': region }),
  };
}

/**
 * The templates of nested stacks are assets beside that of their parent, which gives them their parameters.
 *
 * @param files the template of the parent, after those that it is nested in
 */
function withNestedStacks(reader: FileReader, assets: Assets, files: readonly string[], parent: NamedTemplate): NamedTemplate[] {
  const resources = isObject(parent.template.Resources) ? parent.template.Resources : {};
  const nested = Object.entries(resources).flatMap(([logicalId, resource]) => {
    const file = isObject(resource) && resource.Type === 'AWS::CloudFormation::Stack' ? nestedTemplateFile(resource, assets) : undefined;
    if (!isObject(resource) || file === undefined) {
      return [];
    }
    if (files.includes(file)) {
      throw new ImportError(files[files.length - 1], `Resources.${logicalId}`, `must not be a stack that holds this one, got ${JSON.stringify(path.basename(file))}, synthesize the app again`);
    }
    return withNestedStacks(reader, assets, [...files, file], {
      name: `${parent.name}/${logicalId}`,
      template: withParameters(templateIn(reader, file), parametersFor(parent.template, resource)),
      paths: parent.paths,
      condition: typeof resource.Condition === 'string' ? resource.Condition : parent.condition,
    });
  });
  return [parent, ...nested];
}

/** The parameters of a nested stack; it is in the account and region of its parent. */
function parametersFor(parent: JsonObject, { Properties: properties }: JsonObject): Record<string, Known> {
  const given = isObject(properties) && isObject(properties.Parameters) ? properties.Parameters : {};
  const environment = ['AWS::AccountId', 'AWS::Region'].map((name) => [name, { Ref: name }] as const);
  return Object.fromEntries([...environment, ...Object.entries(given)].map(([name, value]) => [name, valueOf(parent, value)]));
}

/** Newer CDKs keep the metadata of a stack in a file of its own. */
function metadataOf(reader: FileReader, folder: string, artifact: JsonObject): JsonObject {
  const own = isObject(artifact.metadata) ? artifact.metadata : {};
  const { additionalMetadataFile: file } = artifact;
  const additional = typeof file === 'string' ? read(reader, path.join(folder, file)) : {};
  return { ...own, ...(isObject(additional) && additional) };
}

function pathsOf(metadata: JsonObject): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [constructPath, entries] of Object.entries(metadata)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (isObject(entry) && entry.type === 'aws:cdk:logicalId' && typeof entry.data === 'string') {
        paths.set(entry.data, constructPath.replace(/^\//, '').replace(/\/Resource$/, ''));
      }
    }
  }
  return paths;
}

function templateIn(reader: FileReader, file: string): JsonObject {
  const content = read(reader, file);
  if (!isObject(content)) {
    throw new ImportError(file, undefined, 'must be a CloudFormation template');
  }
  return content;
}

function read(reader: FileReader, file: string): Json {
  return parseTemplateText({ name: file, text: reader.readFile(file) });
}
