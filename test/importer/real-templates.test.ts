import * as path from 'node:path';
import * as ts from 'typescript';
import { REAL_FILES, realModel } from './real-templates';
import { sourceOf, synthesize } from './run-program';
import { compare } from '../../src/importer/verify/compare';
import { buildProgram } from '../../src/importer/write/program';

/** What a reader notices in each file, and the importer must say. */
const NOTICED: { readonly [file: string]: string[] } = {
  '01': ['no time zone', 'service-linked role'],
  '02': ['no RebootOption'],
  '04': ['opens again after 1 minute', 'another task of the window has the same name', 'the parameters are in TaskParameters, which is deprecated', 'may also be assumed by ec2.amazonaws.com'],
  '08': ['must hold "Operation"', "'documentHash' should be omitted", "'NotificationConfig' needs ServiceRoleArn beside it"],
  '11': ['may also be assumed by ec2.amazonaws.com'],
  '13': [],
  '14': ["'MaxConcurrency' must be left out of TaskInvocationParameters", "'DependsOn' must be left out"],
  '15': ['refers to MaintenanceWindow, which the template does not have'],
  '16': ["'WindowId' must be the ID of a window", "'ServiceRoleArn' must be the ARN of a role"],
  '17': ["'TaskArn' must be the ARN of a state machine and not its name"],
  '18': ["'TaskArn' must be the ARN of a state machine and not its name", 'an instance id has "i-" and 8 or 17'],
  '19': ['only functions whose name starts with "SSM"', 'ClientContext is not Base64'],
  '21': ["'WindowId' must be the ID of a window"],
  '22': ["'WindowId' must be the ID of a window", 'an instance id has "i-" and 8 or 17'],
  '23': ['the list form of a task does not tell them'],
  '24': ['ClientContext is not Base64'],
  '25': ["'TaskArn' must be the ARN of a state machine and not its name"],
};

describe.each(REAL_FILES)('%s', name => {
  const model = realModel(name);
  const program = buildProgram(model);
  const source = sourceOf(program);

  test('becomes this program', () => {
    expect(source).toMatchSnapshot();
  });

  test('comes back whole', () => {
    expect(compare(model, program, synthesize(source))).toEqual([]);
  });

  test('has its mistakes named', () => {
    const said = [
      ...program.remarks.map(({ message }) => message),
      ...[...program.mistakes.values()].flat(),
      ...program.notCarried.map(({ reason }) => reason),
    ];
    for (const notice of NOTICED[name.slice(0, 2)]) {
      expect(said).toContainEqual(expect.stringContaining(notice));
    }
  });

  test('has the mistakes that need L1 constructs in the comments of these', () => {
    const comments = source.split('\n').filter(line => line.trimStart().startsWith('//')).join(' ').replace(/\s*\/\/\s*/g, ' ');
    for (const mistake of [...program.mistakes.values()].flat()) {
      expect(comments).toContain(mistake);
    }
  });
});

test('the programs of all files compile', () => {
  // GIVEN
  const root = path.join(__dirname, '..', '..');
  const files = new Map(REAL_FILES.map((name, index) => [path.join(__dirname, `program-${index}.ts`), sourceOf(buildProgram(realModel(name)))]));
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    experimentalDecorators: true,
    types: ['node'],
    paths: { 'cdk-ssm-maintenance-windows': [path.join(root, 'src', 'index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = files.get(path.normalize(file));
    return text === undefined ? getSourceFile.call(host, file, languageVersion, ...rest) : ts.createSourceFile(file, text, languageVersion);
  };
  host.fileExists = file => files.has(path.normalize(file)) || fileExists.call(host, file);
  host.readFile = file => files.get(path.normalize(file)) ?? readFile.call(host, file);

  // WHEN
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap(file => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));

  // THEN
  expect(problems.map(({ messageText, file, start }) => `${file?.fileName}:${start}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([]);
});
