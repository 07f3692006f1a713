import * as fs from 'node:fs';
import { CompiledCli } from './compiled-cli';
import { ToolsOfPackage } from '../../src/cli/tools';
import { Packages } from '../../src/cli/workspace';
import { parseTemplate } from '../../src/importer/read/parse-template';
import { printPython } from '../../src/importer/write/print-python';
import { printJavaScript, printTypeScript } from '../../src/importer/write/print-typescript';
import { PrintedFile } from '../../src/importer/write/printed-file';
import { buildProgram } from '../../src/importer/write/program';
import { realFile } from '../importer/real-templates';
import { synthesize } from '../importer/run-program';

const WINDOW_ID = 'mw-0123456789abcdef0';
const WINDOW = {
  WindowId: WINDOW_ID, Name: 'patching', Schedule: 'cron(0 2 ? * SUN#2 *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false, Enabled: true,
};
const TASK = {
  WindowId: WINDOW_ID,
  WindowTaskId: '66666666-7777-8888-9999-000000000000',
  TaskType: 'AUTOMATION',
  TaskArn: 'MyRunbook',
  Name: 'report',
  Priority: 1,
  ServiceRoleArn: 'arn:aws:iam::123456789012:role/Tasks',
};

let cli: CompiledCli;

beforeAll(() => {
  cli = CompiledCli.make();
});

afterAll(() => cli.remove());

function write(name: string, content: unknown): string {
  fs.writeFileSync(cli.file(name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

test('a template is imported, checked and written', async () => {
  // WHEN
  const { code, stdout, stderr } = await cli.run(['import', realFile('11-sagebionetworks-maintenance.yaml'), '--output', 'stack.ts']);

  // THEN
  expect(stderr).not.toContain('not checked');
  expect(stderr).toContain('imported 1 window, 2 targets and 2 tasks into stack.ts\n');
  expect(stdout).toBe('');
  expect(code).toBe(0);
  expect(Object.keys((synthesize(fs.readFileSync(cli.file('stack.ts'), 'utf8')) as { Resources: object }).Resources)).toHaveLength(5);
});

test('an alarm is held back, and checked for the second pass', async () => {
  // GIVEN
  write('window.json', WINDOW);
  write('task.json', { ...TASK, AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'errors' }] } });

  // WHEN
  const { code, stderr } = await cli.run(['import', 'window.json', 'task.json', '--output', 'alarm.ts', '--import-map', 'map.json']);

  // THEN
  expect(stderr).toContain('imported 1 window, 0 targets and 1 task into alarm.ts\n');
  expect(code).toBe(0);
  const source = fs.readFileSync(cli.file('alarm.ts'), 'utf8');
  const template = synthesize(source) as { Resources: { [id: string]: { Type: string } } };
  expect(Object.values(template.Resources).map(({ Type }) => Type)).toEqual(['AWS::SSM::MaintenanceWindow', 'AWS::SSM::MaintenanceWindowTask']);
  expect(Object.keys(JSON.parse(fs.readFileSync(cli.file('map.json'), 'utf8'))).sort()).toEqual(Object.keys(template.Resources).sort());
  const second = synthesize(source, { customResources: true }) as { Resources: { [id: string]: { Type: string } } };
  expect(Object.values(second.Resources).map(({ Type }) => Type)).toContain('Custom::SSMMaintenanceWindowTaskAlarm');
});

test('a disabled window is disabled by the second pass', async () => {
  // GIVEN
  write('disabled.json', { ...WINDOW, Enabled: false });

  // WHEN
  const { code, stderr } = await cli.run(['import', 'disabled.json', '--output', 'disabled.ts', '--import-map', 'disabled-map.json']);

  // THEN
  expect(stderr).not.toContain('not carried');
  expect(code).toBe(0);
  const source = fs.readFileSync(cli.file('disabled.ts'), 'utf8');
  const [first, second] = [synthesize(source), synthesize(source, { customResources: true })] as { Resources: { [id: string]: { Type: string } } }[];
  expect(Object.values(first.Resources).map(({ Type }) => Type)).toEqual(['AWS::SSM::MaintenanceWindow']);
  expect(Object.keys(JSON.parse(fs.readFileSync(cli.file('disabled-map.json'), 'utf8')))).toEqual(Object.keys(first.Resources));
  expect(Object.values(second.Resources).map(({ Type }) => Type)).toContain('Custom::SSMMaintenanceWindowState');
});

