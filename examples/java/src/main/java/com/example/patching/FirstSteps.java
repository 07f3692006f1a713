package com.example.patching;

import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowSchedule;
import io.github.cdk_ssm_maintenance_windows.PatchTuesdayOptions;
import io.github.cdk_ssm_maintenance_windows.RateControl;
import io.github.cdk_ssm_maintenance_windows.TargetSelector;
import io.github.cdk_ssm_maintenance_windows.patching.PatchWindows;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;

/** The first app of the README. */
final class FirstSteps {
    private FirstSteps() {
    }

    static void addTo(final App app) {
        Stack stack = new Stack(app, "FirstSteps");

        PatchWindows.Builder.create(stack, "Web")
                // nodes with the tag PatchGroup: web
                .selector(TargetSelector.patchGroup("web"))
                // AWS's default patch baselines approve patches 7 days after their release
                .installSchedule(MaintenanceWindowSchedule.patchTuesday(PatchTuesdayOptions.builder()
                        .daysAfter(Duration.days(8))
                        .hour("2")
                        .timeZone(TimeZone.EUROPE_PARIS)
                        .build()))
                .installMaxConcurrency(RateControl.percentage(10))
                .build();
    }
}
