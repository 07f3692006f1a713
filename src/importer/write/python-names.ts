import { stringLiteral } from './string-literal';

const RESERVED = new Set([
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'finally',
  'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
]);

/** Names that a constant would hide from the rest of its method. */
const USED = new Set([
  'self', 'scope', 'construct_id', 'kwargs', 'custom_resources', 'super', 'dict', 'bool', 'str', 'datetime', 'cloudwatch', 'iam', 'lambda_', 'logs', 's3', 'sns',
  'ssm', 'sfn',
]);

/** The name of a member in Python, as jsii writes it. */
export function snakeCase(name: string): string {
  // constants stay as they are
  return /^[A-Z0-9_]+$/.test(name) ? name : name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase();
}

/** The name of a keyword argument. */
export function keywordArgument(name: string): string {
  const snake = snakeCase(name);
  return RESERVED.has(snake) ? `${snake}_` : snake;
}

/** The name of a constant. */
export function pythonVariable(name: string): string {
  const snake = snakeCase(name);
  return RESERVED.has(snake) || USED.has(snake) ? `${snake}_` : snake;
}

/** The alias of a module. */
export function pythonNamespace(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

/** A value of the source, written as a literal of its final value. */
export function pythonLiteral(value: string | number | boolean | null): string {
  if (value === null) {
    return 'None';
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  // the escapes of TypeScript's literals are those of Python's, and numbers that are none stand in texts
  return typeof value === 'string' || !Number.isFinite(value) ? stringLiteral(String(value), '"') : String(value);
}
