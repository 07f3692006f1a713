import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { diskFacts } from '../../src/forecast/disk-facts';

const FOLDER = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'facts-')));
afterAll(() => fs.rmSync(FOLDER, { recursive: true }));

test('a file is told by its place and size, a link by that of its target', () => {
  const [file, link] = ['file', 'link'].map(name => path.join(FOLDER, name));
  fs.writeFileSync(file, 'text');
  fs.symlinkSync(file, link);
  expect(diskFacts(file)).toEqual({ realPath: file, isRegular: true, bytes: 4 });
  expect(diskFacts(link)).toEqual({ realPath: file, isRegular: true, bytes: 4 });
});

test.each(['/dev/zero', FOLDER])('%s is no regular file', file => {
  expect(diskFacts(file)?.isRegular).toBe(false);
});

test('of a file that is not there nothing is known', () => {
  expect(diskFacts(path.join(FOLDER, 'none'))).toBeUndefined();
});

test('of a link that leads to itself nothing is known', () => {
  const loop = path.join(FOLDER, 'loop');
  fs.symlinkSync(loop, loop);
  expect(diskFacts(loop)).toBeUndefined();
});
