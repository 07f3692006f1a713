import { ImportError } from '../errors';
import type { Json } from '../json';

/** One input file. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** Parses JSON; an error names the line and the column. */
export function parseJson(file: SourceFile): Json {
  const text = withoutByteOrderMark(file.text);
  try {
    return JSON.parse(text) as Json;
    // eslint-disable-next-line no-restricted-syntax -- turned into an error that names the file and the place
  } catch (error) {
    throw new ImportError(file.name, jsonErrorPlace(text, (error as Error).message), 'is not valid JSON, fix the syntax there');
  }
}

/** Node names the place as an offset, as line and column, or not at all when the text ends too early. */
function jsonErrorPlace(text: string, message: string): string {
  const position = /line (\d+) column (\d+)/.exec(message);
  if (position) {
    return `line ${position[1]}, column ${position[2]}`;
  }
  const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}
