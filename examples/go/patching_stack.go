package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	mw "github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows"
	"github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows/patching"
)

// PatchingStack holds the window of the production fleet, and what is done on its instances.
type PatchingStack struct {
	awscdk.Stack
	MaintenanceWindow mw.MaintenanceWindow
	Topic             awssns.Topic
}

// NewPatchingStack defines the window with its targets and tasks.
func NewPatchingStack(scope constructs.Construct, id string, props *awscdk.StackProps) *PatchingStack {
	stack := awscdk.NewStack(scope, &id, props)

	topic := awssns.NewTopic(stack, jsii.String("Topic"), &awssns.TopicProps{
		DisplayName: jsii.String("Patching"),
		EnforceSSL:  jsii.Bool(true),
	})
	output := awslogs.NewLogGroup(stack, jsii.String("CommandOutput"), &awslogs.LogGroupProps{
		Retention: awslogs.RetentionDays_THREE_MONTHS,
	})

	window := mw.NewMaintenanceWindow(stack, jsii.String("Window"), &mw.MaintenanceWindowProps{
		Description: jsii.String("Patches the production fleet"),
		Schedule: mw.MaintenanceWindowSchedule_PatchTuesday(&mw.PatchTuesdayOptions{
			DaysAfter: awscdk.Duration_Days(jsii.Number(8)),
			Hour:      jsii.String("2"),
			TimeZone:  awscdk.TimeZone_EUROPE_PARIS(),
		}),
		Duration: awscdk.Duration_Hours(jsii.Number(4)),
		Cutoff:   awscdk.Duration_Hours(jsii.Number(1)),
	})
	web := window.AddTarget(jsii.String("Web"), &mw.MaintenanceWindowTargetOptions{
		Selector: mw.TargetSelector_Tags(&map[string]*[]*string{
			"Environment": jsii.Strings("production"),
			"Role":        jsii.Strings("web"),
		}),
	})
	workers := window.AddTarget(jsii.String("Workers"), &mw.MaintenanceWindowTargetOptions{
		Selector:         mw.TargetSelector_ResourceGroup(jsii.String("production-workers"), jsii.String("AWS::EC2::Instance")),
		OwnerInformation: jsii.String("team-platform"),
	})

	window.AddAutomationTask(jsii.String("BackUp"), &mw.AutomationTaskOptions{
		Priority:   jsii.Number(1),
		Runbook:    mw.AutomationRunbook_AWS_CREATE_IMAGE(),
		AssumeRole: newImageRole(stack),
		Parameters: &map[string]*[]*string{
			"InstanceId": {mw.PseudoParameter_ResourceId()},
			"NoReboot":   jsii.Strings("true"),
		},
		Targets:        mw.TaskTargets_Registered(web, workers),
		MaxConcurrency: mw.RateControl_Percentage(jsii.Number(20)),
		MaxErrors:      mw.RateControl_Count(jsii.Number(0)),
	})
	window.AddPatchTask(jsii.String("Patch"), &mw.PatchTaskOptions{
		Priority:       jsii.Number(2),
		Operation:      mw.PatchOperation_INSTALL,
		Targets:        mw.TaskTargets_Registered(web, workers),
		MaxConcurrency: mw.RateControl_Percentage(jsii.Number(10)),
		MaxErrors:      mw.RateControl_Percentage(jsii.Number(5)),
		CutoffBehavior: mw.CutoffBehavior_CONTINUE_TASK,
		OutputLogGroup: output,
		Alarm:          newErrorsAlarm(stack),
	})
	window.AddRunCommandTask(jsii.String("CheckHealth"), &mw.RunCommandTaskOptions{
		Priority: jsii.Number(3),
		Document: mw.RunCommandDocument_AWS_RUN_SHELL_SCRIPT(),
		Parameters: &map[string]*[]*string{
			"commands":         jsii.Strings("systemctl is-system-running --wait", "curl --fail http://localhost/health"),
			"executionTimeout": jsii.Strings("600"),
		},
		Targets:            mw.TaskTargets_Registered(web),
		Timeout:            awscdk.Duration_Minutes(jsii.Number(10)),
		OutputLogGroup:     output,
		NotificationTopic:  topic,
		NotificationEvents: &[]mw.NotificationEvent{mw.NotificationEvent_FAILED, mw.NotificationEvent_TIMED_OUT},
	})

	window.OnExecutionFailed(jsii.String("Failed"), &awsevents.OnEventOptions{
		Target: awseventstargets.NewSnsTopic(topic, nil),
	})

	// for nodes with the tag PatchGroup: production
	patching.NewPatchBaseline(stack, jsii.String("Baseline"), &patching.PatchBaselineProps{
		Description:     jsii.String("What is installed on the production fleet"),
		OperatingSystem: patching.PatchOperatingSystem_AMAZON_LINUX_2023,
		ApprovalRules: &[]*patching.PatchApprovalRule{
			{
				Filters: &[]patching.PatchFilter{
					patching.PatchFilter_Classification(jsii.String("Security")),
					patching.PatchFilter_Severity(jsii.String("Critical"), jsii.String("Important")),
				},
				ApproveAfter:    awscdk.Duration_Days(jsii.Number(3)),
				ComplianceLevel: patching.PatchComplianceLevel_CRITICAL,
			},
			{
				Filters:      &[]patching.PatchFilter{patching.PatchFilter_Classification(jsii.String("Bugfix"))},
				ApproveAfter: awscdk.Duration_Days(jsii.Number(7)),
			},
		},
		RejectedPatches:       jsii.Strings("docker*"),
		RejectedPatchesAction: patching.RejectedPatchesAction_BLOCK,
		PatchGroups:           jsii.Strings("production"),
		Tags:                  &map[string]*string{"team": jsii.String("platform")},
	})

	return &PatchingStack{Stack: stack, MaintenanceWindow: window, Topic: topic}
}

// newImageRole makes the role with which the runbook makes an image of each instance.
func newImageRole(scope constructs.Construct) awsiam.Role {
	role := awsiam.NewRole(scope, jsii.String("ImageRole"), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("ssm.amazonaws.com"), nil),
	})
	role.AddToPolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions:   jsii.Strings("ec2:CreateImage", "ec2:DescribeImages", "ec2:DescribeInstances"),
		Resources: jsii.Strings("*"),
	}))
	return role
}

// newErrorsAlarm makes an alarm that goes off when the load balancer sees more errors of the fleet than it should.
func newErrorsAlarm(scope constructs.Construct) awscloudwatch.Alarm {
	errors := awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace:     jsii.String("AWS/ApplicationELB"),
		MetricName:    jsii.String("HTTPCode_Target_5XX_Count"),
		DimensionsMap: &map[string]*string{"LoadBalancer": jsii.String("app/production/0123456789abcdef")},
		Statistic:     jsii.String("Sum"),
		Period:        awscdk.Duration_Minutes(jsii.Number(1)),
	})
	return awscloudwatch.NewAlarm(scope, jsii.String("Errors"), &awscloudwatch.AlarmProps{
		Metric:            errors,
		Threshold:         jsii.Number(50),
		EvaluationPeriods: jsii.Number(3),
		TreatMissingData:  awscloudwatch.TreatMissingData_NOT_BREACHING,
	})
}
