import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { PatchRunbookProps, PatchRunbookTaskOptions } from './patch-runbook-props';
import { targetGroupProperties } from './runbook-checks';
import { renderedProperties } from '../common/rendered-resource';
import { formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { nodesAtOnce } from '../rules/patch-runbook';
import { INSTANCE_IDS } from '../rules/selection';
import { numberOf } from '../rules/value';
import { instanceIdsOf, selectionsOf } from '../target/known-selections';
import { RateControl } from '../task/rate-control';
import { MaintenanceWindow } from '../window/maintenance-window';

/** Warns of a task whose nodes the runbook cannot reach, spare or finish. What others add later is seen at the end of synthesis. */
export function adviseOnRunbookTask(
  task: IConstruct, window: IMaintenanceWindowRef, runbook: PatchRunbookProps, options: PatchRunbookTaskOptions,
): void {
  const selections = selectionsOf(options.targets);
  if (runbook.startStopped && selections.some((selection) => selection && selection.resourceType !== 'RESOURCE_GROUP')) {
    addWarning(task, {
      id: 'stoppedNodesNotReached',
      message: '\'targets\' should select a resource group, as Systems Manager finds nodes that are stopped in no other way and \'startStopped\' is true, '
        + `got ${formatValue(selections.map((selection) => Object.keys(selection?.targets ?? {})).flat())}, use TargetSelector.resourceGroup()`,
    });
  }
  if (runbook.autoScalingGroup && selections.some((selection) => selection?.targets[INSTANCE_IDS])) {
    addWarning(task, {
      id: 'instancesOfGroup',
      message: '\'targets\' should select the instances of an Auto Scaling group by a tag, as the group replaces them, got instances by ID beside the group '
        + `${formatValue(runbook.autoScalingGroup.node.path)}, use TargetSelector.tags({ 'aws:autoscaling:groupName': [...] })`,
    });
  }
  const maxConcurrency = (options.maxConcurrency ?? RateControl.count(1)).expression;
  atEndOfSynthesis(task, () => {
    if (!Token.isUnresolved(maxConcurrency)) {
      adviseOnSpareNodes(task, runbook, maxConcurrency);
      adviseOnRoom(task, window, runbook, { maxConcurrency, nodes: nodesOf(runbook, options) });
    }
  });
}

function adviseOnSpareNodes(task: IConstruct, { targetGroups = [], autoScalingGroup }: PatchRunbookProps, maxConcurrency: string): void {
  for (const group of targetGroups) {
    const nodes = numberOfTargets(group);
    const atOnce = nodesAtOnce(maxConcurrency, nodes);
    // all of them are all, whatever their number
    if (maxConcurrency === '100%' || (nodes !== undefined && atOnce !== undefined && atOnce >= nodes)) {
      addWarning(task, {
        id: 'noNodeLeftInService',
        message: `'maxConcurrency' should leave a node in service in ${formatValue(group.node.path)}, which has ${nodes ?? 'an unknown number of'} targets, `
          + `got ${formatValue(maxConcurrency)}, ${nodes === 1 ? 'add a target' : 'use less'}`,
      });
    }
  }
  const size = autoScalingGroup && sizeOf(autoScalingGroup);
  const atOnce = nodesAtOnce(maxConcurrency, size?.desired);
  if (autoScalingGroup && size && atOnce !== undefined && atOnce > size.desired - size.min) {
    addWarning(task, {
      id: 'groupBelowMinimum',
      message: `'maxConcurrency' should be what ${formatValue(autoScalingGroup.node.path)} can spare, ${size.desired - size.min} of ${size.desired} nodes `
        + `with a minimum size of ${size.min}, got ${formatValue(maxConcurrency)}, lower the minimum size or 'maxConcurrency'`,
    });
  }
}

function adviseOnRoom(task: IConstruct, window: IMaintenanceWindowRef, { backup, stepTimeout }: PatchRunbookProps,
  { maxConcurrency, nodes }: { maxConcurrency: string; nodes: number | undefined }): void {
  const atOnce = nodesAtOnce(maxConcurrency, nodes);
  const known = MaintenanceWindow.isMaintenanceWindow(window) && 'spec' in window._windowSpec ? window._windowSpec.spec : undefined;
  // a time limit that nobody gave says nothing of how long it takes
  if (!backup?._timeout || backup._timeout.isUnresolved() || stepTimeout?.isUnresolved() || !nodes || !atOnce || !known) {
    return;
  }
  const minutesOfNode = backup._timeout.toMinutes({ integral: false }) + (stepTimeout?.toMinutes({ integral: false }) ?? 0);
  const minutes = Math.ceil(nodes / atOnce) * minutesOfNode;
  if (minutes > known.durationHours * 60) {
    addWarning(task, {
      id: 'backupWithoutRoom',
      message: `'backup' should fit in the window with all nodes, which is open for ${known.durationHours * 60} minutes, got ${nodes} nodes, ${atOnce} at a time, `
        + `with up to ${minutesOfNode} minutes for ${stepTimeout ? 'the backup and the patch' : 'the backup'} of each, open the window for longer or raise 'maxConcurrency'`,
    });
  }
}

/** How many nodes a task has, as far as the app tells. */
function nodesOf({ targetGroups = [], autoScalingGroup }: PatchRunbookProps, { targets }: PatchRunbookTaskOptions): number | undefined {
  const ids = instanceIdsOf(targets);
  if (ids) {
    // a list of which not even the length is known is one token
    return ids.some((id) => Token.isUnresolved([id])) ? undefined : ids.length;
  }
  return autoScalingGroup ? sizeOf(autoScalingGroup)?.desired : targetGroups.length === 1 ? numberOfTargets(targetGroups[0]) : undefined;
}

/** The number of targets that the template registers; a group without any is filled by others. */
function numberOfTargets(group: IConstruct): number | undefined {
  const { Targets: targets } = targetGroupProperties(group) ?? {};
  return Array.isArray(targets) && targets.length > 0 ? targets.length : undefined;
}

/** The sizes of a group of this app; one without a desired capacity begins with its minimum. */
function sizeOf(group: IConstruct): { min: number; desired: number } | undefined {
  const resource = [group, group.node.defaultChild].find((one) => one !== undefined && CfnAutoScalingGroup.isCfnAutoScalingGroup(one));
  const { MinSize, DesiredCapacity } = resource ? renderedProperties(resource as CfnResource) : {};
  const min = numberOf(MinSize);
  const desired = DesiredCapacity === undefined ? min : numberOf(DesiredCapacity);
  return min === undefined || desired === undefined ? undefined : { min, desired };
}
