import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import * as ts from 'typescript';
import { layerOf, LAYERS, PACKAGES } from '../projenrc/layers';

/*
 * Writes what docs/architecture.md shows of the layers: `npx ts-node -T -P tsconfig.json scripts/architecture-picture.ts`.
 *
 * The table is that of projenrc/layers.ts, which the lint rules are made of. The picture shows what files really import.
 */

const ROOT = resolve(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'architecture.md');

/** The places of the page, each between two comments that name it. */
const PLACES = { picture: layerPicture, table: layerTable };

/** A line of the picture: one layer imports from another, or from a package. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'import' | 'asset';
}

function sourceFiles(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf-8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts' && !/^\w+\/index\.ts$/.test(name));
}

function layerOfFile(file: string): string {
  const layer = layerOf(file);
  if (!layer) { throw new Error(`src/${file} is in no layer, add one to projenrc/layers.ts`); }
  return layer;
}

function targetOf(file: string, module: string): string | undefined {
  return module.startsWith('.')
    ? layerOfFile(`${join(dirname(file), module).split(sep).join('/')}.ts`)
    : Object.entries(PACKAGES).find(([, { modules, drawn }]) => drawn && modules.test(module))?.[0];
}

/** What a file imports and exports from elsewhere, by values or by types, and which asset it names. */
function edgesOf(file: string): Edge[] {
  const from = layerOfFile(file);
  const text = readFileSync(join(ROOT, 'src', file), 'utf-8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const imports = source.statements.flatMap((statement): Edge[] => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier) { return []; }
    const to = targetOf(file, (statement.moduleSpecifier as ts.StringLiteral).text);
    return to === undefined || to === from ? [] : [{ from, to, kind: 'import' }];
  });
  const assets = [...text.matchAll(/'assets', '(\w+)', '(\w+)'/g)].map(([, ...folders]): Edge => ({ from, to: folders.join('/'), kind: 'asset' }));
  return [...imports, ...assets];
}

/** Which layer imports from which, each pair once. */
export function layerEdges(): Edge[] {
  const edges = sourceFiles().flatMap(edgesOf);
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to} ${edge.kind}`, edge])).values()];
}

const ARROWS = { import: '-->', asset: '-. bundled asset .->' };

function idOf(name: string): string {
  return name.replace(/\W/g, '_');
}

function layerPicture(): string {
  const names = [...Object.keys(LAYERS).reverse(), ...Object.keys(PACKAGES)];
  const drawn = Object.entries(PACKAGES).filter(([, { drawn: shown }]) => shown);
  const place = ({ from, to }: Edge) => names.indexOf(from) * names.length + names.indexOf(to);
  return [
    '```mermaid',
    'flowchart TD',
    ...Object.keys(LAYERS).reverse().map((layer) => `  ${idOf(layer)}["${layer}"]`),
    ...drawn.map(([id, { title }]) => `  ${id}(["${title}"])`),
    ...layerEdges().sort((a, b) => place(a) - place(b)).map(({ from, to, kind }) => `  ${idOf(from)} ${ARROWS[kind]} ${idOf(to)}`),
    '```',
  ].join('\n');
}

function layerTable(): string {
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');
  const rows = Object.entries(LAYERS).reverse().map(([layer, { holds, uses, packages, because }]) =>
    `| \`src/${layer}\` | ${holds} | ${[code(uses), packages.map((name) => PACKAGES[name].title).join(', ')].filter(Boolean).join('; ') || 'nothing'} | ${because} |`);
  return ['| folder | holds | may import | because |', '|---|---|---|---|', ...rows].join('\n');
}

/** The page with the picture and the table as they should be. */
export function pageWithLayers(page: string): string {
  return Object.entries(PLACES).reduce((text, [name, write]) => {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(\\n<!-- end of ${name} -->)`);
    if (!place.test(text)) { throw new Error(`docs/architecture.md has no place for the ${name}`); }
    return text.replace(place, (_, begin, end) => `${begin}${write()}${end}`);
  }, page);
}

if (require.main === module) { writeFileSync(PAGE, pageWithLayers(readFileSync(PAGE, 'utf-8'))); }
