import { createHash } from 'node:crypto';
import type { Code, Variable } from './code';

const RESERVED = new Set([
  'arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'enum', 'eval',
  'export', 'extends', 'false', 'finally', 'for', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let', 'new', 'null',
  'package', 'private', 'protected', 'public', 'return', 'static', 'super', 'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void',
  'while', 'with', 'yield',
  // names that the program uses already
  'scope', 'id', 'props', 'cloudwatch', 'iam', 'lambda', 'logs', 's3', 'sns', 'ssm', 'sfn', 'undefined', 'NaN', 'Infinity', 'Date',
]);

/** The words of a name in the form of a class name: `patch-tuesday` is `PatchTuesday`. */
export function pascalCase(name: string): string {
  return name.normalize('NFKD').split(/[^A-Za-z0-9]+/).filter(word => word !== '').map(word => word[0].toUpperCase() + word.slice(1)).join('');
}

function camelCase(name: string): string {
  const pascal = pascalCase(name);
  const acronym = /^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$/.exec(pascal)?.[0];
  return acronym ? acronym.toLowerCase() + pascal.slice(acronym.length) : pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

function variableName(wanted: string): string {
  const base = camelCase(wanted) || 'value';
  return /^\d/.test(base) ? `_${base}` : base;
}

/** Gives out names, each once. */
export class Identifiers {
  private readonly variables = new Set<string>();
  private readonly methods = new Set<string>();
  private readonly constructIds = new Map<string, Set<string>>();

  /**
   * A name that no other constant has.
   *
   * @param qualifier what distinguishes it from another of the same name, such as the name of its window
   */
  public variable(wanted: string, type: Code, qualifier: string = ''): Variable {
    const isFree = (name: string) => !RESERVED.has(name) && !this.variables.has(name);
    const plain = variableName(wanted);
    const base = isFree(plain) || qualifier === '' || plain.startsWith(variableName(qualifier)) ? plain : variableName(`${qualifier} ${wanted}`);
    return { name: unused(base, isFree, this.variables), type };
  }

  /** The name of a method that defines something. A stack has no member that begins so. */
  public method(wanted: string): string {
    return unused(`define${pascalCase(wanted)}`, name => !this.methods.has(name), this.methods);
  }

  /** An id that no other construct in the scope has; scopes are named by their path. */
  public constructId(scope: string, wanted: string): string {
    const taken = this.constructIds.get(scope) ?? new Set<string>();
    this.constructIds.set(scope, taken);
    return unused(pascalCase(wanted) || 'Resource', name => !taken.has(name.toLowerCase()) && !['Resource', 'Default'].includes(name), taken, name => name.toLowerCase());
  }

  /** The id itself, unless another construct of the stack has it. */
  public keptConstructId(wanted: string): string {
    const taken = this.constructIds.get('') ?? new Set<string>();
    this.constructIds.set('', taken);
    return unused(wanted, name => !taken.has(name.toLowerCase()), taken, name => name.toLowerCase());
  }
}

function unused(base: string, isFree: (name: string) => boolean, taken: Set<string>, keyOf = (name: string) => name): string {
  let name = base;
  for (let suffix = 2; !isFree(name); suffix++) {
    name = `${base}${suffix}`;
  }
  taken.add(keyOf(name));
  return name;
}

const MAX_HUMAN_LENGTH = 240;

/** The logical id that the CDK gives to a resource, from the ids of its construct and those around it within the stack. */
export function logicalIdOf(path: readonly string[]): string {
  const components = path.filter(id => id !== 'Default');
  if (components.length === 1) {
    return components[0].replace(/[^A-Za-z0-9]/g, '');
  }
  const hash = createHash('md5').update(components.join('/')).digest('hex').slice(0, 8).toUpperCase();
  const distinct: string[] = [];
  components.forEach(id => distinct.at(-1)?.endsWith(id) || distinct.push(id));
  const human = distinct.filter(id => id !== 'Resource').map(id => id.replace(/[^A-Za-z0-9]/g, '')).join('').slice(0, MAX_HUMAN_LENGTH);
  return human + hash;
}
