import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, filesBelow } from './project';

function packed(): string[] {
  const output = execSync('npm pack --dry-run --json --ignore-scripts', { cwd: ROOT, encoding: 'utf-8', stdio: ['ignore', 'pipe', 'ignore'] });
  return (JSON.parse(output)[0].files as { path: string }[]).map(file => file.path).sort();
}

/** What no compiled source tells: the handler, the command line, the assembly for the other languages and the usual papers. */
const GIVEN = [
  '.jsii',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'assets/cli/main/index.js',
  'assets/cli/main/index.js.LEGAL.txt',
  'assets/setting/handler/setting.lambda/index.js',
  'bin/ssm-windows',
  'package.json',
];

/** What users need: the compiled sources with their types, and what is given. */
function expected(): string[] {
  const sources = filesBelow('src');
  const data = sources.filter(file => file.endsWith('.json')).map(file => file.replace(/^src/, 'lib'));
  const compiled = sources
    // the handler and the command line are bundled into assets, with all that only they use
    .filter(file => file.endsWith('.ts') && !/^src\/(cli|forecast|importer|setting\/handler)\//.test(file))
    .flatMap(file => ['.js', '.d.ts'].map(extension => file.replace(/^src/, 'lib').replace(/\.ts$/, extension)));
  return [...compiled, ...data, ...GIVEN].sort();
}

test('the npm package holds what users need and nothing else', () => {
  // GIVEN
  if (!existsSync(join(ROOT, 'lib', 'index.js'))) { throw new Error('nothing is compiled, run `npx projen compile` first'); }

  // WHEN
  const files = packed();

  // THEN
  expect(files).toEqual(expected());
});
