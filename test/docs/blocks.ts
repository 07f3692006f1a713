import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../package/project';

/** An example in a page: TypeScript, with the fixture that surrounds it. */
export interface Block {
  /** The page and the line at which the example begins, as a reader finds it. */
  readonly place: string;
  readonly code: string;
  /** The fixture around it; undefined if it is a whole program. */
  readonly fixture?: string;
}

export const PAGES: readonly string[] = ['README.md', ...readdirSync(join(ROOT, 'docs', 'guides')).map((name) => `docs/guides/${name}`)];

export function pageText(page: string): string {
  return readFileSync(join(ROOT, page), 'utf-8');
}

export function blocksOf(page: string): Block[] {
  const text = pageText(page);
  return [...text.matchAll(/^```ts(.*)\n([^]*?)^```/gm)].map(({ index, 1: options, 2: code }) => ({
    place: `${page}:${text.slice(0, index).split('\n').length}`,
    code,
    fixture: options.includes('nofixture') || /^import /m.test(code) ? undefined : /fixture=(\S+)/.exec(options)?.[1] ?? 'default',
  }));
}

/** The program that an example is, and the number of lines before it. */
export function programOf({ code, fixture }: Block): { readonly program: string; readonly linesBefore: number } {
  if (fixture === undefined) {
    return { program: code, linesBefore: 0 };
  }
  const text = readFileSync(join(ROOT, 'rosetta', `${fixture}.ts-fixture`), 'utf-8');
  // declarations stand outside the class, and an empty line in their place
  const declarations = code.split('\n').filter((line) => line.startsWith('declare '));
  const statements = code.split('\n').map((line) => line.startsWith('declare ') ? '' : line).join('\n');
  return {
    program: [text.replace('/// here', () => statements), ...declarations].join('\n'),
    linesBefore: text.slice(0, text.indexOf('/// here')).split('\n').length - 1,
  };
}
