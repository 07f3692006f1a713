import type { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { MaintenanceWindowAlarmsOptions } from './maintenance-window-alarms-options';
import { checkConfiguredScope } from '../common/configured-scope';
import { validationError } from '../common/errors';
import { checkGiven, checkOptional } from '../common/given';

const SETTINGS = Symbol.for('cdk-ssm-maintenance-windows.AlarmSettings');
const IN_USE = Symbol.for('cdk-ssm-maintenance-windows.AlarmSettingsInUse');

type Scope = IConstruct & { [SETTINGS]?: MaintenanceWindowAlarmsOptions; [IN_USE]?: boolean };

/** Keeps the settings on the scope itself. */
export function configureProvider(scope: IConstruct, settings: MaintenanceWindowAlarmsOptions): void {
  checkGiven(scope, 'options', settings, 'an object');
  const at = scope as Scope;
  checkConfiguredScope(scope);
  if (at[SETTINGS]) {
    throw validationError(scope, "'scope' must be configured once, got a second configuration, merge the two");
  }
  if (at[IN_USE]) {
    throw validationError(scope, "'scope' must be configured before its first task with an alarm and its first disabled window, got a scope that has one, move the call up");
  }
  checkOptional(scope, 'role', settings.role, 'a role');
  at[SETTINGS] = settings;
}

/** The settings of a stack: from now on those of all scopes around it are fixed. */
export function providerSettings(stack: Stack): MaintenanceWindowAlarmsOptions {
  const scopes = stack.node.scopes.reverse() as Scope[];
  for (const scope of scopes) {
    scope[IN_USE] = true;
  }
  return scopes.find((scope) => scope[SETTINGS])?.[SETTINGS] ?? {};
}
