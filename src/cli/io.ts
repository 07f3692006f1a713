import * as fs from 'node:fs';
import * as path from 'node:path';
import { CliError } from './cli-error';

/** A file to write. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Everything that commands do to the world outside. */
export interface Io {
  /** Whether somebody watches the messages. */
  readonly isTerminal: boolean;
  /** The present: commands about the future begin there. */
  now(): Date;
  /** Prints a result. */
  print(text: string): void;
  /** Prints a message beside the result. */
  report(line: string): void;
  /** Shows how far a command is, on a terminal only; an empty line ends it. */
  progress(line: string): void;
  exists(file: string): boolean;
  readFile(file: string): string;
  /** The files of a folder in order of name, or undefined if there is no such folder. */
  listFolder(folder: string): string[] | undefined;
  /** Writes all files or, if one of them fails, none. */
  writeFiles(files: readonly OutputFile[]): void;
}

/** The terminal and the file system. */
export class NodeIo implements Io {
  readonly isTerminal = process.stderr.isTTY === true;
  private progressLength = 0;

  public now(): Date {
    return new Date();
  }

  public print(text: string): void {
    process.stdout.write(text);
  }

  public report(line: string): void {
    this.progress('');
    process.stderr.write(`${line}\n`);
  }

  public progress(line: string): void {
    if (this.isTerminal) {
      const shown = line.slice(0, (process.stderr.columns ?? 80) - 1);
      const ending = shown === '' && this.progressLength > 0 ? '\r' : '';
      process.stderr.write(this.progressLength > 0 || shown !== '' ? `\r${shown.padEnd(this.progressLength)}${ending}` : '');
      this.progressLength = shown.length;
    }
  }

  public exists(file: string): boolean {
    return fs.existsSync(file);
  }

  public readFile(file: string): string {
    return attempt(() => fs.readFileSync(file, 'utf8'), `cannot read ${file}`);
  }

  public listFolder(folder: string): string[] | undefined {
    const isFolder = fs.existsSync(folder) && fs.statSync(folder).isDirectory();
    return isFolder ? attempt(() => fs.readdirSync(folder).sort().map(name => path.join(folder, name)), `cannot read ${folder}`) : undefined;
  }

  public writeFiles(files: readonly OutputFile[]): void {
    const temporary: string[] = [];
    const written = files.map(({ path: file, text }) => {
      const draft = `${file}.${process.pid}.tmp`;
      attempt(() => {
        fs.writeFileSync(draft, text);
        temporary.push(draft);
      }, `cannot write ${file}`, () => temporary.forEach(other => fs.rmSync(other, { force: true })));
      return { draft, file };
    });
    written.forEach(({ draft, file }) => attempt(() => fs.renameSync(draft, file), `cannot write ${file}`,
      () => temporary.forEach(other => fs.rmSync(other, { force: true }))));
  }
}

/** Two results in one file would overwrite each other. */
export function requireTwoFiles(option: string, file: string | undefined, otherOption: string, otherFile: string | undefined): void {
  if (file !== undefined && otherFile !== undefined && path.resolve(file) === path.resolve(otherFile)) {
    throw new CliError(`${option} and ${otherOption} must be two files, got ${file} twice`);
  }
}

/** Says what failed in one line; the system's own message has a code and a path in it. */
function attempt<T>(action: () => T, failure: string, cleanUp: () => void = () => {}): T {
  try {
    return action();
    // eslint-disable-next-line no-restricted-syntax -- the system's error becomes a line that says what to do
  } catch (error) {
    cleanUp();
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(`${failure}: ${REASONS[code ?? ''] ?? code ?? String(error)}`);
  }
}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'no permission',
  EISDIR: 'it is a folder',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'part of the path is no folder',
  EROFS: 'the file system is read-only',
};
