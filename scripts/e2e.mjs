import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from './python.mjs';
import { ROOT, StepError, command, install, run } from './steps.mjs';

/*
 * Deployments to an emulator on this machine, without AWS and without Docker: `npm run e2e`. What follows goes to jest, as in
 * `npm run e2e -- -t 'by hand'`. E2E_SEQUENCES and E2E_SEED choose how many random sequences are run and which.
 */

const TOOLS = join(ROOT, '.tools');
const VENV = join(TOOLS, 'ministack');
const EMULATOR = join('test', 'e2e', 'emulator');
const A_DAY = 86_400_000;

const ownPython = () => [join(VENV, 'bin', 'python'), join(VENV, 'Scripts', 'python.exe')].find(existsSync);

async function installEmulator() {
  const requirements = join(EMULATOR, 'requirements.txt');
  const stamp = join(VENV, '.installed-from');
  const wanted = readFileSync(join(ROOT, requirements), 'utf-8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf-8') === wanted) {
    console.log('the emulator is installed already');
    return;
  }
  const python = findPython();
  if (!python) { throw new StepError('a Python 3.9 or newer with venv is needed for the emulator'); }
  await command(`${python} -m venv --clear "${VENV}"`);
  await command(`"${ownPython()}" -m pip install --quiet --disable-pip-version-check -r ${requirements}`);
  writeFileSync(stamp, wanted);
}

/** A run that was killed could not clean up; one that is going on is younger. */
function removeLeftovers() {
  for (const name of readdirSync(TOOLS).filter(entry => entry.startsWith('e2e-'))) {
    const path = join(TOOLS, name);
    if (Date.now() - statSync(path).mtimeMs > A_DAY) { rmSync(path, { recursive: true, force: true }); }
  }
}

let closing = '';

await run([
  { name: 'install', action: () => install() },
  { name: 'install the emulator', action: installEmulator },
  { name: 'remove leftovers', action: removeLeftovers },
  { name: 'bundle', action: () => command('npx projen bundle') },
  { name: 'test the emulator', action: () => command(`"${ownPython()}" -B -m unittest discover -s ${EMULATOR}`) },
  {
    name: 'deploy',
    action: async () => {
      const options = process.argv.slice(2).map(argument => JSON.stringify(argument)).join(' ');
      const output = await command(`npx jest --ci -c ${join('test', 'e2e', 'jest.config.json')} ${options}`);
      closing = output.slice(output.lastIndexOf('Test Suites:')).trimEnd();
    },
  },
]);

console.log(`\n── deployments\n${closing}`);
