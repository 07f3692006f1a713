package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	mw "github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows"
	"github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows-go/cdkssmmaintenancewindows/patching"
)

func main() {
	defer jsii.Close()

	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)
	night := mw.MaintenanceWindowSchedule_Cron(&mw.MaintenanceWindowCronOptions{Hour: jsii.String("2")})
	for _, mistake := range []func(){
		func() { mw.RateControl_Of(jsii.String("101%")) },
		func() { mw.MaintenanceWindowSchedule_Cron(&mw.MaintenanceWindowCronOptions{Hour: jsii.String("25")}) },
		func() {
			mw.NewMaintenanceWindow(stack, jsii.String("Window"), &mw.MaintenanceWindowProps{
				Schedule: night,
				Duration: awscdk.Duration_Hours(jsii.Number(3)),
				Cutoff:   awscdk.Duration_Hours(jsii.Number(5)),
			})
		},
		func() { mw.MaintenanceWindow_FromMaintenanceWindowArn(stack, jsii.String("Imported"), jsii.String("mw-1")) },
		func() {
			patching.NewPatchWindows(stack, jsii.String("Web"), &patching.PatchWindowsProps{
				Selector:        mw.TargetSelector_PatchGroup(jsii.String("web")),
				InstallDuration: awscdk.Duration_Hours(jsii.Number(2)),
			})
		},
	} {
		tell(mistake)
	}
}

// tell prints what is said about a mistake.
func tell(mistake func()) {
	defer func() {
		if said := recover(); said != nil {
			fmt.Println(said)
		}
	}()
	mistake()
	fmt.Println("nothing was refused")
}
