import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { matchedEvents } from './execution-metrics';
import { MaintenanceWindowEvents } from './maintenance-window-events';
import { FAILED_STATUSES, SKIPPED_STATUSES } from './window-events';
import { useAlarm } from '../common/alarm-uses';
import { checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';

/** Properties of an alarm on executions of a window. */
export interface MaintenanceWindowExecutionAlarmProps {
  /** The window. */
  readonly maintenanceWindow: IMaintenanceWindowRef;

  /**
   * Whether the alarm also counts executions that were skipped because the previous execution was still running.
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

const MARK = classMark('MaintenanceWindowExecutionAlarm');

/**
 * A CloudWatch alarm on executions of a window that failed, timed out or were skipped.
 *
 * Maintenance windows have no metrics of their own, so it counts the events that match a rule, by the metric `MatchedEvents` of EventBridge. The
 * rule has no targets. Events and metrics are delivered on a best-effort basis.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 * @exampleMetadata fixture=with-window
 * @example
 * declare const operations: sns.ITopic;
 * const failures = new MaintenanceWindowExecutionAlarm(this, 'WindowFailed', { maintenanceWindow: window });
 * failures.alarm.addAlarmAction(new cloudwatch_actions.SnsAction(operations));
 */
@propertyInjectable
export class MaintenanceWindowExecutionAlarm extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindowExecutionAlarm';

  /** Returns whether an object is a `MaintenanceWindowExecutionAlarm`. */
  public static isMaintenanceWindowExecutionAlarm(x: any): x is MaintenanceWindowExecutionAlarm {
    return MARK.has(x);
  }

  /** The alarm. Add actions to it. */
  public readonly alarm: cloudwatch.Alarm;
  /** The rule whose matches are counted. */
  public readonly rule: events.Rule;

  constructor(scope: Construct, id: string, props: MaintenanceWindowExecutionAlarmProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    const { maintenanceWindow } = props;
    checkGiven(this, 'maintenanceWindow', maintenanceWindow, 'a maintenance window');
    checkOptional(this, 'includeSkipped', props.includeSkipped, 'true or false');
    checkOptional(this, 'alarmName', props.alarmName, 'a string');
    const skipped = props.includeSkipped ?? true;
    this.rule = MaintenanceWindowEvents.fromMaintenanceWindow(maintenanceWindow).onExecutionStateChange('Rule', {
      crossStackScope: this,
      eventPattern: { detail: { status: [...FAILED_STATUSES, ...(skipped ? SKIPPED_STATUSES : [])] } },
    });
    this.alarm = new cloudwatch.Alarm(this, 'Alarm', {
      alarmName: props.alarmName,
      alarmDescription: `Executions of maintenance window ${maintenanceWindow.node.path} failed${skipped ? ' or were skipped' : ''}`,
      metric: this.metricFailedExecutions(),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // the metric exists only once the rule has matched
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    useAlarm(this, this.alarm, 'reports failed executions');
  }

  /**
   * The number of executions that the alarm counts.
   *
   * @param options properties of the metric
   * @default - the sum over 5 minutes
   */
  public metricFailedExecutions(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return matchedEvents(this.rule, options);
  }
}
