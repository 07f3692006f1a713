import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { approvalAdvice } from './approval-warnings';
import { checkNodeRole } from './node-role';
import { PatchBaseline } from './patch-baseline';
import { PatchBaselineOverride } from './patch-baseline-override';
import { applyToPatchGroups } from './patch-group-baselines';
import type { PatchWindowsProps } from './patch-windows-props';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';
import { formatValue, throwFirst, wholeNumberOf } from '../common/validation';
import { addWarning } from '../common/warnings';
import { Findings } from '../rules/findings';
import { UNKNOWN } from '../rules/value';
import { checkCutoff, CUTOFF_HOURS, DURATION_HOURS } from '../rules/window';
import { MaintenanceWindowSchedule } from '../schedule/maintenance-window-schedule';
import type { MaintenanceWindowTarget } from '../target/maintenance-window-target';
import { TaskTargets } from '../target/task-targets';
import type { MaintenanceWindowTask } from '../task/maintenance-window-task';
import { PatchOperation } from '../task/patch-task';
import type { PatchTaskOptions } from '../task/patch-task';
import { RateControl } from '../task/rate-control';
import { MaintenanceWindow } from '../window/maintenance-window';
import { eventMessage } from '../window/notification-message';
import { NotificationTarget } from '../window/notification-target';

const DEFAULT_INSTALL_DURATION = Duration.hours(3);

/** The properties of the installation. */
const INSTALL_PROP = /^install/;

const MARK = classMark('PatchWindows');

/** The parts of an installation. */
interface Installation {
  readonly window: MaintenanceWindow;
  readonly target: MaintenanceWindowTarget;
  readonly task: MaintenanceWindowTask;
  readonly failureRule: events.Rule;
}

/**
 * Two windows that keep nodes patched: one scans for missing patches every day, the other installs them.
 *
 * Defines two maintenance windows, each with a target and a task, the service roles of their tasks, rules that report failed executions to a topic,
 * and, unless they are given, that topic, a bucket and a log group. All parts are properties. Without `installSchedule` only the scan is defined.
 *
 * @example
 * new patching.PatchWindows(this, 'Web', {
 *   selector: TargetSelector.patchGroup('web'),
 *   installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }),
 * });
 */
