import { reader, stack, WINDOW } from './app';
import { windowsOf } from '../../src/forecast/app-windows';
import { templatesOf, templatesToCompare, type DeploymentOptions } from '../../src/forecast/assembly';
import type { JsonObject } from '../../src/importer/json';

const scheduled = (schedule: JsonObject[string], more: object = {}) => (
  { ...WINDOW, Properties: { ...WINDOW.Properties, Schedule: schedule }, ...more });

function schedules(files: Record<string, object | string>, options: DeploymentOptions = {}, location: string = 'cdk.out'): Record<string, string | undefined> {
  const windows = windowsOf(templatesOf(reader(files), location, options));
  return Object.fromEntries(windows.map(({ path, expression, undetermined }) => [path, undetermined ?? expression]));
}

describe('the place of a stack', () => {
  const template = {
    Resources: { A: scheduled({ 'Fn::FindInMap': ['Cron', { Ref: 'AWS::Region' }, 'weekly'] }), B: scheduled({ 'Fn::Sub': '${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix}' }) },
    Mappings: { Cron: { 'eu-central-1': { weekly: 'cron(0 3 * * ? *)' }, 'us-east-1': { weekly: 'cron(0 9 * * ? *)' } } },
  };
  const files = (environment?: string) => ({
    'cdk.out/manifest.json': { artifacts: { S: stack('S.json', { environment }) } }, 'cdk.out/S.json': template, 'S.json': template,
  });
  const ACCOUNT = 'Schedule is known only at deployment';
  const OPEN = `${ACCOUNT}, which depends on AWS::Region, give --region`;

  test.each<[string, DeploymentOptions, string | undefined, string | undefined]>([
    ['aws://unknown-account/unknown-region', {}, OPEN, ACCOUNT],
    ['aws://unknown-account/unknown-region', { region: 'us-east-1' }, 'cron(0 9 * * ? *)', ACCOUNT],
    ['aws://1/unknown-region', { region: 'us-east-1' }, 'cron(0 9 * * ? *)', 'Schedule has a fault at position 1: must be "cron(…)", "rate(…)" or "at(…)", got "1 aws amazonaws.com"'],
    ['aws://unknown-account/eu-central-1', { region: 'us-east-1' }, 'cron(0 3 * * ? *)', ACCOUNT],
    ['aws://1/cn-north-1', {}, ACCOUNT, 'Schedule has a fault at position 1: must be "cron(…)", "rate(…)" or "at(…)", got "1 aws-cn amazonaws.com.cn"'],
  ])('%s with %j', (environment, options, region, account) => {
    expect(schedules(files(environment), options)).toEqual({ 'S/A': region, 'S/B': account });
  });

  test.each([[undefined, 'Schedule is known only at deployment, which depends on AWS::Region, give --region'], ['eu-central-1', 'cron(0 3 * * ? *)']])('of a nested stack is that of its parent, %s', (region, expected) => {
    const parent = { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'N.json' } } } };
    expect(schedules({ 'cdk.out/manifest.json': { artifacts: { S: stack('S.json') } }, 'cdk.out/S.json': parent, 'cdk.out/N.json': template }, { region })['S/N/A']).toBe(expected);
  });

  test('of a single template is that which is asked for', () => {
    expect(schedules(files(), { region: 'eu-central-1' }, 'S.json')['S/A']).toBe('cron(0 3 * * ? *)');
  });
});

