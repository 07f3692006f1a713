import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IMaintenanceWindowRef, MaintenanceWindowReference } from 'aws-cdk-lib/aws-ssm';
import { Resource } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { windowConsoleUrl } from './console-url';
import { executionDashboard, executionMetric } from './execution-metrics';
import { MaintenanceWindowEvents } from './maintenance-window-events';
import { MaintenanceWindowGrants } from './maintenance-window-grants';
import { MaintenanceWindowNotification } from './maintenance-window-notification';
import type { NotifyOptions } from './maintenance-window-notification';
import type { NotificationTarget } from './notification-target';
import { checkGiven } from '../common/given';
import { MaintenanceWindowTarget } from '../target/maintenance-window-target';
import type { MaintenanceWindowTargetOptions } from '../target/maintenance-window-target';
import type { AutomationTaskOptions } from '../task/automation-task';
import type { LambdaTaskOptions } from '../task/lambda-task';
import { MaintenanceWindowTask } from '../task/maintenance-window-task';
import type { PatchTaskOptions } from '../task/patch-task';
import type { RunCommandTaskOptions } from '../task/run-command-task';
import type { StepFunctionsTaskOptions } from '../task/step-functions-task';

/** A maintenance window, defined in this app or imported. */
export interface IMaintenanceWindow extends IResource, IMaintenanceWindowRef {
  /**
   * The ID of the window, such as `mw-0123456789abcdef0`.
   *
   * @attribute
   */
  readonly maintenanceWindowId: string;

  /**
   * The ARN of the window.
   *
   * @attribute
   */
  readonly maintenanceWindowArn: string;

  /** The URL of the window in the AWS Management Console, for example for a stack output. */
  readonly consoleUrl: string;

  /** Permissions on this window. */
  readonly grants: MaintenanceWindowGrants;

  /** Registers a target with this window. */
  addTarget(id: string, options: MaintenanceWindowTargetOptions): MaintenanceWindowTarget;

  /** Adds a task that runs a document of the type Command on its targets. */
  addRunCommandTask(id: string, options: RunCommandTaskOptions): MaintenanceWindowTask;

  /** Adds a task that scans managed nodes for missing patches or installs them. */
  addPatchTask(id: string, options: PatchTaskOptions): MaintenanceWindowTask;

  /** Adds a task that runs a document of the type Automation. */
  addAutomationTask(id: string, options: AutomationTaskOptions): MaintenanceWindowTask;

  /** Adds a task that invokes a Lambda function. */
  addLambdaTask(id: string, options: LambdaTaskOptions): MaintenanceWindowTask;

  /** Adds a task that starts an execution of a state machine. */
  addStepFunctionsTask(id: string, options: StepFunctionsTaskOptions): MaintenanceWindowTask;

