import { Annotations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Advice with a stable id, which is public API: users acknowledge warnings by it. */
export interface Advice {
  readonly id: string;
  readonly message: string;
}

export function addWarning(scope: IConstruct, { id, message }: Advice): void {
  Annotations.of(scope).addWarningV2(`cdk-ssm-maintenance-windows:${id}`, message);
}

/** Runs a check when the tree is complete: what it finds depends on calls made after the constructor. */
export function atEndOfSynthesis(scope: IConstruct, check: () => string[] | void): void {
  scope.node.addValidation({ validate: () => check() ?? [] });
}
