/** Stands for a value that is not known before deployment: a token of CDK, an intrinsic function of CloudFormation. */
export const UNKNOWN: unique symbol = Symbol('unknown');
