import * as events from 'aws-cdk-lib/aws-events';
import type { CfnMaintenanceWindowTask, IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import {
  checkEventTarget, FAILED_STATUSES, keyAdvice, placeAdvice, SKIPPED_STATUSES, statusAdvice, taskTypeAdvice, WINDOW_EVENTS, windowEventPattern,
} from './window-events';
import type { WindowEventFilter } from './window-events';
import { checkGiven, checkOptional } from '../common/given';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { membersOf } from '../common/window-registry';

/**
 * The events of a maintenance window, each as a rule.
 *
 * Windows of this library have the same methods. Use this class for an L1 window.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ssm.html
 * @example
 * declare const cfnWindow: ssm.CfnMaintenanceWindow;
 * declare const topic: sns.ITopic;
 * MaintenanceWindowEvents.fromMaintenanceWindow(cfnWindow).onExecutionFailed('Failed', { target: new targets.SnsTopic(topic) });
 */
export class MaintenanceWindowEvents {
  /** Returns the events of a maintenance window. */
  public static fromMaintenanceWindow(maintenanceWindow: IMaintenanceWindowRef): MaintenanceWindowEvents {
    checkGiven(undefined, 'maintenanceWindow', maintenanceWindow, 'a maintenance window');
    return new MaintenanceWindowEvents(maintenanceWindow);
  }

  private constructor(private readonly maintenanceWindow: IMaintenanceWindowRef) {}

  /** Defines a rule for all events of the window, its targets and its tasks. */
  public onEvent(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, {});
  }

  /** Defines a rule for events that report the window enabled or disabled. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.STATE });
  }

  /** Defines a rule for events that report the status of an execution of the window. */
  public onExecutionStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.EXECUTION });
  }

  /** Defines a rule for executions of the window that end as `FAILED` or `TIMED_OUT`. */
  public onExecutionFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.EXECUTION, statuses: FAILED_STATUSES });
  }

  /** Defines a rule for executions of the window that are skipped because the previous execution is still running. */
  public onExecutionSkipped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.EXECUTION, statuses: SKIPPED_STATUSES });
  }

  /** Defines a rule for events that report the status of an execution of a task. */
  public onTaskExecutionStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.TASK_EXECUTION });
  }

  /** Defines a rule for executions of tasks that end as `FAILED` or `TIMED_OUT`. */
  public onTaskExecutionFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.TASK_EXECUTION, statuses: FAILED_STATUSES });
  }

  /** Defines a rule for events that report the status of a task on one target. */
  public onTaskTargetInvocationStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.TASK_TARGET_INVOCATION });
  }

  /** Defines a rule for events that report a target registered, updated or deregistered. */
  public onTargetRegistration(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.TARGET_REGISTRATION });
  }

  /** Defines a rule for events that report a task registered, updated or deregistered. */
  public onTaskRegistration(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, { kind: WINDOW_EVENTS.TASK_REGISTRATION });
  }

  private rule(id: string, options: events.OnEventOptions, kind: Omit<WindowEventFilter, 'windowId'>): events.Rule {
    const window = this.maintenanceWindow;
    checkGiven(window, 'options', options, 'an object');
    const { target, crossStackScope, eventPattern, description, ruleName } = options;
    checkOptional(window, 'target', target, 'an event target');
    checkOptional(window, 'crossStackScope', crossStackScope, 'a construct');
    checkOptional(window, 'eventPattern', eventPattern, 'an object');
    checkOptional(window, 'description', description, 'a string');
    checkOptional(window, 'ruleName', ruleName, 'a string');
    checkEventTarget(window, target);
    const filter = { ...kind, windowId: window.maintenanceWindowRef.windowId };
    const pattern = windowEventPattern(window, filter, eventPattern);
    const rule = new events.Rule(crossStackScope ?? window, id, { description, ruleName, eventPattern: pattern });
    rule.addTarget(target);
    for (const advice of [...statusAdvice(filter, eventPattern), ...keyAdvice(filter, eventPattern), ...placeAdvice(rule, window)]) {
      addWarning(window, advice);
    }
    // tasks can come later
    eventPattern && atEndOfSynthesis(rule, () => {
      taskTypeAdvice(filter, eventPattern, taskTypesOf(window)).forEach((advice) => addWarning(rule, advice));
    });
    return rule;
  }
}

/** The types of the tasks of a window that are defined in this app. */
function taskTypesOf(window: IMaintenanceWindowRef): string[] {
  return membersOf(window, 'tasks').map(({ node }) => (node.defaultChild as CfnMaintenanceWindowTask).taskType);
}
