import * as iam from 'aws-cdk-lib/aws-iam';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { windowArn } from './window-arn';
import { checkEach, checkGiven } from '../common/given';
import { checkPattern } from '../common/validation';
import { ACTION } from '../rules/role';

/** What can be read of a window whose ID is known. */
const WINDOW_READ_ACTIONS = [
  'ssm:DescribeMaintenanceWindowExecutions',
  'ssm:DescribeMaintenanceWindowTargets',
  'ssm:DescribeMaintenanceWindowTasks',
  'ssm:GetMaintenanceWindow',
  'ssm:GetMaintenanceWindowTask',
];

/** What can be read of executions: IAM knows no resource for these actions. */
const EXECUTION_READ_ACTIONS = [
  'ssm:DescribeMaintenanceWindowExecutionTaskInvocations',
  'ssm:DescribeMaintenanceWindowExecutionTasks',
  'ssm:DescribeMaintenanceWindowSchedule',
  'ssm:GetMaintenanceWindowExecution',
  'ssm:GetMaintenanceWindowExecutionTask',
  'ssm:GetMaintenanceWindowExecutionTaskInvocation',
];

/**
 * Permissions on a maintenance window.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export class MaintenanceWindowGrants {
  /** Returns the grants of a maintenance window. */
  public static fromMaintenanceWindow(maintenanceWindow: IMaintenanceWindowRef): MaintenanceWindowGrants {
    checkGiven(undefined, 'maintenanceWindow', maintenanceWindow, 'a maintenance window');
    return new MaintenanceWindowGrants(maintenanceWindow);
  }

  private constructor(private readonly maintenanceWindow: IMaintenanceWindowRef) {}

  /**
   * Grants actions on this window.
   *
   * @param actions such as `ssm:UpdateMaintenanceWindow`
   */
  public actions(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    checkGiven(undefined, 'grantee', grantee, 'a grantee');
    checkEach(undefined, 'actions', actions, 'a string');
    actions.forEach((action, index) => checkPattern(undefined, `actions[${index}]`, action, ACTION));
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [windowArn(this.maintenanceWindow)] });
  }

  /**
   * Grants to read this window, its targets, its tasks and its executions.
   *
   * Of the window `ssm:DescribeMaintenanceWindowExecutions`, `ssm:DescribeMaintenanceWindowTargets`, `ssm:DescribeMaintenanceWindowTasks`,
   * `ssm:GetMaintenanceWindow` and `ssm:GetMaintenanceWindowTask`. Of executions, for which IAM knows no resource and which therefore cover
   * all windows, `ssm:DescribeMaintenanceWindowExecutionTasks`, `ssm:DescribeMaintenanceWindowExecutionTaskInvocations`,
   * `ssm:DescribeMaintenanceWindowSchedule`, `ssm:GetMaintenanceWindowExecution`, `ssm:GetMaintenanceWindowExecutionTask` and
   * `ssm:GetMaintenanceWindowExecutionTaskInvocation`.
   */
  public read(grantee: iam.IGrantable): iam.Grant {
    checkGiven(undefined, 'grantee', grantee, 'a grantee');
    const task = Stack.of(this.maintenanceWindow).formatArn({
      service: 'ssm',
      resource: 'windowtask',
      resourceName: '*',
      account: this.maintenanceWindow.env.account,
      region: this.maintenanceWindow.env.region,
    });
    return iam.Grant.addToPrincipal({
      grantee,
      actions: WINDOW_READ_ACTIONS,
      resourceArns: [windowArn(this.maintenanceWindow), task],
    }).combine(iam.Grant.addToPrincipal({ grantee, actions: EXECUTION_READ_ACTIONS, resourceArns: ['*'] }));
  }
}
