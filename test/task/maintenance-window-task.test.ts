import { Duration, NestedStack, Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import {
  AutomationRunbook, CutoffBehavior, MaintenanceWindow, MaintenanceWindowTarget, MaintenanceWindowTask, RunCommandDocument, TargetSelector,
  TaskTargets,
} from '../../src';
import type { IMaintenanceWindow, MaintenanceWindowTaskOptions, RunCommandTaskOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testFunction, testTopic } from '../support/resources';
import {
  allow, allStatements, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passItself, synthesisOf, testWindow, WATCH_COMMAND,
} from '../support/tasks';

const REQUIRED: RunCommandTaskOptions = { document: RunCommandDocument.fromDocumentName('Patch'), targets: TaskTargets.instanceIds(INSTANCE_ID) };
const TASK_ID = '01234567-89ab-cdef-0123-456789abcdef';
const WINDOW_ID = 'mw-0123456789abcdef0';

function registered(...targets: MaintenanceWindowTarget[]): RunCommandTaskOptions {
  return { ...REQUIRED, targets: TaskTargets.registered(...targets) };
}

describe('all types of tasks', () => {
  test.each<[string, Partial<MaintenanceWindowTaskOptions>]>([
    ['a priority of 0', { priority: 0 }],
    ['a priority of 2,147,483,647', { priority: 2_147_483_647 }],
    ['a name of 3 characters', { taskName: 'a-1' }],
    ['a name of 128 characters', { taskName: 'Aa0_-.'.padEnd(128, 'x') }],
    ['a description of 1 character', { description: ' ' }],
    ['a description of 128 characters', { description: '\u{1F600}'.repeat(128) }],
  ])('%s is accepted', (_name, options) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, ...options });

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({
      Priority: options.priority ?? 1,
      ...(options.taskName !== undefined && { Name: options.taskName }),
      ...(options.description !== undefined && { Description: options.description }),
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  const NAME_RULE = "'taskName' must be 3 to 128 characters long and hold only letters, digits, \"_\", \"-\" and \".\"";

  test.each<[string, Partial<MaintenanceWindowTaskOptions>, string]>([
    ['the priority is negative', { priority: -1 }, "'priority' must be a whole number from 0 to 2147483647, got -1"],
    ['the priority is too large', { priority: 2_147_483_648 }, "'priority' must be a whole number from 0 to 2147483647, got 2147483648"],
    ['the priority is no whole number', { priority: 1.5 }, "'priority' must be a whole number from 0 to 2147483647, got 1.5"],
    ['the priority is no number', { priority: NaN }, "'priority' must be a whole number from 0 to 2147483647, got NaN"],
    ['the name has 2 characters', { taskName: 'ab' }, `${NAME_RULE}, got "ab"`],
    ['the name has 129 characters', { taskName: 'a'.repeat(129) }, `${NAME_RULE}, got "${'a'.repeat(99)}…`],
    ['the name has a space', { taskName: 'patch it' }, `${NAME_RULE}, got "patch it"`],
    ['the description is empty', { description: '' }, "'description' must be 1 to 128 characters long, got 0 characters: \"\""],
    ['the description has 129 characters', { description: 'd'.repeat(129) },
      `'description' must be 1 to 128 characters long, got 129 characters: "${'d'.repeat(99)}…`],
  ])('fails when %s', (_name, options, message) => {
    // GIVEN
    const window = testWindow(testStack());

    // THEN
    expect(() => window.addRunCommandTask('Task', { ...REQUIRED, ...options })).toThrow(new Error(`${message} (at Stack/Window/Task)`));
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text, number } = deployTimeValues(stack);

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, taskName: text, description: text, priority: number });

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({ Name: { Ref: 'Text' }, Description: { Ref: 'Text' }, Priority: { Ref: 'Number' } });
  });

  test.each([[CutoffBehavior.CANCEL_TASK, 'CANCEL_TASK'], [CutoffBehavior.CONTINUE_TASK, 'CONTINUE_TASK']])('the behaviour at cutoff %s', (cutoffBehavior, expected) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, cutoffBehavior });

    // THEN
    expect(onlyTask(templateOf(stack)).CutoffBehavior).toBe(expected);
  });

  test('tasks of one window have stable logical ids and share a role', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const tasks = ['First', 'Second'].map((id) => window.addRunCommandTask(id, REQUIRED));

    // THEN
    const template = templateOf(stack);
    expect(Object.keys(template.findResources('AWS::SSM::MaintenanceWindowTask'))).toEqual(['WindowFirstE1C70FAB', 'WindowSecondD19681A6']);
    expect(tasks[0].role).toBe(tasks[1].role);
    // nothing is repeated for the second task
    expect(allStatements(template)).toEqual([
      allow('ssm:SendCommand', [localArn('ssm', 'document/Patch'), localArn('ec2', `instance/${INSTANCE_ID}`)]),
      WATCH_COMMAND,
      passItself(stack, tasks[0]),
    ]);
  });

  test('the same app is synthesized twice to the same text', () => {
    // GIVEN
    const synthesize = () => {
      const stack = testStack();
      const window = testWindow(stack);
      const target = window.addTarget('Web', { selector: TargetSelector.tags({ B: ['2'], A: ['1'] }) });
      window.addRunCommandTask('Run', { ...registered(target), notificationTopic: testTopic(stack) });
      window.addLambdaTask('Invoke', { lambdaFunction: testFunction(stack) });
      return JSON.stringify(templateOf(stack).toJSON());
    };

    // THEN
    expect(synthesize()).toBe(synthesize());
  });

  test('what has no prop is set on the resource', () => {
    // GIVEN
    const stack = testStack();
    const task = testWindow(stack).addRunCommandTask('Task', REQUIRED);

    // WHEN
    const resource = task.node.defaultChild as ssm.CfnMaintenanceWindowTask;
    resource.addPropertyOverride('LoggingInfo', { S3Bucket: 'logs', Region: 'eu-central-1' });
    resource.addPropertyOverride('TaskParameters', { commands: { Values: ['date'] } });

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({
      LoggingInfo: { S3Bucket: 'logs', Region: 'eu-central-1' },
      TaskParameters: { commands: { Values: ['date'] } },
    });
  });
});

