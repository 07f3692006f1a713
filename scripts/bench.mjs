import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compareWithKept, instructionsOfTask, millions } from './bench-instructions.mjs';
import { ROOT, StepError, command } from './steps.mjs';

/*
 * How much this library costs beside generated classes: `npm run bench`. It prints a table and fails only when the two apps do not define the same.
 *
 * Each run is a process of its own; the apps take turns, and the table holds medians. `npm run bench -- --keep` keeps the counts of instructions, with
 * which later runs are compared; `npm run bench -- --instructions` counts them and does nothing else.
 */

const WORK = join(ROOT, '.tools', 'bench');
/** `wrapped` is `generated` with an empty construct around each task. */
const APPS = ['library', 'generated', 'wrapped'];
/** How often each app runs, by its number of tasks. */
const RUNS = new Map([[1, 11], [400, 7], [4000, 5]]);
const TARGETS = { import: 15, time: 1.15, bytes: 1.1, sharedTargets: 1.5, instructions: 1.22, ownInstructions: 1.08 };

/** Windows on shared targets beside windows that share nothing, by their number. */
const WINDOW_APPS = ['one-tag', 'distinct-tags'];
const WINDOW_RUNS = new Map([[400, 7], [2000, 3]]);

/** The package as users have it, in `node_modules`: CDK looks at stack traces, and what is installed takes less of its time. */
function installPackage() {
  if (!existsSync(join(ROOT, 'lib', 'index.js'))) { throw new StepError('nothing is compiled, run `npx projen compile` first'); }
  const target = join(WORK, 'node_modules', 'cdk-ssm-maintenance-windows');
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['lib', 'assets', 'package.json']) { cpSync(join(ROOT, name), join(target, name), { recursive: true }); }
  // without a package of its own, the name of this library would mean the project
  writeFileSync(join(WORK, 'package.json'), '{ "private": true }\n');
  for (const name of readdirSync(join(ROOT, 'bench'))) { cpSync(join(ROOT, 'bench', name), join(WORK, name)); }
}

function measure(app, taskCount) {
  const outdir = outputOf(app, taskCount);
  rmSync(outdir, { recursive: true, force: true });
  const child = spawnSync(process.execPath, [join(WORK, 'measure.cjs'), app, String(taskCount), outdir], {
    encoding: 'utf-8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, CDK_CONTEXT_JSON: '' },
  });
  if (child.status !== 0) { throw new StepError(`the ${app} app of the size ${taskCount} failed`); }
  return JSON.parse(child.stdout);
}

function outputOf(app, taskCount) {
  return join(WORK, `cdk.out-${app}-${taskCount}`);
}

