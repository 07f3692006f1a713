import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { RateControl } from './rate-control';
import type { TaskDefinition } from './task-definition';
import { validationError } from '../common/errors';
import { checkOptional } from '../common/given';
import { areKnownToDiffer, checkReach } from '../common/same-environment';
import { checkPattern, formatValue } from '../common/validation';
import { addWarning } from '../common/warnings';
import { MAX_CONCURRENCY } from '../rules/rate-control';
import { INSTANCE_IDS } from '../rules/selection';
import { MAX_WINDOW_TARGETS } from '../rules/task';
import { registeredSelections } from '../target/known-selections';
import type { IMaintenanceWindowTarget } from '../target/maintenance-window-target';
import { instanceIdWarnings } from '../target/selection-rules';

/** One at a time and stop at the first error: the service has no default, and this cannot take a fleet down. */
const DEFAULT_MAX_CONCURRENCY = '1';
const DEFAULT_MAX_ERRORS = '0';

/** A window that is defined in this app knows whether it takes instances that are not registered with it. */
interface DefinedWindow {
  readonly _allowUnassociatedTargets?: boolean;
}

export function validateTargets(task: IResource, window: ssm.IMaintenanceWindowRef, definition: TaskDefinition): void {
  const { targets, maxConcurrency, maxErrors } = definition;
  checkOptional(task, 'targets', targets, 'a TaskTargets');
  checkOptional(task, 'maxConcurrency', maxConcurrency, 'a RateControl');
  checkOptional(task, 'maxErrors', maxErrors, 'a RateControl');
  checkPattern(task, 'maxConcurrency', maxConcurrency?.expression, MAX_CONCURRENCY);
  if (!targets) {
    refuseWithoutTargets(task, 'maxConcurrency', maxConcurrency);
    refuseWithoutTargets(task, 'maxErrors', maxErrors);
    return;
  }
  for (const target of targets._registered ?? []) {
    checkSameWindow(task, window, target);
  }
  targets._instances?.forEach(({ env }) => checkReach(task, { prop: 'targets', kind: 'instance', env }));
  if (targets._key === INSTANCE_IDS) {
    const known = targets._ids.filter((id) => !Token.isUnresolved(id) && !Token.isUnresolved([id]));
    instanceIdWarnings(known).forEach((advice) => addWarning(task, advice));
    if ((window as DefinedWindow)._allowUnassociatedTargets === false && !areRegistered(window, targets._ids)) {
      addWarning(task, {
        id: 'unassociatedTargets',
        message: `'targets' should be registered with a window that has allowUnassociatedTargets false, got ${known.length < targets._ids.length ? 'instances' : `instance IDs ${formatValue(known)}`}, `
          + 'set allowUnassociatedTargets of the window or register them by addTarget()',
      });
    }
  }
}

/** Whether all instances are registered with the window by targets of this app. */
function areRegistered(window: ssm.IMaintenanceWindowRef, ids: readonly string[]): boolean {
  const registered = new Set(registeredSelections(window).flatMap(({ targets }) => targets[INSTANCE_IDS] ?? []));
  return ids.every((id) => registered.has(id));
}

export function validateAlarm(task: IConstruct, { alarm, ignorePollAlarmFailure }: TaskDefinition): void {
  checkOptional(task, 'alarm', alarm, 'an alarm');
  checkOptional(task, 'ignorePollAlarmFailure', ignorePollAlarmFailure, 'true or false');
  if (!alarm && ignorePollAlarmFailure !== undefined) {
    throw validationError(task, '\'ignorePollAlarmFailure\' can only be given together with \'alarm\', add an alarm or remove \'ignorePollAlarmFailure\'');
  }
}

export function renderTargets(
  { targets, maxConcurrency, maxErrors }: TaskDefinition,
): Pick<ssm.CfnMaintenanceWindowTaskProps, 'targets' | 'maxConcurrency' | 'maxErrors'> {
  return targets ? {
    targets: [{ key: targets._key, values: targets._ids }],
    maxConcurrency: maxConcurrency?.expression ?? DEFAULT_MAX_CONCURRENCY,
    maxErrors: maxErrors?.expression ?? DEFAULT_MAX_ERRORS,
  } : {};
}

/** The quota of window targets per task, at the end of synthesis like the other quotas. */
export function targetProblems({ targets }: TaskDefinition): string[] {
  const count = targets?._registered?.length ?? 0;
  return count > MAX_WINDOW_TARGETS
    ? [`'targets' must hold at most ${MAX_WINDOW_TARGETS} registered targets, got ${count}, spread them over several tasks of the same priority`]
    : [];
}

function refuseWithoutTargets(task: IConstruct, prop: string, value: RateControl | undefined): void {
  if (value) {
    throw validationError(task, `'${prop}' can only be given together with 'targets', add targets or remove '${prop}'`);
  }
}

/** Two imports of one window are the same window. */
function checkSameWindow(task: IConstruct, window: ssm.IMaintenanceWindowRef, target: IMaintenanceWindowTarget): void {
  const other = target.maintenanceWindow;
  if (other === window) {
    return;
  }
  const bothDefined = isDefined(window) && isDefined(other);
  if (bothDefined || areKnownToDiffer(window.maintenanceWindowRef.windowId, other.maintenanceWindowRef.windowId)) {
    throw validationError(task,
      `target '${target.node.path}' is registered with '${other.node.path}', register it with '${window.node.path}' by addTarget()`);
  }
}

function isDefined(window: ssm.IMaintenanceWindowRef): boolean {
  return Token.isUnresolved(window.maintenanceWindowRef.windowId) && (window as DefinedWindow)._allowUnassociatedTargets !== undefined;
}
