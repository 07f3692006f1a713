import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, StepError } from './steps.mjs';

/*
 * The cost of a task in instructions, which other load on the machine does not change: the slope between two sizes of an app.
 *
 * V8 runs in one thread and with fixed seeds. Then two runs of an app differ by less than one percent.
 */

const SIZES = [200, 1200];
const VALGRIND = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
const NODE = ['--single-threaded', '--hash-seed=1', '--random-seed=1'];
/** Of the figures that are kept, a change beyond this is told. */
const NOISE = 0.02;
const FIGURES = join(ROOT, 'bench', 'figures.json');

/** Instructions of a task by app, or undefined where Valgrind is not installed. */
export function instructionsOfTask(apps, { script, outputOf }) {
  if (spawnSync('valgrind', ['--version']).status !== 0) { return undefined; }
  return Object.fromEntries(apps.map((app) => {
    const [small, large] = SIZES.map((size) => instructionsOf([script, app, String(size), outputOf(app, size)]));
    return [app, (large - small) / (SIZES[1] - SIZES[0])];
  }));
}

function instructionsOf(args) {
  const { status, stderr } = spawnSync('valgrind', [...VALGRIND, process.execPath, ...NODE, ...args], {
    encoding: 'utf-8', maxBuffer: 64 * 1024 ** 2, env: { ...process.env, CDK_CONTEXT_JSON: '' },
  });
  const counted = /I +refs: +([\d,]+)/.exec(stderr ?? '');
  if (status !== 0 || !counted) { throw new StepError(`the instructions of ${args.slice(1, 3).join(' ')} could not be counted`); }
  return Number(counted[1].replaceAll(',', ''));
}

/** Says what moved since the figures were kept, by the same version of Node.js, and keeps those of now if asked. */
export function compareWithKept(figures, keep) {
  const kept = existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf-8')) : undefined;
  const node = process.versions.node;
  if (kept?.node === node) {
    for (const [app, value] of Object.entries(figures)) {
      const before = kept.instructionsOfTask[app];
      const change = before === undefined ? 0 : value / before - 1;
      if (Math.abs(change) > NOISE) { console.log(`moved   ${app}: ${millions(before)} to ${millions(value)} instructions a task (${(change * 100).toFixed(1)} %)`); }
    }
  } else {
    console.log(`        the figures that are kept are of Node.js ${kept?.node ?? '(none)'}, this is ${node}: nothing is compared`);
  }
  if (keep) { writeFileSync(FIGURES, `${JSON.stringify({ node, instructionsOfTask: figures }, null, 2)}\n`); }
}

export function millions(value) {
  return `${(value / 1e6).toFixed(2)} M`;
}
