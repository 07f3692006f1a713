import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { membersOf, registerMember } from '../../src/common/window-registry';

function withMembers(kind: 'tasks' | 'targets', count: number): Construct {
  const window = new Construct(new App(), 'Window');
  for (let i = 0; i < count; i++) {
    registerMember(window, kind, new Construct(window, `Member${i}`));
  }
  return window;
}

test('a window knows its members by kind, in the order in which they came', () => {
  // GIVEN
  const window = withMembers('tasks', 2);
  const target = new Construct(window, 'Target');

  // WHEN
  registerMember(window, 'targets', target);

  // THEN
  expect(membersOf(window, 'tasks').map(({ node }) => node.id)).toEqual(['Member0', 'Member1']);
  expect(membersOf(window, 'targets')).toEqual([target]);
});

test('a window without members has none', () => {
  expect(membersOf(new Construct(new App(), 'Window'), 'tasks')).toEqual([]);
});

test.each([['tasks', 20], ['targets', 100]] as const)('the quota of %s is %d', (kind, quota) => {
  expect(withMembers(kind, quota).node.validate()).toEqual([]);
  expect(withMembers(kind, quota + 1).node.validate()).toEqual([
    `a maintenance window must have at most ${quota} ${kind}, got ${quota + 1}, spread them over several windows`,
  ]);
});
