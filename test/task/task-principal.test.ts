import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TaskPrincipal } from '../../src/task/task-principal';
import { templateOf, testStack } from '../support/app';
import { allow, allStatements } from '../support/tasks';

test('a task is the principal that its role is, and notes what is granted through it', () => {
  // GIVEN
  const stack = testStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const principal = new TaskPrincipal(new Construct(stack, 'Task'), role);
  const other = new TaskPrincipal(new Construct(stack, 'Other'), role);

  // WHEN
  const statement = new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-central-1:123456789012:topic'] });
  const result = principal.addToPrincipalPolicy(statement);

  // THEN
  expect(result.statementAdded).toBe(true);
  expect(principal.wasGranted).toBe(true);
  expect(other.wasGranted).toBe(false);
  expect(principal.grantPrincipal).toBe(principal);
  expect(String(principal)).toBe('Stack/Task');
  expect(principal.assumeRoleAction).toBe(role.assumeRoleAction);
  expect(principal.principalAccount).toBe(role.principalAccount);
  expect(stack.resolve(principal.policyFragment.principalJson)).toEqual({ AWS: [stack.resolve(role.roleArn)] });
  expect(allStatements(templateOf(stack))).toEqual([allow('sns:Publish', 'arn:aws:sns:eu-central-1:123456789012:topic')]);
});
