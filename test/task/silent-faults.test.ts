import { Lazy, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { RunCommandDocument, TargetSelector, TaskInput, TaskTargets } from '../../src';
import type { RunCommandTaskOptions } from '../../src';
import { testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testLogGroup } from '../support/resources';
import { INSTANCE_ID, testWindow } from '../support/tasks';
import { laterNumber } from '../support/tokens';

/*
 * Faults that AWS does not tell: the window runs, and does nothing or something else.
 */

function warningsOfCommand(options: Partial<RunCommandTaskOptions>, stack = testStack()): string[] {
  testWindow(stack).addRunCommandTask('Task', {
    document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(INSTANCE_ID), ...options,
  });
  return warningsOf(stack);
}

test('a log group that nothing is written to', () => {
  const stack = testStack();
  const outputLogGroup = testLogGroup(stack);

  expect(warningsOfCommand({ outputLogGroup, cloudWatchOutputEnabled: false }, stack)).toEqual([
    '\'outputLogGroup\' has no effect when \'cloudWatchOutputEnabled\' is false, got a log group, remove one of them',
  ]);
});

test('a role for notifications that nobody gets', () => {
  const stack = testStack();
  const notificationRole = iam.Role.fromRoleArn(stack, 'Publisher', 'arn:aws:iam::123456789012:role/Publisher');

  expect(warningsOfCommand({ notificationRole }, stack)).toEqual([
    '\'notificationRole\' has no effect without \'notificationTopic\', got role "Stack/Publisher", add \'notificationTopic\'',
  ]);
});

test.each([[INSTANCE_ID, 0], ['i-0123456789abcdef1', 1]])('instances that are registered are no others: %s', (id, count) => {
  const stack = testStack();
  const window = testWindow(stack, 'Window', { allowUnassociatedTargets: false });
  window.addTarget('Target', { selector: TargetSelector.instanceIds(INSTANCE_ID) });

  window.addRunCommandTask('Task', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(id) });

  expect(warningsOf(stack)).toHaveLength(count);
});

test.each<[string, string, boolean]>([
  ['a URL', 's3://bucket/script.sh', false], ['a list', '[]', false], ['an object', '{"path":"s3://bucket/script.sh"}', true],
  ['a parameter of Parameter Store', '{{ssm:/source}}', true], ['nothing', '', true],
])('%s where a document takes a map: %s', (_name, sourceInfo, fine) => {
  expect(warningsOfCommand({
    document: RunCommandDocument.AWS_RUN_REMOTE_SCRIPT, parameters: { sourceType: ['S3'], sourceInfo: [sourceInfo] },
  })).toEqual(fine ? [] : [
    `'parameters.sourceInfo' of AWS-RunRemoteScript must be a JSON object (as of 2026-08-16), got "${sourceInfo}", write it as JSON`,
  ]);
});

describe('the service-linked role', () => {
  const NAME = (prop: string) => `'${prop}' should have a name that starts with "SSM" for the service-linked role to call it, got "cleanup", rename it or give a role`;

  test.each([['cleanup', [NAME('lambdaFunction')]], ['SSMCleanup', []], [undefined, []]])('calls a function of the name %s', (functionName, expected) => {
    const stack = testStack();
    const lambdaFunction = new lambda.Function(stack, 'Function', {
      functionName, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
    });

    testWindow(stack).addLambdaTask('Task', { lambdaFunction: new lambda.Alias(stack, 'Live', { aliasName: 'live', version: lambdaFunction.currentVersion }), useServiceLinkedRole: true });

    expect(warningsOf(stack)).toEqual(expected);
  });

  test('calls a state machine by its name', () => {
    const stack = testStack();
    const stateMachine = new sfn.StateMachine(stack, 'Machine', { stateMachineName: 'cleanup', definitionBody: sfn.DefinitionBody.fromString('{}') });

    testWindow(stack).addStepFunctionsTask('Task', { stateMachine, useServiceLinkedRole: true });

    expect(warningsOf(stack)).toEqual([NAME('stateMachine')]);
  });

  test('calls no function of another account', () => {
    const stack = testStack();
    const lambdaFunction = lambda.Function.fromFunctionArn(stack, 'Function', 'arn:aws:lambda:eu-central-1:111122223333:function:SSMCleanup');

    expect(failure(() => testWindow(stack).addLambdaTask('Task', { lambdaFunction, useServiceLinkedRole: true }))).toBe(
      '\'lambdaFunction\' must be of the account of the window, "123456789012", for the service-linked role to call it, got one of "111122223333", give a role (at Stack/Window/Task)');
  });
});

describe('an input', () => {
  const MARKER = (kind: string, text: string) => `'text' must not hold a ${kind} that is known only at deployment, which JSON.stringify() makes unusable, got ${text}, use TaskInput.fromObject()`;
  const numberText = JSON.stringify({ n: laterNumber() });
  const listText = JSON.stringify({ l: Token.asList(Lazy.list({ produce: () => ['a'] })) });

  test.each<[string, () => unknown, string]>([
    ['no number', () => TaskInput.fromObject({ a: { n: [NaN] } }), '\'obj\' must hold numbers that JSON has, got NaN, give a finite number'],
    ['no end', () => TaskInput.fromObject({ n: Infinity }), '\'obj\' must hold numbers that JSON has, got Infinity, give a finite number'],
    ['a function', () => TaskInput.fromObject({ f: () => 1 }),
      '\'obj\' must hold values that JSON has, got a function, give a text, a number, true or false, null, a list or an object'],
    ['a token as a number in a text', () => TaskInput.fromText(numberText), MARKER('number', JSON.stringify(numberText))],
    ['a token as a list in a text', () => TaskInput.fromText(listText), MARKER('list', '"{\\"l\\":[\\"<known at deployment>\\"]}"')],
  ])('fails with %s', (_name, define, message) => {
    expect(failure(define)).toBe(message);
  });

  test.each<[string, () => unknown]>([
    ['a number that is a token', () => TaskInput.fromObject({ n: laterNumber() })],
    ['a large number in a text', () => TaskInput.fromText('{"n":-1.8e+289}')],
    ['what is not set', () => TaskInput.fromObject({ a: undefined, b: null })],
  ])('takes %s', (_name, define) => {
    expect(define).not.toThrow();
  });
});
