import { scriptStep, waitingScriptStep } from './runbook-scripts';
import type { RunbookStep, StepOutput } from './runbook-step';
import { NODE } from './runbook-step';
import { DRAIN_SECONDS } from '../rules/patch-runbook';

/** How long the service has to put a node back into an Auto Scaling group. */
const IN_SERVICE_SECONDS = 900;

/** A cancelled runbook has two minutes for all that it still does. */
const CANCELLED_SECONDS = 75;

/** What was there before the runbook changed anything. */
const BEFORE: readonly StepOutput[] = [{ Name: 'before', Selector: '$.Payload', Type: 'StringMap' }];

/** How a node leaves the traffic and returns to it: the same steps for target groups as for an Auto Scaling group. */
export interface Traffic {
  /** Reads where the node is, and changes nothing. */
  read(): RunbookStep;
  leave(name: string): RunbookStep;
  waitUntilOut(): RunbookStep;
  return(name: string): RunbookStep;
  /** As `return()`, in the two minutes that a cancelled runbook has. */
  returnSoon(name: string): RunbookStep;
  waitUntilBack(): RunbookStep[];
}

export function trafficOfTargetGroups(arns: readonly string[]): Traffic {
  const payload = { node: NODE, before: '{{ readTargetGroups.before }}' };
  const back = (name: string) => scriptStep(name, 'Registers the node with the target groups and ports that it was registered with.', {
    handler: 'return_to_target_groups', payload,
  });
  return {
    read: () => scriptStep('readTargetGroups', 'Reads which target groups know the node, and on which ports.', {
      handler: 'read_target_groups', payload: { node: NODE, groups: arns }, outputs: BEFORE,
    }),
    leave: (name) => scriptStep(name, 'Takes the node out of its target groups.', { handler: 'leave_target_groups', payload }),
    waitUntilOut: () => waitingScriptStep('waitUntilDrained', 'Waits until the connections of the node are drained.', DRAIN_SECONDS, true, {
      handler: 'await_drained', payload,
    }),
    return: back,
    returnSoon: back,
    // a target group is asked by its health check, if there is one
    waitUntilBack: () => [],
  };
}

export function trafficOfAutoScalingGroup(group: string): Traffic {
  const payload = { node: NODE, group, before: '{{ readGroup.before }}' };
  const back = (seconds: number) => (name: string) => scriptStep(name, 'Puts the node into service again, unless it was in standby before.', {
    handler: 'exit_standby', payload: { ...payload, seconds },
  });
  return {
    read: () => scriptStep('readGroup', 'Reads whether the node is in service in its Auto Scaling group.', {
      handler: 'read_group', payload: { node: NODE, group }, outputs: BEFORE,
    }),
    leave: (name) => scriptStep(name, 'Puts the node into standby. The group does not replace it.', { handler: 'enter_standby', payload }),
    waitUntilOut: () => waitingScriptStep('waitUntilStandby', 'Waits until the connections of the node are drained.', DRAIN_SECONDS, true, {
      handler: 'await_standby', payload,
    }),
    return: back(IN_SERVICE_SECONDS / 2),
    returnSoon: back(CANCELLED_SECONDS),
    waitUntilBack: () => [waitingScriptStep('waitUntilInService', 'Waits until the node is in service as before.', IN_SERVICE_SECONDS, true, {
      handler: 'await_in_service', payload,
    })],
  };
}
