import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { useAlarm } from '../../src/common/alarm-uses';
import { testApp, testStack } from '../support/app';
import { errorOf, failure } from '../support/errors';

function imported(stack: Stack, id: string, name: string): cloudwatch.IAlarm {
  return cloudwatch.Alarm.fromAlarmName(stack, id, name);
}

function twoUsers(): { stack: Stack; mute: Construct; task: Construct } {
  const stack = testStack();
  return { stack, mute: new Construct(stack, 'Mute'), task: new Construct(stack, 'Task') };
}

test('an alarm that stops a task cannot be muted, in whichever order', () => {
  const first = twoUsers();
  const alarm = imported(first.stack, 'Alarm', 'errors');
  useAlarm(first.task, alarm, 'stops a task');
  expect(failure(() => useAlarm(first.mute, alarm, 'muted'))).toBe('\'alarms\' must have no alarm that stops a task, got "Stack/Alarm", '
    + 'which stops a task at "Stack/Task" and is muted by "Stack/Mute", leave it out (at Stack/Mute)');
  const second = twoUsers();
  const other = imported(second.stack, 'Alarm', 'errors');
  useAlarm(second.mute, other, 'muted');
  expect(failure(() => useAlarm(second.task, other, 'stops a task'))).toBe('\'alarms\' must have no alarm that stops a task, got "Stack/Alarm", '
    + 'which stops a task at "Stack/Task" and is muted by "Stack/Mute", leave it out (at Stack/Task)');
});

test('an alarm can have several uses of which none is muting, and be muted several times', () => {
  const { stack, mute, task } = twoUsers();
  const [guard, noise] = [imported(stack, 'Guard', 'errors'), imported(stack, 'Noise', 'latency')];
  useAlarm(task, guard, 'stops a task');
  useAlarm(task, guard, 'reports failed executions');
  useAlarm(mute, noise, 'muted');
  expect(() => useAlarm(task, noise, 'muted')).not.toThrow();
});

describe('whether two imports are of the same alarm', () => {
  function clash(one: (app: Stack) => cloudwatch.IAlarm, other: (app: Stack) => cloudwatch.IAlarm): boolean {
    const { stack, mute, task } = twoUsers();
    useAlarm(task, one(stack), 'stops a task');
    return errorOf(() => useAlarm(mute, other(stack), 'muted')) !== undefined;
  }
  const inRegion = (region: string) => (stack: Stack) => imported(new Stack(stack.node.root, region, { env: { account: '123456789012', region } }), 'Other', 'errors');

  test.each([
    ['with the same name', (stack: Stack) => imported(stack, 'One', 'errors'), (stack: Stack) => imported(stack, 'Other', 'errors'), true],
    ['with different names', (stack: Stack) => imported(stack, 'One', 'errors'), (stack: Stack) => imported(stack, 'Other', 'latency'), false],
    ['with the same name in another Region', (stack: Stack) => imported(stack, 'One', 'errors'), inRegion('eu-west-1'), false],
    ['with the same name in the same Region', (stack: Stack) => imported(stack, 'One', 'errors'), inRegion('eu-central-1'), true],
  ] as const)('%s', (_name, one, other, same) => {
    expect(clash(one, other)).toBe(same);
  });
});

test('apps do not know each other', () => {
  const [one, other] = [new Stack(testApp(), 'Stack'), new Stack(testApp(), 'Stack')];
  useAlarm(one, imported(one, 'Alarm', 'errors'), 'stops a task');
  expect(() => useAlarm(other, imported(other, 'Alarm', 'errors'), 'muted')).not.toThrow();
});
