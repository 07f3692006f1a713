import { Fn, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { MaintenanceWindow, MaintenanceWindowEvents, RunCommandDocument, TaskTargets } from '../../src';
import type { IMaintenanceWindow } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testFunction, testTopic } from '../support/resources';
import { INSTANCE_ID, testWindow } from '../support/tasks';

type OnEvent = {
  [Name in keyof IMaintenanceWindow]: IMaintenanceWindow[Name] extends (id: string, options?: events.OnEventOptions) => events.Rule ? Name : never
}[keyof IMaintenanceWindow];

const STATE = 'Maintenance Window State-change Notification';
const EXECUTION = 'Maintenance Window Execution State-change Notification';
const TASK_EXECUTION = 'Maintenance Window Task Execution State-change Notification';
const INVOCATION = 'Maintenance Window Task Target Invocation State-change Notification';
const TARGET_REGISTRATION = 'Maintenance Window Target Registration Notification';
const TASK_REGISTRATION = 'Maintenance Window Task Registration Notification';

const METHODS: [OnEvent, string | undefined, string[] | undefined][] = [
  ['onEvent', undefined, undefined],
  ['onStateChange', STATE, undefined],
  ['onExecutionStateChange', EXECUTION, undefined],
  ['onExecutionFailed', EXECUTION, ['FAILED', 'TIMED_OUT']],
  ['onExecutionSkipped', EXECUTION, ['SKIPPED_OVERLAPPING']],
  ['onTaskExecutionStateChange', TASK_EXECUTION, undefined],
  ['onTaskExecutionFailed', TASK_EXECUTION, ['FAILED', 'TIMED_OUT']],
  ['onTaskTargetInvocationStateChange', INVOCATION, undefined],
  ['onTargetRegistration', TARGET_REGISTRATION, undefined],
  ['onTaskRegistration', TASK_REGISTRATION, undefined],
];

/** The properties of the only rule of a stack. */
function ruleOf(stack: Stack): { readonly [name: string]: any } {
  const rules = Object.values(templateOf(stack).findResources('AWS::Events::Rule'));
  expect(rules).toHaveLength(1);
  return rules[0].Properties;
}

