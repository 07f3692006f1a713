import * as fs from 'node:fs';
import { FakeIo } from './fake-io';
import { importCommandWith } from '../../src/cli/commands/import';
import type { OutputFile } from '../../src/cli/io';
import type { TextCheck } from '../../src/cli/text-check';
import type { Synthesis, Tools } from '../../src/cli/tools';
import type { LiveOptions } from '../../src/cli/window-source';
import type { JsonObject } from '../../src/importer/json';
import { modelOfRecords } from '../../src/importer/read/parse-api';
import { printTypeScript } from '../../src/importer/write/print-typescript';
import type { PrintedFile } from '../../src/importer/write/printed-file';
import type { Program } from '../../src/importer/write/program';
import { realFile } from '../importer/real-templates';
import { synthesize } from '../importer/run-program';

const WINDOW_ID = 'mw-0123456789abcdef0';
const TASK_ID = '66666666-7777-8888-9999-000000000000';
const WINDOW = { WindowId: WINDOW_ID, Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const TASK = {
  WindowId: WINDOW_ID,
  WindowTaskId: TASK_ID,
  TaskType: 'AUTOMATION',
  TaskArn: 'MyRunbook',
  Name: 'report',
  Priority: 1,
  ServiceRoleArn: 'arn:aws:iam::123456789012:role/Tasks',
};
const TEMPLATE = 'Resources:\n  Window:\n    Type: AWS::SSM::MaintenanceWindow\n'
  + '    Properties: {Name: patching, Schedule: rate(7 days), Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false}\n';

/** Runs programs in this process. */
class TestTools implements Tools {
  missing?: string;
  readonly texts: string[] = [];
  said: TextCheck = {};

  public missingForRun(): string | undefined {
    return this.missing;
  }

  public async synthesize(_: PrintedFile, programs: readonly Program[]): Promise<Synthesis> {
    return { stacks: programs.map(program => ({ template: synthesize(printTypeScript([program]).text) })) };
  }

  public async checkTypes(text: string): Promise<TextCheck> {
    this.texts.push(text);
    return this.said;
  }

  public async checkPython(text: string): Promise<TextCheck> {
    this.texts.push(text);
    return this.said;
  }
}

function setUp(files: { readonly [name: string]: unknown } = {}) {
  const io = new FakeIo(new Map(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? content : JSON.stringify(content)])));
  const tools = new TestTools();
  const opened: LiveOptions[] = [];
  const live = { contents: [WINDOW] as JsonObject[], kept: [] as OutputFile[] };
  const command = importCommandWith({
    tools,
    openSource: options => {
      opened.push(options);
      return {
        read: async (progress, keep) => {
          progress('reading');
          keep(live.kept);
          return modelOfRecords('the account, eu-central-1', live.contents.map(content => ({ name: 'live', content })));
        },
      };
    },
  });
  return { io, tools, opened, live, run: async (...args: string[]) => command.run(args, io) };
}

describe('output', () => {
  test('is printed when no file is named', async () => {
    const { io, run } = setUp({ 'a.yaml': TEMPLATE });
    await expect(run('a.yaml')).resolves.toBe(0);
    expect(io.printed).toContain('export class AStack extends Stack {');
    expect([...io.files.keys()]).toEqual(['a.yaml']);
  });

  test('is written to the file that is named', async () => {
    const { io, run } = setUp({ 'a.yaml': TEMPLATE });
    await expect(run('a.yaml', '--output', 'stack.ts')).resolves.toBe(0);
    expect(io.files.get('stack.ts')).toContain('export class AStack extends Stack {');
    expect(io.printed).toBe('');
    expect(io.reports).toContain('imported 1 window, 0 targets and 0 tasks into stack.ts');
  });

  test('is written in Python', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    await expect(run('a.yaml', '--language', 'python')).resolves.toBe(0);
    expect(io.printed).toContain('class AStack(Stack):');
    expect(tools.texts).toEqual([io.printed]);
  });

  test('is not proven when Python cannot run it', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.said = { unchecked: 'python3 is not installed here' };
    await expect(run('a.yaml', '--language', 'python')).resolves.toBe(2);
    expect(io.reports).toContain('not proven: the text in Python: python3 is not installed here');
  });

  test('is proven without a compiler for its types, which is said', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.said = { unchecked: 'typescript is not installed here' };
    await expect(run('a.yaml')).resolves.toBe(0);
    expect(io.reports).toContain('note: the types are not checked: typescript is not installed here');
  });

  test('ends with the commands to run now', async () => {
    const { io, live, run } = setUp();
    live.contents = [WINDOW, { ...TASK, AlarmConfiguration: { Alarms: [{ Name: 'errors' }] } }];
    await run('--all', '--output', 'stack.ts', '--import-map', 'map.json');
    expect(io.reports.slice(-5)).toEqual([
      'imported 1 window, 0 targets and 1 task into stack.ts',
      "next: new PatchingStack(app, 'PatchingStack') in your app",
      'next: npx cdk import PatchingStack --resource-mapping map.json',
      'next: set customResources: true, then npx cdk deploy PatchingStack',
      'next: npx cdk diff PatchingStack',
    ]);
  });

  test('goes into a folder that is there', async () => {
    const { run } = setUp({ 'a.yaml': TEMPLATE });
    await expect(run('a.yaml', '--output', 'missing/stack.ts')).rejects.toThrow('cannot write missing/stack.ts: no such file or folder');
  });

  test('replaces a file with --force only', async () => {
    const { io, run } = setUp({ 'a.yaml': TEMPLATE, 'stack.ts': 'old' });
    await expect(run('a.yaml', '--output', 'stack.ts')).rejects.toThrow('stack.ts exists already, give --force to overwrite it');
    expect(io.files.get('stack.ts')).toBe('old');
    await expect(run('a.yaml', '--output', 'stack.ts', '--force')).resolves.toBe(0);
    expect(io.files.get('stack.ts')).not.toBe('old');
  });
});

