import { Aws, Stack } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { AutomationRunbook, RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import type { AutomationTaskOptions, RunCommandTaskOptions } from '../../src';
import { testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { INSTANCE_ID, testWindow } from '../support/tasks';

const HERE = '"eu-central-1"';
const ELSEWHERE = '"eu-west-1"';

function lambdaTask(functionOf: (stack: Stack) => lambda.IFunction, stack: Stack = testStack()): Stack {
  testWindow(stack).addLambdaTask('Task', { lambdaFunction: functionOf(stack) });
  return stack;
}

function functionArn(arn: string): (stack: Stack) => lambda.IFunction {
  return (stack) => lambda.Function.fromFunctionArn(stack, 'Function', arn);
}

function stateMachineTask(stateMachineArn: string, stack: Stack = testStack()): Stack {
  testWindow(stack).addStepFunctionsTask('Task', { stateMachine: sfn.StateMachine.fromStateMachineArn(stack, 'Machine', stateMachineArn) });
  return stack;
}

function command(options: (stack: Stack) => Partial<RunCommandTaskOptions>, stack: Stack = testStack()): Stack {
  testWindow(stack).addRunCommandTask('Task', {
    document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(INSTANCE_ID), ...options(stack),
  });
  return stack;
}

function automation(options: (stack: Stack) => Partial<AutomationTaskOptions>, stack: Stack = testStack()): Stack {
  testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Runbook'), ...options(stack) });
  return stack;
}

/** A stack of the same app in another region. */
function elsewhere(stack: Stack): Stack {
  return testStack('Elsewhere', { app: stack.node.root as App, env: { account: stack.account, region: 'eu-west-1' } });
}

const FUNCTION = '\'lambdaFunction\' must be the name or the ARN of a function without a version';
const MACHINE = '\'stateMachine\' must be the ARN of a state machine and not its name';
const roleRule = (prop: string) => `'${prop}' must be the ARN of a role such as "arn:aws:iam::123456789012:role/Tasks"`;

test.each<[string, () => unknown, string]>([
  ['a state machine as a function', () => lambdaTask(functionArn('arn:aws:states:eu-central-1:123456789012:stateMachine:Report')),
    `${FUNCTION}, got "arn:aws:states:eu-central-1:123456789012:stateMachine:Report"`],
  ['a layer as a function', () => lambdaTask(functionArn('arn:aws:lambda:eu-central-1:123456789012:layer:report')),
    `${FUNCTION}, got "arn:aws:lambda:eu-central-1:123456789012:layer:report"`],
  ['an ARN of pseudo parameters of another service', () => lambdaTask((stack) => lambda.Function.fromFunctionAttributes(stack, 'Function', {
    functionArn: `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:Report`,
  })), `${FUNCTION}, got "arn:<known at deployment>:states:<known at deployment>:<known at deployment>:stateMachine:Report"`],
  ['an execution as a state machine', () => stateMachineTask('arn:aws:states:eu-central-1:123456789012:execution:Report:one'),
    `${MACHINE}, got "arn:aws:states:eu-central-1:123456789012:execution:Report:one"`],
  ['a user as a role', () => command((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:user/admin') })),
    `${roleRule('role')}, got "arn:aws:iam::123456789012:user/admin"`],
  ['a user as the role of a runbook', () => automation((stack) => ({ assumeRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:user/admin') })),
    `${roleRule('assumeRole')}, got "arn:aws:iam::123456789012:user/admin"`],
  ['a queue as a topic', () => command((stack) => ({ notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sqs:eu-central-1:123456789012:Queue') })),
    '\'notificationTopic\' must be the ARN of a topic such as "arn:aws:sns:eu-central-1:123456789012:Patching", got "arn:aws:sqs:eu-central-1:123456789012:Queue"'],
])('fails with %s', (_name, define, message) => {
  expect(failure(define)).toBe(`${message} (at Stack/Window/Task)`);
});

test.each<[string, () => unknown, string]>([
  ['a function', () => lambdaTask(functionArn('arn:aws:lambda:eu-west-1:123456789012:function:report')),
    `'lambdaFunction' must be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a function of that region`],
  ['a function of a stack', () => lambdaTask((stack) => new lambda.Function(elsewhere(stack), 'Function', {
    functionName: 'report', runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
  })), `'lambdaFunction' must be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a function of that region`],
  ['a state machine', () => stateMachineTask('arn:aws:states:eu-west-1:123456789012:stateMachine:Report'),
    `'stateMachine' must be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a Lambda function to start it`],
  ['a state machine of another account', () => stateMachineTask('arn:aws:states:eu-central-1:111122223333:stateMachine:Report'),
    '\'stateMachine\' must be of the account of the window, "123456789012", got one of "111122223333", use a Lambda function to start it'],
  ['a document', () => command(() => ({ document: RunCommandDocument.fromDocumentArn('arn:aws:ssm:eu-west-1:111122223333:document/Shared') })),
    `'document' must be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a document of that region`],
  ['a runbook', () => automation(() => ({ runbook: AutomationRunbook.fromDocumentArn('arn:aws:ssm:eu-west-1:111122223333:document/Shared') })),
    `'runbook' must be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a document of that region`],
  ['a role of another partition', () => command((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws-cn:iam::123456789012:role/Tasks') })),
    '\'role\' must be of the partition of the window, "aws", got one of "aws-cn", use a role of that partition'],
  ['a bucket of another partition', () => command((stack) => ({ outputBucket: s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws-us-gov:s3:::output') })),
    '\'outputBucket\' must be of the partition of the window, "aws", got one of "aws-us-gov", use a bucket of that partition'],
])('fails with %s that Systems Manager does not reach', (_name, define, message) => {
  expect(failure(define)).toBe(`${message} (at Stack/Window/Task)`);
});

test.each<[string, () => Stack, string]>([
  ['a topic', () => command((stack) => ({ notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:Patching') })),
    `'notificationTopic' should be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a topic of that region`],
  ['a log group', () => command((stack) => ({
    outputLogGroup: logs.LogGroup.fromLogGroupArn(stack, 'Logs', 'arn:aws:logs:eu-west-1:123456789012:log-group:/ssm/patching:*'),
  })), `'outputLogGroup' should be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, use a log group of that region`],
  ['an instance', () => command((stack) => {
    const there = elsewhere(stack);
    const instance = new ec2.Instance(there, 'Instance', {
      vpc: ec2.Vpc.fromVpcAttributes(there, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] }),
      instanceType: new ec2.InstanceType('t3.micro'),
      machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
    });
    return { targets: TaskTargets.instances({ ...instance, instanceId: INSTANCE_ID, env: instance.env } as unknown as ec2.IInstance) };
  }), `'targets' should be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, define a window there, or use an instance of that region`],
  ['the role of notifications', () => command((stack) => ({
    notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:123456789012:Patching'),
    notificationRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/Publish', { mutable: false }),
  })), '\'notificationRole\' should be of the account of the window, "123456789012", as a role cannot be passed to a service in another account, '
    + 'got one of "111122223333", use a role of that account'],
  ['the role of a runbook', () => automation((stack) => ({
    assumeRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/Runbook', { mutable: false }),
  })), '\'assumeRole\' should be of the account of the window, "123456789012", as a role cannot be passed to a service in another account, '
    + 'got one of "111122223333", use a role of that account'],
])('warns of %s elsewhere', (_name, define, message) => {
  expect(warningsOf(define())).toEqual([message]);
});

test('warns of an instance elsewhere in a window target', () => {
  const stack = testStack();
  const instance = { instanceId: INSTANCE_ID, env: { account: '123456789012', region: 'eu-west-1' } } as unknown as ec2.IInstance;

  testWindow(stack).addTarget('Target', { selector: TargetSelector.instances(instance) });

  expect(warningsOf(stack)).toEqual([
    `'selector' should be of the region of the window, ${HERE}, got one of ${ELSEWHERE}, define a window there, or use an instance of that region`,
  ]);
});

test.each<[string, () => Stack]>([
  ['an ARN with tokens', () => lambdaTask((stack) => lambda.Function.fromFunctionAttributes(stack, 'Function', {
    functionArn: `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:report`,
  }))],
  ['a document of another account', () => command(() => ({ document: RunCommandDocument.fromDocumentArn('arn:aws:ssm:eu-central-1:111122223333:document/Shared') }))],
  ['a topic of another account', () => command((stack) => ({ notificationTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111122223333:Patching') }))],
  ['a bucket of another region', () => command((stack) => ({ outputBucket: s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'output', region: 'eu-west-1' }) }))],
  ['whatever there is when the place of the window is not known', () => stateMachineTask('arn:aws:states:eu-west-1:111122223333:stateMachine:Report', new Stack(undefined, 'Stack'))],
])('passes %s', (_name, define) => {
  expect(warningsOf(define())).toEqual([]);
});

test('lets a function of a stack in another account name the role that was made', () => {
  // GIVEN
  const stack = testStack();
  const other = testStack('Other', { app: stack.node.root as App, env: { account: '111122223333', region: stack.region } });
  const lambdaFunction = new lambda.Function(other, 'Function', {
    functionName: 'report', runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {};'),
  });

  // WHEN
  testWindow(stack).addLambdaTask('Task', { lambdaFunction });

  // THEN
  Template.fromStack(other).hasResourceProperties('AWS::Lambda::Permission', {
    Principal: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:role/stackwtaskservicerolec12146043d533b0dc6b3']] },
  });
});
