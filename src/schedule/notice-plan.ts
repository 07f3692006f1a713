import { earlierCrons, fieldText } from './earlier-crons';
import type { ParsedCron } from './engine/grammar';
import type { ScheduleSpec } from './engine/openings';
import { startsBetween } from './engine/openings-between';
import { instantOf, wallClock } from './engine/time-zone';
import { firstDifference } from './recurrence';
import type { Recurrence } from './recurrence';
import type { Span } from './reference-span';
import { REFERENCE_YEARS } from './reference-span';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** When a notice is sent: by a schedule of EventBridge Scheduler, each time or once. */
interface NoticeSchedule {
  readonly expression: string;
  readonly timeZone: string;
  /** The start that a single notice is about. */
  readonly start?: Date;
}

/**
 * Schedules that recur and come before each opening by some minutes, by the clock on the wall, and at no other time, in the reference years.
 *
 * EventBridge Scheduler leaves out local times that do not exist and takes those that come twice once.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function recurringNotice(spec: ScheduleSpec, minutes: number): Recurrence<NoticeSchedule> {
  const earlier = earlierCrons(spec, minutes, { dayWildcards: true });
  if ('reason' in earlier) {
    return earlier;
  }
  const { crons, timeZone } = earlier;
  const span = { start: new Date(REFERENCE_YEARS.start.getTime() - 60 * DAY), end: new Date(REFERENCE_YEARS.end.getTime() + 60 * DAY) };
  const due = within(openingsIn(spec, span).map((start) => noticeBefore(spec, start, minutes)));
  const sent = within(crons.flatMap((schedule) => openingsIn({ schedule, timeZone, durationHours: 0, cutoffHours: 0 }, span)));
  const difference = firstDifference(due, sent);
  return difference === undefined
    ? { schedules: crons.map((cron) => ({ expression: schedulerCron(cron), timeZone })) }
    : { reason: `clocks change, such that no notice would be sent as it should at ${new Date(difference).toISOString()}` };
}

/** The notices of a year, each with a schedule of its own, or of all time if there is only one. */
export function singleNotices(spec: ScheduleSpec, minutes: number, from: Date | undefined): NoticeSchedule[] {
  const until = from && new Date(from.getTime() + 365 * DAY);
  const starts = openingsIn(spec, { start: from ?? new Date(0), end: until });
  return starts.map((start) => {
    const notice = noticeBefore(spec, start, minutes);
    return { expression: `at(${new Date(notice).toISOString().slice(0, 19)})`, timeZone: 'UTC', start: new Date(start) };
  // one that is due before the year begins comes too late to be set
  }).filter((_, i) => !from || noticeBefore(spec, starts[i], minutes) >= from.getTime());
}

function openingsIn(spec: ScheduleSpec, { start, end }: { start: Date; end?: Date }): number[] {
  return startsBetween(spec, start, end).map((opening) => opening.getTime());
}

function noticeBefore({ timeZone = 'UTC' }: ScheduleSpec, start: number, minutes: number): number {
  return instantOf(wallClock(start, timeZone) - minutes * MINUTE, timeZone);
}

function within(times: readonly number[]): number[] {
  const { start, end }: Span = REFERENCE_YEARS;
  return [...new Set(times)].filter((time) => time >= start.getTime() && time < end.getTime()).sort((a, b) => a - b);
}

function schedulerCron({ fields }: ParsedCron): string {
  const texts = (['minute', 'hour', 'day', 'month', 'weekDay', 'year'] as const).map((name) => fieldText(name, fields[name]));
  return `cron(${texts.join(' ')})`;
}
