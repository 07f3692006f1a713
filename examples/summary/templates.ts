import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { UsageError } from './errors';

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: { readonly [name: string]: unknown };
  readonly stack: StackTemplate;
}

/** The template of a synthesized stack. */
export interface StackTemplate {
  readonly stackName: string;
  readonly file: string;
  readonly resources: Resource[];
  /** What the stack exports, by the name of the export. */
  readonly exports: ReadonlyMap<string, unknown>;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string; readonly directoryName?: string };
}

interface Template {
  readonly Resources?: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: Resource['properties'] } };
  readonly Outputs?: { readonly [logicalId: string]: { readonly Value: unknown; readonly Export?: { readonly Name: unknown } } };
}

/** The templates in a directory that the CDK has synthesized into, those of its stages included. */
export function readTemplates(directory: string): StackTemplate[] {
  const manifest = join(directory, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new UsageError(`'${directory}' must be a directory that the CDK has synthesized into, got no file manifest.json in it, synthesize the app first`);
  }
  const artifacts = readJson<{ artifacts?: { [id: string]: Artifact } }>(manifest).artifacts ?? {};
  return Object.entries(artifacts).flatMap(([id, { type, properties = {} }]) => {
    if (type === 'cdk:cloud-assembly' && properties.directoryName) {
      return readTemplates(join(directory, properties.directoryName));
    }
    return type === 'aws:cloudformation:stack' && properties.templateFile
      ? [readTemplate(properties.stackName ?? id, join(directory, properties.templateFile))]
      : [];
  });
}

function readTemplate(stackName: string, file: string): StackTemplate {
  const { Resources = {}, Outputs = {} } = readJson<Template>(file);
  const stack = {
    stackName,
    file: relative(process.cwd(), file),
    resources: [] as Resource[],
    exports: new Map(Object.values(Outputs).flatMap(({ Value, Export }) => (typeof Export?.Name === 'string' ? [[Export.Name, Value]] : []))),
  };
  for (const [logicalId, { Type, Properties }] of Object.entries(Resources)) {
    stack.resources.push({ logicalId, type: Type, properties: Properties ?? {}, stack });
  }
  return stack;
}

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf-8')) as T;
    // eslint-disable-next-line no-restricted-syntax -- a file that cannot be read is told in one line
  } catch (error) {
    throw new UsageError(`'${file}' must be a JSON file that can be read, got ${(error as Error).message}, synthesize the app again`);
  }
}
