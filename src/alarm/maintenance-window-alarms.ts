import type { IConstruct } from 'constructs';
import type { MaintenanceWindowAlarmsOptions } from './maintenance-window-alarms-options';
import { configureAlarms } from './task-alarm-settings';

/**
 * Configures the Lambda function that attaches CloudWatch alarms to maintenance window tasks.
 *
 * CloudFormation cannot set the alarm of a task, so each stack that has tasks with alarms gets one function that does. It is not a
 * property of any one task, so its settings are made once for an app, a stage or a stack. They are a static method with plain props, which
 * looks the same in every language; they come first because a function cannot be moved into a VPC after it was defined.
 */
export class MaintenanceWindowAlarms {
  /**
   * Configures the function of each stack in a scope.
   *
   * Must be called before the first task with an alarm is defined in the scope, and once per scope. Of several scopes around a stack the
   * innermost counts, as a whole.
   *
   * @param scope an app, a stage or a stack
   * @example
   * MaintenanceWindowAlarms.configure(this, { logRetention: logs.RetentionDays.THREE_MONTHS, tags: { team: 'platform' } });
   */
  public static configure(scope: IConstruct, props: MaintenanceWindowAlarmsOptions): void {
    configureAlarms(scope, props);
  }

  private constructor() {}
}
