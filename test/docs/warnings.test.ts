import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const SRC = join(ROOT, 'src');

/** IDs of findings that are errors, which nobody acknowledges. */
const ERRORS = ['documentType', 'documentParameterMissing'];

function idsOfWarnings(): string[] {
  const texts = readdirSync(SRC, { recursive: true, encoding: 'utf-8' })
    .filter((name) => name.endsWith('.ts') && !/^(importer|cli|setting[\\/]handler)[\\/]/.test(name))
    .map((name) => readFileSync(join(SRC, name), 'utf-8'));
  return [...new Set(texts.flatMap((text) => [
    ...text.matchAll(/\bid: '([a-z][a-zA-Z]+)',/g), ...text.matchAll(/\.warning\('([a-z][a-zA-Z]+)',/g), ...text.matchAll(/\? '(\w+OverQuota)' : '(\w+OverQuota)'/g),
  ].flatMap(([, ...ids]) => ids)))].filter((id) => !ERRORS.includes(id)).sort();
}

/** The IDs in the table of the guide. */
function idsOfTable(): string[] {
  const rows = readFileSync(join(ROOT, 'docs', 'guides', 'validation.md'), 'utf-8').split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([a-z][a-zA-Z]+)`/g)].map(([, id]) => id)).filter((id) => id !== 'cdk').sort();
}

test('lists the ID of every warning in the guide on validation, and no other', () => {
  expect(idsOfWarnings().length).toBeGreaterThan(30);
  expect(idsOfTable()).toEqual(idsOfWarnings());
});
