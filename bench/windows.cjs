/*
 * Windows, each with a target, at the times of a fleet: half of them once a week, half of them once a month.
 */
const { App, Duration, Stack, TimeZone } = require('aws-cdk-lib');
const { MaintenanceWindow, MaintenanceWindowSchedule, TargetSelector } = require('cdk-ssm-maintenance-windows');
const { ENV } = require('./shape.cjs');

const WINDOWS_OF_STACK = 100;
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** @param roleOf the tag of the nodes of a window */
exports.buildWindows = (windowCount, roleOf) => {
  const app = new App();
  let stack;
  for (let index = 0; index < windowCount; index++) {
    if (index % WINDOWS_OF_STACK === 0) { stack = new Stack(app, `Stack${index}`, { env: ENV }); }
    const slot = Math.floor(index / 2);
    const day = DAYS[Math.floor(slot / 24) % 7];
    const window = new MaintenanceWindow(stack, `Window${index}`, {
      schedule: MaintenanceWindowSchedule.cron({
        hour: String(slot % 24), minute: String(slot % 60), weekDay: index % 2 === 0 ? day : `${day}#2`, timeZone: TimeZone.EUROPE_PARIS,
      }),
      duration: Duration.hours(1),
    });
    window.addTarget('Nodes', { selector: TargetSelector.tags({ Role: [roleOf(index)] }) });
  }
  return app;
};
