import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MaintenanceWindow, MaintenanceWindowGrants } from '../../src';
import { templateOf, testStack } from '../support/app';
import { testWindow } from '../support/tasks';

const WINDOW_ACTIONS = [
  'ssm:DescribeMaintenanceWindowExecutions',
  'ssm:DescribeMaintenanceWindowTargets',
  'ssm:DescribeMaintenanceWindowTasks',
  'ssm:GetMaintenanceWindow',
  'ssm:GetMaintenanceWindowTask',
];
const EXECUTION_ACTIONS = [
  'ssm:DescribeMaintenanceWindowExecutionTaskInvocations',
  'ssm:DescribeMaintenanceWindowExecutionTasks',
  'ssm:DescribeMaintenanceWindowSchedule',
  'ssm:GetMaintenanceWindowExecution',
  'ssm:GetMaintenanceWindowExecutionTask',
  'ssm:GetMaintenanceWindowExecutionTaskInvocation',
];

function testRole(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
}

function statementsOf(stack: Stack): object[] {
  const policies = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(1);
  return policies[0].Properties.PolicyDocument.Statement;
}

test('actions are granted on the window alone', () => {
  // GIVEN
  const stack = testStack();
  const window = testWindow(stack);

  // WHEN
  const grant = window.grants.actions(testRole(stack), ['ssm:UpdateMaintenanceWindow', 'ssm:DeleteMaintenanceWindow']);

  // THEN
  grant.assertSuccess();
  expect(statementsOf(stack)).toEqual([{
    Effect: 'Allow',
    Action: ['ssm:UpdateMaintenanceWindow', 'ssm:DeleteMaintenanceWindow'],
    Resource: stack.resolve(window.maintenanceWindowArn),
  }]);
});

test('reading covers the window and its tasks, and of executions what has no resource', () => {
  // GIVEN
  const stack = testStack();
  const window = testWindow(stack);

  // WHEN
  const grant = window.grants.read(testRole(stack));

  // THEN
  grant.assertSuccess();
  expect(statementsOf(stack)).toEqual([
    {
      Effect: 'Allow',
      Action: WINDOW_ACTIONS,
      Resource: [
        stack.resolve(window.maintenanceWindowArn),
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:windowtask/*']] },
      ],
    },
    { Effect: 'Allow', Action: EXECUTION_ACTIONS, Resource: '*' },
  ]);
});

test('grants on an imported window are in its own account and region', () => {
  // GIVEN
  const stack = testStack();
  const arn = 'arn:aws:ssm:us-east-1:210987654321:maintenancewindow/mw-0123456789abcdef0';
  const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', arn);

  // WHEN
  MaintenanceWindowGrants.fromMaintenanceWindow(window).read(testRole(stack));

  // THEN
  expect(statementsOf(stack)[0]).toMatchObject({
    Resource: [arn, { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:us-east-1:210987654321:windowtask/*']] }],
  });
});

test('a grant to a role that cannot be changed tells so', () => {
  // GIVEN
  const stack = testStack();
  const role = iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::123456789012:role/Reader', { mutable: false });

  // WHEN
  const window = testWindow(stack);

  // THEN
  expect(window.grants.read(role).principalStatements).toHaveLength(2);
  templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
});
