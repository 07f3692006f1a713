import * as path from 'node:path';
import { ForecastError, refusal } from './errors';
import { templateOfModel } from './model-template';
import { MAX_STACKS, NestedTemplates, type Assets } from './nested-templates';
import { placeOf, type Place } from './pseudo-parameters';
import { MAX_DEPTH, TemplateFiles, type FileReader } from './template-files';
import { withParameters } from './template-values';
import type { NamedTemplate } from './template-windows';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { parseSources } from '../importer/read/parse-sources';
import { isTemplate } from '../importer/read/parse-template';

const MANIFEST = 'manifest.json';

/** What is given for deployment. */
export interface DeploymentOptions {
  /** The region of stacks whose app leaves it open. */
  readonly region?: string;
  /** Values of parameters of stacks that are not nested, by name. */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** The templates of a cloud assembly (the folder `cdk.out`), stages, nested stacks and sets of stacks included, or of a single file. */
export function templatesOf(reader: FileReader, location: string, options: DeploymentOptions = {}): NamedTemplate[] {
  const templates = templatesWith(reader, location, options);
  requireDeclared(templates, options);
  return templates.flat();
}

/** The templates of two versions; windows of two single files are told apart by their logical IDs, whatever the files are called. */
export function templatesToCompare(
  reader: FileReader, old: string, now: string, options: DeploymentOptions = {},
): [NamedTemplate[], NamedTemplate[]] {
  const areFiles = [old, now].every((location) => folderOf(reader, location) === undefined);
  const before = templatesWith(reader, old, options, areFiles ? nameOf(now) : undefined);
  const after = templatesWith(reader, now, options);
  requireDeclared([...before, ...after], options);
  return [before.flat(), after.flat()];
}

/** A stack, and after it those that are nested in it. */
type StackFamily = NamedTemplate[];

function requireDeclared(families: readonly StackFamily[], { parameters = new Map() }: DeploymentOptions): void {
  const declares = ({ template: { Parameters: declared } }: NamedTemplate, name: string) => (
    isObject(declared) && Object.hasOwn(declared, name) && !name.includes('::'));
  const missing = [...parameters.keys()].find((name) => !families.some(([stack]) => declares(stack, name)));
  if (missing !== undefined) {
    throw new ForecastError(`--parameter must name a parameter of a template, got ${JSON.stringify(missing)}, which no template declares`);
  }
}

/** Gives the parameters of a stack that is not nested; those that it does not declare are meant for another. */
function deployed(template: JsonObject, { region, parameters = new Map() }: DeploymentOptions, place: Place = {}): JsonObject {
  const { Parameters: declared } = template;
  const given = [...parameters].filter(([name]) => isObject(declared) && Object.hasOwn(declared, name));
  return withParameters(template, [...Object.entries({ ...placeOf(region), ...place }), ...given]);
}

/** @param name of a template that is given as a file */
function templatesWith(reader: FileReader, location: string, options: DeploymentOptions, name: string = nameOf(location)): StackFamily[] {
  if (!reader.exists(location)) {
    throw refusal(location, undefined, 'does not exist, synthesize the app by cdk synth first');
  }
  const folder = folderOf(reader, location);
  if (folder !== undefined) {
    return new Assembly(new TemplateFiles(reader, folder), options).templates(folder);
  }
  const exported = reader.listFolder(location)?.filter((file) => /\.json$/i.test(file));
  if (exported?.length === 0) {
    throw refusal(location, undefined, `holds no ${MANIFEST}, give the folder that cdk synth wrote`);
  }
  if (exported) {
    return [exportedTemplate(reader, name, location, exported, options)];
  }
  const files = new TemplateFiles(reader);
  const template = files.template(location);
  if (!isTemplate(template)) {
    return [exportedTemplate(reader, name, location, [location], options)];
  }
  return [new NestedTemplates(files, options.region).withNested({ name, template: deployed(template, options), paths: new Map() }, location)];
}

/** Windows as other tools print them: answers of the API, and Terraform. */
function exportedTemplate(
  reader: FileReader, name: string, location: string, files: readonly string[], options: DeploymentOptions,
): StackFamily {
  const sources = files.map((file) => ({ name: file, text: reader.readFile(file) }));
  const found = templateOfModel(name, parseSources(location, sources, files[0] !== location));
  return [{ ...found, template: deployed(found.template, options) }];
}

function nameOf(file: string): string {
  return path.basename(file).replace(/(\.template)?\.(json|ya?ml|template)$/, '');
}

/** The folder of a cloud assembly that is given as such or by its manifest, or undefined. */
function folderOf(reader: FileReader, location: string): string | undefined {
  if (reader.exists(path.join(location, MANIFEST))) {
    return location;
  }
  return path.basename(location) === MANIFEST ? path.dirname(location) : undefined;
}

/** A cloud assembly with those that are nested in it. */
class Assembly {
  private readonly nested: NestedTemplates;
  private assemblies = 0;

