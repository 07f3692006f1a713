import * as fs from 'node:fs';
import type { FileFacts } from './template-files';

/** What a file of the disk is. A named pipe or a device would be read without end. */
export function diskFacts(file: string): FileFacts | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats && { realPath: fs.realpathSync(file), isRegular: stats.isFile(), bytes: stats.size };
}
