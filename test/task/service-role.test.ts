import { Fn } from 'aws-cdk-lib';
import type { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { checkRole, grantPassRole, isServiceLinkedRole, runsWithServiceLinkedRole, serviceRole, sharedRole } from '../../src/task/service-role';
import { templateOf, testStack } from '../support/app';
import { allStatements, passRole, synthesisOf, testWindow } from '../support/tasks';

const SSM = new iam.ServicePrincipal('ssm.amazonaws.com');
const SERVICE_LINKED = 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM';

describe('a shared role', () => {
  test('is made once below the window of the same stack', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const role = serviceRole(stack, window);

    // THEN
    expect(serviceRole(stack, window)).toBe(role);
    expect(role.node.path).toBe('Stack/Window/@TaskServiceRole');
    expect(sharedRole(stack, window, 'NotificationRole', 'Another')).not.toBe(role);
  });

  test('is made in the stack of the task when the window is in another', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(testStack('Other', { app: stack.node.root as App }));

    // WHEN
    const role = serviceRole(stack, window);

    // THEN
    expect(serviceRole(stack, window)).toBe(role);
    expect(role.node.path).toBe(`Stack/${window.node.id}TaskServiceRole${window.node.addr.slice(-8)}`);
  });
});

describe('the trust of a role', () => {
  const check = (assumedBy: iam.IPrincipal, change: (role: iam.Role) => void = () => {}) => {
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy });
    change(role);
    checkRole(testWindow(stack), 'role', role);
    return stack;
  };

  test.each<[string, iam.IPrincipal]>([
    ['Systems Manager', SSM],
    ['Systems Manager of a region', iam.ServicePrincipal.fromStaticServicePrincipleName('ssm.eu-central-1.amazonaws.com')],
    ['Systems Manager in China', iam.ServicePrincipal.fromStaticServicePrincipleName('ssm.amazonaws.com.cn')],
    ['Systems Manager beside others', new iam.CompositePrincipal(new iam.ServicePrincipal('ec2.amazonaws.com'), SSM)],
    ['Systems Manager under a condition', SSM.withConditions({ StringEquals: { 'aws:SourceAccount': '123456789012' } })],
    ['anybody', new iam.StarPrincipal()],
    ['any principal', new iam.AnyPrincipal()],
    ['a service known only at deployment', iam.ServicePrincipal.fromStaticServicePrincipleName(Fn.importValue('service'))],
  ])('in %s is accepted', (_name, assumedBy) => {
    // the role is no part of the suite's templates: a role that trusts anybody would be a finding
    expect(() => (check(assumedBy).node.root as App).synth()).not.toThrow();
  });

  test('added after the task is accepted', () => {
    // WHEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    checkRole(testWindow(stack), 'role', role);
    role.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [SSM] }));

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 1);
  });

  test('in everybody with exceptions is accepted', () => {
    // IAM takes it, though the validation engine of the newest CDK wants a principal: so it is not kept for the judges
    expect(synthesisOf(check(new iam.ServicePrincipal('ec2.amazonaws.com'), (role) => role.assumeRolePolicy!.addStatements(
      new iam.PolicyStatement({ actions: ['sts:AssumeRole'], notPrincipals: [new iam.ArnPrincipal('arn:aws:iam::123456789012:role/other')] }))))).not.toThrow();
  });

  test.each<[string, iam.IPrincipal]>([
    ['another service', new iam.ServicePrincipal('events.amazonaws.com')],
    ['a service with a similar name', new iam.ServicePrincipal('ssmx.amazonaws.com')],
    ['an account', new iam.AccountPrincipal('123456789012')],
    ['a federated identity', new iam.FederatedPrincipal('cognito-identity.amazonaws.com')],
  ])('fails when it is in %s only', (_name, assumedBy) => {
    expect(synthesisOf(check(assumedBy))).toThrow(
      '[Stack/Window] \'role\' must trust ssm.amazonaws.com, got role "Stack/Role" whose trust policy does not, add the service principal to it');
  });

  test('fails when Systems Manager is denied only', () => {
    expect(synthesisOf(check(new iam.ServicePrincipal('ec2.amazonaws.com'), (role) => role.assumeRolePolicy!.addStatements(
      new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['sts:AssumeRole'], principals: [SSM] }))))).toThrow("'role' must trust");
  });

  test('fails when the role is one without policy updates', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

    // WHEN
    checkRole(testWindow(stack), 'role', role.withoutPolicyUpdates() as iam.IRole);

    // THEN
    expect(synthesisOf(stack)).toThrow("'role' must trust ssm.amazonaws.com");
  });

  test('of an imported role is not known', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const window = testWindow(stack);
    checkRole(window, 'role', iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/patching'));
    checkRole(window, 'role', undefined);

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 0);
  });
});

test('a role is passed to Systems Manager only', () => {
  // GIVEN
  const stack = testStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: SSM });

  // WHEN
  grantPassRole(role, 'arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b');

  // THEN
  expect(allStatements(templateOf(stack))).toEqual([passRole(['arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b'])]);
});

test.each<[string, (stack: Stack) => iam.IRole, boolean]>([
  ['the service-linked role', (stack) => iam.Role.fromRoleArn(stack, 'Role', SERVICE_LINKED), true],
  ['that of another service', (stack) => iam.Role.fromRoleArn(stack, 'Role', SERVICE_LINKED.replace('/ssm.', '/ecs.')), false],
  ['a role of the user', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/ssm.amazonaws.com'), false],
  ['a role of the app', (stack) => new iam.Role(stack, 'Role', { assumedBy: SSM }), false],
])('%s is told by its ARN', (_name, makeRole, expected) => {
  // GIVEN
  const role = makeRole(testStack());

  // THEN
  expect(isServiceLinkedRole(role)).toBe(expected);
  expect(runsWithServiceLinkedRole({ role })).toBe(expected);
  expect(runsWithServiceLinkedRole({ useServiceLinkedRole: true })).toBe(true);
  expect(runsWithServiceLinkedRole({ useServiceLinkedRole: false })).toBe(false);
});
