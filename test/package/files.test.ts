import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, filesBelow, trackedFiles } from './project';

/** Hosts of package registries, in parts so that this file names none. */
const REGISTRIES = [
  ['registry', 'npmjs', 'org'], ['registry', 'yarnpkg', 'com'], ['pypi', 'org'], ['files', 'pythonhosted', 'org'],
  ['repo', 'maven', 'apache', 'org'], ['repo1', 'maven', 'org'], ['proxy', 'golang', 'org'], ['sum', 'golang', 'org'], ['api', 'nuget', 'org'],
  ['static', 'crates', 'io'], ['index', 'crates', 'io'], ['deb', 'debian', 'org'],
].map(parts => parts.join('.'));

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf-8');
}

test('no file names the host of a package registry', () => {
  const naming = trackedFiles()
    .filter(file => existsSync(join(ROOT, file)))
    .flatMap(file => REGISTRIES.filter(host => textOf(file).includes(host)).map(host => `${file}: ${host}`));
  expect(naming).toEqual([]);
});

test('no source file is longer than 400 lines', () => {
  const long = filesBelow('src').filter(file => file.endsWith('.ts') && textOf(file).trimEnd().split('\n').length > 400);
  expect(long).toEqual([]);
});

test('the lock files name no place to download from', () => {
  for (const file of ['package-lock.json', 'compat/package-lock.json']) {
    expect(textOf(file)).not.toContain('"resolved"');
  }
});
