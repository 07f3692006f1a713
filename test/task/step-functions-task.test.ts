import { Aws, CfnParameter, Lazy } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CutoffBehavior, MaintenanceWindow, MaintenanceWindowTask, PseudoParameter, RateControl, TaskInput, TaskTargets } from '../../src';
import type { StepFunctionsTaskOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testStateMachine } from '../support/resources';
import {
  allow, allStatements, arn, deployTimeValues, INSTANCE_ID, onlyTask, passItself, passRole, statementsOf, synthesisOf, testWindow,
} from '../support/tasks';

const ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:repair';

function imported(stack: Stack, stateMachineArn: string = ARN): sfn.IStateMachine {
  return sfn.StateMachine.fromStateMachineArn(stack, 'Imported', stateMachineArn);
}

function executionsOf(statements: object[]): string {
  return JSON.stringify((statements[1] as any).Resource);
}

/** The Step Functions parameters of a task with these options. */
function parametersWith(stack: Stack, options: Partial<StepFunctionsTaskOptions>): any {
  testWindow(stack).addStepFunctionsTask('Task', { stateMachine: imported(stack), ...options });
  return onlyTask(templateOf(stack)).TaskInvocationParameters?.MaintenanceWindowStepFunctionsParameters;
}

describe('what is rendered', () => {
  test('with required properties only, a role with its policy and the task are defined', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const task = window.addStepFunctionsTask('Task', { stateMachine: imported(stack) });

    // THEN
    const template = templateOf(stack);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(4);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'STEP_FUNCTIONS',
      TaskArn: ARN,
      Priority: 1,
      ServiceRoleArn: stack.resolve(task.role!.roleArn),
    });
    const statements = allStatements(template);
    expect(statements).toEqual([
      allow('states:StartExecution', ARN),
      allow('states:DescribeExecution', expect.anything()),
      passItself(stack, task),
    ]);
    expect(executionsOf(statements)).toContain(':states:eu-central-1:123456789012:execution:repair:*');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

    // WHEN
    MaintenanceWindowTask.stepFunctions(stack, 'Task', {
      maintenanceWindow: window,
      stateMachine: imported(stack),
      targets: TaskTargets.instanceIds(INSTANCE_ID),
      maxConcurrency: RateControl.count(5),
      maxErrors: RateControl.of('0%'),
      input: TaskInput.fromObject({ wait: 20, instance: PseudoParameter.targetId }),
      executionName: PseudoParameter.invocationId,
      taskName: 'repair',
      description: 'Repairs',
      priority: 3,
      cutoffBehavior: CutoffBehavior.CANCEL_TASK,
      role,
    });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'STEP_FUNCTIONS',
      TaskArn: ARN,
      Name: 'repair',
      Description: 'Repairs',
      Priority: 3,
      CutoffBehavior: 'CANCEL_TASK',
      ServiceRoleArn: stack.resolve(role.roleArn),
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE_ID] }],
      MaxConcurrency: '5',
      MaxErrors: '0%',
      TaskInvocationParameters: {
        MaintenanceWindowStepFunctionsParameters: { Input: '{"instance":"{{TARGET_ID}}","wait":20}', Name: '{{INVOCATION_ID}}' },
      },
    });
    expect(statementsOf(template, stack, role)).toEqual([
      allow('states:StartExecution', ARN),
      allow('states:DescribeExecution', expect.anything()),
      passRole(stack.resolve(role.roleArn)),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a state machine of the app may be started and its executions be looked at', () => {
    // GIVEN
    const stack = testStack();
    const stateMachine = testStateMachine(stack);

    // WHEN
    const task = testWindow(stack).addStepFunctionsTask('Task', { stateMachine });

    // THEN
    const stateMachineArn = stack.resolve(stateMachine.stateMachineArn);
    expect(statementsOf(templateOf(stack), stack, task.role!)).toEqual([
      allow('states:StartExecution', stateMachineArn),
      allow('states:DescribeExecution', {
        'Fn::Join': ['', [
          'arn:', { Ref: 'AWS::Partition' }, ':states:eu-central-1:123456789012:execution:',
          { 'Fn::Select': [6, { 'Fn::Split': [':', stateMachineArn] }] }, ':*',
        ]],
      }),
      passItself(stack, task),
    ]);
  });
});

