import type { Json, JsonObject } from '../../../src/importer/json';
import type { Model } from '../../../src/importer/model';
import { parseSources } from '../../../src/importer/read/parse-sources';
import { compare } from '../../../src/importer/verify/compare';
import { buildProgram } from '../../../src/importer/write/program';
import { sourceOf, synthesize } from '../run-program';

const ID = 'mw-0123456789abcdef0';
const WINDOW = { WindowId: ID, Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const TASK = {
  WindowId: ID,
  WindowTaskId: '66666666-7777-8888-9999-000000000000',
  TaskType: 'RUN_COMMAND',
  TaskArn: 'AWS-UpdateSSMAgent',
  Name: 'update',
  Priority: 1,
  ServiceRoleArn: 'arn:aws:iam::123456789012:role/Tasks',
  Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
  MaxConcurrency: '1',
  MaxErrors: '0',
};
const RESOURCE = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...WINDOW, WindowId: undefined } };

function read(files: { readonly [name: string]: Json | string }, isFolder = false): Model {
  return parseSources('files', Object.entries(files).map(([name, content]) => ({ name, text: typeof content === 'string' ? content : JSON.stringify(content) })), isFolder);
}

/** What the constructs make of a model, which must be what it says. */
function proven(model: Model) {
  const program = buildProgram(model);
  expect(compare(model, program, synthesize(sourceOf(program)))).toEqual([]);
  return program;
}

describe('templates', () => {
  const cdk = {
    Resources: {
      WindowABCDEF01: { ...RESOURCE, Metadata: { 'aws:cdk:path': 'App/Nightly/Resource' } },
      CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2' }, Metadata: { 'aws:cdk:path': 'App/CDKMetadata/Default' }, Condition: 'CDKMetadataAvailable' },
    },
    Conditions: { CDKMetadataAvailable: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
    Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
    Rules: { CheckBootstrapVersion: { Assertions: [] } },
  } as unknown as JsonObject;

  test('of cdk synth are named by the paths of the app, and what the CDK adds is no finding', () => {
    const model = read({ 'App.template.json': cdk });
    expect(model.entities.map(({ name }) => name)).toEqual(['Nightly']);
    expect([...model.remarks, ...model.notCarried]).toEqual([]);
    expect(proven(model).mistakes.size).toBe(0);
  });

  test('without paths lose the hash of the CDK', () => {
    expect(read({ 'x.json': { Resources: { PatchingABCDEF01: RESOURCE, Patching: RESOURCE, DEADBEEF: RESOURCE } } as unknown as JsonObject }).entities.map(({ name }) => name))
      .toEqual(['Patching', 'Patching', 'DEADBEEF']);
  });

  test.each<[string, Json]>([
    ['an object', cdk],
    ['a text', 'Resources:\n  Window:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties: {Name: patching, Schedule: rate(7 days), Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false}\n'],
  ])('as get-template prints them: %s', (_, TemplateBody) => {
    expect(proven(read({ 'printed.json': { TemplateBody, StagesAvailable: ['Original', 'Processed'] } })).mistakes.size).toBe(0);
  });

  test('parameters of a document may be a text', () => {
    const model = read({
      'x.json': {
        Resources: {
          Window: RESOURCE,
          Task: {
            Type: 'AWS::SSM::MaintenanceWindowTask',
            Properties: {
              ...TASK,
              WindowTaskId: undefined,
              WindowId: { Ref: 'Window' },
              TaskArn: 'AWS-RunShellScript',
              TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: '{"commands":["ls"]}' } },
            },
          },
        },
      } as unknown as JsonObject,
    });
    expect(sourceOf(proven(model))).toContain("parameters: { commands: ['ls'] },");
  });

  test('fail when all is expanded at deployment', () => {
    expect(() => read({ 'x.json': { Transform: 'AWS::LanguageExtensions', Resources: { 'Fn::ForEach::Windows': ['Name', ['a'], {}] } } })).toThrow(new Error(
      'x.json, Resources: holds no maintenance window, target or task before Fn::ForEach::Windows is expanded, '
      + 'import what "aws cloudformation get-template --template-stage Processed" prints'));
  });
});

