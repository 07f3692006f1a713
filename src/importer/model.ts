import type { JsonObject } from './json';

export type EntityKind = 'window' | 'target' | 'task';

export const RESOURCE_TYPES: Record<EntityKind, string> = {
  window: 'AWS::SSM::MaintenanceWindow',
  target: 'AWS::SSM::MaintenanceWindowTarget',
  task: 'AWS::SSM::MaintenanceWindowTask',
};

/** The alarm of a task, which the API has and CloudFormation has not. */
export interface TaskAlarm {
  readonly name: string;
  readonly ignorePollAlarmFailure: boolean;
}

/**
 * A window, a target or a task.
 *
 * Whatever the source, `properties` are named and shaped as CloudFormation has them, and another entity of the model is referred to by
 * `{ Ref: key }`.
 */
export interface Entity {
  readonly kind: EntityKind;
  /** The logical id in a template, the id of the service otherwise. */
  readonly key: string;
  /** What the constructs are named after. */
  readonly name: string;
  /** Where the entity was read, for messages. */
  readonly place: string;
  readonly properties: JsonObject;
  /** The id that the service gave, if known. */
  readonly physicalId?: string;
  /** The id of the window in the service, if known. */
  readonly physicalWindowId?: string;
  /** Attributes beside the properties: Condition, DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata. */
  readonly attributes: JsonObject;
  /** False if the window is disabled, which CloudFormation cannot express. */
  readonly enabled?: boolean;
  readonly alarm?: TaskAlarm;
}

/** Whether an entity has a setting that CloudFormation lacks: a custom resource of this library sets it. */
export function needsCustomResource({ alarm, enabled }: Entity): boolean {
  return alarm !== undefined || enabled === false;
}

/** A parameter that takes the place of something outside the import. */
export interface StandIn {
  readonly parameter: string;
  readonly description: string;
}

/** Something of the source that the program does not hold, with the reason. */
export interface NotCarried {
  readonly place: string;
  readonly what: string;
  readonly reason: string;
}

/** A remark on something that the program does hold. */
export interface Remark {
  readonly place: string;
  readonly message: string;
  /** The entity whose code gets the remark as a comment. */
  readonly key?: string;
}

/** Everything that was read. */
export interface Model {
  readonly source: string;
  /** The number of the stack, if one stack cannot hold all. */
  readonly part?: number;
  /** `api` values are what the service has, `template` values are what somebody wrote. */
  readonly origin: 'template' | 'api';
  readonly entities: Entity[];
  readonly description?: string;
  readonly parameters: { readonly [name: string]: JsonObject };
  readonly conditions: JsonObject;
  readonly mappings: { readonly [name: string]: JsonObject };
  readonly outputs: { readonly [name: string]: JsonObject };
  /** Macros that CloudFormation applies to the template. */
  readonly transforms: string[];
  readonly standIns: StandIn[];
  readonly notCarried: NotCarried[];
  readonly remarks: Remark[];
}
