import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { findPython, installPythonTools } from './python.mjs';
import { ROOT, StepError, command, install, run } from './steps.mjs';

/*
 * Everything that must hold, from a fresh clone with nothing but Node: `npm run verify`.
 *
 * `npm run verify -- lowest` leaves out what needs the newest CDK, `npm run verify -- newest` runs just that, after the former: each on a Node of its own.
 */

const part = process.argv[2];
if (part !== undefined && !['lowest', 'newest'].includes(part)) {
  console.error(`the part must be lowest or newest, got ${JSON.stringify(part)}`);
  process.exit(2);
}

const python = findPython();
if (!python && process.env.CI) {
  console.error('in CI a Python 3.9 or newer with venv is needed for the judges from PyPI');
  process.exit(1);
}

const chromium = findChromium();
if (!chromium && process.env.CI) {
  console.error('in CI Chromium is needed for the page of the calendar');
  process.exit(1);
}
if (chromium) { process.env.CHROMIUM = chromium; }

/** The closing lines of every run of jest, to end with. */
const closing = [];

async function jest(title, args) {
  const output = await command(`npx jest --ci ${args}`);
  closing.push(`── ${title}`, output.slice(output.lastIndexOf('Test Suites:')).trimEnd());
}

/** Generated documentation is in git: a change of the API must be part of the commit that makes it. */
async function docgen() {
  const file = join(ROOT, 'API.md');
  const before = existsSync(file) ? readFileSync(file, 'utf-8') : '';
  await command('npx projen docgen');
  if (readFileSync(file, 'utf-8') !== before) { throw new StepError('API.md was not up to date, commit the file as it is now'); }
}

const build = [
  { name: 'install', action: () => install() },
  { name: 'install the newest CDK', action: () => install('compat') },
  ...python ? [{ name: 'install the validators from PyPI', action: () => installPythonTools(python) }] : [],
  { name: 'bundle', action: () => command('npx projen pre-compile') },
  { name: 'compile', action: () => command('npx projen compile') },
  { name: 'type-check tests and examples', action: () => command('npx projen typecheck') },
  { name: 'type-check with the newest CDK', action: () => command('npx tsc -p compat/tsconfig.json') },
  { name: 'lint', action: () => command('npx projen eslint') },
  { name: 'lint the API', action: () => command('npx projen awslint', { hide: /^skipped: / }) },
  { name: 'compile the examples of the documentation', action: () => command('npx projen rosetta') },
  { name: 'document the API', action: docgen },
  { name: 'compare the API with the last release', action: () => command('node scripts/api-diff.mjs') },
  { name: 'generate the code of all languages', action: () => command('npx projen package:code') },
  { name: 'forget the templates of earlier runs', action: () => rmSync(join(ROOT, 'test', '.out'), { recursive: true, force: true }) },
  { name: 'test', action: () => jest('lowest CDK', '') },
  ...chromium ? [{ name: 'look at the page of the calendar', action: () => jest('browser', '-c test/browser/jest.config.js') }] : [],
];

const newest = [
  { name: 'test with the newest CDK', action: () => jest('newest CDK', '-c compat/jest.config.js') },
  // these look at what both runs left behind
  { name: 'validate the templates', action: () => jest('validators', `-c test/judges/jest.config.js${python ? '' : ' --testPathIgnorePatterns cfn-lint python-scripts'}`) },
];

await run([...part === 'newest' ? [] : build, ...part === 'lowest' ? [] : newest]);

console.log(`\n${closing.join('\n')}`);
if (!python) { console.log('\nleft out: cfn-lint over the synthesized templates, for want of a Python 3.9 or newer with venv'); }
if (!chromium) { console.log('\nleft out: the page of the calendar in a browser, for want of Chromium'); }
