import { Duration, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowCalendar, MaintenanceWindowSchedule, MaintenanceWindowTask, PatchOperation, PseudoParameter,
  RateControl, RunCommandDocument, TargetSelector, TaskInput, TaskTargets,
} from '../src';
import { errorsOf, templateOf, testApp, testStack, warningsOf } from './support/app';

const STAGES = { Development: '111111111111', Staging: '222222222222', Production: '333333333333' };
const REGIONS = ['eu-central-1', 'us-east-1'];
const TASKS_OF_WINDOW = 20;
/** What CloudFormation takes in a template. */
const MAX_RESOURCES = 500;

type DefineTask = (scope: Construct, id: string, window: MaintenanceWindow, targets: TaskTargets, priority: number) => MaintenanceWindowTask;

const KINDS: DefineTask[] = [
  (scope, id, maintenanceWindow, targets, priority) => MaintenanceWindowTask.patch(scope, id, {
    maintenanceWindow, targets, priority, operation: PatchOperation.INSTALL, maxConcurrency: RateControl.percentage(10),
  }),
  (scope, id, maintenanceWindow, targets, priority) => MaintenanceWindowTask.runCommand(scope, id, {
    maintenanceWindow,
    targets,
    priority,
    document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
    parameters: { commands: [`/opt/maintenance/step-${priority}`] },
  }),
  (scope, id, maintenanceWindow, targets, priority) => MaintenanceWindowTask.automation(scope, id, {
    maintenanceWindow,
    targets,
    priority,
    runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
    parameters: {
      InstanceId: [PseudoParameter.resourceId],
      AutomationAssumeRole: [Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'restarter' })],
    },
  }),
  (scope, id, maintenanceWindow, _targets, priority) => MaintenanceWindowTask.lambda(scope, id, {
    maintenanceWindow,
    priority,
    lambdaFunction: lambda.Function.fromFunctionName(scope, `${id}Function`, `report-${priority}`),
    payload: TaskInput.fromObject({ execution: PseudoParameter.windowExecutionId }),
  }),
  (scope, id, maintenanceWindow, _targets, priority) => MaintenanceWindowTask.stepFunctions(scope, id, {
    maintenanceWindow,
    priority,
    stateMachine: sfn.StateMachine.fromStateMachineName(scope, `${id}StateMachine`, `drill-${priority}`),
  }),
];

/** A window that opens once a week for its own nodes, with as many tasks as a window may have. */
function defineWindow(scope: Construct, index: number, tasksIn: (window: MaintenanceWindow) => Construct = (window) => window): MaintenanceWindow {
  const window = new MaintenanceWindow(scope, `Window${index}`, {
    schedule: MaintenanceWindowSchedule.cron({ weekDay: 'SUN', hour: String(4 + index % 18), timeZone: TimeZone.EUROPE_BERLIN }),
    duration: Duration.hours(2),
    cutoff: Duration.hours(1),
  });
  const targets = TaskTargets.registered(window.addTarget('Nodes', { selector: TargetSelector.tags({ Team: [`team-${index}`] }) }));
  const parent = tasksIn(window);
  for (let task = 0; task < TASKS_OF_WINDOW; task++) {
    KINDS[task % KINDS.length](parent, parent === window ? `Task${task}` : `Window${index}Task${task}`, window, targets, task);
  }
  return window;
}

function resourceCount(stack: Stack): number {
  return Object.keys(Template.fromStack(stack).toJSON().Resources).length;
}

describe('the app of an organisation with 50 windows of 20 tasks, over stages and regions', () => {
  let app: App;
  let stacks: Stack[];

  beforeAll(() => {
    app = testApp();
    stacks = Object.entries(STAGES).flatMap(([name, account]) => {
      const stage = new Stage(app, name);
      return REGIONS.map((region) => new Stack(stage, `Maintenance-${region}`, { env: { account, region } }));
    });
    for (let index = 0; index < 50; index++) { defineWindow(stacks[index % stacks.length], index); }
  });

  test('synthesizes all windows and tasks, and no judge finds anything', () => {
    // WHEN
    templateOf(stacks[0]);

    // THEN
    const templates = stacks.map((stack) => Template.fromStack(stack));
    const count = (type: string) => templates.reduce((sum, template) => sum + Object.keys(template.findResources(type)).length, 0);
    expect(count('AWS::SSM::MaintenanceWindow')).toBe(50);
    expect(count('AWS::SSM::MaintenanceWindowTarget')).toBe(50);
    expect(count('AWS::SSM::MaintenanceWindowTask')).toBe(1000);
    expect(count('AWS::IAM::Role')).toBe(50);
    expect(warningsOf(app)).toEqual([]);
    expect(errorsOf(app)).toEqual([]);
  });

  test('stays below the resources that a stack may have', () => {
    // 24 of each window: itself, its target, 20 tasks, their role with its policy
    expect(stacks.map(resourceCount)).toEqual([9 * 24, 9 * 24, 8 * 24, 8 * 24, 8 * 24, 8 * 24]);
  });

  test('has a calendar of all windows', () => {
    const calendar = MaintenanceWindowCalendar.of(app);

    expect(calendar.entries({ start: new Date('2030-01-01T00:00:00Z'), end: new Date('2030-01-08T00:00:00Z'), maxOccurrences: 100 })).toHaveLength(50);
  });
});

describe('a stack', () => {
  test('holds 20 windows with 20 tasks each', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    for (let index = 0; index < 20; index++) { defineWindow(stack, index); }

    // THEN
    expect(resourceCount(stack)).toBe(480);
  });

  test('of 21 such windows is refused by CDK, which counts its resources', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    for (let index = 0; index < 21; index++) { defineWindow(stack, index); }

    // THEN
    expect(() => (stack.node.root as App).synth()).toThrow(
      /^Number of resources in stack 'Stack': 504 is greater than allowed maximum of 500: .*AWS::SSM::MaintenanceWindowTask \(420\)/);
  });

  test('of 21 such windows is below the maximum when their tasks are in two other stacks', () => {
    // GIVEN
    const windows = testStack('Windows');
    const app = windows.node.root as App;
    const tasks = ['TasksA', 'TasksB'].map((id) => testStack(id, { app }));

    // WHEN
    for (let index = 0; index < 21; index++) { defineWindow(windows, index, () => tasks[index % 2]); }

    // THEN
    templateOf(windows);
    expect([windows, ...tasks].map(resourceCount)).toEqual([42, 11 * 22, 10 * 22]);
    expect([windows, ...tasks].every((stack) => resourceCount(stack) < MAX_RESOURCES)).toBe(true);
  });
});
