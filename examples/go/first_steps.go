package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	mw "github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows"
	"github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows/patching"
)

// AddFirstSteps defines the first app of the README.
func AddFirstSteps(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("FirstSteps"), nil)

	patching.NewPatchWindows(stack, jsii.String("Web"), &patching.PatchWindowsProps{
		// nodes with the tag PatchGroup: web
		Selector: mw.TargetSelector_PatchGroup(jsii.String("web")),
		// AWS's default patch baselines approve patches 7 days after their release
		InstallSchedule: mw.MaintenanceWindowSchedule_PatchTuesday(&mw.PatchTuesdayOptions{
			DaysAfter: awscdk.Duration_Days(jsii.Number(8)),
			Hour:      jsii.String("2"),
			TimeZone:  awscdk.TimeZone_EUROPE_PARIS(),
		}),
		InstallMaxConcurrency: mw.RateControl_Percentage(jsii.Number(10)),
	})
}
