import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { Blackout } from './blackout';
import { giveRole } from './blackout-settings';
import { closableWindowsIn, registerBlackouts } from './registry';
import { checkConfiguredScope } from '../common/configured-scope';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';

/** Options for the schedules that carry black-outs out. */
export interface MaintenanceWindowBlackoutsOptions {
  /**
   * The role with which EventBridge Scheduler turns windows off and on.
   *
   * It must trust `scheduler.amazonaws.com`. If it is in the stack of a window, it is granted `ssm:UpdateMaintenanceWindow` on that window;
   * one of another stack must allow it.
   *
   * @default - a role for the schedules of each stack, which may update the windows that have black-outs and nothing else
   */
  readonly role?: iam.IRole;
}

/**
 * Black-outs of all maintenance windows of an app, a stage or a stack.
 *
 * CloudFormation cannot turn a window off, so schedules of EventBridge Scheduler do it, for each window and black-out.
 */
export class MaintenanceWindowBlackouts {
  /**
   * Adds black-outs to all windows below a construct, also to those that are defined later.
   *
   * A window has those of all scopes around it and its own. Imported windows have none.
   *
   * @param scope such as an app, a stage or a stack
   * @example
   * MaintenanceWindowBlackouts.add(this, [
   *   Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-30T00:00:00Z'), 'Black Friday'),
   * ]);
   */
  public static add(scope: IConstruct, blackouts: Blackout[]): void {
    checkGiven(undefined, 'scope', scope, 'a construct');
    checkEach(scope, 'blackouts', blackouts, 'a Blackout');
    registerBlackouts(scope, blackouts.map(({ _dates }) => _dates));
  }

  /**
   * Configures the schedules of each stack in a scope.
   *
   * Once per scope. Of several scopes around a window the innermost counts.
   *
   * @param scope an app, a stage or a stack
   */
  public static configure(scope: IConstruct, options: MaintenanceWindowBlackoutsOptions): void {
    checkGiven(undefined, 'scope', scope, 'a construct');
    checkGiven(scope, 'options', options, 'an object');
    checkOptional(scope, 'role', options.role, 'a role');
    checkConfiguredScope(scope);
    if (options.role && !giveRole(scope, options.role)) {
      throw validationError(scope, "'scope' must be configured once, got a second role, merge the two");
    }
    closableWindowsIn(scope).forEach((window) => window._renewSchedules());
  }

  private constructor() {}
}
