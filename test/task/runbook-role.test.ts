import { App, Aws, CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AutomationRunbook, DocumentVersion, MaintenanceWindow, MaintenanceWindowTask, PseudoParameter, TargetSelector, TaskTargets } from '../../src';
import type { AutomationTaskOptions } from '../../src';
import { RUNBOOK_PERMISSIONS } from '../../src/rules/runbook-permissions';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testTopic } from '../support/resources';
import { allow, arn, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passRole, statementsOf, testWindow } from '../support/tasks';

const RESTART = AutomationRunbook.AWS_RESTART_EC2_INSTANCE;
const LICENSES = arn('license-manager:eu-central-1:*:license-configuration:*');

function roleOf(stack: Stack, id: string): iam.Role {
  return stack.node.findAll().find((construct) => construct.node.id === id) as iam.Role;
}

function stepsRole(stack: Stack, runbook: string): iam.Role {
  return roleOf(stack, `@${runbook}Role`);
}

/** The statements of the role of the steps, in a stack with one task. */
function stepsWith(runbook: AutomationRunbook, options: (stack: Stack, window: MaintenanceWindow) => Partial<AutomationTaskOptions>): unknown[] {
  const stack = testStack();
  const window = testWindow(stack);
  window.addAutomationTask('Task', { runbook, ...options(stack, window) });
  return statementsOf(templateOf(stack), stack, stepsRole(stack, runbook.nameOrArn));
}

function instancesIn(statements: unknown[]): unknown[] {
  return (statements as { Action: string; Resource: unknown }[]).filter(({ Action }) => Action === 'ec2:StopInstances').flatMap(({ Resource }) => Resource);
}

function parametersOf(template: Template): Record<string, unknown> {
  return onlyTask(template).TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters;
}

