import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES, consume } from './consumers/languages.mjs';
import { difference, normalize } from './consumers/templates.mjs';
import { ROOT, StepError, command, run } from './steps.mjs';
import { TOOLCHAINS } from './toolchains.mjs';

/*
 * The same app in every language, built from the packages as a user would: `npm run consumers`.
 *
 * All must synthesize the same templates and assets with the lowest CDK, and TypeScript the same with the newest. All say the same of mistakes.
 */

const versions = path => {
  const { 'aws-cdk-lib': cdk, constructs } = JSON.parse(readFileSync(join(ROOT, path), 'utf-8')).devDependencies;
  return { 'aws-cdk-lib': cdk, constructs };
};
const FLOOR = versions('package.json');
const NEWEST = versions(join('compat', 'package.json'));

const missing = Object.keys(LANGUAGES).filter(language => TOOLCHAINS[language] && !TOOLCHAINS[language].exists());
if (missing.length > 0 && process.env.CI) {
  console.error(`in CI all languages are needed, this machine lacks ${missing.map(language => TOOLCHAINS[language].needs).join('; ')}`);
  process.exit(1);
}

const consumers = [
  ...Object.keys(LANGUAGES).filter(language => !missing.includes(language)).map(language => ({ language, label: language, cdk: FLOOR })),
  { language: 'typescript', label: 'typescript-newest', cdk: NEWEST },
];
const results = [];

async function synthesize({ language, label, cdk }) {
  const { outdir, seconds, messages } = await consume(language, label, cdk);
  const normalized = `${outdir}.normalized`;
  results.push({ language, label, cdk, normalized, seconds, messages, version: LANGUAGES[language].version(), ...normalize(outdir, normalized) });
}

/** Two apps without assets would be alike too. */
function compare() {
  const [reference, ...others] = results;
  if (reference.templates !== 3 || reference.assets === 0) {
    throw new StepError(`three templates and the assets of the library are expected, got ${reference.templates} and ${reference.assets} assets`);
  }
  const different = others.filter(other => {
    const found = difference(reference.normalized, other.normalized);
    if (found) { console.error(`\n${other.label} differs from ${reference.label}:\n${found}`); }
    return found;
  });
  if (different.length > 0) {
    throw new StepError(`${different.map(({ label }) => label).join(', ')} did not synthesize what ${reference.label} did`);
  }
}

/** Every file that people really wrote, as a program in Python that renders the same. */
async function importAsPython() {
  const folder = join(ROOT, 'test', 'fixtures', 'real-templates');
  for (const name of readdirSync(folder).filter(file => /^\d/.test(file))) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'ssm-windows'), 'import', join(folder, name), '--language', 'python'], {
      encoding: 'utf-8', env: { ...process.env, VIRTUAL_ENV: join(ROOT, '.tools', 'consumers', 'python', '.venv') },
    });
    const faults = stderr.split('\n').filter(line => /^(error|difference|not proven): /.test(line));
    if (![0, 2].includes(status) || faults.length > 0 || !stdout.includes('(Stack):')) {
      throw new StepError(`${name} as Python ended with ${status}: ${faults.join('; ') || stderr}`);
    }
  }
}

/** What is refused is refused in the same words. */
function compareMessages() {
  // some languages print the message again with the stack of the other side
  const said = messages => [...new Set(messages.split('\n').filter(line => line.includes(', got ') || line.includes('nothing was refused'))
    .map(line => line.replace(/^.*?(?=')/, '')))];
  const [reference, ...others] = results.map(({ label, messages }) => ({ label, lines: said(messages) }));
  if (reference.lines.length !== 5) {
    throw new StepError(`a message for each of five mistakes is expected, got ${JSON.stringify(reference.lines)}`);
  }
  for (const { label, lines } of others.filter(other => JSON.stringify(other.lines) !== JSON.stringify(reference.lines))) {
    throw new StepError(`${label} says ${JSON.stringify(lines)} of mistakes, ${reference.label} ${JSON.stringify(reference.lines)}`);
  }
}

await run([
  { name: 'package', action: () => command('node scripts/package.mjs') },
  ...consumers.map(consumer => ({
    name: `${consumer.language} with aws-cdk-lib ${consumer.cdk['aws-cdk-lib']}`,
    action: () => synthesize(consumer),
  })),
  { name: 'compare', action: compare },
  { name: 'compare messages', action: compareMessages },
  ...missing.includes('python') ? [] : [{ name: 'import as Python', action: importAsPython }],
]);

const { templates, assets } = results[0];
console.log(`\ntemplates: ${templates}, assets: ${assets}, the same in all of them\n`);
console.table(results.map(({ language, version, cdk, seconds }) => (
  { language, version, ...cdk, 'synth (s)': seconds.toFixed(1) })));
for (const language of missing) { console.log(`left out: ${language}, for want of ${TOOLCHAINS[language].needs}`); }
