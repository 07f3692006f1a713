import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import {
  AutomationRunbook, MaintenanceWindowSchedule, PatchRebootOption, RateControl, RunCommandDocument, TargetSelector, TaskTargets,
} from '../../src';
import { NodeAfterFailure, PatchBackup, PatchHealthCheck, PatchHook, PatchRunbook, PatchWindows } from '../../src/patching';
import type { PatchRunbookProps } from '../../src/patching';
import { templateOf, templateWithFindings, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testBucket, testLogGroup } from '../support/resources';
import { allow, arn, INSTANCE_ID, localArn, onlyTask, statementsOf, synthesisOf, testWindow } from '../support/tasks';

const TARGET_GROUP_ARN = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/0123456789abcdef';
const ALARM_ARN = 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors';

function targetGroup(scope: Construct, id: string = 'Web', targetGroupArn: string = TARGET_GROUP_ARN): elbv2.ITargetGroupRef {
  return elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(scope, id, { targetGroupArn });
}

function groupWithTargets(scope: Construct, targets: number, props: elbv2.CfnTargetGroupProps = {}): elbv2.CfnTargetGroup {
  const ids = Array.from({ length: targets }, (_, index) => ({ id: `i-0123456789abcdef${index}` }));
  return new elbv2.CfnTargetGroup(scope, 'Group', { port: 80, protocol: 'HTTP', vpcId: 'vpc-0123456789abcdef0', targetType: 'instance', targets: ids, ...props });
}

function scalingGroup(scope: Construct, minSize: string, desiredCapacity?: string): autoscaling.CfnAutoScalingGroup {
  return new autoscaling.CfnAutoScalingGroup(scope, 'Group', { minSize, maxSize: '9', desiredCapacity });
}

const CHECKS = [PatchHealthCheck.targetGroups()];
const NODES = TaskTargets.instanceIds(INSTANCE_ID);

/** The warnings about a task with these choices. */
function advice(props: (stack: Stack) => PatchRunbookProps, options: Partial<Parameters<PatchRunbook['addTo']>[2]> = {}, hours: number = 2): string[] {
  const stack = testStack();
  const runbook = new PatchRunbook(stack, 'Runbook', props(stack));
  runbook.addTo(testWindow(stack, 'Window', { duration: Duration.hours(hours) }), 'Patch', { targets: NODES, ...options });
  (stack.node.root as App).synth();
  return warningsOf(stack).map((text) => text.replace(/ \(at .*\)$/, ''));
}

