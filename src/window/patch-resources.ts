import type { CfnMaintenanceWindowTask } from 'aws-cdk-lib/aws-ssm';
import { CfnResource, DefaultTokenResolver, Reference, Stack, Stage, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { PatchInstallations } from '../approval/patch-installation';
import type { PatchResource, PatchTask, Place } from '../approval/patch-resources';
import { PATCH_RESOURCE_TYPES, windowTargetsOf } from '../approval/patch-resources';
import type { PatchInstallation } from '../approval/rules-by-system';
import { propertiesFromTemplate } from '../rules/template-value';

/** A window that is defined in this app. */
interface ScheduledWindow extends IConstruct {
  readonly _schedule: { readonly expressionString: string };
}

/** A resource as its template has it. */
interface Rendered {
  readonly Properties?: object;
  readonly Condition?: unknown;
}

/** What the windows of an app install, by the resources that are in its tree at this moment. */
export class AppInstallations {
  private readonly resources = new Map<string, CfnResource>();
  private readonly tasks = new Map<string, CfnResource[]>();
  private readonly installations: PatchInstallations;

  constructor({ node: { root } }: IConstruct) {
    const ofType = (type: string) => [...this.resources.values()].filter(({ cfnResourceType }) => cfnResourceType === type);
    for (const resource of root.node.findAll().filter((construct) => CfnResource.isCfnResource(construct)).filter(isPatchResource)) {
      this.resources.set(resource.node.path, resource);
    }
    for (const task of ofType(PATCH_RESOURCE_TYPES.task)) {
      const window = windowOf(task);
      const known = this.tasks.get(window ?? '');
      known ? known.push(task) : window !== undefined && this.tasks.set(window, [task]);
    }
    this.installations = new PatchInstallations(() => ofType(PATCH_RESOURCE_TYPES.baseline).map((one) => patchResource(one, rendered(one))));
  }

  public of(window: ScheduledWindow): PatchInstallation[] {
    const tasks = this.tasks.get(window.node.defaultChild!.node.path) ?? [];
    return this.installations.of(tasks.map((task) => this.patchTask(task)), window._schedule.expressionString);
  }

  private patchTask(task: CfnResource): PatchTask {
    const content = rendered(task);
    const { Targets: targets } = (content.Properties ?? {}) as { Targets?: unknown };
    return { ...patchResource(task, content), targets: windowTargetsOf(targets).map((target) => this.targetOf(target)) };
  }

  private targetOf(value: unknown): PatchTask['targets'][number] {
    const target = this.resources.get(String((value as { Ref?: unknown } | undefined)?.Ref));
    if (target?.cfnResourceType !== PATCH_RESOURCE_TYPES.target) {
      return undefined;
    }
    const { properties, isCertain } = patchResource(target, rendered(target));
    return isCertain ? properties : undefined;
  }
}

function isPatchResource({ cfnResourceType }: CfnResource): boolean {
  return Object.values(PATCH_RESOURCE_TYPES).some((type) => type === cfnResourceType);
}

/** The path of the window of a task. It is looked up before anything is rendered, as an app has many tasks that install nothing. */
function windowOf(task: CfnResource): string | undefined {
  const { windowId } = task as Partial<CfnMaintenanceWindowTask>;
  const token = windowId === undefined ? undefined : Tokenization.reverse(windowId, { failConcat: false });
  if (Reference.isReference(token)) {
    return token.target.node.path;
  }
  const { WindowId: window } = (rendered(task).Properties ?? {}) as { WindowId?: { Ref?: string } };
  return window?.Ref;
}

function patchResource(resource: CfnResource, { Properties: properties = {}, Condition: condition }: Rendered): PatchResource {
  return { place: placeOf(resource), properties: propertiesFromTemplate(properties), isCertain: condition === undefined };
}

function placeOf(resource: CfnResource): Place {
  const stack = Stack.of(resource);
  const known = (part: string) => (Token.isUnresolved(part) ? undefined : part);
  return { stack: stack.node.path, stage: Stage.of(stack)?.node.path ?? '', account: known(stack.account), region: known(stack.region) };
}

/** A resource with its overrides; what it refers to is called by its path, which other stacks call it by as well. */
function rendered(resource: CfnResource): Rendered {
  const { Resources: resources } = Tokenization.resolve(resource._toCloudFormation(), { scope: resource, resolver: new PathResolver(JOINED) }) as {
    Resources: Record<string, Rendered>;
  };
  return Object.values(resources)[0] ?? {};
}

const JOINED: IFragmentConcatenator = {
  join: (left: unknown, right: unknown) => ({ 'Fn::Join': ['', [left, right]] }),
};

class PathResolver extends DefaultTokenResolver {
  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (!Reference.isReference(token)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const { target, displayName } = token;
    return displayName === 'Ref' ? { Ref: target.node.path } : { 'Fn::GetAtt': [target.node.path, displayName] };
  }
}
