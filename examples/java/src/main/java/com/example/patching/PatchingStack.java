package com.example.patching;

import io.github.cdk_ssm_maintenance_windows.AutomationRunbook;
import io.github.cdk_ssm_maintenance_windows.AutomationTaskOptions;
import io.github.cdk_ssm_maintenance_windows.CutoffBehavior;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindow;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowSchedule;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowTarget;
import io.github.cdk_ssm_maintenance_windows.MaintenanceWindowTargetOptions;
import io.github.cdk_ssm_maintenance_windows.NotificationEvent;
import io.github.cdk_ssm_maintenance_windows.PatchOperation;
import io.github.cdk_ssm_maintenance_windows.PatchTaskOptions;
import io.github.cdk_ssm_maintenance_windows.PatchTuesdayOptions;
import io.github.cdk_ssm_maintenance_windows.PseudoParameter;
import io.github.cdk_ssm_maintenance_windows.RateControl;
import io.github.cdk_ssm_maintenance_windows.RunCommandDocument;
import io.github.cdk_ssm_maintenance_windows.RunCommandTaskOptions;
import io.github.cdk_ssm_maintenance_windows.TargetSelector;
import io.github.cdk_ssm_maintenance_windows.TaskTargets;
import io.github.cdk_ssm_maintenance_windows.patching.PatchApprovalRule;
import io.github.cdk_ssm_maintenance_windows.patching.PatchBaseline;
import io.github.cdk_ssm_maintenance_windows.patching.PatchComplianceLevel;
import io.github.cdk_ssm_maintenance_windows.patching.PatchFilter;
import io.github.cdk_ssm_maintenance_windows.patching.PatchOperatingSystem;
import io.github.cdk_ssm_maintenance_windows.patching.RejectedPatchesAction;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.OnEventOptions;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/** The window of the production fleet, and what is done on its instances. */
public class PatchingStack extends Stack {
    private final MaintenanceWindow maintenanceWindow;
    private final Topic topic;

    public PatchingStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        topic = Topic.Builder.create(this, "Topic")
                .displayName("Patching")
                .enforceSsl(true)
                .build();
        LogGroup output = LogGroup.Builder.create(this, "CommandOutput")
                .retention(RetentionDays.THREE_MONTHS)
                .build();

        maintenanceWindow = MaintenanceWindow.Builder.create(this, "Window")
                .description("Patches the production fleet")
                .schedule(MaintenanceWindowSchedule.patchTuesday(PatchTuesdayOptions.builder()
                        .daysAfter(Duration.days(8))
                        .hour("2")
                        .timeZone(TimeZone.EUROPE_PARIS)
                        .build()))
                .duration(Duration.hours(4))
                .cutoff(Duration.hours(1))
                .build();
        MaintenanceWindowTarget web = maintenanceWindow.addTarget("Web", MaintenanceWindowTargetOptions.builder()
                .selector(TargetSelector.tags(Map.of("Environment", List.of("production"), "Role", List.of("web"))))
                .build());
        MaintenanceWindowTarget workers = maintenanceWindow.addTarget("Workers", MaintenanceWindowTargetOptions.builder()
                .selector(TargetSelector.resourceGroup("production-workers", "AWS::EC2::Instance"))
                .ownerInformation("team-platform")
                .build());

        maintenanceWindow.addAutomationTask("BackUp", AutomationTaskOptions.builder()
                .priority(1)
                .runbook(AutomationRunbook.AWS_CREATE_IMAGE)
                .assumeRole(imageRole())
                .parameters(Map.of("InstanceId", List.of(PseudoParameter.getResourceId()), "NoReboot", List.of("true")))
                .targets(TaskTargets.registered(web, workers))
                .maxConcurrency(RateControl.percentage(20))
                .maxErrors(RateControl.count(0))
                .build());
        maintenanceWindow.addPatchTask("Patch", PatchTaskOptions.builder()
                .priority(2)
                .operation(PatchOperation.INSTALL)
                .targets(TaskTargets.registered(web, workers))
                .maxConcurrency(RateControl.percentage(10))
                .maxErrors(RateControl.percentage(5))
                .cutoffBehavior(CutoffBehavior.CONTINUE_TASK)
                .outputLogGroup(output)
                .alarm(errorsAlarm())
                .build());
        maintenanceWindow.addRunCommandTask("CheckHealth", RunCommandTaskOptions.builder()
                .priority(3)
                .document(RunCommandDocument.AWS_RUN_SHELL_SCRIPT)
                .parameters(Map.of(
                        "commands", List.of("systemctl is-system-running --wait", "curl --fail http://localhost/health"),
                        "executionTimeout", List.of("600")))
                .targets(TaskTargets.registered(web))
                .timeout(Duration.minutes(10))
                .outputLogGroup(output)
                .notificationTopic(topic)
                .notificationEvents(List.of(NotificationEvent.FAILED, NotificationEvent.TIMED_OUT))
                .build());

        maintenanceWindow.onExecutionFailed("Failed", OnEventOptions.builder()
                .target(new SnsTopic(topic))
                .build());

        // for nodes with the tag PatchGroup: production
        PatchBaseline.Builder.create(this, "Baseline")
                .description("What is installed on the production fleet")
                .operatingSystem(PatchOperatingSystem.AMAZON_LINUX_2023)
                .approvalRules(List.of(
                        PatchApprovalRule.builder()
                                .filters(List.of(PatchFilter.classification("Security"), PatchFilter.severity("Critical", "Important")))
                                .approveAfter(Duration.days(3))
                                .complianceLevel(PatchComplianceLevel.CRITICAL)
                                .build(),
                        PatchApprovalRule.builder()
                                .filters(List.of(PatchFilter.classification("Bugfix")))
                                .approveAfter(Duration.days(7))
                                .build()))
                .rejectedPatches(List.of("docker*"))
                .rejectedPatchesAction(RejectedPatchesAction.BLOCK)
                .patchGroups(List.of("production"))
                .tags(Map.of("team", "platform"))
                .build();
    }

    public MaintenanceWindow getMaintenanceWindow() {
        return maintenanceWindow;
    }

    public Topic getTopic() {
        return topic;
    }

    /** The role with which the runbook makes an image of each instance. */
    private Role imageRole() {
        Role role = Role.Builder.create(this, "ImageRole")
                .assumedBy(new ServicePrincipal("ssm.amazonaws.com"))
                .build();
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("ec2:CreateImage", "ec2:DescribeImages", "ec2:DescribeInstances"))
                .resources(List.of("*"))
                .build());
        return role;
    }

    /** Goes off when the load balancer sees more errors of the fleet than it should. */
    private Alarm errorsAlarm() {
        Metric errors = Metric.Builder.create()
                .namespace("AWS/ApplicationELB")
                .metricName("HTTPCode_Target_5XX_Count")
                .dimensionsMap(Map.of("LoadBalancer", "app/production/0123456789abcdef"))
                .statistic("Sum")
                .period(Duration.minutes(1))
                .build();
        return Alarm.Builder.create(this, "Errors")
                .metric(errors)
                .threshold(50)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }
}
