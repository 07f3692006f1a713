import * as path from 'node:path';
import { basisOf } from './basis';
import { ForecastError, refusal } from './errors';
import { UNKNOWN, type Known } from './intrinsic-functions';
import { PLACE_PARAMETERS } from './pseudo-parameters';
import { stackSetParameters } from './stack-sets';
import { templateBody } from './template-body';
import { MAX_DEPTH, type TemplateFiles } from './template-files';
import { valueOf, withParameters } from './template-values';
import { existenceOf, type NamedTemplate } from './template-windows';
import { isObject, type Json, type JsonObject } from '../importer/json';

/** Where the templates of nested stacks are: the files of an assembly by the hash under which they are uploaded and by their names. */
export interface Assets {
  readonly folder: string;
  readonly pathByHash: ReadonlyMap<string, string>;
}

/** More than any app has; two stacks that hold each next one twice double with every level. */
export const MAX_STACKS = 10_000;

/** A stack, and the files of the templates that it is in, its own last. */
interface Visit {
  readonly stack: NamedTemplate;
  readonly files: readonly string[];
}

const NESTED_TYPES: readonly Json[] = ['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet'];

/** Adds nested stacks, and the stacks that sets of stacks deploy, to their parents. One walk counts all stacks of an app. */
export class NestedTemplates {
  private stacks = 0;

  /** @param region the region that is asked for */
  constructor(private readonly files: TemplateFiles, private readonly region?: string) {}

  /** A stack with all that is nested in it, after it. */
  public withNested(root: NamedTemplate, file: string, assets?: Assets): NamedTemplate[] {
    const found: NamedTemplate[] = [];
    const pending: Visit[] = [{ stack: root, files: [file] }];
    for (let visit = pending.pop(); visit; visit = pending.pop()) {
      this.count(visit);
      found.push(visit.stack);
      pending.push(...this.nestedIn(visit, assets).reverse());
    }
    return found;
  }

  private count({ files }: Visit): void {
    this.stacks++;
    if (this.stacks > MAX_STACKS) {
      throw new ForecastError(`an app must have at most ${MAX_STACKS} stacks with those nested in them, got more, give the template of one stack`);
    }
    if (files.length > MAX_DEPTH) {
      throw refusal(files[0], undefined, `is nested too deeply, must have at most ${MAX_DEPTH} stacks in one another, give the template of one stack`);
    }
  }

  private nestedIn(visit: Visit, assets: Assets | undefined): Visit[] {
    const { template } = visit.stack;
    const resources = isObject(template.Resources) ? template.Resources : {};
    return Object.entries(resources).flatMap(([logicalId, resource]) => {
      if (!isObject(resource) || !NESTED_TYPES.includes(resource.Type ?? null)) {
        return [];
      }
      const existence = existenceOf(template, resource);
      const source = existence === false ? undefined : this.sourceOf(visit, logicalId, resource, assets);
      return source ? [{
        stack: nestedStack(visit.stack, logicalId, resource, this.region, existence, source.template),
        files: [...visit.files, source.file],
      }] : [];
    });
  }

  private sourceOf(visit: Visit, logicalId: string, resource: JsonObject, assets?: Assets): { file: string; template: JsonObject } | undefined {
    const holder = visit.files[visit.files.length - 1];
    const place = `Resources.${logicalId}`;
    const named = assets && fileNamedBy(resource, assets);
    if (assets && named !== undefined) {
      const file = this.files.within(assets.folder, named, { file: holder, place });
      if (visit.files.includes(file)) {
        throw refusal(holder, place, `must not be a stack that holds this one, got ${JSON.stringify(path.basename(file))}, synthesize the app again`);
      }
      return { file, template: this.files.template(file) };
    }
    const template = templateBody(visit.stack.template, resource, `${holder}, ${place}.Properties.TemplateBody`);
    return template && { file: `${holder}, ${place}`, template };
  }
}

/** The template of a nested stack: the CDK command line has its path written down, else the address holds the hash of it. */
function fileNamedBy({ Metadata: metadata, Properties: properties }: JsonObject, { pathByHash }: Assets): string | undefined {
  const named = isObject(metadata) ? metadata['aws:asset:path'] : undefined;
  const url = isObject(properties) ? JSON.stringify(properties.TemplateURL ?? null) : '';
  return typeof named === 'string' ? named : pathByHash.get(/[0-9a-f]{64}/.exec(url)?.[0] ?? '');
}

function nestedStack(
  parent: NamedTemplate, logicalId: string, resource: JsonObject, region: string | undefined, existence: true | false | string, template: JsonObject,
): NamedTemplate {
  const { Properties: properties, Condition: condition = null } = resource;
  const isSet = resource.Type === 'AWS::CloudFormation::StackSet';
  const name = `${parent.name}/${logicalId}`;
  const given = isSet ? stackSetParameters(parent.template, resource, region) : parametersFor(parent.template, resource);
  const passed = ['Parameters', 'StackInstancesGroup', 'TemplateBody'].map((key) => (isObject(properties) ? properties[key] ?? null : null));
  return {
    name,
    template: withParameters(template, given),
    paths: isSet ? ownPaths(name, template) : parent.paths,
    stage: isSet ? name : parent.stage,
    undecided: typeof existence === 'string' ? existence : parent.undecided,
    basis: basisOf(parent.template, [condition, ...passed]) + (parent.basis ?? ''),
  };
}

/** A set deploys a stack that has no path in the app. */
function ownPaths(name: string, { Resources: resources }: JsonObject): Map<string, string> {
  return new Map(Object.keys(isObject(resources) ? resources : {}).map((logicalId) => [logicalId, `${name}/${logicalId}`]));
}

/** The parameters of a nested stack; it is in the account and region of its parent. */
function parametersFor(parent: JsonObject, { Properties: properties }: JsonObject): (readonly [string, Known])[] {
  const given = isObject(properties) && isObject(properties.Parameters) ? properties.Parameters : {};
  const place = PLACE_PARAMETERS.map((name) => [name, valueOf(parent, { Ref: name })] as const).filter(([, value]) => value !== UNKNOWN);
  return [...place, ...Object.entries(given).map(([name, value]) => [name, valueOf(parent, value)] as const)];
}