describe.each(METHODS)('%s', (method, detailType, statuses) => {
  test('defines one rule for events of the window and nothing else', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window[method]('Rule');

    // THEN
    expect(Object.keys(templateOf(stack).toJSON().Resources)).toHaveLength(2);
    expect(ruleOf(stack)).toEqual({
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.ssm'],
        ...(detailType && { 'detail-type': [detailType] }),
        detail: { 'window-id': [stack.resolve(window.maintenanceWindowId)], ...(statuses && { status: statuses }) },
      },
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('narrows the events by what the caller gives', () => {
    // GIVEN
    const stack = testStack();
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');

    // WHEN
    window[method]('Rule', {
      ruleName: 'rule',
      description: 'A rule',
      target: new SnsTopic(testTopic(stack)),
      eventPattern: { account: ['123456789012'], detail: { 'window-execution-id': [{ exists: true }] } },
    });

    // THEN
    expect(ruleOf(stack)).toMatchObject({
      Name: 'rule',
      Description: 'A rule',
      Targets: [{ Arn: { Ref: expect.stringMatching(/^Topic/) } }],
      EventPattern: {
        source: ['aws.ssm'],
        account: ['123456789012'],
        detail: { 'window-id': ['mw-0123456789abcdef0'], 'window-execution-id': [{ exists: true }] },
      },
    });
  });

  test.each<[string, events.EventPattern, string]>([
    ['detail.window-id', { detail: { 'window-id': ['mw-0123456789abcdef0'] } }, '["mw-0123456789abcdef0"]'],
    ['source', { source: ['aws.ec2'] }, '["aws.ec2"]'],
    ['detailType', { detailType: ['Other'] }, '["Other"]'],
  ])('fails when %s is given, which would widen the pattern or never match', (key, eventPattern, got) => {
    expect(() => testWindow(testStack())[method]('Rule', { eventPattern })).toThrow(new Error(
      `'eventPattern' cannot have ${key}, which this method sets, got ${got}, remove it or use another onXxx method (at Stack/Window)`));
  });
});

describe('a rule in another place than its window', () => {
  test('is warned about, as it gets no events', () => {
    // GIVEN
    const stack = testStack();
    const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window',
      'arn:aws:ssm:us-east-1:123456789012:maintenancewindow/mw-0123456789abcdef0');

    // WHEN
    window.onExecutionFailed('Failed');

    // THEN
    expect(warningsOf(stack)).toEqual(['rule "Stack/Window/Failed" should be in the region of its window, "us-east-1", to get its events, '
      + 'got "eu-central-1", give a crossStackScope there, or forward the events']);
  });

  test('passes when the place is a token', () => {
    // GIVEN
    const stack = new Stack(testApp(), 'Stack');
    const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window',
      'arn:aws:ssm:us-east-1:123456789012:maintenancewindow/mw-0123456789abcdef0');

    // WHEN
    window.onExecutionFailed('Failed');

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('every method of the interface that makes a rule is covered above', () => {
  const prototypeNames = Object.getOwnPropertyNames(MaintenanceWindowEvents.prototype).filter((name) => name.startsWith('on'));

  expect(METHODS.map(([method]) => method).sort()).toEqual(prototypeNames.sort());
});

describe('statuses', () => {
  test.each(METHODS.filter(([, , statuses]) => statuses))('fails when %s is given others', (method) => {
    expect(() => testWindow(testStack())[method]('Rule', { eventPattern: { detail: { status: ['SUCCESS'] } } })).toThrow(new Error(
      '\'eventPattern\' cannot have detail.status, which this method sets, got ["SUCCESS"], remove it or use another onXxx method (at Stack/Window)'));
  });

  test.each<[OnEvent, string[]]>([
    ['onStateChange', ['ENABLED', 'DISABLED']],
    ['onExecutionStateChange', ['PENDING', 'IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLING', 'CANCELLED', 'SKIPPED_OVERLAPPING']],
    ['onTaskExecutionStateChange', ['IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLING', 'CANCELLED']],
    ['onTaskTargetInvocationStateChange', ['IN_PROGRESS', 'SUCCESS', 'FAILED', 'TIMED_OUT', 'CANCELLING', 'CANCELLED', 'COMPLETE']],
    ['onTargetRegistration', ['REGISTERED', 'DEREGISTERED', 'UPDATED']],
    ['onTaskRegistration', ['REGISTERED', 'DEREGISTERED', 'UPDATED']],
  ])('that %s can report pass, others are warned about', (method, statuses) => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window[method]('Known', { eventPattern: { detail: { status: statuses } } });

    // THEN
    expect(warningsOf(stack)).toEqual([]);

    // WHEN
    window[method]('Unknown', { eventPattern: { detail: { status: ['DONE', ...statuses] } } });

    // THEN
    expect(warningsOf(stack)).toEqual([`detail.status of 'eventPattern' must be one of ${statuses.join(', ')} to match, got "DONE"`]);
  });

  test('mistake 54: a status that events of the detail type never carry is warned about, and the methods choose the detail type', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.onTargetRegistration('Rule', { eventPattern: { detail: { status: ['FAILED', 'TIMED_OUT'] } } });

    // THEN
    expect(window.node.metadata.map(({ data }) => data)).toEqual(['FAILED', 'TIMED_OUT'].map((status) =>
      `detail.status of 'eventPattern' must be one of REGISTERED, DEREGISTERED, UPDATED to match, got "${status}" `
      + '[ack: cdk-ssm-maintenance-windows:statusNeverReported]'));
  });

  test('of any kind of event pass onEvent', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.onEvent('Known', { eventPattern: { detail: { status: ['ENABLED', 'COMPLETE', 'UPDATED', 'SKIPPED_OVERLAPPING'] } } });

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });

  test('that are tokens, or matched otherwise than by a string, pass', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.onStateChange('Text', { eventPattern: { detail: { status: [Fn.importValue('Status')] } } });
    window.onStateChange('List', { eventPattern: { detail: { status: Fn.split(',', Fn.importValue('Statuses')) } } });
    window.onStateChange('Matcher', { eventPattern: { detail: { status: [{ 'anything-but': 'ENABLED' }] } } });

    // THEN
    expect(warningsOf(stack)).toEqual([]);
    templateOf(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { status: [{ 'Fn::ImportValue': 'Status' }] } } });
  });
});

