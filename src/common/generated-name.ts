import { Names } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { NAME_LENGTH } from '../rules/names';

/** A unique name for a construct, within the pattern that windows, targets and tasks share. */
export function generatedName(scope: IConstruct): string {
  const name = Names.uniqueResourceName(scope, { maxLength: NAME_LENGTH.max, separator: '-', allowedSpecialCharacters: '_.-' });
  return name.length < NAME_LENGTH.min ? `${name}-window` : name;
}
