import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, StepError, command, run } from './steps.mjs';

/*
 * What changed in the API since the last release: `npm run api:diff`.
 *
 * Before 1.0 it reports, from then on a break fails. What is meant goes into `.compatignore`.
 */

/** Below the project, so that the packages it needs are found. */
const BASELINE = join('.tools', 'baseline');
const SOURCES = ['src', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];

function git(...args) {
  const { status, stdout, stderr, error } = spawnSync('git', args, { cwd: ROOT, maxBuffer: 2 ** 28 });
  if (status !== 0) { throw new StepError(`git ${args[0]}: ${(error?.message ?? stderr.toString()).trim()}`); }
  return stdout;
}

let tag;

/** A clone without tags, or none at all, knows of no release either. */
function findRelease() {
  try {
    tag = git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*').toString().trim();
  } catch (error) {
    if (!/^## \[?\d/m.test(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf-8'))) { return; }
    throw new StepError(`CHANGELOG.md has a release, but its tag is not found (${error.message}): fetch history and tags`);
  }
}

function extract() {
  rmSync(join(ROOT, BASELINE), { recursive: true, force: true });
  mkdirSync(join(ROOT, BASELINE), { recursive: true });
  const archive = join(ROOT, BASELINE, 'sources.tar');
  writeFileSync(archive, git('archive', '--format=tar', tag, ...SOURCES));
  return command(`tar -x -f "${archive}" -C ${BASELINE}`);
}

async function compare() {
  try {
    await command(`npx jsii-diff ${BASELINE} . --keys --ignore-file .compatignore`);
  } catch (error) {
    // with any other exit code it did not come to compare them
    if (!(error instanceof StepError) || error.exitCode !== 1 || !tag.startsWith('v0.')) { throw error; }
    console.log(`the API breaks that of ${tag}, as releases before 1.0 may: tell users in CHANGELOG.md`);
  }
}

await run([{ name: 'find the last release', action: findRelease }]);
if (tag === undefined) {
  console.log('there is no release to compare with');
} else {
  await run([
    { name: `take ${tag}`, action: extract },
    { name: `compile ${tag}`, action: () => command(`npx jsii ${BASELINE}`) },
    { name: 'compile', action: () => command('npx projen compile') },
    { name: 'compare', action: compare },
  ]);
}
