import { Aws, CfnParameter, Fn, JsonNull, Lazy, Token } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { PseudoParameter, TaskInput } from '../../src';
import { testStack } from '../support/app';

/** What is sent, as a template holds it. */
function sent(input: TaskInput, stack: Stack = testStack()): any {
  return stack.resolve(input.bind(stack));
}

const LATER = { 'Fn::ImportValue': 'Value' };

describe('an object', () => {
  test('is sent as JSON with sorted keys, at every depth', () => {
    const input = TaskInput.fromObject({ b: [{ d: 1, c: null }], a: { f: true, e: 'x' } });

    expect(sent(input)).toBe('{"a":{"e":"x","f":true},"b":[{"c":null,"d":1}]}');
  });

  test('is the same text whatever the order of its keys', () => {
    expect(sent(TaskInput.fromObject({ a: 1, b: 2 }))).toBe(sent(TaskInput.fromObject({ b: 2, a: 1 })));
  });

  test('takes dates, null and one object in two places', () => {
    const shared = { x: 1 };
    const input = TaskInput.fromObject({ date: new Date('2030-01-01T00:00:00Z'), missing: undefined, one: shared, other: shared, none: JsonNull.INSTANCE });

    expect(sent(input)).toBe('{"date":"2030-01-01T00:00:00.000Z","none":null,"one":{"x":1},"other":{"x":1}}');
  });

  test('takes an empty object', () => {
    expect(sent(TaskInput.fromObject({}))).toBe('{}');
  });

  test('takes tokens for strings, numbers, lists, objects and keys', () => {
    // GIVEN
    const stack = testStack();
    const input = TaskInput.fromObject({
      text: Fn.importValue('Value'),
      number: Token.asNumber(Fn.importValue('Value')),
      lazy: Lazy.any({ produce: () => ({ x: 1 }) }),
      nested: [{ region: Aws.PARTITION }],
      [Fn.importValue('Value')]: 'key',
    });

    // THEN
    const text = sent(input, stack);
    expect(text['Fn::Join'][1].filter((part: unknown) => typeof part !== 'string')).toEqual([LATER, { Ref: 'AWS::Partition' }, LATER, LATER]);
    expect(text['Fn::Join'][1].filter((part: unknown) => typeof part === 'string').join('<…>')).toBe(
      '{"<…>":"key","lazy":{"x":1},"nested":[{"region":"<…>"}],"number":<…>,"text":"<…>"}');
  });

  test('may hold a list that is a token', () => {
    const stack = testStack();
    const list = new CfnParameter(stack, 'Ids', { type: 'CommaDelimitedList' }).valueAsList;

    // aws-cdk-lib has CloudFormation write the list as JSON by a custom resource
    expect(sent(TaskInput.fromObject({ list }), stack)).toEqual({
      'Fn::Join': ['', ['{"list":', { 'Fn::GetAtt': [expect.stringMatching(/^CdkJsonStringify/), 'Value'] }, '}']],
    });
  });

  test('fails when it contains itself', () => {
    const obj: { [key: string]: any } = {};
    obj.list = [obj];

    expect(() => TaskInput.fromObject(obj)).toThrow(new Error('\'obj\' must not contain itself, got a circular object'));
  });

  test('is read when it is given, so later changes do not count', () => {
    const obj = { a: [1] };
    const input = TaskInput.fromObject(obj);
    obj.a.push(2);

    expect(sent(input)).toBe('{"a":[1]}');
  });
});

describe('a text', () => {
  test.each(['', '{"b":1,"a":2}', 'no JSON', 'ü'])('is sent as it is, %j', (text) => {
    expect(sent(TaskInput.fromText(text))).toBe(text);
  });

  test('may be a token', () => {
    expect(sent(TaskInput.fromText(Fn.importValue('Value')))).toEqual(LATER);
  });
});

describe('pseudo parameters', () => {
  test.each<[string, string]>([
    ['{{WINDOW_ID}}', PseudoParameter.windowId],
    ['{{WINDOW_TASK_ID}}', PseudoParameter.windowTaskId],
    ['{{WINDOW_TARGET_ID}}', PseudoParameter.windowTargetId],
    ['{{WINDOW_EXECUTION_ID}}', PseudoParameter.windowExecutionId],
    ['{{TASK_EXECUTION_ID}}', PseudoParameter.taskExecutionId],
    ['{{INVOCATION_ID}}', PseudoParameter.invocationId],
    ['{{TARGET_TYPE}}', PseudoParameter.targetType],
    ['{{TARGET_ID}}', PseudoParameter.targetId],
    ['{{RESOURCE_ID}}', PseudoParameter.resourceId],
    ['{{SOMETHING_NEW}}', PseudoParameter.of('SOMETHING_NEW')],
  ])('%s', (text, parameter) => {
    expect(parameter).toBe(text);
  });

  test.each(['', '{{WINDOW_ID}}', 'WINDOW ID', 'A}'])('fails when the name is %j', (name) => {
    expect(() => PseudoParameter.of(name)).toThrow(new Error(`'name' must be a name without braces and spaces, got "${name}"`));
  });

  test('the name may be a token', () => {
    expect(testStack().resolve(PseudoParameter.of(Fn.importValue('Value')))).toEqual({ 'Fn::Join': ['', ['{{', LATER, '}}']] });
  });

  test('pseudo parameters are kept in an object', () => {
    expect(sent(TaskInput.fromObject({ execution: PseudoParameter.windowExecutionId }))).toBe('{"execution":"{{WINDOW_EXECUTION_ID}}"}');
  });
});
