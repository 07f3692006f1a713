import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule, patching, RateControl, TargetSelector } from 'cdk-ssm-maintenance-windows';

export function addFirstSteps(app: App): void {
  const stack = new Stack(app, 'FirstSteps');

  new patching.PatchWindows(stack, 'Web', {
    // nodes with the tag PatchGroup: web
    selector: TargetSelector.patchGroup('web'),
    // AWS's default patch baselines approve patches 7 days after their release
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2', timeZone: TimeZone.EUROPE_PARIS }),
    installMaxConcurrency: RateControl.percentage(10),
  });
}
