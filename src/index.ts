// windows
export type { IMaintenanceWindow } from './maintenance-window-base';
export * from './maintenance-window';
export * from './maintenance-window-schedule';
export * from './maintenance-window-grants';
export * from './occurrence';
export * from './calendar';

// targets
export * from './maintenance-window-target';
export * from './target-selector';

// tasks
export * from './maintenance-window-task';
export * from './task-options';
export * from './maintenance-window-alarms';
export * from './command-task-options';
export type { RunCommandTaskOptions, RunCommandTaskProps } from './run-command-task';
export { PatchOperation, PatchRebootOption } from './patch-task';
export type { PatchFile, PatchTaskOptions, PatchTaskProps } from './patch-task';
export type { AutomationTaskOptions, AutomationTaskProps } from './automation-task';
export type { LambdaTaskOptions, LambdaTaskProps } from './lambda-task';
export type { StepFunctionsTaskOptions, StepFunctionsTaskProps } from './step-functions-task';
export * from './task-targets';
export * from './rate-control';
export * from './document';
export * from './task-input';

// patterns
export * from './execution-alarm';
export * from './patch-window';