describe('answers of the API', () => {
  test('empty texts are nothing, and that is said', () => {
    const model = read({
      'window.json': { ...WINDOW, Description: '' },
      'task.json': {
        ...TASK,
        Description: '',
        TaskInvocationParameters: {
          RunCommand: {
            Comment: '', OutputS3BucketName: '', NotificationConfig: { NotificationArn: '', NotificationEvents: [], NotificationType: '' }, Parameters: { version: [''] },
          },
        },
      },
    });
    expect(proven(model).mistakes.size).toBe(0);
    expect(model.entities[1].properties.TaskInvocationParameters).toEqual({ MaintenanceWindowRunCommandParameters: { Parameters: { version: [''] } } });
    expect(model.remarks.filter(({ message }) => message.startsWith('empty texts')).map(({ message }) => message)).toEqual([
      'empty texts of the service mean that nothing is set: Description',
      'empty texts of the service mean that nothing is set: Description, TaskInvocationParameters.RunCommand.Comment, '
      + 'TaskInvocationParameters.RunCommand.OutputS3BucketName, TaskInvocationParameters.RunCommand.NotificationConfig.NotificationArn, '
      + 'TaskInvocationParameters.RunCommand.NotificationConfig.NotificationType',
    ]);
  });

  test('several in one file', () => {
    expect(read({ 'all.json': `${JSON.stringify(WINDOW, undefined, 2)}\n${JSON.stringify(TASK)}{"NextToken": ""}` }, true).entities.map(({ kind }) => kind)).toEqual(['window', 'task']);
  });

  test('requests, whose type follows from their members', () => {
    const { TaskType: _type, WindowTaskId: _id, ...request } = TASK;
    const model = read({
      'create.json': { ...WINDOW, WindowId: undefined, ClientToken: 'x' } as unknown as JsonObject,
      'target.json': { WindowId: ID, Targets: [{ Key: 'tag:a', Values: ['b'] }], ClientToken: 'x', Replace: true },
      'group.json': { WindowId: ID, Targets: [{ Key: 'resource-groups:Name', Values: ['b'] }] },
      'task.json': { ...request, TaskInvocationParameters: { RunCommand: { Comment: 'a' } }, ClientToken: 'x' },
    });
    expect(model.entities.map(({ properties }) => properties.ResourceType ?? properties.TaskType)).toEqual([undefined, 'INSTANCE', 'RESOURCE_GROUP', 'RUN_COMMAND']);
    expect(model.notCarried).toEqual([]);
    expect(model.entities.filter(({ physicalId }) => physicalId !== undefined)).toEqual([]);
  });

  test.each([
    ['b\'{"a": 1}\'', '{"a": 1}'],
    ['b"it\'s \\xc3\\xa4\\n"', "it's ä\n"],
    ['b\'\\\\ \\\'\'', "\\ '"],
  ])('a payload as boto3 shows it: %s', (Payload, text) => {
    const model = read({ 'task.json': { ...TASK, TaskType: 'LAMBDA', TaskArn: 'SSM-a', TaskInvocationParameters: { Lambda: { Payload } } } });
    expect(model.entities[0].properties.TaskInvocationParameters).toEqual({
      MaintenanceWindowLambdaParameters: { Payload: Buffer.from(text).toString('base64') },
    });
  });

  test('a payload keeps its text', () => {
    const Payload = '{ "b": 1,\n  "a": 2 }';
    const program = proven(read({ 'window.json': WINDOW, 'task.json': { ...TASK, TaskType: 'LAMBDA', TaskArn: 'SSM-a', TaskInvocationParameters: { Lambda: { Payload } } } }));
    expect(sourceOf(program)).toContain("TaskInput.fromText('{ \"b\": 1,\\n  \"a\": 2 }')");
  });

  test('fail when a window has no schedule', () => {
    expect(() => read({ 'x.json': { WindowIdentities: [{ WindowId: ID, Name: 'patching' }] } })).toThrow(new Error(
      `x.json, WindowIdentities[0]: the window ${ID} has no Schedule, add the output of aws ssm get-maintenance-window --window-id ${ID}`));
  });

  test('a folder may hold others', () => {
    const model = read({ 'package.json': { name: 'x' }, 'window.json': WINDOW }, true);
    expect(model.entities).toHaveLength(1);
    expect(model.remarks).toContainEqual({ place: 'package.json', message: 'holds nothing of a maintenance window, so it is left out' });
    expect(() => read({ 'package.json': { name: 'x' }, 'window.json': WINDOW })).toThrow('package.json: is no maintenance window, target or task, got an object with name');
  });

  test.each([
    ['answer.yaml', 'WindowId: mw-1\nName: patching\n', 'answer.yaml: was printed with --output yaml, print it with --output json'],
    ['main.tf', 'resource "a" "b" {}', 'main.tf: is HCL, give what "terraform show -json" prints of the state or a plan'],
  ])('fail when %s is in another language', (name, text, message) => {
    expect(() => read({ [name]: text })).toThrow(new Error(message));
  });

  test('tasks come by priority', () => {
    const second = { ...TASK, WindowTaskId: '11111111-7777-8888-9999-000000000000', Priority: 9, Name: 'last' };
    const source = sourceOf(buildProgram(read({ 'window.json': WINDOW, 'second.json': second, 'task.json': TASK })));
    expect(source.indexOf("'update'")).toBeLessThan(source.indexOf("'last'"));
  });
});

