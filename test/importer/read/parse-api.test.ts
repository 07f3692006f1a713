import type { Json, JsonObject } from '../../../src/importer/json';
import { parseJsonValues } from '../../../src/importer/read/json-values';
import { modelOfRecords } from '../../../src/importer/read/parse-api';

const WINDOW_ID = 'mw-0123456789abcdef0';
const TARGET_ID = '11111111-2222-3333-4444-555555555555';
const TASK_ID = '66666666-7777-8888-9999-000000000000';

const WINDOW = {
  WindowId: WINDOW_ID,
  Name: 'patching',
  Schedule: 'rate(7 days)',
  Duration: 3,
  Cutoff: 1,
  AllowUnassociatedTargets: true,
  Enabled: true,
  CreatedDate: '2020-01-01',
  ModifiedDate: '2020-01-01',
  NextExecutionTime: '2030-01-01T00:00Z',
};
const IDENTITY = { WindowId: WINDOW_ID, Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, Enabled: true, NextExecutionTime: '2030-01-01T00:00Z' };
const TARGET = { WindowId: WINDOW_ID, WindowTargetId: TARGET_ID, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Role', Values: ['web'] }] };
const TASK = {
  WindowId: WINDOW_ID,
  WindowTaskId: TASK_ID,
  TaskType: 'RUN_COMMAND',
  TaskArn: 'AWS-RunShellScript',
  Priority: 2,
  MaxConcurrency: '1',
  MaxErrors: '0',
  Targets: [{ Key: 'WindowTargetIds', Values: [TARGET_ID] }],
  TaskParameters: {},
  TaskInvocationParameters: { RunCommand: { Comment: 'x' } },
  Name: 'script',
};
const LISTED_TASK = { WindowId: WINDOW_ID, WindowTaskId: TASK_ID, Type: 'RUN_COMMAND', TaskArn: 'AWS-RunShellScript', Priority: 2 };

const model = (...contents: Json[]) => modelOfRecords('files', contents.map((content, index) => ({ name: `${index}.json`, content })));
const taskOf = (task: JsonObject) => model(task).entities[0];

describe('outputs of the AWS CLI', () => {
  test.each<[string, Json[]]>([
    ['one by one', [WINDOW, TARGET, TASK]],
    ['as lists', [{ WindowIdentities: [WINDOW] }, { Targets: [TARGET] }, { Tasks: [TASK] }]],
    ['in one file', [[WINDOW, TARGET, TASK]]],
    ['details after lists', [{ WindowIdentities: [IDENTITY] }, { Tasks: [LISTED_TASK] }, WINDOW, TARGET, TASK]],
    ['lists after details', [TASK, TARGET, WINDOW, { Tasks: [LISTED_TASK] }, { WindowIdentities: [IDENTITY] }]],
  ])('%s', (_, contents) => {
    const { entities, notCarried } = model(...contents);
    expect(Object.fromEntries(entities.map(({ kind, properties }) => [kind, properties]))).toEqual({
      window: { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: true },
      target: { WindowId: { Ref: WINDOW_ID }, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Role', Values: ['web'] }] },
      task: {
        WindowId: { Ref: WINDOW_ID },
        TaskType: 'RUN_COMMAND',
        TaskArn: 'AWS-RunShellScript',
        Priority: 2,
        MaxConcurrency: '1',
        MaxErrors: '0',
        Name: 'script',
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: TARGET_ID }] }],
        TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Comment: 'x' } },
      },
    });
    expect(notCarried).toEqual([]);
  });

  test('ids are kept for the import map', () => {
    expect(model(WINDOW, TARGET, TASK).entities.map(({ physicalId, physicalWindowId }) => [physicalId, physicalWindowId])).toEqual([
      [WINDOW_ID, undefined], [TARGET_ID, WINDOW_ID], [TASK_ID, WINDOW_ID],
    ]);
  });

  test('tags are found by the window id in the name of their file', () => {
    const tags = { TagList: [{ Key: 'Team', Value: 'ops' }, { Key: 'aws:cloudformation:stack-name', Value: 'Old' }] };
    const { entities, remarks } = modelOfRecords('files', [{ name: 'a.json', content: WINDOW }, { name: `tags-${WINDOW_ID}.json`, content: tags }]);
    expect(entities[0].properties.Tags).toEqual([{ Key: 'Team', Value: 'ops' }]);
    expect(remarks.map(({ message }) => message)).toEqual(['belongs to the CloudFormation stack Old: retain and remove it there before cdk import']);
  });

  test('tags that are not given are said to be unknown', () => {
    expect(model(WINDOW).remarks.map(({ message }) => message)).toEqual([
      `the tags are not known, add the output of list-tags-for-resource in a file with the window's id in its name: ${WINDOW_ID}`,
    ]);
  });

  test('names of LoggingInfo are those of CloudFormation', () => {
    const { properties } = taskOf({ ...TASK, LoggingInfo: { S3BucketName: 'b', S3Region: 'r', S3KeyPrefix: 'p' } });
    expect(properties.LoggingInfo).toEqual({ S3Bucket: 'b', Region: 'r', S3Prefix: 'p' });
  });
});

