import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib';
import { isLiteral, sorted, sortedRecord } from '../../src/common/json';
import { isJson } from '../../src/rules/json-text';
import { testStack } from '../support/app';
import { testTopic } from '../support/resources';

describe('literal', () => {
  test.each<unknown>([
    'text', 1, -0.5, true, [], {}, ['a', 1, false], { a: { b: ['c'] } }, { Reference: 'x', Fn: 'x' },
  ])('is %j', (value) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(isLiteral(value)).toBe(true);
    expect(stack.resolve(stack.toJsonString(value))).toBe(JSON.stringify(value));
  });

  test.each<[string, unknown]>([
    ['a text', Aws.REGION],
    ['a part of a text', `x-${Aws.REGION}`],
    ['a number', Token.asNumber(Fn.importValue('Value'))],
    ['a list', Token.asList(Fn.importValue('Value'))],
    ['anything', Lazy.any({ produce: () => 1 })],
    ['a value', { a: [{ b: Aws.REGION }] }],
    ['a key', { [Aws.REGION]: 'x' }],
  ])('is not %s as a token', (_name, value) => {
    expect(isLiteral(value)).toBe(false);
  });

  test.each<[string, unknown]>([
    ['what CloudFormation computes', { 'Fn::ImportValue': 'Value' }],
    ['a reference in the notation of CloudFormation', [{ Ref: 'Value' }]],
    ['nothing', null],
    ['a missing value', { a: undefined }],
    ['no number', NaN],
    ['a function', () => 1],
  ])('is not %s', (_name, value) => {
    expect(isLiteral(value)).toBe(false);
  });
});

describe('sorted', () => {
  test.each<[unknown, string]>([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ b: { d: 1, c: 2 }, a: [{ f: 1, e: 2 }] }, '{"a":[{"e":2,"f":1}],"b":{"c":2,"d":1}}'],
    [[3, 1, 2], '[3,1,2]'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [{ 10: 'x', 9: 'y' }, '{"9":"y","10":"x"}'],
    ['text', '"text"'],
    [null, 'null'],
    [1, '1'],
    [false, 'false'],
  ])('of %j is %s', (value, json) => {
    expect(JSON.stringify(sorted(value, 'obj'))).toBe(json);
  });

  test('leaves the input as it is', () => {
    const value = { b: [2, 1], a: 1 };
    sorted(value, 'obj');

    expect(JSON.stringify(value)).toBe('{"b":[2,1],"a":1}');
  });

  test('leaves tokens as they are', () => {
    const lazy = Lazy.any({ produce: () => 1 });
    const reference = Token.asAny(Fn.importValue('Value'));
    const topicReference = testTopic(testStack()).node.defaultChild as any;
    const list = Fn.split(',', Fn.importValue('Value'));

    expect(sorted({ lazy, reference, list, ref: topicReference.ref }, 'obj')).toEqual({ lazy, reference, list, ref: topicReference.ref });
    expect((sorted({ lazy }, 'obj') as any).lazy).toBe(lazy);
  });

  test('keeps a key named __proto__', () => {
    expect(JSON.stringify(sorted(JSON.parse('{"b":1,"__proto__":{"x":1}}'), 'obj'))).toBe('{"__proto__":{"x":1},"b":1}');
  });

  test('fails when an object or what it becomes contains itself', () => {
    const circular: any = { a: {} };
    circular.a.b = circular;
    const turning: any = { toJSON: () => turning };

    expect(() => sorted(circular, 'obj')).toThrow(new Error('\'obj\' must not contain itself, got a circular object'));
    expect(() => sorted(turning, 'obj')).toThrow(new Error('\'obj\' must not contain itself, got a circular object'));
  });
});

test('sortedRecord maps the values and sorts the keys', () => {
  expect(JSON.stringify(sortedRecord({ b: 1, a: 2 }, (value) => value * 2))).toBe('{"a":4,"b":2}');
});

test.each<[string, boolean]>([['{}', true], ['1', true], ['"x"', true], ['', false], ['{', false], ['{\'a\':1}', false]])('%s is JSON: %s', (text, json) => {
  expect(isJson(text)).toBe(json);
});
