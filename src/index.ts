// windows
export type { IMaintenanceWindow } from './window/maintenance-window-base';
export * from './window/maintenance-window';
export * from './schedule/maintenance-window-schedule';
export * from './window/maintenance-window-grants';
export * from './window/maintenance-window-events';
export * from './window/maintenance-window-execution-alarm';
export * from './window/maintenance-window-alarm-mute';
export * from './window/maintenance-window-notification';
export * from './window/notification-target';
export * from './schedule/occurrence';
export * from './calendar/calendar';

// black-outs
export * from './blackout/blackout';
export * from './blackout/maintenance-window-blackouts';
export * from './blackout/change-calendar';

// targets
export * from './target/maintenance-window-target';
export * from './target/target-selector';

// tasks
export * from './task/maintenance-window-task';
export * from './task/task-options';
export * from './setting/maintenance-window-alarms';
export * from './setting/maintenance-window-alarms-options';
export * from './task/run-command-task-options';
export type { RunCommandTaskOptions, RunCommandTaskProps } from './task/run-command-task';
export { PatchOperation, PatchRebootOption } from './task/patch-task';
export type { BaselineOverrideFile, PatchTaskOptions, PatchTaskProps } from './task/patch-task';
export type { AutomationTaskOptions, AutomationTaskProps } from './task/automation-task';
export type { LambdaTaskOptions, LambdaTaskProps } from './task/lambda-task';
export type { StepFunctionsTaskOptions, StepFunctionsTaskProps } from './task/step-functions-task';
export * from './target/task-targets';
export * from './task/rate-control';
export * from './document/document';
export * from './task/task-input';

// patterns, each area a submodule
export * as patching from './patching';
