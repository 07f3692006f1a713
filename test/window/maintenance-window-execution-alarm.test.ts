import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import { MaintenanceWindowExecutionAlarm, MaintenanceWindow } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testTopic } from '../support/resources';
import { deployTimeValues, testWindow } from '../support/tasks';

/** The properties of the only resource of a type. */
function only(template: Template, type: string): { readonly [name: string]: any } {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

test('with required properties only, a rule without targets and an alarm on its matches are defined', () => {
  // GIVEN
  const stack = testStack();
  const maintenanceWindow = testWindow(stack);

  // WHEN
  const { rule } = new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow });

  // THEN
  const template = templateOf(stack);
  expect(Object.values(template.toJSON().Resources).map((resource: any) => resource.Type).sort()).toEqual([
    'AWS::CloudWatch::Alarm', 'AWS::Events::Rule', 'AWS::SSM::MaintenanceWindow',
  ]);
  expect(only(template, 'AWS::Events::Rule')).toEqual({
    EventPattern: {
      'source': ['aws.ssm'],
      'detail-type': ['Maintenance Window Execution State-change Notification'],
      'detail': { 'window-id': [stack.resolve(maintenanceWindow.maintenanceWindowId)], 'status': ['FAILED', 'TIMED_OUT', 'SKIPPED_OVERLAPPING'] },
    },
    State: 'ENABLED',
  });
  expect(only(template, 'AWS::CloudWatch::Alarm')).toEqual({
    AlarmDescription: 'Executions of maintenance window Stack/Window failed or were skipped',
    Namespace: 'AWS/Events',
    MetricName: 'MatchedEvents',
    Dimensions: [{ Name: 'RuleName', Value: stack.resolve(rule.ruleName) }],
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('with all properties', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack), includeSkipped: false, alarmName: 'patching-failed' });

  // THEN
  const template = templateOf(stack);
  expect(only(template, 'AWS::Events::Rule').EventPattern.detail.status).toEqual(['FAILED', 'TIMED_OUT']);
  expect(only(template, 'AWS::CloudWatch::Alarm')).toMatchObject({
    AlarmName: 'patching-failed', AlarmDescription: 'Executions of maintenance window Stack/Window failed',
  });
});

test('skipped executions count when it is configured', () => {
  const stack = testStack();
  new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack), includeSkipped: true });
  expect(only(templateOf(stack), 'AWS::Events::Rule').EventPattern.detail.status).toContain('SKIPPED_OVERLAPPING');
});

test('the alarm takes actions', () => {
  // GIVEN
  const stack = testStack();
  const topic = testTopic(stack);
  const { alarm } = new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack) });

  // WHEN
  alarm.addAlarmAction(new actions.SnsAction(topic));

  // THEN
  expect(only(templateOf(stack), 'AWS::CloudWatch::Alarm').AlarmActions).toEqual([stack.resolve(topic.topicArn)]);
});

test('imported windows have alarms, too', () => {
  // GIVEN
  const stack = testStack();
  const maintenanceWindow = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Window', 'mw-0123456789abcdef0');

  // WHEN
  new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow });

  // THEN
  expect(only(templateOf(stack), 'AWS::Events::Rule').EventPattern.detail['window-id']).toEqual(['mw-0123456789abcdef0']);
});

test('two in one stack have a rule each', () => {
  const stack = testStack();
  const maintenanceWindow = testWindow(stack);
  new MaintenanceWindowExecutionAlarm(stack, 'First', { maintenanceWindow });
  new MaintenanceWindowExecutionAlarm(stack, 'Second', { maintenanceWindow, includeSkipped: false });
  const template = templateOf(stack);
  template.resourceCountIs('AWS::Events::Rule', 2);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
});

test('rule and alarm are in the stack where the alarm is defined', () => {
  // GIVEN
  const app = testApp();
  const windows = testStack('Windows', { app });
  const alarms = testStack('Alarms', { app });

  // WHEN
  new MaintenanceWindowExecutionAlarm(alarms, 'Failures', { maintenanceWindow: testWindow(windows) });

  // THEN
  const template = templateOf(alarms);
  template.resourceCountIs('AWS::Events::Rule', 1);
  template.resourceCountIs('AWS::CloudWatch::Alarm', 1);
  Template.fromStack(windows).resourceCountIs('AWS::Events::Rule', 0);
});

test('a name that is a token passes', () => {
  const stack = testStack();
  const { text } = deployTimeValues(stack);
  new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack), alarmName: text });
  expect(only(templateOf(stack), 'AWS::CloudWatch::Alarm').AlarmName).toEqual({ Ref: 'Text' });
});

test('a stack without a known environment works', () => {
  const stack = new Stack(new App(), 'Stack');
  new MaintenanceWindowExecutionAlarm(stack, 'Failures', { maintenanceWindow: testWindow(stack) });
  templateOf(stack).resourceCountIs('AWS::CloudWatch::Alarm', 1);
});
