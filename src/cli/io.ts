import { isUtf8 } from 'node:buffer';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CliError } from './cli-error';
import { printable } from '../timeline/timeline-text';

const MEGABYTE = 1_000_000;
/** An account at its quotas has a tenth of that. */
const MAX_FILE_SIZE = 64 * MEGABYTE;

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
  /** Makes a folder, unless it is there. */
  makeFolder(folder: string): void;
  /** Fails when there is no folder for a file. */
  requireFolderOf(file: string): void;
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
    process.stderr.write(`${printable(line)}\n`);
  }

  public progress(line: string): void {
    if (this.isTerminal) {
      const shown = printable(line).slice(0, (process.stderr.columns ?? 80) - 1);
      const ending = shown === '' && this.progressLength > 0 ? '\r' : '';
      process.stderr.write(this.progressLength > 0 || shown !== '' ? `\r${shown.padEnd(this.progressLength)}${ending}` : '');
      this.progressLength = shown.length;
    }
  }

  public exists(file: string): boolean {
    // a link to nothing is there, too
    return fs.existsSync(file) || (fs.existsSync(`${path.dirname(file)}/`) && fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined);
  }

  public readFile(file: string): string {
    const stats = attempt(() => fs.statSync(file), `cannot read ${file}`);
    if (!stats.isFile()) {
      throw new CliError(`cannot read ${file}: it is no file`);
    }
    if (stats.size > MAX_FILE_SIZE) {
      throw new CliError(`cannot read ${file}: it must be at most ${MAX_FILE_SIZE / MEGABYTE} MB, got ${Math.ceil(stats.size / MEGABYTE)} MB`);
    }
    return textOf(file, attempt(() => fs.readFileSync(file), `cannot read ${file}`));
  }

  public listFolder(folder: string): string[] | undefined {
    const isFolder = fs.existsSync(folder) && fs.statSync(folder).isDirectory();
    return isFolder ? attempt(() => fs.readdirSync(folder).sort().map(name => path.join(folder, name)), `cannot read ${folder}`) : undefined;
  }

  public makeFolder(folder: string): void {
    attempt(() => fs.mkdirSync(folder, { recursive: true }), `cannot make ${folder}`);
  }

  public requireFolderOf(file: string): void {
    attempt(() => fs.accessSync(path.dirname(file), fs.constants.W_OK), `cannot write ${file}`);
  }

  public writeFiles(files: readonly OutputFile[]): void {
    const temporary: string[] = [];
    const written = files.map(({ path: file, text }) => {
      const draft = `${file}.${process.pid}.tmp`;
      attempt(() => {
        // never through a link that somebody put there
        fs.writeFileSync(draft, text, { flag: 'wx' });
        temporary.push(draft);
      }, `cannot write ${file}`, () => temporary.forEach(other => fs.rmSync(other, { force: true })));
      return { draft, file };
    });
    written.forEach(({ draft, file }) => attempt(() => fs.renameSync(draft, file), `cannot write ${file}`,
      () => temporary.forEach(other => fs.rmSync(other, { force: true }))));
  }
}

/** The text in bytes, of which PowerShell writes UTF-16 and all other tools UTF-8. */
function textOf(file: string, bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return bytes.subarray(2).toString('utf16le');
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - bytes.length % 2)).swap16().toString('utf16le');
  }
  if (!isUtf8(bytes)) {
    throw new CliError(`cannot read ${file}: it must be UTF-8, or UTF-16 with a byte order mark, save it as UTF-8`);
  }
  return bytes.toString('utf8');
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