describe('sources', () => {
  test('a folder of API output', async () => {
    const { io, run } = setUp({ 'export/window.json': WINDOW, 'export/task.json': TASK, 'export/notes.txt': 'no JSON' });
    await expect(run('export')).resolves.toBe(0);
    expect(io.printed).toContain("patching.addAutomationTask('Report', {");
  });

  test('several files of API output', async () => {
    const { io, run } = setUp({ 'window.json': WINDOW, 'task.json': TASK });
    await expect(run('window.json', 'task.json')).resolves.toBe(0);
    expect(io.reports).toContain('imported 1 window, 0 targets and 1 task');
  });

  test('an account', async () => {
    const { io, opened, run } = setUp();
    await expect(run('--all', '--region', 'eu-central-1', '--profile', 'ops', '--filter', 'TaskType=LAMBDA', '--filter', 'TaskType=AUTOMATION', '--filter', 'Priority=1'))
      .resolves.toBe(0);
    expect(opened).toEqual([{
      region: 'eu-central-1',
      profile: 'ops',
      windowIds: undefined,
      filters: [{ Key: 'TaskType', Values: ['LAMBDA', 'AUTOMATION'] }, { Key: 'Priority', Values: ['1'] }],
    }]);
    expect(io.progresses).toContain('reading');
    expect(io.progresses.at(-1)).toBe('');
    expect(io.printed).toContain('export class PatchingStack extends Stack {');
  });

  test('some windows of an account', async () => {
    const { opened, run } = setUp();
    await run('--window-id', WINDOW_ID, '--window-id', 'mw-11111111111111111');
    expect(opened[0].windowIds).toEqual([WINDOW_ID, 'mw-11111111111111111']);
  });
});

describe('import map', () => {
  test('tells a window by its id, a task by the ids of the window and the task', async () => {
    const { io, live, run } = setUp();
    live.contents = [WINDOW, { ...TASK }];
    await expect(run('--all', '--import-map', 'map.json')).resolves.toBe(0);
    const template = synthesize(io.printed) as { Resources: { [id: string]: JsonObject } };
    const idOf = (type: string) => Object.keys(template.Resources).find(id => template.Resources[id].Type === type)!;
    expect(JSON.parse(io.files.get('map.json')!)).toEqual({
      [idOf('AWS::SSM::MaintenanceWindow')]: { WindowId: WINDOW_ID },
      [idOf('AWS::SSM::MaintenanceWindowTask')]: { WindowId: WINDOW_ID, WindowTaskId: TASK_ID },
    });
  });

  test('warns about what has no id', async () => {
    const { io, run } = setUp({ 'window.json': WINDOW, 'task.json': { ...TASK, WindowTaskId: undefined } });
    await run('window.json', 'task.json', '--import-map', 'map.json');
    expect(io.reports).toContain('warning: task.json: not in the import map, its id is not known');
  });

  test('fails when no id is known', async () => {
    const { io, run } = setUp({ 'a.yaml': TEMPLATE });
    await expect(run('a.yaml', '--output', 'stack.ts', '--import-map', 'map.json')).rejects.toThrow(
      '--import-map needs the ids of the resources, which a.yaml does not have, read the account by --window-id or --all');
    expect([...io.files.keys()]).toEqual(['a.yaml']);
  });
});

