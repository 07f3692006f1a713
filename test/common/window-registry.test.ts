import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { membersOf, registerMember } from '../../src/common/window-registry';
import { warningsOf } from '../support/app';

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

/** What is told of a window with so many members: errors and warnings. */
function toldOf(kind: 'tasks' | 'targets', count: number): { readonly errors: string[]; readonly warnings: string[] } {
  const window = withMembers(kind, count);
  return { errors: window.node.validate(), warnings: warningsOf(window) };
}

test.each([['tasks', 20], ['targets', 100]] as const)('warns about more %s than the default quota of %d, which can be raised', (kind, quota) => {
  expect(toldOf(kind, quota)).toEqual({ errors: [], warnings: [] });
  expect(toldOf(kind, quota + 1)).toEqual({
    errors: [],
    warnings: [`a maintenance window should have at most ${quota} ${kind}, the default quota, got ${quota + 1}, `
      + 'spread them over several windows or have the quota raised'],
  });
});
