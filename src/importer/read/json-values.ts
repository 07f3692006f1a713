import { ImportError } from '../errors';
import type { Json } from '../json';
import { withoutByteOrderMark, type SourceFile } from './source-file';

/** Deeper than any template or answer of the API: what reads a value calls itself for each level. */
const MAX_DEPTH = 200;

/** An object or list that is being read. */
interface Level {
  readonly isObject: boolean;
  readonly names: Set<string>;
  /** Whether the next text is a name. */
  expectsName: boolean;
}

/** The values of a file with one or more JSON texts, one after the other, as several calls of the AWS CLI append them. */
export function parseJsonValues(file: SourceFile): Json[] {
  const text = withoutByteOrderMark(file.text);
  const values: Json[] = [];
  let start = 0;
  do {
    const end = endOfValue(file, text, start);
    values.push(parsed(file, text, start, end));
    start = end;
  } while (text.slice(start).trim() !== '');
  return values;
}

/** Parses a file with one JSON text; an error names the line and the column. */
export function parseJson(file: SourceFile): Json {
  const values = parseJsonValues(file);
  if (values.length > 1) {
    throw new ImportError(file.name, undefined, `must hold one JSON text, got ${values.length}, split it`);
  }
  return values[0];
}

function parsed(file: SourceFile, text: string, start: number, end: number): Json {
  try {
    return JSON.parse(text.slice(start, end)) as Json;
    // eslint-disable-next-line no-restricted-syntax -- turned into an error that names the file and the place
  } catch (error) {
    const offset = Number(/at position (\d+)/.exec((error as Error).message)?.[1] ?? end - start);
    throw new ImportError(file.name, placeAt(text, start + offset), 'is not valid JSON, fix the syntax there');
  }
}

/** Finds where a value ends. JSON.parse checks the rest, but neither repeated names, of which it keeps the last, nor the depth. */
function endOfValue(file: SourceFile, text: string, start: number): number {
  const levels: Level[] = [];
  for (let index = start; index < text.length; index++) {
    const level = levels.at(-1);
    switch (text[index]) {
      case '{':
      case '[':
        levels.push({ isObject: text[index] === '{', names: new Set(), expectsName: true });
        if (levels.length > MAX_DEPTH) {
          throw new ImportError(file.name, placeAt(text, index), `must not be nested deeper than ${MAX_DEPTH} levels, got more`);
        }
        break;
      case '}':
      case ']':
        levels.pop();
        if (levels.length === 0) { return index + 1; }
        break;
      case ',':
        if (level) { level.expectsName = true; }
        break;
      case '"': {
        const end = endOfText(text, index);
        if (level?.isObject && level.expectsName) {
          requireNew(file, text, index, end, level);
        }
        index = end - 1;
        break;
      }
    }
  }
  return text.length;
}

function requireNew(file: SourceFile, text: string, start: number, end: number, level: Level): void {
  const name = text.slice(start, end);
  if (level.names.has(name)) {
    throw new ImportError(file.name, placeAt(text, start), `must not repeat a name, got ${name.slice(0, 100)} twice, remove one of them`);
  }
  level.names.add(name);
  level.expectsName = false;
}

function endOfText(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') {
      index++;
    } else if (text[index] === '"') {
      return index + 1;
    }
  }
  return text.length;
}

function placeAt(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}