describe('check', () => {
  test('what the constructs refuse is made by an L1 construct that names the reason', async () => {
    // GIVEN
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    const { synthesize: succeed } = tools;
    let rounds = 0;
    tools.synthesize = async (file, programs) => rounds++ === 0
      ? { refusal: { key: 'Window', message: "'schedule' must be something else" } } : succeed.call(tools, file, programs);

    // WHEN
    await expect(run('a.yaml')).resolves.toBe(0);

    // THEN
    expect(rounds).toBe(2);
    expect(io.printed).toContain("// 'schedule' must be something else\n    new ssm.CfnMaintenanceWindow(this, 'Window', {");
    expect(io.reports).toContain("warning: a.yaml, Resources.Window: 'schedule' must be something else; generated as an L1 construct");
  });

  test.each([
    ['cannot be told apart', { message: 'no reason' }, 'no reason'],
    ['is refused again as an L1 construct', { key: 'Window', message: 'always' }, 'always'],
  ])('what %s is written and not proven', async (_, refusal, message) => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.synthesize = async () => ({ refusal });
    await expect(run('a.yaml', '--output', 'stack.ts')).resolves.toBe(2);
    expect(io.reports).toContain(`not proven: the program cannot be run: ${message}`);
    expect(io.files.has('stack.ts')).toBe(true);
  });

  test('what renders something else is written, and the differences are told', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    const { synthesize: succeed } = tools;
    tools.synthesize = async (file, programs) => JSON.parse(JSON.stringify(await succeed.call(tools, file, programs)).replace('rate(7 days)', 'rate(8 days)'));
    await expect(run('a.yaml', '--output', 'stack.ts')).resolves.toBe(2);
    expect(io.reports).toContain('difference: a.yaml, Resources.Window: Schedule is "rate(7 days)" in the source and "rate(8 days)" in the program');
    expect(io.files.has('stack.ts')).toBe(true);
  });

  test('what Python renders is compared, too', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.said = { stacks: [{ template: { Resources: {} } }] };
    await expect(run('a.yaml', '--language', 'python')).resolves.toBe(2);
    expect(io.reports.filter(line => line.startsWith('difference: '))).toHaveLength(1);
  });

  test('what does not compile is written and not proven', async () => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.said = { problem: 'line 3: no such name' };
    await expect(run('a.yaml')).resolves.toBe(2);
    expect(io.reports).toContain('not proven: the program has an error: line 3: no such name');
  });

  test.each([
    ['--no-check is given', ['--no-check'], undefined],
    ['aws-cdk-lib is not installed here', [], 'aws-cdk-lib is not installed here'],
  ])('nothing is proven when %s, and that is said', async (reason, args, missing) => {
    const { io, tools, run } = setUp({ 'a.yaml': TEMPLATE });
    tools.missing = missing;
    tools.synthesize = async () => { throw new Error('must not run'); };
    await expect(run('a.yaml', ...args)).resolves.toBe(2);
    expect(io.reports).toContain(`not proven: ${reason}`);
    expect(io.printed).toContain('class AStack');
  });
});

describe('what was read of an account', () => {
  test('is kept in a folder', async () => {
    const { io, live, run } = setUp();
    live.kept = [{ path: 'mw-1.window.json', text: '{}' }];
    await run('--all', '--save', 'kept');
    expect(io.folders).toEqual(['kept']);
    expect(io.files.get('kept/mw-1.window.json')).toBe('{}');
  });

  test('is kept when a later step fails', async () => {
    const { io, live, run } = setUp();
    live.kept = [{ path: 'mw-1.window.json', text: '{}' }];
    live.contents = [];
    await expect(run('--all', '--save', 'kept')).rejects.toThrow('holds no maintenance window, target or task');
    expect(io.files.has('kept/mw-1.window.json')).toBe(true);
  });
});

