import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * Options for the function that attaches alarms to the tasks of a stack.
 */
export interface MaintenanceWindowAlarmsOptions {
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
   * Whether an alarm is restored after a rollback or a change by hand removed it.
   *
   * Uses one EventBridge rule for each maintenance window.
   *
   * @default true
   */
  readonly healing?: boolean;
}
