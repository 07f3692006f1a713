/** One input file. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
