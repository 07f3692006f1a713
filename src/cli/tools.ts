import * as fs from 'node:fs';
import * as path from 'node:path';
import { CliError } from './cli-error';
import { checkPython } from './python-tools';
import type { Rendered, TextCheck } from './text-check';
import { lastLine, Packages, runIn } from './workspace';
import type { PrintedFile } from '../importer/write/printed-file';
import type { Program } from '../importer/write/program';

/** What running a file gives: a template for each of its stacks, or what the constructs refuse. */
export interface Synthesis {
  readonly stacks?: readonly Rendered[];
  readonly refusal?: {
    /** The entity whose code fails, if it can be told. */
    readonly key?: string;
    readonly message: string;
  };
}

/** What works on the stacks of a file before it is written. */
export interface Tools {
  /** Why a file cannot be run, or undefined if it can. */
  missingForRun(): string | undefined;
  /** Runs a file, in the text that is written but without types. */
  synthesize(file: PrintedFile, programs: readonly Program[]): Promise<Synthesis>;
  /** Compiles a file in TypeScript, which runs nothing. */
  checkTypes(text: string): Promise<TextCheck>;
  /** Compiles a file in Python and, where its packages are, runs it. */
  checkPython(text: string, programs: readonly Program[]): Promise<TextCheck>;
}

const STACK_PATH = 'Imported';

/** Runs the stacks of a file and writes their templates. */
const RUNNER = `
const { App, DefaultStackSynthesizer } = require('aws-cdk-lib');
const stacks = Object.values(require('./program.js'));
const synthesize = (StackOfProgram, props) => {
  const app = new App({ analyticsReporting: false });
  new StackOfProgram(app, '${STACK_PATH}', { ...props, synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  return app.synth().stacks.find(stack => stack.hierarchicalId === '${STACK_PATH}').template;
};
let result;
try {
  result = { stacks: stacks.map((stack, index) => ({
    template: synthesize(stack, {}),
    ...process.argv[2 + index] === 'custom' && { templateWithCustomResources: synthesize(stack, { customResources: true }) },
  })) };
} catch (error) {
  result = { error: { message: String(error.message), stack: String(error.stack) } };
}
require('fs').writeFileSync('result.json', JSON.stringify(result));
`;

/** The tools that are installed in the current folder or beside this package. */
export class ToolsOfPackage implements Tools {
  constructor(private readonly packages: Packages = new Packages()) {}

  public missingForRun(): string | undefined {
    const missing = ['aws-cdk-lib', 'constructs'].filter(name => this.packages.folderOf(name) === undefined);
    return missing.length > 0 ? `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed here` : undefined;
  }

  public async synthesize(file: PrintedFile, programs: readonly Program[]): Promise<Synthesis> {
    return this.packages.inWorkspace(PROGRAM_PACKAGES, async folder => {
      fs.writeFileSync(path.join(folder, 'program.js'), file.text);
      fs.writeFileSync(path.join(folder, 'run.js'), RUNNER);
      const outcome = await runIn(folder, process.execPath, ['run.js', ...programs.map(({ hasCustomResources }) => hasCustomResources ? 'custom' : 'plain')]);
      const resultFile = path.join(folder, 'result.json');
      if (!fs.existsSync(resultFile)) {
        throw new CliError(`the program cannot be run: ${lastLine(outcome) || 'it gave no result'}`);
      }
      const { error, ...result } = JSON.parse(fs.readFileSync(resultFile, 'utf8')) as Synthesis & { readonly error?: { message: string; stack: string } };
      return error ? { refusal: { key: entityOf(error, programs, file), message: firstProblem(error.message) } } : result;
    });
  }

  /** Each version of the compiler has this command, the native one has no other interface. */
  public async checkTypes(text: string): Promise<TextCheck> {
    const compiler = this.packages.folderOf('typescript');
    if (compiler === undefined) {
      return { unchecked: 'typescript is not installed here' };
    }
    return this.packages.inWorkspace(PROGRAM_PACKAGES, async folder => {
      fs.writeFileSync(path.join(folder, 'program.ts'), text);
      fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['program.ts'] }));
      const outcome = await runIn(folder, process.execPath, [path.join(compiler, 'bin', 'tsc'), '--project', folder, '--pretty', 'false']);
      const [, line, problem] = /program\.ts\((\d+),\d+\): error TS\d+: (.*)/.exec(outcome.stdout) ?? [];
      return !outcome.failed ? {} : line === undefined ? { unchecked: lastLine(outcome) } : { problem: `line ${line}: ${problem}` };
    });
  }

  public async checkPython(text: string, programs: readonly Program[]): Promise<TextCheck> {
    return checkPython(text, programs, this.packages);
  }
}

const PROGRAM_PACKAGES = ['cdk-ssm-maintenance-windows', 'aws-cdk-lib', 'constructs'];

const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  noUnusedLocals: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  // of the package itself programs use the core only, whose types load much faster
  paths: { 'aws-cdk-lib': ['./node_modules/aws-cdk-lib/core/index.d.ts'] },
};

/** Errors of constructs end with a path; those of value classes tell the line only. */
function entityOf(
  { message, stack }: { readonly message: string; readonly stack: string }, programs: readonly Program[], file: PrintedFile,
): string | undefined {
  const line = /program\.js:(\d+)/.exec(stack)?.[1];
  const ofLine = line === undefined ? undefined : file.entityAtLine(Number(line));
  const constructPath = new RegExp(`(?:\\(at |\\[)${STACK_PATH}/([^)\\]]+)[)\\]]`).exec(message)?.[1];
  const byPath = programs.flatMap(({ paths }) => [...paths]).filter(([, known]) => constructPath === known || constructPath === `${known}/Resource`);
  return byPath.find(([key]) => key === ofLine)?.[0] ?? byPath[0]?.[0] ?? ofLine;
}

/** The first problem of a message, without the path of its construct. */
function firstProblem(message: string): string {
  const lines = message.split('\n').filter(line => line.trim() !== '' && !/^Validation failed/.test(line));
  return (lines[0] ?? message).trim().replace(/^\[[^\]]*\] /, '').replace(/ \(at [^)]*\)$/, '');
}
