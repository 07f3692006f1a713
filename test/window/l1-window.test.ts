import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  AutomationRunbook, MaintenanceWindowEvents, MaintenanceWindowExecutionAlarm, MaintenanceWindowGrants, MaintenanceWindowTarget,
  MaintenanceWindowTask, PatchOperation, RunCommandDocument, TargetSelector, TaskTargets,
} from '../../src';
import { templateOf, testStack } from '../support/app';
import { testFunction, testStateMachine, testTopic } from '../support/resources';
import { onlyTask, statementsOf } from '../support/tasks';

function cfnWindow(stack: Stack): ssm.CfnMaintenanceWindow {
  return new ssm.CfnMaintenanceWindow(stack, 'Window', {
    name: 'by-hand', schedule: 'rate(7 days)', duration: 3, cutoff: 1, allowUnassociatedTargets: false,
  });
}

function webTarget(stack: Stack, maintenanceWindow: ssm.IMaintenanceWindowRef): MaintenanceWindowTarget {
  return new MaintenanceWindowTarget(stack, 'Web', { maintenanceWindow, selector: TargetSelector.tags({ Role: ['web'] }) });
}

test('takes a target', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const target = webTarget(stack, cfnWindow(stack));

  // THEN
  const template = templateOf(stack);
  template.resourceCountIs('AWS::SSM::MaintenanceWindowTarget', 1);
  template.hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', { WindowId: { Ref: 'Window' } });
  expect(stack.resolve(target.maintenanceWindowTargetRef)).toEqual({ windowId: { Ref: 'Window' }, windowTargetId: expect.anything() });
});

test.each<[string, string, (stack: Stack, maintenanceWindow: ssm.IMaintenanceWindowRef) => MaintenanceWindowTask]>([
  ['Run Command', 'RUN_COMMAND', (stack, maintenanceWindow) => MaintenanceWindowTask.runCommand(stack, 'Task', {
    maintenanceWindow, document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.registered(webTarget(stack, maintenanceWindow)),
  })],
  ['patch', 'RUN_COMMAND', (stack, maintenanceWindow) => MaintenanceWindowTask.patch(stack, 'Task', {
    maintenanceWindow, operation: PatchOperation.SCAN, targets: TaskTargets.registered(webTarget(stack, maintenanceWindow)),
  })],
  ['Automation', 'AUTOMATION', (stack, maintenanceWindow) => MaintenanceWindowTask.automation(stack, 'Task', {
    maintenanceWindow, runbook: AutomationRunbook.fromDocumentName('Repair'),
  })],
  ['Lambda', 'LAMBDA', (stack, maintenanceWindow) => MaintenanceWindowTask.lambda(stack, 'Task', { maintenanceWindow, lambdaFunction: testFunction(stack) })],
  ['Step Functions', 'STEP_FUNCTIONS', (stack, maintenanceWindow) => MaintenanceWindowTask.stepFunctions(stack, 'Task', {
    maintenanceWindow, stateMachine: testStateMachine(stack),
  })],
])('takes a %s task, with a role below the window', (_name, taskType, define) => {
  // GIVEN
  const stack = testStack();
  const window = cfnWindow(stack);

  // WHEN
  const task = define(stack, window);

  // THEN
  const template = templateOf(stack);
  expect(onlyTask(template)).toMatchObject({ WindowId: { Ref: 'Window' }, TaskType: taskType, ServiceRoleArn: stack.resolve(task.role!.roleArn) });
  expect(statementsOf(template, stack, task.role!).length).toBeGreaterThan(1);
  expect(task.role!.node.scope).toBe(window);
});

test('takes a task with an alarm', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  MaintenanceWindowTask.automation(stack, 'Task', {
    maintenanceWindow: cfnWindow(stack),
    runbook: AutomationRunbook.fromDocumentName('Repair'),
    alarm: cloudwatch.Alarm.fromAlarmName(stack, 'Errors', 'errors'),
  });

  // THEN
  const template = templateOf(stack);
  template.hasResourceProperties('Custom::SSMMaintenanceWindowTaskAlarm', { WindowId: { Ref: 'Window' }, AlarmName: 'errors' });
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { 'window-id': [{ Ref: 'Window' }], 'status': ['UPDATED'] } } });
});

test('has grants', () => {
  // GIVEN
  const stack = testStack();
  const role = testFunction(stack).role!;

  // WHEN
  MaintenanceWindowGrants.fromMaintenanceWindow(cfnWindow(stack)).actions(role, ['ssm:UpdateMaintenanceWindow']);

  // THEN
  expect(statementsOf(templateOf(stack), stack, role)).toEqual([{
    Effect: 'Allow',
    Action: 'ssm:UpdateMaintenanceWindow',
    Resource: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:maintenancewindow/', { Ref: 'Window' }]],
    },
  }]);
});

test('has events', () => {
  // GIVEN
  const stack = testStack();
  const topic = testTopic(stack);

  // WHEN
  const rule = MaintenanceWindowEvents.fromMaintenanceWindow(cfnWindow(stack)).onExecutionFailed('Failed', { target: new targets.SnsTopic(topic) });

  // THEN
  templateOf(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.ssm'],
      'detail-type': ['Maintenance Window Execution State-change Notification'],
      'detail': { 'window-id': [{ Ref: 'Window' }], 'status': ['FAILED', 'TIMED_OUT'] },
    },
    Targets: [{ Arn: { Ref: stack.getLogicalId(topic.node.defaultChild as ssm.CfnMaintenanceWindow) } }],
  });
  expect(rule.node.path).toBe('Stack/Window/Failed');
});

test('has an alarm on its executions', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const failures = new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: cfnWindow(stack) });

  // THEN
  templateOf(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { 'window-id': [{ Ref: 'Window' }] } } });
  expect(MaintenanceWindowExecutionAlarm.isMaintenanceWindowExecutionAlarm(failures)).toBe(true);
  expect(MaintenanceWindowExecutionAlarm.isMaintenanceWindowExecutionAlarm(failures.rule)).toBe(false);
});
