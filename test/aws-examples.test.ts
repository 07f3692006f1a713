import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { parse } from 'yaml';
import {
  AutomationRunbook, DocumentVersion, MaintenanceWindow, MaintenanceWindowSchedule, MaintenanceWindowTarget, PseudoParameter, RateControl,
  RunCommandDocument, TargetSelector, TaskInput, TaskTargets,
} from '../src';
import type { IMaintenanceWindow } from '../src';
import { templateOf, testStack, warningsOf } from './support/app';
import { onlyTask } from './support/tasks';

type Properties = { [name: string]: any };

/*
 * The task examples of AWS's CloudFormation pages, written with this library. The pages hold placeholders where an ID or an ARN
 * belongs; each test replaces them, and says where a page is wrong beyond that.
 */

const WINDOW_ID = 'mw-0123456789abcdef0';
const TARGET_ID = '01234567-89ab-cdef-0123-456789abcdef';
const ROLE_ARN = 'arn:aws:iam::123456789012:role/role-of-the-page';
const STATE_MACHINE_ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:SSMStepFunctionDemo';

/** The properties of the resources of a type on a page. */
function pageProperties(file: string, type: string = 'AWS::SSM::MaintenanceWindowTask'): Properties {
  const page = parse(readFileSync(join(__dirname, 'fixtures', 'real-templates', file), 'utf-8'));
  const [resource] = Object.values<any>(page.Resources).filter(({ Type }) => Type === type);
  return resource.Properties;
}

/** What CloudFormation makes of it: rate control is text in the schema, numbers on the pages. */
function textRates({ MaxConcurrency, MaxErrors, ...properties }: Properties): Properties {
  return { ...properties, MaxConcurrency: String(MaxConcurrency), MaxErrors: String(MaxErrors) };
}

function pageWindow(stack: Stack): { window: IMaintenanceWindow; targets: TaskTargets } {
  const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', WINDOW_ID);
  const target = MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, 'Target', {
    maintenanceWindow: window, maintenanceWindowTargetId: TARGET_ID,
  });
  return { window, targets: TaskTargets.registered(target) };
}

function pageRole(stack: Stack): iam.IRole {
  return iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN, { mutable: false });
}

const WINDOW_TARGETS = [{ Key: 'WindowTargetIds', Values: [TARGET_ID] }];

test('a Run Command task on a resource group', () => {
  // GIVEN
  const file = '13-awsdocs-runcommand-resource-group.yaml';
  const stack = testStack();
  const window = new MaintenanceWindow(stack, 'Window', {
    maintenanceWindowName: 'MaintenanceWindow',
    description: 'Maintenance window for instances',
    schedule: MaintenanceWindowSchedule.expression('cron(20 17 ? * MON-FRI *)'),
    duration: Duration.hours(1),
    allowUnassociatedTargets: true,
  });
  const target = window.addTarget('Target', { selector: TargetSelector.resourceGroup('TestResourceGroup') });

  // WHEN
  const task = window.addRunCommandTask('Task', {
    description: 'Apply OS patches on instances in target',
    document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
    parameters: { Operation: ['Install'], RebootOption: ['NoReboot'] },
    targets: TaskTargets.registered(target),
    maxConcurrency: RateControl.count(1),
    maxErrors: RateControl.count(1),
    priority: 0,
  });

  // THEN
  const template = templateOf(stack);
  const windowId = stack.resolve(window.maintenanceWindowId);
  template.hasResource('AWS::SSM::MaintenanceWindow', { Properties: pageProperties(file, 'AWS::SSM::MaintenanceWindow') });
  template.hasResource('AWS::SSM::MaintenanceWindowTarget', {
    Properties: { ...pageProperties(file, 'AWS::SSM::MaintenanceWindowTarget'), WindowId: windowId },
  });
  expect(onlyTask(template)).toEqual({
    ...textRates(pageProperties(file)),
    WindowId: windowId,
    Targets: [{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }],
    // the page leaves the role out, so the service-linked role, which AWS advises against, runs the task
    ServiceRoleArn: stack.resolve(task.role!.roleArn),
  });
});

test('a Run Command task on a window target', () => {
  // GIVEN
  const stack = testStack();
  const { window, targets } = pageWindow(stack);

  // WHEN
  window.addRunCommandTask('Task', {
    document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
    parameters: { Operation: ['Install'], RebootOption: ['NoReboot'] },
    targets,
    maxConcurrency: RateControl.count(7),
    maxErrors: RateControl.count(7),
    priority: 5,
    useServiceLinkedRole: true,
  });

  // THEN
  const { DependsOn, TaskInvocationParameters: { MaxConcurrency, MaxErrors, Priority, ...parameters }, ...page } =
    pageProperties('14-awsdocs-runcommand-window-target.json');
  // the page is wrong: rate control and priority stand among the invocation parameters, DependsOn among the properties
  expect([DependsOn, MaxConcurrency, MaxErrors, Priority]).toEqual(['MaintenanceWindowTarget', 7, 7, 5]);
  expect(onlyTask(templateOf(stack))).toEqual({
    ...textRates({ ...page, MaxConcurrency, MaxErrors }),
    Priority,
    TaskInvocationParameters: parameters,
    WindowId: WINDOW_ID,
    Targets: WINDOW_TARGETS,
  });
});

