import { Aws, Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import type { MaintenanceWindowTask } from '../../src';
import {
  AutomationRunbook, CutoffBehavior, DocumentVersion, NotificationEvent, NotificationType, RateControl, RunCommandDocument,
  TargetSelector, TaskInput, TaskTargets,
} from '../../src';
import { testStack } from '../support/app';
import { resourceViolations } from '../support/model';
import { testWindow } from '../support/tasks';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 1_000) };

/** What tasks are made of, as plain values: value classes refuse some of them when they are made. */
interface Spec {
  readonly taskType: 'runCommand' | 'automation' | 'lambda' | 'stepFunctions';
  readonly taskName?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly cutoffBehavior?: CutoffBehavior;
  readonly registered?: number;
  readonly instanceIds?: string[];
  readonly maxConcurrency?: number | string;
  readonly maxErrors?: number | string;
  readonly documentVersion?: string;
  readonly parameters?: { [name: string]: string[] };
  readonly comment?: string;
  readonly documentHash?: string;
  readonly timeout?: number;
  readonly bucketName?: string;
  readonly outputKeyPrefix?: string;
  readonly logGroupName?: string;
  readonly cloudWatchOutputEnabled?: boolean;
  readonly notificationEvents?: NotificationEvent[];
  readonly notificationType?: NotificationType;
  readonly notify: boolean;
  readonly input?: string | object;
  readonly clientContext?: string;
  readonly qualifier?: string;
  readonly executionName?: string;
}

function makeTask(stack: Stack, spec: Spec): MaintenanceWindowTask {
  const window = testWindow(stack);
  const rate = (value: number | string | undefined) => value === undefined ? undefined
    : typeof value === 'number' ? RateControl.count(value) : RateControl.of(value);
  const registered = Array.from({ length: spec.registered ?? 0 }, (_, i) => window.addTarget(`Target${i}`, { selector: TargetSelector.tagKeys('Role') }));
  const input = typeof spec.input === 'string' ? TaskInput.fromText(spec.input) : spec.input && TaskInput.fromObject(spec.input as never);
  const options = {
    taskName: spec.taskName,
    description: spec.description,
    priority: spec.priority,
    cutoffBehavior: spec.cutoffBehavior,
    maxConcurrency: rate(spec.maxConcurrency),
    maxErrors: rate(spec.maxErrors),
  };
  const optionalTargets = spec.registered !== undefined ? TaskTargets.registered(...registered)
    : spec.instanceIds && TaskTargets.instanceIds(...spec.instanceIds);
  const documentVersion = spec.documentVersion === undefined ? undefined : DocumentVersion.of(spec.documentVersion);
  switch (spec.taskType) {
    case 'runCommand': return window.addRunCommandTask('Task', {
      ...options,
      targets: optionalTargets ?? TaskTargets.instanceIds('i-01234567'),
      document: RunCommandDocument.fromDocumentName('Patch'),
      documentVersion,
      parameters: spec.parameters,
      comment: spec.comment,
      documentHash: spec.documentHash,
      timeout: spec.timeout === undefined ? undefined : Duration.millis(spec.timeout),
      outputBucket: spec.bucketName === undefined ? undefined : s3.Bucket.fromBucketName(stack, 'Bucket', spec.bucketName),
      outputKeyPrefix: spec.outputKeyPrefix,
      outputLogGroup: spec.logGroupName === undefined ? undefined : logs.LogGroup.fromLogGroupName(stack, 'Logs', spec.logGroupName),
      cloudWatchOutputEnabled: spec.cloudWatchOutputEnabled,
      notificationTopic: spec.notify ? sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:123456789012:topic') : undefined,
      notificationEvents: spec.notificationEvents,
      notificationType: spec.notificationType,
    });
    case 'automation': return window.addAutomationTask('Task', {
      ...options,
      targets: optionalTargets,
      runbook: AutomationRunbook.fromDocumentName('Repair'),
      documentVersion,
      parameters: spec.parameters,
    });
    case 'lambda': return window.addLambdaTask('Task', {
      ...options,
      targets: optionalTargets,
      lambdaFunction: lambda.Function.fromFunctionArn(stack, 'Function', 'arn:aws:lambda:eu-central-1:123456789012:function:report'),
      payload: input,
      clientContext: spec.clientContext,
      qualifier: spec.qualifier,
    });
    case 'stepFunctions': return window.addStepFunctionsTask('Task', {
      ...options,
      targets: optionalTargets,
      stateMachine: sfn.StateMachine.fromStateMachineArn(stack, 'StateMachine', 'arn:aws:states:eu-central-1:123456789012:stateMachine:repair'),
      input,
      executionName: spec.executionName,
    });
  }
}

interface Outcome {
  /** Why the task was refused; none if it was not. */
  readonly refusals: string[];
  /** What the service would refuse of a task that we did not refuse. */
  readonly violations: string[];
}

