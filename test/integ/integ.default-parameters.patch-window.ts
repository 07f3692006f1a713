import { App, Stack } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule, PatchWindow, TargetSelector } from '../../src';

/** The windows that keep nodes patched, with the parameters that must be given. */
export function defineDefaultPatchWindow(app: App): Stack {
  const stack = new Stack(app, 'DefaultPatchWindow');
  new PatchWindow(stack, 'Patching', {
    selector: TargetSelector.tags({ Role: ['web'] }),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ hour: '2' }),
  });
  return stack;
}

if (require.main === module) { defineDefaultPatchWindow(new App()); }