describe('hostile files', () => {
  test.each<[string, string, string]>([
    ['x.json', `${'['.repeat(300)}`, 'x.json, line 1, column 201: must not be nested deeper than 200 levels, got more'],
    ['x.json', '{"Resources": {},\n "Resources": {}}', 'x.json, line 2, column 2: must not repeat a name, got "Resources" twice, remove one of them'],
    ['x.json', '{"a": "\0"}', 'x.json, line 1, column 8: is not valid JSON, fix the syntax there'],
    ['x.yaml', `a: ${'['.repeat(2000)}`, 'x.yaml: must not be nested deeper than 200 levels, got more'],
    ['x.yaml', `a: ${'['.repeat(900)}`, 'x.yaml: must not be nested deeper than 200 levels, got more'],
    ['x.yaml', '- '.repeat(300), 'x.yaml: is too large or nested too deeply, check its anchors and aliases'],
    ['x.yaml', `a: &a ${'x'.repeat(1_000_000)}\nb: [${Array(100).fill('*a').join()}]`, 'x.yaml: is too large or nested too deeply, check its anchors and aliases'],
    ['x.yaml', 'a: &a [*a]', 'x.yaml: is too large or nested too deeply, check its anchors and aliases'],
    ['x.yaml', 'a: *b', 'x.yaml: refers to an anchor that it does not have, got *b'],
    ['x.yaml', 'a: 1\n---\na: 2', 'x.yaml: must hold one YAML document, got 2, split it at the lines "---"'],
    ['x.yaml', '', 'x.yaml: must be a template, got an empty file'],
    ['x.yaml', 'x'.repeat(5_000_001), 'x.yaml: must be at most 5 MB of YAML, got 6 MB'],
    ['x.yaml', Array.from({ length: 5001 }, (_, index) => `k${index}: &a${index} 1`).join('\n'), 'x.yaml: must have at most 5000 anchors, got 5001'],
  ])('%s', (name, text, message) => {
    expect(() => read({ [name]: text })).toThrow(new Error(message));
  });

  test('many aliases of a template that is none are read in a moment', () => {
    const text = `a: &a {x: 1}\nResources: {}\nb:\n${'  - *a\n'.repeat(10_000)}`;
    expect(() => read({ 'x.yaml': text })).toThrow('x.yaml, Resources: holds no maintenance window, target or task');
  });

  test('names that every object has are names like others', () => {
    const model = read({
      'x.json': '{"Resources": {"constructor": {"Type": "AWS::SSM::MaintenanceWindow", "Condition": "toString", "Properties": {"Name": "abc", "Schedule": "rate(7 days)", '
      + '"Duration": 3, "Cutoff": 1, "AllowUnassociatedTargets": false}}}, "Conditions": {"toString": {"Fn::Equals": [{"Ref": "__proto__"}, "a"]}}, '
      + '"Parameters": {"__proto__": {"Type": "String"}}}',
    });
    expect(Object.keys(model.conditions)).toEqual(['toString']);
    expect(Object.keys(model.parameters)).toEqual(['__proto__']);
  });
});
