import { reader, stack, WINDOW } from './app';
import { windowsOf } from '../../src/forecast/app-windows';
import { templatesOf, templatesToCompare } from '../../src/forecast/assembly';
import { forecast } from '../../src/forecast/forecast';
import type { JsonObject } from '../../src/importer/json';

const HOUR = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: { 'Fn::Sub': 'cron(0 ${Hour} * * ? *)' }, Duration: 3, Cutoff: 0 } };

function schedules(files: Record<string, object | string>, location: string = 'cdk.out'): Record<string, string | undefined> {
  return Object.fromEntries(windowsOf(templatesOf(reader(files), location))
    .map(({ path, expression, undetermined }) => [path, undetermined ?? expression]));
}

test('the stacks of an assembly are read, other artifacts are not', () => {
  expect(schedules({
    'cdk.out/manifest.json': {
      artifacts: {
        One: stack('One.template.json'),
        Two: stack('Two.template.json', { displayName: 'Stage/Two' }),
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
        NoFile: { type: 'aws:cloudformation:stack' },
        Broken: 'text',
      },
    },
    'cdk.out/One.template.json': { Resources: { A: WINDOW } },
    'cdk.out/Two.template.json': { Resources: { B: WINDOW } },
  })).toEqual({ 'One/A': 'cron(0 4 * * ? *)', 'Stage/Two/B': 'cron(0 4 * * ? *)' });
});

test('paths are read from the manifest, and from the file that newer CDKs put them into', () => {
  const metadata = (id: string, path: string) => ({ [`/${path}`]: [{ type: 'aws:cdk:warning', data: id }, { type: 'aws:cdk:logicalId', data: id }], [`/${path}/x`]: 'text' });
  expect(schedules({
    'cdk.out/manifest.json': {
      artifacts: {
        One: stack('One.template.json', { metadata: metadata('A', 'Prod/Weekly/Resource') }),
        Two: stack('Two.template.json', { additionalMetadataFile: 'Two.metadata.json' }),
      },
    },
    'cdk.out/One.template.json': { Resources: { A: WINDOW } },
    'cdk.out/Two.template.json': { Resources: { B: WINDOW } },
    'cdk.out/Two.metadata.json': metadata('B', 'Prod/Monthly/Resource'),
  })).toEqual({ 'Prod/Weekly': 'cron(0 4 * * ? *)', 'Prod/Monthly': 'cron(0 4 * * ? *)' });
});

