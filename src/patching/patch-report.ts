import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { CfnMaintenanceWindowTask, IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Lazy, Token } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';
import { allow } from '../common/role-statements';
import { membersOf } from '../common/window-registry';
import { AutomationRunbook } from '../document/document';
import { SSM_PRINCIPAL } from '../rules/role';
import { MaintenanceWindowTask } from '../task/maintenance-window-task';

const RUNBOOK = 'AWS-ExportPatchReportToS3';

const MARK = classMark('PatchReport');

/** Properties of a patch report. */
export interface PatchReportProps {
  /** The window at whose end the report is written. */
  readonly maintenanceWindow: IMaintenanceWindowRef;

  /** The bucket for the reports. */
  readonly bucket: s3.IBucket;

  /**
   * The name of the report.
   *
   * 1 to 50 letters, digits, `_`, `-` and `.`.
   *
   * @default 'patch-report'
   */
  readonly reportName?: string;

  /**
   * The ID of the only node to report on, with all of its patches.
   *
   * @default - a summary of all nodes of the account and Region, up to 10,000
   */
  readonly nodeId?: string;

  /**
   * The topic that hears of a report.
   *
   * @default - nobody is told
   */
  readonly topic?: sns.ITopic;

  /**
   * The role that the runbook assumes. It must trust `ssm.amazonaws.com`, and gets the permissions that it needs.
   *
   * @default - a role with the permissions that it needs
   */
  readonly assumeRole?: iam.IRole;
}

/**
 * A report on patch compliance as the last task of a window: `AWS-ExportPatchReportToS3` with its role.
 *
 * The task has a priority above those of all other tasks that this app defines in the window, so it starts when they have ended.
 *
 * AWS does not publish the script of the runbook: the permissions of the role follow from what the report holds. If one is missing, add it to `assumeRole`.
 *
 * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-aws-exportpatchreporttos3.html
 * @exampleMetadata fixture=with-window
 * @example
 * declare const bucket: s3.IBucket;
 * new patching.PatchReport(this, 'Report', { maintenanceWindow: window, bucket });
 */
@propertyInjectable
export class PatchReport extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.patching.PatchReport';

  /** Returns whether an object is a `PatchReport`. */
  public static isPatchReport(x: any): x is PatchReport {
    return MARK.has(x);
  }

  /** The task that writes the report. */
  public readonly task: MaintenanceWindowTask;
  /** The role that the runbook assumes. */
  public readonly assumeRole: iam.IRole;

  constructor(scope: Construct, id: string, props: PatchReportProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    const { maintenanceWindow, bucket, topic, reportName = 'patch-report', nodeId = '*' } = props;
    checkGiven(this, 'maintenanceWindow', maintenanceWindow, 'a maintenance window');
    checkGiven(this, 'bucket', bucket, 'a bucket');
    checkGiven(this, 'reportName', reportName, 'a string');
    checkGiven(this, 'nodeId', nodeId, 'a string');
    checkOptional(this, 'topic', topic, 'a topic');
    checkOptional(this, 'assumeRole', props.assumeRole, 'a role');
    this.assumeRole = props.assumeRole ?? new iam.Role(this, 'AssumeRole', { assumedBy: new iam.ServicePrincipal(SSM_PRINCIPAL) });
    grantReport(this.assumeRole, bucket, topic);
    this.task = MaintenanceWindowTask.automation(this, 'Task', {
      maintenanceWindow,
      taskName: 'PatchReport',
      runbook: AutomationRunbook.fromDocumentName(RUNBOOK),
      assumeRole: this.assumeRole,
      parameters: {
        reportName: [reportName],
        s3BucketName: [bucket.bucketName],
        targets: [`instanceids=${nodeId}`],
        ...(topic && { snsTopicArn: [topic.topicArn] }),
      },
      priority: Lazy.number({ produce: () => priorityAfterOthers(maintenanceWindow) }),
    });
  }
}

/** What the runbook does, as far as its result tells. All but the report itself are calls that read. */
function grantReport(role: iam.IRole, bucket: s3.IBucket, topic: sns.ITopic | undefined): void {
  allow(role, {
    actions: [
      'ec2:DescribeInstances',
      'ssm:DescribeInstanceInformation',
      'ssm:DescribeInstancePatches',
      'ssm:DescribeInstancePatchStates',
      'ssm:ListComplianceItems',
      'ssm:ListResourceComplianceSummaries',
    ],
    resourceArns: ['*'],
  });
  allow(role, { actions: ['s3:PutObject'], resourceArns: [bucket.arnForObjects('*')] });
  bucket.encryptionKey?.grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
  topic?.grantPublish(role);
}

/** Reports do not wait for each other. */
function priorityAfterOthers(window: IMaintenanceWindowRef): number {
  const priorities = membersOf(window, 'tasks').map(({ node }) => (node.defaultChild as CfnMaintenanceWindowTask).priority);
  return Math.max(0, ...priorities.filter((one): one is number => typeof one === 'number' && !Token.isUnresolved(one))) + 1;
}
