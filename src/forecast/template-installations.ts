import { UNKNOWN } from './intrinsic-functions';
import { valueOf } from './template-values';
import { existenceOf, type NamedTemplate } from './template-windows';
import { PatchInstallations } from '../approval/patch-installation';
import { PATCH_RESOURCE_TYPES, windowTargetsOf, type PatchResource, type PatchTask, type Place } from '../approval/patch-resources';
import type { PatchInstallation } from '../approval/rules-by-system';
import { isObject, valueOf as ownValue, type Json, type JsonObject } from '../importer/json';
import { isIntrinsic } from '../rules/template-value';
import { UNKNOWN as NOT_KNOWN, type Properties, type Value } from '../rules/value';

/** A resource with the template that it is in. */
interface TemplateResource {
  readonly stack: NamedTemplate;
  readonly resource: JsonObject;
  /** One that no other resource of the app has. */
  readonly key: string;
}

/** What the windows of templates install. */
export class TemplateInstallations {
  /** Names of the stacks, as two may be called the same. */
  private readonly names: ReadonlyMap<NamedTemplate, string>;
  private readonly tasks = new Map<string, TemplateResource[]>();
  private readonly exports = new Map<string, TemplateResource>();
  private readonly installations: PatchInstallations;

  constructor(stacks: readonly NamedTemplate[]) {
    this.names = new Map(stacks.map((stack, index) => [stack, String(index)]));
    stacks.forEach((stack) => this.addExports(stack));
    const baselines: TemplateResource[] = [];
    for (const stack of stacks) {
      this.resourcesOf(stack, PATCH_RESOURCE_TYPES.task).forEach((task) => this.addTask(task));
      baselines.push(...this.resourcesOf(stack, PATCH_RESOURCE_TYPES.baseline));
    }
    this.installations = new PatchInstallations(() => baselines.flatMap((baseline) => this.patchResource(baseline)));
  }

  /** @param expression the schedule of the window */
  public of(stack: NamedTemplate, logicalId: string, expression: string): PatchInstallation[] {
    const tasks = this.tasks.get(this.keyOf(stack, logicalId)) ?? [];
    return this.installations.of(tasks.flatMap((task) => this.patchTask(task)), expression);
  }

  private patchTask(task: TemplateResource): PatchTask[] {
    const { Properties: properties } = task.resource;
    const values = windowTargetsOf(isObject(properties) ? properties.Targets : undefined) as (Json | undefined)[];
    const targets = values.map((value) => this.targetOf(task.stack, value));
    return this.patchResource(task).map((resource) => ({ ...resource, targets }));
  }

  private targetOf(stack: NamedTemplate, value: Json | undefined): Properties | undefined {
    const target = this.referred(stack, value);
    const [found] = target?.resource.Type === PATCH_RESOURCE_TYPES.target ? this.patchResource(target) : [];
    return found?.isCertain ? found.properties : undefined;
  }

  /** The resource that a value refers to: of its own stack, or of one that exports it. */
  private referred(stack: NamedTemplate, value: Json | undefined): TemplateResource | undefined {
    if (!isObject(value) || !isIntrinsic(value)) {
      return undefined;
    }
    const name = value['Fn::ImportValue'] === undefined ? undefined : valueOf(stack.template, value['Fn::ImportValue']);
    return typeof name === 'string' ? this.exports.get(this.exportKey(stack, name)) : this.resourceOf(stack, value.Ref);
  }

  private resourceOf(stack: NamedTemplate, logicalId: Json | undefined): TemplateResource | undefined {
    const { Resources: resources } = stack.template;
    const resource = isObject(resources) && typeof logicalId === 'string' ? ownValue(resources, logicalId) : undefined;
    return isObject(resource) ? { stack, resource, key: this.keyOf(stack, String(logicalId)) } : undefined;
  }

  private resourcesOf(stack: NamedTemplate, type: string): TemplateResource[] {
    const { Resources: resources } = stack.template;
    return Object.entries(isObject(resources) ? resources : {})
      .flatMap(([logicalId, resource]) => (isObject(resource) && resource.Type === type ? this.resourceOf(stack, logicalId) ?? [] : []));
  }

  private addTask(task: TemplateResource): void {
    const { Properties: properties } = task.resource;
    const window = isObject(properties) ? this.referred(task.stack, properties.WindowId) : undefined;
    const ofWindow = window && this.tasks.get(window.key);
    ofWindow ? ofWindow.push(task) : window && this.tasks.set(window.key, [task]);
  }

  private addExports(stack: NamedTemplate): void {
    const { Outputs: outputs } = stack.template;
    for (const output of Object.values(isObject(outputs) ? outputs : {})) {
      const exported = isObject(output) && isObject(output.Export) ? valueOf(stack.template, output.Export.Name) : undefined;
      const resource = isObject(output) && isObject(output.Value) ? this.resourceOf(stack, output.Value.Ref) : undefined;
      typeof exported === 'string' && resource && this.exports.set(this.exportKey(stack, exported), resource);
    }
  }

  private keyOf(stack: NamedTemplate, logicalId: string): string {
    return `${this.names.get(stack)}/${logicalId}`;
  }

  /** Exports are known by their names in an account and Region. */
  private exportKey(stack: NamedTemplate, name: string): string {
    const { account, region, stage } = this.placeOf(stack);
    return JSON.stringify([account, region, account === undefined || region === undefined ? stage : '', name]);
  }

  private placeOf(stack: NamedTemplate): Place {
    const [account, region] = ['AWS::AccountId', 'AWS::Region'].map((part) => valueOf(stack.template, { Ref: part }))
      .map((part) => (typeof part === 'string' ? part : undefined));
    return { stack: this.names.get(stack)!, stage: stack.stage ?? '', account, region };
  }

  /** Nothing of a resource that does not exist. */
  private patchResource({ stack, resource }: TemplateResource): PatchResource[] {
    const existence = existenceOf(stack.template, resource);
    const { Properties: properties } = resource;
    return existence === false ? [] : [{
      place: this.placeOf(stack),
      properties: isObject(properties) ? knownProperties(stack.template, properties) : {},
      isCertain: existence === true && stack.undecided === undefined,
    }];
  }
}

function knownProperties(template: JsonObject, properties: JsonObject): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, known(template, value)]));
}

/** What is known of a value: the rest of a list or a map is not lost where a part of it is not known. */
function known(template: JsonObject, value: Json): Value {
  if (isObject(value) && !isIntrinsic(value)) {
    return knownProperties(template, value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => known(template, item)).filter((item) => item !== null);
  }
  const found = valueOf(template, value);
  return found === UNKNOWN ? NOT_KNOWN : found;
}
