import { NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { generatedName } from '../../src/common/generated-name';
import { testApp, testStack } from '../support/app';

const PATTERN = /^[a-zA-Z0-9_\-.]{3,128}$/;

test.each(['W', 'Window', 'a b', 'ümläut', '日本', '1', '_.-', 'x'.repeat(300), '<>'])('fits the pattern of the service for the id %s', (id) => {
  expect(generatedName(new Construct(testStack('S'), id))).toMatch(PATTERN);
});

test('is long enough in the shortest path', () => {
  expect(generatedName(new Construct(new Stack(testApp(), 'S'), 'Default'))).toBe('S-window');
});

test('differs between constructs', () => {
  // GIVEN
  const stack = testStack();
  const scope = new Construct(stack, 'A-B');
  const other = new Construct(stack, 'A');
  const nested = new NestedStack(stack, 'Nested');

  // WHEN
  const names = [
    new Construct(scope, 'C'), new Construct(other, 'B-C'), new Construct(nested, 'C'), new Construct(stack, 'x'.repeat(300)),
    new Construct(stack, `${'x'.repeat(300)}y`),
  ].map(generatedName);

  // THEN
  expect(new Set(names).size).toBe(names.length);
});

test('is the same on every run', () => {
  const name = () => generatedName(new Construct(testStack(), 'Window'));

  expect(name()).toBe(name());
});
