import { readFileSync } from 'node:fs';
import { reader, stack } from './app';
import { windowsOf } from '../../src/forecast/app-windows';
import { templatesOf } from '../../src/forecast/assembly';
import { forecast, forecastJson } from '../../src/forecast/forecast';
import { forecastText } from '../../src/forecast/forecast-text';
import type { NamedTemplate } from '../../src/forecast/template-windows';
import type { JsonObject } from '../../src/importer/json';
import { parseTemplateText } from '../../src/importer/read/parse-template';
import { realFile } from '../importer/real-templates';

const at = (text: string) => new Date(`${text}Z`);
const MARCH = { start: at('2027-03-01T00:00'), end: at('2027-04-01T00:00') };

const WINDOW = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: 'cron(0 2 ? * TUE#3 *)', ScheduleOffset: 1, Duration: 3, Cutoff: 0 } };
const TARGET = {
  Type: 'AWS::SSM::MaintenanceWindowTarget',
  Properties: { WindowId: { Ref: 'Window' }, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:PatchGroup', Values: ['web'] }] },
};
const TASK = {
  Type: 'AWS::SSM::MaintenanceWindowTask',
  Properties: {
    WindowId: { Ref: 'Window' },
    TaskType: 'RUN_COMMAND',
    TaskArn: 'AWS-RunPatchBaseline',
    Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Target' }] }],
    TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Install'] } } },
  },
};

function baseline(days: unknown, more: object = {}): object {
  return { Type: 'AWS::SSM::PatchBaseline', Properties: { Name: 'baseline', PatchGroups: ['web'], ApprovalRules: { PatchRules: [{ ApproveAfterDays: days }] }, ...more } };
}

const RESOURCES = { Window: WINDOW, Target: TARGET, Task: TASK };

function template(resources: object, more: object = {}): object {
  return { Resources: { ...RESOURCES, ...resources }, ...more };
}

/** The delays by which the windows of an assembly or a template install, by their paths. */
function delaysOf(files: Record<string, object>, location: string = 'cdk.out', options: object = {}): Record<string, string | undefined> {
  const windows = windowsOf(templatesOf(reader(files), location, options));
  return Object.fromEntries(windows.map(({ path, installations }) => [path, installations?.map(({ operatingSystem, rules }) => (
    `${operatingSystem} ${rules.map((rule) => ('delayDays' in rule ? rule.delayDays : rule.approveUntil.toISOString().slice(0, 10))).join()}`)).join()]));
}

const delayOf = (resources: object, more: object = {}, options: object = {}) => delaysOf({ 'App.json': template(resources, more) }, 'App.json', options)['App/Window'];

const assembly = (files: Record<string, object>, artifacts: object) => ({
  'cdk.out/manifest.json': { version: '36.0.0', artifacts },
  ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`cdk.out/${name}`, content])),
});

