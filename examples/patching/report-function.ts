import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IMaintenanceWindow } from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';
import { acknowledgeEncryptedTopic, acknowledgeWildcards } from './acknowledgements';

/** Tells a topic how each task of an execution of a window has ended. */
export class ReportFunction extends lambda.Function {
  public constructor(scope: Construct, id: string, topic: sns.ITopic, windows: IMaintenanceWindow[]) {
    const logGroup = new logs.LogGroup(scope, 'ReportLog', { retention: logs.RetentionDays.THREE_MONTHS });
    const role = new iam.Role(scope, 'ReportRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(join(__dirname, 'report')),
      timeout: Duration.minutes(1),
      environment: { TOPIC_ARN: topic.topicArn },
      logGroup,
      role,
    });
    logGroup.grantWrite(role);
    topic.grantPublish(role);
    windows.forEach((window) => window.grants.read(role));

    acknowledgeWildcards(role, 'IAM knows no resource for executions of windows', 'Resource::*');
    acknowledgeWildcards(role, 'a window task has a resource type of its own in newer revisions of the service authorization reference',
      'Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:windowtask/*');
    acknowledgeEncryptedTopic(role);
  }
}
