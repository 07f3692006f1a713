import { join } from 'node:path';
import * as ts from 'typescript';
import { blocksOf, PAGES, programOf } from './blocks';
import type { Block } from './blocks';
import { ROOT } from '../package/project';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  experimentalDecorators: true,
  types: ['node'],
  paths: { 'cdk-ssm-maintenance-windows': [join(ROOT, 'src', 'index.ts')] },
};

/** What the compiler says of examples, each message with the place of the example. */
function mistakesIn(blocks: readonly Block[]): string[] {
  const programs = new Map(blocks.map((block, index) => [join(ROOT, 'test', 'docs', `example-${index}.ts`), { block, ...programOf(block) }]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => programs.has(name) || fileExists(name);
  host.readFile = (name) => programs.get(name)?.program ?? readFile(name);
  const compiled = ts.createProgram([...programs.keys()], OPTIONS, host);
  return [...programs].flatMap(([name, { block, linesBefore }]) => {
    const source = compiled.getSourceFile(name)!;
    return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)].map(({ start = 0, messageText }) => {
      const line = source.getLineAndCharacterOfPosition(start).line + 1 - linesBefore;
      return `${block.place}, line ${line} of the example: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}

test('compiles every example of the README and the guides', () => {
  const blocks = PAGES.flatMap(blocksOf);

  expect(blocks.length).toBeGreaterThan(40);
  expect(mistakesIn(blocks)).toEqual([]);
});

test('finds a mistake in an example, with its place', () => {
  expect(mistakesIn([{ place: 'page.md:7', code: '\nwindow.addTarget(1);\n', fixture: 'with-window' }]))
    .toEqual([expect.stringMatching(/^page\.md:7, line 2 of the example: Expected 2 arguments, but got 1/)]);
});

test.each(PAGES)('writes examples in %s that translate to other languages', (page) => {
  for (const { place, code } of blocksOf(page)) {
    expect({ place, spread: /\.\.\.props/.test(code) }).toEqual({ place, spread: false });
    expect({ place, template: /`[^`]*\$\{PseudoParameter/.test(code) }).toEqual({ place, template: false });
    expect({ place, entries: /Object\.entries/.test(code) }).toEqual({ place, entries: false });
    expect({ place, whole: !/new App\(/.test(code) || /\.synth\(\)/.test(code) || /extends Stack/.test(code) }).toEqual({ place, whole: true });
  }
});
