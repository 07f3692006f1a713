import { App } from 'aws-cdk-lib';
import { addFirstSteps } from './first-steps';
import { FollowUpStack } from './follow-up-stack';
import { PatchingStack } from './patching-stack';

const app = new App({
  // a window cannot be deleted while another stack has tasks in it
  context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
});
const patching = new PatchingStack(app, 'Patching', {
  description: 'Patches the production fleet eight days after Patch Tuesday',
});
new FollowUpStack(app, 'FollowUp', {
  description: 'Verifies and reports what each patch window did',
  maintenanceWindow: patching.maintenanceWindow,
  topic: patching.topic,
});
// the first app of the README
addFirstSteps(app);
app.synth();
