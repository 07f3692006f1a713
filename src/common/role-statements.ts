import * as iam from 'aws-cdk-lib/aws-iam';
import type { Stack } from 'aws-cdk-lib/core';
import { perConstruct } from './per-construct';

/** What each role was granted: most tasks of a window need the same, and a policy compares every statement with all others. */
const grantedTo = perConstruct('Granted', () => new Set<unknown>());

/**
 * Has a role granted something once, however many tasks ask for it.
 *
 * @param what tells this from other grants: an object that is granted, or a text
 */
export function grantOnce(role: iam.IRole, what: object | string, grant: () => void): void {
  const granted = grantedTo(role);
  if (!granted.has(what)) {
    granted.add(what);
    grant();
  }
}

/** What tells grants of a stack apart before their ARNs are formatted, which takes longer than all else that is done for a task. */
export function grantKey(stack: Stack, ...what: unknown[]): string {
  return `${stack.node.addr} ${what.join(' ')}`;
}

type Statement = Pick<iam.GrantOnPrincipalOptions, 'actions' | 'resourceArns' | 'conditions'>;

/** Allows a role what a statement says. */
export function allow(role: iam.IRole, statement: Statement): void {
  grantOnce(role, JSON.stringify(statement), () => iam.Grant.addToPrincipal({ grantee: role, ...statement }));
}
