import { App, DefaultStackSynthesizer } from 'aws-cdk-lib';
import type { StackProps, Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import type { Json } from '../../src/importer/json';
import { printTypeScript } from '../../src/importer/write/print-typescript';
import type { Program } from '../../src/importer/write/program';

/** The text of a file with one stack. */
export function sourceOf(program: Program): string {
  return printTypeScript([program]).text;
}

type StackClass = new (scope: App, id: string, props?: StackProps & { readonly customResources?: boolean }) => Stack;

/** Loads the stacks of a generated program; its imports are the checkout's own. */
function loadPrograms(source: string): StackClass[] {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const loaded: { [name: string]: StackClass } = {};
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the program decides at run time what it needs
  const load = (name: string): unknown => require(name === 'cdk-ssm-maintenance-windows' ? '../../src' : name);
  new Function('require', 'exports', outputText)(load, loaded);
  return Object.values(loaded);
}

export function loadProgram(source: string): StackClass {
  return loadPrograms(source)[0];
}

/** The template of the stack that a program defines. */
export function synthesize(source: string, props: { readonly customResources?: boolean } = {}): Json {
  return templateOfStack(loadProgram(source), props);
}

/** The template of each stack of a program. */
export function synthesizeAll(source: string): Json[] {
  return loadPrograms(source).map((StackOfProgram) => templateOfStack(StackOfProgram, {}));
}

function templateOfStack(StackOfProgram: StackClass, props: { readonly customResources?: boolean }): Json {
  const app = new App({ analyticsReporting: false });
  const stack = new StackOfProgram(app, 'Imported', { ...props, synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  return app.synth().getStackByName(stack.stackName).template as Json;
}
