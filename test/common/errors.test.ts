import { spawnSync } from 'node:child_process';
import { Duration, Errors } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule, RateControl } from '../../src';
import { ROOT } from '../package/project';
import { testStack } from '../support/app';
import { thrownBy } from '../support/errors';
import { testWindow } from '../support/tasks';

test.each<[string, () => void]>([
  ['a construct', () => void testWindow(testStack(), 'Window', { duration: Duration.hours(30) })],
  ['a value class', () => void RateControl.of('none')],
])('throws the validation error of CDK from %s', (_name, action) => {
  const error = thrownBy(action);

  expect(Errors.isValidationError(error)).toBe(true);
  expect(error.name).toBe('ValidationError');
});

test('names the construct in the message', () => {
  expect(thrownBy(() => void testWindow(testStack(), 'Window', { duration: Duration.hours(30) })).message)
    .toBe('\'duration\' must be a whole number of hours from 1 to 24, got 1 day 6 hours (at Stack/Window)');
});

test('names no construct for a value class', () => {
  expect(thrownBy(() => void MaintenanceWindowSchedule.rate(Duration.minutes(1))).message)
    .toBe('\'interval\' must be a whole number of minutes, at least 5 minutes, got 1 minute');
});

test('begins the stack of the error with the line of the app', () => {
  // GIVEN
  const program = [
    'const { App, Duration, Stack } = require("aws-cdk-lib");',
    'const { MaintenanceWindow, MaintenanceWindowSchedule } = require("./node_modules/cdk-ssm-maintenance-windows");',
    'const schedule = MaintenanceWindowSchedule.rate(Duration.days(7));',
    'function windowOfTheApp() { new MaintenanceWindow(new Stack(new App(), "S"), "W", { schedule, duration: Duration.hours(30) }); }',
    'try { windowOfTheApp(); } catch (error) { console.log(error.stack); }',
  ].join('\n').replace('./node_modules/cdk-ssm-maintenance-windows', 'cdk-ssm-maintenance-windows');

  // WHEN
  const { stdout } = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf-8' });

  // THEN: in a checkout the library is no package in node_modules, so its own frames stand between
  const frames = stdout.split('\n').filter((line) => /^\s+at /.test(line)).filter((line) => !line.includes(`${ROOT}/lib/`));
  expect(stdout).toMatch(/^«ValidationError» 'duration' must be/);
  expect(frames[0]).toContain('windowOfTheApp');
});