test('nested assemblies are read, by folder or by manifest', () => {
  const files = {
    'cdk.out/manifest.json': { artifacts: { 'assembly-Dev': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Dev' } } } },
    'cdk.out/assembly-Dev/manifest.json': { artifacts: { DevStack: stack('S.template.json') } },
    'cdk.out/assembly-Dev/S.template.json': { Resources: { A: WINDOW } },
  };
  expect(schedules(files)).toEqual({ 'DevStack/A': 'cron(0 4 * * ? *)' });
  expect(schedules(files, 'cdk.out/manifest.json')).toEqual({ 'DevStack/A': 'cron(0 4 * * ? *)' });
});

test('one nested assembly may be there twice', () => {
  const { artifacts: { N } } = nesting('a');
  expect(schedules({
    'cdk.out/manifest.json': { artifacts: { One: N, Two: N } },
    'cdk.out/a/manifest.json': { artifacts: { S: stack('S.json') } },
    'cdk.out/a/S.json': { Resources: { A: WINDOW } },
  })).toEqual({ 'S/A': 'cron(0 4 * * ? *)' });
});

test('an assembly without artifacts has no templates', () => {
  expect(schedules({ 'cdk.out/manifest.json': {} })).toEqual({});
});

test('the region of a stack is known where the app knows it', () => {
  const template = {
    Resources: { A: { ...WINDOW, Properties: { ...WINDOW.Properties, Schedule: { 'Fn::FindInMap': ['Cron', { Ref: 'AWS::Region' }, 'weekly'] } } } },
    Mappings: { Cron: { 'eu-central-1': { weekly: 'cron(0 3 * * ? *)' } } },
  };
  const files = (environment: string) => ({
    'cdk.out/manifest.json': { artifacts: { S: stack('S.template.json', { environment }) } }, 'cdk.out/S.template.json': template,
  });
  expect(schedules(files('aws://123456789012/eu-central-1'))).toEqual({ 'S/A': 'cron(0 3 * * ? *)' });
  expect(schedules(files('aws://unknown-account/unknown-region'))).toEqual({ 'S/A': 'Schedule is known only at deployment, which depends on AWS::Region, give --region' });
  expect(schedules(files('elsewhere'))).toEqual({ 'S/A': 'Schedule is known only at deployment, which depends on AWS::Region, give --region' });
});

describe('nested stacks', () => {
  const nested = (properties: JsonObject, more: object = {}) => ({
    Type: 'AWS::CloudFormation::Stack', Properties: properties, Metadata: { 'aws:asset:path': 'Nested.nested.template.json' }, ...more,
  });
  const files = (resource: object, parent: object = {}) => ({
    'cdk.out/manifest.json': { artifacts: { S: stack('S.template.json') } },
    'cdk.out/S.template.json': { Resources: { Inner: resource, Other: { Type: 'AWS::SNS::Topic' } }, ...parent },
    'cdk.out/Nested.nested.template.json': { Parameters: { Hour: { Type: 'String', Default: '4' } }, Resources: { A: HOUR } },
  });

  test.each<[string, object, object, string]>([
    ['its default counts when it is not given', nested({}), {}, 'cron(0 4 * * ? *)'],
    ['a given parameter counts instead of its default', nested({ Parameters: { Hour: '5' } }), {}, 'cron(0 5 * * ? *)'],
    ['one that the parent leaves to deployment is left', nested({ Parameters: { Hour: { 'Fn::GetAtt': ['A', 'B'] } } }), {}, 'Schedule is known only at deployment'],
    ['a parameter of the parent counts', nested({ Parameters: { Hour: { Ref: 'P' } } }), { Parameters: { P: { Default: '6' } } }, 'cron(0 6 * * ? *)'],
    ['a condition of the nested stack counts', nested({}, { Condition: 'IsProd' }), {}, 'exists only under the condition IsProd, which is not declared by the template'],
    ['one under a condition that holds is there', nested({}, { Condition: 'IsProd' }), { Conditions: { IsProd: { 'Fn::Equals': [1, 1] } } }, 'cron(0 4 * * ? *)'],
  ])('%s', (_, resource, parent, expected) => {
    expect(schedules(files(resource, parent))).toEqual({ 'S/Inner/A': expected });
  });

  test('one under a condition that does not hold is not there', () => {
    expect(schedules(files(nested({}, { Condition: 'IsProd' }), { Conditions: { IsProd: { 'Fn::Equals': [1, 2] } } }))).toEqual({});
  });

  test('without its path the template is found by the hash in its address', () => {
    const hash = 'a'.repeat(64);
    const url = { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, `/assets/${hash}.json`]] };
    const all = files({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } });
    const manifest = { artifacts: { ...all['cdk.out/manifest.json'].artifacts, Assets: { type: 'cdk:asset-manifest', properties: { file: 'S.assets.json' } } } };
    const assets = { files: { [hash]: { source: { path: 'Nested.nested.template.json' } }, other: { source: {} }, broken: 'text' } };
    expect(schedules({ ...all, 'cdk.out/manifest.json': manifest, 'cdk.out/S.assets.json': assets })).toEqual({ 'S/Inner/A': 'cron(0 4 * * ? *)' });
    expect(schedules({ ...all, 'cdk.out/manifest.json': manifest, 'cdk.out/S.assets.json': {} })).toEqual({});
  });

  test('one that is no asset cannot be read', () => {
    expect(schedules(files({ Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'elsewhere' } }))).toEqual({});
  });
});

describe('a template', () => {
  test.each(['app.template.json', 'app.json', 'app.yaml', 'app.yml', 'app.template'])('%s is called app', file => {
    expect(schedules({ [file]: { Resources: { A: WINDOW } } }, file)).toEqual({ 'app/A': 'cron(0 4 * * ? *)' });
  });

  test('may be YAML', () => {
    const text = 'Resources:\n  A:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties: { Schedule: !Sub "cron(0 ${H} * * ? *)", Duration: 3, Cutoff: 0 }\nParameters: { H: { Type: Number, Default: 7 } }\n';
    expect(schedules({ 'a.yaml': text }, 'a.yaml')).toEqual({ 'a/A': 'cron(0 7 * * ? *)' });
  });
});

describe('templates to compare', () => {
  const paths = (files: Record<string, object | string>, old: string, now: string) => (
    templatesToCompare(reader(files), old, now).map(templates => windowsOf(templates).map(({ path }) => path)));
  const TEMPLATE = { Resources: { A: WINDOW, B: { ...WINDOW, Metadata: { 'aws:cdk:path': 'Prod/Weekly/Resource' } } } };
  const assembly = (folder: string) => ({ [`${folder}/manifest.json`]: { artifacts: { S: stack('S.template.json') } }, [`${folder}/S.template.json`]: TEMPLATE });

  test('two files may have different names', () => {
    expect(paths({ 'old.json': TEMPLATE, 'same.json': TEMPLATE }, 'old.json', 'same.json')).toEqual([['same/A', 'Prod/Weekly'], ['same/A', 'Prod/Weekly']]);
  });

  test('two files may have the same name in different folders', () => {
    expect(paths({ 'old/app.json': TEMPLATE, 'new/app.json': TEMPLATE }, 'old/app.json', 'new/app.json')).toEqual([['app/A', 'Prod/Weekly'], ['app/A', 'Prod/Weekly']]);
  });

  test.each(['new.out', 'new.out/manifest.json'])('stacks of assemblies keep their names, of %s too', now => {
    expect(paths({ ...assembly('old.out'), ...assembly('new.out') }, 'old.out', now)).toEqual([['S/A', 'Prod/Weekly'], ['S/A', 'Prod/Weekly']]);
  });

  test('a file keeps its name beside an assembly', () => {
    expect(paths({ 'old.json': TEMPLATE, ...assembly('new.out') }, 'old.json', 'new.out')).toEqual([['old/A', 'Prod/Weekly'], ['S/A', 'Prod/Weekly']]);
  });
});

