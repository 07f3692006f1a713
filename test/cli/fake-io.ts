import type { Io, OutputFile } from '../../src/cli/io';

/** Files and messages in memory. */
export class FakeIo implements Io {
  readonly isTerminal = true;
  printed = '';
  readonly reports: string[] = [];
  readonly progresses: string[] = [];
  readonly folders: string[] = [];

  constructor(readonly files: Map<string, string> = new Map()) {}

  public now(): Date {
    return new Date('2027-01-01T00:00:00Z');
  }

  public print(text: string): void {
    this.printed += text;
  }

  public report(line: string): void {
    this.reports.push(line);
  }

  public progress(line: string): void {
    this.progresses.push(line);
  }

  public exists(file: string): boolean {
    return this.files.has(file);
  }

  public readFile(file: string): string {
    const text = this.files.get(file);
    if (text === undefined) {
      throw new Error(`cannot read ${file}: no such file or folder`);
    }
    return text;
  }

  public makeFolder(folder: string): void {
    this.folders.push(folder);
  }

  public requireFolderOf(file: string): void {
    if (file.startsWith('missing/')) {
      throw new Error(`cannot write ${file}: no such file or folder`);
    }
  }

  public listFolder(folder: string): string[] | undefined {
    const names = [...this.files.keys()].filter(name => name.startsWith(`${folder}/`)).sort();
    return names.length > 0 ? names : undefined;
  }

  public writeFiles(files: readonly OutputFile[]): void {
    files.forEach(({ path, text }) => this.files.set(path, text));
  }
}
