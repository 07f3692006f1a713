import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';

/**
 * How a stack sets the alarms of its maintenance window tasks.
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
   * @default - a security group for the function alone is made if `vpc` is given
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
   * How long the function's log is kept.
   *
   * It holds ids and outcomes, nothing of what a task runs.
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
   * Whether an alarm that was wiped outside a deployment, or by the rollback of one, is set again.
   *
   * It takes one EventBridge rule per maintenance window.
   *
   * @default true
   */
  readonly healing?: boolean;
}
