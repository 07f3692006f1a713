import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The root of the project; every step runs there. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const MINIMUM_NODE = [20, 16];

Object.assign(process.env, {
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: process.versions.node.split('.')[0],
});

/** Runs steps one after the other; the first that fails ends the process with its exit code. */
export async function run(steps) {
  requireNode();
  const start = Date.now();
  for (const { name, action } of steps) {
    console.log(`\n── ${name}`);
    const begin = Date.now();
    try {
      await action();
    } catch (error) {
      if (!(error instanceof StepError)) { throw error; }
      console.error(`\n── ${name}: failed after ${seconds(begin)}: ${error.message}`);
      process.exit(error.exitCode);
    }
    console.log(`── ${name}: ${seconds(begin)}`);
  }
  console.log(`\n── all steps: ${seconds(start)}`);
}

/** A failure that needs no stack trace. */
export class StepError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command line in a shell, shows its output line by line and returns it.
 *
 * `hide` matches the lines that are not worth showing.
 */
export function command(line, { env = {}, hide } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(line, { cwd: ROOT, shell: true, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      createInterface({ input: from, crlfDelay: Infinity }).on('line', text => {
        output += `${text}\n`;
        if (!hide?.test(text)) { to.write(`${text}\n`); }
      });
    }
    child.on('error', fail);
    child.on('close', (code, signal) => code === 0 ? done(output) : fail(new StepError(`'${line}' ended with ${signal ?? `exit code ${code}`}`, code || 1)));
  });
}

/** Installs exactly what the lock file in a directory says; nothing to do when that was done before. */
export async function install(directory = '.') {
  const lock = join(ROOT, directory, 'package-lock.json');
  const stamp = join(ROOT, directory, 'node_modules', '.installed-from');
  const wanted = createHash('sha256').update(readFileSync(lock)).update(readFileSync(join(ROOT, directory, 'package.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf-8') === wanted) {
    console.log('the lock file is installed already');
    return;
  }
  await command(`npm ci --no-audit --no-fund --prefix ${directory}`);
  writeFileSync(stamp, wanted);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    console.error(`Node ${MINIMUM_NODE.join('.')} or newer is needed, this is ${process.versions.node}`);
    process.exit(1);
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
