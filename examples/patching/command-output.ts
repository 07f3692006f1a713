import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** Where the output of commands goes, and whom they notify. */
export class CommandOutput extends Construct {
  public readonly bucket: s3.IBucket;
  public readonly logGroup: logs.ILogGroup;
  public readonly topic: sns.ITopic;

  public constructor(scope: Construct, id: string) {
    super(scope, id);

    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'the data events of the trail of the account record who reads the output of commands',
    });

    this.logGroup = new logs.LogGroup(this, 'LogGroup', { retention: logs.RetentionDays.THREE_MONTHS });

    const key = new kms.Key(this, 'Key', { description: 'Encrypts notifications of patching', enableKeyRotation: true });
    this.topic = new sns.Topic(this, 'Topic', { displayName: 'Patching', masterKey: key, enforceSSL: true });
  }
}
