import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { allow } from '../common/role-statements';
import { SSM_PRINCIPAL } from '../rules/role';

/**
 * Lets the role that runs a task watch its alarm.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export function grantAlarm(role: iam.IRole): void {
  allow(role, { actions: ['cloudwatch:DescribeAlarms'], resourceArns: ['*'] });
  allow(role, {
    actions: ['iam:CreateServiceLinkedRole'],
    resourceArns: [Stack.of(role).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `aws-service-role/${SSM_PRINCIPAL}/AWSServiceRoleForAmazonSSM*`,
    })],
    conditions: { StringEquals: { 'iam:AWSServiceName': SSM_PRINCIPAL } },
  });
}

/**
 * Lets the identity that runs a runbook read the alarm and stop itself.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-cw-alarm-monitoring.html
 */
export function grantRunbookAlarm(executionRole: iam.IRole): void {
  allow(executionRole, { actions: ['cloudwatch:DescribeAlarms'], resourceArns: ['*'] });
  allow(executionRole, {
    actions: ['ssm:StopAutomationExecution'],
    resourceArns: [Stack.of(executionRole).formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' })],
  });
}
