import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';

/** The ARN of a window; the one that an imported window was given keeps its text. */
export function windowArn(window: IMaintenanceWindowRef & { readonly maintenanceWindowArn?: string }): string {
  return window.maintenanceWindowArn ?? Stack.of(window).formatArn({
    service: 'ssm',
    resource: 'maintenancewindow',
    resourceName: window.maintenanceWindowRef.windowId,
    account: window.env.account,
    region: window.env.region,
  });
}
