import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { MaintenanceWindowEvents } from './maintenance-window-events';
import { eventMessage } from './notification-message';
import type { ToldEvent } from './notification-message';
import type { NotificationTarget } from './notification-target';
import { FAILED_STATUSES, SKIPPED_STATUSES, SUCCEEDED_STATUSES } from './window-events';
import { noticeSchedules } from './window-notice';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';
import { checkDate, checkOneOf } from '../common/validation';

const MARK = classMark('MaintenanceWindowNotification');

/** What a notification tells of. */
export enum WindowEvent {
  /** An execution of the window starts. */
  EXECUTION_STARTED = 'EXECUTION_STARTED',

  /** An execution of the window ends as `SUCCESS`. */
  EXECUTION_SUCCEEDED = 'EXECUTION_SUCCEEDED',

  /** An execution of the window ends as `FAILED` or `TIMED_OUT`. */
  EXECUTION_FAILED = 'EXECUTION_FAILED',

  /** An execution of the window is cancelled. */
  EXECUTION_CANCELLED = 'EXECUTION_CANCELLED',

  /** An execution of the window is skipped because the previous execution is still running. */
  EXECUTION_SKIPPED = 'EXECUTION_SKIPPED',

  /** An execution of a task ends as `FAILED` or `TIMED_OUT`. */
  TASK_FAILED = 'TASK_FAILED',

  /** The window is enabled or disabled. */
  STATE_CHANGED = 'STATE_CHANGED',
}

const TOLD: Readonly<Record<WindowEvent, { readonly kind: ToldEvent; readonly statuses: readonly string[] }>> = {
  EXECUTION_STARTED: { kind: 'EXECUTION', statuses: ['IN_PROGRESS'] },
  EXECUTION_SUCCEEDED: { kind: 'EXECUTION', statuses: SUCCEEDED_STATUSES },
  EXECUTION_FAILED: { kind: 'EXECUTION', statuses: FAILED_STATUSES },
  EXECUTION_CANCELLED: { kind: 'EXECUTION', statuses: ['CANCELLED'] },
  EXECUTION_SKIPPED: { kind: 'EXECUTION', statuses: SKIPPED_STATUSES },
  TASK_FAILED: { kind: 'TASK_EXECUTION', statuses: FAILED_STATUSES },
  STATE_CHANGED: { kind: 'STATE', statuses: ['ENABLED', 'DISABLED'] },
};

const RULES: readonly { readonly kind: ToldEvent; readonly id: string; readonly method: 'onExecutionStateChange' | 'onTaskExecutionStateChange' | 'onStateChange' }[] = [
  { kind: 'EXECUTION', id: 'Executions', method: 'onExecutionStateChange' },
  { kind: 'TASK_EXECUTION', id: 'Tasks', method: 'onTaskExecutionStateChange' },
  { kind: 'STATE', id: 'State', method: 'onStateChange' },
];

const DEFAULT_EVENTS = [WindowEvent.EXECUTION_FAILED, WindowEvent.EXECUTION_SKIPPED];

/** Options for notifications of a window. */
export interface NotifyOptions {
  /**
   * What to tell of.
   *
   * @default - failed and skipped executions
   */
  readonly on?: WindowEvent[];

  /**
   * The time before each occurrence at which a notice is sent, by the clock on the wall: where clocks change in between, it is an hour more or less.
   *
   * Whole minutes, at most 30 days. The window must be defined in this app.
   *
   * @default - no notice is sent
   */
  readonly noticeBefore?: Duration;

  /**
   * The start of the year for which each notice gets a schedule of its own, if no schedule that recurs comes before the occurrences.
   *
   * Required then, because synthesis must not depend on the clock, and not used otherwise.
   *
   * @default - notices are sent by schedules that recur
   */
  readonly yearStart?: Date;

  /**
   * The role with which EventBridge Scheduler publishes notices. It must trust `scheduler.amazonaws.com`.
   *
   * @default - a role that can publish to the topic, if `noticeBefore` is given
   */
  readonly noticeRole?: iam.IRole;
}

/** Properties of notifications of a window. */
export interface MaintenanceWindowNotificationProps extends NotifyOptions {
  /** The window. */
  readonly maintenanceWindow: IMaintenanceWindowRef;

  /** Where notifications go, and in which form. */
  readonly target: NotificationTarget;
}

/**
 * Notifications of a window that people can read: window, task, status, time and a link to the console in one line.
 *
 * EventBridge makes the line from the event. It has the time of the event in UTC, and beside it when the window starts by its time zone, if the schedule
 * is known: EventBridge converts no times. A task has its name if it is the only one of the window, otherwise the ID of its execution.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @exampleMetadata fixture=with-window
 * @example
 * declare const operations: sns.ITopic;
 * window.notify('Operations', NotificationTarget.chat(operations), {
 *   on: [WindowEvent.EXECUTION_FAILED, WindowEvent.TASK_FAILED],
 * });
 */
@propertyInjectable
export class MaintenanceWindowNotification extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindowNotification';

  /** Returns whether an object is a `MaintenanceWindowNotification`. */
  public static isMaintenanceWindowNotification(x: any): x is MaintenanceWindowNotification {
    return MARK.has(x);
  }

  /** The rules, one for each kind of event. */
  public readonly rules: events.Rule[];

  /** The schedules of the notices. */
  public readonly noticeSchedules: scheduler.Schedule[];

  constructor(scope: Construct, id: string, props: MaintenanceWindowNotificationProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    const { maintenanceWindow, target, noticeBefore, yearStart, noticeRole, on = DEFAULT_EVENTS } = props;
    checkGiven(this, 'maintenanceWindow', maintenanceWindow, 'a maintenance window');
    checkGiven(this, 'target', target, 'a NotificationTarget');
    checkEach(this, 'on', on, 'a string');
    on.forEach((event, index) => checkOneOf(this, `on[${index}]`, event, Object.values(WindowEvent)));
    checkOptional(this, 'noticeBefore', noticeBefore, 'a Duration');
    checkOptional(this, 'yearStart', yearStart, 'a Date');
    checkDate(this, 'yearStart', yearStart);
    checkOptional(this, 'noticeRole', noticeRole, 'a role');
    if (on.length === 0 && !noticeBefore) {
      throw validationError(this, '\'on\' must have at least 1 event if no \'noticeBefore\' is given, got none');
    }
    const told = on.map((event) => TOLD[event]);
    const windowEvents = MaintenanceWindowEvents.fromMaintenanceWindow(maintenanceWindow);
    this.rules = RULES.filter(({ kind }) => told.some((one) => one.kind === kind)).map(({ kind, id: ruleId, method }) => {
      const status = [...new Set(told.filter((one) => one.kind === kind).flatMap(({ statuses }) => statuses))];
      const message = eventMessage(maintenanceWindow, kind);
      return windowEvents[method](ruleId, { crossStackScope: this, eventPattern: { detail: { status } }, target: target._ofRule(message) });
    });
    this.noticeSchedules = noticeBefore ? noticeSchedules(this, { maintenanceWindow, target, noticeBefore, yearStart, noticeRole }) : [];
  }
}
