import { App, Duration, Stack } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule, TargetSelector } from '../../src';
import { PatchWindows } from '../../src/patching';

/** The windows that keep nodes patched, with the parameters that must be given. */
export function defineDefaultPatchWindow(app: App): Stack {
  const stack = new Stack(app, 'DefaultPatchWindow');
  new PatchWindows(stack, 'Patching', {
    selector: TargetSelector.tags({ Role: ['web'] }),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ hour: '2', daysAfter: Duration.days(8) }),
  });
  return stack;
}

if (require.main === module) { defineDefaultPatchWindow(new App()); }
