import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const SCRIPTS = join(__dirname, '..', '..', 'scripts');
const SOURCES = ['src/index.ts', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'api-diff-'));
  for (const folder of ['scripts', 'src', 'bin']) { mkdirSync(join(project, folder)); }
  for (const script of ['api-diff.mjs', 'steps.mjs']) { copyFileSync(join(SCRIPTS, script), join(project, 'scripts', script)); }
  for (const file of SOURCES) { writeFileSync(join(project, file), ''); }
});

afterEach(() => rmSync(project, { recursive: true }));

function changelog(heading: string) {
  writeFileSync(join(project, 'CHANGELOG.md'), `# Changelog\n\n${heading}\n`);
}

function git(...args: string[]) {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: project, encoding: 'utf-8' });
  expect([status, stderr]).toEqual([0, expect.anything()]);
}

function commit() {
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'sources');
}

/** The compilers are left out; jsii-diff ends with the given exit code. */
function apiDiff(exitCode = 0) {
  const npx = join(project, 'bin', 'npx');
  writeFileSync(npx, `#!/bin/sh\necho "npx $*"\nif [ "$1" = jsii-diff ]; then exit ${exitCode}; fi\n`);
  chmodSync(npx, 0o755);
  const PATH = [join(project, 'bin'), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync('node', [join(project, 'scripts', 'api-diff.mjs')], {
    encoding: 'utf-8',
    env: { ...process.env, PATH, GIT_CEILING_DIRECTORIES: tmpdir() },
  });
  return { status, output: stdout + stderr };
}

describe('before the first release', () => {
  test.each([
    ['in a repository', commit],
    ['without a repository', () => {}],
  ])('has nothing to compare with %s', (_where, prepare) => {
    // GIVEN
    changelog('## Unreleased');
    prepare();

    // THEN
    expect(apiDiff()).toEqual({ status: 0, output: expect.stringContaining('there is no release to compare with') });
  });
});

describe('when CHANGELOG.md has a release', () => {
  test.each(['## 0.1.0 - 2026-01-01', '## [1.0.0] - 2026-01-01'])('fails when a clone has no tags, %s', heading => {
    // GIVEN
    changelog(heading);
    commit();

    // THEN
    const { status, output } = apiDiff();
    expect(status).toBe(1);
    expect(output).toMatch(/failed .*: CHANGELOG.md has a release, but its tag is not found \(git describe: .*\): fetch history and tags$/m);
    expect(output).not.toContain('there is no release');
  });

  test('fails when there is no repository', () => {
    // GIVEN
    changelog('## 0.1.0 - 2026-01-01');

    // THEN
    expect(apiDiff()).toEqual({ status: 1, output: expect.stringContaining('fetch history and tags') });
  });

  test('compares with the tag, and shows the keys for .compatignore', () => {
    // GIVEN
    changelog('## 1.0.0 - 2026-01-01');
    commit();
    git('tag', 'v1.0.0');

    // THEN
    const { status, output } = apiDiff();
    expect(status).toBe(0);
    expect(output).toContain('take v1.0.0');
    expect(output).toContain('npx jsii-diff .tools/baseline . --keys --ignore-file .compatignore');
  });

  test.each([
    ['v0.9.0', 1, 0],
    ['v0.9.0', 100, 100],
    ['v0.9.0', 127, 127],
    ['v1.0.0', 1, 1],
    ['v1.0.0', 100, 100],
  ])('beside %s, exit code %d of jsii-diff becomes %d', (tag, exitCode, expected) => {
    // GIVEN
    changelog(`## ${tag.slice(1)} - 2026-01-01`);
    commit();
    git('tag', tag);

    // THEN
    const { status, output } = apiDiff(exitCode);
    expect(status).toBe(expected);
    expect(output.includes(`the API breaks that of ${tag}, as releases before 1.0 may: tell users in CHANGELOG.md`)).toBe(expected === 0);
  });
});
