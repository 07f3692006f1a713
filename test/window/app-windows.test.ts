import { Annotations, App, Duration, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CutoffBehavior, MaintenanceWindow, MaintenanceWindowSchedule, RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import { testStack, warningsOf } from '../support/app';

const ENV = { account: '123456789012', region: 'eu-central-1' };

function window(scope: Construct, id: string, hour: string, selector?: TargetSelector): MaintenanceWindow {
  const made = new MaintenanceWindow(scope, id, {
    schedule: MaintenanceWindowSchedule.cron({ hour, weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }),
    duration: Duration.hours(2),
  });
  if (selector) {
    made.addTarget('Target', { selector });
  }
  return made;
}

const WEB = () => TargetSelector.tags({ Role: ['web'] });
const WARNING = /^windows should not be open at the same time on the same targets, got '(.*)' open together with '(.*)' on /;

function pairs(scope: Construct): string[] {
  return warningsOf(scope).flatMap(text => WARNING.exec(text)?.slice(1).join(' ') ?? []);
}

test('the later window is warned about the earlier one, once, also of what is added after both', () => {
  // GIVEN
  const stack = testStack();
  const [a, b] = [window(stack, 'A', '4'), window(stack, 'B', '5')];
  a.addTarget('Web', { selector: WEB() });
  b.addTarget('Web', { selector: WEB() });

  // WHEN
  (stack.node.root as App).synth();
  (stack.node.root as App).synth({ force: true });

  // THEN
  expect(warningsOf(a)).toEqual([]);
  expect(warningsOf(b)).toEqual([
    "windows should not be open at the same time on the same targets, got 'Stack/B' open together with 'Stack/A' on {\"tag:Role\":[\"web\"]}, "
      + 'such as at 2028-01-02T04:00:00.000Z (of 2028 and 2029, which stand for any years), move one of them',
  ]);
});

test.each(['A', 'B'])('the warning can be acknowledged at the window %s', (id) => {
  // GIVEN
  const stack = testStack();
  window(stack, 'A', '4', WEB());
  window(stack, 'B', '5', WEB());
  Annotations.of(stack.node.findChild(id)).acknowledgeWarning('cdk-ssm-maintenance-windows:openTogetherOnSameTargets');

  // WHEN
  (stack.node.root as App).synth();

  // THEN
  expect(warningsOf(stack)).toEqual([]);
});

test('windows at other times, on other targets or without targets are not warned about', () => {
  // GIVEN
  const stack = testStack();
  window(stack, 'A', '4', WEB());
  window(stack, 'Later', '6', WEB());
  window(stack, 'Other', '4', TargetSelector.tags({ Role: ['db'] }));
  window(stack, 'None', '4');

  // WHEN
  (stack.node.root as App).synth();

  // THEN
  expect(pairs(stack)).toEqual([]);
});

test('instances that tasks name count as targets', () => {
  // GIVEN
  const stack = testStack();
  const id = 'i-0123456789abcdef0';
  for (const name of ['A', 'B']) {
    window(stack, name, '4').addRunCommandTask('Task', {
      document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT, parameters: { commands: ['uptime'] }, targets: TaskTargets.instanceIds(id), cutoffBehavior: CutoffBehavior.CONTINUE_TASK,
    });
  }

  // WHEN
  (stack.node.root as App).synth();

  // THEN
  expect(pairs(stack)).toEqual(['Stack/B Stack/A']);
});

test('windows of several stacks and stages are compared with each other', () => {
  // GIVEN
  const app = new App();
  const one = new Stack(app, 'One', { env: ENV });
  window(one, 'A', '4', WEB());
  const stage = new Stage(app, 'Prod', { env: ENV });
  const two = new Stack(stage, 'Two');
  window(two, 'B', '4', WEB());
  const elsewhere = new Stack(app, 'Elsewhere', { env: { ...ENV, region: 'eu-west-1' } });
  window(elsewhere, 'C', '4', WEB());

  // WHEN
  app.synth();

  // THEN
  expect(pairs(app)).toEqual(['Prod/Two/B One/A']);
});

test('windows of another app are not known', () => {
  // GIVEN
  window(new Stack(new App(), 'One'), 'A', '4', WEB());
  const app = new App();
  window(new Stack(app, 'Two'), 'B', '4', WEB());

  // WHEN
  app.synth();

  // THEN
  expect(pairs(app)).toEqual([]);
});

test('a window is warned once, whatever the number of others, of which the first are named', () => {
  // GIVEN
  const stack = testStack();
  ['A', 'B', 'C', 'D', 'E'].forEach((id) => window(stack, id, '4', WEB()));

  // WHEN
  (stack.node.root as App).synth();

  // THEN
  expect(warningsOf(stack)).toEqual([
    ['B', '\'Stack/A\''],
    ['C', '\'Stack/A\', \'Stack/B\''],
    ['D', '\'Stack/A\', \'Stack/B\', \'Stack/C\''],
    ['E', '\'Stack/A\', \'Stack/B\', \'Stack/C\' and others'],
  ].map(([id, others]) => `windows should not be open at the same time on the same targets, got 'Stack/${id}' open together with ${others} `
    + 'on {"tag:Role":["web"]}, such as at 2028-01-02T03:00:00.000Z (of 2028 and 2029, which stand for any years), move one of them'));
});

test('a window that is acknowledged is not named by others', () => {
  // GIVEN
  const stack = testStack();
  const [a] = ['A', 'B', 'C'].map((id) => window(stack, id, '4', WEB()));
  Annotations.of(a).acknowledgeWarning('cdk-ssm-maintenance-windows:openTogetherOnSameTargets', 'it is meant');

  // WHEN
  (stack.node.root as App).synth();

  // THEN
  expect(pairs(stack)).toEqual(['Stack/C Stack/B']);
  expect(a.node.children.map(({ node }) => node.id)).toEqual(['Resource', 'Target']);
});
