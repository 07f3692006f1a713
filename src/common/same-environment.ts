import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Token, TokenComparison } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { validationError } from './errors';
import { shown } from './validation';

/** Whether both values are known and differ. */
export function surelyDiffer(a: string, b: string): boolean {
  return a !== b && Token.compareStrings(a, b) === TokenComparison.DIFFERENT;
}

/** Targets and tasks live where their window lives: the service registers them in one account and region. */
export function checkWindowEnvironment(member: IResource, window: IMaintenanceWindowRef): void {
  for (const part of ['account', 'region'] as const) {
    if (surelyDiffer(member.env[part], window.env[part])) {
      throw validationError(member, `'maintenanceWindow' must be of the ${part} of this stack, ${shown(member.env[part])}, `
        + `got a window of ${shown(window.env[part])}, move the construct to a stack of that ${part}`);
    }
  }
}
