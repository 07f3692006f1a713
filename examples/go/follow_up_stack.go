package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	mw "github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows"
)

const report = `
const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
const sns = new SNSClient();
exports.handler = ({ topicArn, windowId, windowExecutionId }) => sns.send(new PublishCommand({
  TopicArn: topicArn,
  Subject: 'Patching is done',
  Message: ` + "`Execution ${windowExecutionId} of window ${windowId} is done`" + `,
}));
`

// FollowUpStackProps names the window to add tasks to, and the topic that reports go to.
type FollowUpStackProps struct {
	awscdk.StackProps
	MaintenanceWindow mw.IMaintenanceWindow
	Topic             awssns.ITopic
}

// NewFollowUpStack defines tasks of the window beside the function and the state machine that they start.
func NewFollowUpStack(scope constructs.Construct, id string, props *FollowUpStackProps) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, &props.StackProps)

	settled := awsstepfunctions.NewWait(stack, jsii.String("Settle"), &awsstepfunctions.WaitProps{
		Time: awsstepfunctions.WaitTime_Duration(awscdk.Duration_Minutes(jsii.Number(15))),
	})
	verified := awsstepfunctions.NewSucceed(stack, jsii.String("Verified"), nil)
	verification := awsstepfunctions.NewStateMachine(stack, jsii.String("Verification"), &awsstepfunctions.StateMachineProps{
		DefinitionBody: awsstepfunctions.DefinitionBody_FromChainable(settled.Next(verified)),
		Role: awsiam.NewRole(stack, jsii.String("VerificationRole"), &awsiam.RoleProps{
			AssumedBy: awsiam.NewServicePrincipal(jsii.String("states.amazonaws.com"), nil),
		}),
		Timeout: awscdk.Duration_Hours(jsii.Number(1)),
	})
	mw.MaintenanceWindowTask_StepFunctions(stack, jsii.String("Verify"), &mw.StepFunctionsTaskProps{
		MaintenanceWindow: props.MaintenanceWindow,
		Priority:          jsii.Number(4),
		StateMachine:      verification,
		ExecutionName:     jsii.Sprintf("verification-%s", *mw.PseudoParameter_WindowExecutionId()),
		Input: mw.TaskInput_FromObject(&map[string]interface{}{
			"environment":       "production",
			"windowExecutionId": mw.PseudoParameter_WindowExecutionId(),
		}),
	})

	function := awslambda.NewFunction(stack, jsii.String("ReportFunction"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_22_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String(report)),
		Timeout: awscdk.Duration_Seconds(jsii.Number(30)),
	})
	props.Topic.GrantPublish(function)
	mw.MaintenanceWindowTask_Lambda(stack, jsii.String("Report"), &mw.LambdaTaskProps{
		MaintenanceWindow: props.MaintenanceWindow,
		Priority:          jsii.Number(5),
		LambdaFunction:    function,
		Payload: mw.TaskInput_FromObject(&map[string]interface{}{
			"topicArn":          props.Topic.TopicArn(),
			"windowId":          mw.PseudoParameter_WindowId(),
			"windowExecutionId": mw.PseudoParameter_WindowExecutionId(),
			"environment":       map[string]interface{}{"name": "production", "attempts": 1, "critical": true},
		}),
	})

	return stack
}
