import type { IConstruct } from 'constructs';
import type { MaintenanceWindowAlarmsOptions } from './maintenance-window-alarms-options';
import { configureProvider } from './provider-settings';

/**
 * Configures the Lambda function that attaches CloudWatch alarms to maintenance window tasks and disables windows.
 *
 * CloudFormation can set neither, so each stack that has tasks with alarms or windows with `enabled: false` gets one function that does. It is
 * not a property of any one task or window, so its settings are made once for an app, a stage or a stack. They are a static method with plain
 * props, which looks the same in every language; they come first because a function cannot be moved into a VPC after it was defined.
 */
export class MaintenanceWindowAlarms {
  /**
   * Configures the function of each stack in a scope.
   *
   * Must be called before the first task with an alarm and the first disabled window are defined in the scope, and once per scope. Of several scopes around a stack the
   * innermost counts, as a whole.
   *
   * @param scope an app, a stage or a stack
   * @example
   * MaintenanceWindowAlarms.configure(this, { logRetention: logs.RetentionDays.THREE_MONTHS, tags: { team: 'platform' } });
   */
  public static configure(scope: IConstruct, props: MaintenanceWindowAlarmsOptions): void {
    configureProvider(scope, props);
  }

  private constructor() {}
}
