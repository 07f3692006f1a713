import { UnscopedValidationError, ValidationError } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** The code of the error. Its type is a brand of CDK for texts that stand in the source, as this one does. */
const NAME = 'ValidationError' as ConstructorParameters<typeof ValidationError>[0];

/**
 * Makes the error for an input that a rule rejects. The only place that makes errors.
 *
 * The stack of the error begins with the line of the app, as CDK leaves out frames of packages.
 *
 * @param scope the construct whose path the message ends with; undefined in value classes, which have none
 */
export function validationError(scope: IConstruct | undefined, message: string): Error {
  return scope ? new ValidationError(NAME, `${message} (at ${scope.node.path})`, scope) : new UnscopedValidationError(NAME, message);
}
