import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnParameter, Duration, Fn } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MaintenanceWindow, MaintenanceWindowSchedule, PatchOperation, RateControl, RunCommandDocument, TargetSelector, TaskTargets } from '../src';
import type { PatchTaskOptions, RunCommandTaskOptions } from '../src';
import { templateOf, testStack, warningsOf } from './support/app';
import { testTopic } from './support/resources';
import { INSTANCE_ID, synthesisOf, testWindow } from './support/tasks';

/*
 * Mistakes of public templates, written with this library. No tool for CloudFormation told any of them, but for the two that are marked.
 * Where the template is among the fixtures, the mistake is read from it.
 */

function fixture(name: string): string {
  return readFileSync(join(__dirname, 'fixtures', 'real-templates', name), 'utf-8');
}

function warningIdsOf(stack: Stack): string[] {
  return stack.node.findAll().flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => /\[ack: cdk-ssm-maintenance-windows:(.*)\]$/.exec(String(data))![1]);
}

describe('aws-samples/aws-service-catalog-reference-architectures, ec2/sc-ec2-linux-apache.json', () => {
  const { Resources } = JSON.parse(fixture('04-awssamples-sc-ec2-linux-apache.json'));
  const { Schedule, Duration: hours, Cutoff } = Resources.MaintenanceWindow.Properties;
  const scan = Resources.LinuxMaintenanceWindowTaskScan.Properties;
  const install = Resources.LinuxMaintenanceWindowTaskInstall.Properties;

  test('a window that opens every minute for an hour is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    new MaintenanceWindow(stack, 'Window', {
      schedule: MaintenanceWindowSchedule.expression(Schedule), duration: Duration.hours(hours), cutoff: Duration.hours(Cutoff),
    });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      '\'expression\' has a fault at position 6: must be at least five minutes from one time to the next, more often is not supported, got "* 17 * * ? *"',
      '\'duration\' should be shorter than the time from one opening to the next, got duration 6 hours and expression "cron(* 17 * * ? *)", which opens again '
      + 'after 1 minute: an execution that finds the one before still running is skipped, open less often',
    ]);
    expect(warningIdsOf(stack)).toEqual(['cronTooFrequent', 'opensAgainBeforeItClosed']);
  });

  test('with the fields of cron() the first minute of the hour is the default', () => {
    expect(MaintenanceWindowSchedule.cron({ hour: '17' }).expressionString).toBe('cron(0 17 * * ? *)');
  });

  test('fails when every minute is asked for by the fields of cron()', () => {
    expect(() => MaintenanceWindowSchedule.cron({ hour: '17', minute: '*' })).toThrow(
      'the schedule must be at least five minutes from one time to the next, more often is not supported, got "* 17 * * ? *"');
  });

  test('the deprecated property TaskParameters is not expressible: the parameters of a document are rendered where they belong', () => {
    // GIVEN
    expect(scan.TaskParameters).toEqual({ Operation: { Values: ['Scan'] } });
    const stack = testStack();

    // WHEN
    testWindow(stack).addPatchTask('Scan', { operation: PatchOperation.SCAN, targets: TaskTargets.instanceIds(INSTANCE_ID) });

    // THEN
    const [task] = Object.values(templateOf(stack).findResources('AWS::SSM::MaintenanceWindowTask'));
    expect(task.Properties).not.toHaveProperty('TaskParameters');
    expect(task.Properties.TaskInvocationParameters).toEqual({ MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Scan'] } } });
  });

  test('two tasks of the same name are legal, without a warning', () => {
    // GIVEN
    expect(scan.Name).toBe(install.Name);
    const stack = testStack();
    const window = testWindow(stack);
    const options = { targets: TaskTargets.instanceIds(INSTANCE_ID), taskName: scan.Name };

    // WHEN
    window.addPatchTask('Scan', { ...options, operation: PatchOperation.SCAN });
    window.addPatchTask('Install', { ...options, operation: PatchOperation.INSTALL, priority: 2 });

    // THEN
    templateOf(stack).resourcePropertiesCountIs('AWS::SSM::MaintenanceWindowTask', { Name: install.Name }, 2);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a service role that EC2 can assume as well is legal, without a warning; the role that is made trusts Systems Manager alone', () => {
    // GIVEN
    expect(Resources.MaintenanceWindowRole.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service).toContain('ec2.amazonaws.com');
    const stack = testStack();
    const window = testWindow(stack);
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.CompositePrincipal(new iam.ServicePrincipal('ec2.amazonaws.com'), new iam.ServicePrincipal('ssm.amazonaws.com')),
    });
    const options = { operation: PatchOperation.SCAN, targets: TaskTargets.instanceIds(INSTANCE_ID) };

    // WHEN
    window.addPatchTask('WithTheirs', { ...options, role });
    const { role: ours } = window.addPatchTask('WithOurs', options);

    // THEN
    const template = templateOf(stack);
    const { Properties } = template.findResources('AWS::IAM::Role')[stack.getLogicalId(ours!.node.defaultChild as iam.CfnRole)];
    expect(Properties.AssumeRolePolicyDocument.Statement.map((statement: any) => statement.Principal)).toEqual([{ Service: 'ssm.amazonaws.com' }]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('ChristilawD/AWS_CloudFormation, RunBaselineServerPatching_cf.yaml', () => {
  const source = fixture('08-christilawd-RunBaselineServerPatching_cf.yaml');
  const documentHash = /DocumentHash: ([0-9a-f]{64})/.exec(source)![1];
  const options: RunCommandTaskOptions = {
    document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
    targets: TaskTargets.instanceIds(INSTANCE_ID),
    maxConcurrency: RateControl.percentage(50),
    maxErrors: RateControl.percentage(25),
  };

  test('fails when AWS-RunPatchBaseline has no Operation', () => {
    expect(source).not.toContain('Operation:');
    expect(() => testWindow(testStack()).addRunCommandTask('Patch', options)).toThrow(
      '\'parameters\' of AWS-RunPatchBaseline must hold "Operation" as one of ["Scan","Install"], got [], add "Operation" (at Stack/Window/Patch)');
  });

  test('a patch task without an operation is not expressible: it does not compile', () => {
    // @ts-expect-error operation is required
    const incomplete: PatchTaskOptions = { targets: options.targets };
    expect(incomplete).not.toHaveProperty('operation');
  });

  test('the hash of a document that AWS owns is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Patch', { ...options, documentHash, parameters: { Operation: ['Install'] } });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      '\'documentHash\' should be omitted for AWS-owned documents (as of 2026-08-16), got one for "AWS-RunPatchBaseline", remove it, every run fails once '
      + 'AWS changes the document',
    ]);
    expect(warningIdsOf(stack)).toEqual(['documentHashPinned']);
  });

  test('notifications without a role are not expressible: one is made', () => {
    // GIVEN
    expect(source).toContain('NotificationArn');
    expect(source).not.toContain('ServiceRoleArn');
    const stack = testStack();
    const notificationTopic = testTopic(stack);

    // WHEN
    testWindow(stack).addRunCommandTask('Patch', { ...options, parameters: { Operation: ['Install'] }, notificationTopic });

    // THEN
    const template = templateOf(stack);
    const [task] = Object.values(template.findResources('AWS::SSM::MaintenanceWindowTask'));
    const roleId = task.Properties.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.ServiceRoleArn['Fn::GetAtt'][0];
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: stack.resolve(notificationTopic.topicArn) }] },
      Roles: [{ Ref: roleId }],
    });
  });
});

