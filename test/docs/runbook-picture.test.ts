import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWithRunbook } from '../../scripts/runbook-picture';
import { ROOT } from '../package/project';

test('shows in the guide the steps of the document', () => {
  const page = readFileSync(join(ROOT, 'docs', 'guides', 'patch-runbook.md'), 'utf-8');

  // after a change that is meant: npx ts-node -T -P tsconfig.json scripts/runbook-picture.ts
  expect(page).toBe(pageWithRunbook(page));
});

test('fails on a page that has no place for the picture', () => {
  expect(() => pageWithRunbook('# A page\n')).toThrow('docs/guides/patch-runbook.md has no place for the picture');
});