  /** Defines a rule for all events of this window, its targets and its tasks. */
  onEvent(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report this window enabled or disabled. */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report the status of an execution of this window. */
  onExecutionStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for executions of this window that end as `FAILED` or `TIMED_OUT`. */
  onExecutionFailed(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for executions of this window that are skipped because the previous execution is still running. */
  onExecutionSkipped(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report the status of an execution of a task. */
  onTaskExecutionStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for executions of tasks that end as `FAILED` or `TIMED_OUT`. */
  onTaskExecutionFailed(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report the status of a task on one target. */
  onTaskTargetInvocationStateChange(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report a target registered, updated or deregistered. */
  onTargetRegistration(id: string, options?: events.OnEventOptions): events.Rule;

  /** Defines a rule for events that report a task registered, updated or deregistered. */
  onTaskRegistration(id: string, options?: events.OnEventOptions): events.Rule;

  /** Sends notifications that people can read: of failed and skipped executions, of other events, and before each occurrence. */
  notify(id: string, target: NotificationTarget, options?: NotifyOptions): MaintenanceWindowNotification;

  /** The number of executions that ended as `FAILED` or `TIMED_OUT`: by default the sum over 5 minutes. */
  metricFailedExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** The number of executions that were skipped because the previous execution was still running: by default the sum over 5 minutes. */
  metricSkippedExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** The number of executions that ended as `SUCCESS`: by default the sum over 5 minutes. */
  metricSucceededExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Defines a dashboard of the executions of this window. */
  dashboard(id: string, props?: cloudwatch.DashboardProps): cloudwatch.Dashboard;
}

/**
 * What windows have that are defined in this app, and those that are imported.
 *
 * @internal
 */
export abstract class MaintenanceWindowBase extends Resource implements IMaintenanceWindow {
  public abstract readonly maintenanceWindowId: string;
  public abstract readonly maintenanceWindowArn: string;

  public get maintenanceWindowRef(): MaintenanceWindowReference {
    return { windowId: this.maintenanceWindowId };
  }

  public get grants(): MaintenanceWindowGrants {
    return MaintenanceWindowGrants.fromMaintenanceWindow(this);
  }

  public get consoleUrl(): string {
    return windowConsoleUrl(this);
  }

  private get events(): MaintenanceWindowEvents {
    return MaintenanceWindowEvents.fromMaintenanceWindow(this);
  }

  public addTarget(id: string, options: MaintenanceWindowTargetOptions): MaintenanceWindowTarget {
    return new MaintenanceWindowTarget(this, id, { maintenanceWindow: this, ...options });
  }

  public addRunCommandTask(id: string, options: RunCommandTaskOptions): MaintenanceWindowTask {
    return MaintenanceWindowTask.runCommand(this, id, { maintenanceWindow: this, ...options });
  }

  public addPatchTask(id: string, options: PatchTaskOptions): MaintenanceWindowTask {
    return MaintenanceWindowTask.patch(this, id, { maintenanceWindow: this, ...options });
  }

  public addAutomationTask(id: string, options: AutomationTaskOptions): MaintenanceWindowTask {
    return MaintenanceWindowTask.automation(this, id, { maintenanceWindow: this, ...options });
  }

  public addLambdaTask(id: string, options: LambdaTaskOptions): MaintenanceWindowTask {
    return MaintenanceWindowTask.lambda(this, id, { maintenanceWindow: this, ...options });
  }

  public addStepFunctionsTask(id: string, options: StepFunctionsTaskOptions): MaintenanceWindowTask {
    return MaintenanceWindowTask.stepFunctions(this, id, { maintenanceWindow: this, ...options });
  }

  public onEvent(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onEvent(id, options);
  }

  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onStateChange(id, options);
  }

  public onExecutionStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onExecutionStateChange(id, options);
  }

  public onExecutionFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onExecutionFailed(id, options);
  }

  public onExecutionSkipped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onExecutionSkipped(id, options);
  }

  public onTaskExecutionStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onTaskExecutionStateChange(id, options);
  }

  public onTaskExecutionFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onTaskExecutionFailed(id, options);
  }

  public onTaskTargetInvocationStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onTaskTargetInvocationStateChange(id, options);
  }

  public onTargetRegistration(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onTargetRegistration(id, options);
  }

  public onTaskRegistration(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.events.onTaskRegistration(id, options);
  }

  public notify(id: string, target: NotificationTarget, options: NotifyOptions = {}): MaintenanceWindowNotification {
    checkGiven(this, 'options', options, 'an object');
    return new MaintenanceWindowNotification(this, id, { ...options, maintenanceWindow: this, target });
  }

  public metricFailedExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return executionMetric(this, 'Failed', options);
  }

  public metricSkippedExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return executionMetric(this, 'Skipped', options);
  }

  public metricSucceededExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return executionMetric(this, 'Succeeded', options);
  }

  public dashboard(id: string, props?: cloudwatch.DashboardProps): cloudwatch.Dashboard {
    return executionDashboard(this, id, props);
  }
}
