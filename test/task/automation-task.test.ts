import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  AutomationRunbook, CutoffBehavior, DocumentVersion, MaintenanceWindowTask, PseudoParameter, RateControl, TargetSelector, TaskTargets,
} from '../../src';
import type { AutomationTaskOptions } from '../../src';
import { templateOf, testStack, warningsOf } from '../support/app';
import { testTopic } from '../support/resources';
import {
  allow, allStatements, arn, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passItself, passRole, statementsOf, synthesisOf, testWindow,
} from '../support/tasks';

const RUNBOOK = AutomationRunbook.fromDocumentName('Repair');
const START = [
  allow('ssm:StartAutomationExecution', [
    localArn('ssm', 'automation-definition/Repair:*'), localArn('ssm', 'document/Repair'), localArn('ssm', 'automation-execution/*'),
  ]),
  allow('ssm:GetAutomationExecution', localArn('ssm', 'automation-execution/*')),
];
const WITHOUT_PERMISSIONS = '\'assumeRole\' is missing and nothing was granted to the task, so the steps of the runbook run without permissions, got runbook "Repair", '
  + 'specify \'assumeRole\' or grant the task the permissions, for example bucket.grantRead(task)';

function ssmRole(stack: Stack, id: string): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
}

describe('what is rendered', () => {
  test('with required properties only, a role with its policy and the task are defined', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    const task = window.addAutomationTask('Task', { runbook: RUNBOOK });

    // THEN
    const template = templateOf(stack);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(4);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'AUTOMATION',
      TaskArn: 'Repair',
      Priority: 1,
      ServiceRoleArn: stack.resolve(task.role!.roleArn),
    });
    expect(allStatements(template)).toEqual([...START, passItself(stack, task)]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Web', { selector: TargetSelector.resourceGroup('web') });
    const role = ssmRole(stack, 'Role');
    const assumeRole = ssmRole(stack, 'Steps');

    // WHEN
    MaintenanceWindowTask.automation(stack, 'Task', {
      maintenanceWindow: window,
      runbook: RUNBOOK,
      assumeRole,
      targets: TaskTargets.registered(target),
      maxConcurrency: RateControl.count(2),
      maxErrors: RateControl.percentage(5),
      documentVersion: DocumentVersion.DEFAULT,
      parameters: { InstanceId: [PseudoParameter.resourceId], Action: ['a', 'b'] },
      taskName: 'repair',
      description: 'Repairs the web servers',
      priority: 0,
      cutoffBehavior: CutoffBehavior.CONTINUE_TASK,
      role,
    });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'AUTOMATION',
      TaskArn: 'Repair',
      Name: 'repair',
      Description: 'Repairs the web servers',
      Priority: 0,
      CutoffBehavior: 'CONTINUE_TASK',
      ServiceRoleArn: stack.resolve(role.roleArn),
      Targets: [{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }],
      MaxConcurrency: '2',
      MaxErrors: '5%',
      TaskInvocationParameters: {
        MaintenanceWindowAutomationParameters: {
          DocumentVersion: '$DEFAULT',
          Parameters: {
            Action: ['a', 'b'],
            AutomationAssumeRole: [stack.resolve(assumeRole.roleArn)],
            InstanceId: ['{{RESOURCE_ID}}'],
          },
        },
      },
    });
    expect(allStatements(template)).toEqual([
      ...START,
      passRole(stack.resolve(assumeRole.roleArn)),
      allow(['resource-groups:ListGroupResources', 'resource-groups:ListGroups', 'tag:GetResources'], '*'),
      passRole(stack.resolve(role.roleArn)),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('targets without rate control run one at a time and stop at the first error', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, targets: TaskTargets.instanceIds(INSTANCE_ID) });

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE_ID] }], MaxConcurrency: '1', MaxErrors: '0',
    });
  });

  test('empty parameters render no invocation parameters', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, parameters: {} });

    // THEN
    expect(onlyTask(templateOf(stack))).not.toHaveProperty('TaskInvocationParameters');
  });
});

