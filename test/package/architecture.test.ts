import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project';
import { layerPicture, pageWithPicture } from '../../scripts/architecture-picture';

test('the picture of the layers is what the files import', () => {
  const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf-8');

  // after a change that is meant: npx ts-node -T -P tsconfig.json scripts/architecture-picture.ts
  expect(page).toBe(pageWithPicture(page));
});

test('the schedule engine and the handlers use no other layer, and nothing uses the command line', () => {
  const arrows = layerPicture().split('\n').map((line) => line.trim().split(/ -.*> /)).filter((parts) => parts.length === 2);

  expect(arrows.length).toBeGreaterThan(8);
  expect(arrows.filter(([from]) => from === 'schedule').map(([, to]) => to)).toEqual(['croner']);
  expect(arrows.filter(([from]) => from === 'handlers').map(([, to]) => to)).toEqual(['sdk']);
  expect(arrows.filter(([, to]) => to === 'cli')).toEqual([]);
});
