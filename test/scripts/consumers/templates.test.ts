import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '..', '..', '..', 'scripts', 'consumers', 'templates.mjs'));

let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'templates-'));
  for (const [app, template] of [['a', '{"A":1}\n'], ['same', '{"A":1}\n'], ['other', '{"A":2}\n']]) {
    mkdirSync(join(work, app));
    writeFileSync(join(work, app, 'Stack.template.json'), template);
  }
});

afterEach(() => rmSync(work, { recursive: true }));

/** Modules of the scripts are no CommonJS, which the tests are. */
function difference(a: string, b: string, env: NodeJS.ProcessEnv = {}) {
  const source = `import { difference } from '${MODULE.href}'; console.log(JSON.stringify(difference('${a}', '${b}')));`;
  const { stdout, stderr } = spawnSync('node', ['--input-type=module', '--eval', source], { cwd: work, encoding: 'utf-8', env: { ...process.env, ...env } });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('equal apps have no difference', () => {
  expect(difference('a', 'same')).toBe('');
});

test.each([
  ['', {}],
  [', whatever shows differences on this machine', { GIT_EXTERNAL_DIFF: 'true' }],
])('the lines that differ are shown%s', (_title, env) => {
  expect(difference('a', 'other', env)).toContain('-{"A":1}\n+{"A":2}\n');
});

test.each([['a', 'missing'], ['missing', 'a']])('a folder that is missing is a difference: %s, %s', (a, b) => {
  expect(difference(a, b)).toContain('missing');
});
