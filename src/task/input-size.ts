import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import { literalParts } from '../common/text';
import { atEndOfSynthesis } from '../common/warnings';
import { MAX_INPUT } from '../rules/invocation';

const MEASURES = {
  bytes: (text: string) => Buffer.byteLength(text, 'utf8'),
  characters: (text: string) => [...text].length,
};

/** Checks the size of an input as far as it is known: when it contains tokens, at the end of synthesis, when they are complete. */
export function checkInputSize(task: IConstruct, prop: string, text: string, unit: keyof typeof MEASURES): void {
  const problem = () => {
    const size = literalParts(task, text).reduce((sum, part) => sum + MEASURES[unit](part), 0);
    return size > MAX_INPUT ? `'${prop}' must be at most ${MAX_INPUT} ${unit} long, got ${size} ${unit}, shorten it, or pass a reference such as an S3 key` : undefined;
  };
  if (Token.isUnresolved(text)) {
    atEndOfSynthesis(task, () => [problem() ?? []].flat());
    return;
  }
  const message = problem();
  if (message) {
    throw validationError(task, message);
  }
}
