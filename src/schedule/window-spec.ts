import type { Duration } from 'aws-cdk-lib/core';
import type { ScheduleSpec } from './engine/openings';
import { isKnownTimeZone } from './engine/time-zone';
import type { MaintenanceWindowSchedule } from './maintenance-window-schedule';
import { knownText } from '../common/text';
import { formatValue } from '../common/validation';

/** What of a window decides when it opens. */
interface WindowTimes {
  readonly schedule: MaintenanceWindowSchedule;
  readonly duration: Duration;
  readonly cutoff: Duration;
  readonly startDate?: Date;
  readonly endDate?: Date;
}

/** When a window opens, or why that is not known at synthesis. */
export type WindowSpec = { readonly spec: ScheduleSpec } | { readonly unknown: string };

export function windowSpec({ schedule, duration, cutoff, startDate, endDate }: WindowTimes): WindowSpec {
  if (!schedule._parsed) {
    return { unknown: 'whose expression is known only at deployment, pass a literal expression' };
  }
  const timeZone = schedule.timeZone?.timezoneName;
  if ((timeZone !== undefined && typeof knownText(timeZone) !== 'string') || [duration, cutoff, schedule.offset].some((part) => part?.isUnresolved())) {
    return { unknown: 'whose time zone, offset, duration or cutoff is known only at deployment, pass a literal value' };
  }
  if (timeZone !== undefined && !isKnownTimeZone(timeZone)) {
    const fix = /^[+-]/.test(timeZone) ? 'use an IANA time zone' : 'use a newer version of Node.js';
    return { unknown: `in a time zone that this runtime does not know, got ${formatValue(timeZone)}, ${fix}` };
  }
  return {
    spec: {
      schedule: schedule._parsed,
      timeZone,
      offsetDays: schedule.offset?.toDays(),
      durationHours: duration.toHours(),
      cutoffHours: cutoff.toHours(),
      startDate,
      endDate,
    },
  };
}
