import { Fn, Resource, Stack } from 'aws-cdk-lib';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { checkWindowEnvironment, areKnownToDiffer } from '../../src/common/same-environment';
import { testApp } from '../support/app';

class Member extends Resource implements IMaintenanceWindowRef {
  public readonly maintenanceWindowRef = { windowId: 'mw-0123456789abcdef0' };
}

function memberIn(account?: string, region?: string): Member {
  return new Member(new Stack(testApp(), 'Stack', { env: { account, region } }), 'Member');
}

test.each<[string, string, boolean]>([
  ['a', 'a', false],
  ['a', 'b', true],
  ['a', Fn.importValue('Value'), false],
  [Fn.importValue('Value'), 'b', false],
  [Fn.importValue('One'), Fn.importValue('Other'), false],
])('%s and %s are known to differ: %s', (a, b, differ) => {
  expect(areKnownToDiffer(a, b)).toBe(differ);
});

test.each([
  [memberIn('111111111111', 'eu-central-1'), memberIn('111111111111', 'eu-central-1')],
  [memberIn(), memberIn('111111111111', 'eu-central-1')],
  [memberIn('111111111111', 'eu-central-1'), memberIn()],
  [memberIn(), memberIn()],
])('passes what may be of the same environment', (member, window) => {
  expect(() => checkWindowEnvironment(member, window)).not.toThrow();
});

test.each([
  ['account', '"111111111111"', '"222222222222"', memberIn('222222222222', 'eu-central-1')],
  ['region', '"eu-central-1"', '"eu-west-1"', memberIn('111111111111', 'eu-west-1')],
])('fails when the %s differs', (part, own, others, window) => {
  expect(() => checkWindowEnvironment(memberIn('111111111111', 'eu-central-1'), window)).toThrow(new Error(
    `'maintenanceWindow' must be of the ${part} of this stack, ${own}, got a window of ${others}, move the construct to a stack of that ${part} `
    + '(at Stack/Member)'));
});
