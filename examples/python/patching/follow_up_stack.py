from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_stepfunctions as sfn
from cdk_ssm_maintenance_windows import (
    IMaintenanceWindow,
    MaintenanceWindowTask,
    PseudoParameter,
    TaskInput,
)
from constructs import Construct

REPORT = """
const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
const sns = new SNSClient();
exports.handler = ({ topicArn, windowId, windowExecutionId }) => sns.send(new PublishCommand({
  TopicArn: topicArn,
  Subject: 'Patching is done',
  Message: `Execution ${windowExecutionId} of window ${windowId} is done`,
}));
"""


class FollowUpStack(Stack):
    """Tasks of the window, beside the function and the state machine they start."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        maintenance_window: IMaintenanceWindow,
        topic: sns.ITopic,
        **kwargs,
    ) -> None:
        super().__init__(scope, construct_id, **kwargs)

        settled = sfn.Wait(
            self, "Settle", time=sfn.WaitTime.duration(Duration.minutes(15))
        )
        verification = sfn.StateMachine(
            self,
            "Verification",
            definition_body=sfn.DefinitionBody.from_chainable(
                settled.next(sfn.Succeed(self, "Verified"))
            ),
            role=iam.Role(
                self,
                "VerificationRole",
                assumed_by=iam.ServicePrincipal("states.amazonaws.com"),
            ),
            timeout=Duration.hours(1),
        )
        MaintenanceWindowTask.step_functions(
            self,
            "Verify",
            maintenance_window=maintenance_window,
            priority=4,
            state_machine=verification,
            execution_name=f"verification-{PseudoParameter.window_execution_id}",
            input=TaskInput.from_object(
                {
                    "environment": "production",
                    "windowExecutionId": PseudoParameter.window_execution_id,
                }
            ),
        )

        report = lambda_.Function(
            self,
            "ReportFunction",
            runtime=lambda_.Runtime.NODEJS_22_X,
            handler="index.handler",
            code=lambda_.Code.from_inline(REPORT),
            timeout=Duration.seconds(30),
        )
        topic.grant_publish(report)
        MaintenanceWindowTask.lambda_(
            self,
            "Report",
            maintenance_window=maintenance_window,
            priority=5,
            lambda_function=report,
            payload=TaskInput.from_object(
                {
                    "topicArn": topic.topic_arn,
                    "windowId": PseudoParameter.window_id,
                    "windowExecutionId": PseudoParameter.window_execution_id,
                    "environment": {
                        "name": "production",
                        "attempts": 1,
                        "critical": True,
                    },
                }
            ),
        )
