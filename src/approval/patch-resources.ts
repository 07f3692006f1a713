import type { Properties } from '../rules/value';

/** Where a stack is deployed to, as far as it is known at synthesis. */
export interface Place {
  /** Names the stack: no other one of the app has the name. */
  readonly stack: string;
  /** What is deployed together: the stage of an app. */
  readonly stage: string;
  readonly account?: string;
  readonly region?: string;
}

/** A resource as it is rendered, with escape hatches. */
export interface PatchResource {
  readonly place: Place;
  readonly properties: Properties;
  /** Whether it is known to exist: a condition may leave that to deployment. */
  readonly isCertain: boolean;
}

/** A task of a window. */
export interface PatchTask extends PatchResource {
  /** What its targets select; undefined for one that is no window target of the app. */
  readonly targets: readonly (Properties | undefined)[];
}

/** The types of resources that decide on what a window installs. */
export const PATCH_RESOURCE_TYPES = {
  target: 'AWS::SSM::MaintenanceWindowTarget',
  task: 'AWS::SSM::MaintenanceWindowTask',
  baseline: 'AWS::SSM::PatchBaseline',
} as const;

/** Whether two stacks are in one account and Region. Where that is left to deployment, those of one stage are taken to be. */
export function isSamePlace(one: Place, other: Place): boolean {
  const parts = [[one.account, other.account], [one.region, other.region]];
  return parts.every(([a, b]) => (a !== undefined && b !== undefined ? a === b : one.stage === other.stage));
}

/** The values by which a task names its window targets, each undefined where the task names something else. */
export function windowTargetsOf(targets: unknown): unknown[] {
  return Array.isArray(targets) ? targets.flatMap((target) => {
    const { Key: key, Values: values } = (target ?? {}) as Record<string, unknown>;
    return key === 'WindowTargetIds' && Array.isArray(values) ? values as unknown[] : [undefined];
  }) : [undefined];
}