describe('one template', () => {
  test('the baseline of the patch group counts', () => {
    expect(delayOf({})).toBe('WINDOWS 7');
    expect(delayOf({ Baseline: baseline(3) })).toBe('WINDOWS 3');
    expect(delayOf({ Baseline: baseline(3, { PatchGroups: ['db'] }) })).toBe('WINDOWS 7');
    expect(delayOf({ Baseline: baseline('3', { PatchGroups: ['db'], DefaultBaseline: 'true' }), Other: baseline(5, { OperatingSystem: 'SUSE' }) })).toBe('SUSE 5');
  });

  test('a window without an installation, or with one of another window, says nothing', () => {
    expect(delayOf({ Task: { ...TASK, Properties: { ...TASK.Properties, WindowId: { Ref: 'Other' } } } })).toBeUndefined();
    expect(delayOf({ Task: { ...TASK, Properties: { ...TASK.Properties, WindowId: 'mw-0123456789abcdef0' } } })).toBeUndefined();
    expect(delayOf({ Task: { Type: TASK.Type } })).toBeUndefined();
    expect(delayOf({ Task: { ...TASK, Properties: { ...TASK.Properties, TaskArn: 'AWS-RunShellScript' } } })).toBeUndefined();
  });

  test('values that the template tells are known', () => {
    const more = { Parameters: { Days: { Type: 'Number', Default: 4 }, Group: { Type: 'String', Default: 'web' } }, Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } };
    expect(delayOf({ Baseline: baseline({ Ref: 'Days' }) }, more)).toBe('WINDOWS 4');
    expect(delayOf({ Baseline: baseline({ Ref: 'Days' }) }, more, { parameters: new Map([['Days', '9']]) })).toBe('WINDOWS 9');
    expect(delayOf({ Baseline: baseline({ 'Fn::If': ['Yes', 5, 6] }, { PatchGroups: [{ 'Fn::Sub': '${Group}' }] }) }, more)).toBe('WINDOWS 5');
    expect(delayOf({ Baseline: baseline(8, { PatchGroups: ['web', { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 'db'] }] }) }, more)).toBe('WINDOWS 8');
    expect(delayOf({ Baseline: baseline(8, { PatchGroups: ['db', { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 'web'] }] }) }, more)).toBe('WINDOWS 7');
    expect(delayOf({ Baseline: { ...baseline(8), Condition: 'Yes' } }, more)).toBe('WINDOWS 8');
  });

  test.each<[string, object]>([
    ['a delay', { Baseline: baseline({ Ref: 'Open' }) }],
    ['a delay of Parameter Store', { Baseline: baseline('{{resolve:ssm:days}}') }],
    ['a patch group', { Baseline: baseline(3, { PatchGroups: [{ Ref: 'Open' }] }) }],
    ['all patch groups', { Baseline: baseline(3, { PatchGroups: { Ref: 'Open' } }) }],
    ['the rules', { Baseline: baseline(3, { ApprovalRules: { 'Fn::If': ['Maybe', 1, 2] } }) }],
    ['whether the baseline exists', { Baseline: { ...baseline(3), Condition: 'Maybe' } }],
    ['whether the task exists', { Task: { ...TASK, Condition: 'Maybe' } }],
    ['whether the target exists', { Target: { ...TARGET, Condition: 'Maybe' }, Baseline: baseline(3) }],
    ['the operation', { Task: { ...TASK, Properties: { ...TASK.Properties, TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: [{ Ref: 'Open' }] } } } } } }],
    ['the targets', { Task: { ...TASK, Properties: { ...TASK.Properties, Targets: { 'Fn::If': ['Maybe', [], []] } } }, Baseline: baseline(3) }],
  ])('%s is left to deployment: nothing is said', (_, resources) => {
    const more = { Parameters: { Open: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } } };
    expect(delayOf(resources, more)).toBeUndefined();
  });

  test('the tasks of a window count together', () => {
    const other = { ...TARGET, Properties: { ...TARGET.Properties, Targets: [{ Key: 'tag:PatchGroup', Values: ['db'] }] } };
    const task = { ...TASK, Properties: { ...TASK.Properties, Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'OtherTarget' }] }] } };
    expect(delayOf({ Baseline: baseline(5), OtherTarget: other, OtherTask: task, OtherBaseline: baseline(4, { PatchGroups: ['db'] }) })).toBe('WINDOWS 4');
  });

  test('what a condition leaves out does not count', () => {
    const no = { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } };
    expect(delayOf({ Baseline: { ...baseline(3), Condition: 'No' } }, no)).toBe('WINDOWS 7');
    expect(delayOf({ Task: { ...TASK, Condition: 'No' } }, no)).toBeUndefined();
  });

  test.each([null, 'text', [], { Type: 1 }, { Type: 'AWS::SSM::PatchBaseline' }, { Type: 'AWS::SSM::PatchBaseline', Properties: [] }, { Type: TASK.Type, Properties: { WindowId: { Ref: ['Window'] } } }])(
    'what is no resource, such as %j, is passed by', (resource) => {
      expect(delayOf({ Other: resource, constructor: {} })).toBe('WINDOWS 7');
    });
});

