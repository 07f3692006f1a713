import { Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { MaintenanceWindowTask, PseudoParameter, TaskInput } from 'cdk-ssm-maintenance-windows';
import type { IMaintenanceWindow } from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';

const REPORT = `
const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
const sns = new SNSClient();
exports.handler = ({ topicArn, windowId, windowExecutionId }) => sns.send(new PublishCommand({
  TopicArn: topicArn,
  Subject: 'Patching is done',
  Message: \`Execution \${windowExecutionId} of window \${windowId} is done\`,
}));
`;

export interface FollowUpStackProps extends StackProps {
  readonly maintenanceWindow: IMaintenanceWindow;
  readonly topic: sns.ITopic;
}

/** Tasks of the window that live beside the function and the state machine that they start. */
export class FollowUpStack extends Stack {
  public constructor(scope: Construct, id: string, props: FollowUpStackProps) {
    super(scope, id, props);
    const { maintenanceWindow, topic } = props;

    const settled = new sfn.Wait(this, 'Settle', { time: sfn.WaitTime.duration(Duration.minutes(15)) });
    const verification = new sfn.StateMachine(this, 'Verification', {
      definitionBody: sfn.DefinitionBody.fromChainable(settled.next(new sfn.Succeed(this, 'Verified'))),
      role: new iam.Role(this, 'VerificationRole', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }),
      timeout: Duration.hours(1),
    });
    MaintenanceWindowTask.stepFunctions(this, 'Verify', {
      maintenanceWindow,
      priority: 4,
      stateMachine: verification,
      executionName: `verification-${PseudoParameter.windowExecutionId}`,
      input: TaskInput.fromObject({ environment: 'production', windowExecutionId: PseudoParameter.windowExecutionId }),
    });

    const report = new lambda.Function(this, 'ReportFunction', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(REPORT),
      timeout: Duration.seconds(30),
    });
    topic.grantPublish(report);
    MaintenanceWindowTask.lambda(this, 'Report', {
      maintenanceWindow,
      priority: 5,
      lambdaFunction: report,
      payload: TaskInput.fromObject({
        topicArn: topic.topicArn,
        windowId: PseudoParameter.windowId,
        windowExecutionId: PseudoParameter.windowExecutionId,
        environment: { name: 'production', attempts: 1, critical: true },
      }),
    });
  }
}
