import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageWithReleases } from '../../scripts/release-pictures';
import { ROOT } from '../package/project';

test('shows in the guide from a release to a server what the model says', () => {
  const page = readFileSync(join(ROOT, 'docs', 'guides', 'release-to-server.md'), 'utf-8');

  // after a change that is meant: npx ts-node -T -P tsconfig.json scripts/release-pictures.ts
  expect(page).toBe(pageWithReleases(page));
});

test('fails on a page that has no place for a picture', () => {
  expect(() => pageWithReleases('# A page\n')).toThrow('docs/guides/release-to-server.md has no place for the picture');
});