describe('limits', () => {
  const manyNames = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, ['v']]));

  test.each<[string, Partial<AutomationTaskOptions>]>([
    ['200 names', { parameters: manyNames(200) }],
    ['a name of 50 characters', { parameters: { ['n'.repeat(50)]: ['v'] } }],
    ['50 values', { parameters: { Name: Array.from({ length: 50 }, () => 'v') } }],
    ['no values', { parameters: { Name: [] } }],
    ['a value of 512 characters', { parameters: { Name: ['\u{1F600}'.repeat(512)] } }],
  ])('%s are accepted', (_name, options) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, ...options });

    // THEN
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
  });

  test.each<[string, Partial<AutomationTaskOptions>, string]>([
    ['there are 201 names', { parameters: manyNames(201) }, "'parameters' must hold from 0 to 200 names, got 201"],
    ['a name has 51 characters', { parameters: { ['n'.repeat(51)]: ['v'] } },
      `'parameter name' must be 1 to 50 characters long, got 51 characters: "${'n'.repeat(51)}"`],
    ['a name is empty', { parameters: { '': ['v'] } }, "'parameter name' must be 1 to 50 characters long, got 0 characters: \"\""],
    ['there are 51 values', { parameters: { Name: Array.from({ length: 51 }, () => 'v') } }, "'parameters.Name' must hold from 0 to 50 values, got 51"],
    ['a value has 513 characters', { parameters: { Name: ['v'.repeat(513)] } },
      `'parameters.Name' must be 1 to 512 characters long, got 513 characters: "${'v'.repeat(99)}…`],
    ['a value is empty', { parameters: { Name: [''] } }, "'parameters.Name' must be 1 to 512 characters long, got 0 characters: \"\""],
    ['the concurrency is given without targets', { maxConcurrency: RateControl.count(1) },
      "'maxConcurrency' can only be given together with 'targets', add targets or remove 'maxConcurrency'"],
    ['the errors are given without targets', { maxErrors: RateControl.count(1) },
      "'maxErrors' can only be given together with 'targets', add targets or remove 'maxErrors'"],
    ['the concurrency is 0', { targets: TaskTargets.instanceIds(INSTANCE_ID), maxConcurrency: RateControl.count(0) },
      "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0\""],
  ])('fails when %s', (_name, options, message) => {
    // GIVEN
    const window = testWindow(testStack());

    // THEN
    expect(() => window.addAutomationTask('Task', { runbook: RUNBOOK, ...options })).toThrow(new Error(`${message} (at Stack/Window/Task)`));
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text, list } = deployTimeValues(stack);

    // WHEN
    testWindow(stack).addAutomationTask('Task', {
      runbook: RUNBOOK,
      documentVersion: DocumentVersion.of(text),
      parameters: { One: [text], All: list },
    });

    // THEN
    expect(onlyTask(templateOf(stack)).TaskInvocationParameters.MaintenanceWindowAutomationParameters).toEqual({
      DocumentVersion: { Ref: 'Text' },
      Parameters: { One: [{ Ref: 'Text' }], All: { Ref: 'List' } },
    });
  });
});

