import { Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';

/** Rejects a scope that holds no stacks and is none: settings are for whole stacks. */
export function checkConfiguredScope(scope: IConstruct): void {
  // An app is a stage.
  if (!Stack.isStack(scope) && !Stage.isStage(scope)) {
    throw validationError(scope, `'scope' must be an app, a stage or a stack, got ${JSON.stringify(scope.node.path)}, pass Stack.of(scope)`);
  }
}
