import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TaskPrincipal } from '../../src/task/task-principal';
import { templateOf, testStack } from '../support/app';
import { allow, allStatements } from '../support/tasks';

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:topic';

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
}

function publish(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [TOPIC] });
}

test('adds statements to the policy of its role', () => {
  const stack = testStack();

  const { statementAdded } = new TaskPrincipal(new Construct(stack, 'Task'), roleIn(stack)).addToPrincipalPolicy(publish());

  expect(statementAdded).toBe(true);
  expect(allStatements(templateOf(stack))).toEqual([allow('sns:Publish', TOPIC)]);
});

test('notes what is granted through it, and not through another task with the same role', () => {
  const stack = testStack();
  const role = roleIn(stack);
  const [one, other] = ['One', 'Other'].map((id) => new TaskPrincipal(new Construct(stack, id), role));

  one.addToPrincipalPolicy(publish());

  expect([one.wasGranted, other.wasGranted]).toEqual([true, false]);
});

test('is a principal of its own, with the path of its task as its text', () => {
  const stack = testStack();
  const principal = new TaskPrincipal(new Construct(stack, 'Task'), roleIn(stack));

  expect(principal.grantPrincipal).toBe(principal);
  expect(String(principal)).toBe('Stack/Task');
});

test('stands in a policy as its role does', () => {
  const stack = testStack();
  const role = roleIn(stack);
  const principal = new TaskPrincipal(new Construct(stack, 'Task'), role);

  expect([principal.assumeRoleAction, principal.principalAccount]).toEqual([role.assumeRoleAction, role.principalAccount]);
  expect(stack.resolve(principal.policyFragment.principalJson)).toEqual({ AWS: [stack.resolve(role.roleArn)] });
});
