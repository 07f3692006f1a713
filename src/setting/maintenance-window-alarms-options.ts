import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Options for the function that attaches alarms to the tasks of a stack and disables its windows.
 */
export interface MaintenanceWindowAlarmsOptions {
  /**
   * The role of the function. Lambda must be able to assume it.
   *
   * The permissions that the function needs are added to it. A role whose policies cannot be changed must already have them.
   *
   * @default - a role is created for each stack
   */
  readonly role?: iam.IRole;

  /**
   * The VPC in which the function runs.
   *
   * From there it must reach Systems Manager, EventBridge and, to answer CloudFormation, Amazon S3: through a NAT gateway or through endpoints.
   *
   * @default - the function runs outside a VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC in which the function runs.
   *
   * @default - private subnets, see `lambda.FunctionOptions`
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the function.
   *
   * @default - a dedicated security group is created if `vpc` is specified
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The key that encrypts the function's log group.
   *
   * The function itself holds nothing to encrypt: it has no environment variables. CloudWatch Logs is allowed to use the key; the
   * policy of an imported key must already allow that.
   *
   * @default - CloudWatch Logs encrypts with a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The retention of the log of the function.
   *
   * The log holds IDs and outcomes, and nothing of what a task runs.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Tags for the function, its role, its log group and its rules.
   *
   * @default - the tags of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether an alarm is restored after a rollback or a change by hand removed it, and a window disabled again after it was enabled.
   *
   * Uses one EventBridge rule for the alarms of each maintenance window, and one for each disabled window.
   *
   * @default true
   */
  readonly healing?: boolean;
}