  constructor(private readonly files: TemplateFiles, private readonly options: DeploymentOptions) {
    this.nested = new NestedTemplates(files, options.region);
  }

  /** @param parents the folders of the assemblies that this one is nested in */
  public templates(folder: string, parents: readonly string[] = []): StackFamily[] {
    this.assemblies++;
    if (this.assemblies > MAX_STACKS) {
      throw new ForecastError(`an app must have at most ${MAX_STACKS} assemblies in one another, got more, give the template of one stack`);
    }
    const file = path.join(folder, MANIFEST);
    if (parents.length > MAX_DEPTH) {
      throw refusal(file, undefined, `is nested too deeply, must have at most ${MAX_DEPTH} assemblies in one another, give the template of one stack`);
    }
    const manifest = this.files.read(file);
    const artifacts = isObject(manifest) ? manifest.artifacts ?? {} : undefined;
    if (!isObject(artifacts)) {
      throw refusal(file, 'artifacts', 'must be a map, give the folder that cdk synth wrote');
    }
    const assets = this.assetsOf(folder, artifacts);
    return Object.entries(artifacts).flatMap(([id, artifact]) => {
      const properties = propertiesOf(artifact);
      if (!isObject(artifact)) {
        return [];
      }
      if (artifact.type === 'cdk:cloud-assembly' && typeof properties.directoryName === 'string') {
        return this.nestedAssembly(folder, id, properties.directoryName, [...parents, path.resolve(folder)]);
      }
      if (artifact.type !== 'aws:cloudformation:stack' || typeof properties.templateFile !== 'string') {
        return [];
      }
      return [this.stack(id, artifact, this.files.within(folder, properties.templateFile, { file, place: `artifacts.${id}` }), assets)];
    });
  }

  private nestedAssembly(folder: string, id: string, directoryName: string, around: readonly string[]): StackFamily[] {
    const place = { file: path.join(folder, MANIFEST), place: `artifacts.${id}` };
    const nested = this.files.within(folder, directoryName, place);
    if (around.includes(path.resolve(nested))) {
      throw refusal(place.file, place.place, `must not be an assembly that holds this one, got ${JSON.stringify(directoryName)}, synthesize the app again`);
    }
    return this.templates(nested, around);
  }

  private stack(id: string, artifact: JsonObject, file: string, assets: Assets): StackFamily {
    const name = typeof artifact.displayName === 'string' ? artifact.displayName : id;
    const template = deployed(this.files.template(file), this.options, environmentOf(artifact));
    const paths = pathsOf(this.metadataOf(assets.folder, id, artifact));
    return this.nested.withNested({ name, template, stage: assets.folder, paths }, file, assets);
  }

  private assetsOf(folder: string, artifacts: JsonObject): Assets {
    const files = Object.entries(artifacts).flatMap(([id, artifact]) => {
      const { file } = propertiesOf(artifact);
      const isManifest = isObject(artifact) && artifact.type === 'cdk:asset-manifest' && typeof file === 'string';
      const manifest = isManifest ? this.fileNamedIn(folder, id, file) : {};
      return isObject(manifest) && isObject(manifest.files) ? Object.entries(manifest.files) : [];
    });
    const paths = files.flatMap(([hash, file]) => {
      const source = isObject(file) && isObject(file.source) ? file.source.path : undefined;
      return typeof source === 'string' ? [[hash, source] as const] : [];
    });
    return { folder, pathByHash: new Map(paths) };
  }

  /** Newer CDKs keep the metadata of a stack in a file of its own. */
  private metadataOf(folder: string, id: string, artifact: JsonObject): JsonObject {
    const own = isObject(artifact.metadata) ? artifact.metadata : {};
    const { additionalMetadataFile: file } = artifact;
    const additional = typeof file === 'string' ? this.fileNamedIn(folder, id, file) : {};
    return { ...own, ...(isObject(additional) && additional) };
  }

  private fileNamedIn(folder: string, id: string, file: string): Json {
    return this.files.read(this.files.within(folder, file, { file: path.join(folder, MANIFEST), place: `artifacts.${id}` }));
  }
}

function propertiesOf(artifact: Json): JsonObject {
  return isObject(artifact) && isObject(artifact.properties) ? artifact.properties : {};
}

/** What the environment of a stack makes of the pseudo parameters, as far as the app knows it. */
function environmentOf({ environment }: JsonObject): Place {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment)) ?? [];
  return placeOf(region === 'unknown-region' ? undefined : region, account === 'unknown-account' ? undefined : account);
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
