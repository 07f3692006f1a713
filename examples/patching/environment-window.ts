import { Duration, TimeZone } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import {
  CutoffBehavior, MaintenanceWindow, MaintenanceWindowSchedule, NotificationEvent, RateControl, RunCommandDocument, TaskTargets,
} from 'cdk-ssm-maintenance-windows';
import type { MaintenanceWindowTarget, TargetSelector } from 'cdk-ssm-maintenance-windows';
import { Construct } from 'constructs';
import type { CommandOutput } from './command-output';
import { PRIORITY } from './priorities';

export interface EnvironmentWindowProps {
  readonly description: string;
  /** When the window opens, counted from the second Tuesday of the month. */
  readonly afterPatchTuesday: Duration;
  /** What is patched, by the ID of the target. */
  readonly selectors: { [id: string]: TargetSelector };
  /** How many instances are patched at the same time. */
  readonly maxConcurrency: RateControl;
  readonly output: CommandOutput;
}

/** A monthly window that patches instances, and tells a topic when that fails. */
export class EnvironmentWindow extends Construct {
  public readonly window: MaintenanceWindow;
  public readonly targets: MaintenanceWindowTarget[];

  public constructor(scope: Construct, id: string, props: EnvironmentWindowProps) {
    super(scope, id);
    const { output } = props;

    this.window = new MaintenanceWindow(this, 'Window', {
      description: props.description,
      schedule: MaintenanceWindowSchedule.patchTuesday({
        daysAfter: props.afterPatchTuesday,
        hour: '2',
        timeZone: TimeZone.EUROPE_PARIS,
      }),
      duration: Duration.hours(4),
      cutoff: Duration.hours(1),
    });
    this.targets = Object.entries(props.selectors).map(([targetId, selector]) => this.window.addTarget(targetId, { selector }));

    this.window.addRunCommandTask('Patch', {
      priority: PRIORITY.PATCH,
      document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
      parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
      targets: TaskTargets.registered(...this.targets),
      maxConcurrency: props.maxConcurrency,
      maxErrors: RateControl.percentage(5),
      // an installation that is cut off leaves the instance half patched
      cutoffBehavior: CutoffBehavior.CONTINUE_TASK,
      outputLogGroup: output.logGroup,
      outputBucket: output.bucket,
      outputKeyPrefix: id.toLowerCase(),
      notificationTopic: output.topic,
      notificationEvents: [NotificationEvent.FAILED, NotificationEvent.TIMED_OUT, NotificationEvent.CANCELLED],
    });

    const target = new targets.SnsTopic(output.topic);
    this.window.onExecutionFailed('ExecutionFailed', { target });
    this.window.onExecutionSkipped('ExecutionSkipped', { target });
    this.window.onTaskExecutionFailed('TaskFailed', { target });
  }
}
