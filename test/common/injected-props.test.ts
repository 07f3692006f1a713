import { Duration, PropertyInjectors, Stage } from 'aws-cdk-lib';
import type { App, IPropertyInjector, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowExecutionAlarm, MaintenanceWindowSchedule, MaintenanceWindowTarget, MaintenanceWindowTask,
  patching, PatchOperation, RunCommandDocument, TargetSelector, TaskTargets,
} from '../../src';
import { templateOf, testApp, testStack } from '../support/app';
import { testFunction, testStateMachine } from '../support/resources';
import { INSTANCE_ID, testWindow } from '../support/tasks';

/** Adds properties to those that the app gives. */
function injector(constructUniqueId: string, injected: object): IPropertyInjector {
  return { constructUniqueId, inject: (props) => ({ ...props, ...injected }) };
}

function stackWith(constructUniqueId: string, injected: object): Stack {
  const app = testApp();
  PropertyInjectors.of(app).add(injector(constructUniqueId, injected));
  return testStack('Stack', { app });
}

const TARGETS = TaskTargets.instanceIds(INSTANCE_ID);

test.each<[string, { readonly PROPERTY_INJECTION_ID: string }, object, (stack: Stack) => IConstruct, string, object]>([
  ['a window', MaintenanceWindow, { duration: Duration.hours(7) }, (stack) => testWindow(stack), 'AWS::SSM::MaintenanceWindow', { Duration: 7 }],
  ['a target', MaintenanceWindowTarget, { ownerInformation: 'platform' },
    (stack) => testWindow(stack).addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) }),
    'AWS::SSM::MaintenanceWindowTarget', { OwnerInformation: 'platform' }],
  ['a Run Command task', MaintenanceWindowTask, { priority: 9 },
    (stack) => testWindow(stack).addRunCommandTask('Task', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TARGETS }),
    'AWS::SSM::MaintenanceWindowTask', { Priority: 9 }],
  ['a patch task', MaintenanceWindowTask, { priority: 9 },
    (stack) => testWindow(stack).addPatchTask('Task', { operation: PatchOperation.SCAN, targets: TARGETS }),
    'AWS::SSM::MaintenanceWindowTask', { Priority: 9 }],
  ['an Automation task', MaintenanceWindowTask, { priority: 9 },
    (stack) => testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Repair') }),
    'AWS::SSM::MaintenanceWindowTask', { Priority: 9 }],
  ['a Lambda task', MaintenanceWindowTask, { priority: 9 }, (stack) => testWindow(stack).addLambdaTask('Task', { lambdaFunction: testFunction(stack) }),
    'AWS::SSM::MaintenanceWindowTask', { Priority: 9 }],
  ['a Step Functions task', MaintenanceWindowTask, { priority: 9 },
    (stack) => testWindow(stack).addStepFunctionsTask('Task', { stateMachine: testStateMachine(stack) }),
    'AWS::SSM::MaintenanceWindowTask', { Priority: 9 }],
  ['an alarm on executions', MaintenanceWindowExecutionAlarm, { alarmName: 'injected' },
    (stack) => new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack) }),
    'AWS::CloudWatch::Alarm', { AlarmName: 'injected' }],
])('applies an injector of the app to %s', (_name, { PROPERTY_INJECTION_ID }, injected, define, type, rendered) => {
  const stack = stackWith(PROPERTY_INJECTION_ID, injected);

  define(stack);

  templateOf(stack).hasResourceProperties(type, rendered);
});

test('applies an injector of the app to patch windows', () => {
  const stack = stackWith(patching.PatchWindows.PROPERTY_INJECTION_ID, { installDuration: Duration.hours(5) });

  const windows = new patching.PatchWindows(stack, 'Web', {
    selector: TargetSelector.patchGroup('web'), installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }),
  });

  (stack.node.root as App).synth();
  expect(patching.PatchWindows.isPatchWindows(windows)).toBe(true);
  expect(stack.resolve((windows.installWindow.node.defaultChild as unknown as { duration: number }).duration)).toBe(5);
});

test('applies the injector of the nearest scope', () => {
  // GIVEN
  const app = testApp();
  const stage = new Stage(app, 'Stage', { env: { account: '123456789012', region: 'eu-central-1' } });
  PropertyInjectors.of(app).add(injector(MaintenanceWindowTask.PROPERTY_INJECTION_ID, { priority: 1, taskName: 'of-the-app' }));
  PropertyInjectors.of(stage).add(injector(MaintenanceWindowTask.PROPERTY_INJECTION_ID, { priority: 2 }));
  const stack = testStack('Stack', { app: stage as App });

  // WHEN
  const task = testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Repair') });

  // THEN
  const { priority, name } = task.node.defaultChild as unknown as { priority: number; name?: string };
  expect({ priority, name }).toEqual({ priority: 2, name: undefined });
});

test('leaves props alone when no scope has an injector for the class', () => {
  const stack = stackWith('other', { priority: 9 });

  testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Repair') });

  templateOf(stack).hasResourceProperties('AWS::SSM::MaintenanceWindowTask', { Priority: 1 });
});