const nesting = (directoryName: string) => ({ artifacts: { N: { type: 'cdk:cloud-assembly', properties: { directoryName } } } });
const nestingStack = (file: string) => ({ Resources: { N: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file } } } });

test.each<[string, Record<string, object | string>, string, string]>([
  [
    'an assembly is nested in itself', { 'cdk.out/manifest.json': nesting('.') }, 'cdk.out',
    'cdk.out/manifest.json, artifacts.N: must not be an assembly that holds this one, got ".", synthesize the app again',
  ],
  [
    'an assembly that is given by its manifest is nested in itself', { 'cdk.out/manifest.json': nesting('../cdk.out') }, 'cdk.out/manifest.json',
    'cdk.out/manifest.json, artifacts.N: must not be an assembly that holds this one, got "../cdk.out", synthesize the app again',
  ],
  [
    'an assembly is nested in one that it holds', { 'cdk.out/manifest.json': nesting('a'), 'cdk.out/a/manifest.json': nesting('b'), 'cdk.out/a/b/manifest.json': nesting('../..') }, 'cdk.out',
    'cdk.out/a/b/manifest.json, artifacts.N: must not be an assembly that holds this one, got "../..", synthesize the app again',
  ],
  [
    'a nested stack holds itself',
    { 'cdk.out/manifest.json': { artifacts: { S: stack('S.json') } }, 'cdk.out/S.json': nestingStack('N.json'), 'cdk.out/N.json': nestingStack('N.json') }, 'cdk.out',
    'cdk.out/N.json, Resources.N: must not be a stack that holds this one, got "N.json", synthesize the app again',
  ],
  [
    'a nested stack holds its parent',
    { 'cdk.out/manifest.json': { artifacts: { S: stack('S.json') } }, 'cdk.out/S.json': nestingStack('N.json'), 'cdk.out/N.json': nestingStack('S.json') }, 'cdk.out',
    'cdk.out/N.json, Resources.N: must not be a stack that holds this one, got "S.json", synthesize the app again',
  ],
  ['nothing is there', {}, 'cdk.out', 'cdk.out: does not exist, synthesize the app by cdk synth first'],
  ['a folder is no assembly', { 'src/a.ts': '' }, 'src', 'src: holds no manifest.json, give the folder that cdk synth wrote'],
  ['the manifest is a list', { 'cdk.out/manifest.json': '[]' }, 'cdk.out', 'cdk.out/manifest.json, artifacts: must be a map, give the folder that cdk synth wrote'],
  ['the artifacts are a list', { 'cdk.out/manifest.json': { artifacts: [] } }, 'cdk.out', 'cdk.out/manifest.json, artifacts: must be a map, give the folder that cdk synth wrote'],
  ['a template is a list', { 'a.yaml': '- 1' }, 'a.yaml', 'a.yaml: must be a CloudFormation template'],
  ['a file has no resources', { 'a.json': { Windows: [] } }, 'a.json', 'a.json: is no maintenance window, target or task, got an object with Windows'],
])('fails when %s', (_, files, location, message) => {
  expect(() => templatesOf(reader(files), location)).toThrow(new Error(message));
});

describe('what other tools export', () => {
  const window = { WindowId: 'mw-0123456789abcdef0', Name: 'nightly', Schedule: 'cron(0 4 ? * SUN *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
  const START = new Date('2027-01-01T00:00:00Z');
  const openingsOf = (files: Record<string, object>, location: string) => forecast(windowsOf(templatesOf(reader(files), location)), {
    start: START, end: new Date('2027-01-09T00:00:00Z'),
  }).windows.map(({ path, openings }) => [path, openings.map(({ start }) => start.toISOString())]);

  test('answers of the API in a file and in a folder', () => {
    for (const [files, location] of [[{ 'window.json': window }, 'window.json'], [{ 'export/window.json': window }, 'export']] as const) {
      expect(openingsOf(files, location)).toEqual([
        [`${location.replace('.json', '')}/nightly`, ['2027-01-03T04:00:00.000Z']],
      ]);
    }
  });

  test('a window that is disabled never opens', () => {
    expect(openingsOf({ 'window.json': { ...window, Enabled: false } }, 'window.json')).toEqual([['window/nightly (disabled)', []]]);
  });
});
