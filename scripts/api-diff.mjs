import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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
  const { status, stdout, error } = spawnSync('git', args, { cwd: ROOT, maxBuffer: 2 ** 28 });
  if (error) { throw error; }
  return status === 0 ? stdout : undefined;
}

const tag = git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*')?.toString().trim();
if (tag === undefined) {
  console.log('there is no release to compare with');
  process.exit();
}

function extract() {
  rmSync(join(ROOT, BASELINE), { recursive: true, force: true });
  mkdirSync(join(ROOT, BASELINE), { recursive: true });
  const archive = join(ROOT, BASELINE, 'sources.tar');
  writeFileSync(archive, git('archive', '--format=tar', tag, ...SOURCES));
  return command(`tar -x -f ${JSON.stringify(archive)} -C ${BASELINE}`);
}

async function compare() {
  try {
    await command(`npx jsii-diff ${BASELINE} . --keep-going --ignore-file .compatignore`);
  } catch (error) {
    if (!(error instanceof StepError) || !tag.startsWith('v0.')) { throw error; }
    console.log(`the API breaks that of ${tag}, as releases before 1.0 may: tell users in CHANGELOG.md`);
  }
}

await run([
  { name: `take ${tag}`, action: extract },
  { name: `compile ${tag}`, action: () => command(`npx jsii ${BASELINE}`) },
  { name: 'compile', action: () => command('npx projen compile') },
  { name: 'compare', action: compare },
]);