describe('parameters that are given', () => {
  const parameters = new Map([['Hour', '7']]);
  const template = { Parameters: { Hour: { Type: 'Number', Default: 4 } }, Resources: { A: scheduled({ 'Fn::Sub': 'cron(0 ${Hour} * * ? *)' }) } };
  const other = { Resources: { A: WINDOW } };

  test('count for each stack that declares them', () => {
    const files = { 'cdk.out/manifest.json': { artifacts: { S: stack('S.json'), T: stack('T.json') } }, 'cdk.out/S.json': template, 'cdk.out/T.json': other };
    expect(schedules(files, { parameters })).toEqual({ 'S/A': 'cron(0 7 * * ? *)', 'T/A': 'cron(0 4 * * ? *)' });
  });

  test('are not those of a nested stack', () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'N.json' } };
    const files = { 'cdk.out/manifest.json': { artifacts: { S: stack('S.json') } }, 'cdk.out/S.json': { Resources: { N: nested } }, 'cdk.out/N.json': template };
    expect(schedules(files)).toEqual({ 'S/N/A': 'cron(0 4 * * ? *)' });
    expect(() => schedules(files, { parameters })).toThrow(new Error('--parameter must name a parameter of a template, got "Hour", which no template declares'));
  });

  test('may be declared by one of two versions', () => {
    const compared = templatesToCompare(reader({ 'old.json': other, 'new.json': template }), 'old.json', 'new.json', { parameters });
    expect(compared.map(templates => windowsOf(templates)[0].expression)).toEqual(['cron(0 4 * * ? *)', 'cron(0 7 * * ? *)']);
  });
});

