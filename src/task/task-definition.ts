import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import type { RateControl } from './rate-control';
import type { TaskTargets } from '../target/task-targets';

export type TaskType = 'RUN_COMMAND' | 'AUTOMATION' | 'LAMBDA' | 'STEP_FUNCTIONS';

/** What the four types of task differ in: the result of their `renderXxx` functions. */
export interface TaskDefinition {
  readonly taskType: TaskType;
  readonly taskArn: string;
  readonly targets?: TaskTargets;
  readonly maxConcurrency?: RateControl;
  readonly maxErrors?: RateControl;
  readonly invocationParameters?: ssm.CfnMaintenanceWindowTask.TaskInvocationParametersProperty;
  /** Texts in which Systems Manager replaces nothing, by the names of their properties. */
  readonly textsAsTheyAre?: Readonly<Record<string, string | undefined>>;
  /** Parameters of a runbook. */
  readonly runbookParameters?: Readonly<Record<string, string[]>>;
  /** Values in which Systems Manager replaces pseudo parameters. */
  readonly valuesWithPseudoParameters: readonly string[];
  readonly alarm?: cloudwatch.IAlarm;
  readonly ignorePollAlarmFailure?: boolean;
  /** The role that is made for the steps of a runbook: what is granted to the task is for them. */
  readonly stepsRole?: iam.IRole;
  /** Grants the service role what the task does with it. */
  grantTo(role: iam.IRole): void;
}

/** `undefined` instead of a struct that says nothing: CloudFormation would render an empty object. */
export function undefinedIfEmpty<T extends object>(properties: T): T | undefined {
  return Object.values(properties).some((value) => value !== undefined) ? properties : undefined;
}
