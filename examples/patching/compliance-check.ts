import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { acknowledgeEncryptedTopic, acknowledgeWildcards } from './acknowledgements';

/** Waits until instances have started again, then tells a topic how many lack patches. */
export class ComplianceCheck extends sfn.StateMachine {
  public constructor(scope: Construct, id: string, topic: sns.ITopic) {
    const wait = new sfn.Wait(scope, 'WaitForInstances', { time: sfn.WaitTime.duration(Duration.minutes(15)) });
    const summarize = new tasks.CallAwsService(scope, 'SummarizeCompliance', {
      service: 'ssm',
      action: 'listComplianceSummaries',
      parameters: { Filters: [{ Key: 'ComplianceType', Type: 'EQUAL', Values: ['Patch'] }] },
      iamAction: 'ssm:ListComplianceSummaries',
      iamResources: ['*'],
      resultPath: '$.compliance',
    });
    const publish = new tasks.SnsPublish(scope, 'PublishCompliance', {
      topic,
      subject: 'Patch compliance',
      message: sfn.TaskInput.fromJsonPathAt('$'),
    });

    super(scope, id, {
      definitionBody: sfn.DefinitionBody.fromChainable(wait.next(summarize).next(publish)),
      timeout: Duration.hours(1),
      role: new iam.Role(scope, 'ComplianceCheckRole', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }),
      tracingEnabled: true,
      logs: {
        destination: new logs.LogGroup(scope, 'ComplianceCheckLog', { retention: logs.RetentionDays.THREE_MONTHS }),
        level: sfn.LogLevel.ALL,
      },
    });
    // the task to publish grants nothing on the key of an encrypted topic
    topic.grantPublish(this);
    acknowledgeWildcards(this.role, 'the actions for compliance, delivery of logs and tracing know no resource', 'Resource::*');
    acknowledgeEncryptedTopic(this.role);
  }
}
