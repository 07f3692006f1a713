package com.example.patching;

import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.StackProps;

public final class PatchingApp {
    private PatchingApp() {
    }

    public static void main(final String[] args) {
        App app = new App(AppProps.builder()
                // a window cannot be deleted while another stack has tasks in it
                .context(Map.of("@aws-cdk/core:defaultCrossStackReferences", "strong"))
                .build());
        PatchingStack patching = new PatchingStack(app, "Patching", StackProps.builder()
                .description("Patches the production fleet eight days after Patch Tuesday")
                .build());
        new FollowUpStack(app, "FollowUp", StackProps.builder()
                .description("Verifies and reports what each patch window did")
                .build(), patching.getMaintenanceWindow(), patching.getTopic());
        // the first app of the README
        FirstSteps.addTo(app);
        app.synth();
    }
}