@propertyInjectable
export class PatchWindows extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.patching.PatchWindows';

  /** Returns whether an object is a `PatchWindows`. */
  public static isPatchWindows(x: any): x is PatchWindows {
    return MARK.has(x);
  }

  /** The window that scans for missing patches. */
  public readonly scanWindow: MaintenanceWindow;
  /** The nodes, as the target of the scan. */
  public readonly scanTarget: MaintenanceWindowTarget;
  /** The task that scans for missing patches. */
  public readonly scanTask: MaintenanceWindowTask;
  /** The rule for failed scans. */
  public readonly scanFailureRule: events.Rule;
  /** The bucket for the output of the commands, in the folders `scan` and `install`. */
  public readonly outputBucket: s3.IBucket;
  /** The log group for the output of the commands. */
  public readonly outputLogGroup: logs.ILogGroup;
  /** The topic for failed executions of both windows. */
  public readonly failureTopic: sns.ITopic;
  private readonly installation?: Installation;

  constructor(scope: Construct, id: string, props: PatchWindowsProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    checkOptional(this, 'installSchedule', props.installSchedule, 'a MaintenanceWindowSchedule');
    checkGiven(this, 'selector', props.selector, 'a TargetSelector');
    checkOptional(this, 'scanSchedule', props.scanSchedule, 'a MaintenanceWindowSchedule');
    checkOptional(this, 'scanDuration', props.scanDuration, 'a Duration');
    checkOptional(this, 'scanMaxConcurrency', props.scanMaxConcurrency, 'a RateControl');
    checkOptional(this, 'installDuration', props.installDuration, 'a Duration');
    checkOptional(this, 'installCutoff', props.installCutoff, 'a Duration');
    checkOptional(this, 'installMaxConcurrency', props.installMaxConcurrency, 'a RateControl');
    checkOptional(this, 'installMaxErrors', props.installMaxErrors, 'a RateControl');
    checkOptional(this, 'installWith', props.installWith, 'a PatchRunbook');
    checkOptional(this, 'role', props.role, 'a role');
    checkOptional(this, 'installAlarm', props.installAlarm, 'an alarm');
    checkOptional(this, 'outputBucket', props.outputBucket, 'a bucket');
    checkOptional(this, 'outputLogGroup', props.outputLogGroup, 'a log group');
    checkOptional(this, 'failureTopic', props.failureTopic, 'a topic');
    checkOptional(this, 'baselineOverride', props.baselineOverride, 'an object');
    this.checkBaselines(props);
    this.checkInstallation(props);
    this.checkHours(props);
    if (props.baselineOverride) {
      addWarning(this, {
        id: 'complianceNotReported',
        message: '\'baselineOverride\' keeps Patch Manager from updating patch compliance, so missing patches are in the output of the commands only, '
          + `got the file ${formatValue(props.baselineOverride.key)}, give the nodes a patch baseline of the account instead`,
      });
    }
    this.outputBucket = props.outputBucket ?? this.defaultBucket();
    this.outputLogGroup = props.outputLogGroup ?? new logs.LogGroup(this, 'OutputLogGroup', { retention: logs.RetentionDays.THREE_MONTHS });
    this.failureTopic = props.failureTopic ?? new sns.Topic(this, 'FailureTopic', { enforceSSL: true });
    const common = {
      baselineOverride: props.baselineOverride,
      outputBucket: this.outputBucket,
      outputLogGroup: this.outputLogGroup,
      role: props.role,
    };

    this.scanWindow = new MaintenanceWindow(this, 'ScanWindow', {
      description: 'Reports missing patches',
      schedule: props.scanSchedule ?? MaintenanceWindowSchedule.cron({ hour: '12', timeZone: props.installSchedule?.timeZone }),
      duration: props.scanDuration ?? Duration.hours(1),
    });
    this.scanWindow._scheduleProp = 'scanSchedule';
    this.scanTarget = this.scanWindow.addTarget('Target', { selector: props.selector });
    this.scanTask = this.scanWindow.addPatchTask('Task', {
      ...common,
      outputKeyPrefix: 'scan',
      operation: PatchOperation.SCAN,
      targets: TaskTargets.registered(this.scanTarget),
      maxConcurrency: props.scanMaxConcurrency ?? RateControl.percentage(50),
      maxErrors: RateControl.percentage(100),
    });
    this.scanFailureRule = this.reportFailures(this.scanWindow);

    this.installation = props.installSchedule && this.install(props, props.installSchedule, common);
  }

  /** The window that installs missing patches. Fails when there is no `installSchedule`, as the other parts of the installation do. */
  public get installWindow(): MaintenanceWindow {
    return this.partOfInstallation('installWindow', ({ window }) => window);
  }

  /** The nodes, as the target of the installation. */
  public get installTarget(): MaintenanceWindowTarget {
    return this.partOfInstallation('installTarget', ({ target }) => target);
  }

  /** The task that installs missing patches. */
  public get installTask(): MaintenanceWindowTask {
    return this.partOfInstallation('installTask', ({ task }) => task);
  }

  /** The rule for failed installations. */
  public get installFailureRule(): events.Rule {
    return this.partOfInstallation('installFailureRule', ({ failureRule }) => failureRule);
  }

  /**
   * Grants nodes permission to write the output of the commands to the bucket and the log group.
   *
   * A file of `baselineOverride` they have to read as well: `PatchBaselineOverride.grantRead()` grants it.
   *
   * @param grantee the role of their instance profile
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-rc-setting-up-cwlogs.html
   */
  public grantWriteOutput(grantee: iam.IGrantable): iam.Grant {
    checkNodeRole(this, grantee);
    return this.outputBucket.grantPut(grantee)
      .combine(iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetEncryptionConfiguration'], resourceArns: [this.outputBucket.bucketArn] }))
      .combine(this.outputLogGroup.grant(grantee, 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'))
      .combine(iam.Grant.addToPrincipal({ grantee, actions: ['logs:DescribeLogGroups'], resourceArns: ['*'] }));
  }

  private install(props: PatchWindowsProps, schedule: MaintenanceWindowSchedule, common: Partial<PatchTaskOptions>): Installation {
    const duration = props.installDuration ?? DEFAULT_INSTALL_DURATION;
    const window = new MaintenanceWindow(this, 'InstallWindow', {
      description: 'Installs missing patches',
      schedule,
      duration,
      cutoff: props.installCutoff ?? Duration.hours(isLongerThanHour(duration) ? 1 : 0),
    });
    window._scheduleProp = 'installSchedule';
    const override = props.baselineOverride && PatchBaselineOverride._of(props.baselineOverride);
    if ((override || !props.baselineOverride) && 'spec' in window._windowSpec) {
      const baselines = override?._baselines ?? props.baselines?.filter(PatchBaseline.isPatchBaseline) ?? [];
      approvalAdvice(schedule.expressionString, window._windowSpec.spec, baselines).forEach((advice) => addWarning(this, advice));
    }
    const target = window.addTarget('Target', { selector: props.selector });
    const options = {
      targets: TaskTargets.registered(target),
      maxConcurrency: props.installMaxConcurrency,
      maxErrors: props.installMaxErrors,
      cutoffBehavior: props.installCutoffBehavior,
      alarm: props.installAlarm,
    };
    const command = { ...common, outputKeyPrefix: 'install', operation: PatchOperation.INSTALL, rebootOption: props.installRebootOption };
    const task = props.installWith?.addTo(window, 'Task', { ...options, role: props.role }) ?? window.addPatchTask('Task', { ...command, ...options });
    const failureRule = this.reportFailures(window);
    return { window, target, task, failureRule };
  }

  /** Both windows have the rule that they would have for other targets, with a message that people can read. */
  private reportFailures(window: MaintenanceWindow): events.Rule {
    return window.onExecutionFailed('Failed', { target: NotificationTarget.topic(this.failureTopic)._ofRule(eventMessage(window, 'EXECUTION')) });
  }

  private partOfInstallation<T>(name: string, part: (installation: Installation) => T): T {
    if (!this.installation) {
      throw validationError(this, `'${name}' needs an installation, got no 'installSchedule', give one or use the parts of the scan`);
    }
    return part(this.installation);
  }

  private checkBaselines({ baselines, baselineOverride, selector }: PatchWindowsProps): void {
    baselines !== undefined && checkEach(this, 'baselines', baselines, 'a PatchBaseline of this app');
    if (baselines && baselineOverride) {
      throw validationError(this, '\'baselines\' and \'baselineOverride\' must not be given together, got both, leave one of them out');
    }
    baselines && baselines.length > 0 && applyToPatchGroups(this, baselines.filter(PatchBaseline.isPatchBaseline), selector);
  }

  /** What is said about an installation that does not take place would be lost. */
  private checkInstallation(props: PatchWindowsProps): void {
    const given = Object.entries(props).find(([prop, value]) => INSTALL_PROP.test(prop) && value !== undefined);
    if (given && !props.installSchedule) {
      throw validationError(this, `'${given[0]}' needs 'installSchedule', got none, give the schedule of the installation or leave '${given[0]}' out`);
    }
    if (props.installWith && props.installRebootOption !== undefined) {
      throw validationError(this, '\'installRebootOption\' cannot be given together with \'installWith\', as the runbook has its own, '
        + `got ${formatValue(props.installRebootOption)}, give it to the runbook as 'rebootOption'`);
    }
  }

  /** The windows would name the properties as they call them themselves. */
  private checkHours({ installDuration = DEFAULT_INSTALL_DURATION, installCutoff = Duration.hours(0), scanDuration }: PatchWindowsProps): void {
    const findings = new Findings((property) => (property === 'Cutoff' ? 'installCutoff' : 'installDuration'));
    const duration = wholeNumberOf(this, 'installDuration', installDuration, 'hours', DURATION_HOURS);
    const cutoff = wholeNumberOf(this, 'installCutoff', installCutoff, 'hours', CUTOFF_HOURS);
    scanDuration && wholeNumberOf(this, 'scanDuration', scanDuration, 'hours', DURATION_HOURS);
    checkCutoff(findings, installDuration.isUnresolved() ? UNKNOWN : duration, installCutoff.isUnresolved() ? UNKNOWN : cutoff);
    throwFirst(this, findings);
  }

  private defaultBucket(): s3.Bucket {
    return new s3.Bucket(this, 'OutputBucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
  }
}

function isLongerThanHour(duration: Duration): boolean {
  return duration.isUnresolved() || duration.toHours({ integral: false }) > 1;
}
