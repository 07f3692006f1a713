import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, visit, type Alias, type Document, type Node, type Scalar } from 'yaml';
import { ImportError } from '../errors';
import { attributeOf } from '../expression';
import { isObject, type Json } from '../json';
import { withoutByteOrderMark, type SourceFile } from './source-file';

/** Intrinsic functions whose short form is `!Name` and whose long form is `Fn::Name`. */
const FUNCTIONS = new Set([
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split',
  'Sub', 'ToJsonString', 'Transform',
]);

/** CloudFormation takes templates of at most 1 MB. */
const MAX_LENGTH = 5_000_000;
/** More than any template has: aliases can make a short text endless. */
const MAX_NODES = 300_000;
const MAX_CHARACTERS = 20_000_000;
const MAX_DEPTH = 200;
/** Scripts in a template may have brackets that nothing closes, and long indents. */
const MAX_OPEN = 1000;
const MAX_INDENT = 2000;
/** Its parser compares each anchor with all others. */
const MAX_ANCHORS = 5000;

/** Parses the YAML of a template; short forms of intrinsic functions become long forms. */
export function parseYaml(file: SourceFile): Json {
  if (file.text.length > MAX_LENGTH) {
    throw new ImportError(file.name, undefined, `must be at most ${MAX_LENGTH / 1_000_000} MB of YAML, got ${Math.ceil(file.text.length / 1_000_000)} MB`);
  }
  requireShallow(file);
  const anchors = file.text.match(/(?<![^\s,[{:-])&\w/g)?.length ?? 0;
  if (anchors > MAX_ANCHORS) {
    throw new ImportError(file.name, undefined, `must have at most ${MAX_ANCHORS} anchors, got ${anchors}`);
  }
  const documents = parseAllDocuments(withoutByteOrderMark(file.text), { version: '1.2', schema: 'core', merge: true });
  const [document] = 'empty' in documents ? [] : documents;
  if (!document) {
    throw new ImportError(file.name, undefined, 'must be a template, got an empty file');
  }
  if (documents.length > 1) {
    throw new ImportError(file.name, undefined, `must hold one YAML document, got ${documents.length}, split it at the lines "---"`);
  }
  const [error] = document.errors;
  if (error) {
    const place = error.linePos?.[0];
    throw error.message.includes('call stack') ? tooDeep(file)
      : new ImportError(file.name, place && `line ${place.line}, column ${place.col}`, `is not valid YAML: ${firstLine(error.message)}`);
  }
  return toJson(document.contents, { file, sources: sourcesOfAliases(document), nodes: 0, characters: 0, depth: 0 });
}

/** The parser calls itself for each level, so depth is told before it runs: brackets that stay open, or a dash or an indent for each level. */
function requireShallow(file: SourceFile): void {
  let open = 0;
  for (const character of file.text) {
    open = Math.max(open + (character === '[' || character === '{' ? 1 : character === ']' || character === '}' ? -1 : 0), 0);
    if (open > MAX_OPEN) { break; }
  }
  if (open > MAX_OPEN || new RegExp(`^[ -]{${MAX_INDENT}}`, 'm').test(file.text)) {
    throw tooDeep(file);
  }
}

function tooDeep(file: SourceFile): ImportError {
  return new ImportError(file.name, undefined, `must not be nested deeper than ${MAX_DEPTH} levels, got more`);
}

/** What each alias stands for: the last node before it with its anchor. Asking the parser for one at a time walks through all nodes each time. */
function sourcesOfAliases(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const sources = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const source = anchors.get(node.source);
        source && sources.set(node, source);
      } else if (node.anchor) {
        anchors.set(node.anchor, node);
      }
    },
  });
  return sources;
}

interface Context {
  readonly file: SourceFile;
  readonly sources: ReadonlyMap<Alias, Node>;
  nodes: number;
  characters: number;
  depth: number;
}

function firstLine(message: string): string {
  const [line] = message.split('\n');
  return line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}

function toJson(node: unknown, context: Context): Json {
  context.nodes++;
  context.depth++;
  context.characters += isScalar(node) && typeof node.value === 'string' ? node.value.length : 0;
  if (context.nodes > MAX_NODES || context.characters > MAX_CHARACTERS || context.depth > MAX_DEPTH) {
    throw new ImportError(context.file.name, undefined, 'is too large or nested too deeply, check its anchors and aliases');
  }
  const value = nodeValue(node, context);
  context.depth--;
  return value;
}

function nodeValue(node: unknown, context: Context): Json {
  if (isAlias(node)) {
    const source = context.sources.get(node);
    if (!source) {
      throw new ImportError(context.file.name, undefined, `refers to an anchor that it does not have, got *${node.source.slice(0, 100)}`);
    }
    return toJson(source, context);
  }
  if (node === null || node === undefined) {
    return null;
  }
  const value = plainValue(node as Node, context);
  const { tag } = node as Node;
  return tag?.startsWith('!') ? longForm(tag.slice(1), value, node as Node, context) : value;
}

function plainValue(node: Node, context: Context): Json {
  if (isSeq(node)) {
    return node.items.map(item => toJson(item, context));
  }
  if (isMap(node)) {
    const entries = new Map<string, Json>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? key.source ?? String(key.value) : String(toJson(key, context));
      const item = toJson(value, context);
      if (name === '<<') {
        const merged = (Array.isArray(item) ? item : [item]).filter(isObject).flatMap(source => Object.entries(source));
        merged.filter(([mergedName]) => !entries.has(mergedName)).forEach(([mergedName, mergedItem]) => entries.set(mergedName, mergedItem));
      } else {
        entries.set(name, item);
      }
    }
    return Object.fromEntries(entries);
  }
  return truthOf(node as Scalar) ?? scalarValue(node as Scalar);
}

/** CloudFormation reads YAML 1.1, where these words are booleans unless they are quoted. */
function truthOf({ type, source = '', tag }: Scalar): boolean | undefined {
  const isPlain = type === 'PLAIN' && tag === undefined;
  return isPlain && /^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(source) ? /^(yes|on)$/i.test(source) : undefined;
}

/** A number that would be written differently, such as 012 or 1.10, is kept as text. */
function scalarValue({ value, source }: Scalar): Json {
  if (typeof value === 'number') {
    return source === undefined || source === String(value) ? value : source;
  }
  return typeof value === 'boolean' || value === null ? value : String(value);
}

function longForm(name: string, value: Json, node: Node, { file }: Context): Json {
  if (name === 'Ref' || name === 'Condition') {
    return { [name]: value };
  }
  if (!FUNCTIONS.has(name)) {
    const line = file.text.slice(0, node.range?.[0] ?? 0).split('\n').length;
    throw new ImportError(file.name, `line ${line}`, `holds the unknown tag !${name}, use an intrinsic function of CloudFormation`);
  }
  const attribute = name === 'GetAtt' ? attributeOf(value) : undefined;
  return { [`Fn::${name}`]: attribute ? [attribute.resource, attribute.attribute] : value };
}
