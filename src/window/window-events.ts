import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { checkTopicKey } from './topic-key';
import { validationError } from '../common/errors';
import { isFifo } from '../common/fifo-topic';
import { areKnownToDiffer } from '../common/same-environment';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';

const EXECUTION_STATUSES = ['PENDING', 'IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLING', 'CANCELLED', 'SKIPPED_OVERLAPPING'];
const TASK_EXECUTION_STATUSES = ['IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLING', 'CANCELLED'];
const REGISTRATION_STATUSES = ['REGISTERED', 'DEREGISTERED', 'UPDATED'];

/**
 * The events of maintenance windows, each with the statuses that it reports.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ssm.html
 */
export const WINDOW_EVENTS = {
  STATE: { detailType: 'Maintenance Window State-change Notification', keys: [], statuses: ['ENABLED', 'DISABLED'] },
  EXECUTION: {
    detailType: 'Maintenance Window Execution State-change Notification',
    keys: ['start-time', 'end-time', 'window-execution-id'],
    statuses: EXECUTION_STATUSES,
  },
  TASK_EXECUTION: {
    detailType: 'Maintenance Window Task Execution State-change Notification',
    keys: ['start-time', 'end-time', 'window-execution-id', 'task-execution-id'],
    statuses: TASK_EXECUTION_STATUSES,
  },
  TASK_TARGET_INVOCATION: {
    detailType: 'Maintenance Window Task Target Invocation State-change Notification',
    keys: ['start-time', 'end-time', 'window-execution-id', 'task-execution-id', 'window-target-id', 'owner-information'],
    // of Automation, Lambda and Step Functions tasks only IN_PROGRESS and COMPLETE
    statuses: [...TASK_EXECUTION_STATUSES, 'COMPLETE'],
  },
  TARGET_REGISTRATION: { detailType: 'Maintenance Window Target Registration Notification', keys: ['window-target-id'], statuses: REGISTRATION_STATUSES },
  TASK_REGISTRATION: { detailType: 'Maintenance Window Task Registration Notification', keys: ['window-task-id'], statuses: REGISTRATION_STATUSES },
} satisfies Record<string, EventKind>;

/** The statuses of an execution that did not do its work. */
export const FAILED_STATUSES: readonly string[] = ['FAILED', 'TIMED_OUT'];

/** The status of an execution that did all of it. */
export const SUCCEEDED_STATUSES: readonly string[] = ['SUCCESS'];

/** The status of an execution that finds the previous one still running. */
export const SKIPPED_STATUSES: readonly string[] = ['SKIPPED_OVERLAPPING'];

interface EventKind {
  readonly detailType: string;
  /** What the detail holds beside `window-id` and `status`. */
  readonly keys: readonly string[];
  readonly statuses: readonly string[];
}

export interface WindowEventFilter {
  /** All kinds of event if not given. */
  readonly kind?: EventKind;
  readonly windowId: string;
  /** Only these statuses; all if not given. */
  readonly statuses?: readonly string[];
}

/** The caller's pattern, narrowed to events of the window: what a method filters by cannot be given again, as lists in a pattern widen. */
export function windowEventPattern(scope: IConstruct, filter: WindowEventFilter, given: events.EventPattern = {}): events.EventPattern {
  const ours: Record<string, unknown> = {
    'window-id': [filter.windowId],
    ...(filter.statuses && { status: [...filter.statuses] }),
  };
  checkPatternValues(scope, 'eventPattern', given);
  for (const key of Object.keys(ours)) {
    refuse(scope, `detail.${key}`, given.detail?.[key]);
  }
  refuse(scope, 'source', given.source);
  refuse(scope, 'detailType', given.detailType);
  return {
    ...given,
    source: ['aws.ssm'],
    ...(filter.kind && { detailType: [filter.kind.detailType] }),
    detail: { ...given.detail, ...ours },
  };
}

function refuse(scope: IConstruct, key: string, value: unknown): void {
  if (value !== undefined) {
    throw validationError(scope, `'eventPattern' cannot have ${key}, which this method sets, got ${formatValue(value)}, remove it or use another onXxx method`);
  }
}