describe('an assembly', () => {
  const environment = (account: string, region: string = 'eu-central-1') => ({ environment: `aws://${account}/${region}` });

  test('each account has its own baselines', () => {
    expect(delaysOf(assembly({
      'Dev.json': template({ Baseline: baseline(2) }), 'Prod.json': template({}), 'Other.json': { Resources: { Baseline: baseline(9) } }, 'Far.json': { Resources: { Baseline: baseline(1) } },
    }, {
      Dev: stack('Dev.json', environment('111111111111')),
      Prod: stack('Prod.json', environment('222222222222')),
      Other: stack('Other.json', environment('222222222222')),
      Far: stack('Far.json', environment('222222222222', 'us-east-1')),
    }))).toEqual({ 'Dev/Window': 'WINDOWS 2', 'Prod/Window': 'WINDOWS 9' });
  });

  test('stacks of a stage share baselines where their account is left to deployment', () => {
    const files = { 'One.json': template({}), 'Two.json': { Resources: { Baseline: baseline(9) } } };
    const stage = (id: string) => ({ type: 'cdk:cloud-assembly', properties: { directoryName: id } });
    expect(delaysOf(assembly(files, { One: stack('One.json'), Two: stack('Two.json') }))).toEqual({ 'One/Window': 'WINDOWS 9' });
    expect(delaysOf({
      'cdk.out/manifest.json': { artifacts: { A: stage('A'), B: stage('B') } },
      'cdk.out/A/manifest.json': { artifacts: { One: stack('One.json') } },
      'cdk.out/A/One.json': files['One.json'],
      'cdk.out/B/manifest.json': { artifacts: { Two: stack('Two.json') } },
      'cdk.out/B/Two.json': files['Two.json'],
    })).toEqual({ 'One/Window': 'WINDOWS 7' });
  });

  test('a task and a target of other stacks count by what these export', () => {
    const { Task, Target, ...others } = RESOURCES;
    const output = (name: unknown, logicalId: string) => ({ Value: { Ref: logicalId }, Export: { Name: name } });
    const imports = { WindowId: { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-window' } }, Targets: [{ Key: 'WindowTargetIds', Values: [{ 'Fn::ImportValue': 'target' }] }] };
    const files = (region: string) => assembly({
      'Windows.json': { Resources: { ...others, Target }, Outputs: { A: output({ 'Fn::Join': ['-', [{ Ref: 'AWS::Region' }, 'window']] }, 'Window'), B: output('target', 'Target'), C: output('none', 'None'), D: null } },
      'Tasks.json': { Resources: { Task: { ...Task, Properties: { ...Task.Properties, ...imports } }, Baseline: baseline(2) } },
    }, { Windows: stack('Windows.json', environment('111111111111')), Tasks: stack('Tasks.json', environment('111111111111', region)) });
    expect(delaysOf(files('eu-central-1'))).toEqual({ 'Windows/Window': 'WINDOWS 2' });
    expect(delaysOf(files('us-east-1'))).toEqual({ 'Windows/Window': undefined });
  });

  test('a set of stacks is elsewhere than its parent, and a nested stack is where its parent is', () => {
    const nested = (name: string) => ({ Type: 'AWS::CloudFormation::Stack', Properties: {}, Metadata: { 'aws:asset:path': name } });
    const set = { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: JSON.stringify(template({})) } };
    expect(delaysOf(assembly({ 'Root.json': { Resources: { Nested: nested('Nested.json'), Set: set, Baseline: baseline(9) } }, 'Nested.json': template({}) }, { Root: stack('Root.json') })))
      .toEqual({ 'Root/Nested/Window': 'WINDOWS 9', 'Root/Set/Window': 'WINDOWS 7' });
  });

  test('one template in two nested stacks is two windows, each with its own task', () => {
    const nested = { Type: 'AWS::CloudFormation::Stack', Properties: {}, Metadata: { 'aws:asset:path': 'Nested.json' } };
    const delays = (resources: object) => delaysOf(assembly({
      'Root.json': { Parameters: { P: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'P' }, ''] } }, Resources: resources },
      'Nested.json': template({ Baseline: baseline(2) }),
    }, { Root: stack('Root.json') }));
    expect(delays({ A: nested, B: nested })).toEqual({ 'Root/A/Window': 'WINDOWS 2', 'Root/B/Window': 'WINDOWS 2' });
    // the baseline of C applies to all, if it exists
    expect(delays({ A: nested, C: { ...nested, Condition: 'Maybe' } })).toEqual({ 'Root/A/Window': undefined, 'Root/C/Window': undefined });
  });
});

