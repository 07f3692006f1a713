import { visitCode, type Code, type ImportedName, type Statement } from './code';
import type { Program } from './program';

/** A line of a file, with the entity whose code it is. */
export interface PrintedLine {
  readonly text: string;
  readonly key?: string;
}

/** A file with one or more stacks. */
export class PrintedFile {
  constructor(private readonly lines: readonly PrintedLine[]) {}

  public get text(): string {
    return `${this.lines.map(({ text }) => text).join('\n')}\n`;
  }

  /** The entity whose code has a line, counted from 1. */
  public entityAtLine(line: number): string | undefined {
    return this.lines[line - 1]?.key;
  }
}

/** Lines of a text, as code of an entity. */
export function linesOf(text: string, key?: string): PrintedLine[] {
  return text.split('\n').map(line => ({ text: line, key }));
}

/** All statements of a stack. */
export function statementsOf({ statements, methods }: Program): Statement[] {
  return [...statements, ...methods.flatMap(method => method.statements)];
}

/** The names that a stack imports, and what it takes for types only. */
export function importedNames(program: Program): { readonly values: ImportedName[]; readonly types: ImportedName[] } {
  const values: ImportedName[] = [];
  const types: ImportedName[] = program.methods.flatMap(({ parameters }) => parameters.flatMap(({ type }) => (type.kind === 'imported' ? type.imported : [])));
  const visit = (part: Code, ofTypes: Set<Code>) => {
    if (part.kind === 'cast') { ofTypes.add(part.type); }
    if (part.kind === 'object' && part.struct) { ofTypes.add(part.struct); }
    if (part.kind === 'imported' && !ofTypes.has(part)) { values.push(part.imported); }
    if (part.kind === 'cast' && part.type.kind === 'imported') { types.push(part.type.imported); }
  };
  for (const { code, assigned } of statementsOf(program)) {
    const ofTypes = new Set<Code>();
    [code, ...assigned ? [assigned] : []].forEach(root => visitCode(root, part => visit(part, ofTypes)));
  }
  return { values, types };
}

/** A text broken at spaces. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= width) {
      lines[last] += ` ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
