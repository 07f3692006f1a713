import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar } from 'yaml';
import { ImportError } from '../errors';
import { attributeOf } from '../expression';
import { isObject, type Json } from '../json';
import { withoutByteOrderMark, type SourceFile } from './text-of-json';

/** Intrinsic functions whose short form is `!Name` and whose long form is `Fn::Name`. */
const FUNCTIONS = new Set([
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split',
  'Sub', 'ToJsonString', 'Transform',
]);

/** Parses the YAML of a template; short forms of intrinsic functions become long forms. */
export function parseYaml(file: SourceFile): Json {
  const document = parseDocument(withoutByteOrderMark(file.text), { version: '1.2', schema: 'core', merge: true });
  const [error] = document.errors;
  if (error) {
    const place = error.linePos?.[0];
    throw new ImportError(file.name, place && `line ${place.line}, column ${place.col}`, `is not valid YAML: ${firstLine(error.message)}`);
  }
  return toJson(document.contents, { file, document, nodes: 0, depth: 0 });
}

/** More than any template has: aliases can make a short text endless. */
const MAX_NODES = 300_000;
const MAX_DEPTH = 200;

interface Context {
  readonly file: SourceFile;
  readonly document: Document.Parsed;
  nodes: number;
  depth: number;
}

function firstLine(message: string): string {
  const [line] = message.split('\n');
  return line.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}

function toJson(node: unknown, context: Context): Json {
  context.nodes++;
  context.depth++;
  if (context.nodes > MAX_NODES || context.depth > MAX_DEPTH) {
    throw new ImportError(context.file.name, undefined, 'is too large or nested too deeply, check its anchors and aliases');
  }
  const value = nodeValue(node, context);
  context.depth--;
  return value;
}

function nodeValue(node: unknown, context: Context): Json {
  if (isAlias(node)) {
    return toJson(node.resolve(context.document), context);
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