describe('identity', () => {
  test('a task knows its window and its ID', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const task = window.addRunCommandTask('Task', REQUIRED);

    // THEN
    expect(task.maintenanceWindow).toBe(window);
    expect(stack.resolve(task.maintenanceWindowTaskId)).toEqual({ Ref: 'WindowTask1BD45731' });
    expect(stack.resolve(task.maintenanceWindowTaskRef)).toEqual({ windowId: stack.resolve(window.maintenanceWindowId), windowTaskId: { Ref: 'WindowTask1BD45731' } });
  });

  test('isMaintenanceWindowTask tells tasks from everything else', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // THEN
    expect(MaintenanceWindowTask.isMaintenanceWindowTask(window.addRunCommandTask('Task', REQUIRED))).toBe(true);
    for (const other of [window, {}, null, undefined, 'task', MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes(stack, 'Imported', {
      maintenanceWindow: window, maintenanceWindowTaskId: TASK_ID,
    })]) {
      expect(MaintenanceWindowTask.isMaintenanceWindowTask(other)).toBe(false);
    }
  });

  test('a task is imported with the environment of its window', () => {
    // GIVEN
    const stack = testStack();
    const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window', `arn:aws:ssm:us-east-1:111122223333:maintenancewindow/${WINDOW_ID}`);

    // WHEN
    const task = MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes(stack, 'Task', {
      maintenanceWindow: window, maintenanceWindowTaskId: TASK_ID,
    });

    // THEN
    expect(task.maintenanceWindow).toBe(window);
    expect(task.maintenanceWindowTaskId).toBe(TASK_ID);
    expect(task.maintenanceWindowTaskRef).toEqual({ windowId: WINDOW_ID, windowTaskId: TASK_ID });
    expect(task.env).toEqual({ account: '111122223333', region: 'us-east-1' });
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 0);
  });

  test('a task is imported with an ID given as a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes(stack, 'Task', {
      maintenanceWindow: testWindow(stack), maintenanceWindowTaskId: deployTimeValues(stack).text,
    });

    // THEN
    expect(stack.resolve(task.maintenanceWindowTaskId)).toEqual({ Ref: 'Text' });
  });

  test('warns when the ID of an imported task is malformed', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes(stack, 'Task', { maintenanceWindow: testWindow(stack), maintenanceWindowTaskId: WINDOW_ID });

    // THEN
    expect(warningsOf(stack)).toEqual([
      `'maintenanceWindowTaskId' should be the ID of a task, 32 hexadecimal digits with "-" between, got "${WINDOW_ID}", look it up in the account`,
    ]);
  });
});

