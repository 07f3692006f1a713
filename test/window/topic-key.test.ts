import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { NotificationTarget } from '../../src';
import { templateOf, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testTopic } from '../support/resources';
import { testWindow } from '../support/tasks';
import { later } from '../support/tokens';

const MANAGED = '\'target\' must be a topic whose key EventBridge can use, got topic "Stack/Topic" with the AWS managed key "alias/aws/sns", '
  + 'encrypt it with a key of your own (at Stack/Window)';
const IMPORTED = (path: string) => '\'target\' should be a topic whose key allows events.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, got topic "Stack/Topic" '
  + `with the imported key "${path}", whose policy CDK cannot change, change it where it is defined`;
const KEY_ARN = 'arn:aws:kms:eu-central-1:123456789012:key/0123abcd-0123-abcd-0123-0123456789ab';

test('the AWS managed key, which EventBridge cannot use, is refused', () => {
  const stack = testStack();
  const masterKey = kms.Alias.fromAliasName(stack, 'Managed', 'alias/aws/sns');
  expect(failure(() => testWindow(stack).notify('Ops', NotificationTarget.topic(testTopic(stack, 'Topic', { masterKey }))))).toBe(MANAGED);
});

test('so it is for other rules of a window, and on a topic whose resource was changed', () => {
  const stack = testStack();
  const topic = testTopic(stack);
  (topic.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = 'alias/aws/sns';
  expect(failure(() => testWindow(stack).onExecutionFailed('Failed', { target: new SnsTopic(topic) }))).toBe(MANAGED);
});

test.each([
  ['a key', (key: kms.Key) => key],
  ['an alias of it', (key: kms.Key) => key.addAlias('alias/operations')],
])('with %s of the app, EventBridge may use it', (_name, masterKeyOf) => {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  testWindow(stack).notify('Ops', NotificationTarget.topic(testTopic(stack, 'Topic', { masterKey: masterKeyOf(key) })));
  const [{ Properties }] = Object.values<any>(templateOf(stack).findResources('AWS::KMS::Key'));
  expect(Properties.KeyPolicy.Statement.slice(1)).toEqual([
    { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: '*' },
  ]);
  expect(warningsOf(stack)).toEqual([]);
});

test('an imported key is told of, as its policy cannot be changed', () => {
  const stack = testStack();
  testWindow(stack).notify('Ops', NotificationTarget.topic(testTopic(stack, 'Topic', { masterKey: kms.Key.fromKeyArn(stack, 'Key', KEY_ARN) })));
  expect(warningsOf(stack)).toEqual([IMPORTED('Stack/Key')]);
});

test('so it is of an imported topic', () => {
  const stack = testStack();
  const topic = sns.Topic.fromTopicAttributes(stack, 'Topic', { topicArn: 'arn:aws:sns:eu-central-1:123456789012:operations', keyArn: KEY_ARN });
  testWindow(stack).notify('Ops', NotificationTarget.topic(topic));
  expect(warningsOf(stack)).toEqual([IMPORTED('Stack/Topic/Key')]);
});

test('a topic of which nothing is known but its ARN passes, and so does a key that is known only at deployment', () => {
  const stack = testStack();
  const topic = testTopic(stack);
  (topic.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = later();
  const window = testWindow(stack);
  window.notify('Ops', NotificationTarget.topic(topic));
  window.notify('Imported', NotificationTarget.topic(sns.Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:eu-central-1:123456789012:operations')));
  expect(warningsOf(stack)).toEqual([]);
});