/** The resources of an app, without the hashes in the names that CDK makes from the place of a construct in its tree. */
function resourcesOf(app, taskCount) {
  const directory = outputOf(app, taskCount);
  const templates = readdirSync(directory).filter(name => name.endsWith('.template.json')).sort();
  return templates.map(name => JSON.parse(readFileSync(join(directory, name), 'utf-8').replace(/-?[0-9A-F]{8}"/g, '"')).Resources);
}

/** Statements in one order: the apps grant in an order of their own. */
function comparable(resources) {
  const inOrder = (key, value) => key === 'Statement' ? value.map(item => JSON.stringify(item)).sort() : value;
  return JSON.parse(JSON.stringify(resources, inOrder));
}

function requireSameResources(taskCount) {
  const [ours, theirs] = ['library', 'generated'].map(app => comparable(resourcesOf(app, taskCount)));
  if (isDeepStrictEqual(ours, theirs)) { return; }
  for (const [index, resources] of ours.entries()) {
    for (const id of new Set([...Object.keys(resources), ...Object.keys(theirs[index] ?? {})])) {
      if (!isDeepStrictEqual(resources[id], theirs[index]?.[id])) {
        throw new StepError(`the apps do not define the same, for example ${id}:\n${JSON.stringify(resources[id])}\n${JSON.stringify(theirs[index]?.[id])}`);
      }
    }
  }
  throw new StepError(`the apps do not define the same, got ${ours.length} and ${theirs.length} stacks`);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Medians of what the runs of an app took. */
function summary(runs) {
  const medians = Object.fromEntries(Object.keys(runs[0]).map(key => [key, median(runs.map(run => run[key]))]));
  return { ...medians, time: median(runs.map(run => run.construct + run.synthesize)) };
}

function run(taskCount) {
  const runs = Object.fromEntries(APPS.map(app => [app, []]));
  for (let i = 0; i < RUNS.get(taskCount); i++) {
    for (const app of APPS) { runs[app].push(measure(app, taskCount)); }
  }
  requireSameResources(taskCount);
  const resources = resourcesOf('library', taskCount).reduce((sum, template) => sum + Object.keys(template).length, 0);
  return { taskCount, resources, ...Object.fromEntries(APPS.map(app => [app, summary(runs[app])])) };
}

const ms = value => `${value.toFixed(0)} ms`;
const bytes = value => `${value.toFixed(0)} B`;
const megabytes = value => `${(value / 1024 ** 2).toFixed(0)} MB`;
const times = value => `${value.toFixed(2)} ×`;

function print({ taskCount, resources, library, generated, wrapped }) {
  const row = (title, shown, value) => [
    title, ...[library, generated, wrapped].map(app => shown(value(app))), ...[library, wrapped].map(app => times(value(app) / value(generated))),
  ];
  const rows = [
    [`${taskCount} task${taskCount === 1 ? '' : 's'}, ${resources} resources`, 'library', 'generated', 'wrapped', 'library', 'wrapped'],
    row('import of all modules', ms, run => run.import),
    row('construct', ms, run => run.construct),
    row('synthesize', ms, run => run.synthesize),
    row('construct and synthesize', ms, run => run.time),
    row('  of a task', value => `${value.toFixed(2)} ms`, run => run.time / taskCount),
    row('templates, bytes of a task', bytes, run => run.bytes / taskCount),
    row('peak memory', megabytes, run => run.memory),
  ];
  console.log();
  for (const [title, ...cells] of rows) { console.log(title.padEnd(36) + cells.map(cell => cell.padStart(14)).join('')); }
}

/** What it takes that windows work on the same nodes. */
function compareWindows(windowCount) {
  const runs = Object.fromEntries(WINDOW_APPS.map(app => [app, []]));
  for (let i = 0; i < WINDOW_RUNS.get(windowCount); i++) {
    for (const app of WINDOW_APPS) { runs[app].push(measure(app, windowCount)); }
  }
  const [shared, distinct] = WINDOW_APPS.map(app => summary(runs[app]));
  console.log(`${windowCount} windows: ${ms(shared.time)} on one tag, ${ms(distinct.time)} on a tag each; ${megabytes(shared.memory)} and ${megabytes(distinct.memory)}`);
  judge(`${windowCount} windows on one tag, construct and synthesize`, shared.time / distinct.time, TARGETS.sharedTargets, times);
  judge(`${windowCount} windows on one tag, peak memory`, shared.memory / distinct.memory, TARGETS.sharedTargets, times);
}

/** The cost of a task, counted: beside generated classes, and beside generated classes in as many constructs. */
function countInstructions() {
  const figures = instructionsOfTask(APPS, { script: join(WORK, 'measure.cjs'), outputOf });
  if (!figures) {
    console.log('skipped: Valgrind is not installed, so instructions are not counted');
    return;
  }
  const { library, generated, wrapped } = figures;
  APPS.forEach(app => console.log(`        ${app}: ${millions(figures[app])} instructions a task`));
  judge('instructions of a task, beside generated classes', library / generated, TARGETS.instructions, times);
  judge('instructions of a task, beside the same work', library / wrapped, TARGETS.ownInstructions, times);
  compareWithKept(figures, process.argv.includes('--keep'));
}

function measureAll() {
  const results = [...RUNS.keys()].map(taskCount => {
    const result = run(taskCount);
    print(result);
    return result;
  });
  const [one, hundreds, thousands] = results;
  console.log();
  judge('import of the package, after what the app with generated classes loads', one.generated.alone, TARGETS.import, ms);
  console.log(`        and of all its classes, each loaded when it is first used: ${ms(one.generated.classes)}`);
  judge('construct and synthesize 4,000 tasks', thousands.library.time / thousands.generated.time, TARGETS.time, times);
  judge('templates of 4,000 tasks', thousands.library.bytes / thousands.generated.bytes, TARGETS.bytes, times);
  judge('a task among 4,000, beside one among 400', (thousands.library.time / 4000) / (hundreds.library.time / 400), 1, times);
  console.log('\nWindows on the same targets');
  [...WINDOW_RUNS.keys()].forEach(compareWindows);
}

function judge(title, value, target, shown) {
  console.log(`${value <= target ? 'met   ' : 'missed'}  ${title}: ${shown(value)}, at most ${shown(target)}`);
}

try {
  installPackage();
  console.log(`Node ${process.versions.node}; CPU time, medians`);
  console.log('\nInstructions of a task');
  countInstructions();
  if (!process.argv.includes('--instructions')) {
    measureAll();
    console.log('\nOpenings of a year');
    await command('npx ts-node -T -P scripts/tsconfig.json scripts/bench-schedule.ts');
    console.log('\nImport of an account');
    await command('node scripts/bench-import.mjs');
  }
} catch (error) {
  if (!(error instanceof StepError)) { throw error; }
  console.error(error.message);
  process.exitCode = 1;
}