describe('without properties', () => {
  const stack = testStack();
  const runbook = new PatchRunbook(stack, 'Runbook');
  const template = templateOf(stack);

  test('a document, a role and its policy are defined', () => {
    expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([
      'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::SSM::Document',
    ]);
  });

  test('a new content is a new version of an Automation document', () => {
    template.hasResourceProperties('AWS::SSM::Document', { DocumentType: 'Automation', DocumentFormat: 'JSON', UpdateMethod: 'NewVersion' });
  });

  test('the node is patched where it is', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::SSM::Document'));
    expect(Properties.Content.mainSteps.map(({ name }: any) => name)).toEqual(['waitUntilOnline', 'patch', 'patched']);
    expect(Properties.Content.mainSteps[1].inputs).toEqual({ DocumentName: 'AWS-RunPatchBaseline', InstanceIds: ['{{ InstanceId }}'], Parameters: { Operation: ['Install'] } });
    expect(Properties.Content.mainSteps[1].timeoutSeconds).toBe(10_800 + 1_800);
  });

  test('only executions of Automation in the account assume the role', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
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
  });

  test('the role may send the patch command, and nothing else', () => {
    expect(statementsOf(template, stack, runbook.role)).toEqual([
      allow('ssm:SendCommand', expect.arrayContaining([localArn('ec2', 'instance/*'), localArn('ssm', 'managed-instance/*')])),
      allow(['ssm:CancelCommand', 'ssm:DescribeInstanceInformation', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'], '*'),
    ]);
  });

  test('nothing is warned about', () => {
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('with all properties', () => {
  const stack = testStack();
  const runbook = new PatchRunbook(stack, 'Runbook', {
    targetGroups: [targetGroup(stack)],
    startStopped: true,
    backup: PatchBackup.snapshot({ timeout: Duration.minutes(20) }),
    before: [PatchHook.command(RunCommandDocument.fromDocumentName('Prepare'), { parameters: { Reason: ['patch'] }, timeout: Duration.minutes(5) })],
    after: [PatchHook.runbook(AutomationRunbook.fromDocumentName('Tell'), { parameters: { InstanceId: [PatchHook.INSTANCE_ID] } }), PatchHook.powerShellScript('Get-Service')],
    healthChecks: [
      PatchHealthCheck.hook(PatchHook.shellScript('curl --fail http://localhost/')),
      PatchHealthCheck.targetGroups({ timeout: Duration.minutes(20) }),
      PatchHealthCheck.alarm(cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', ALARM_ARN), { watch: Duration.minutes(2) }),
    ],
    afterFailure: NodeAfterFailure.LEAVE_OUT,
    rebootOption: PatchRebootOption.NO_REBOOT,
    stepTimeout: Duration.hours(1),
    installOverrideList: { bucket: testBucket(stack, 'Lists'), key: 'list.yaml' },
    outputBucket: testBucket(stack, 'Output'),
    outputKeyPrefix: 'web',
    outputLogGroup: testLogGroup(stack),
  });
  const template = templateOf(stack);
  const [{ Properties: { Content: content } }] = Object.values(template.findResources('AWS::SSM::Document'));
  const step = (name: string) => content.mainSteps.find((one: any) => one.name === name);

  test('the patch command gets its parameters and its output', () => {
    expect(step('patch')).toMatchObject({
      action: 'aws:runCommand',
      timeoutSeconds: 3_600 + 1_800,
      isCritical: true,
      onFailure: 'step:leaveOutTraffic',
      onCancel: 'step:cancelLeaveOutTraffic',
      inputs: {
        Parameters: { Operation: ['Install'], RebootOption: ['NoReboot'], StepTimeoutSeconds: ['3600'], InstallOverrideList: [expect.anything()] },
        OutputS3KeyPrefix: 'web',
        CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
      },
    });
  });

  test('hooks are steps with their documents, parameters and time limits', () => {
    expect(step('before1')).toMatchObject({
      action: 'aws:runCommand',
      timeoutSeconds: 300,
      onFailure: 'step:undoTraffic',
      onCancel: 'step:cancelUndoTraffic',
      inputs: { DocumentName: 'Prepare', InstanceIds: ['{{ InstanceId }}'], Parameters: { Reason: ['patch'] } },
    });
    expect(step('after1')).toMatchObject({
      action: 'aws:executeAutomation', timeoutSeconds: 3_600, inputs: { DocumentName: 'Tell', RuntimeParameters: { InstanceId: ['{{ InstanceId }}'] } },
    });
    expect(step('after2').inputs).toMatchObject({ DocumentName: 'AWS-RunPowerShellScript', Parameters: { commands: ['Get-Service'] } });
  });

  test('a wait that is longer than a script may run is tried again', () => {
    expect(step('waitUntilHealthy1')).toMatchObject({ maxAttempts: 3, timeoutSeconds: 600, inputs: { InputPayload: { seconds: 400 } } });
    expect(step('watchAlarm1').inputs).toEqual({ Duration: 'PT120S' });
  });

  test('the role may do what the steps do', () => {
    expect(statementsOf(template, stack, runbook.role)).toEqual(expect.arrayContaining([
      allow(['ec2:DescribeInstanceStatus', 'ec2:DescribeInstances'], '*'),
      allow(['ec2:StartInstances', 'ec2:StopInstances'], localArn('ec2', 'instance/*')),
      allow(['elasticloadbalancing:DeregisterTargets', 'elasticloadbalancing:RegisterTargets'], TARGET_GROUP_ARN),
      allow('elasticloadbalancing:DescribeTargetHealth', '*'),
      allow('ec2:CreateSnapshots', [localArn('ec2', 'instance/*'), localArn('ec2', 'volume/*'), arn('ec2:eu-central-1::snapshot/*')]),
      allow('cloudwatch:DescribeAlarms', '*'),
      allow('ssm:StartAutomationExecution', [
        localArn('ssm', 'automation-definition/Tell:*'), localArn('ssm', 'document/Tell'), localArn('ssm', 'automation-execution/*'),
      ]),
    ]));
  });
});

test('the role of a runbook with an Auto Scaling group and an image may put nodes of that group into standby and make images', () => {
  const stack = testStack();
  const runbook = new PatchRunbook(stack, 'Runbook', {
    autoScalingGroup: autoscaling.AutoScalingGroup.fromAutoScalingGroupName(stack, 'Group', 'web'),
    backup: PatchBackup.image(),
    healthChecks: [PatchHealthCheck.targetGroups({ targetGroups: [targetGroup(stack)] })],
  });
  const template = templateOf(stack);
  expect(statementsOf(template, stack, runbook.role)).toEqual(expect.arrayContaining([
    allow('autoscaling:DescribeAutoScalingInstances', '*'),
    allow(['autoscaling:EnterStandby', 'autoscaling:ExitStandby'], localArn('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/web')),
    allow('ec2:CreateImage', [localArn('ec2', 'instance/*'), arn('ec2:eu-central-1::image/*'), arn('ec2:eu-central-1::snapshot/*')]),
  ]));
});

test('a given role is used and gets the permissions', () => {
  const stack = testStack();
  const role = new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const runbook = new PatchRunbook(stack, 'Runbook', { role });
  const template = templateOf(stack);
  expect(runbook.role).toBe(role);
  template.resourceCountIs('AWS::IAM::Role', 1);
  expect(statementsOf(template, stack, role)).toHaveLength(2);
});

test('two runbooks live in one stack', () => {
  const stack = testStack();
  new PatchRunbook(stack, 'One');
  new PatchRunbook(stack, 'Two');
  templateOf(stack).resourceCountIs('AWS::SSM::Document', 2);
});

test('a runbook is recognised, and another construct is not', () => {
  const stack = testStack();
  expect(PatchRunbook.isPatchRunbook(new PatchRunbook(stack, 'Runbook'))).toBe(true);
  expect(PatchRunbook.isPatchRunbook(stack)).toBe(false);
});

test('time limits that are known only at deployment are passed on', () => {
  const stack = testStack();
  const seconds = Duration.seconds(new CfnParameter(stack, 'Seconds', { type: 'Number' }).valueAsNumber);
  new PatchRunbook(stack, 'Runbook', {
    targetGroups: [targetGroup(stack)],
    stepTimeout: seconds,
    backup: PatchBackup.snapshot({ timeout: seconds }),
    before: [PatchHook.shellScript('true'), PatchHook.command(RunCommandDocument.AWS_UPDATE_SSM_AGENT, { timeout: seconds })],
    healthChecks: [
      PatchHealthCheck.targetGroups({ timeout: seconds }),
      PatchHealthCheck.alarm(cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', ALARM_ARN), { watch: seconds }),
    ],
  });
  const [{ Properties: { Content: { mainSteps } } }] = Object.values(templateOf(stack).findResources('AWS::SSM::Document'));
  const step = (name: string) => mainSteps.find((one: any) => one.name === name);
  expect(step('patch').timeoutSeconds).toBe(36_000 + 1_800);
  expect(step('before2').timeoutSeconds).toEqual({ Ref: 'Seconds' });
  expect(step('waitForSnapshots')).toMatchObject({ maxAttempts: 1, inputs: { InputPayload: { seconds: { Ref: 'Seconds' } } } });
  expect(step('waitUntilHealthy1')).toMatchObject({ maxAttempts: 1, inputs: { InputPayload: { seconds: { Ref: 'Seconds' } } } });
  expect(step('watchAlarm1').inputs).toEqual({ Duration: { 'Fn::Join': ['', ['PT', { Ref: 'Seconds' }, 'S']] } });
});

describe('a task', () => {
  test('runs the runbook on each target with its role', () => {
    const stack = testStack();
    const runbook = new PatchRunbook(stack, 'Runbook');
    const task = runbook.addTo(testWindow(stack), 'Patch', { targets: NODES, maxConcurrency: RateControl.count(2), maxErrors: RateControl.count(1) });
    const template = templateOf(stack);
    expect(onlyTask(template)).toMatchObject({
      TaskType: 'AUTOMATION',
      TaskArn: stack.resolve(runbook.automationRunbook.nameOrArn),
      Targets: [{ Key: 'InstanceIds', Values: [INSTANCE_ID] }],
      MaxConcurrency: '2',
      MaxErrors: '1',
      TaskInvocationParameters: {
        MaintenanceWindowAutomationParameters: { Parameters: { AutomationAssumeRole: [stack.resolve(runbook.role.roleArn)], InstanceId: ['{{RESOURCE_ID}}'] } },
      },
    });
    const passed = statementsOf(template, stack, task.role!).filter(({ Action }) => Action === 'iam:PassRole').flatMap(({ Resource }) => Resource);
    expect(passed).toEqual(expect.arrayContaining([stack.resolve(runbook.role.roleArn)]));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('can be in a window of another stack', () => {
    const app = new App();
    const runbook = new PatchRunbook(testStack('Runbooks', { app }), 'Runbook');
    const stack = testStack('Windows', { app });
    runbook.addTo(testWindow(stack), 'Patch', { targets: NODES });
    templateOf(stack).resourceCountIs('AWS::SSM::MaintenanceWindowTask', 1);
  });

  test('can be in a window of the L1 class', () => {
    const stack = testStack();
    const window = new CfnMaintenanceWindow(stack, 'Window', { name: 'night', schedule: 'rate(7 days)', duration: 2, cutoff: 1, allowUnassociatedTargets: true });
    new PatchRunbook(stack, 'Runbook').addTo(window, 'Patch', { targets: NODES });
    expect(onlyTask(templateOf(stack)).TaskType).toBe('AUTOMATION');
  });

  test.each([
    ['window', undefined, { targets: NODES }, "'window' must be a maintenance window, got undefined, specify a value (at Stack/Runbook)"],
    ['options', 'window', undefined, "'options' must be an object, got undefined, specify a value (at Stack/Runbook)"],
    ['targets', 'window', {}, "'targets' must be a TaskTargets, got undefined, specify a value (at Stack/Runbook)"],
  ])('rejects %s that is missing', (_, window, options, message) => {
    const stack = testStack();
    const runbook = new PatchRunbook(stack, 'Runbook');
    expect(failure(() => runbook.addTo((window && testWindow(stack)) as any, 'Patch', options as any))).toBe(message);
  });
});

describe('what cannot work is rejected', () => {
  test.each<[string, (stack: Stack) => any, string]>([
    ['target groups beside an Auto Scaling group', (stack) => ({ targetGroups: [targetGroup(stack)], autoScalingGroup: scalingGroup(stack, '1') }),
      "'targetGroups' and 'autoScalingGroup' cannot be given together, as the nodes of a group leave its target groups in standby, "
      + 'got 1 target groups and "Stack/Group", remove \'targetGroups\''],
    ['no target group', () => ({ targetGroups: [] }), "'targetGroups' must hold at least one target group, got [], remove it to leave the node where it is"],
    ['a target group of another region', (stack) => ({ targetGroups: [targetGroup(stack, 'Other', TARGET_GROUP_ARN.replace('eu-central-1', 'eu-west-1'))] }),
      "'targetGroups[0]' must be of the region of the window, \"eu-central-1\", got one of \"eu-west-1\", use a target group of that region"],
    ['an Auto Scaling group of another region', (stack) => ({
      autoScalingGroup: scalingGroup(new Stack(stack.node.root as App, 'Other', { env: { account: '123456789012', region: 'eu-west-1' } }), '1'),
    }), "'autoScalingGroup' must be of the region of the window, \"eu-central-1\", got one of \"eu-west-1\", use a group of that region"],
    ['a health check without target groups', () => ({ healthChecks: CHECKS }),
      "'healthChecks' must name the target groups in which the node is to be healthy, as the runbook has no 'targetGroups', got none, "
      + 'use PatchHealthCheck.targetGroups({ targetGroups })'],
    ['a node left out of what it is not in', () => ({ afterFailure: NodeAfterFailure.LEAVE_OUT }),
      "'afterFailure' can be LEAVE_OUT only for a node that leaves its traffic, got no 'targetGroups' and no 'autoScalingGroup', add one or remove 'afterFailure'"],
    ['a folder without a bucket', () => ({ outputKeyPrefix: 'web' }), "'outputKeyPrefix' needs 'outputBucket', got \"web\", add a bucket or remove it"],
    ['another choice after a failure', () => ({ afterFailure: 'KEEP' }), "'afterFailure' must be one of RETURN, LEAVE_OUT, got \"KEEP\""],
    ['an ARN as a target group', () => ({ targetGroups: [TARGET_GROUP_ARN] }), `'targetGroups[0]' must be a target group, got "${TARGET_GROUP_ARN}"`],
    ['a name as an Auto Scaling group', () => ({ autoScalingGroup: 'web' }), "'autoScalingGroup' must be an Auto Scaling group, got \"web\""],
    ['a text as startStopped', () => ({ startStopped: 'yes' }), "'startStopped' must be true or false, got \"yes\""],
    ['a text as a backup', () => ({ backup: 'snapshot' }), "'backup' must be a PatchBackup, got \"snapshot\""],
    ['a text as a hook', () => ({ before: ['reboot'] }), "'before[0]' must be a PatchHook, got \"reboot\""],
    ['a text as a later hook', () => ({ after: ['reboot'] }), "'after[0]' must be a PatchHook, got \"reboot\""],
    ['a text as a health check', () => ({ healthChecks: ['curl'] }), "'healthChecks[0]' must be a PatchHealthCheck, got \"curl\""],
    ['null', () => null, "'props' must be an object, got null, specify a value"],
  ])('%s', (_, props, message) => {
    const stack = testStack();
    expect(failure(() => new PatchRunbook(stack, 'Runbook', props(stack)))).toBe(`${message} (at Stack/Runbook)`);
  });

  test.each<[string, () => unknown, string]>([
    ['a backup of less than a minute', () => PatchBackup.snapshot({ timeout: Duration.seconds(59) }), "'timeout' must be a whole number of seconds from 60 to 36000, got 59 seconds"],
    ['a hook of less than 30 seconds', () => PatchHook.command(RunCommandDocument.AWS_UPDATE_SSM_AGENT, { timeout: Duration.seconds(29) }),
      "'timeout' must be a whole number of seconds from 30 to 36000, got 29 seconds"],
    ['a health check of more than an hour', () => PatchHealthCheck.targetGroups({ timeout: Duration.seconds(3_601) }),
      "'timeout' must be a whole number of seconds from 30 to 3600, got 1 hour 1 second"],
    ['a watch of more than an hour', () => PatchHealthCheck.alarm(cloudwatch.Alarm.fromAlarmArn(testStack(), 'Alarm', ALARM_ARN), { watch: Duration.seconds(3_601) }),
      "'watch' must be a whole number of seconds from 0 to 3600, got 1 hour 1 second"],
    ['a script without lines', () => PatchHook.shellScript(), "'commands' must hold 1 or more lines, got 0"],
    ['a hook without a document', () => PatchHook.command(undefined as any), "'document' must be a RunCommandDocument, got undefined, specify a value"],
    ['a hook without a runbook', () => PatchHook.runbook(undefined as any), "'runbook' must be an AutomationRunbook, got undefined, specify a value"],
    ['null as options', () => PatchBackup.image(null as any), "'options' must be an object, got null, specify a value"],
    ['a check without a hook', () => PatchHealthCheck.hook(undefined as any), "'hook' must be a PatchHook, got undefined, specify a value"],
    ['a check without an alarm', () => PatchHealthCheck.alarm(undefined as any), "'alarm' must be an alarm, got undefined, specify a value"],
  ])('%s', (_, make, message) => {
    expect(failure(make)).toBe(message);
  });

  test('bounds are inclusive', () => {
    expect(() => [
      PatchBackup.snapshot({ timeout: Duration.seconds(60) }), PatchBackup.image({ timeout: Duration.hours(10) }),
      PatchHook.command(RunCommandDocument.AWS_UPDATE_SSM_AGENT, { timeout: Duration.seconds(30) }),
      PatchHealthCheck.targetGroups({ timeout: Duration.hours(1) }),
    ]).not.toThrow();
  });

  test('a target group that does not hold instances, at the end of synthesis', () => {
    const stack = testStack();
    new PatchRunbook(stack, 'Runbook', { targetGroups: [groupWithTargets(stack, 0, { targetType: 'ip' })], healthChecks: CHECKS });
    expect(synthesisOf(stack)).toThrow("'targetGroups[0]' must hold instances, got \"Stack/Group\" with targets of the type \"ip\", use a group of the type \"instance\"");
  });
});

describe('what is likely to be wrong is warned about', () => {
  test('a node that returns without a check', () => {
    const stack = testStack();
    new PatchRunbook(stack, 'Runbook', { targetGroups: [targetGroup(stack)] });
    expect(warningsOf(stack)).toEqual([
      "'healthChecks' should say when a patched node may return to service, got none, add for example PatchHealthCheck.targetGroups()",
    ]);
  });

  test('stopped nodes that are not reached by ID', () => {
    expect(advice(() => ({ startStopped: true }))).toEqual([
      "'targets' should select a resource group, as Systems Manager finds nodes that are stopped in no other way and 'startStopped' is true, "
      + 'got ["InstanceIds"], use TargetSelector.resourceGroup()',
    ]);
  });

  test('stopped nodes of a resource group are reached', () => {
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Target', { selector: TargetSelector.resourceGroup('web', 'AWS::EC2::Instance') });
    new PatchRunbook(stack, 'Runbook', { startStopped: true }).addTo(window, 'Patch', { targets: TaskTargets.registered(target) });
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('instances by ID of a group that replaces them', () => {
    expect(advice((stack) => ({ autoScalingGroup: scalingGroup(stack, '1', '3'), healthChecks: [PatchHealthCheck.hook(PatchHook.shellScript('true'))] }))).toEqual([
      "'targets' should select the instances of an Auto Scaling group by a tag, as the group replaces them, got instances by ID beside the group \"Stack/Group\", "
      + "use TargetSelector.tags({ 'aws:autoscaling:groupName': [...] })",
    ]);
  });

  describe('how many nodes are out at once', () => {
    const ofTargets = (targets: number, maxConcurrency: RateControl) => advice((stack) => ({
      targetGroups: [groupWithTargets(stack, targets)], healthChecks: CHECKS,
    }), { maxConcurrency });
    const message = (has: string, got: string, fix = 'use less') => [
      `'maxConcurrency' should leave a node in service in "Stack/Group", which has ${has} targets, got "${got}", ${fix}`,
    ];
    test.each([
      [3, RateControl.count(2), []],
      [3, RateControl.count(3), message('3', '3')],
      [1, RateControl.count(1), message('1', '1', 'add a target')],
      [3, RateControl.percentage(60), []],
      [3, RateControl.percentage(67), message('3', '67%')],
      [0, RateControl.percentage(99), []],
      [0, RateControl.percentage(100), message('an unknown number of', '100%')],
      [0, RateControl.count(50), []],
    ])('of %d targets %o', (targets, maxConcurrency, expected) => {
      expect(ofTargets(targets, maxConcurrency)).toEqual(expected);
    });

    test('a number that is known only at deployment passes', () => {
      const stack = testStack();
      const maxConcurrency = RateControl.of(new CfnParameter(stack, 'AtOnce').valueAsString);
      new PatchRunbook(stack, 'Runbook', { targetGroups: [groupWithTargets(stack, 1)], healthChecks: CHECKS }).addTo(testWindow(stack), 'Patch', { targets: NODES, maxConcurrency });
      (stack.node.root as App).synth();
      expect(warningsOf(stack)).toEqual([]);
    });

    const ofGroup = (min: string, desired: string | undefined, maxConcurrency: RateControl) => advice((stack) => ({
      autoScalingGroup: scalingGroup(stack, min, desired), healthChecks: [PatchHealthCheck.hook(PatchHook.shellScript('true'))],
    }), { maxConcurrency }).filter((text) => text.startsWith("'maxConcurrency'"));
    test.each([
      ['2', '3', RateControl.count(1), []],
      ['2', '3', RateControl.count(2), ["'maxConcurrency' should be what \"Stack/Group\" can spare, 1 of 3 nodes with a minimum size of 2, got \"2\", "
        + "lower the minimum size or 'maxConcurrency'"]],
      ['3', undefined, RateControl.count(1), ["'maxConcurrency' should be what \"Stack/Group\" can spare, 0 of 3 nodes with a minimum size of 3, got \"1\", "
        + "lower the minimum size or 'maxConcurrency'"]],
      ['0', '4', RateControl.percentage(100), []],
    ])('of a group from %s to %s %o', (min, desired, maxConcurrency, expected) => {
      expect(ofGroup(min, desired, maxConcurrency)).toEqual(expected);
    });

    test('sizes that are known only at deployment pass', () => {
      expect(advice((stack) => ({
        autoScalingGroup: scalingGroup(stack, new CfnParameter(stack, 'Min').valueAsString), healthChecks: [PatchHealthCheck.hook(PatchHook.shellScript('true'))],
      })).filter((text) => text.startsWith("'maxConcurrency'"))).toEqual([]);
    });
  });

  describe('a backup without room in the window', () => {
    const three = TaskTargets.instanceIds('i-0123456789abcdef0', 'i-0123456789abcdef1', 'i-0123456789abcdef2');
    const ofBackup = (minutes: number | undefined, props: PatchRunbookProps = {}, options = {}) => advice(
      () => ({ backup: PatchBackup.image(minutes === undefined ? {} : { timeout: Duration.minutes(minutes) }), ...props }),
      { targets: three, ...options },
    );
    test.each([
      [40, {}, {}, []],
      [41, {}, {}, ["'backup' should fit in the window with all nodes, which is open for 120 minutes, got 3 nodes, 1 at a time, with up to 41 minutes for "
        + "the backup of each, open the window for longer or raise 'maxConcurrency'"]],
      [41, {}, { maxConcurrency: RateControl.count(2) }, []],
      [30, { stepTimeout: Duration.minutes(15) }, {}, ["'backup' should fit in the window with all nodes, which is open for 120 minutes, got 3 nodes, 1 at a time, "
        + "with up to 45 minutes for the backup and the patch of each, open the window for longer or raise 'maxConcurrency'"]],
      [undefined, {}, {}, []],
    ])('of %d minutes %#', (minutes, props, options, expected) => {
      expect(ofBackup(minutes, props, options)).toEqual(expected);
    });
  });
});

describe('PatchWindows with a runbook', () => {
  const SELECTOR = TargetSelector.patchGroup('web');
  const SCHEDULE = MaintenanceWindowSchedule.cron({ hour: '2' });

  test('the runbook installs, and the scan is as without it', () => {
    const stack = testStack();
    const runbook = new PatchRunbook(stack, 'Runbook', { targetGroups: [targetGroup(stack)], healthChecks: CHECKS });
    const patching = new PatchWindows(stack, 'Patching', { selector: SELECTOR, installSchedule: SCHEDULE, installWith: runbook, installMaxConcurrency: RateControl.count(2) });
    const template = templateWithFindings(stack, ['AwsSolutions-S1']);
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', {
      WindowId: stack.resolve(patching.installWindow.maintenanceWindowId),
      TaskType: 'AUTOMATION',
      MaxConcurrency: '2',
      MaxErrors: '0',
      Targets: [{ Key: 'WindowTargetIds', Values: [stack.resolve(patching.installTarget.maintenanceWindowTargetId)] }],
    });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', { TaskType: 'RUN_COMMAND', TaskArn: 'AWS-RunPatchBaseline' });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a restart option beside the runbook is rejected', () => {
    const stack = testStack();
    const installWith = new PatchRunbook(stack, 'Runbook');
    expect(failure(() => new PatchWindows(stack, 'Patching', { selector: SELECTOR, installSchedule: SCHEDULE, installWith, installRebootOption: PatchRebootOption.NO_REBOOT })))
      .toBe("'installRebootOption' cannot be given together with 'installWith', as the runbook has its own, got \"NoReboot\", give it to the runbook as 'rebootOption' (at Stack/Patching)");
  });

  test('a runbook without an installation is rejected', () => {
    const stack = testStack();
    expect(failure(() => new PatchWindows(stack, 'Patching', { selector: SELECTOR, installWith: new PatchRunbook(stack, 'Runbook') })))
      .toBe("'installWith' needs 'installSchedule', got none, give the schedule of the installation or leave 'installWith' out (at Stack/Patching)");
  });

  test('something else than a runbook is rejected', () => {
    expect(failure(() => new PatchWindows(testStack(), 'Patching', { selector: SELECTOR, installSchedule: SCHEDULE, installWith: AutomationRunbook.AWS_PATCH_ASG_INSTANCE as any })))
      .toMatch(/^'installWith' must be a PatchRunbook, got /);
  });
});
