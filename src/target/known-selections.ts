import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import type { IMaintenanceWindowTarget } from './maintenance-window-target';
import type { Selection } from './selection-rules';
import type { TaskTargets } from './task-targets';
import { membersOf } from '../common/window-registry';
import { GROUP_NAME, GROUP_RESOURCE_TYPES, INSTANCE_IDS } from '../rules/selection';

/** What Systems Manager has to look up to find the resources behind the targets of a task. */
export enum TargetLookup { NONE, TAGS, GROUPS }

/** A window target that is defined in this app; one that is imported has no selector. */
interface DefinedTarget {
  readonly _selection?: Selection;
}

/** What the targets of a task select; undefined for a target that is imported. */
export function selectionsOf(targets: TaskTargets): (Selection | undefined)[] {
  return targets._registered?.map((target: IMaintenanceWindowTarget & DefinedTarget) => target._selection)
    ?? [{ resourceType: 'INSTANCE', targets: { [INSTANCE_IDS]: targets._ids } }];
}

export function lookupOf(targets: TaskTargets): TargetLookup {
  const lookups = selectionsOf(targets).map((selection) => {
    const keys = selection ? Object.keys(selection.targets) : [GROUP_NAME];
    if (keys.some((key) => key === GROUP_NAME || key === GROUP_RESOURCE_TYPES)) {
      return TargetLookup.GROUPS;
    }
    return keys.every((key) => key === INSTANCE_IDS) ? TargetLookup.NONE : TargetLookup.TAGS;
  });
  return Math.max(TargetLookup.NONE, ...lookups);
}

/** The IDs of all instances that a task can reach, or undefined when they are known only when it runs. */
export function instanceIdsOf(targets: TaskTargets): string[] | undefined {
  const ids = selectionsOf(targets).map((selection) => selection?.targets[INSTANCE_IDS]);
  return ids.every((list) => list !== undefined) ? [...new Set(ids.flat())] : undefined;
}

/** A task that is defined in this app. */
interface DefinedTask extends IConstruct {
  readonly _targets?: TaskTargets;
}

/** What the registered targets of a window of this app select. */
export function registeredSelections(window: IMaintenanceWindowRef): readonly Selection[] {
  return membersOf<IMaintenanceWindowTarget & DefinedTarget>(window, 'targets').flatMap(({ _selection }) => _selection ?? []);
}

/** All that a window of this app is known to work on: its registered targets and the instances of its tasks. */
export function selectionsOfWindow(window: IMaintenanceWindowRef): readonly Selection[] {
  const direct = membersOf<DefinedTask>(window, 'tasks').flatMap(({ _targets }) => (_targets && !_targets._registered ? selectionsOf(_targets) : []));
  return [...registeredSelections(window), ...direct.filter((selection) => selection !== undefined)];
}
