import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { IMaintenanceWindow } from './maintenance-window-base';

/** Properties of an alarm on executions that went wrong. */
export interface ExecutionAlarmProps {
  /** The window. */
  readonly maintenanceWindow: IMaintenanceWindow;

  /**
   * Whether executions count that were skipped because the one before still ran.
   *
   * @default true
   */
  readonly includeSkipped?: boolean;

  /**
   * The name of the alarm.
   *
   * @default - a unique name is generated
   */
  readonly alarmName?: string;
}

/**
 * An alarm that goes off when an execution of a window has failed, timed out or was skipped.
 *
 * Maintenance windows have no metrics of their own, so it counts the events that match a rule (`MatchedEvents` of EventBridge). Defines one rule for
 * failed and one for skipped executions, and the alarm. EventBridge delivers these events and their metrics on a best-effort basis.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export class ExecutionAlarm extends Construct {
  /** The alarm. Add actions to it. */
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: ExecutionAlarmProps) {
    super(scope, id);
    const { maintenanceWindow } = props;
    const options: events.OnEventOptions = { crossStackScope: this };
    const rules = [maintenanceWindow.onExecutionFailed('Failed', options)];
    if (props.includeSkipped ?? true) {
      rules.push(maintenanceWindow.onExecutionSkipped('Skipped', options));
    }
    const metrics = rules.map(matchedEvents);
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmName: props.alarmName,
      alarmDescription: `Executions of maintenance window ${maintenanceWindow.node.path} failed${rules.length > 1 ? ' or were skipped' : ''}`,
      metric: metrics.length === 1 ? metrics[0] : new cloudwatch.MathExpression({
        expression: 'FILL(failed, 0) + FILL(skipped, 0)',
        usingMetrics: { failed: metrics[0], skipped: metrics[1] },
        period: PERIOD,
        label: 'Failed or skipped executions',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // the metric exists only once the rule has matched
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}

const PERIOD = Duration.minutes(5);

function matchedEvents(rule: events.Rule): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Events',
    metricName: 'MatchedEvents',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: cloudwatch.Stats.SUM,
    period: PERIOD,
  });
}