/** EventBridge takes lists of what matches, within objects. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html */
function checkPatternValues(scope: IConstruct, path: string, given: object): void {
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined || Array.isArray(value) || Token.isUnresolved(value)) {
      continue;
    }
    if (typeof value !== 'object' || value === null) {
      throw validationError(scope, `'${path}.${key}' must be a list of what matches, got ${formatValue(value)}, write ${formatValue([value])}`);
    }
    checkPatternValues(scope, `${path}.${key}`, value);
  }
}

function kindsOf(kind: EventKind | undefined): readonly EventKind[] {
  return kind ? [kind] : Object.values(WINDOW_EVENTS);
}

/** The statuses that a pattern looks for, as far as they are literal. */
function statusesOf(given: events.EventPattern): string[] {
  const status: unknown = given.detail?.status;
  const items: readonly unknown[] = Array.isArray(status) && !Token.isUnresolved(status) ? status : [];
  return items.filter((item): item is string => typeof item === 'string' && !Token.isUnresolved(item));
}

/** A rule that looks at what none of its events holds never matches. */
export function keyAdvice({ kind }: WindowEventFilter, given: events.EventPattern = {}): Advice[] {
  const known = new Set(['window-id', 'status', ...kindsOf(kind).flatMap(({ keys }) => keys)]);
  const detail: unknown = given.detail ?? {};
  const unknown = Token.isUnresolved(detail) ? [] : Object.keys(detail as object).filter((key) => !known.has(key) && !key.startsWith('$') && !Token.isUnresolved(key));
  return unknown.map((key) => ({
    id: 'detailKeyNeverReported',
    message: `detail of 'eventPattern' must have keys among ${[...known].join(', ')} to match, got ${formatValue(key)}, remove it`,
  }));
}

/**
 * The statuses of a task on one target depend on the type of the task.
 *
 * @param taskTypes of all tasks of the window
 */
export function taskTypeAdvice({ kind }: WindowEventFilter, given: events.EventPattern, taskTypes: readonly string[]): Advice[] {
  if (kind !== WINDOW_EVENTS.TASK_TARGET_INVOCATION || taskTypes.length === 0) {
    return [];
  }
  const reported = new Set(taskTypes.flatMap((type) => (type === 'RUN_COMMAND' ? TASK_EXECUTION_STATUSES : ['IN_PROGRESS', 'COMPLETE'])));
  return statusesOf(given).filter((item) => kind.statuses.includes(item) && !reported.has(item)).map((item) => ({
    id: 'statusNeverReported',
    message: `detail.status of 'eventPattern' must be one of ${[...reported].join(', ')}, which the tasks of the window report, to match, got ${formatValue(item)}`,
  }));
}

/** What a rule cannot send events to. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html */
export function checkEventTarget(scope: IConstruct, target: events.IRuleTarget | undefined): void {
  const { topic } = (target ?? {}) as { topic?: sns.ITopic };
  if (topic) {
    checkStandardTopic(scope, topic);
    checkTopicKey(scope, topic);
  }
}

/** EventBridge publishes to no FIFO topic, be it by a rule or by a schedule. */
export function checkStandardTopic(scope: IConstruct, topic: sns.ITopic): void {
  if (isFifo(topic)) {
    throw validationError(scope, `'target' must be a standard topic, as EventBridge cannot publish to others, got FIFO topic ${formatValue(topic.node.path)}, use a standard topic`);
  }
}

/** A rule that waits for a status which none of its events reports never matches. */
export function statusAdvice({ kind }: WindowEventFilter, given: events.EventPattern = {}): Advice[] {
  const known = new Set(kindsOf(kind).flatMap(({ statuses }) => statuses));
  return statusesOf(given).filter((item) => !known.has(item)).map((item) => ({
    id: 'statusNeverReported',
    message: `detail.status of 'eventPattern' must be one of ${[...known].join(', ')} to match, got ${formatValue(item)}`,
  }));
}

/** Events stay in the account and region of their window, unless something forwards them. */
export function placeAdvice(rule: IResource, window: IMaintenanceWindowRef): Advice[] {
  const part = (['account', 'region'] as const).find((name) => areKnownToDiffer(rule.env[name], window.env[name]));
  return part === undefined ? [] : [{
    id: 'eventsOfOtherPlace',
    message: `rule ${formatValue(rule.node.path)} should be in the ${part} of its window, ${formatValue(window.env[part])}, to get its events, got ${formatValue(rule.env[part])}, `
      + 'give a crossStackScope there, or forward the events',
  }];
}
