import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as Ts from 'typescript';
import { CliError } from './cli-error';
import type { Json } from '../importer/json';
import { entityAtLine } from '../importer/write/print-typescript';
import type { Program } from '../importer/write/program';

/** What running a program gives: a template, or what the constructs refuse. */
export interface Synthesis {
  readonly template?: Json;
  /** The template of the second pass, if the program has alarms. */
  readonly templateWithAlarms?: Json;
  readonly refusal?: {
    /** The entity whose code fails, if it can be told. */
    readonly key?: string;
    readonly message: string;
  };
}

/** Tools of the user's project that work on a program. */
export interface Tools {
  /** Why a program cannot be checked, or undefined if it can. */
  missingForCheck(): string | undefined;
  /** Compiles and runs a program. */
  synthesize(program: Program, source: string): Promise<Synthesis>;
  /** Translates a program to another language. */
  translate(source: string, language: string): Promise<string>;
}

const OWN_PACKAGE = 'cdk-ssm-maintenance-windows';
/** The last version that other programs can call. */
const LAST_TYPESCRIPT = 6;
const STACK_PATH = 'Imported';

/** Runs the stack of a compiled program and writes its templates to standard output. */
const RUNNER = `
const { App, DefaultStackSynthesizer } = require('aws-cdk-lib');
const [StackOfProgram] = Object.values(require('./program.js'));
const synthesize = props => {
  const app = new App({ analyticsReporting: false });
  new StackOfProgram(app, '${STACK_PATH}', { ...props, synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  return app.synth().stacks.find(stack => stack.hierarchicalId === '${STACK_PATH}').template;
};
let result;
try {
  result = { template: synthesize({}), ...process.argv[2] === 'alarms' && { templateWithAlarms: synthesize({ alarms: true }) } };
} catch (error) {
  result = { error: { message: String(error.message), stack: String(error.stack) } };
}
require('fs').writeFileSync('result.json', JSON.stringify(result));
`;

/** The tools that are installed in the current folder or beside this package. */
export class ToolsOfPackage implements Tools {
  constructor(private readonly root: string = packageRoot()) {}

  public missingForCheck(): string | undefined {
    const missing = ['typescript', 'aws-cdk-lib', 'constructs'].filter(name => this.folderOf(name) === undefined);
    if (missing.length > 0) {
      return `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed here`;
    }
    const { version } = JSON.parse(fs.readFileSync(path.join(this.folderOf('typescript')!, 'package.json'), 'utf8')) as { readonly version: string };
    return Number(version.split('.')[0]) > LAST_TYPESCRIPT ? `typescript ${version} has no programming interface, install typescript@${LAST_TYPESCRIPT}` : undefined;
  }

  public async synthesize(program: Program, source: string): Promise<Synthesis> {
    return this.inWorkspace(source, async folder => {
      compile(folder, this.folderOf('typescript')!);
      fs.writeFileSync(path.join(folder, 'run.js'), RUNNER);
      const failure = await runNode(folder, ['--enable-source-maps', 'run.js', ...program.hasAlarms ? ['alarms'] : []]);
      const resultFile = path.join(folder, 'result.json');
      if (!fs.existsSync(resultFile)) {
        throw new CliError(`the program cannot be run: ${failure ?? 'it gave no result'}`);
      }
      const { error, ...result } = JSON.parse(fs.readFileSync(resultFile, 'utf8')) as Synthesis & { readonly error?: { message: string; stack: string } };
      return error ? { refusal: { key: entityOf(error, program), message: firstProblem(error.message) } } : result;
    });
  }

  public async translate(source: string, language: string): Promise<string> {
    const rosetta = this.folderOf('jsii-rosetta');
    if (rosetta === undefined) {
      throw new CliError(`--language ${language} needs jsii-rosetta, install it by npm install --save-dev jsii-rosetta`);
    }
    return this.inWorkspace(source, async folder => {
      const outputFile = path.join(folder, 'translated');
      const failure = await runNode(folder, [path.join(rosetta, 'bin', 'jsii-rosetta'), 'snippet', 'program.ts', '--language', language], outputFile);
      const text = fs.existsSync(outputFile) ? fs.readFileSync(outputFile, 'utf8') : '';
      if (failure !== undefined || text.trim() === '') {
        throw new CliError(`jsii-rosetta cannot translate the program to ${language}: ${failure ?? 'it gave no result'}`);
      }
      return text;
    });
  }

