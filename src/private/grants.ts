import * as iam from 'aws-cdk-lib/aws-iam';

/** What each role was granted: most tasks of a window need the same, and a policy compares every statement with all others. */
const GRANTED = new WeakMap<iam.IRole, Set<unknown>>();

/** Has a role granted something once, however many tasks ask for it. */
export function grantOnce(role: iam.IRole, what: unknown, grant: () => void): void {
  const granted = GRANTED.get(role) ?? new Set();
  GRANTED.set(role, granted);
  if (!granted.has(what)) {
    granted.add(what);
    grant();
  }
}

export type Statement = Pick<iam.GrantOnPrincipalOptions, 'actions' | 'resourceArns' | 'conditions'>;

/** Allows a role what a statement says. */
export function allow(role: iam.IRole, statement: Statement): void {
  grantOnce(role, JSON.stringify(statement), () => iam.Grant.addToPrincipal({ grantee: role, ...statement }));
}
