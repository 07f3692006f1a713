import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AutomationRunbook, CutoffBehavior, MaintenanceWindow, MaintenanceWindowSchedule, NotificationEvent, patching, PatchOperation, PseudoParameter,
  RateControl, RunCommandDocument, TargetSelector, TaskTargets,
} from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';

/** The window of the production fleet, and what is done on its instances. */
export class PatchingStack extends Stack {
  public readonly maintenanceWindow: MaintenanceWindow;
  public readonly topic: sns.Topic;

  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    this.topic = new sns.Topic(this, 'Topic', { displayName: 'Patching', enforceSSL: true });
    const output = new logs.LogGroup(this, 'CommandOutput', { retention: logs.RetentionDays.THREE_MONTHS });

    this.maintenanceWindow = new MaintenanceWindow(this, 'Window', {
      description: 'Patches the production fleet',
      schedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2', timeZone: TimeZone.EUROPE_PARIS }),
      duration: Duration.hours(4),
      cutoff: Duration.hours(1),
    });
    const web = this.maintenanceWindow.addTarget('Web', {
      selector: TargetSelector.tags({ Environment: ['production'], Role: ['web'] }),
    });
    const workers = this.maintenanceWindow.addTarget('Workers', {
      selector: TargetSelector.resourceGroup('production-workers', 'AWS::EC2::Instance'),
      ownerInformation: 'team-platform',
    });

    this.maintenanceWindow.addAutomationTask('BackUp', {
      priority: 1,
      runbook: AutomationRunbook.AWS_CREATE_IMAGE,
      assumeRole: this.imageRole(),
      parameters: { InstanceId: [PseudoParameter.resourceId], NoReboot: ['true'] },
      targets: TaskTargets.registered(web, workers),
      maxConcurrency: RateControl.percentage(20),
      maxErrors: RateControl.count(0),
    });
    this.maintenanceWindow.addPatchTask('Patch', {
      priority: 2,
      operation: PatchOperation.INSTALL,
      targets: TaskTargets.registered(web, workers),
      maxConcurrency: RateControl.percentage(10),
      maxErrors: RateControl.percentage(5),
      cutoffBehavior: CutoffBehavior.CONTINUE_TASK,
      outputLogGroup: output,
      alarm: this.errorsAlarm(),
    });
    this.maintenanceWindow.addRunCommandTask('CheckHealth', {
      priority: 3,
      document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
      parameters: { commands: ['systemctl is-system-running --wait', 'curl --fail http://localhost/health'], executionTimeout: ['600'] },
      targets: TaskTargets.registered(web),
      timeout: Duration.minutes(10),
      outputLogGroup: output,
      notificationTopic: this.topic,
      notificationEvents: [NotificationEvent.FAILED, NotificationEvent.TIMED_OUT],
    });

    this.maintenanceWindow.onExecutionFailed('Failed', { target: new targets.SnsTopic(this.topic) });

    // for nodes with the tag PatchGroup: production
    new patching.PatchBaseline(this, 'Baseline', {
      description: 'What is installed on the production fleet',
      operatingSystem: patching.PatchOperatingSystem.AMAZON_LINUX_2023,
      approvalRules: [
        {
          filters: [patching.PatchFilter.classification('Security'), patching.PatchFilter.severity('Critical', 'Important')],
          approveAfter: Duration.days(3),
          complianceLevel: patching.PatchComplianceLevel.CRITICAL,
        },
        { filters: [patching.PatchFilter.classification('Bugfix')], approveAfter: Duration.days(7) },
      ],
      rejectedPatches: ['docker*'],
      rejectedPatchesAction: patching.RejectedPatchesAction.BLOCK,
      patchGroups: ['production'],
      tags: { team: 'platform' },
    });
  }

  /** The role with which the runbook makes an image of each instance. */
  private imageRole(): iam.Role {
    const role = new iam.Role(this, 'ImageRole', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['ec2:CreateImage', 'ec2:DescribeImages', 'ec2:DescribeInstances'],
      resources: ['*'],
    }));
    return role;
  }

  /** Goes off when the load balancer sees more errors of the fleet than it should. */
  private errorsAlarm(): cloudwatch.Alarm {
    const errors = new cloudwatch.Metric({
      namespace: 'AWS/ApplicationELB',
      metricName: 'HTTPCode_Target_5XX_Count',
      dimensionsMap: { LoadBalancer: 'app/production/0123456789abcdef' },
      statistic: 'Sum',
      period: Duration.minutes(1),
    });
    return new cloudwatch.Alarm(this, 'Errors', {
      metric: errors,
      threshold: 50,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
