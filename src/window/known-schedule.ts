import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { MaintenanceWindowSchedule } from '../schedule/maintenance-window-schedule';
import type { WindowSpec } from '../schedule/window-spec';

/** What a window of this app has, beside what every window has. */
interface KnownSchedule {
  readonly _windowSpec: WindowSpec;
  readonly _schedule: MaintenanceWindowSchedule;
}

/** The schedule of a window, if it is defined in this app by this library. */
export function knownScheduleOf(window: IMaintenanceWindowRef): KnownSchedule | undefined {
  return '_windowSpec' in window && '_schedule' in window ? window as IMaintenanceWindowRef & KnownSchedule : undefined;
}
