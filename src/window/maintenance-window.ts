import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { compareWithOtherWindows, warnLater } from './app-windows';
import { MaintenanceWindowAlarmMute } from './maintenance-window-alarm-mute';
import type { MuteAlarmsOptions } from './maintenance-window-alarm-mute';
import { MaintenanceWindowBase } from './maintenance-window-base';
import type { IMaintenanceWindow } from './maintenance-window-base';
import { AppInstallations } from './patch-resources';
import { windowArn } from './window-arn';
import { countWindow } from './window-count';
import { disableWindow } from './window-state';
import { withApprovals } from '../approval/opening-approvals';
import type { WithApprovals } from '../approval/opening-approvals';
import type { Blackout } from '../blackout/blackout';
import { renderSchedules } from '../blackout/blackout-schedules';
import { blackoutAdvice } from '../blackout/blackout-warnings';
import { switchesOf } from '../blackout/plan';
import type { PlannedSwitch } from '../blackout/plan';
import { blackoutsOf, registerClosableWindow } from '../blackout/registry';
import { validationError } from '../common/errors';
import { generatedName } from '../common/generated-name';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { requireArnShape } from '../common/import-arn';
import { sortedRecord } from '../common/json';
import { classMark } from '../common/per-construct';
import { checkRendered, constructWording } from '../common/rendered-resource';
import { knownText } from '../common/text';
import {
  checkDate, checkDescription, checkName, throwFirst, warnOfIdentifier, wholeNumberOf,
} from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { Findings } from '../rules/findings';
import { WINDOW_ARN, WINDOW_ID } from '../rules/identifiers';
import { checkTags } from '../rules/tags';
import { UNKNOWN } from '../rules/value';
import { checkCutoff, checkDateOrder, CUTOFF_HOURS, DURATION_HOURS, windowDiagnostics } from '../rules/window';
import type { Opening, ScheduleSpec } from '../schedule/engine/openings';
import type { MaintenanceWindowSchedule } from '../schedule/maintenance-window-schedule';
import type { MaintenanceWindowOccurrence, WindowPreviewOptions } from '../schedule/occurrence';
import { checkOptions, occurrenceOf, occurrences } from '../schedule/preview';
import { referenceSpan } from '../schedule/reference-span';
import { scheduleWarnings } from '../schedule/schedule-warnings';
import { windowSpec } from '../schedule/window-spec';
import type { WindowSpec } from '../schedule/window-spec';
import { selectionsOfWindow } from '../target/known-selections';

/** The only value that goes with every duration. */
const DEFAULT_CUTOFF = Duration.hours(0);

const MARK = classMark('MaintenanceWindow');

const WORDING = constructWording({ Name: 'maintenanceWindowName', ScheduleTimezone: 'timeZone', ScheduleOffset: 'offset' });

/** Properties of a maintenance window. */
export interface MaintenanceWindowProps {
  /** The schedule of the window. */
  readonly schedule: MaintenanceWindowSchedule;

  /** The duration of the window: 1 to 24 whole hours. */
  readonly duration: Duration;

  /**
   * The time before the end of the window at which Systems Manager stops starting new tasks.
   *
   * 0 to 23 whole hours, and shorter than `duration`. `cutoffBehavior` of a task controls what happens to invocations that are still running at the
   * cutoff, or at the end of the window if there is no cutoff.
   *
   * @default Duration.hours(0)
   */
  readonly cutoff?: Duration;

  /**
   * The name of the window.
   *
   * 3 to 128 letters, digits, `_`, `-` and `.`.
   *
   * @default - a unique name is generated
   */
  readonly maintenanceWindowName?: string;

  /**
   * A description of the window.
   *
   * 1 to 128 characters.
   *
   * @default - the window has no description
   */
  readonly description?: string;

  /**
   * Whether the window opens.
   *
   * CloudFormation cannot disable a window, so `false` adds a custom resource that does, after each change of the window, and a rule that has the
   * window disabled again when somebody enables it. The window is enabled again when `enabled: false` is removed. Without `false`, the library does
   * not touch a window that somebody disables by hand.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether tasks can run on instances that are not registered as a target of the window.
   *
   * @default false
   */
  readonly allowUnassociatedTargets?: boolean;