test('what only the constructs refuse is found by running them', async () => {
  // GIVEN tags that the constructs refuse and the importer does not look at
  write('tags.yaml', 'Resources:\n  Window:\n    Type: AWS::SSM::MaintenanceWindow\n    Properties: {Name: patching, Schedule: rate(7 days), '
    + 'Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false, Tags: [{Key: a, Value: "not*allowed"}]}\n');

  // WHEN
  const { code, stdout, stderr } = await cli.run(['import', 'tags.yaml']);

  // THEN
  expect(stderr).toMatch(/^warning: tags\.yaml, Resources\.Window: .*"not\*allowed".*; generated as an L1 construct$/m);
  expect(stdout).toContain('new ssm.CfnMaintenanceWindow(this, \'Window\', {');
  expect(code).toBe(0);
});

test('what is not carried gives the exit code 2', async () => {
  write('unknown.json', { ...WINDOW, Colour: 'red' });
  const { code, stderr } = await cli.run(['import', 'unknown.json']);
  expect(stderr).toContain('not carried: unknown.json: Colour: ');
  expect(code).toBe(2);
});

describe('a program that is run', () => {
  const program = buildProgram(parseTemplate({
    name: 'x.yaml',
    text: 'Resources:\n  Window:\n    Type: AWS::SSM::MaintenanceWindow\n'
    + '    Properties: {Name: patching, Schedule: rate(7 days), Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false}\n',
  }));
  const file = printJavaScript([program]);
  const text = printTypeScript([program]).text;
  const tools = () => new ToolsOfPackage(new Packages(cli.folder));
  const changed = (before: string, after: string) => {
    const tampered = file.text.replace(before, after);
    expect(tampered).not.toBe(file.text);
    return new PrintedFile(tampered.trimEnd().split('\n').map((line, index) => ({ text: line, key: file.entityAtLine(index + 1) })));
  };

  test('gives its template', async () => {
    await expect(tools().synthesize(file, [program])).resolves.toEqual({
      stacks: [{
        template: expect.objectContaining({ Resources: { [program.logicalIds.get('Window')!]: expect.objectContaining({ Type: 'AWS::SSM::MaintenanceWindow' }) } }),
      }],
    });
  });

  test.each([
    ['a construct', 'duration: Duration.hours(3)', 'duration: Duration.hours(30)', "'duration' must be a whole number of hours from 1 to 24, got 1 day 6 hours"],
    ['a value', 'MaintenanceWindowSchedule.rate(Duration.days(7))', "MaintenanceWindowSchedule.expression('never')", /^'expression' has a fault/],
  ])('tells what %s refuses, and where', async (_, before, after, message) => {
    await expect(tools().synthesize(changed(before, after), [program])).resolves.toEqual({
      refusal: { key: 'Window', message: typeof message === 'string' ? message : expect.stringMatching(message) },
    });
  });

  test('has its types checked', async () => {
    await expect(tools().checkTypes(text)).resolves.toEqual({});
    await expect(tools().checkTypes(text.replace('duration:', 'lifetime:'))).resolves.toEqual({
      problem: expect.stringMatching(/^line \d+: Object literal may only specify known properties.*'lifetime' does not exist/),
    });
  });

  test('is compiled in Python', async () => {
    const python = printPython([program]).text;
    // without the package for Python nothing more can be told
    await expect(tools().checkPython(python, [program])).resolves.toEqual({
      unchecked: 'it compiles, and aws-cdk-lib and cdk-ssm-maintenance-windows are not installed for python3',
    });
    await expect(tools().checkPython(python.replace('):', ')'), [program])).resolves.toEqual({ problem: expect.stringContaining('SyntaxError') });
  });

  test('needs its tools', () => {
    expect(tools().missingForRun()).toBeUndefined();
  });
});

test.each<[string, string, unknown, string[]]>([
  ['a file that is missing', 'x.json', undefined, ['import', 'gone.json']],
  ['a broken file', 'broken.yaml', 'Resources: [', ['import', 'broken.yaml', '--output', 'never.ts']],
  ['an unknown option', 'x.json', {}, ['import', '--colour']],
  ['an unknown command', 'x.json', {}, ['export']],
  ['no region', 'x.json', {}, ['import', '--all']],
])('%s gives one line, the exit code 1, and no file', async (_, name, content, args) => {
  if (content !== undefined) {
    write(name, content);
  }
  const { code, stdout, stderr } = await cli.run(args, { AWS_REGION: '', AWS_DEFAULT_REGION: '', AWS_CONFIG_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' });
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(1);
  expect(fs.existsSync(cli.file('never.ts'))).toBe(false);
});