test('a Run Command task that runs PowerShell', () => {
  // GIVEN
  const stack = testStack();
  const { window, targets } = pageWindow(stack);

  // WHEN
  window.addRunCommandTask('Task', {
    document: RunCommandDocument.AWS_RUN_POWER_SHELL_SCRIPT,
    parameters: {
      executionTimeout: ['3600'],
      commands: ['Get-Service myImportantService | Restart-Service\nGet-ExecutionPolicy -List\nSet-ExecutionPolicy -Scope Process AllSigned\n'],
    },
    comment: 'This is a comment',
    outputLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'MyLogGroupName'),
    targets,
    maxConcurrency: RateControl.count(7),
    maxErrors: RateControl.count(7),
    priority: 5,
    useServiceLinkedRole: true,
  });

  // THEN
  expect(onlyTask(templateOf(stack))).toEqual({
    ...textRates(pageProperties('15-awsdocs-runcommand-powershell.json')),
    WindowId: WINDOW_ID,
    Targets: WINDOW_TARGETS,
  });
});

test('a task that runs an Automation runbook', () => {
  // GIVEN
  const stack = testStack();
  const { window, targets } = pageWindow(stack);

  // WHEN
  window.addAutomationTask('Task', {
    runbook: AutomationRunbook.fromDocumentName('AWS-PatchInstanceWithRollback'),
    documentVersion: DocumentVersion.of('1'),
    parameters: { InstanceId: [PseudoParameter.resourceId] },
    targets,
    maxConcurrency: RateControl.count(5),
    maxErrors: RateControl.count(5),
    priority: 1,
    taskName: 'AutomationTask',
    role: pageRole(stack),
  });

  // THEN
  expect(onlyTask(templateOf(stack))).toEqual({
    ...textRates(pageProperties('16-awsdocs-automation-runbook.json')),
    WindowId: WINDOW_ID,
    Targets: WINDOW_TARGETS,
    // the page has the text "AutomationRole.Arn" where an ARN belongs
    ServiceRoleArn: ROLE_ARN,
  });
});

test.each<[string, string, boolean]>([
  ['a window target', '17-awsdocs-stepfunctions-window-target.json', true],
  ['an instance', '18-awsdocs-stepfunctions-instance-id.yaml', false],
])('a Step Functions task on %s', (_name, file, onWindowTarget) => {
  // GIVEN
  const stack = testStack();
  const { window, targets } = pageWindow(stack);

  // WHEN
  window.addStepFunctionsTask('Task', {
    stateMachine: sfn.StateMachine.fromStateMachineArn(stack, 'StateMachine', STATE_MACHINE_ARN),
    input: TaskInput.fromText('{"instanceId":"{{TARGET_ID}}", "wait_time": 20}'),
    executionName: PseudoParameter.invocationId,
    targets: onWindowTarget ? targets : TaskTargets.instanceIds('i-012345678912345678'),
    maxConcurrency: RateControl.count(5),
    maxErrors: RateControl.count(5),
    priority: 1,
    taskName: 'StepFunctionsTask',
    role: pageRole(stack),
  });

  // THEN
  const page = pageProperties(file);
  // the page is wrong: a state machine is given by its ARN
  expect(page.TaskArn).toBe('SSMStepFunctionDemo');
  expect(onlyTask(templateOf(stack))).toEqual({
    ...textRates(page),
    WindowId: WINDOW_ID,
    Targets: onWindowTarget ? WINDOW_TARGETS : page.Targets,
    TaskArn: STATE_MACHINE_ARN,
    ServiceRoleArn: ROLE_ARN,
  });
  // the instance ID of the page has 18 digits
  expect(warningsOf(stack)).toEqual(onWindowTarget ? [] : [
    'an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "i-012345678912345678"',
  ]);
});

test('a task that invokes a Lambda function', () => {
  // GIVEN
  const page = pageProperties('19-awsdocs-lambda.json');
  const stack = testStack('Stack', { env: { account: '111222333444', region: 'us-east-2' } });
  const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', WINDOW_ID);
  const given = page.TaskInvocationParameters.MaintenanceWindowLambdaParameters;

  // WHEN
  window.addLambdaTask('Task', {
    lambdaFunction: lambda.Function.fromFunctionArn(stack, 'Function', page.TaskArn),
    qualifier: '$LATEST',
    clientContext: given.ClientContext,
    payload: TaskInput.fromText('{"InstanceId":"{{RESOURCE_ID}}","targetType":"{{TARGET_TYPE}}"}'),
    priority: 1,
    taskName: 'UpdateLambdaTaskEXAMPLE',
    role: iam.Role.fromRoleArn(stack, 'Role', page.ServiceRoleArn),
  });

  // THEN
  expect(onlyTask(templateOf(stack))).toEqual({ ...page, WindowId: WINDOW_ID });
  // the page is wrong in four ways: its client context is cut off, its pseudo parameters have no target, its role is the
  // service-linked one, and that role cannot call a function of this name
  expect(warningsOf(stack)).toEqual([
    `'role' should be a service role of your own, got the service-linked role "${page.ServiceRoleArn}", remove 'role' to have one made`,
    `'clientContext' should be Base64 of a JSON object, got "${given.ClientContext}", encode an object`,
    '\'lambdaFunction\' should have a name that starts with "SSM" for the service-linked role to call it, got "MyLambdaTaskArn", rename it or give a role',
    'a pseudo parameter about targets needs \'targets\', got "{{RESOURCE_ID}}", add targets or remove it',
    'a pseudo parameter about targets needs \'targets\', got "{{TARGET_TYPE}}", add targets or remove it',
  ]);
});
