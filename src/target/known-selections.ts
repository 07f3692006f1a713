import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import type { IMaintenanceWindowTarget } from './maintenance-window-target';
import type { Selection } from './selection-rules';
import type { TaskTargets } from './task-targets';
import { perConstruct } from '../common/per-construct';
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

interface KnownSelections {
  readonly members: number;
  readonly selections: readonly Selection[];
}

/** Kept until the window gets another member: it is compared with each window of the app. */
const keptSelections = perConstruct('WindowSelections', (): { known?: KnownSelections } => ({}));

/** All that a window of this app is known to work on: its registered targets and the instances of its tasks. */
export function selectionsOfWindow(window: IMaintenanceWindowRef): readonly Selection[] {
  const targets = membersOf<IMaintenanceWindowTarget & DefinedTarget>(window, 'targets');
  const tasks = membersOf<DefinedTask>(window, 'tasks');
  const members = targets.length + tasks.length;
  const kept = keptSelections(window);
  if (kept.known?.members === members) {
    return kept.known.selections;
  }
  const direct = tasks.flatMap(({ _targets }) => (_targets && !_targets._registered ? selectionsOf(_targets) : []));
  const selections = [...targets.map(({ _selection }) => _selection), ...direct].filter((selection) => selection !== undefined);
  kept.known = { members, selections };
  return selections;
}