describe('eijikominami/aws-cloudformation-templates, cloudops/templates/ssm.yaml', () => {
  test('a rule that waits for failures among the registrations of targets is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).onTargetRegistration('Failures', {
      target: new targets.SnsTopic(testTopic(stack)),
      eventPattern: { detail: { status: ['FAILED', 'TIMED_OUT', 'SKIPPED_OVERLAPPING'] } },
    });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual(['FAILED', 'TIMED_OUT', 'SKIPPED_OVERLAPPING'].map((status) =>
      `detail.status of 'eventPattern' must be one of REGISTERED, DEREGISTERED, UPDATED to match, got "${status}"`));
    expect(new Set(warningIdsOf(stack))).toEqual(new Set(['statusNeverReported']));
  });

  test('fails when the service-linked role shall publish notifications', () => {
    const stack = testStack();
    expect(() => testWindow(stack).addPatchTask('Patch', {
      operation: PatchOperation.INSTALL,
      targets: TaskTargets.instanceIds(INSTANCE_ID),
      notificationTopic: testTopic(stack),
      useServiceLinkedRole: true,
    })).toThrow(
      '\'notificationTopic\' needs a service role that may pass the notification role on, got useServiceLinkedRole true, remove one of them '
      + '(at Stack/Window/Patch)');
  });
});

