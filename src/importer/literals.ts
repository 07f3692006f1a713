import { hasIntrinsic } from './expression';
import type { Json } from './json';
import { isDefaultRoleArn } from '../rules/role';
import { fromTemplate } from '../rules/template-value';

/** False if the value is missing or known only at deployment. */
export function isLiteral(value: Json | undefined): value is Json {
  return value !== undefined && !hasIntrinsic(value);
}

/** The number in a number or a text, or undefined if it is known only at deployment. */
export function literalNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined;
}

/** Whether a task with this role runs as one without a role. */
export function isDefaultRole(roleArn: Json | undefined): boolean {
  return isDefaultRoleArn(fromTemplate(roleArn));
}