describe('a runbook whose calls are known', () => {
  test('gets a role with these, which automations of the account assume, and which the service role passes', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    const template = templateOf(stack);
    const steps = stepsRole(stack, 'AWS-RestartEC2Instance');
    template.resourceCountIs('AWS::IAM::Role', 2);
    template.resourceCountIs('AWS::IAM::Policy', 2);
    expect(parametersOf(template)).toEqual({ AutomationAssumeRole: [stack.resolve(steps.roleArn)], InstanceId: [INSTANCE_ID] });
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: 'Runs the steps of AWS-RestartEC2Instance',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'ssm.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '123456789012' },
            ArnLike: { 'aws:SourceArn': arn('ssm:*:123456789012:automation-execution/*') },
          },
        }],
      },
    });
    expect(statementsOf(template, stack, steps)).toEqual([
      allow('ec2:StartInstances', [localArn('ec2', `instance/${INSTANCE_ID}`), LICENSES]),
      allow('ec2:StopInstances', localArn('ec2', `instance/${INSTANCE_ID}`)),
      allow(['ec2:DescribeInstances', 'ec2:DescribeInstanceStatus'], '*'),
    ]);
    expect(statementsOf(template, stack, task.role!)).toContainEqual(passRole(stack.resolve(steps.roleArn)));
    expect(warningsOf(task)).toEqual([]);
  });

  test('has one role for all tasks of a window, and one for each runbook', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.addAutomationTask('One', { runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });
    window.addAutomationTask('Two', { runbook: RESTART, parameters: { InstanceId: ['i-11111111111111111'] } });
    window.addAutomationTask('Stop', { runbook: AutomationRunbook.AWS_STOP_EC2_INSTANCE, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 3);
    expect(instancesIn(statementsOf(template, stack, stepsRole(stack, 'AWS-RestartEC2Instance'))))
      .toEqual([localArn('ec2', `instance/${INSTANCE_ID}`), localArn('ec2', 'instance/i-11111111111111111')]);
    expect(instancesIn(statementsOf(template, stack, stepsRole(stack, 'AWS-StopEC2Instance')))).toEqual([localArn('ec2', `instance/${INSTANCE_ID}`)]);
  });

  test('has a role for each of two windows', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    for (const id of ['One', 'Two']) {
      testWindow(stack, id).addAutomationTask('Task', { runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });
    }

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Role', 4);
  });

  test('has its role in the stack of the task', () => {
    // GIVEN
    const app = testApp();
    const window = testWindow(testStack('Windows', { app }));
    const stack = testStack('Tasks', { app });

    // WHEN
    MaintenanceWindowTask.automation(stack, 'Task', { maintenanceWindow: window, runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 2);
    template.hasResourceProperties('AWS::IAM::Role', { Description: 'Runs the steps of AWS-RestartEC2Instance' });
    templateOf(Stack.of(window)).resourceCountIs('AWS::IAM::Role', 0);
  });

  test('has its role beside an imported window', () => {
    // GIVEN
    const stack = testStack();
    const maintenanceWindow = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', 'mw-0123456789abcdef0');

    // WHEN
    const task = MaintenanceWindowTask.automation(stack, 'Task', { maintenanceWindow, runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    expect(parametersOf(templateOf(stack))).toHaveProperty('AutomationAssumeRole', [stack.resolve(stepsRole(stack, 'AWS-RestartEC2Instance').roleArn)]);
    expect(warningsOf(task)).toEqual([]);
  });

  test.each<[string, AutomationRunbook, Partial<AutomationTaskOptions>]>([
    ['by the ARN of AWS', AutomationRunbook.fromDocumentArn('arn:aws:ssm:eu-central-1::document/AWS-RestartEC2Instance'), {}],
    ['by an ARN in a region known only at deployment', AutomationRunbook.fromDocumentArn(`arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/AWS-RestartEC2Instance`), {}],
    ['with a version', RESTART, { documentVersion: DocumentVersion.of('1') }],
  ])('is known %s', (_name, runbook, options) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const task = testWindow(stack).addAutomationTask('Task', { runbook, parameters: { InstanceId: [INSTANCE_ID] }, ...options });

    // THEN
    expect(parametersOf(templateOf(stack))).toHaveProperty('AutomationAssumeRole', [stack.resolve(stepsRole(stack, 'AWS-RestartEC2Instance').roleArn)]);
    expect(warningsOf(task)).toEqual([]);
  });

  test('gives its role what is granted to the task', () => {
    // GIVEN
    const stack = testStack();
    const topic = testTopic(stack);
    const task = testWindow(stack).addAutomationTask('Task', { runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });

    // WHEN
    topic.grantPublish(task);
    task.addToRolePolicy(new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: ['arn:aws:kms:eu-central-1:123456789012:key/volumes'] }));

    // THEN
    const template = templateOf(stack);
    expect(statementsOf(template, stack, stepsRole(stack, 'AWS-RestartEC2Instance')).slice(3)).toEqual([
      allow('sns:Publish', stack.resolve(topic.topicArn)),
      allow('kms:CreateGrant', 'arn:aws:kms:eu-central-1:123456789012:key/volumes'),
    ]);
    expect(statementsOf(template, stack, task.role!)).toHaveLength(4);
  });

  test('has a role that somebody else makes, when roles of the app are customized', () => {
    // GIVEN
    const app = new App();
    iam.Role.customizeRoles(app, {
      usePrecreatedRoles: { 'Stack/Window/@TaskServiceRole': 'tasks', 'Stack/Window/@AWS-RestartEC2InstanceRole': 'restarts' },
    });
    const stack = testStack('Stack', { app });

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: RESTART, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 0);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(parametersOf(template)).toHaveProperty('AutomationAssumeRole', [arn('iam::123456789012:role/restarts')]);
  });
});

