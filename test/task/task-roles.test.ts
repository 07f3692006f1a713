import { Aspects } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AutomationRunbook, RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import type { MaintenanceWindow, RunCommandTaskOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testTopic } from '../support/resources';
import { allow, allStatements, deployTimeValues, INSTANCE_ID, onlyTask, statementsOf, synthesisOf, testWindow } from '../support/tasks';

const REQUIRED: RunCommandTaskOptions = { document: RunCommandDocument.fromDocumentName('Patch'), targets: TaskTargets.instanceIds(INSTANCE_ID) };

describe('the service role', () => {
  test('given by the user gets the permissions', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.CompositePrincipal(
        new iam.ServicePrincipal('ec2.amazonaws.com'), new iam.ServicePrincipal('ssm.amazonaws.com')),
    });

    // WHEN
    const task = testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(task.role).toBe(role);
    expect(onlyTask(template).ServiceRoleArn).toEqual(stack.resolve(role.roleArn));
    expect(statementsOf(template, stack, role)).toHaveLength(3);
  });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['without policy updates', (stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }).withoutPolicyUpdates() as iam.IRole],
    ['that is imported and must not change', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/patching', { mutable: false })],
  ])('%s is left alone', (_name, importRole) => {
    // GIVEN
    const stack = testStack();
    const role = importRole(stack);

    // WHEN
    testWindow(stack).addLambdaTask('Task', {
      lambdaFunction: lambda.Function.fromFunctionName(stack, 'Function', 'report'), role,
    });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(onlyTask(template).ServiceRoleArn).toEqual(stack.resolve(role.roleArn));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('of another account is left alone and warned about', () => {
    // GIVEN
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/patching');

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(onlyTask(template).ServiceRoleArn).toBe('arn:aws:iam::111122223333:role/patching');
    expect(warningsOf(stack)).toContain("'role' should be of the account of the window, \"123456789012\", as a role cannot be passed to a service in another account, "
      + 'got one of "111122223333", use a role of that account');
  });

  test.each<[string, (stack: Stack) => iam.IRole, unknown]>([
    ['by ARN', (stack) => iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/path/patching'), 'arn:aws:iam::123456789012:role/path/patching'],
    ['by an ARN known only at deployment', (stack) => iam.Role.fromRoleArn(stack, 'Role', deployTimeValues(stack).text), { Ref: 'Text' }],
  ])('that is imported %s gets the permissions', (_name, importRole, expected) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role: importRole(stack) });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template).ServiceRoleArn).toEqual(expected);
    expect(allStatements(template)).toHaveLength(3);
  });

  test('is none with the service-linked role', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, useServiceLinkedRole: true });

    // THEN
    const template = templateOf(stack);
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(2);
    expect(onlyTask(template)).not.toHaveProperty('ServiceRoleArn');
    expect(task.role).toBeUndefined();
    expect(task.grantPrincipal).toBeInstanceOf(iam.UnknownPrincipal);
  });

  test('may be declared to be none of the service-linked role', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, useServiceLinkedRole: false });

    // THEN
    expect(onlyTask(templateOf(stack)).ServiceRoleArn).toEqual(stack.resolve(task.role!.roleArn));
  });

  test('fails when a role is given together with the service-linked role', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

    // THEN
    expect(() => testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role, useServiceLinkedRole: true })).toThrow(new Error(
      '\'role\' and \'useServiceLinkedRole\' cannot be given together, got role "Stack/Role", remove one of them (at Stack/Window/Task)'));
  });

  test('given as the service-linked role is rendered, left alone and warned about', () => {
    // GIVEN
    const stack = testStack();
    const roleArn = 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM';

    // WHEN
    const task = testWindow(stack).addLambdaTask('Task', {
      lambdaFunction: lambda.Function.fromFunctionArn(stack, 'Function', 'arn:aws:lambda:eu-central-1:123456789012:function:report'),
      role: iam.Role.fromRoleArn(stack, 'Role', roleArn),
    });

    // THEN
    const template = templateOf(stack);
    // a policy for a role that belongs to AWS would fail the deployment
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(onlyTask(template).ServiceRoleArn).toBe(roleArn);
    expect(task.grantPrincipal).toBeInstanceOf(iam.UnknownPrincipal);
    expect(warningsOf(stack)).toEqual([
      `'role' should be a service role of your own, got the service-linked role "${roleArn}", remove 'role' to have one made`,
      "'lambdaFunction' should have a name that starts with \"SSM\" for the service-linked role to call it, got \"report\", rename it or give a role",
    ]);
  });

  test('fails when Systems Manager may not assume it', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });

    // WHEN
    testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, role });

    // THEN
    expect(synthesisOf(stack)).toThrow('[Stack/Window/Task] \'role\' must trust ssm.amazonaws.com, got role "Stack/Role" whose trust policy does not, '
      + 'add the service principal to it');
  });

  test('of several tasks gets what each of them needs, once', () => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Stack', { app });
    const elsewhere = testStack('Elsewhere', { app, env: { account: '123456789012', region: 'eu-west-1' } });
    const role = new iam.Role(stack, 'Role', { roleName: 'patching', assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const window = testWindow(stack);
    const otherNode = TaskTargets.instanceIds('mi-0123456789abcdef0');
    const runbook = AutomationRunbook.fromDocumentName('Restart');

    // WHEN
    window.addRunCommandTask('One', { ...REQUIRED, role });
    window.addRunCommandTask('Same', { ...REQUIRED, role });
    window.addRunCommandTask('OtherNode', { ...REQUIRED, role, targets: otherNode });
    window.addRunCommandTask('OtherDocument', { ...REQUIRED, role, document: RunCommandDocument.fromDocumentName('Scan') });
    window.addAutomationTask('Runbook', { runbook, role });
    window.addAutomationTask('SameRunbook', { runbook, role });
    window.addAutomationTask('OtherRunbook', { runbook: AutomationRunbook.fromDocumentName('Report'), role });
    testWindow(elsewhere).addRunCommandTask('One', { ...REQUIRED, role });
    testWindow(elsewhere, 'Again').addAutomationTask('Runbook', { runbook, role });

    // THEN
    const resources = allStatements(templateOf(stack)).map((statement) => JSON.stringify(statement));
    const holding = (text: string) => resources.filter((statement) => statement.includes(text)).length;
    expect({
      first: holding('document/Patch'),
      nodes: holding('managed-instance/mi-0123456789abcdef0'),
      otherDocument: holding('document/Scan'),
      runbook: holding('automation-definition/Restart:*'),
      otherRunbook: holding('automation-definition/Report:*'),
      elsewhere: holding('ssm:eu-west-1:123456789012:document/Patch'),
      runbookElsewhere: holding('ssm:eu-west-1:123456789012:document/Restart'),
    }).toEqual({
      first: 3, // on each of two nodes, and in the other region
      nodes: 1,
      otherDocument: 1,
      runbook: 2,
      otherRunbook: 1,
      elsewhere: 1,
      runbookElsewhere: 1,
    });
  });

  test('is the principal of grants to the task', () => {
    // GIVEN
    const stack = testStack();
    const topic = testTopic(stack);
    const task = testWindow(stack).addRunCommandTask('Task', REQUIRED);

    // WHEN
    const grant = topic.grantPublish(task);

    // THEN
    expect(grant.success).toBe(true);
    expect(statementsOf(templateOf(stack), stack, task.role!).at(-1)).toEqual(allow('sns:Publish', stack.resolve(topic.topicArn)));
  });

  test('is the principal of grants to each of several tasks', () => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Stack', { app });
    const tool = lambda.Function.fromFunctionArn(stack, 'Tool', 'arn:aws:lambda:eu-central-1:123456789012:function:tool');
    const tasks = ['One', 'Two'].map((id) => testWindow(stack, id).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName(id) }));
    const second = (tasks[1].node.scope as MaintenanceWindow).addAutomationTask('Second', { runbook: AutomationRunbook.fromDocumentName('Second') });

    // WHEN
    [...tasks, second].forEach((task) => tool.grantInvoke(task));

    // THEN
    const template = templateOf(stack);
    for (const task of tasks) {
      expect(statementsOf(template, stack, task.role!)).toContainEqual(allow('lambda:InvokeFunction', [tool.functionArn, `${tool.functionArn}:*`]));
    }
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each(['TaskServiceRole', 'NotificationRole'])('leaves the name %s to tasks and targets', (id) => {
    // GIVEN
    const window = testWindow(testStack());
    const other = testWindow(testStack());

    // THEN
    expect(window.addRunCommandTask(id, { ...REQUIRED, notificationTopic: testTopic(window) }).node.id).toBe(id);
    expect(other.addTarget(id, { selector: TargetSelector.patchGroup('web') }).node.id).toBe(id);
    expect(other.addRunCommandTask('Task', { ...REQUIRED, notificationTopic: testTopic(other) }).role!.node.path).toBe('Stack/Window/@TaskServiceRole');
  });

  test('may be changed by an aspect', () => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Stack', { app });
    testWindow(stack).addRunCommandTask('Task', REQUIRED);

    // WHEN
    Aspects.of(app).add({
      visit: (node) => {
        if (node instanceof iam.CfnRole) { node.permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary'; }
      },
    });

    // THEN
    templateOf(stack).allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary' });
  });
});