describe('executions of an imported state machine', () => {
  test.each<[string, string]>([
    ['the state machine', 'arn:aws:states:eu-central-1:123456789012:stateMachine:Clean'],
    ['an alias', 'arn:aws:states:eu-central-1:123456789012:stateMachine:Clean:live'],
    ['a version', 'arn:aws:states:eu-central-1:123456789012:stateMachine:Clean:7'],
  ])('carry the name of the state machine when %s is started', (_name, stateMachineArn) => {
    // GIVEN
    const stack = testStack();
    const stateMachine = sfn.StateMachine.fromStateMachineArn(stack, 'StateMachine', stateMachineArn);

    // WHEN
    const task = testWindow(stack).addStepFunctionsTask('Task', { stateMachine });

    // THEN
    expect(statementsOf(templateOf(stack), stack, task.role!)).toEqual([
      allow('states:StartExecution', stateMachineArn),
      allow('states:DescribeExecution', arn('states:eu-central-1:123456789012:execution:Clean:*')),
      passItself(stack, task),
    ]);
  });
});

describe('input', () => {
  test.each<[string, TaskInput, unknown]>([
    ['an object', TaskInput.fromObject({ b: 1, a: [true] }), '{"a":[true],"b":1}'],
    ['a text', TaskInput.fromText(' {"b": 1} '), ' {"b": 1} '],
    ['JSON that is no object', TaskInput.fromText('"text"'), '"text"'],
    ['an object with tokens', TaskInput.fromObject({ stack: Aws.STACK_NAME }),
      { 'Fn::Join': ['', ['{"stack":"', { Ref: 'AWS::StackName' }, '"}']] }],
  ])('%s is rendered as JSON', (_name, input, expected) => {
    expect(parametersWith(testStack(), { input })).toEqual({ Input: expected });
  });

  test.each<[string, TaskInput]>([
    ['a text of 4,096 characters', TaskInput.fromText(`"${'x'.repeat(4094)}"`)],
    ['a text of 4,096 characters of several bytes', TaskInput.fromText(`"${'\u{1F600}'.repeat(4094)}"`)],
    ['an object of 4,096 characters', TaskInput.fromObject({ k: 'ä'.repeat(4096 - '{"k":""}'.length) })],
    ['an object of 4,096 characters beside tokens', TaskInput.fromObject({ k: 'x'.repeat(4096 - '{"k":"","t":""}'.length), t: Aws.STACK_NAME })],
  ])('%s is accepted', (_name, input) => {
    expect(parametersWith(testStack(), { input })).toHaveProperty('Input');
  });

  test('fails when it is longer than 4,096 characters', () => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addStepFunctionsTask('Task', {
      stateMachine: imported(stack), input: TaskInput.fromText(`"${'x'.repeat(4095)}"`),
    })).toThrow(new Error("'input' must be at most 4096 characters long, got 4097 characters, "
      + 'shorten it, or pass a reference such as an S3 key (at Stack/Window/Task)'));
  });

  test('fails at the end of synthesis when what is known of it is longer than 4,096 characters', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addStepFunctionsTask('Task', {
      stateMachine: imported(stack), input: TaskInput.fromObject({ k: 'x'.repeat(4097 - '{"k":"","t":""}'.length), t: Aws.STACK_NAME }),
    });

    // THEN
    expect(synthesisOf(stack)).toThrow("[Stack/Window/Task] 'input' must be at most 4096 characters long, got 4097 characters, "
      + 'shorten it, or pass a reference such as an S3 key');
  });

  test.each([['run'], ['']])('fails when it is no JSON: "%s"', (text) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addStepFunctionsTask('Task', { stateMachine: imported(stack), input: TaskInput.fromText(text) })).toThrow(
      new Error(`'input' must be JSON, got "${text}", use TaskInput.fromObject() (at Stack/Window/Task)`));
  });

  test('that a pseudo parameter may make JSON is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { input: TaskInput.fromText('{"window":{{WINDOW_ID}}}') });

    // THEN
    expect(warningsOf(stack)).toEqual(['\'input\' must be JSON, got "{\\"window\\":{{WINDOW_ID}}}", use TaskInput.fromObject()']);
  });

  test('pseudo parameters about targets need targets', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { input: TaskInput.fromObject({ id: PseudoParameter.targetId }), executionName: `${PseudoParameter.invocationId}-{{WINDOWID}}` });

    // THEN
    expect(warningsOf(stack).sort()).toEqual([
      'a pseudo parameter about targets needs \'targets\', got "{{TARGET_ID}}", add targets or remove it',
      'a pseudo parameter must be spelt as documented to be replaced, got "WINDOWID", write "WINDOW_ID"',
    ]);
  });

  test('given as a token passes', () => {
    // GIVEN
    const stack = testStack();
    const { text } = deployTimeValues(stack);

    // WHEN
    const parameters = parametersWith(stack, { input: TaskInput.fromText(text), executionName: text });

    // THEN
    expect(parameters).toEqual({ Input: { Ref: 'Text' }, Name: { Ref: 'Text' } });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the name of the execution', () => {
  test.each<[string, string, string[]]>([
    ['of 80 characters when its ID is known', `{{INVOCATION_ID}}-_.${'n'.repeat(41)}`, []],
    ['of 81 characters when its ID is known', `{{ INVOCATION_ID }}${'n'.repeat(45)}`, [
      `'executionName' should be at most 80 characters long when pseudo parameters are replaced, got "{{ INVOCATION_ID }}${'n'.repeat(45)}", which is then 81, shorten it`,
    ]],
    ['with the execution of the window', PseudoParameter.windowExecutionId, []],
    ['that is always the same', 'n', ["'executionName' should differ from execution to execution, got \"n\", add PseudoParameter.invocationId"]],
    ['that is the same in each window', '{{WINDOW_ID}}',
      ["'executionName' should differ from execution to execution, got \"{{WINDOW_ID}}\", add PseudoParameter.invocationId"]],
  ])('%s', (_name, executionName, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const parameters = parametersWith(stack, { executionName });

    // THEN
    expect(parameters).toEqual({ Name: executionName });
    expect(warningsOf(stack)).toEqual(warnings);
  });

  test.each(['a b', 'a/b', 'a:b', 'a[b', 'a}b', 'a"b', 'a?b', 'a\nb'])('with characters that Step Functions refuses is warned about: %j', (text) => {
    // GIVEN
    const stack = testStack();
    const executionName = `${text}-{{INVOCATION_ID}}`;

    // WHEN
    parametersWith(stack, { executionName });

    // THEN
    expect(warningsOf(stack)).toEqual([
      `'executionName' should not hold spaces, brackets, or any of ? * " # % \\ ^ | ~ \` $ & , ; : /, which Step Functions refuses, got ${JSON.stringify(executionName)}, use letters, digits, "-" and "_"`,
    ]);
  });

  test.each<[string, boolean]>([
    ['{{INVOCATION_ID}}', true],
    ['{{WINDOW_EXECUTION_ID}}-{{TARGET_ID}}', true],
    ['{{ TASK_EXECUTION_ID }}-{{RESOURCE_ID}}', true],
    ['{{TARGET_ID}}', false],
    ['{{WINDOW_EXECUTION_ID}}', false],
  ])('%s of a task with targets differs from target to target and time to time: %s', (executionName, differs) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { executionName, targets: TaskTargets.instanceIds('i-0123456789abcdef0') });

    // THEN
    expect(warningsOf(stack).filter((warning) => warning.startsWith("'executionName'"))).toHaveLength(differs ? 0 : 1);
  });

  test.each<[string, string, string]>([
    ['is empty', '', "'executionName' must be 1 to 80 characters long, got 0 characters: \"\""],
    ['has 81 characters', 'n'.repeat(81), `'executionName' must be 1 to 80 characters long, got 81 characters: "${'n'.repeat(81)}"`],
  ])('fails when it %s', (_name, executionName, message) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addStepFunctionsTask('Task', { stateMachine: imported(stack), executionName }))
      .toThrow(new Error(`${message} (at Stack/Window/Task)`));
  });
});

