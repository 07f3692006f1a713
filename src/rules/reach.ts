/** A part of the place where something lives. */
export type PlacePart = 'partition' | 'account' | 'region';

/** How far Systems Manager reaches for what a task refers to: of the place of the window in these parts, or it fails. */
interface Reach {
  readonly must: readonly PlacePart[];
  /** What no page of AWS says to be refused, but does not work as a rule. */
  readonly should: readonly PlacePart[];
  /** What to do about it. */
  readonly fix: (part: PlacePart) => string;
}

/** Nothing is reached in another partition. @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const PARTITION: readonly PlacePart[] = ['partition'];

export const REACH = {
  /** "Functions from 'eu-west-1' are not reachable in this region": Lambda's own error. */
  'function': { must: [...PARTITION, 'region'], should: [], fix: (part) => `use a function of that ${part}` },

  /** StartExecution is called in the Region of the window, and no role of the account may start one of another account. */
  'state machine': { must: [...PARTITION, 'account', 'region'], should: [], fix: () => 'use a Lambda function to start it' },

  /** Documents are not shared across Regions. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html */
  'document': { must: [...PARTITION, 'region'], should: [], fix: (part) => `use a document of that ${part}` },

  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
  'role': { must: PARTITION, should: ['account'], fix: (part) => `use a role of that ${part}` },

  /** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-sns-notifications.html */
  'topic': { must: PARTITION, should: ['region'], fix: (part) => `use a topic of that ${part}` },

  /** Only the name of a log group is given, and nodes look it up where they are. */
  'log group': { must: PARTITION, should: ['account', 'region'], fix: (part) => `use a log group of that ${part}` },

  /** Names of buckets are unique within a partition. */
  'bucket': { must: PARTITION, should: [], fix: (part) => `use a bucket of that ${part}` },

  /** A runbook calls the services of its own Region with a role of its own account. */
  'target group': { must: [...PARTITION, 'account', 'region'], should: [], fix: (part) => `use a target group of that ${part}` },
  'Auto Scaling group': { must: [...PARTITION, 'account', 'region'], should: [], fix: (part) => `use a group of that ${part}` },

  /** Only the ID of an instance is given, and a window runs on nodes of its own account and Region. */
  'instance': { must: PARTITION, should: ['account', 'region'], fix: (part) => `define a window there, or use an instance of that ${part}` },
} satisfies Record<string, Reach>;

export type ReachedKind = keyof typeof REACH;
