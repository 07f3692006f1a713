import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { filesBelow, ROOT } from './project';
import { layerOf, LAYERS } from '../../projenrc/layers';
import { layerEdges, pageWithLayers } from '../../scripts/architecture-picture';

const FOLDERS = Object.keys(LAYERS);

test('shows the layers in docs/architecture.md as the files import them', () => {
  const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf-8');

  // after a change that is meant: npx ts-node -T -P tsconfig.json scripts/architecture-picture.ts
  expect(page).toBe(pageWithLayers(page));
});

test('lets a folder use only folders that stand before it in the table', () => {
  for (const [index, folder] of FOLDERS.entries()) {
    expect(FOLDERS.slice(0, index)).toEqual(expect.arrayContaining([...LAYERS[folder].uses]));
  }
});

test('finds no two folders that use each other, by values or by types', () => {
  const imports = layerEdges().filter(({ kind, to }) => kind === 'import' && FOLDERS.includes(to));

  expect(imports.length).toBeGreaterThan(30);
  for (const { from, to } of imports) {
    expect({ from, uses: LAYERS[from].uses }).toEqual({ from, uses: expect.arrayContaining([to]) });
  }
});

test('names no folder that is not used, and none that does not exist', () => {
  const edges = layerEdges();
  const unused = FOLDERS.flatMap((folder) => LAYERS[folder].uses.filter((used) => !edges.some(({ from, to }) => from === folder && to === used))
    .map((used) => `${folder} may use ${used}`));

  expect(unused).toEqual([]);
});

test.each([
  ['schedule/engine/grammar.ts', 'schedule/engine'],
  ['schedule/preview.ts', 'schedule'],
  ['cli/commands/diff.ts', 'cli'],
  ['index.ts', undefined],
])('finds the row of %s', (file, layer) => {
  expect(layerOf(file)).toBe(layer);
});

/** The files of src that a file imports, by values or by types. */
function importsOf(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf-8').matchAll(/^(?:import|export) [^;]*? from '(\.[^']*)';/gm)].map(([, module]) => `${posix.join(posix.dirname(file), module)}.ts`);
}

/** What a file reaches by its imports. */
function reachedFrom(file: string, imports: ReadonlyMap<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...imports.get(file)!];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!reached.has(next)) {
      reached.add(next);
      waiting.push(...imports.get(next) ?? []);
    }
  }
  return reached;
}

test('finds no circle of files, by values or by types', () => {
  const imports = new Map(filesBelow('src').filter((file) => file.endsWith('.ts')).map((file) => [file, importsOf(file)]));

  expect([...imports.values()].flat().length).toBeGreaterThan(400);
  expect([...imports.keys()].filter((file) => reachedFrom(file, imports).has(file))).toEqual([]);
});