/** Makes a task and judges its resource, without the synthesis of a whole app. */
function outcomeOf(spec: Spec): Outcome {
  const stack = testStack();
  let task: MaintenanceWindowTask;
  try {
    task = makeTask(stack, spec);
    // eslint-disable-next-line no-restricted-syntax -- a refusal is one of the two outcomes that the properties allow
  } catch (error) {
    const { name, message } = error as Error;
    return { refusals: [message], violations: name === 'ValidationError' ? [] : [`not refused by the library: ${message}`] };
  }
  const refusals = stack.node.findAll().flatMap(construct => construct.node.validate());
  if (refusals.length > 0) { return { refusals, violations: [] }; }
  const resource = stack.resolve((task.node.defaultChild as unknown as { _toCloudFormation(): object })._toCloudFormation());
  const [{ Type, Properties }] = Object.values<any>(JSON.parse(JSON.stringify(resource.Resources)));
  return { refusals, violations: resourceViolations(Type, Properties) };
}

const TOKEN_ALONE = fc.constant(Aws.STACK_NAME);
const TOKEN = fc.constantFrom(Aws.STACK_NAME, `a${Aws.REGION}b`);

/** A text of characters that count more than one byte or one UTF-16 unit too, with its length at the bounds in every other case. */
function text(min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(TOKEN, fc.tuple(fc.constantFrom('x', 'ä', '\u{1F600}', '{', ' '), numbers(min, max)).map(([character, count]) => character.repeat(count)));
}

function literal(characters: string, min: number, max: number): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...characters), numbers(min, max)).map(([character, count]) => character.repeat(count));
}

function ascii(characters: string, min: number, max: number): fc.Arbitrary<string> {
  return fc.oneof(TOKEN, literal(characters, min, max));
}

function numbers(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));
}

function list<T>(item: fc.Arbitrary<T>, min: number, max: number): fc.Arbitrary<T[]> {
  return fc.tuple(item, numbers(min, max)).map(([value, count]) => Array.from({ length: count }, () => value));
}

/** Parameters of a document: few with many values, or many with few. */
function parameters(value: fc.Arbitrary<string>, name: fc.Arbitrary<string>, maxValues: number, maxNames: number): fc.Arbitrary<Spec['parameters']> {
  return fc.oneof(
    fc.dictionary(name, list(value, 0, maxValues), { maxKeys: 2 }),
    fc.tuple(fc.constantFrom<string[]>([], ['v']), numbers(0, maxNames))
      .map(([item, count]) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, item]))),
  );
}

/** A JSON text of a number of bytes, which is as many characters when it is of one-byte characters. */
const jsonText = (max: number) => fc.tuple(fc.constantFrom('x', 'ä'), numbers(0, max - 2)).map(([character, bytes]) =>
  `"${character.repeat(Math.floor(bytes / Buffer.byteLength(character)))}"`);

/** CDK encodes tokens in numbers of this size, and takes others there for tokens that it does not know. */
const JSON_VALUE = fc.jsonValue({ maxDepth: 2 }).filter(value => !/-\d(\.\d+)?e\+28[89]/.test(JSON.stringify(value)));

const percentage = (min: number, max: number) => numbers(min, max).map(n => `${n}%`);

const LEGAL = {
  taskType: fc.constantFrom('runCommand', 'automation', 'lambda', 'stepFunctions'),
  taskName: ascii('aZ0_.-', 3, 128),
  description: text(1, 128),
  priority: numbers(0, 2_147_483_647),
  cutoffBehavior: fc.constantFrom(...Object.values(CutoffBehavior)),
  documentVersion: fc.oneof(TOKEN_ALONE, fc.constantFrom('$LATEST', '$DEFAULT', '1', '10')),
  comment: text(0, 100),
  documentHash: ascii('aF09', 64, 64),
  timeout: numbers(30, 2_592_000).map(seconds => seconds * 1000),
  bucketName: ascii('a0', 3, 63),
  outputKeyPrefix: text(0, 500),
  logGroupName: ascii('a/#', 1, 512),
  cloudWatchOutputEnabled: fc.boolean(),
  parameters: parameters(text(1, 512), literal('aZ', 1, 50), 50, 200),
  clientContext: text(1, 8000),
  qualifier: fc.stringMatching(/^[a-zA-Z0-9$_-]{1,128}$/),
  input: fc.oneof(jsonText(4096), fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(JSON_VALUE, TOKEN), { maxKeys: 3 })),
  executionName: text(1, 80),
};
const RATE = {
  maxConcurrency: fc.oneof(numbers(1, 9_999_999), percentage(1, 100), TOKEN_ALONE),
  maxErrors: fc.oneof(numbers(0, 9_999_999), percentage(0, 100), TOKEN_ALONE),
};
const INSTANCE_IDS = list(fc.constantFrom('i-01234567', 'mi-0123456789abcdef0', Aws.STACK_NAME), 1, 50);
const NOTIFICATIONS = {
  notificationEvents: fc.subarray(Object.values(NotificationEvent), { minLength: 1 }),
  notificationType: fc.constantFrom(...Object.values(NotificationType)),
};
const optional = { requiredKeys: ['taskType'] as ['taskType'] };

