package com.example.patching;

import io.github.cdk_ssm_maintenance_windows.IMaintenanceWindow;
import io.github.cdk_ssm_maintenance_windows.LambdaTaskProps;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowTask;
import io.github.cdk_ssm_maintenance_windows.PseudoParameter;
import io.github.cdk_ssm_maintenance_windows.StepFunctionsTaskProps;
import io.github.cdk_ssm_maintenance_windows.TaskInput;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.amazon.awscdk.services.stepfunctions.Succeed;
import software.amazon.awscdk.services.stepfunctions.Wait;
import software.amazon.awscdk.services.stepfunctions.WaitTime;
import software.constructs.Construct;

/** Tasks of the window that live beside the function and the state machine that they start. */
public class FollowUpStack extends Stack {
    private static final String REPORT = """

            const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
            const sns = new SNSClient();
            exports.handler = ({ topicArn, windowId, windowExecutionId }) => sns.send(new PublishCommand({
              TopicArn: topicArn,
              Subject: 'Patching is done',
              Message: `Execution ${windowExecutionId} of window ${windowId} is done`,
            }));
            """;

    public FollowUpStack(final Construct scope, final String id, final StackProps props,
            final IMaintenanceWindow maintenanceWindow, final ITopic topic) {
        super(scope, id, props);

        Wait settled = Wait.Builder.create(this, "Settle")
                .time(WaitTime.duration(Duration.minutes(15)))
                .build();
        StateMachine verification = StateMachine.Builder.create(this, "Verification")
                .definitionBody(DefinitionBody.fromChainable(settled.next(new Succeed(this, "Verified"))))
                .role(Role.Builder.create(this, "VerificationRole")
                        .assumedBy(new ServicePrincipal("states.amazonaws.com"))
                        .build())
                .timeout(Duration.hours(1))
                .build();
        MaintenanceWindowTask.stepFunctions(this, "Verify", StepFunctionsTaskProps.builder()
                .maintenanceWindow(maintenanceWindow)
                .priority(4)
                .stateMachine(verification)
                .executionName("verification-" + PseudoParameter.getWindowExecutionId())
                .input(TaskInput.fromObject(Map.of(
                        "environment", "production",
                        "windowExecutionId", PseudoParameter.getWindowExecutionId())))
                .build());

        Function report = Function.Builder.create(this, "ReportFunction")
                .runtime(Runtime.NODEJS_22_X)
                .handler("index.handler")
                .code(Code.fromInline(REPORT))
                .timeout(Duration.seconds(30))
                .build();
        topic.grantPublish(report);
        MaintenanceWindowTask.lambda(this, "Report", LambdaTaskProps.builder()
                .maintenanceWindow(maintenanceWindow)
                .priority(5)
                .lambdaFunction(report)
                .payload(TaskInput.fromObject(Map.of(
                        "topicArn", topic.getTopicArn(),
                        "windowId", PseudoParameter.getWindowId(),
                        "windowExecutionId", PseudoParameter.getWindowExecutionId(),
                        "environment", Map.of("name", "production", "attempts", 1, "critical", true))))
                .build());
    }
}
