import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Token, TokenComparison } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { validationError } from './errors';
import { formatValue } from './validation';

/** Whether both values are resolved and different. */
export function areKnownToDiffer(a: string, b: string): boolean {
  return a !== b && Token.compareStrings(a, b) === TokenComparison.DIFFERENT;
}

/** Targets and tasks live where their window lives: the service registers them in one account and region. */
export function checkWindowEnvironment(member: IResource, window: IMaintenanceWindowRef): void {
  for (const part of ['account', 'region'] as const) {
    if (areKnownToDiffer(member.env[part], window.env[part])) {
      throw validationError(member, `'maintenanceWindow' must be of the ${part} of this stack, ${formatValue(member.env[part])}, `
        + `got a window of ${formatValue(window.env[part])}, move the construct to a stack of that ${part}`);
    }
  }
}
