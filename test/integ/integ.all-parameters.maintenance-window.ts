import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { outputBucket, standardStateMachine } from './resources';
import {
  AutomationRunbook, CutoffBehavior, DocumentVersion, MaintenanceWindow, MaintenanceWindowAlarms, MaintenanceWindowSchedule, NotificationEvent,
  NotificationType, PatchOperation, PatchRebootOption, PseudoParameter, RateControl, RunCommandDocument, TargetSelector, TaskInput, TaskTargets,
} from '../../src';
import type { MaintenanceWindowTaskOptions } from '../../src';
import { testFunction, testLogGroup, testTopic } from '../support/resources';

/** A window, targets and the tasks, with all parameters that go together. */
export function defineFullWindow(app: App): Stack {
  const stack = new Stack(app, 'FullWindow');
  MaintenanceWindowAlarms.configure(stack, { logRetention: logs.RetentionDays.ONE_WEEK, tags: { team: 'platform' }, healing: true });
  const window = new MaintenanceWindow(stack, 'Window', {
    schedule: MaintenanceWindowSchedule.patchTuesday({ hour: '2', minute: '30', daysAfter: Duration.days(2), timeZone: TimeZone.EUROPE_PARIS }),
    duration: Duration.hours(4),
    cutoff: Duration.hours(1),
    maintenanceWindowName: 'all-parameters',
    description: 'A window with all parameters',
    enabled: false,
    allowUnassociatedTargets: true,
    startDate: new Date('2030-01-01T00:00:00Z'),
    endDate: new Date('2040-01-01T00:00:00Z'),
    tags: { team: 'platform' },
  });
  const nodes = window.addTarget('Nodes', {
    selector: TargetSelector.tags({ Role: ['web', 'worker'] }), targetName: 'nodes', description: 'Nodes by tag', ownerInformation: 'team-platform',
  });
  const group = window.addTarget('Group', { selector: TargetSelector.resourceGroup('workers', 'AWS::EC2::Instance'), targetName: 'group' });

  const role = new iam.Role(stack, 'TaskRole', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const alarm = cloudwatch.Alarm.fromAlarmName(stack, 'Errors', 'errors');
  const common = (priority: number): MaintenanceWindowTaskOptions => ({
    taskName: `task-${priority}`, description: `Task ${priority}`, priority, cutoffBehavior: CutoffBehavior.CANCEL_TASK, role,
  });
  const onNodes = { targets: TaskTargets.registered(nodes, group), maxConcurrency: RateControl.percentage(10), maxErrors: RateControl.count(2) };
  const output = {
    comment: 'all parameters',
    timeout: Duration.minutes(10),
    outputBucket: outputBucket(stack),
    outputKeyPrefix: 'commands',
    outputLogGroup: testLogGroup(stack, 'OutputLog'),
    cloudWatchOutputEnabled: true,
    notificationTopic: testTopic(stack, 'Topic'),
    notificationEvents: [NotificationEvent.FAILED, NotificationEvent.TIMED_OUT],
    notificationType: NotificationType.INVOCATION,
    notificationRole: new iam.Role(stack, 'NotificationRole', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }),
  };

  window.addPatchTask('Patch', {
    ...common(1),
    ...onNodes,
    ...output,
    operation: PatchOperation.INSTALL,
    rebootOption: PatchRebootOption.NO_REBOOT,
    baselineOverride: { bucket: output.outputBucket, key: 'baselines.json' },
    stepTimeout: Duration.hours(2),
    alarm,
    ignorePollAlarmFailure: true,
  });
  window.addRunCommandTask('Command', {
    ...common(2),
    ...onNodes,
    ...output,
    document: RunCommandDocument.fromDocumentName('RotateLogs'),
    documentVersion: DocumentVersion.of('3'),
    documentHash: '0'.repeat(64),
    parameters: { path: ['/var/log'] },
    alarm,
  });
  window.addAutomationTask('Runbook', {
    ...common(3),
    ...onNodes,
    runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
    documentVersion: DocumentVersion.DEFAULT,
    parameters: { InstanceId: [PseudoParameter.resourceId] },
    assumeRole: new iam.Role(stack, 'RunbookRole', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }),
    alarm,
    ignorePollAlarmFailure: false,
  });
  window.addLambdaTask('Function', {
    ...common(4),
    ...onNodes,
    lambdaFunction: testFunction(stack),
    payload: TaskInput.fromObject({ node: PseudoParameter.targetId }),
    clientContext: Buffer.from('{"custom":{}}').toString('base64'),
    qualifier: '$LATEST',
  });
  window.addStepFunctionsTask('StateMachine', {
    ...common(5),
    ...onNodes,
    stateMachine: standardStateMachine(stack),
    input: TaskInput.fromObject({ node: PseudoParameter.targetId }),
    executionName: `node-${PseudoParameter.invocationId}`,
  });
  return stack;
}

if (require.main === module) { defineFullWindow(new App()); }
