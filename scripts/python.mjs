import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, StepError, command } from './steps.mjs';

const VENV = join(ROOT, '.tools', 'venv');
const REQUIREMENTS = join('test', 'judges', 'requirements.txt');

/** The command of a Python 3 that is new enough and can make a virtual environment; undefined where there is none. */
export function findPython(minor = 9) {
  const probe = `import ensurepip, sys, venv; sys.exit(0 if sys.version_info >= (3, ${minor}) else 1)`;
  return ['python3', 'python', 'py -3'].find(candidate => spawnSync(`${candidate} -c "${probe}"`, { shell: true }).status === 0);
}

/** Installs what comes from PyPI into the project's own virtual environment. */
export async function installPythonTools(python) {
  const stamp = join(VENV, '.installed-from');
  const wanted = readFileSync(join(ROOT, REQUIREMENTS), 'utf-8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf-8') === wanted) {
    console.log('the Python tools are installed already');
    return;
  }
  await command(`${python} -m venv --clear "${VENV}"`);
  const own = [join(VENV, 'bin', 'python'), join(VENV, 'Scripts', 'python.exe')].find(existsSync);
  if (!own) { throw new StepError(`no Python in ${VENV}`); }
  await command(`"${own}" -m pip install --quiet --disable-pip-version-check -r ${REQUIREMENTS}`);
  writeFileSync(stamp, wanted);
}