  /**
   * The instant from which the window opens.
   *
   * @default - the window can open as soon as it is created
   */
  readonly startDate?: Date;

  /**
   * The instant from which the window no longer opens. Later than `startDate`.
   *
   * @default - the window opens without an end
   */
  readonly endDate?: Date;

  /**
   * Tags of the window, in addition to those of `Tags.of()`.
   *
   * Keys of 1 to 128, values of up to 256 letters, digits, spaces and `_.:/=+-@`.
   *
   * @default - no tags but those of `Tags.of()`
   */
  readonly tags?: { [key: string]: string };

  /**
   * The times in which the window does not open, in addition to those of `MaintenanceWindowBlackouts.add()`.
   *
   * @default - the window has those of the scopes around it
   */
  readonly blackouts?: Blackout[];
}

/**
 * A maintenance window of AWS Systems Manager.
 *
 * A window is enabled, unless `enabled` is `false`. `blackouts` are carried out by EventBridge Scheduler, for which a window with `enabled: false` has no
 * schedules.
 *
 * @resource AWS::SSM::MaintenanceWindow
 * @stateless
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html
 * @example
 * const window = new MaintenanceWindow(this, 'PatchTuesday', {
 *   schedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2', timeZone: TimeZone.EUROPE_PARIS }),
 *   duration: Duration.hours(3),
 *   cutoff: Duration.hours(1),
 * });
 */
@propertyInjectable
export class MaintenanceWindow extends MaintenanceWindowBase {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindow';

  /** Imports a window of the account and Region of the stack by its ID. */
  public static fromMaintenanceWindowId(scope: Construct, id: string, maintenanceWindowId: string): IMaintenanceWindow {
    checkGiven(scope, 'maintenanceWindowId', maintenanceWindowId, 'a string');
    class Import extends MaintenanceWindowBase {
      public readonly maintenanceWindowId = maintenanceWindowId;
      public readonly maintenanceWindowArn = windowArn(this);
    }
    const window = new Import(scope, id);
    warnOfIdentifier(window, 'maintenanceWindowId', maintenanceWindowId, WINDOW_ID);
    return window;
  }