describe('stacks', () => {
  test('a task of another stack has its role there and refers to its window one way', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const window = testWindow(windows);
    const stack = testStack('Tasks', { app });

    // WHEN
    const task = MaintenanceWindowTask.lambda(stack, 'Task', { maintenanceWindow: window, lambdaFunction: testFunction(stack) });
    window.addRunCommandTask('Own', REQUIRED);

    // THEN
    templateOf(windows).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
    templateOf(windows).resourceCountIs('AWS::IAM::Role', 1);
    expect(onlyTask(templateOf(stack)).WindowId).toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Windows:/) });
    expect(Stack.of(task.role!)).toBe(stack);
    expect(stack.dependencies).toEqual([windows]);
    expect(windows.dependencies).toEqual([]);
  });

  test('tasks of one window in two other stacks have a role in each', () => {
    // GIVEN
    const app = testApp();
    const window = testWindow(testStack('Windows', { app }));
    const stacks = ['First', 'Second'].map((id) => testStack(id, { app }));

    // WHEN
    const tasks = stacks.map((stack) => ['One', 'Two'].map((id) => MaintenanceWindowTask.runCommand(stack, id, { maintenanceWindow: window, ...REQUIRED })));

    // THEN
    for (const [i, stack] of stacks.entries()) {
      const template = templateOf(stack);
      template.resourceCountIs('AWS::IAM::Role', 1);
      template.resourceCountIs('AWS::SSM::MaintenanceWindowTask', 2);
      expect(tasks[i][0].role).toBe(tasks[i][1].role);
      expect(Stack.of(tasks[i][0].role!)).toBe(stack);
    }
  });

  test('tasks of two windows in a third stack have a role for each window', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const stack = testStack('Tasks', { app });

    // WHEN
    const tasks = ['One', 'Two'].map((id) => MaintenanceWindowTask.runCommand(stack, `Task${id}`, { maintenanceWindow: testWindow(windows, id), ...REQUIRED }));

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 2);
    expect(tasks[0].role).not.toBe(tasks[1].role);
  });

  test('a function of the stack of the task may refer to the window', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const window = testWindow(windows);
    const stack = testStack('Tasks', { app });
    const lambdaFunction = testFunction(stack);

    // WHEN
    lambdaFunction.addEnvironment('WINDOW', window.maintenanceWindowId);
    MaintenanceWindowTask.lambda(stack, 'Task', { maintenanceWindow: window, lambdaFunction });

    // THEN
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
    expect(windows.dependencies).toEqual([]);
  });

  test('a task in a nested stack has its role there', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const nested = new NestedStack(stack, 'Nested');

    // WHEN
    const task = MaintenanceWindowTask.runCommand(nested, 'Task', { maintenanceWindow: window, ...REQUIRED });

    // THEN
    expect(Stack.of(task.role!)).toBe(nested);
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 0);
  });

  test.each<[string, (stack: Stack) => IMaintenanceWindow, unknown]>([
    ['its ID', (stack) => MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', WINDOW_ID), WINDOW_ID],
    ['its ARN', (stack) => MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window', `arn:aws:ssm:eu-central-1:123456789012:maintenancewindow/${WINDOW_ID}`), WINDOW_ID],
    ['an ID known only at deployment', (stack) => MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', deployTimeValues(stack).text), { Ref: 'Text' }],
    ['the L1 construct', (stack) => MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', new ssm.CfnMaintenanceWindow(stack, 'L1', {
      name: 'window', schedule: 'rate(7 days)', duration: 2, cutoff: 1, allowUnassociatedTargets: true,
    }).ref), { Ref: 'L1' }],
  ])('a window imported by %s has tasks', (_name, importWindow, expected) => {
    // GIVEN
    const stack = testStack();
    const window = importWindow(stack);

    // WHEN
    const task = window.addRunCommandTask('Task', REQUIRED);

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template).WindowId).toEqual(expected);
    expect(task.role!.node.path).toBe('Stack/Window/@TaskServiceRole');
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([['account', '111122223333', 'eu-central-1', '123456789012'], ['region', '123456789012', 'us-east-1', 'eu-central-1']])(
    'fails when the window is of another %s', (part, account, region, own) => {
      // GIVEN
      const stack = testStack();
      const window = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window', `arn:aws:ssm:${region}:${account}:maintenancewindow/${WINDOW_ID}`);

      // THEN
      expect(() => MaintenanceWindowTask.runCommand(stack, 'Task', { maintenanceWindow: window, ...REQUIRED })).toThrow(new Error(
        `'maintenanceWindow' must be of the ${part} of this stack, "${own}", got a window of "${part === 'account' ? account : region}", `
        + `move the construct to a stack of that ${part} (at Stack/Task)`));
    });

  test('a window of a stack whose environment is a token may have tasks elsewhere', () => {
    // GIVEN
    const app = testApp();
    const window = MaintenanceWindow.fromMaintenanceWindowArn(new Stack(app, 'Agnostic'), 'Window',
      `arn:aws:ssm:us-east-1:111122223333:maintenancewindow/${WINDOW_ID}`);
    const stack = new Stack(app, 'Tasks');

    // WHEN
    MaintenanceWindowTask.runCommand(stack, 'Task', { maintenanceWindow: window, ...REQUIRED });

    // THEN
    expect(onlyTask(templateOf(stack)).WindowId).toBe(WINDOW_ID);
  });
});

