import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Model } from '../../src/importer/model';
import { parseSources } from '../../src/importer/read/parse-sources';

const FOLDER = path.join(__dirname, '..', 'fixtures', 'real-templates');

/** The files that people really wrote. */
export const REAL_FILES = fs.readdirSync(FOLDER).filter(name => /^\d/.test(name)).sort();

export function realFile(name: string): string {
  return path.join(FOLDER, name);
}

export function realModel(name: string): Model {
  const file = { name, text: fs.readFileSync(realFile(name), 'utf8') };
  return parseSources(name, [file], false);
}