describe('state machines', () => {
  test.each<[string, (stack: Stack) => sfn.IStateMachine, unknown]>([
    ['by name', (stack) => sfn.StateMachine.fromStateMachineName(stack, 'ByName', 'repair'),
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':states:eu-central-1:123456789012:stateMachine:repair']] }],
    ['by an ARN known only at deployment',
      (stack) => sfn.StateMachine.fromStateMachineArn(stack, 'ByToken', new CfnParameter(stack, 'Arn').valueAsString), { Ref: 'Arn' }],
  ])('imported %s are started', (_name, stateMachine, stateMachineArn) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addStepFunctionsTask('Task', { stateMachine: stateMachine(stack) });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template).TaskArn).toEqual(stateMachineArn);
    expect(allStatements(template)[0]).toEqual(allow('states:StartExecution', stateMachineArn));
  });

  test('of another stack are started without a reference back', () => {
    // GIVEN
    const app = testApp();
    const machines = testStack('Machines', { app });
    const stack = testStack('Stack', { app });

    // WHEN
    testWindow(stack).addStepFunctionsTask('Task', { stateMachine: testStateMachine(machines) });

    // THEN
    templateOf(stack);
    expect(stack.dependencies).toEqual([machines]);
    expect(machines.dependencies).toEqual([]);
  });

  test('fails when it is an express state machine', () => {
    // GIVEN
    const stack = testStack();
    const stateMachine = testStateMachine(stack, 'Express', { stateMachineType: sfn.StateMachineType.EXPRESS });

    // THEN
    expect(() => testWindow(stack).addStepFunctionsTask('Task', { stateMachine })).toThrow(new Error(
      "'stateMachine' must be of type STANDARD, got EXPRESS state machine \"Stack/Express\", change its type (at Stack/Window/Task)"));
  });

  test('fails when it is of another account than the window', () => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addStepFunctionsTask('Task', {
      stateMachine: imported(stack, 'arn:aws:states:eu-central-1:111122223333:stateMachine:repair'),
    })).toThrow(new Error("'stateMachine' must be of the account of the window, \"123456789012\", got one of \"111122223333\", "
      + 'use a Lambda function to start it (at Stack/Window/Task)'));
  });

  test('of an imported window are of an account that may be a token', () => {
    // GIVEN
    const stack = testStack('Stack', { env: undefined });
    const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', 'mw-0123456789abcdef0');

    // WHEN
    window.addStepFunctionsTask('Task', { stateMachine: imported(stack) });

    // THEN
    expect(onlyTask(templateOf(stack)).TaskArn).toBe(ARN);
  });

  test.each<[string, string[]]>([
    ['SSMRepair', []],
    ['Repair',
      ["'stateMachine' should have a name that starts with \"SSM\" for the service-linked role to call it, got \"Repair\", rename it or give a role"]],
  ])('%s with the service-linked role', (name, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addStepFunctionsTask('Task', {
      stateMachine: imported(stack, `arn:aws:states:eu-central-1:123456789012:stateMachine:${name}`), useServiceLinkedRole: true,
    });

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
    expect(warningsOf(stack)).toEqual(warnings);
  });
});

test.each<[string, Partial<StepFunctionsTaskOptions>, string]>([
  ['the concurrency is given without targets', { maxConcurrency: RateControl.count(1) },
    "'maxConcurrency' can only be given together with 'targets', add targets or remove 'maxConcurrency'"],
  ['the errors are given without targets', { maxErrors: RateControl.of(Lazy.string({ produce: () => '1' })) },
    "'maxErrors' can only be given together with 'targets', add targets or remove 'maxErrors'"],
])('fails when %s', (_name, options, message) => {
  // GIVEN
  const stack = testStack();

  // THEN
  expect(() => testWindow(stack).addStepFunctionsTask('Task', { stateMachine: imported(stack), ...options }))
    .toThrow(new Error(`${message} (at Stack/Window/Task)`));
});
