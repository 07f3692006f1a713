import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const SRC = join(ROOT, 'src');

/** IDs of findings that are errors, which nobody acknowledges. */
const ERRORS = ['documentType', 'documentParameterMissing'];

function idsOfWarnings(): string[] {
  const texts = readdirSync(SRC, { recursive: true, encoding: 'utf-8' })
    .filter((name) => name.endsWith('.ts') && !/^(importer|cli|handlers)[\\/]/.test(name))
    .map((name) => readFileSync(join(SRC, name), 'utf-8'));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\bid: '([a-z][a-zA-Z]+)',/g)].map(([, id]) => id)))].filter((id) => !ERRORS.includes(id)).sort();
}

test('the README lists the ID of every warning', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf-8');
  const ids = idsOfWarnings();

  expect(ids.length).toBeGreaterThan(30);
  expect(ids.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
});