describe('payloads', () => {
  const bytes = Uint8Array.from([0xff, 0x00]);
  test.each<[string, unknown, string]>([
    ['text, as version 1 prints it', '{ "a": 1 }', Buffer.from('{ "a": 1 }').toString('base64')],
    ['Base64, as version 2 prints it', 'eyJhIjoxfQ==', 'eyJhIjoxfQ=='],
    ['Base64 of bytes that are no text', '/wA=', '/wA='],
    ['bytes, as the SDK gives them', bytes, '/wA='],
    ['a text that is no Base64', 'hello world', Buffer.from('hello world').toString('base64')],
  ])('%s', (_, Payload, expected) => {
    const { properties } = taskOf({ ...TASK, TaskType: 'LAMBDA', TaskInvocationParameters: { Lambda: { Payload: Payload as Json } } });
    expect(properties.TaskInvocationParameters).toEqual({ MaintenanceWindowLambdaParameters: { Payload: expected } });
  });
});

test.each<[Json | undefined, false | undefined]>([[false, false], [true, undefined], [undefined, undefined]])('a window with Enabled %j', (Enabled, enabled) => {
  const { entities, notCarried } = model({ ...WINDOW, ...Enabled !== undefined && { Enabled } });
  expect([entities[0].enabled, notCarried]).toEqual([enabled, []]);
});

describe('what is not carried', () => {
  test.each<[string, Json[], string]>([
    ['what the list form of a window leaves out', [{ WindowIdentities: [IDENTITY] }], 'AllowUnassociatedTargets'],
    ['what the list form of a task leaves out', [{ Tasks: [LISTED_TASK] }], 'TaskInvocationParameters'],
    ['placeholders of a task without targets', [{ ...TASK, TaskType: 'AUTOMATION', Targets: [], TaskInvocationParameters: {} }], 'MaxConcurrency and MaxErrors'],
    ['the alarm of a Lambda task', [{ ...TASK, TaskType: 'LAMBDA', TaskInvocationParameters: {}, AlarmConfiguration: { Alarms: [{ Name: 'errors' }] } }], 'the alarm errors'],
    ['a member that is not known', [{ ...TASK, Colour: 'red' }], 'Colour'],
    ['the block of a type that is not known', [{ ...TASK, TaskInvocationParameters: { Batch: {} } }], 'TaskInvocationParameters.Batch'],
    ['the pages that follow', [{ Tasks: [TASK], NextToken: 'x' }], 'the pages after this one'],
  ])('%s', (_, contents, what) => {
    expect(model(...contents).notCarried.map(item => item.what)).toEqual([what]);
  });

  test('placeholders of a task without targets are not in its properties', () => {
    const { properties } = taskOf({ ...TASK, TaskType: 'AUTOMATION', Targets: [] });
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(['Targets']));
    expect(properties).not.toHaveProperty('MaxConcurrency');
    expect(properties).not.toHaveProperty('MaxErrors');
  });
});

test('the alarm of a task is kept', () => {
  expect(taskOf({ ...TASK, AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'errors' }] } }).alarm).toEqual({
    name: 'errors', ignorePollAlarmFailure: true,
  });
});

describe('fails when', () => {
  test.each([
    ['the JSON is broken', '{"a": 1,}', 'x.json, line 1, column 9: is not valid JSON, fix the syntax there'],
    ['the file is empty', '', 'x.json, line 1, column 1: is not valid JSON, fix the syntax there'],
    ['it holds a text', '"a"', 'x.json: must hold an object as the AWS CLI prints it, got another kind of value'],
    ['it is the output of something else', '{"Buckets": []}', 'x.json: is no maintenance window, target or task, got an object with Buckets'],
    ['an item is something else', '{"Tasks": [{"A": 1}]}', 'x.json, Tasks[0]: is no maintenance window, target or task, got an object with A'],
    ['the lists are empty', '{"Tasks": []}', 'x.json: holds no maintenance window, target or task, give the JSON that "aws ssm get-maintenance-window" and its describe commands print'],
    ['tags do not tell their window', '{"TagList": []}', 'x.json: holds tags but does not say of which window, put the window id into the name of the file'],
  ])('%s', (_, text, message) => {
    expect(() => modelOfRecords('x.json', parseJsonValues({ name: 'x.json', text }).map((content) => ({ name: 'x.json', content })))).toThrow(new Error(message));
  });
});
