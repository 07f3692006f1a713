/** A constant of the generated program. */
export interface Variable {
  readonly name: string;
  /** What it holds, where a method takes it as a parameter. */
  readonly type: Code;
}

/** A name that the program imports; `name` may have members after a dot. */
export interface ImportedName {
  readonly module: string;
  /** The alias of a namespace import; undefined for an import by name. */
  readonly namespace?: string;
  readonly name: string;
}

/** Words of the language, and names that the program does not import. */
type Keyword = 'this' | 'props' | 'Date';

/**
 * An expression of the generated program.
 *
 * Names of it come from this importer alone; what the source says stands in literals, which are written from their final value.
 */
export type Code =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'keyword'; readonly keyword: Keyword }
  | { readonly kind: 'imported'; readonly imported: ImportedName }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'member'; readonly object: Code; readonly name: string }
  | { readonly kind: 'call'; readonly callee: Code; readonly args: readonly Code[]; readonly isNew?: boolean }
  | ObjectCode
  | { readonly kind: 'array'; readonly items: readonly Code[] }
  | { readonly kind: 'spread'; readonly value: Code }
  | { readonly kind: 'cast'; readonly value: Code; readonly type: Code }
  | { readonly kind: 'choice'; readonly test: Code; readonly value: Code };

/** A map, or the members of a struct, whose names are part of an API. */
export interface ObjectCode {
  readonly kind: 'object';
  readonly entries: ReadonlyArray<readonly [name: string | Code, value: Code]>;
  /** Whether the names are members of a struct; those of a map are values of the source. */
  readonly isStruct?: boolean;
  /** The class of the struct in languages that name it, where it is no argument of a call. */
  readonly struct?: Code;
  readonly multiline?: boolean;
}

/** A statement: a constant, a call, or an assignment. */
export interface Statement {
  readonly comments: readonly string[];
  readonly variable?: Variable;
  /** The left side of an assignment. */
  readonly assigned?: Code;
  readonly code: Code;
  /** The entity that the statement makes, or makes something for. */
  readonly key?: string;
  /** Whether other entities use what the statement makes, too. */
  readonly isShared?: boolean;
  /** An empty line goes before the statement. */
  readonly startsBlock?: boolean;
}

export const THIS: Code = keyword('this');

export function keyword(word: Keyword): Code {
  return { kind: 'keyword', keyword: word };
}

export function literal(value: string | number | boolean | null): Code {
  return { kind: 'literal', value };
}

export function variable(value: Variable): Code {
  return { kind: 'variable', variable: value };
}

/** A name of `aws-cdk-lib` itself. */
export function core(name: string): Code {
  return { kind: 'imported', imported: { module: 'aws-cdk-lib', name } };
}

/** A name of a module of `aws-cdk-lib`, such as `iam`. */
export function service(namespace: string, module: string, name: string): Code {
  return { kind: 'imported', imported: { module: `aws-cdk-lib/${module}`, namespace, name } };
}

/** A name of this library. */
export function own(name: string): Code {
  return { kind: 'imported', imported: { module: 'cdk-ssm-maintenance-windows', name } };
}

export function member(owner: Code, name: string): Code {
  return { kind: 'member', object: owner, name };
}

export function call(callee: Code, ...args: Code[]): Code {
  return { kind: 'call', callee, args };
}

export function create(callee: Code, ...args: Code[]): Code {
  return { kind: 'call', callee, args, isNew: true };
}

export function array(items: readonly Code[]): Code {
  return { kind: 'array', items };
}

/** A struct; members without a value are left out. */
export function object(entries: { readonly [name: string]: Code | undefined }): ObjectCode {
  return {
    kind: 'object',
    isStruct: true,
    entries: Object.entries(entries).flatMap(([name, value]) => value ? [[name, value] as const] : []),
  };
}

/** Props of a construct: each on a line of its own. */
export function props(entries: { readonly [name: string]: Code | undefined }): Code {
  return { ...object(entries), multiline: true };
}

/** A map, whose names come from the source; some may be known only at deployment. */
export function map(entries: ReadonlyArray<readonly [string | Code, Code]>): Code {
  return { kind: 'object', entries };
}

export function isEmptyObject(code: Code): boolean {
  return code.kind === 'object' && code.entries.length === 0;
}

/** Calls `visit` with every part of an expression. */
export function visitCode(code: Code, visit: (part: Code) => void): void {
  visit(code);
  childrenOf(code).forEach(child => visitCode(child, visit));
}

function childrenOf(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'member': return [code.object];
    case 'call': return [code.callee, ...code.args];
    case 'object': return [...code.entries.flat().filter((part): part is Code => typeof part !== 'string'), ...code.struct ? [code.struct] : []];
    case 'array': return code.items;
    case 'spread': return [code.value];
    case 'cast': return [code.value, code.type];
    case 'choice': return [code.test, code.value];
    default: return [];
  }
}