  /** Imports a window by its ARN. Account and Region come from the ARN. */
  public static fromMaintenanceWindowArn(scope: Construct, id: string, maintenanceWindowArn: string): IMaintenanceWindow {
    requireArnShape(scope, id, 'maintenanceWindowArn', maintenanceWindowArn, 'fromMaintenanceWindowId');
    class Import extends MaintenanceWindowBase {
      public readonly maintenanceWindowArn = maintenanceWindowArn;
      public readonly maintenanceWindowId = Stack.of(scope).splitArn(maintenanceWindowArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    const window = new Import(scope, id, { environmentFromArn: maintenanceWindowArn });
    warnOfIdentifier(window, 'maintenanceWindowArn', maintenanceWindowArn, WINDOW_ARN);
    return window;
  }

  /** Returns whether an object is a window that is defined in this app. */
  public static isMaintenanceWindow(x: any): x is MaintenanceWindow {
    return MARK.has(x);
  }

  public readonly maintenanceWindowId: string;
  public readonly maintenanceWindowArn: string;
  /** @internal */
  public readonly _allowUnassociatedTargets: boolean;
  /** @internal */
  public readonly _enabled: boolean;
  /** @internal */
  public readonly _schedule: MaintenanceWindowSchedule;
  /** The property that a user moves the window by, if a pattern made it. @internal */
  public _scheduleProp?: string;
  private readonly scheduleSpec: WindowSpec;
  private advisesOnBlackouts = false;

  constructor(scope: Construct, id: string, props: MaintenanceWindowProps) {
    super(scope, id);
    MARK.mark(this);
    const { duration, cutoff } = this.validateProps(props);

    this._allowUnassociatedTargets = props.allowUnassociatedTargets ?? false;
    const resource = new CfnMaintenanceWindow(this, 'Resource', {
      name: props.maintenanceWindowName ?? generatedName(this),
      description: props.description,
      schedule: props.schedule.expressionString,
      scheduleTimezone: props.schedule.timeZone?.timezoneName,
      scheduleOffset: props.schedule.offset?.toDays(),
      duration,
      cutoff,
      allowUnassociatedTargets: this._allowUnassociatedTargets,
      startDate: props.startDate?.toISOString(),
      endDate: props.endDate?.toISOString(),
      tags: props.tags && Object.entries(sortedRecord(props.tags, (value) => value)).map(([key, value]) => ({ key, value })),
    });
    this.maintenanceWindowId = resource.ref;
    this.maintenanceWindowArn = windowArn(this);

    checkRendered(this, resource, windowDiagnostics, WORDING);
    countWindow(this);

    this._enabled = props.enabled !== false;
    if (!this._enabled) {
      disableWindow(this, resource);
    }
    this._schedule = props.schedule;
    this.scheduleSpec = windowSpec({ ...props, cutoff: props.cutoff ?? DEFAULT_CUTOFF });
    this.adviseOnSchedule();

    registerClosableWindow(this, props.blackouts?.map(({ _dates }) => _dates) ?? []);
  }

  /** When the window opens, as far as its black-outs let it. @internal */
  public get _windowSpec(): WindowSpec {
    return 'unknown' in this.scheduleSpec ? this.scheduleSpec : { spec: this.withBlackouts(this.scheduleSpec.spec) };
  }

  /** Defines the schedules of the black-outs that the window has now. @internal */
  public _renewSchedules(): void {
    const switches = this.switches();
    renderSchedules(this, switches);
    if (switches.length > 0 && !this.advisesOnBlackouts) {
      this.advisesOnBlackouts = true;
      atEndOfSynthesis(this, () => this.adviseOnBlackouts());
    }
  }

  /** A window that is disabled stays so: a black-out that turned it on would be healed. */
  private switches(): readonly PlannedSwitch[] {
    return this._enabled ? switchesOf(blackoutsOf(this)) : [];
  }

  private withBlackouts(spec: ScheduleSpec): ScheduleSpec {
    const switches = this.switches();
    return switches.length === 0 ? spec : { ...spec, switches };
  }

  private adviseOnBlackouts(): void {
    if ('spec' in this.scheduleSpec) {
      const { spec } = this.scheduleSpec;
      blackoutAdvice(this._schedule.expressionString, this.withBlackouts(spec), blackoutsOf(this), referenceSpan(spec))
        .forEach((advice) => warnLater(this, advice));
    }
  }

  /**
   * Returns the next occurrences of the window, without calling AWS. Those in black-outs are among them, with the reason.
   *
   * Computed with the time zone data of the Node.js that synthesizes, which may be older than that of AWS. Where clocks are set forward, a time that
   * is skipped does not open the window; where they are set back, a time that comes twice opens it the first time only, unless its hour or minute is
   * a wildcard (`earlier`, in the terms of Temporal). What AWS does then is not documented.
   *
   * The window is taken to exist before `start` and its `startDate`. One that is created between the day of its cron expression and the end of its
   * `offset` opens the next time first. A rate without `startDate` counts from the creation of the window, which nobody knows: here from `start`.
   *
   * A window with `enabled: false` has no occurrences.
   *
   * Fails when schedule, time zone, duration or cutoff of an enabled window are known only at deployment.
   */
  public preview(options: WindowPreviewOptions): MaintenanceWindowOccurrence[] {
    return this._openings(options, new AppInstallations(this)).map(occurrenceOf);
  }

  /** The openings with what they install. @internal */
  public _openings(options: WindowPreviewOptions, installations: AppInstallations): WithApprovals<Opening>[] {
    if (!this._enabled) {
      checkOptions(this, options);
      return [];
    }
    const known = this._windowSpec;
    if ('unknown' in known) {
      throw validationError(this, `cannot preview a schedule ${known.unknown}`);
    }
    const installed = installations.of(this);
    return occurrences(this, known.spec, options).map((opening) => withApprovals(opening, installed));
  }

  /**
   * Mutes the actions of alarms while the window is open, by mute rules of CloudWatch.
   *
   * Fails for an alarm that stops a task and for one of `MaintenanceWindowExecutionAlarm`, and where no rule that recurs covers the occurrences and `yearStart`
   * is missing.
   *
   * @param alarms of the account and Region of the window
   */
  public muteAlarms(id: string, alarms: cloudwatch.IAlarm[], options: MuteAlarmsOptions = {}): MaintenanceWindowAlarmMute {
    checkGiven(this, 'options', options, 'an object');
    return new MaintenanceWindowAlarmMute(this, id, { maintenanceWindow: this, alarms, margin: options.margin, yearStart: options.yearStart });
  }

  private adviseOnSchedule(): void {
    const { _advice, expressionString } = this._schedule;
    _advice.forEach((advice) => addWarning(this, advice));
    const known = this.scheduleSpec;
    if ('spec' in known) {
      scheduleWarnings(expressionString, known.spec).forEach((advice) => addWarning(this, advice));
    }
    if ('spec' in known && this._enabled) {
      compareWithOtherWindows(this, () => (
        { construct: this, spec: this.withBlackouts(known.spec), scheduleProp: this._scheduleProp, selections: selectionsOfWindow(this) }));
    }
  }

  private validateProps(props: MaintenanceWindowProps): { duration: number; cutoff: number } {
    this.validateTypes(props);
    checkName(this, 'maintenanceWindowName', props.maintenanceWindowName);
    checkDescription(this, props.description);
    this.validateDates(props);
    this.validateTags(props.tags ?? {});
    return this.validateDuration(props.duration, props.cutoff ?? DEFAULT_CUTOFF);
  }

  private validateTypes(props: MaintenanceWindowProps): void {
    checkGiven(this, 'props', props, 'an object');
    checkGiven(this, 'schedule', props.schedule, 'a MaintenanceWindowSchedule');
    checkGiven(this, 'duration', props.duration, 'a Duration');
    checkOptional(this, 'cutoff', props.cutoff, 'a Duration');
    checkOptional(this, 'maintenanceWindowName', props.maintenanceWindowName, 'a string');
    checkOptional(this, 'description', props.description, 'a string');
    checkOptional(this, 'enabled', props.enabled, 'true or false');
    checkOptional(this, 'allowUnassociatedTargets', props.allowUnassociatedTargets, 'true or false');
    checkOptional(this, 'startDate', props.startDate, 'a Date');
    checkOptional(this, 'endDate', props.endDate, 'a Date');
    checkOptional(this, 'tags', props.tags, 'an object');
    props.blackouts && checkEach(this, 'blackouts', props.blackouts, 'a Blackout');
    Object.entries(props.tags ?? {}).forEach(([key, value]) => checkGiven(this, `tags.${key}`, value, 'a string'));
  }

  private validateDuration(duration: Duration, cutoff: Duration): { duration: number; cutoff: number } {
    const hours = {
      duration: wholeNumberOf(this, 'duration', duration, 'hours', DURATION_HOURS),
      cutoff: wholeNumberOf(this, 'cutoff', cutoff, 'hours', CUTOFF_HOURS),
    };
    const findings = new Findings(WORDING);
    checkCutoff(findings, duration.isUnresolved() ? UNKNOWN : hours.duration, cutoff.isUnresolved() ? UNKNOWN : hours.cutoff);
    throwFirst(this, findings);
    return hours;
  }

  private validateDates({ startDate, endDate }: MaintenanceWindowProps): void {
    checkDate(this, 'startDate', startDate);
    checkDate(this, 'endDate', endDate);
    const findings = new Findings(WORDING);
    checkDateOrder(findings, startDate?.toISOString(), endDate?.toISOString());
    throwFirst(this, findings);
  }

  private validateTags(tags: { [key: string]: string }): void {
    const findings = new Findings(WORDING);
    checkTags(findings, 'Tags', Object.entries(tags).map(([key, value]) => ({ Key: knownText(key), Value: knownText(value) })));
    throwFirst(this, findings);
  }
}