describe('targets', () => {
  test('are registered with the window, in the order given', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const targets = ['Web', 'Db'].map((id) => window.addTarget(id, { selector: TargetSelector.tags({ Role: [id] }) }));

    // WHEN
    window.addRunCommandTask('Task', registered(...targets));

    // THEN
    expect(onlyTask(templateOf(stack)).Targets).toEqual([
      { Key: 'WindowTargetIds', Values: targets.map((target) => stack.resolve(target.maintenanceWindowTargetId)) },
    ]);
  });

  test('of a window in another stack are referred to', () => {
    // GIVEN
    const app = testApp();
    const window = testWindow(testStack('Windows', { app }));
    const target = window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
    const stack = testStack('Tasks', { app });

    // WHEN
    MaintenanceWindowTask.runCommand(stack, 'Task', { maintenanceWindow: window, ...registered(target) });

    // THEN
    expect(onlyTask(templateOf(stack)).Targets).toEqual([
      { Key: 'WindowTargetIds', Values: [{ 'Fn::ImportValue': expect.stringMatching(/^Windows:/) }] },
    ]);
  });

  function imports(stack: Stack, id: string, windowId: string): { window: IMaintenanceWindow; target: MaintenanceWindowTarget } {
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, id, windowId);
    const target = MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, `${id}Target`, {
      maintenanceWindow: window, maintenanceWindowTargetId: TASK_ID,
    });
    return { window, target: target as MaintenanceWindowTarget };
  }

  test('of two imports of one window are of the same window', () => {
    // GIVEN
    const stack = testStack();
    const { window } = imports(stack, 'One', WINDOW_ID);
    const { target } = imports(stack, 'Two', WINDOW_ID);

    // WHEN
    window.addRunCommandTask('Task', registered(target));

    // THEN
    expect(onlyTask(templateOf(stack)).Targets).toEqual([{ Key: 'WindowTargetIds', Values: [TASK_ID] }]);
  });

  test('an imported window and a window of the app may be one', () => {
    // GIVEN
    const stack = testStack();
    const { target } = imports(stack, 'Imported', WINDOW_ID);

    // WHEN
    testWindow(stack).addRunCommandTask('Task', registered(target));

    // THEN
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
  });

  test('fail when they are registered with another window of the app', () => {
    // GIVEN
    const stack = testStack();
    const target = testWindow(stack, 'Other').addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });

    // THEN
    expect(() => testWindow(stack).addRunCommandTask('Task', registered(target))).toThrow(new Error(
      "target 'Stack/Other/Web' is registered with 'Stack/Other', register it with 'Stack/Window' by addTarget() (at Stack/Window/Task)"));
  });

  test('fail when they are registered with another imported window', () => {
    // GIVEN
    const stack = testStack();
    const { window } = imports(stack, 'One', WINDOW_ID);
    const { target } = imports(stack, 'Two', 'mw-0123456789abcdef1');

    // THEN
    expect(() => window.addRunCommandTask('Task', registered(target))).toThrow(new Error(
      "target 'Stack/TwoTarget' is registered with 'Stack/Two', register it with 'Stack/One' by addTarget() (at Stack/One/Task)"));
  });

  test.each<[string, (stack: Stack) => TaskTargets, string]>([
    ['IDs', () => TaskTargets.instanceIds(INSTANCE_ID), `instance IDs ["${INSTANCE_ID}"]`],
    ['IDs known only at deployment', (stack) => TaskTargets.instanceIds(...deployTimeValues(stack).list), 'instances'],
    ['an ID known only at deployment', (stack) => TaskTargets.instanceIds(deployTimeValues(stack).text), 'instances'],
  ])('that are instances by %s are warned about when the window takes registered ones only', (_name, targets, got) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack, 'Window', { allowUnassociatedTargets: false }).addRunCommandTask('Task', { ...REQUIRED, targets: targets(stack) });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([`'targets' should be registered with a window that has allowUnassociatedTargets false, got ${got}, `
      + 'set allowUnassociatedTargets of the window or register them by addTarget()']);
  });

  test('that are instances of an imported window are not warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', WINDOW_ID).addRunCommandTask('Task', REQUIRED);

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with IDs of an unknown form are warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, targets: TaskTargets.instanceIds('server-1', INSTANCE_ID) });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual(['an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "server-1"']);
  });

  test('may be 10 registered ones', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.addRunCommandTask('Task', registered(...manyTargets(window, 10)));

    // THEN
    expect(onlyTask(templateOf(stack)).Targets[0].Values).toHaveLength(10);
  });

  test('fail at the end of synthesis when more than 10 are registered ones', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.addRunCommandTask('Task', registered(...manyTargets(window, 11)));

    // THEN
    expect(synthesisOf(stack)).toThrow(
      "[Stack/Window/Task] 'targets' must hold at most 10 registered targets, got 11, spread them over several tasks of the same priority");
  });

  function manyTargets(window: MaintenanceWindow, count: number): MaintenanceWindowTarget[] {
    return Array.from({ length: count }, (_, i) => window.addTarget(`Target${i}`, { selector: TargetSelector.tags({ Role: [`${i}`] }) }));
  }
});