describe('no role is made', () => {
  const ROLE_ARN = 'arn:aws:iam::123456789012:role/steps';

  test.each<[string, (stack: Stack) => AutomationTaskOptions, number]>([
    ['for the steps that have one', (stack) => ({ runbook: RESTART, assumeRole: iam.Role.fromRoleArn(stack, 'Steps', ROLE_ARN) }), 1],
    ['for the steps that have one by their parameter', () => ({ runbook: RESTART, parameters: { AutomationAssumeRole: [ROLE_ARN] } }), 1],
    ['for the steps that may have one by a parameter whose name is a token',
      () => ({ runbook: RESTART, parameters: { [Lazy.string({ produce: () => 'AutomationAssumeRole' })]: [ROLE_ARN] } }), 1],
    ['beside the role of the task', (stack) => ({ runbook: RESTART, role: iam.Role.fromRoleArn(stack, 'Role', ROLE_ARN) }), 0],
    ['beside the service-linked role', () => ({ runbook: RESTART, useServiceLinkedRole: true }), 0],
    ['for a runbook of AWS whose calls are not known', () => ({ runbook: AutomationRunbook.fromDocumentName('AWS-HelloWorld') }), 1],
    ['for a runbook of another account with such a name',
      () => ({ runbook: AutomationRunbook.fromDocumentArn('arn:aws:ssm:eu-central-1:111122223333:document/AWS-RestartEC2Instance') }), 1],
    ['for a runbook called as what every object has', () => ({ runbook: AutomationRunbook.fromDocumentName('toString') }), 1],
    ['for a runbook whose name is a token', (stack) => ({ runbook: AutomationRunbook.fromDocumentName(new CfnParameter(stack, 'Name').valueAsString) }), 1],
    ['for functions whose role is none', () => ({
      runbook: AutomationRunbook.AWS_PATCH_ASG_INSTANCE, parameters: { InstanceId: [INSTANCE_ID], LambdaRoleArn: ['undefined'] },
    }), 1],
  ])('%s', (_name, options, roles) => {
    // GIVEN
    const stack = testStack();
    const { parameters, ...given } = options(stack);

    // WHEN
    testWindow(stack).addAutomationTask('Task', { ...given, parameters: { InstanceId: [INSTANCE_ID], ...parameters } });

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Role', roles);
  });

  test('and the steps are told to be without permissions, if nothing is known and nothing is granted', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('AWS-HelloWorld') });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      '\'assumeRole\' is missing and nothing was granted to the task, so the steps of the runbook run without permissions, got runbook "AWS-HelloWorld", '
        + 'specify \'assumeRole\' or grant the task the permissions, for example bucket.grantRead(task)',
    ]);
  });
});