/** Values on the legal side only: rate control hangs on targets, and the rest of notifications on a topic. */
const LEGAL_SPECS: fc.Arbitrary<Spec> = fc.tuple(
  fc.record(LEGAL, optional),
  fc.oneof(
    fc.constant({}),
    fc.record({ ...RATE, instanceIds: INSTANCE_IDS }, { requiredKeys: ['instanceIds'] }),
    fc.record({ ...RATE, registered: numbers(1, 10) }, { requiredKeys: ['registered'] }),
  ),
  fc.oneof(fc.constant({ notify: false }), fc.record({ ...NOTIFICATIONS, notify: fc.constant(true) }, { requiredKeys: ['notify'] })),
).map(([common, targets, notifications]) => ({ ...common, ...targets, ...notifications } as Spec));

/** The legal values and others, many of them one step over a bound. */
const WILD = {
  ...LEGAL,
  taskName: fc.oneof(LEGAL.taskName, ascii('a é/', 0, 130)),
  description: fc.oneof(LEGAL.description, text(0, 129)),
  priority: fc.oneof(LEGAL.priority, fc.constantFrom(-1, 0.5, 2_147_483_648, NaN, Infinity)),
  documentVersion: fc.oneof(LEGAL.documentVersion, fc.constantFrom('0', 'latest', '$latest', '01', '')),
  comment: fc.oneof(LEGAL.comment, text(100, 101)),
  documentHash: fc.oneof(LEGAL.documentHash, ascii('ag', 63, 65)),
  timeout: fc.oneof(LEGAL.timeout, fc.constantFrom(0, 29_000, 30_500, 2_592_001_000)),
  outputKeyPrefix: fc.oneof(LEGAL.outputKeyPrefix, text(500, 501)),
  logGroupName: fc.oneof(LEGAL.logGroupName, ascii('a', 512, 513)),
  parameters: fc.oneof(LEGAL.parameters, parameters(text(0, 513), literal('a', 0, 51), 51, 201)),
  clientContext: fc.oneof(LEGAL.clientContext, text(8000, 8001), fc.constant('')),
  qualifier: fc.oneof(LEGAL.qualifier, text(0, 129)),
  input: fc.oneof(LEGAL.input, jsonText(4098), fc.string(), numbers(4085, 4095).map(length => ({ k: 'x'.repeat(length), t: Aws.STACK_NAME }))),
  executionName: fc.oneof(LEGAL.executionName, text(0, 81)),
  instanceIds: fc.oneof(INSTANCE_IDS, list(fc.constant('i-1'), 0, 51)),
  registered: numbers(0, 11),
  maxConcurrency: fc.oneof(RATE.maxConcurrency, numbers(-1, 10_000_000), percentage(-1, 101), fc.constantFrom('01', '1.5', 'all', '')),
  maxErrors: fc.oneof(RATE.maxErrors, numbers(-1, 10_000_000), percentage(-1, 101), fc.constantFrom('01', '1.5', 'all', '')),
  notificationEvents: fc.subarray(Object.values(NotificationEvent)),
  notificationType: NOTIFICATIONS.notificationType,
  notify: fc.boolean(),
};
/** Legal values of which one or two are replaced. */
const WILD_SPECS: fc.Arbitrary<Spec> = fc.tuple(
  LEGAL_SPECS,
  fc.record(WILD),
  fc.subarray(Object.keys(WILD) as (keyof typeof WILD)[], { minLength: 1, maxLength: 2 }),
).map(([legal, wild, replaced]) => ({ ...legal, ...Object.fromEntries(replaced.map(key => [key, wild[key]])) }));

test('a task is refused by the library, or the service accepts it', () => {
  let refused = 0;
  let accepted = 0;
  fc.assert(fc.property(WILD_SPECS, (spec) => {
    const { refusals, violations } = outcomeOf(spec);
    refusals.length > 0 ? refused++ : accepted++;
    expect(violations).toEqual([]);
  }), RUNS);
  // a property that only ever saw one of the two would prove little
  expect(Math.min(refused, accepted)).toBeGreaterThan(RUNS.numRuns / 50);
});

test('a task of legal values, those at the bounds too, is never refused', () => {
  fc.assert(fc.property(LEGAL_SPECS, (spec) => {
    expect(outcomeOf(spec)).toEqual({ refusals: [], violations: [] });
  }), RUNS);
});