describe('the quota of tasks per window', () => {
  function addTasks(scope: Construct, window: IMaintenanceWindow, count: number): void {
    for (let i = 0; i < count; i++) {
      MaintenanceWindowTask.automation(scope, `Task${i}`, {
        maintenanceWindow: window, runbook: AutomationRunbook.fromDocumentName('Repair'), parameters: { AutomationAssumeRole: ['arn:aws:iam::123456789012:role/steps'] },
      });
    }
  }

  test('counts 20 tasks of a window over all stacks without a warning', () => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Stack', { app });
    const window = testWindow(stack);

    // WHEN
    addTasks(stack, window, 10);
    addTasks(testStack('Other', { app }), window, 10);

    // THEN
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 10);
  });

  test.each<[string, (stack: Stack) => IMaintenanceWindow]>([
    ['of the app', (stack) => testWindow(stack)],
    ['that is imported', (stack) => MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', WINDOW_ID)],
  ])('warns at the end of synthesis when a window %s has 21 tasks in two stacks', (_name, makeWindow) => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Stack', { app });
    const window = makeWindow(stack);

    // WHEN
    addTasks(stack, window, 10);
    addTasks(testStack('Other', { app }), window, 11);

    // THEN
    app.synth();
    expect(warningsOf(window)).toContain('a maintenance window should have at most 20 tasks, the default quota, got 21, '
      + 'spread them over several windows or have the quota raised');
  });
});

test('all four types of task fit into one window', () => {
  // GIVEN
  const stack = testStack();
  const window = testWindow(stack, 'Window', { duration: Duration.hours(4) });

  // WHEN
  window.addRunCommandTask('Run', REQUIRED);
  window.addAutomationTask('Automate', { runbook: AutomationRunbook.fromDocumentName('Repair') });
  window.addLambdaTask('Invoke', { lambdaFunction: testFunction(stack) });
  window.addStepFunctionsTask('Start', { stateMachine: sfn.StateMachine.fromStateMachineName(stack, 'StateMachine', 'repair') });

  // THEN
  const template = templateOf(stack);
  template.resourceCountIs('AWS::SSM::MaintenanceWindowTask', 4);
  const watch = (WATCH_COMMAND as { Action: string[] }).Action;
  expect(allStatements(template).map((statement: any) => statement.Action)).toEqual([
    'ssm:SendCommand', watch, 'iam:PassRole', 'ssm:StartAutomationExecution', 'ssm:GetAutomationExecution', 'lambda:InvokeFunction',
    'states:StartExecution', 'states:DescribeExecution',
  ]);
});
