from aws_cdk import App, Duration, Stack, TimeZone
from cdk_ssm_maintenance_windows import (
    MaintenanceWindowSchedule,
    RateControl,
    TargetSelector,
    patching,
)


def add_first_steps(app: App) -> None:
    """Define the first app of the README."""
    stack = Stack(app, "FirstSteps")

    patching.PatchWindows(
        stack,
        "Web",
        # nodes with the tag PatchGroup: web
        selector=TargetSelector.patch_group("web"),
        # AWS's default patch baselines approve patches 7 days after their release
        install_schedule=MaintenanceWindowSchedule.patch_tuesday(
            days_after=Duration.days(8), hour="2", time_zone=TimeZone.EUROPE_PARIS
        ),
        install_max_concurrency=RateControl.percentage(10),
    )
