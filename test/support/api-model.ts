import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isIntrinsic } from './intrinsics';

/** A shape of the API model, as botocore writes them. */
interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'boolean' | 'blob' | 'timestamp';
  readonly members?: { readonly [name: string]: { readonly shape: string } };
  readonly required?: string[];
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: string[];
}

/** Shapes of one name are the same in both models. */
const SHAPES: { readonly [name: string]: Shape } = Object.assign({}, ...['ssm-maintenance-windows', 'ssm-patch-baselines'].map(name => (
  JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'model', `${name}.model.json`), 'utf-8')) as { shapes: object }).shapes));

const PATTERNS = new Map<string, RegExp>();

/**
 * What the API model refuses in a request. A value that is known only at deployment passes.
 *
 * @param shapeName the shape of the request, such as `CreateMaintenanceWindowRequest`
 */
export function apiViolations(shapeName: string, request: unknown): string[] {
  const violations: string[] = [];
  check(shapeName, request, shapeName, violations);
  return violations;
}

function check(shapeName: string, value: unknown, path: string, violations: string[]): void {
  if (isIntrinsic(value)) { return; }
  const shape = SHAPES[shapeName];
  switch (shape.type) {
    case 'structure': return checkStructure(shape, value, path, violations);
    case 'list': return checkList(shape, value, path, violations);
    case 'map': return checkMap(shape, value, path, violations);
    case 'string': return checkString(shape, value, path, violations);
    case 'integer': return checkInteger(shape, value, path, violations);
    case 'blob': return checkBlob(shape, value, path, violations);
    case 'boolean':
      if (typeof value !== 'boolean') { violations.push(`${path} is not a boolean`); }
      return;
    default:
      throw new Error(`requests have no ${shape.type}`);
  }
}

function checkStructure(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (!isRecord(value)) { violations.push(`${path} is not a structure`); return; }
  for (const name of shape.required ?? []) {
    if (value[name] === undefined) { violations.push(`${path}.${name} is required`); }
  }
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) { continue; }
    const reference = shape.members?.[name];
    if (reference) {
      check(reference.shape, member, `${path}.${name}`, violations);
    } else {
      violations.push(`${path}.${name} does not exist`);
    }
  }
}

function checkList(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (!Array.isArray(value)) { violations.push(`${path} is not a list`); return; }
  checkSize(shape, value.length, path, violations);
  value.forEach((item, i) => check(shape.member!.shape, item, `${path}[${i}]`, violations));
}

function checkMap(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (!isRecord(value)) { violations.push(`${path} is not a map`); return; }
  checkSize(shape, Object.keys(value).length, path, violations);
  for (const [key, item] of Object.entries(value)) {
    check(shape.key!.shape, key, `${path} key ${JSON.stringify(key)}`, violations);
    check(shape.value!.shape, item, `${path}.${key}`, violations);
  }
}

function checkString(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (typeof value !== 'string') { violations.push(`${path} is not a string`); return; }
  if (shape.min !== undefined || shape.max !== undefined) { checkSize(shape, [...value].length, path, violations); }
  if (shape.enum && !shape.enum.includes(value)) { violations.push(`${path} is not one of ${shape.enum.join(', ')}`); }
  if (shape.pattern && !patternOf(shape.pattern).test(value)) { violations.push(`${path} does not match ${shape.pattern}`); }
}

function checkInteger(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (!Number.isInteger(value) || Math.abs(value as number) > 0x7fffffff) { violations.push(`${path} is not an integer`); return; }
  checkSize(shape, value as number, path, violations);
}

function checkBlob(shape: Shape, value: unknown, path: string, violations: string[]): void {
  if (!Buffer.isBuffer(value)) { violations.push(`${path} is not a blob`); return; }
  checkSize(shape, value.length, path, violations);
}

function checkSize(shape: Shape, size: number, path: string, violations: string[]): void {
  if (shape.min !== undefined && size < shape.min) { violations.push(`${path} is below the minimum of ${shape.min}`); }
  if (shape.max !== undefined && size > shape.max) { violations.push(`${path} is above the maximum of ${shape.max}`); }
}

/** The service matches the whole value. */
function patternOf(pattern: string): RegExp {
  let compiled = PATTERNS.get(pattern);
  if (!compiled) {
    compiled = new RegExp(`^(?:${pattern})$`, 'u');
    PATTERNS.set(pattern, compiled);
  }
  return compiled;
}

function isRecord(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}