describe('messages', () => {
  test('lists what is not imported, and exits with 2', async () => {
    const { io, live, run } = setUp();
    live.contents = [{ ...WINDOW, Colour: 'red' }];
    await expect(run('--all')).resolves.toBe(2);
    expect(io.reports).toContain('not carried: live: Colour: not a known member of the API, so there is no property for it');
  });

  test('a value that looks like a secret is warned about without its value', async () => {
    const { io, live, run } = setUp();
    live.contents = [WINDOW, { ...TASK, TaskInvocationParameters: { Automation: { Parameters: { DatabasePassword: ['hunter2hunter2'] } } } }];
    await expect(run('--all')).resolves.toBe(0);
    expect(io.reports.filter(line => line.includes('secret'))).toEqual([
      'warning: live: TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters.DatabasePassword looks like a secret and is written in plain text, '
        + 'keep it in Parameter Store and refer to it by {{ssm:NAME}}',
    ]);
    expect(io.reports.join()).not.toContain('hunter2');
  });

  test('a reference to a secret is not warned about', async () => {
    const { io, live, run } = setUp();
    live.contents = [WINDOW, { ...TASK, TaskInvocationParameters: { Automation: { Parameters: { DatabasePassword: ['{{ssm:/db/password}}'] } } } }];
    await run('--all');
    expect(io.reports.filter(line => line.includes('secret'))).toEqual([]);
  });

  test.each(fs.readdirSync(realFile('.')).filter(name => /^\d/.test(name)))('%s gives lines only', async name => {
    const { io, run } = setUp({ [name]: fs.readFileSync(realFile(name), 'utf8') });
    await run(name);
    expect(io.reports.filter(line => line.includes('\n'))).toEqual([]);
    expect(io.reports.at(-1)).toMatch(/^imported /);
  });
});

describe('fails when', () => {
  test.each<[string, string[], string]>([
    ['nothing is given', [], 'nothing to import, give files, --window-id or --all'],
    ['files and an account are given', ['a.yaml', '--all'], 'specify either files, or --window-id or --all, not both'],
    ['all windows and some are given', ['--all', '--window-id', 'x'], '--window-id and --all cannot be given together, remove one of them'],
    ['files are given with a region', ['a.yaml', '--region', 'x', '--filter', 'TaskType=x'], '--region and --filter can only be given together with --window-id or --all, got files'],
    ['the language is unknown', ['a.yaml', '--language', 'cobol'], '--language must be one of typescript, python, got "cobol"'],
    ['the language is not offered', ['a.yaml', '--language', 'java'],
      '--language must be one of typescript, python, got "java", java is not offered, because nothing here could compile and compare it'],
    ['a filter has no value', ['--all', '--filter', 'TaskType'], '--filter must be KEY=VALUE with a key of TaskType, TaskArn, Priority, WindowTaskId, got "TaskType"'],
    ['a filter has another key', ['--all', '--filter', 'Name=x'], '--filter must be KEY=VALUE with a key of TaskType, TaskArn, Priority, WindowTaskId, got "Name=x"'],
    ['both outputs are one file', ['a.yaml', '--output', 'x', '--import-map', './x'], '--output and --import-map must be two files, got x twice'],
    ['an option is unknown', ['a.yaml', '--colour'], 'unknown option --colour, see --help'],
    ['an option is misspelt', ['a.yaml', '--outptu', 'x'], 'unknown option --outptu, did you mean --output?'],
    ['something is kept of files', ['a.yaml', '--save', 'x'], '--save can only be given together with --window-id or --all, got files'],
    ['a file is missing', ['gone.yaml'], 'cannot read gone.yaml: no such file or folder'],
    ['a folder holds no JSON', ['empty'], 'empty holds no .json files, give the folder into which the AWS CLI\'s output was written'],
    ['a template is among several files', ['a.yaml', 'window.json'], 'a.yaml: is a template, which is imported by itself, got 2 files'],
    ['a template has no resources', ['empty.yaml'], 'empty.yaml, Resources: holds no maintenance window, target or task'],
    ['a template of another name has no resources', ['empty.txt'], 'empty.txt, Resources: holds no maintenance window, target or task'],
    ['YAML is no template', ['other.yaml'], "other.yaml: must be a CloudFormation template with a 'Resources' section"],
    ['the source is broken', ['broken.json'], 'broken.json, line 1, column 2: is not valid JSON, fix the syntax there'],
  ])('%s', async (_, args, message) => {
    const files = {
      'a.yaml': TEMPLATE, 'window.json': WINDOW, 'empty/x.txt': 'x', 'broken.json': '{', 'empty.yaml': 'Resources:\n', 'empty.txt': 'Resources:\n', 'other.yaml': 'a: b\n',
    };
    const { io, run } = setUp(files);
    await expect(run(...args)).rejects.toThrow(message);
    expect([...io.files.keys()]).toEqual(Object.keys(files));
    expect(io.printed).toBe('');
  });
});
