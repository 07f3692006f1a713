import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Token } from 'aws-cdk-lib/core';

/** The URL of a window in the AWS Management Console. */
export function windowConsoleUrl(window: IMaintenanceWindowRef): string {
  const { region } = window.env;
  return `https://${region}.${consoleDomain(region)}/systems-manager/maintenance-windows/${window.maintenanceWindowRef.windowId}/description?region=${region}`;
}

/** Each partition has a console of its own. */
function consoleDomain(region: string): string {
  if (!Token.isUnresolved(region) && region.startsWith('cn-')) {
    return 'console.amazonaws.cn';
  }
  return !Token.isUnresolved(region) && region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}
