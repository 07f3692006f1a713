import { Names } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

const MAX_LENGTH = 128;
const MIN_LENGTH = 3;

/** A unique name for a construct, within the pattern that windows, targets and tasks share. */
export function generatedName(scope: IConstruct): string {
  const name = Names.uniqueResourceName(scope, { maxLength: MAX_LENGTH, separator: '-', allowedSpecialCharacters: '_.-' });
  return name.length < MIN_LENGTH ? `${name}-window` : name;
}
