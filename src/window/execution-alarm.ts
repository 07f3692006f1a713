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

const FAILED = ['FAILED', 'TIMED_OUT'];
const SKIPPED = 'SKIPPED_OVERLAPPING';

/**
 * An alarm that goes off when an execution of a window has failed, timed out or was skipped.
 *
 * Maintenance windows have no metrics of their own, so it counts the events that match a rule, by the metric `MatchedEvents` of EventBridge. The
 * rule has no targets. Events and metrics are delivered on a best-effort basis.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * @exampleMetadata fixture=with-window
 * @example
 * declare const operations: sns.ITopic;
 * const failures = new ExecutionAlarm(this, 'WindowFailed', { maintenanceWindow: window });
 * failures.alarm.addAlarmAction(new cloudwatch_actions.SnsAction(operations));
 */
export class ExecutionAlarm extends Construct {
  /** The alarm. Add actions to it. */
  public readonly alarm: cloudwatch.Alarm;
  /** The rule whose matches are counted. */
  public readonly rule: events.Rule;

  constructor(scope: Construct, id: string, props: ExecutionAlarmProps) {
    super(scope, id);
    const { maintenanceWindow } = props;
    const skipped = props.includeSkipped ?? true;
    this.rule = maintenanceWindow.onExecutionStateChange('Rule', {
      crossStackScope: this,
      eventPattern: { detail: { status: [...FAILED, ...(skipped ? [SKIPPED] : [])] } },
    });
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmName: props.alarmName,
      alarmDescription: `Executions of maintenance window ${maintenanceWindow.node.path} failed${skipped ? ' or were skipped' : ''}`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'MatchedEvents',
        dimensionsMap: { RuleName: this.rule.ruleName },
        statistic: cloudwatch.Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // the metric exists only once the rule has matched
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