describe('permissions', () => {
  test.each<[string, AutomationRunbook, unknown[]]>([
    ['of AWS', AutomationRunbook.AWS_RESTART_EC2_INSTANCE, [
      arn('ssm:eu-central-1::automation-definition/AWS-RestartEC2Instance:*'), arn('ssm:eu-central-1::document/AWS-RestartEC2Instance'),
      localArn('ssm', 'automation-execution/*'),
    ]],
    ['of another account', AutomationRunbook.fromDocumentArn('arn:aws:ssm:eu-central-1:111122223333:document/Theirs'), [
      'arn:aws:ssm:eu-central-1:111122223333:automation-definition/Theirs:*', 'arn:aws:ssm:eu-central-1:111122223333:document/Theirs',
      localArn('ssm', 'automation-execution/*'), // executions belong to the account that starts them
    ]],
  ])('are for a runbook %s', (_name, runbook, resources) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    expect(allStatements(templateOf(stack))).toContainEqual(allow('ssm:StartAutomationExecution', resources));
  });

  test('are for every runbook of the region when its name is a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName(deployTimeValues(stack).text) });

    // THEN
    expect(allStatements(templateOf(stack))).toEqual([
      allow('ssm:StartAutomationExecution', [
        arn('ssm:eu-central-1:*:automation-definition/*:*'), arn('ssm:eu-central-1:*:document/*'), localArn('ssm', 'automation-execution/*'),
      ]),
      START[1],
      passItself(stack, task),
    ]);
  });

  test('are for a runbook of the app', () => {
    // GIVEN
    const stack = testStack();
    const document = automationDocument(stack, {});

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocument(document) });

    // THEN
    const own = (type: string, end: unknown[]) => ({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-central-1:123456789012:${type}/`, { Ref: 'Document' }, ...end]],
    });
    expect(allStatements(templateOf(stack))[0]).toEqual(allow('ssm:StartAutomationExecution', [
      own('automation-definition', [':*']), own('document', []), localArn('ssm', 'automation-execution/*'),
    ]));
    expect(onlyTask(templateOf(stack)).TaskArn).toEqual({ Ref: 'Document' });
  });

  test.each<[string, string, boolean]>([
    ['is passed on', 'arn:aws:iam::123456789012:role/steps', true],
    ['that a pseudo parameter names is not passed on', '{{WINDOW_ID}}', false],
  ])('a role in the parameters %s', (_name, value, passed) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, parameters: { AutomationAssumeRole: [value] } });

    // THEN
    expect(statementsOf(templateOf(stack), stack, task.role!)).toEqual([...START, ...(passed ? [passRole(value)] : []), passItself(stack, task)]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an imported role for the steps is passed on', () => {
    // GIVEN
    const stack = testStack();
    const assumeRole = iam.Role.fromRoleArn(stack, 'Steps', 'arn:aws:iam::123456789012:role/steps');

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, assumeRole });

    // THEN
    expect(allStatements(templateOf(stack))).toEqual([...START, passRole('arn:aws:iam::123456789012:role/steps'), passItself(stack, task)]);
  });

  test('fails when the role for the steps is given twice', () => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addAutomationTask('Task', {
      runbook: RUNBOOK, assumeRole: ssmRole(stack, 'Steps'), parameters: { AutomationAssumeRole: ['arn:aws:iam::123456789012:role/other'] },
    })).toThrow(new Error('\'assumeRole\' and the parameter AutomationAssumeRole cannot be given together, '
      + 'got ["arn:aws:iam::123456789012:role/other"], remove it (at Stack/Window/Task)'));
  });

  test('fails when Systems Manager may not assume the role for the steps', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', {
      runbook: RUNBOOK, assumeRole: new iam.Role(stack, 'Steps', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    });

    // THEN
    expect(synthesisOf(stack)).toThrow('[Stack/Window/Task] \'assumeRole\' must trust ssm.amazonaws.com, '
      + 'got role "Stack/Steps" whose trust policy does not, add the service principal to it');
  });
});

function automationDocument(stack: Stack, content: object): ssm.CfnDocument {
  return new ssm.CfnDocument(stack, 'Document', {
    documentType: 'Automation',
    content: {
      schemaVersion: '0.3',
      mainSteps: [{ name: 'wait', action: 'aws:sleep', inputs: { Duration: 'PT1M' } }],
      ...content,
    },
  });
}

describe('a runbook that acts with the service role', () => {
  function warningsWith(options: (stack: Stack) => Partial<AutomationTaskOptions>): string[] {
    const stack = testStack();
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, ...options(stack) });
    templateOf(stack);
    return warningsOf(task);
  }

  test('is warned about when nothing was granted to the task', () => {
    expect(warningsWith(() => ({}))).toEqual([WITHOUT_PERMISSIONS]);
  });

  test('is not warned about when something was granted to the task', () => {
    // GIVEN
    const stack = testStack();
    const topic = testTopic(stack);
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK });

    // WHEN
    topic.grantPublish(task);

    // THEN
    const template = templateOf(stack);
    expect(warningsOf(task)).toEqual([]);
    expect(statementsOf(template, stack, task.role!)).toEqual([
      ...START,
      passItself(stack, task),
      allow('sns:Publish', stack.resolve(topic.topicArn)),
    ]);
  });

  test('is warned about when something was granted to another task of the window only', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const granted = window.addAutomationTask('Granted', { runbook: RUNBOOK });
    const other = window.addAutomationTask('Other', { runbook: RUNBOOK });

    // WHEN
    granted.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ec2:RebootInstances'], resources: ['arn:aws:ec2:::instance/i'] }));

    // THEN
    templateOf(stack);
    expect(warningsOf(granted)).toEqual([]);
    expect(warningsOf(other)).toEqual([WITHOUT_PERMISSIONS]);
  });

  test.each<[string, (stack: Stack) => Partial<AutomationTaskOptions>]>([
    ['the steps have a role', (stack) => ({ assumeRole: ssmRole(stack, 'Steps') })],
    ['the user gave the role of the task', (stack) => ({ role: ssmRole(stack, 'Role') })],
    ['the task runs with the service-linked role', () => ({ useServiceLinkedRole: true })],
    ['the runbook of the app names its role', (stack) => ({
      runbook: AutomationRunbook.fromDocument(automationDocument(stack, { assumeRole: 'arn:aws:iam::123456789012:role/steps' })),
    })],
  ])('is not warned about when %s', (_name, options) => {
    expect(warningsWith(options)).toEqual([]);
  });

  test('of the app is called by its place', () => {
    expect(warningsWith((stack) => ({
      runbook: AutomationRunbook.fromDocument(automationDocument(stack, {
        assumeRole: '{{ AutomationAssumeRole }}', parameters: { AutomationAssumeRole: { type: 'String', default: '' } },
      })),
    }))).toEqual([WITHOUT_PERMISSIONS.replace('"Repair"', '"Stack/Document"')]);
  });

  test('with a name given as a token is not called by a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName(deployTimeValues(stack).text) });

    // THEN
    templateOf(stack);
    expect(warningsOf(task)).toEqual([WITHOUT_PERMISSIONS.replace('"Repair"', 'with a name known only at deployment')]);
  });
});

describe('pseudo parameters', () => {
  test.each<[string, Partial<AutomationTaskOptions>, string[]]>([
    ['about a target are replaced with targets',
      { targets: TaskTargets.instanceIds(INSTANCE_ID), parameters: { Id: [PseudoParameter.targetId], Kind: [PseudoParameter.targetType] } }, []],
    ['about a target need targets', { parameters: { InstanceId: [PseudoParameter.targetId], Again: [PseudoParameter.targetId] } },
      ['a pseudo parameter about targets needs \'targets\', got "{{TARGET_ID}}", add targets or remove it']],
    ['about the window need no targets', { parameters: { Window: [PseudoParameter.windowId] } }, []],
    ['must be spelt right', { parameters: { Window: ['{{WINDOW_IDD}}'] } },
      ['a pseudo parameter must be spelt as documented to be replaced, got "WINDOW_IDD", write "WINDOW_ID"']],
  ])('%s', (_name, options, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: RUNBOOK, assumeRole: ssmRole(stack, 'Steps'), ...options });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual(warnings);
  });
});

test('a task is the same by method and by factory', () => {
  // GIVEN
  const stacks = [testStack(), testStack()];

  // WHEN
  testWindow(stacks[0], 'Window', { duration: Duration.hours(3) }).addAutomationTask('Task', { runbook: RUNBOOK });
  const window = testWindow(stacks[1], 'Window', { duration: Duration.hours(3) });
  MaintenanceWindowTask.automation(window, 'Task', { maintenanceWindow: window, runbook: RUNBOOK });

  // THEN
  expect(templateOf(stacks[1]).toJSON()).toEqual(templateOf(stacks[0]).toJSON());
});