describe('the instances', () => {
  const tags = (window: MaintenanceWindow) => window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
  const every = localArn('ec2', 'instance/*');
  const one = localArn('ec2', `instance/${INSTANCE_ID}`);
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${String(index).padStart(17, '0')}`);

  test.each<[string, (stack: Stack, window: MaintenanceWindow) => Partial<AutomationTaskOptions>, unknown]>([
    ['of the parameter', () => ({ parameters: { InstanceId: [INSTANCE_ID] } }), one],
    ['of the targets, which the parameter stands for', () => ({
      parameters: { InstanceId: [PseudoParameter.targetId] }, targets: TaskTargets.instanceIds(INSTANCE_ID),
    }), one],
    ['of targets by ID that the window has', (_stack, window) => ({
      parameters: { InstanceId: ['{{ RESOURCE_ID }}'] },
      targets: TaskTargets.registered(window.addTarget('One', { selector: TargetSelector.instanceIds(INSTANCE_ID) })),
    }), one],
    ['that tags choose are all', (_stack, window) => ({
      parameters: { InstanceId: [PseudoParameter.resourceId] }, targets: TaskTargets.registered(tags(window)),
    }), every],
    ['without targets are all', () => ({ parameters: { InstanceId: [PseudoParameter.resourceId] } }), every],
    ['of a text known only at deployment', (stack) => ({ parameters: { InstanceId: [deployTimeValues(stack).text] } }), {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:eu-central-1:123456789012:instance/', { Ref: 'Text' }]],
    }],
    ['of a list known only at deployment are all', (stack) => ({ parameters: { InstanceId: deployTimeValues(stack).list } }), every],
    ['in Parameter Store are all', () => ({ parameters: { InstanceId: ['{{ssm:instance}}'] } }), every],
    ['that are no IDs are all', () => ({ parameters: { InstanceId: [INSTANCE_ID, 'i-*'] } }), every],
    ['40 in number', () => ({ parameters: { InstanceId: ids(40) } }), ids(40).map((id) => localArn('ec2', `instance/${id}`))],
    ['more than 40 are all', () => ({ parameters: { InstanceId: ids(41) } }), every],
  ])('%s', (_name, options, expected) => {
    expect(instancesIn(stepsWith(AutomationRunbook.AWS_STOP_EC2_INSTANCE, options))).toEqual([expected].flat());
  });
});

describe('what else a parameter names', () => {
  const START_DATABASE = AutomationRunbook.AWS_START_RDS_INSTANCE;

  test.each<[string, AutomationRunbook, (stack: Stack) => Record<string, string[]>, unknown]>([
    ['a database, in lower case as in its ARN', START_DATABASE, () => ({ InstanceId: ['Orders'] }), allow('rds:StartDBInstance', localArn('rds', 'db:orders'))],
    ['a database by a token', START_DATABASE, (stack) => ({ InstanceId: [deployTimeValues(stack).text] }), allow('rds:StartDBInstance', {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-central-1:123456789012:db:', { Ref: 'Text' }]],
    })],
    ['a database by a target', START_DATABASE, () => ({ InstanceId: [PseudoParameter.resourceId] }), allow('rds:StartDBInstance', localArn('rds', 'db:*'))],
    ['a volume', AutomationRunbook.AWS_CREATE_SNAPSHOT, () => ({ VolumeId: ['vol-0123456789abcdef0'] }), allow('ec2:CreateSnapshot', [
      localArn('ec2', 'volume/vol-0123456789abcdef0'), arn('ec2:eu-central-1::snapshot/*'),
    ])],
    ['tags of a snapshot', AutomationRunbook.AWS_CREATE_RDS_SNAPSHOT, () => ({ DBInstanceIdentifier: ['orders'], SnapshotTags: ['Key=a,Value=b'] }),
      allow('rds:AddTagsToResource', localArn('rds', 'snapshot:*'))],
    ['a topic', AutomationRunbook.fromDocumentName('AWS-PublishSNSNotification'),
      () => ({ TopicArn: ['arn:aws:sns:eu-central-1:123456789012:done'], Message: ['done'] }),
      allow('sns:Publish', 'arn:aws:sns:eu-central-1:123456789012:done')],
    ['a topic by a token', AutomationRunbook.fromDocumentName('AWS-PublishSNSNotification'),
      (stack) => ({ TopicArn: [deployTimeValues(stack).text], Message: ['done'] }), allow('sns:Publish', { Ref: 'Text' })],
  ])('is %s', (_name, runbook, parameters, expected) => {
    const targets = TaskTargets.instanceIds(INSTANCE_ID);
    expect(stepsWith(runbook, (stack) => ({ parameters: parameters(stack), targets }))).toContainEqual(expected);
  });

  test('is not granted without the parameter', () => {
    const statements = stepsWith(AutomationRunbook.AWS_CREATE_RDS_SNAPSHOT, () => ({ parameters: { DBInstanceIdentifier: ['orders'] } }));
    expect(JSON.stringify(statements)).not.toContain('AddTagsToResource');
  });
});

describe('a runbook that makes functions', () => {
  const PATCH = AutomationRunbook.AWS_PATCH_INSTANCE_WITH_ROLLBACK;
  const passToLambda = (role: unknown) => ({
    Effect: 'Allow', Action: 'iam:PassRole', Resource: role, Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  });

  test('gets a role for them too, and may make no roles', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: PATCH, parameters: { InstanceId: [INSTANCE_ID], ReportS3Bucket: ['reports'] } });

    // THEN
    const template = templateOf(stack);
    const steps = stepsRole(stack, 'AWS-PatchInstanceWithRollback');
    const functions = roleOf(stack, '@AWS-PatchInstanceWithRollbackFunctionRole');
    template.resourceCountIs('AWS::IAM::Role', 3);
    template.hasResourceProperties('AWS::IAM::Role', {
      Description: 'Runs the functions of AWS-PatchInstanceWithRollback',
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] },
    });
    expect(parametersOf(template)).toEqual({
      AutomationAssumeRole: [stack.resolve(steps.roleArn)],
      InstanceId: [INSTANCE_ID],
      LambdaAssumeRole: [stack.resolve(functions.roleArn)],
      ReportS3Bucket: ['reports'],
    });
    expect(statementsOf(template, stack, steps)).toContainEqual(passToLambda(stack.resolve(functions.roleArn)));
    expect(statementsOf(template, stack, functions)).toContainEqual(allow('s3:PutObject',
      arn('s3:::reports/AWSLogs/123456789012/SystemsManager/eu-central-1/*')));
    expect(JSON.stringify(template.toJSON())).not.toContain('iam:CreateRole');
  });

  test.each<[string, (stack: Stack) => string, unknown]>([
    ['by its ARN', () => 'arn:aws:iam::123456789012:role/functions', 'arn:aws:iam::123456789012:role/functions'],
    ['by a token', (stack) => deployTimeValues(stack).text, { Ref: 'Text' }],
  ])('passes a role of the user on to them, given %s', (_name, role, expected) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: PATCH, parameters: { InstanceId: [INSTANCE_ID], LambdaAssumeRole: [role(stack)] } });

    // THEN
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Role', 2);
    expect(parametersOf(template)).toHaveProperty('LambdaAssumeRole', [expected]);
    expect(statementsOf(template, stack, stepsRole(stack, 'AWS-PatchInstanceWithRollback'))).toContainEqual(passToLambda(expected));
  });

  test('and starts others passes its role on to them', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.AWS_PATCH_ASG_INSTANCE, parameters: { InstanceId: [INSTANCE_ID] } });

    // THEN
    const template = templateOf(stack);
    const steps = stepsRole(stack, 'AWS-PatchAsgInstance');
    expect(statementsOf(template, stack, steps)).toContainEqual(passRole(stack.resolve(steps.roleArn)));
    expect(statementsOf(template, stack, steps)).toContainEqual({
      Effect: 'Allow',
      Action: 'ec2:CreateTags',
      Resource: localArn('ec2', `instance/${INSTANCE_ID}`),
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['AutoPatchInstanceInASG'] } },
    });
    expect(parametersOf(template)).toHaveProperty('LambdaRoleArn', [stack.resolve(roleOf(stack, '@AWS-PatchAsgInstanceFunctionRole').roleArn)]);
  });
});

test('the runbook that exports patch reports has another parameter for the role', () => {
  // GIVEN
  const stack = testStack();
  const runbook = AutomationRunbook.fromDocumentName('AWS-ExportPatchReportToS3');
  const assumeRole = new iam.Role(stack, 'Exporter', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const parameters = { reportName: ['patches'], s3BucketName: ['reports'], targets: ['instanceids=*'] };

  // WHEN
  const task = testWindow(stack).addAutomationTask('Task', { runbook, assumeRole, parameters });

  // THEN
  const template = templateOf(stack);
  expect(parametersOf(template)).toEqual({ ...parameters, assumeRole: [stack.resolve(assumeRole.roleArn)] });
  expect(statementsOf(template, stack, task.role!)).toContainEqual(passRole(stack.resolve(assumeRole.roleArn)));
  expect(warningsOf(task)).toEqual([]);
  expect(() => testWindow(stack, 'Other').addAutomationTask('Task', { runbook, assumeRole, parameters: { ...parameters, assumeRole: ['arn:aws:iam::123456789012:role/a'] } }))
    .toThrow(new Error('\'assumeRole\' and the parameter assumeRole cannot be given together, got ["arn:aws:iam::123456789012:role/a"], remove it (at Stack/Other/Task)'));
});

/** What each runbook must be given. */
const REQUIRED: { readonly [runbook: string]: Record<string, string[]> } = {
  'AWS-ResizeInstance': { InstanceId: [INSTANCE_ID], InstanceType: ['m7i.large'] },
  'AWS-DeleteImage': { ImageId: ['ami-0123456789abcdef0'] },
  'AWS-CreateSnapshot': { VolumeId: ['vol-0123456789abcdef0'] },
  'AWS-DeleteSnapshot': { SnapshotId: ['snap-0123456789abcdef0'] },
  'AWS-CopySnapshot': { SnapshotId: ['snap-0123456789abcdef0'], SourceRegion: ['eu-west-1'] },
  'AWS-CreateRdsSnapshot': { DBInstanceIdentifier: ['orders'], InstanceTags: ['Key=a,Value=b'], SnapshotTags: ['Key=a,Value=b'] },
  'AWS-StartStopAuroraCluster': { ClusterName: ['orders'] },
  'AWS-CreateDynamoDbBackup': { TableName: ['orders'], BackupName: ['nightly'] },
  'AWS-PublishSNSNotification': { TopicArn: ['arn:aws:sns:eu-central-1:123456789012:done'], Message: ['done'] },
};

test.each(Object.keys(RUNBOOK_PERMISSIONS))('the role of %s passes all checks', (name) => {
  // GIVEN
  const stack = testStack();

  // WHEN
  testWindow(stack).addAutomationTask('Task', {
    runbook: AutomationRunbook.fromDocumentName(name), parameters: REQUIRED[name] ?? { InstanceId: [INSTANCE_ID] },
  });

  // THEN
  templateOf(stack).hasResourceProperties('AWS::IAM::Role', { Description: `Runs the steps of ${name}` });
  expect(warningsOf(stack)).toEqual([]);
});
