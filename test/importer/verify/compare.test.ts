import type { Json, JsonObject } from '../../../src/importer/json';
import type { Entity, Model } from '../../../src/importer/model';
import { compare, compareCustomResources } from '../../../src/importer/verify/compare';
import { buildProgram } from '../../../src/importer/write/program';

function modelOf(...entities: Array<Partial<Entity> & Pick<Entity, 'kind' | 'key' | 'properties'>>): Model {
  return {
    source: 'source.json',
    origin: 'template',
    entities: entities.map(entity => ({ name: entity.key, place: `source.json, Resources.${entity.key}`, attributes: {}, ...entity })),
    parameters: {},
    conditions: {},
    mappings: {},
    outputs: {},
    transforms: [],
    standIns: [],
    notCarried: [],
    remarks: [],
  };
}

const WINDOW = { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const TASK = {
  WindowId: { Ref: 'Window' }, TaskType: 'LAMBDA', TaskArn: 'arn:aws:lambda:eu-central-1:123456789012:function:SSM-Report', Priority: 1,
};

/** The template that has the resources of a model with other properties. */
function templateOf(model: Model, properties: { readonly [key: string]: JsonObject }): JsonObject {
  const program = buildProgram(model);
  const types = { window: 'AWS::SSM::MaintenanceWindow', target: 'AWS::SSM::MaintenanceWindowTarget', task: 'AWS::SSM::MaintenanceWindowTask' };
  return {
    Resources: Object.fromEntries(model.entities.map(({ key, kind }) =>
      [program.logicalIds.get(key)!, { Type: types[kind], Properties: properties[key] }])),
  };
}

function windowDifferences(source: JsonObject, rendered: JsonObject): string[] {
  const model = modelOf({ kind: 'window', key: 'Window', properties: source });
  return compare(model, buildProgram(model), templateOf(model, { Window: rendered })).map(({ message }) => message);
}

function taskDifferences(source: JsonObject, rendered: JsonObject): string[] {
  const model = modelOf({ kind: 'window', key: 'Window', properties: WINDOW }, { kind: 'task', key: 'Task', properties: source });
  const windowId = { Ref: buildProgram(model).logicalIds.get('Window')! };
  return compare(model, buildProgram(model), templateOf(model, { Window: WINDOW, Task: { ...rendered, WindowId: windowId } }))
    .map(({ message }) => message);
}

const lambda = (block: JsonObject) => ({ ...TASK, TaskInvocationParameters: { MaintenanceWindowLambdaParameters: block } });
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('equal by meaning', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['an instant whatever its offset', { StartDate: '2030-01-01T01:00:00+01:00' }, { StartDate: '2030-01-01T00:00:00.000Z' }],
    ['a number in a text', { Duration: '3' }, { Duration: 3 }],
    ['a boolean in a text', { AllowUnassociatedTargets: 'False' }, { AllowUnassociatedTargets: false }],
    ['tags in any order', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] }, { Tags: [{ Key: 'b', Value: '2' }, { Key: 'a', Value: '1' }] }],
    ['a text joined in another way', { Description: { 'Fn::Join': [' ', ['a', { Ref: 'AWS::Region' }]] } }, { Description: { 'Fn::Sub': 'a ${AWS::Region}' } }],
  ])('%s', (_, source, rendered) => {
    expect(windowDifferences({ ...WINDOW, ...source }, { ...WINDOW, ...rendered })).toEqual([]);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['Base64 that CloudFormation makes of a literal text', lambda({ Payload: { 'Fn::Base64': 'text' } }), lambda({ Payload: base64('text') })],
    ['an item of a list that is known', { ...TASK, MaxErrors: { 'Fn::Select': [1, ['1', '2']] } }, { ...TASK, MaxErrors: '2' }],
    ['a block that is empty', { ...TASK, TaskInvocationParameters: {} }, TASK],
    ['the service-linked role, which a task without a role has', {
      ...TASK, ServiceRoleArn: 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM',
    }, TASK],
    ['targets as a set', {
      ...TASK, Targets: [{ Key: 'InstanceIds', Values: ['i-2'] }, { Key: 'InstanceIds', Values: ['i-1'] }], MaxErrors: 1,
    }, { ...TASK, Targets: [{ Key: 'InstanceIds', Values: ['i-1', 'i-2'] }], MaxErrors: '1' }],
  ])('%s', (_, source, rendered) => {
    expect(taskDifferences(source, rendered)).toEqual([]);
  });
});

