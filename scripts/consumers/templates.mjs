import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes what an app deploys in a form that can be compared: its templates with sorted keys, and what its assets consist of.
 *
 * Returns how many of them there are.
 */
export function normalize(outdir, into) {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const names = readdirSync(outdir);
  const templates = names.filter(name => name.endsWith('.template.json'));
  const assets = names.filter(name => name.startsWith('asset.')).sort();
  for (const name of templates) {
    const template = JSON.parse(readFileSync(join(outdir, name), 'utf-8'));
    writeFileSync(join(into, name), `${JSON.stringify(sorted(template), undefined, 2)}\n`);
  }
  writeFileSync(join(into, 'assets.txt'), assets.flatMap(name => [name, ...files(join(outdir, name)), '']).join('\n'));
  return { templates: templates.length, assets: assets.length };
}

/** The difference of two normalized apps; empty if there is none. */
export function difference(a, b) {
  const options = ['--no-index', '--no-ext-diff', '--no-textconv', '--no-color', '--no-prefix'];
  const { status, stdout, stderr, error } = spawnSync('git', ['diff', ...options, a, b], { encoding: 'utf-8', maxBuffer: 2 ** 28 });
  if (error) { throw error; }
  if (status !== 0 && status !== 1) { throw new Error(`git diff: ${stderr}`); }
  // of a missing folder it says so on stderr alone
  return status === 0 ? '' : stdout || stderr || 'git diff did not say where';
}

function sorted(value) {
  if (Array.isArray(value)) { return value.map(sorted); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}

function files(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => `${createHash('sha256').update(readFileSync(file)).digest('hex')} ${file.slice(path.length + 1)}`)
    .sort();
}
