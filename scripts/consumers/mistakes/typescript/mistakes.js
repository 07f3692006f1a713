const { App, Duration, Stack } = require('aws-cdk-lib');
const { MaintenanceWindow, MaintenanceWindowSchedule, RateControl, TargetSelector, patching } = require('cdk-ssm-maintenance-windows');

const stack = new Stack(new App(), 'Stack');
const night = MaintenanceWindowSchedule.cron({ hour: '2' });
const mistakes = [
  () => RateControl.of('101%'),
  () => MaintenanceWindowSchedule.cron({ hour: '25' }),
  () => new MaintenanceWindow(stack, 'Window', { schedule: night, duration: Duration.hours(3), cutoff: Duration.hours(5) }),
  () => MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', 'mw-1'),
  () => new patching.PatchWindows(stack, 'Web', { selector: TargetSelector.patchGroup('web'), installDuration: Duration.hours(2) }),
];

for (const mistake of mistakes) {
  try {
    mistake();
    console.log('nothing was refused');
  } catch (error) {
    console.log(error.message);
  }
}