describe('different', () => {
  test.each<[string, JsonObject, JsonObject, string]>([
    ['another instant', { StartDate: '2030-01-01T01:00:00+01:00' }, { StartDate: '2030-01-01T01:00:00Z' },
      'StartDate is "2030-01-01T00:00:00.000Z" in the source and "2030-01-01T01:00:00.000Z" in the program'],
    ['a property that is missing', { ScheduleTimezone: 'UTC' }, {}, 'ScheduleTimezone is "UTC" in the source and missing in the program'],
    ['a property that is too much', {}, { ScheduleOffset: 1 }, 'ScheduleOffset is missing in the source and 1 in the program'],
    ['a schedule written in another way', { Schedule: 'cron(00 2 ? * * *)' }, { Schedule: 'cron(0 2 ? * * *)' },
      'Schedule is "cron(00 2 ? * * *)" in the source and "cron(0 2 ? * * *)" in the program'],
  ])('%s', (_, source, rendered, message) => {
    expect(windowDifferences({ ...WINDOW, ...source }, { ...WINDOW, ...rendered })).toEqual([message]);
  });

  test.each([
    ['holds something else', '{"a":1}', '{"a":2}'],
    ['has other white space, which is another text to the service', '{ "a": 1 }', '{"a":1}'],
    ['has another order', '{"a":1,"b":2}', '{"b":2,"a":1}'],
  ])('a payload that %s', (_, source, rendered) => {
    expect(taskDifferences(lambda({ Payload: base64(source) }), lambda({ Payload: base64(rendered) }))).toHaveLength(1);
  });

  test('a value that looks like a secret is not shown', () => {
    const [message] = taskDifferences(lambda({ Payload: base64('{"password":"hunter2hunter2"}') }), lambda({ Payload: base64('{}') }));
    expect(message).toContain('(hidden, it looks like a secret)');
    expect(message).not.toContain('hunter2');
  });
});

test('a resource that the source does not have is a difference', () => {
  // GIVEN
  const model = modelOf({ kind: 'window', key: 'Window', properties: WINDOW });
  const template = templateOf(model, { Window: WINDOW });

  // WHEN
  const differences = compare(model, buildProgram(model), { Resources: { ...template.Resources as JsonObject, Role: { Type: 'AWS::IAM::Role' } } });

  // THEN
  expect(differences).toEqual([{ place: 'Role', message: 'the program also renders Role of type AWS::IAM::Role, which the source does not have' }]);
});

test('a resource that is not rendered is a difference', () => {
  const model = modelOf({ kind: 'window', key: 'Window', properties: WINDOW });
  expect(compare(model, buildProgram(model), { Resources: {} })).toEqual([{
    place: 'source.json, Resources.Window', message: expect.stringMatching(/^the program renders no AWS::SSM::MaintenanceWindow with the logical id Window[0-9A-F]{8}$/),
  }]);
});

test.each<[string, Json, Json]>([
  ['condition', { Condition: 'Other' }, {}],
  ['deletion policy', { DeletionPolicy: 'Retain' }, { DeletionPolicy: 'Delete' }],
  ['dependency', { DependsOn: ['Other'] }, {}],
])('a %s that is not rendered is a difference', (_, attributes, rendered) => {
  // GIVEN
  const model = modelOf(
    { kind: 'window', key: 'Window', properties: WINDOW, attributes: attributes as JsonObject }, { kind: 'window', key: 'Other', properties: WINDOW });
  const template = templateOf(model, { Window: WINDOW, Other: WINDOW });
  const id = buildProgram(model).logicalIds.get('Window')!;
  Object.assign((template.Resources as JsonObject)[id] as JsonObject, rendered);

  // THEN
  expect(compare(model, buildProgram(model), template)).toHaveLength(1);
});

test('an alarm that is not rendered is a difference', () => {
  // GIVEN
  const alarm = { name: 'errors', ignorePollAlarmFailure: false };
  const model = modelOf({ kind: 'window', key: 'Window', properties: WINDOW }, {
    kind: 'task',
    key: 'Task',
    alarm,
    properties: { ...TASK, TaskType: 'AUTOMATION', TaskArn: 'MyRunbook' },
  });
  const program = buildProgram(model);
  const resource = (AlarmName: string) => ({
    Resources: {
      X: {
        Type: 'Custom::SSMMaintenanceWindowTaskAlarm', Properties: { AlarmName, WindowTaskId: { Ref: program.logicalIds.get('Task')! } },
      },
    },
  });

  // THEN
  expect(compareCustomResources(model, program, resource('errors'))).toEqual([]);
  expect(compareCustomResources(model, program, resource('others'))).toEqual([{ place: 'source.json, Resources.Task', message: 'the alarm errors is not rendered' }]);
});
