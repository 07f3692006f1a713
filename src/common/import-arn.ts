import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { validationError } from './errors';
import { checkGiven } from './given';
import { formatValue } from '../rules/format-value';

/** The parts of an ARN, without which account and Region cannot be read. */
const ARN_SHAPE = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+/;

/** Rejects what is no ARN, before an import takes it apart. The message names the place of the import, which is not made yet. */
export function requireArnShape(scope: Construct, id: string, prop: string, arn: string, methodForId: string): void {
  checkGiven(scope, prop, arn, 'a string');
  if (!Token.isUnresolved(arn) && !ARN_SHAPE.test(arn)) {
    throw validationError(new Construct(scope, id), `'${prop}' must be an ARN, got ${formatValue(arn)}, use ${methodForId}() for an ID`);
  }
}
