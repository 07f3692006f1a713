import type { IConstruct } from 'constructs';

/**
 * Makes the error for an input that a rule refuses. The only place that makes errors.
 *
 * @param scope the construct whose path the message ends with; undefined in value classes, which have none
 */
export function validationError(scope: IConstruct | undefined, message: string): Error {
  const error = new Error(scope ? `${message} (at ${scope.node.path})` : message);
  error.name = 'ValidationError';
  return error;
}