describe('templates that others published', () => {
  const withBaseline = (file: string): NamedTemplate => {
    const published = parseTemplateText({ name: file, text: readFileSync(realFile(file), 'utf8') }) as JsonObject;
    const resources = { ...published.Resources as JsonObject, AddedBaseline: baseline(5, { PatchGroups: [], DefaultBaseline: true, OperatingSystem: 'SUSE' }) as JsonObject };
    return { name: 'App', template: { ...published, Resources: resources }, paths: new Map() };
  };

  test.each([
    ['01-localstack-ssm_maintenance_window.yml', 'SUSE'],
    ['04-awssamples-sc-ec2-linux-apache.json', 'SUSE'],
    ['11-sagebionetworks-maintenance.yaml', 'SUSE'],
    ['13-awsdocs-runcommand-resource-group.yaml', 'SUSE'],
    // the operation is missing, so nothing is installed
    ['08-christilawd-RunBaselineServerPatching_cf.yaml', undefined],
  ])('%s installs what the default baseline approves', (file, system) => {
    expect(windowsOf([withBaseline(file)]).map(({ installations }) => installations?.[0].operatingSystem)).toEqual([system]);
  });
});

describe('what is shown', () => {
  const found = (resources: object) => forecast(windowsOf(templatesOf(reader({ 'App.json': template(resources) }), 'App.json')), MARCH);

  test('the text has it for each opening, and says where it is known from', () => {
    expect(forecastText(found({}))).toBe([
      'App/Window  cron(0 2 ? * TUE#3 *), 1 day later  UTC',
      '  Wed 2027-03-17 02:00 to 05:00, installs at most: update of 2027-03-09, 7.3 days old',
      '',
      'Installs (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.',
      '',
    ].join('\n'));
    expect(forecastText(found({ Task: {} }))).toBe('App/Window  cron(0 2 ? * TUE#3 *), 1 day later  UTC\n  Wed 2027-03-17 02:00 to 05:00\n');
  });

  test('what opens every day is one line', () => {
    const daily = { ...WINDOW, Properties: { ...WINDOW.Properties, Schedule: 'cron(0 2 * * ? *)', ScheduleOffset: undefined } };
    const lines = (days: number, OperatingSystem: string) => forecastText(found({ Window: daily, Baseline: baseline(days, { OperatingSystem }) })).split('\n').slice(1, 3);
    expect(lines(7, 'SUSE')).toEqual([
      '  every day 02:00, closes 05:00, 31 times: Mon 2027-03-01 02:00 to Wed 2027-03-31 02:00, installs at most: patches released until 7 days before', '',
    ]);
    expect(lines(7, 'WINDOWS')).toEqual([
      '  every day 02:00, closes 05:00, 31 times: Mon 2027-03-01 02:00 to Wed 2027-03-31 02:00, '
      + 'installs at most: updates of 2027-02-09 to 2027-03-09, 7.3 to 27.3 days old, no approved update 7 of 31 times', '',
    ]);
  });

  test('JSON has it for each opening', () => {
    const approvals = (resources: object) => JSON.parse(forecastJson(found(resources))).windows[0].openings;
    const times = { start: '2027-03-17T02:00:00.000Z', cutoff: '2027-03-17T05:00:00.000Z', end: '2027-03-17T05:00:00.000Z' };
    expect(approvals({ Baseline: baseline(6) })).toEqual([{
      ...times, patchApprovals: [{ operatingSystem: 'WINDOWS', status: 'approved', release: '2027-03-09T18:00:00.000Z', ageDays: 7 + 1 / 3 }],
    }]);
    expect(approvals({ Baseline: baseline(9) })).toEqual([{
      ...times, patchApprovals: [{ operatingSystem: 'WINDOWS', status: 'notYetApproved', release: '2027-03-09T18:00:00.000Z', ageDays: 7 + 1 / 3, approvedAt: '2027-03-18T18:00:00.000Z' }],
    }]);
    expect(approvals({ Task: {} })).toEqual([times]);
  });
});
