import * as path from 'node:path';
import { refusal } from './errors';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { parseTemplateText } from '../importer/read/parse-template';
import { printable } from '../timeline/timeline-text';

/** What is read from: a file system, or a fake of one. */
export interface FileReader {
  exists(file: string): boolean;
  readFile(file: string): string;
  /** The files of a folder, or undefined if there is no such folder. */
  listFolder(folder: string): string[] | undefined;
  /** What a file is, before it is read; undefined if nobody knows. */
  facts?(file: string): FileFacts | undefined;
}

export interface FileFacts {
  /** Where it is, without symbolic links. */
  readonly realPath: string;
  readonly isRegular: boolean;
  readonly bytes: number;
}

/** The largest template that CloudFormation takes has 1 MB, a manifest of many stacks has some more. */
const MAX_BYTES = 64_000_000;
/** As deep as the importer reads YAML. */
export const MAX_DEPTH = 200;

/** The files of one app, each of which is read once. */
export class TemplateFiles {
  private readonly contents = new Map<string, Json>();

  /** @param root the folder that all files are in, if they are those of an assembly */
  constructor(private readonly reader: FileReader, private readonly root?: string) {}

  public template(file: string): JsonObject {
    const content = this.read(file);
    if (!isObject(content)) {
      throw refusal(file, undefined, 'must be a CloudFormation template');
    }
    return content;
  }

  public read(file: string): Json {
    const known = this.contents.get(file);
    if (known !== undefined) {
      return known;
    }
    this.check(file);
    const content = parsed(file, this.reader.readFile(file));
    this.contents.set(file, content);
    return content;
  }

  /** A file or folder that another file names, which must not lead out of the assembly. */
  public within(folder: string, named: string, place: { readonly file: string; readonly place: string }): string {
    const file = path.join(folder, named);
    if (path.isAbsolute(named) || !isInside(path.resolve(this.root ?? folder), path.resolve(file))) {
      throw refusal(place.file, place.place, `must be a file of the assembly, got ${JSON.stringify(named)}, synthesize the app again`);
    }
    return file;
  }

  private check(file: string): void {
    const facts = this.reader.facts?.(file);
    if (!facts) {
      return;
    }
    if (!facts.isRegular) {
      throw refusal(file, undefined, 'must be a regular file, got something else, synthesize the app again');
    }
    if (facts.bytes > MAX_BYTES) {
      throw refusal(file, undefined, `must have at most ${MAX_BYTES} bytes, got ${facts.bytes}, give the template of one stack`);
    }
    const root = this.root === undefined ? undefined : this.reader.facts?.(this.root);
    if (root && !isInside(root.realPath, facts.realPath)) {
      throw refusal(file, undefined, `must be a file of the assembly, got a link to ${facts.realPath}, synthesize the app again`);
    }
  }
}

/** The content of a template's text, which may be that of a file or be written in another template. */
export function parsed(name: string, text: string): Json {
  return parseTemplateText({ name: printable(name), text });
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