  /** The folder of a package, as this package or the current folder sees it. */
  private folderOf(name: string): string | undefined {
    const places = [this.root, process.cwd()];
    const folders = places.flatMap(place => (createRequire(path.join(place, 'package.json')).resolve.paths(name) ?? []).map(folder => path.join(folder, name)));
    return folders.find(folder => fs.existsSync(path.join(folder, 'package.json')));
  }

  /** Works on a program in a folder of its own, which sees this package and the user's CDK. */
  private async inWorkspace<T>(source: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssm-windows-'));
    try {
      fs.writeFileSync(path.join(folder, 'program.ts'), source);
      fs.mkdirSync(path.join(folder, 'node_modules'));
      for (const [name, target] of [[OWN_PACKAGE, this.root], ...['aws-cdk-lib', 'constructs'].map(other => [other, this.folderOf(other)])]) {
        if (name !== undefined && target !== undefined) {
          fs.symlinkSync(target, path.join(folder, 'node_modules', name), 'junction');
        }
      }
      return await work(folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** The folder of this package, which is above the compiled files and above the bundle. */
function packageRoot(): string {
  let folder = __dirname;
  while (!isOwnRoot(folder) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

function isOwnRoot(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return fs.existsSync(file) && (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly name?: string }).name === OWN_PACKAGE;
}

function compile(folder: string, compiler: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the compiler is the user's and may be missing
  const ts = require(compiler) as typeof Ts;
  const file = path.join(folder, 'program.ts');
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    inlineSourceMap: true,
    types: [],
    // of the package itself programs use the core only, whose types load much faster
    paths: { 'aws-cdk-lib': [path.join(folder, 'node_modules', 'aws-cdk-lib', 'core', 'index.d.ts')] },
  });
  const [problem] = ts.getPreEmitDiagnostics(program);
  if (problem) {
    const line = problem.file && problem.start !== undefined ? problem.file.getLineAndCharacterOfPosition(problem.start).line + 1 : 1;
    throw new CliError(`the program does not compile: line ${line}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}; --no-check writes it nevertheless`);
  }
  program.emit();
}

/** Runs Node in the workspace; a failure is the last line that it says. */
async function runNode(folder: string, args: string[], outputFile?: string): Promise<string | undefined> {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const env = { ...environment, CDK_VALIDATION: 'false', CDK_OUTDIR: path.join(folder, 'cdk.out'), JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return new Promise(resolve => {
    execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (outputFile !== undefined && !error) {
        fs.writeFileSync(outputFile, stdout);
      }
      resolve(error ? stderr.trim().split('\n').pop() ?? error.message.split('\n')[0] : undefined);
    });
  });
}

/** Errors of constructs end with a path; those of value classes tell the line only. */
function entityOf({ message, stack }: { readonly message: string; readonly stack: string }, program: Program): string | undefined {
  const constructPath = new RegExp(`(?:\\(at |\\[)${STACK_PATH}/([^)\\]]+)[)\\]]`).exec(message)?.[1];
  const byPath = [...program.paths].find(([, known]) => constructPath === known || constructPath === `${known}/Resource`);
  const line = /program\.ts:(\d+)/.exec(stack)?.[1];
  return byPath?.[0] ?? (line === undefined ? undefined : entityAtLine(program, Number(line)));
}

/** The first problem of a message, without the path of its construct. */
function firstProblem(message: string): string {
  const lines = message.split('\n').filter(line => line.trim() !== '' && !/^Validation failed/.test(line));
  return (lines[0] ?? message).trim().replace(/^\[[^\]]*\] /, '').replace(/ \(at [^)]*\)$/, '');
}