test('the rule can live in the stack of its target', () => {
  // GIVEN
  const app = testApp();
  const windows = testStack('Windows', { app });
  const others = testStack('Others', { app });

  // WHEN
  testWindow(windows).onExecutionFailed('Failed', { crossStackScope: others, target: new SnsTopic(testTopic(others)) });

  // THEN
  templateOf(windows).resourceCountIs('AWS::Events::Rule', 0);
  expect(ruleOf(others).EventPattern.detail['window-id']).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^Windows:ExportsOutputRefWindow/) }]);
  expect(windows.dependencies).toEqual([]);
});

test('two rules of one kind live in one stack', () => {
  // GIVEN
  const stack = testStack();
  const window = testWindow(stack);

  // WHEN
  window.onExecutionFailed('One');
  window.onExecutionFailed('Other');

  // THEN
  templateOf(stack).resourceCountIs('AWS::Events::Rule', 2);
});

describe('a pattern that can never match', () => {
  test.each<[string, events.OnEventOptions, string]>([
    ['a status that is in no list', { eventPattern: { detail: { status: 'FAILED' } } },
      '\'eventPattern.detail.status\' must be a list of what matches, got "FAILED", write ["FAILED"]'],
    ['a number in an object', { eventPattern: { detail: { a: { b: 1 } } } }, '\'eventPattern.detail.a.b\' must be a list of what matches, got 1, write [1]'],
  ])('is refused with %s', (_name, options, message) => {
    expect(failure(() => testWindow(testStack()).onEvent('Rule', options))).toBe(`${message} (at Stack/Window)`);
  });

  test('is told for a key that no event of the kind carries', () => {
    const stack = testStack();
    const window = testWindow(stack);

    window.onExecutionStateChange('Rule', { eventPattern: { detail: { 'window-task-id': ['x'], 'status': ['FAILED'] } } });
    window.onEvent('All', { eventPattern: { detail: { 'window-task-id': ['x'], 'start-time': [{ exists: true }] } } });

    expect(warningsOf(stack)).toEqual([
      'detail of \'eventPattern\' must have keys among window-id, status, start-time, end-time, window-execution-id to match, got "window-task-id", remove it',
    ]);
  });

  test.each<['addLambdaTask' | 'addRunCommandTask', string, string[]]>([
    ['addLambdaTask', 'FAILED', [
      'detail.status of \'eventPattern\' must be one of IN_PROGRESS, COMPLETE, which the tasks of the window report, to match, got "FAILED"',
    ]],
    ['addLambdaTask', 'COMPLETE', []],
    ['addRunCommandTask', 'FAILED', []],
    ['addRunCommandTask', 'COMPLETE', [
      'detail.status of \'eventPattern\' must be one of IN_PROGRESS, SUCCESS, FAILED, TIMED_OUT, CANCELLING, CANCELLED, which the tasks of the window report, '
      + 'to match, got "COMPLETE"',
    ]],
  ])('is told for the tasks of a window: %s, %s', (method, status, expected) => {
    const stack = testStack();
    const window = testWindow(stack);

    window.onTaskTargetInvocationStateChange('Rule', { eventPattern: { detail: { status: [status] } } });
    if (method === 'addLambdaTask') {
      window.addLambdaTask('Task', { lambdaFunction: testFunction(stack) });
    } else {
      window.addRunCommandTask('Task', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(INSTANCE_ID) });
    }
    (stack.node.root as App).synth();

    expect(warningsOf(stack)).toEqual(expected);
  });
});

test('a FIFO topic cannot be a target', () => {
  const stack = testStack();
  const topic = testTopic(stack, 'Topic', { fifo: true, topicName: 'patching.fifo' });

  expect(failure(() => testWindow(stack).onExecutionFailed('Rule', { target: new SnsTopic(topic) }))).toBe(
    '\'target\' must be a standard topic, as EventBridge cannot publish to others, got FIFO topic "Stack/Topic", use a standard topic (at Stack/Window)');
});
