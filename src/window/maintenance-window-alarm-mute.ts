import { CfnAlarmMuteRule } from 'aws-cdk-lib/aws-cloudwatch';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { knownScheduleOf } from './known-schedule';
import { occurrenceSchedules } from './occurrence-schedules';
import { useAlarm } from '../common/alarm-uses';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';
import { areKnownToDiffer } from '../common/same-environment';
import { checkDate, formatValue, wholeNumberOf } from '../common/validation';
import { recurringMute, singleMutes } from '../schedule/mute-plan';
import type { MuteSchedule } from '../schedule/mute-plan';

const DEFAULT_MARGIN = Duration.minutes(15);

/** With it on both sides, the longest window is not longer than the 15 days that a mute rule can last. */
const MARGIN_MINUTES = { min: 0, max: 7 * 24 * 60 };

/** Alarms of one rule. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MuteTargets.html */
const ALARMS_OF_RULE = 100;

const WORDS = {
  purpose: 'mute alarms',
  rule: 'mute rule',
  ruleInShort: 'rule',
  follows: 'covers the window',
  single: 'occurrence',
  done: 'alarms are muted by rules',
  fix: 'mute the alarms of a window that opens less often',
  id: 'alarmsMutedForOneYear',
};

const MARK = classMark('MaintenanceWindowAlarmMute');

/** Options for muting alarms while a window is open. */
export interface MuteAlarmsOptions {
  /**
   * The time before the window starts and after it ends in which alarms are muted too.
   *
   * Whole minutes, at most 7 days.
   *
   * @default Duration.minutes(15)
   */
  readonly margin?: Duration;

  /**
   * The start of the year for which each occurrence gets a mute rule of its own, if no rule that recurs covers the occurrences.
   *
   * Required then, because synthesis must not depend on the clock, and not used otherwise.
   *
   * @default - alarms are muted by rules that recur
   */
  readonly yearStart?: Date;
}

/** Properties of mute rules for alarms while a window is open. */
export interface MaintenanceWindowAlarmMuteProps extends MuteAlarmsOptions {
  /** The window. It must be defined in this app: the schedule of an imported one is not known. */
  readonly maintenanceWindow: IMaintenanceWindowRef;

  /**
   * The alarms, of the account and Region of the window.
   *
   * Alarms that stop a task, and those of `MaintenanceWindowExecutionAlarm`, cannot be muted.
   */
  readonly alarms: cloudwatch.IAlarm[];
}

/**
 * Mute rules of CloudWatch for the alarms of what a window works on.
 *
 * While a rule is active, its alarms change their states and perform no actions. The rules recur if that covers each occurrence of the window, with the
 * margin, no more and no less, which is proved with the occurrences of two years. Where it does not, because the schedule has an offset, `#`, `L` or `W`,
 * is a rate, or meets a change of the clocks, each occurrence of the year from `yearStart` gets a rule of its own, at most 100 in all.
 *
 * The proof takes it that a mute rule treats changes of the clocks as windows do, which AWS does not document.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 * @example
 * declare const latency: cloudwatch.IAlarm;
 * const window = new MaintenanceWindow(this, 'Sunday', {
 *   schedule: MaintenanceWindowSchedule.cron({ weekDay: 'SUN', hour: '4', timeZone: TimeZone.EUROPE_PARIS }),
 *   duration: Duration.hours(2),
 * });
 * window.muteAlarms('Quiet', [latency], { margin: Duration.minutes(10) });
 */
@propertyInjectable
export class MaintenanceWindowAlarmMute extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindowAlarmMute';

  /** Returns whether an object is a `MaintenanceWindowAlarmMute`. */
  public static isMaintenanceWindowAlarmMute(x: any): x is MaintenanceWindowAlarmMute {
    return MARK.has(x);
  }

  /** The mute rules. */
  public readonly rules: cloudwatch.IAlarmMuteRuleRef[];

  constructor(scope: Construct, id: string, props: MaintenanceWindowAlarmMuteProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    const { maintenanceWindow, alarms, yearStart, margin = DEFAULT_MARGIN } = props;
    checkGiven(this, 'maintenanceWindow', maintenanceWindow, 'a MaintenanceWindow of this app');
    checkEach(this, 'alarms', alarms, 'an alarm');
    checkOptional(this, 'margin', props.margin, 'a Duration');
    checkOptional(this, 'yearStart', yearStart, 'a Date');
    checkDate(this, 'yearStart', yearStart);
    this.checkAlarms(maintenanceWindow, alarms);
    const { _windowSpec: known } = knownScheduleOf(maintenanceWindow)!;
    if ('unknown' in known) {
      throw validationError(this, `cannot mute alarms by a schedule ${known.unknown}`);
    }
    if (margin.isUnresolved()) {
      throw validationError(this, '\'margin\' must be known at synthesis, got a token, pass a literal value');
    }
    const { spec } = known;
    const minutes = wholeNumberOf(this, 'margin', margin, 'minutes', MARGIN_MINUTES);
    const schedules = occurrenceSchedules(this, {
      spec, yearStart, recurring: recurringMute(spec, minutes), singles: (from) => singleMutes(spec, minutes, from), words: WORDS,
    });
    const names = [...new Set(alarms.map(({ alarmName }) => alarmName))];
    const count = Math.ceil(names.length / ALARMS_OF_RULE);
    const lists = Array.from({ length: count }, (_, i) => names.slice(i * ALARMS_OF_RULE, (i + 1) * ALARMS_OF_RULE));
    this.rules = lists.flatMap((list, i) => schedules.map((schedule, j) => this.rule(`Rule${i * schedules.length + j + 1}`, list, schedule)));
    alarms.forEach((alarm) => useAlarm(this, alarm, 'muted'));
  }

  private rule(id: string, alarmNames: string[], { expression, timeZone, minutes }: MuteSchedule): CfnAlarmMuteRule {
    return new CfnAlarmMuteRule(this, id, {
      description: `Alarms are muted while a maintenance window is open (${this.node.path})`.slice(0, 1024),
      muteTargets: { alarmNames },
      rule: { schedule: { expression, timezone: timeZone, duration: Duration.minutes(minutes).toIsoString() } },
    });
  }

  private checkAlarms(window: IMaintenanceWindowRef, alarms: readonly cloudwatch.IAlarm[]): void {
    if (alarms.length === 0) {
      throw validationError(this, '\'alarms\' must have at least 1 alarm, got none');
    }
    alarms.forEach((alarm, index) => {
      const part = (['account', 'region'] as const).find((name) => areKnownToDiffer(alarm.env[name], window.env[name]));
      if (part) {
        throw validationError(this, `'alarms[${index}]' must be of the ${part} of the window, ${formatValue(window.env[part])}, got one of `
          + `${formatValue(alarm.env[part])}, mute it in a stack of that ${part}`);
      }
    });
  }
}
