import { App, Duration, Stack } from 'aws-cdk-lib';
import { standardStateMachine } from './resources';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowSchedule, PatchOperation, RunCommandDocument, TargetSelector, TaskTargets,
} from '../../src';
import { testFunction } from '../support/resources';

/** A window, a target and the tasks, with the parameters that must be given. */
export function defineDefaultWindow(app: App): Stack {
  const stack = new Stack(app, 'DefaultWindow');
  const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.cron({ hour: '2' }), duration: Duration.hours(1) });
  const targets = TaskTargets.registered(window.addTarget('Nodes', { selector: TargetSelector.tags({ Role: ['web'] }) }));

  window.addPatchTask('Patch', { operation: PatchOperation.SCAN, targets });
  window.addRunCommandTask('Command', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets });
  // this runbook needs no permissions of its own, so nothing is granted and no role is assumed
  const sleep = AutomationRunbook.fromDocumentName('Sleep');
  window.addAutomationTask('Runbook', { runbook: sleep, role: window.addLambdaTask('Function', { lambdaFunction: testFunction(stack) }).role });
  window.addStepFunctionsTask('StateMachine', { stateMachine: standardStateMachine(stack) });
  return stack;
}

if (require.main === module) { defineDefaultWindow(new App()); }
