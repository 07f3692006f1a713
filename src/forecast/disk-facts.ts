import * as fs from 'node:fs';
import type { FileFacts } from './template-files';

/** What a file of the disk is. A named pipe or a device would be read without end. */
export function diskFacts(file: string): FileFacts | undefined {
  try {
    const stats = fs.statSync(file);
    return { realPath: fs.realpathSync(file), isRegular: stats.isFile(), bytes: stats.size };
    // eslint-disable-next-line no-restricted-syntax -- whoever reads the file says why it cannot be read
  } catch {
    return undefined;
  }
}
