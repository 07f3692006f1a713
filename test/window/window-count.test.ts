import { App, Duration, Stack } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import { warningsOf } from '../support/app';

function windows(stack: Stack, count: number): void {
  Array.from({ length: count }, (_, index) => new MaintenanceWindow(stack, `Window${index}`, {
    schedule: MaintenanceWindowSchedule.cron({ hour: String(index % 24) }), duration: Duration.hours(1),
  }));
}

const message = (count: number, place: string) => `an account should have at most 50 maintenance windows in a Region, the default quota, got ${count}${place}, `
  + 'let several tasks share a window or have the quota raised';

test('50 windows of an account and Region are the default quota, whatever their stacks', () => {
  const app = new App();
  const env = { account: '111111111111', region: 'eu-central-1' };
  const [one, two, other] = [new Stack(app, 'One', { env }), new Stack(app, 'Two', { env }), new Stack(app, 'Other', { env: { ...env, region: 'us-east-1' } })];
  windows(one, 30);
  windows(two, 20);
  windows(other, 50);
  app.synth();
  expect([one, two, other].flatMap((stack) => warningsOf(stack))).toEqual([]);
});

test('more is told once, with their number', () => {
  const app = new App();
  const env = { account: '111111111111', region: 'eu-central-1' };
  const [one, two] = [new Stack(app, 'One', { env }), new Stack(app, 'Two', { env })];
  windows(one, 50);
  windows(two, 3);
  app.synth();
  expect([one, two].flatMap((stack) => warningsOf(stack))).toEqual([message(53, ' in "111111111111", "eu-central-1"')]);
});

test('stacks without an environment count together', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  windows(stack, 51);
  app.synth();
  expect(warningsOf(stack)).toEqual([message(51, '')]);
});
