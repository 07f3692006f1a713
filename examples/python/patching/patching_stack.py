from aws_cdk import Duration, Stack, TimeZone
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from cdk_ssm_maintenance_windows import (
    AutomationRunbook,
    CutoffBehavior,
    MaintenanceWindow,
    MaintenanceWindowSchedule,
    NotificationEvent,
    PatchOperation,
    PseudoParameter,
    RateControl,
    RunCommandDocument,
    TargetSelector,
    TaskTargets,
    patching,
)
from constructs import Construct


class PatchingStack(Stack):
    """The window of the production fleet, and what is done on its instances."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        self.topic = sns.Topic(
            self, "Topic", display_name="Patching", enforce_ssl=True
        )
        output = logs.LogGroup(
            self, "CommandOutput", retention=logs.RetentionDays.THREE_MONTHS
        )

        self.maintenance_window = MaintenanceWindow(
            self,
            "Window",
            description="Patches the production fleet",
            schedule=MaintenanceWindowSchedule.patch_tuesday(
                days_after=Duration.days(8), hour="2", time_zone=TimeZone.EUROPE_PARIS
            ),
            duration=Duration.hours(4),
            cutoff=Duration.hours(1),
        )
        web = self.maintenance_window.add_target(
            "Web",
            selector=TargetSelector.tags(
                {"Environment": ["production"], "Role": ["web"]}
            ),
        )
        workers = self.maintenance_window.add_target(
            "Workers",
            selector=TargetSelector.resource_group(
                "production-workers", "AWS::EC2::Instance"
            ),
            owner_information="team-platform",
        )

        self.maintenance_window.add_automation_task(
            "BackUp",
            priority=1,
            runbook=AutomationRunbook.AWS_CREATE_IMAGE,
            assume_role=self._image_role(),
            parameters={
                "InstanceId": [PseudoParameter.resource_id],
                "NoReboot": ["true"],
            },
            targets=TaskTargets.registered(web, workers),
            max_concurrency=RateControl.percentage(20),
            max_errors=RateControl.count(0),
        )
        self.maintenance_window.add_patch_task(
            "Patch",
            priority=2,
            operation=PatchOperation.INSTALL,
            targets=TaskTargets.registered(web, workers),
            max_concurrency=RateControl.percentage(10),
            max_errors=RateControl.percentage(5),
            cutoff_behavior=CutoffBehavior.CONTINUE_TASK,
            output_log_group=output,
            alarm=self._errors_alarm(),
        )
        self.maintenance_window.add_run_command_task(
            "CheckHealth",
            priority=3,
            document=RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
            parameters={
                "commands": [
                    "systemctl is-system-running --wait",
                    "curl --fail http://localhost/health",
                ],
                "executionTimeout": ["600"],
            },
            targets=TaskTargets.registered(web),
            timeout=Duration.minutes(10),
            output_log_group=output,
            notification_topic=self.topic,
            notification_events=[NotificationEvent.FAILED, NotificationEvent.TIMED_OUT],
        )

        self.maintenance_window.on_execution_failed(
            "Failed", target=targets.SnsTopic(self.topic)
        )

        # for nodes with the tag PatchGroup: production
        patching.PatchBaseline(
            self,
            "Baseline",
            description="What is installed on the production fleet",
            operating_system=patching.PatchOperatingSystem.AMAZON_LINUX_2023,
            approval_rules=[
                patching.PatchApprovalRule(
                    filters=[
                        patching.PatchFilter.classification("Security"),
                        patching.PatchFilter.severity("Critical", "Important"),
                    ],
                    approve_after=Duration.days(3),
                    compliance_level=patching.PatchComplianceLevel.CRITICAL,
                ),
                patching.PatchApprovalRule(
                    filters=[patching.PatchFilter.classification("Bugfix")],
                    approve_after=Duration.days(7),
                ),
            ],
            rejected_patches=["docker*"],
            rejected_patches_action=patching.RejectedPatchesAction.BLOCK,
            patch_groups=["production"],
            tags={"team": "platform"},
        )

    def _image_role(self) -> iam.Role:
        """The role with which the runbook makes an image of each instance."""
        role = iam.Role(
            self, "ImageRole", assumed_by=iam.ServicePrincipal("ssm.amazonaws.com")
        )
        role.add_to_policy(
            iam.PolicyStatement(
                actions=[
                    "ec2:CreateImage",
                    "ec2:DescribeImages",
                    "ec2:DescribeInstances",
                ],
                resources=["*"],
            )
        )
        return role

    def _errors_alarm(self) -> cloudwatch.Alarm:
        """Goes off when the load balancer sees more errors than it should."""
        errors = cloudwatch.Metric(
            namespace="AWS/ApplicationELB",
            metric_name="HTTPCode_Target_5XX_Count",
            dimensions_map={"LoadBalancer": "app/production/0123456789abcdef"},
            statistic="Sum",
            period=Duration.minutes(1),
        )
        return cloudwatch.Alarm(
            self,
            "Errors",
            metric=errors,
            threshold=50,
            evaluation_periods=3,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
