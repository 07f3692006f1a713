import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import * as ts from 'typescript';

/*
 * Draws the layers of the library from what its files import: `npx ts-node -T -P tsconfig.json scripts/architecture-picture.ts`.
 */

const ROOT = resolve(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'architecture.md');
const PICTURE = /```mermaid\n[^]*?```/;

interface Layer {
  readonly title: string;
  /** The files of the source folder that it holds, if no layer before has them. */
  readonly files: RegExp;
}

const LAYERS: Readonly<Record<string, Layer>> = {
  cli: { title: 'cli: the command line', files: /^cli\// },
  forecast: { title: 'forecast: openings of synthesized templates', files: /^forecast\// },
  importer: { title: 'importer: existing windows to code', files: /^importer\// },
  handlers: { title: 'handlers: code that runs in Lambda', files: /^handlers\// },
  schedule: { title: 'private/schedule: the schedule engine', files: /^private\/schedule\// },
  documents: { title: 'private/documents: what documents declare', files: /^private\/documents\// },
  private: { title: 'private: checks, roles, events', files: /^private\// },
  public: { title: 'public constructs and value classes', files: /^[^/]+\.ts$/ },
};

const PACKAGES: [layer: string, title: string, name: RegExp][] = [
  ['cdk', 'aws-cdk-lib, constructs', /^(aws-cdk-lib|constructs)(\/|$)/],
  ['croner', 'croner', /^croner$/],
  ['sdk', 'AWS SDK', /^@aws-sdk\//],
];

/** A line of the picture: what one layer has to do with another. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'values' | 'types' | 'asset';
}

function layerOf(file: string): string {
  const layer = Object.entries(LAYERS).find(([, { files }]) => files.test(file));
  if (!layer) { throw new Error(`src/${file} is in no layer, add one to ${relative(ROOT, __filename)}`); }
  return layer[0];
}

function targetOf(file: string, module: string): string | undefined {
  return module.startsWith('.')
    ? layerOf(relative('src', join('src', dirname(file), module)).split(sep).join('/').concat('.ts'))
    : PACKAGES.find(([, , name]) => name.test(module))?.[0];
}

/** What a file imports and exports from elsewhere, and which assets it names. */
function edgesOf(file: string, text: string): Edge[] {
  const from = layerOf(file);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const imports = source.statements.flatMap((statement): Edge[] => {
    if (!(ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) || !statement.moduleSpecifier) { return []; }
    const to = targetOf(file, (statement.moduleSpecifier as ts.StringLiteral).text);
    const kind = /^(import|export) type\b/.test(statement.getText(source)) ? 'types' : 'values';
    return to === undefined || to === from ? [] : [{ from, to, kind }];
  });
  const assets = [...text.matchAll(/'assets', '(\w+)'/g)].map(([, to]): Edge => ({ from, to, kind: 'asset' }));
  return [...imports, ...assets];
}

const ARROWS = { values: '-->', types: '-. types .->', asset: '-. bundled asset .->' };

/** The picture as the page holds it. A layer that uses values of another is not said to use its types, too. */
export function layerPicture(): string {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf-8' }).map((name) => name.split(sep).join('/')).filter((name) => name.endsWith('.ts'));
  const edges = files.flatMap((file) => edgesOf(file, readFileSync(join(ROOT, 'src', file), 'utf-8')));
  const kindsOf = (from: string, to: string) => new Set(edges.filter((edge) => edge.from === from && edge.to === to).map(({ kind }) => kind));
  const titles = [...Object.entries(LAYERS).map(([id, { title }]) => [id, title]), ...PACKAGES.map(([id, title]) => [id, title])];
  const ids = titles.map(([id]) => id);
  const lines = ids.flatMap((from) => ids.flatMap((to) => {
    const kinds = kindsOf(from, to);
    return [...kinds].filter((kind) => kind !== 'types' || !kinds.has('values')).sort().map((kind) => `  ${from} ${ARROWS[kind]} ${to}`);
  }));
  return ['```mermaid', 'flowchart TD', ...titles.map(([id, title]) => `  ${id}["${title}"]`), ...lines, '```'].join('\n');
}

/** The page with the picture as it should be. */
export function pageWithPicture(page: string): string {
  if (!PICTURE.test(page)) { throw new Error('docs/architecture.md has no picture to put another in its place'); }
  return page.replace(PICTURE, () => layerPicture());
}

if (require.main === module) { writeFileSync(PAGE, pageWithPicture(readFileSync(PAGE, 'utf-8'))); }
