import { Aws, Fn, Lazy } from 'aws-cdk-lib';
import { checkInputSize } from '../../src/task/input-size';
import { templateOf, testStack } from '../support/app';
import { synthesisOf } from '../support/tasks';

const message = (prop: string, size: number, unit: string) =>
  `'${prop}' must be at most 4096 ${unit} long, got ${size} ${unit}, shorten it, or pass a reference such as an S3 key`;

test.each<[string, 'bytes' | 'characters', string]>([
  ['bytes', 'bytes', 'x'.repeat(4096)],
  ['bytes of longer characters', 'bytes', '\u{1F600}'.repeat(1024)],
  ['characters', 'characters', 'ä'.repeat(4096)],
  ['characters outside the basic plane', 'characters', '\u{1F600}'.repeat(4096)],
])('4,096 %s are accepted', (_name, unit, text) => {
  expect(() => checkInputSize(testStack(), 'input', text, unit)).not.toThrow();
});

test.each<[string, 'bytes' | 'characters', string, number]>([
  ['4,097 bytes', 'bytes', 'x'.repeat(4097), 4097],
  ['4,096 characters of 8,192 bytes', 'bytes', 'ä'.repeat(4096), 8192],
  ['4,097 characters', 'characters', 'x'.repeat(4097), 4097],
])('fails when a text has %s', (_name, unit, text, size) => {
  expect(() => checkInputSize(testStack(), 'input', text, unit)).toThrow(new Error(`${message('input', size, unit)} (at Stack)`));
});

test.each<[string, string, string | undefined]>([
  ['of the literal parts fits', `${'x'.repeat(2048)}${Aws.STACK_NAME}${'x'.repeat(2048)}`, undefined],
  ['of the literal parts does not', `${'x'.repeat(2048)}${Aws.STACK_NAME}${'x'.repeat(2049)}`, message('payload', 4097, 'bytes')],
  ['of a late text fits', Lazy.string({ produce: () => 'x'.repeat(4096) }), undefined],
  ['of a late text does not', Lazy.string({ produce: () => 'x'.repeat(4097) }), message('payload', 4097, 'bytes')],
  ['of one value is not known', Aws.STACK_NAME, undefined],
  ['of another function is not known', Fn.base64('x'.repeat(5000)), undefined],
])('at the end of synthesis, when the size %s', (_name, text, expected) => {
  // GIVEN
  const stack = testStack();

  // WHEN
  checkInputSize(stack, 'payload', text, 'bytes');

  // THEN
  if (expected === undefined) {
    expect(templateOf(stack).toJSON()).not.toHaveProperty('Resources');
  } else {
    expect(synthesisOf(stack)).toThrow(`[Stack] ${expected}`);
  }
});
