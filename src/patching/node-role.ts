import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import { checkGiven } from '../common/given';

/** Rejects a grantee that nothing can be granted to: an instance that is imported does not tell its role. */
export function checkNodeRole(scope: IConstruct, grantee: iam.IGrantable): void {
  checkGiven(scope, 'grantee', grantee, 'a grantee');
  if (grantee.grantPrincipal instanceof iam.UnknownPrincipal) {
    throw validationError(scope, '\'grantee\' must have a role that is known, got an imported resource, pass the role of the instance profile');
  }
}
