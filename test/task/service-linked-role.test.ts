import { serviceLinkedRoleNameAdvice } from '../../src/task/service-linked-role';

test.each<[string | undefined, boolean]>([
  ['SSMReport', false], ['SSM', false], [undefined, false], ['ssmReport', true], ['Report', true],
])('the service-linked role calls %s: advice %s', (name, advised) => {
  expect(serviceLinkedRoleNameAdvice('lambdaFunction', name)).toEqual(advised ? [{
    id: 'serviceLinkedRoleName',
    message: `'lambdaFunction' should have a name that starts with "SSM" for the service-linked role to call it, got "${name}", rename it or give a role`,
  }] : []);
});
