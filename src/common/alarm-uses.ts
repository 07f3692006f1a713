import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { perConstruct } from './per-construct';
import { areKnownToDiffer } from './same-environment';
import { formatValue } from '../rules/format-value';

/** What an alarm is for, in the words of messages. */
type AlarmUse = 'muted' | 'stops a task' | 'reports failed executions';

interface UsedAlarm {
  readonly alarm: cloudwatch.IAlarm;
  readonly use: AlarmUse;
  readonly user: IConstruct;
}

/** The alarms of an app that a mute rule must not touch, and those that one does. */
const usedAlarmsOf = perConstruct('UsedAlarms', (): UsedAlarm[] => []);

/**
 * Notes what an alarm is for, and refuses that one is muted which keeps watch over a window: a task that nothing stops and an execution whose failure
 * nobody hears of are what mute rules must not bring about. The order of definition does not matter.
 */
export function useAlarm(user: IConstruct, alarm: cloudwatch.IAlarm, use: AlarmUse): void {
  const used = usedAlarmsOf(user.node.root);
  const other = used.find((one) => (one.use === 'muted') !== (use === 'muted') && isSameAlarm(one.alarm, alarm));
  if (other) {
    const [mute, guard] = use === 'muted' ? [user, other] : [other.user, { use, user }];
    throw validationError(user, `'alarms' must have no alarm that ${guard.use}, got ${formatValue(alarm.node.path)}, which ${guard.use} at `
      + `${formatValue(guard.user.node.path)} and is muted by ${formatValue(mute.node.path)}, leave it out`);
  }
  used.push({ alarm, use, user });
}

/** The same alarm can be imported more than once. */
function isSameAlarm(a: cloudwatch.IAlarm, b: cloudwatch.IAlarm): boolean {
  if (a === b || a.alarmArn === b.alarmArn) {
    return true;
  }
  return !Token.isUnresolved(a.alarmName) && a.alarmName === b.alarmName
    && !areKnownToDiffer(a.env.account, b.env.account) && !areKnownToDiffer(a.env.region, b.env.region);
}
