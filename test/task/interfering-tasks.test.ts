import type { App } from 'aws-cdk-lib';
import { AutomationRunbook, PatchOperation, PatchRebootOption, RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import type { MaintenanceWindow } from '../../src';
import { testStack, warningsOf } from '../support/app';
import { testWindow } from '../support/tasks';

const SCRIPT = { document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT, parameters: { commands: ['uptime'] } };

/** The warnings of a window with tasks on one target, and on another one. */
function warningsWith(define: (window: MaintenanceWindow, targets: TaskTargets, others: TaskTargets) => void): string[] {
  const stack = testStack();
  const window = testWindow(stack);
  const target = (id: string, role: string) => TaskTargets.registered(window.addTarget(id, { selector: TargetSelector.tags({ Role: [role] }) }));
  define(window, target('Web', 'web'), target('Db', 'db'));
  (stack.node.root as App).synth();
  return warningsOf(stack);
}

const told = (effect: string) => [
  `tasks of one priority should not work on the same targets when one of them ${effect}, as they run at the same time, `
  + 'got \'Stack/Window/B\' beside \'Stack/Window/A\' at priority 1, give them different priorities',
];

test.each<[string, (window: MaintenanceWindow, targets: TaskTargets) => void, string]>([
  ['an installation of patches and an update of the agent', (window, targets) => {
    window.addPatchTask('A', { operation: PatchOperation.INSTALL, rebootOption: PatchRebootOption.NO_REBOOT, targets });
    window.addRunCommandTask('B', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets });
  }, 'installs packages'],
  ['a script and an installation that restarts nodes', (window, targets) => {
    window.addRunCommandTask('A', { ...SCRIPT, targets });
    window.addPatchTask('B', { operation: PatchOperation.INSTALL, targets });
  }, 'restarts nodes'],
  ['a restart and a script', (window, targets) => {
    window.addAutomationTask('A', { runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE, parameters: { InstanceId: ['{{RESOURCE_ID}}'] }, targets });
    window.addRunCommandTask('B', { ...SCRIPT, targets });
  }, 'restarts nodes'],
])('%s get in the way of each other', (_name, define, effect) => {
  const warnings = warningsWith(define).filter((text) => !text.includes('assumeRole'));

  expect(warnings).toEqual(told(effect));
});

test.each<[string, (window: MaintenanceWindow, targets: TaskTargets, others: TaskTargets) => void]>([
  ['of different priorities', (window, targets) => {
    window.addPatchTask('A', { operation: PatchOperation.INSTALL, targets });
    window.addRunCommandTask('B', { ...SCRIPT, targets, priority: 2 });
  }],
  ['on different targets', (window, targets, others) => {
    window.addPatchTask('A', { operation: PatchOperation.INSTALL, targets });
    window.addPatchTask('B', { operation: PatchOperation.INSTALL, targets: others });
  }],
  ['that only look', (window, targets) => {
    window.addPatchTask('A', { operation: PatchOperation.SCAN, targets });
    window.addRunCommandTask('B', { ...SCRIPT, targets });
  }],
  ['of which one installs packages and restarts nothing', (window, targets) => {
    window.addRunCommandTask('A', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets });
    window.addRunCommandTask('B', { ...SCRIPT, targets });
  }],
])('tasks %s are not warned about', (_name, define) => {
  expect(warningsWith(define)).toEqual([]);
});
