package com.example.patching;

import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowCronOptions;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindow;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowSchedule;
import io.github.cdk_ssm_maintenance_windows.RateControl;
import io.github.cdk_ssm_maintenance_windows.TargetSelector;
import io.github.cdk_ssm_maintenance_windows.patching.PatchWindows;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

/** Prints what is said about mistakes. */
public final class Mistakes {
    private Mistakes() {
    }

    public static void main(final String[] args) {
        Stack stack = new Stack(new App(), "Stack");
        MaintenanceWindowSchedule night = MaintenanceWindowSchedule.cron(MaintenanceWindowCronOptions.builder().hour("2").build());
        List<Runnable> mistakes = List.of(
                () -> RateControl.of("101%"),
                () -> MaintenanceWindowSchedule.cron(MaintenanceWindowCronOptions.builder().hour("25").build()),
                () -> MaintenanceWindow.Builder.create(stack, "Window")
                        .schedule(night)
                        .duration(Duration.hours(3))
                        .cutoff(Duration.hours(5))
                        .build(),
                () -> MaintenanceWindow.fromMaintenanceWindowArn(stack, "Imported", "mw-1"),
                () -> PatchWindows.Builder.create(stack, "Web")
                        .selector(TargetSelector.patchGroup("web"))
                        .installDuration(Duration.hours(2))
                        .build());
        for (Runnable mistake : mistakes) {
            try {
                mistake.run();
                System.out.println("nothing was refused");
            } catch (RuntimeException error) {
                System.out.println(error.getMessage());
            }
        }
        System.exit(0);
    }
}
