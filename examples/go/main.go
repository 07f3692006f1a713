package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(&awscdk.AppProps{
		// a window cannot be deleted while another stack has tasks in it
		Context: &map[string]interface{}{"@aws-cdk/core:defaultCrossStackReferences": "strong"},
	})
	patching := NewPatchingStack(app, "Patching", &awscdk.StackProps{
		Description: jsii.String("Patches the production fleet eight days after Patch Tuesday"),
	})
	NewFollowUpStack(app, "FollowUp", &FollowUpStackProps{
		StackProps: awscdk.StackProps{
			Description: jsii.String("Verifies and reports what each patch window did"),
		},
		MaintenanceWindow: patching.MaintenanceWindow,
		Topic:             patching.Topic,
	})
	// the first app of the README
	AddFirstSteps(app)
	app.Synth(nil)
}
