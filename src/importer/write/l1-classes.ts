import type { EntityKind } from '../model';

/** The generated class of each kind of resource. */
export const L1_CLASSES: Readonly<Record<EntityKind, string>> = {
  window: 'CfnMaintenanceWindow', target: 'CfnMaintenanceWindowTarget', task: 'CfnMaintenanceWindowTask',
};
