import { App, Duration, Stack } from 'aws-cdk-lib';
import { PatchBaseline, PatchFilter, PatchOperatingSystem } from '../../src/patching';

/** A patch baseline with the parameters that must be given, and a rule: without one it approves nothing. */
export function defineDefaultPatchBaseline(app: App): Stack {
  const stack = new Stack(app, 'DefaultPatchBaseline');
  new PatchBaseline(stack, 'Baseline', {
    operatingSystem: PatchOperatingSystem.AMAZON_LINUX_2023,
    approvalRules: [{ filters: [PatchFilter.classification('Security')], approveAfter: Duration.days(7) }],
  });
  return stack;
}

if (require.main === module) { defineDefaultPatchBaseline(new App()); }
