import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Duration } from 'aws-cdk-lib/core';
import { MaintenanceWindowEvents } from './maintenance-window-events';
import { windowName } from './notification-message';
import { FAILED_STATUSES, SKIPPED_STATUSES, SUCCEEDED_STATUSES } from './window-events';
import { checkOptional } from '../common/given';

const COUNTED = { Failed: FAILED_STATUSES, Skipped: SKIPPED_STATUSES, Succeeded: SUCCEEDED_STATUSES };

/**
 * The number of executions of a window that ended in some way.
 *
 * Windows have no metrics of their own, so a rule without targets is defined, once for each way, whose matches are counted.
 */
export function executionMetric(window: IMaintenanceWindowRef, ending: keyof typeof COUNTED, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
  checkOptional(window, 'options', options, 'an object');
  const id = `${ending}ExecutionsMetric`;
  const eventPattern = { detail: { status: [...COUNTED[ending]] } };
  const rule = window.node.tryFindChild(id) as events.Rule | undefined
    ?? MaintenanceWindowEvents.fromMaintenanceWindow(window).onExecutionStateChange(id, { eventPattern });
  return matchedEvents(rule, options);
}

/** How many events match a rule. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function matchedEvents(rule: events.IRule, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Events',
    metricName: 'MatchedEvents',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: cloudwatch.Stats.SUM,
    period: Duration.minutes(5),
    ...options,
  });
}

/** A dashboard of the executions of a window. */
export function executionDashboard(window: IMaintenanceWindowRef, id: string, props?: cloudwatch.DashboardProps): cloudwatch.Dashboard {
  checkOptional(window, 'props', props, 'an object');
  const dashboard = new cloudwatch.Dashboard(window, id, props);
  const { GREEN, RED, ORANGE } = cloudwatch.Color;
  const left = ([['Succeeded', GREEN], ['Failed', RED], ['Skipped', ORANGE]] as const)
    .map(([ending, color]) => executionMetric(window, ending, { label: ending, color, period: Duration.hours(1) }));
  dashboard.addWidgets(new cloudwatch.GraphWidget({
    title: `Executions of maintenance window ${windowName(window)}`,
    left,
    leftYAxis: { min: 0 },
    view: cloudwatch.GraphWidgetView.BAR,
    setPeriodToTimeRange: true,
    width: 8,
  }), new cloudwatch.GraphWidget({
    title: 'Executions each hour',
    left,
    leftYAxis: { min: 0 },
    stacked: true,
    width: 16,
  }));
  return dashboard;
}
