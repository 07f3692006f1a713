import { Aws } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allow, grantOnce } from '../../src/common/role-statements';
import { templateOf, testStack } from '../support/app';
import { allStatements } from '../support/tasks';

function testRole(stack: Stack, id: string = 'Role'): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
}

const READ = { actions: ['ssm:GetParameters'], resourceArns: [`arn:${Aws.PARTITION}:ssm:eu-central-1:123456789012:parameter/a`] };

describe('a statement', () => {
  test('is given to a role once, however often it is asked for', () => {
    // GIVEN
    const stack = testStack();
    const role = testRole(stack);
    const addToPrincipalPolicy = jest.spyOn(role, 'addToPrincipalPolicy');

    // WHEN
    allow(role, READ);
    allow(role, { ...READ, actions: [...READ.actions] });

    // THEN
    expect(addToPrincipalPolicy).toHaveBeenCalledTimes(1);
    expect(allStatements(templateOf(stack))).toHaveLength(1);
  });

  test('is given to each role', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    allow(testRole(stack, 'One'), READ);
    allow(testRole(stack, 'Other'), READ);

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 2);
  });

  test.each<[string, Parameters<typeof allow>[1]]>([
    ['action', { ...READ, actions: ['ssm:GetParameter'] }],
    ['resource', { ...READ, resourceArns: ['arn:aws:ssm:eu-central-1:123456789012:parameter/b'] }],
    ['condition', { ...READ, conditions: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } }],
  ])('of another %s is given beside it', (_name, other) => {
    // GIVEN
    const stack = testStack();
    const role = testRole(stack);

    // WHEN
    allow(role, READ);
    allow(role, other);

    // THEN
    expect(allStatements(templateOf(stack))).toHaveLength(2);
  });
});

test('a grant on a resource is made once for a role', () => {
  // GIVEN
  const stack = testStack();
  const grant = jest.fn();
  const [role, resource] = [testRole(stack), {}];

  // WHEN
  grantOnce(role, resource, grant);
  grantOnce(role, resource, grant);
  grantOnce(role, {}, grant);
  grantOnce(testRole(stack, 'Other'), resource, grant);

  // THEN
  expect(grant).toHaveBeenCalledTimes(3);
});
