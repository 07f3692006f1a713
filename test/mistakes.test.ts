import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';
import { testStack, warningsOf } from './support/app';
import { MISTAKES } from './support/mistakes';
import type { Mistake } from './support/mistakes';

const ROWS = Object.entries(MISTAKES);
const having = <K extends keyof Mistake>(key: K) => ROWS.filter(([, mistake]) => mistake[key] !== undefined)
  .map(([number, mistake]) => [`${number}, ${mistake.name}`, mistake as Mistake & Required<Pick<Mistake, K>>] as const);

test('every mistake has an outcome', () => {
  expect(ROWS.length).toBeGreaterThan(40);
  for (const [, mistake] of ROWS) {
    expect([mistake.error, mistake.warning, mistake.renders, mistake.code].filter(outcome => outcome !== undefined)).not.toEqual([]);
  }
});

test.each(having('error'))('fails at mistake %s', (_name, { make, error }) => {
  // GIVEN
  const stack = testStack();
  const synthesize = () => {
    make!(stack);
    (stack.node.root as App).synth();
  };

  // THEN
  expect(synthesize).toThrow(error.startsWith('[') ? error : new Error(error));
});

test.each(having('warning'))('mistake %s is warned about', (_name, { make, warning }) => {
  // GIVEN
  const stack = testStack();

  // WHEN
  make!(stack);

  // THEN
  Template.fromStack(stack);
  expect(warningsOf(stack)).toContainEqual(warning);
});

test.each(having('renders'))('mistake %s is put right', (_name, { make, renders }) => {
  // GIVEN
  const stack = testStack();

  // WHEN
  make!(stack);

  // THEN
  renders(Template.fromStack(stack));
});

describe('code that does not compile', () => {
  const rows = having('code');
  const lines = [
    'import {',
    '  DocumentVersion, MaintenanceWindow, RunCommandDocument, TargetResourceType, TargetSelector, TaskTargets,',
    "} from '../src';",
    "import type { IFunction } from 'aws-cdk-lib/aws-lambda';",
    'declare const window: MaintenanceWindow;',
    'declare const lambdaFunction: IFunction;',
    "window.addLambdaTask('Task', { lambdaFunction });",
    "TargetSelector.of(TargetResourceType.INSTANCE, { InstanceIds: ['i-01234567'] });",
    "window.addRunCommandTask('Task', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds('i-01234567') });",
    'void DocumentVersion.LATEST;',
    ...rows.map(([, { code }]) => `${code};`),
  ];
  const first = lines.length - rows.length;
  let findings: readonly { readonly line: number; readonly text: string }[];

  beforeAll(() => {
    const file = join(__dirname, 'mistakes-that-do-not-compile.ts');
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      types: ['node'],
      moduleResolution: ts.ModuleResolutionKind.Node10,
      ignoreDeprecations: '6.0',
      esModuleInterop: true,
      resolveJsonModule: true,
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = name => name === file || fileExists(name);
    host.getSourceFile = (name, ...rest) => name === file
      ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ES2022) : getSourceFile.call(host, name, ...rest);
    const program = ts.createProgram([file], options, host);
    const source = program.getSourceFile(file)!;
    findings = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => ({
      line: source.getLineAndCharacterOfPosition(start!).line,
      text: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
  });

  test('compiles without the mistakes', () => {
    expect(findings.filter(({ line }) => line < first)).toEqual([]);
  });

  test.each(rows)('mistake %s cannot be written', (name, { compilerSays }) => {
    const line = first + rows.findIndex(([row]) => row === name);
    expect(findings.filter(finding => finding.line === line)).toEqual([{ line, text: expect.stringContaining(compilerSays!) }]);
  });
});
