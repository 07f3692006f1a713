import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { perConstruct } from '../common/per-construct';

interface Settings {
  role?: iam.IRole;
}

const settingsOf = perConstruct('BlackoutSettings', (): Settings => ({}));

/** Returns whether the scope had none before. */
export function giveRole(scope: IConstruct, role: iam.IRole): boolean {
  const settings = settingsOf(scope);
  const isFirst = settings.role === undefined;
  settings.role = role;
  return isFirst;
}

/** The role that was given for a construct: of several scopes around it, the innermost counts. */
export function roleGivenFor(construct: IConstruct): iam.IRole | undefined {
  return construct.node.scopes.reverse().map((scope) => settingsOf(scope).role).find((role) => role !== undefined);
}
