import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MaintenanceWindow } from '../../src';
import { templateOf, testStack } from '../support/app';
import { failure } from '../support/errors';
import { textOf } from '../support/input-transformer';
import { testWindow } from '../support/tasks';

test.each([
  ['metricFailedExecutions', ['FAILED', 'TIMED_OUT']],
  ['metricSkippedExecutions', ['SKIPPED_OVERLAPPING']],
  ['metricSucceededExecutions', ['SUCCESS']],
] as const)('%s counts what matches a rule without targets, defined once', (method, status) => {
  const stack = testStack();
  const window = testWindow(stack);
  const [metric, other] = [window[method](), window[method]({ period: Duration.hours(1), statistic: 'Maximum' })];
  const rules = Object.values<any>(templateOf(stack).findResources('AWS::Events::Rule'));
  expect(rules.map(({ Properties }) => Properties)).toEqual([{
    EventPattern: {
      'source': ['aws.ssm'],
      'detail-type': ['Maintenance Window Execution State-change Notification'],
      'detail': { 'window-id': [stack.resolve(window.maintenanceWindowId)], status },
    },
    State: 'ENABLED',
  }]);
  expect(stack.resolve(metric.toMetricConfig().metricStat)).toMatchObject({
    namespace: 'AWS/Events', metricName: 'MatchedEvents', dimensions: [{ name: 'RuleName', value: { Ref: expect.any(String) } }], statistic: 'Sum',
  });
  expect([metric.period, other.period, other.statistic]).toEqual([Duration.minutes(5), Duration.hours(1), 'Maximum']);
});

test('an imported window has metrics', () => {
  const stack = testStack();
  const window = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
  new cloudwatch.Alarm(stack, 'Alarm', { metric: window.metricFailedExecutions(), threshold: 1, evaluationPeriods: 1 });
  templateOf(stack).hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { 'window-id': ['mw-0123456789abcdef0'] } } });
});

test('the dashboard shows executions by how they ended', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { maintenanceWindowName: 'web-patching' }).dashboard('Dashboard', { dashboardName: 'patching' });
  const template = templateOf(stack);
  template.resourceCountIs('AWS::Events::Rule', 3);
  const [{ Properties }] = Object.values<any>(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(Properties.DashboardName).toBe('patching');
  const { widgets } = JSON.parse(textOf(Properties.DashboardBody));
  const labelsOf = ({ metrics }: any) => metrics.map((metric: any[]) => metric[4].label);
  expect(widgets.map(({ properties }: any) => [properties.title, properties.view, labelsOf(properties)])).toEqual([
    ['Executions of maintenance window web-patching', 'bar', ['Succeeded', 'Failed', 'Skipped']],
    ['Executions each hour', 'timeSeries', ['Succeeded', 'Failed', 'Skipped']],
  ]);
});

test('what is of the wrong type is told', () => {
  const window = testWindow(testStack());
  expect(failure(() => window.metricFailedExecutions('5 minutes' as any))).toBe('\'options\' must be an object, got "5 minutes" (at Stack/Window)');
  expect(failure(() => window.dashboard('Dashboard', 'patching' as any))).toBe('\'props\' must be an object, got "patching" (at Stack/Window)');
});
