from aws_cdk import App, Duration, Stack
from cdk_ssm_maintenance_windows import MaintenanceWindow, MaintenanceWindowSchedule, RateControl, TargetSelector, patching

stack = Stack(App(), "Stack")
night = MaintenanceWindowSchedule.cron(hour="2")
mistakes = [
    lambda: RateControl.of("101%"),
    lambda: MaintenanceWindowSchedule.cron(hour="25"),
    lambda: MaintenanceWindow(stack, "Window", schedule=night, duration=Duration.hours(3), cutoff=Duration.hours(5)),
    lambda: MaintenanceWindow.from_maintenance_window_arn(stack, "Imported", "mw-1"),
    lambda: patching.PatchWindows(
        stack, "Web", selector=TargetSelector.patch_group("web"), install_duration=Duration.hours(2)
    ),
]

for mistake in mistakes:
    try:
        mistake()
        print("nothing was refused")
    except RuntimeError as error:
        print(error)
