import { Fn, Token } from 'aws-cdk-lib';

/** A string token: a value that is not known before deployment. */
export function later(): string {
  return Fn.importValue('Value');
}

/** A number token. */
export function laterNumber(): number {
  return Token.asNumber(Fn.importValue('Value'));
}