test.each([
  ['wafahmi85/aws-ssm-patch-manager, ssm.yaml', 'rate(5 minutes)', 2, 5],
  ['ohmiosc/terraform-template, ssm-maintenance-window.tf', 'rate(40 minutes)', 1, 40],
])('%s: a window that opens by %s, with a duration of %i in hours, is warned about', (_name, expression, hours, minutes) => {
  // GIVEN
  const stack = testStack();

  // WHEN
  new MaintenanceWindow(stack, 'Raw', { schedule: MaintenanceWindowSchedule.expression(expression), duration: Duration.hours(hours) });
  new MaintenanceWindow(stack, 'Typed', { schedule: MaintenanceWindowSchedule.rate(Duration.minutes(minutes)), duration: Duration.hours(hours) });

  // THEN
  templateOf(stack);
  const warning = `'duration' should be shorter than the time from one opening to the next, got duration ${hours === 1 ? '1 hour' : `${hours} hours`} and expression "${expression}", `
    + `which opens again after ${minutes} minutes: an execution that finds the one before still running is skipped, open less often`;
  expect(warningsOf(stack)).toEqual([warning, warning]);
  expect(new Set(warningIdsOf(stack))).toEqual(new Set(['opensAgainBeforeItClosed']));
});

test('z-mora/sandbox, ssm_patch_management.tf: a key of resource groups that is written as a tag is warned about', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  testWindow(stack).addTarget('Instances', { selector: TargetSelector.tags({ ResourceTypeFilters: ['AWS::EC2::Instance'] }) });

  // THEN
  templateOf(stack);
  expect(warningsOf(stack)).toEqual([
    '"tag:ResourceTypeFilters" of \'targets\' selects instances by a tag, got ["AWS::EC2::Instance"], use TargetSelector.resourceGroup() for a resource group',
  ]);
  expect(warningIdsOf(stack)).toEqual(['resourceGroupKeyAsTag']);
});

describe('AWS CloudFormation User Guide, "Run Command task that targets … a maintenance window target ID"', () => {
  const { Properties } = JSON.parse(fixture('14-awsdocs-runcommand-window-target.json')).Resources.MaintenanceWindowRunCommandTask;

  test('rate control and priority in the wrong place is not expressible: they are rendered where they belong', () => {
    // GIVEN
    const { MaxConcurrency, MaxErrors, Priority } = Properties.TaskInvocationParameters;
    const stack = testStack();

    // WHEN
    testWindow(stack).addRunCommandTask('Patch', {
      document: RunCommandDocument.fromDocumentName(Properties.TaskArn),
      parameters: Properties.TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters,
      targets: TaskTargets.instanceIds(INSTANCE_ID),
      maxConcurrency: RateControl.count(MaxConcurrency),
      maxErrors: RateControl.count(MaxErrors),
      priority: Priority,
    });

    // THEN
    const [task] = Object.values(templateOf(stack).findResources('AWS::SSM::MaintenanceWindowTask'));
    expect(task.Properties).toMatchObject({ MaxConcurrency: '7', MaxErrors: '7', Priority: 5 });
    expect(Object.keys(task.Properties.TaskInvocationParameters)).toEqual(['MaintenanceWindowRunCommandParameters']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('DependsOn among the properties is not expressible: a task depends on what it refers to', () => {
    // GIVEN
    expect(Properties.DependsOn).toBe('MaintenanceWindowTarget');
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Web', { selector: TargetSelector.instanceIds(INSTANCE_ID) });

    // WHEN
    window.addPatchTask('Patch', { operation: PatchOperation.INSTALL, targets: TaskTargets.registered(target) });

    // THEN
    const [task] = Object.values(templateOf(stack).findResources('AWS::SSM::MaintenanceWindowTask'));
    expect(task.Properties).not.toHaveProperty('DependsOn');
    expect(task.Properties.Targets).toEqual([{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }]);
  });
});

describe('jon-frame/aws-tooling, SSM-Patching.yaml', () => {
  test('the name of a parameter where its value belongs is a legal tag, without a warning', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addTarget('Zone', { selector: TargetSelector.tags({ AZTagName: ['eu-central-1a'] }) });

    // THEN
    templateOf(stack).hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', { Targets: [{ Key: 'tag:AZTagName', Values: ['eu-central-1a'] }] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the value of the parameter is expressible', () => {
    // GIVEN
    const stack = testStack();
    const tagName = new CfnParameter(stack, 'AZTagName').valueAsString;

    // WHEN
    testWindow(stack).addTarget('Zone', { selector: TargetSelector.tags({ [tagName]: [Fn.select(0, Fn.getAzs())] }) });

    // THEN
    synthesisOf(stack)();
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::MaintenanceWindowTarget', {
      Targets: [{ Key: { 'Fn::Join': ['', ['tag:', { Ref: 'AZTagName' }]] } }],
    });
  });
});
