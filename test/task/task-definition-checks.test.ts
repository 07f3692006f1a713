import { RateControl, TargetSelector, TaskTargets } from '../../src';
import type { TaskDefinition } from '../../src/task/task-definition';
import { undefinedIfEmpty } from '../../src/task/task-definition';
import { renderTargets, targetProblems, validateTargets } from '../../src/task/task-definition-checks';
import { testStack, warningsOf } from '../support/app';
import { deployTimeValues, INSTANCE_ID, testWindow } from '../support/tasks';

function definition(parts: Partial<TaskDefinition>): TaskDefinition {
  return { taskType: 'AUTOMATION', taskArn: 'Repair', valuesWithPseudoParameters: [], grantTo: () => {}, ...parts };
}

const TARGETS = TaskTargets.instanceIds(INSTANCE_ID);

test.each<[string, Partial<TaskDefinition>, object]>([
  ['without targets', {}, {}],
  ['with targets alone', { targets: TARGETS }, { targets: [{ key: 'InstanceIds', values: [INSTANCE_ID] }], maxConcurrency: '1', maxErrors: '0' }],
  ['with rate control', { targets: TARGETS, maxConcurrency: RateControl.percentage(7), maxErrors: RateControl.count(2) },
    { targets: [{ key: 'InstanceIds', values: [INSTANCE_ID] }], maxConcurrency: '7%', maxErrors: '2' }],
])('%s, targets and rate control are rendered together', (_name, parts, expected) => {
  expect(renderTargets(definition(parts))).toEqual(expected);
});

test.each<[string, Partial<TaskDefinition>]>([
  ['no targets', {}],
  ['targets', { targets: TARGETS }],
  ['targets and errors of 0', { targets: TARGETS, maxErrors: RateControl.count(0) }],
  ['a concurrency known only at deployment', { targets: TARGETS, maxConcurrency: RateControl.count(deployTimeValues(testStack()).number) }],
])('%s are accepted', (_name, parts) => {
  // GIVEN
  const stack = testStack();

  // THEN
  const window = testWindow(stack);
  expect(() => validateTargets(window, window, definition(parts))).not.toThrow();
  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, Partial<TaskDefinition>, string]>([
  ['the concurrency is given without targets', { maxConcurrency: RateControl.count(1) },
    "'maxConcurrency' can only be given together with 'targets', add targets or remove 'maxConcurrency'"],
  ['the errors are given without targets', { maxErrors: RateControl.count(1) },
    "'maxErrors' can only be given together with 'targets', add targets or remove 'maxErrors'"],
  ['the concurrency is 0 %', { targets: TARGETS, maxConcurrency: RateControl.percentage(0) },
    "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0%\""],
])('fails when %s', (_name, parts, message) => {
  // GIVEN
  const stack = testStack();

  // THEN
  const window = testWindow(stack);
  expect(() => validateTargets(window, window, definition(parts))).toThrow(new Error(`${message} (at Stack/Window)`));
});

test('accepts 10 registered targets', () => {
  // GIVEN
  const window = testWindow(testStack());
  const targets = Array.from({ length: 11 }, (_, i) => window.addTarget(`Target${i}`, { selector: TargetSelector.tagKeys(`${i}`) }));

  // THEN
  expect(targetProblems(definition({}))).toEqual([]);
  expect(targetProblems(definition({ targets: TARGETS }))).toEqual([]);
  expect(targetProblems(definition({ targets: TaskTargets.registered(...targets.slice(1)) }))).toEqual([]);
  expect(targetProblems(definition({ targets: TaskTargets.registered(...targets) }))).toEqual([
    "'targets' must hold at most 10 registered targets, got 11, spread them over several tasks of the same priority",
  ]);
});

test.each<[object, object | undefined]>([[{}, undefined], [{ a: undefined }, undefined], [{ a: false }, { a: false }], [{ a: '' }, { a: '' }]])(
  'of %j what says something is kept', (properties, expected) => {
    expect(undefinedIfEmpty(properties)).toEqual(expected);
  });
