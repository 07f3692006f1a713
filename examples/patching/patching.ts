import type { Construct } from 'constructs';
import { FollowUpStack } from './follow-up-stack';
import { WindowsStack } from './windows-stack';

/** An instance to show; a real one is given by `--context bastionInstanceId=i-…`. */
const BASTION = 'i-0123456789abcdef0';

/** Said explicitly, as newer versions of the CDK ask: a window cannot be deleted while another stack has tasks in it. */
export const CONTEXT = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

/** Monthly patching of two environments: the windows, and what is done in them once the instances are patched. */
export function definePatching(scope: Construct): { windows: WindowsStack; followUp: FollowUpStack } {
  const windows = new WindowsStack(scope, 'PatchingWindows', {
    description: 'Maintenance windows that patch the instances of staging and production',
    bastionInstanceId: scope.node.tryGetContext('bastionInstanceId') ?? BASTION,
  });
  const followUp = new FollowUpStack(scope, 'PatchingFollowUp', {
    description: 'Verifies the compliance of patched instances and reports on each window',
    windows: { Staging: windows.staging.window, Production: windows.production.window },
    topic: windows.output.topic,
  });
  return { windows, followUp };
}