describe('a set of stacks', () => {
  const inner = { Parameters: { Hour: { Type: 'Number', Default: 4 } }, Resources: { W: scheduled({ 'Fn::Sub': 'cron(0 ${Hour} * * ? *)' }, { Metadata: { 'aws:cdk:path': 'Set/W/Resource' } }) } };
  const set = (properties: object, more: object = {}) => ({ Resources: { Set: { Type: 'AWS::CloudFormation::StackSet', Properties: properties, ...more } }, Parameters: { P: { Type: 'String' } } });
  const of = (properties: object, more: object = {}, options: DeploymentOptions = {}) => schedules({ 'S.json': set(properties, more) }, options, 'S.json');
  const AT_FOUR = { 'S/Set/W': 'cron(0 4 * * ? *)' };
  const YAML = 'Resources:\n  W:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties: { Schedule: cron(0 4 * * ? *), Duration: 3, Cutoff: 0 }\n';

  test.each<[string, object, object]>([
    ['a template as JSON', { TemplateBody: JSON.stringify(inner) }, AT_FOUR],
    ['a template as YAML', { TemplateBody: YAML }, AT_FOUR],
    ['a template as it is', { TemplateBody: inner }, AT_FOUR],
    ['a joined template', { TemplateBody: { 'Fn::Join': ['', [YAML, '\n']] } }, AT_FOUR],
    ['a template of which a part is open', { TemplateBody: { 'Fn::Join': ['', ['"', YAML, { Ref: 'P' }]] } }, { 'S/Set/Fn::TemplateBody': 'is expanded at deployment' }],
    ['a template of which another value is open', { TemplateBody: { 'Fn::Join': ['', [`${YAML}  T:\n    Name: "`, { Ref: 'P' }, '"\n']] } }, AT_FOUR],
    ['a template of which a schedule is open', { TemplateBody: { 'Fn::Join': ['', [JSON.stringify(inner).split('0 $')[0], { Ref: 'P' }, '"}}}}}']] } }, { 'S/Set/W': 'Schedule is known only at deployment' }],
    ['a substituted template with an open part', { TemplateBody: { 'Fn::Sub': `${YAML} \${P}` } }, { 'S/Set/Fn::TemplateBody': 'is expanded at deployment' }],
    ['an open template that names no window', { TemplateBody: { Ref: 'P' } }, {}],
    ['a template elsewhere', { TemplateURL: 'https://elsewhere' }, {}],
    ['no properties', {}, {}],
    ['a parameter', { TemplateBody: inner, Parameters: [{ ParameterKey: 'Hour', ParameterValue: '5' }] }, { 'S/Set/W': 'cron(0 5 * * ? *)' }],
    ['an open parameter', { TemplateBody: inner, Parameters: [{ ParameterKey: 'Hour', ParameterValue: { Ref: 'P' } }] }, { 'S/Set/W': 'Schedule is known only at deployment' }],
    [
      'a parameter that some stacks override',
      { TemplateBody: inner, Parameters: [{ ParameterKey: 'Hour', ParameterValue: '5' }], StackInstancesGroup: [{ Regions: ['eu-central-1'], ParameterOverrides: [{ ParameterKey: 'Hour', ParameterValue: '6' }] }] },
      { 'S/Set/W': 'Schedule is known only at deployment' },
    ],
  ])('with %s', (_, properties, expected) => {
    expect(of(properties)).toEqual(expected);
  });

  test('depends on the values that deployment puts into its template', () => {
    const basis = (name: string) => windowsOf(templatesOf(reader({ 'S.json': set({ TemplateBody: { 'Fn::Sub': `${YAML} \${${name}}` } }) }), 'S.json'))[0].basis;
    expect(basis('P')).toBe(basis('P'));
    expect(basis('P')).not.toBe(basis('Q'));
  });

  test('without properties has no windows', () => {
    expect(schedules({ 'S.json': { Resources: { Set: { Type: 'AWS::CloudFormation::StackSet' } } } }, {}, 'S.json')).toEqual({});
  });

  test('under a condition is there if it holds', () => {
    const under = (test: object) => schedules({ 'S.json': { ...set({ TemplateBody: inner }, { Condition: 'C' }), Conditions: { C: test } } }, {}, 'S.json');
    expect(under({ 'Fn::Equals': [1, 1] })).toEqual(AT_FOUR);
    expect(under({ 'Fn::Equals': [1, 2] })).toEqual({});
    expect(under({ 'Fn::Equals': [{ Ref: 'P' }, 2] })).toEqual({ 'S/Set/W': 'exists only under the condition C, which depends on P, give --parameter P=VALUE' });
  });

  describe('is where its stacks are', () => {
    const body = { Resources: { W: scheduled({ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'c'] }) }, Mappings: { M: { 'eu-central-1': { c: 'cron(0 3 * * ? *)' } } } };
    const regions = (...groups: string[][]) => ({ TemplateBody: body, StackInstancesGroup: groups.map(Regions => ({ Regions })) });
    const [KNOWN, OPEN] = [{ 'S/Set/W': 'cron(0 3 * * ? *)' }, { 'S/Set/W': 'Schedule is known only at deployment' }];

    test.each<[string, object, string | undefined, object]>([
      ['in one region', regions(['eu-central-1'], ['eu-central-1']), undefined, KNOWN],
      ['in one region, another is asked for', regions(['eu-central-1']), 'us-east-1', KNOWN],
      ['in two regions', regions(['eu-central-1', 'us-east-1']), undefined, OPEN],
      ['in two regions, one of which is asked for', regions(['eu-central-1'], ['us-east-1']), 'eu-central-1', KNOWN],
      ['in two regions, another is asked for', regions(['eu-west-1', 'us-east-1']), 'eu-central-1', OPEN],
      ['anywhere', regions(), undefined, OPEN],
      ['anywhere, a region is asked for', regions(), 'eu-central-1', KNOWN],
      ['in open regions', { TemplateBody: body, StackInstancesGroup: [{ Regions: { Ref: 'P' } }] }, 'eu-central-1', OPEN],
    ])('%s', (_, properties, region, expected) => {
      expect(of(properties, {}, { region })).toEqual(expected);
    });
  });

  test('may be a file of the assembly', () => {
    const hash = 'b'.repeat(64);
    expect(schedules({
      'cdk.out/manifest.json': { artifacts: { S: stack('S.json'), A: { type: 'cdk:asset-manifest', properties: { file: 'A.json' } } } },
      'cdk.out/A.json': { files: { [hash]: { source: { path: 'inner.json' } } } },
      'cdk.out/S.json': set({ TemplateURL: { 'Fn::Sub': `https://s3.\${AWS::URLSuffix}/assets/${hash}.json` } }),
      'cdk.out/inner.json': inner,
    })).toEqual(AT_FOUR);
  });

  test.each<[string, string, string]>([
    ['no template', '[]', 'S.json, Resources.Set.Properties.TemplateBody: must be a CloudFormation template'],
    ['no JSON', '{ "a":', 'S.json, Resources.Set.Properties.TemplateBody, line 1, column 7: is not valid JSON, fix the syntax there'],
    ['too deep', `{ "a": ${'['.repeat(300)}${']'.repeat(300)} }`, 'S.json, Resources.Set.Properties.TemplateBody, line 1, column 207: must not be nested deeper than 200 levels, got more'],
  ])('fails for a text that is %s', (_, body, message) => {
    expect(() => of({ TemplateBody: body })).toThrow(new Error(message));
  });
});
