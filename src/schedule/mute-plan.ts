import { earlierCrons, fieldText } from './earlier-crons';
import type { ParsedCron } from './engine/grammar';
import type { ScheduleSpec } from './engine/openings';
import { openingsBetween } from './engine/openings-between';
import { firstDifference } from './recurrence';
import type { Recurrence } from './recurrence';
import type { Span } from './reference-span';
import { REFERENCE_YEARS } from './reference-span';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The longest name of a time zone of a mute rule. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Schedule.html */
const MAX_ZONE = 50;

/** The schedule of one mute rule. */
export interface MuteSchedule {
  readonly expression: string;
  readonly timeZone: string;
  readonly minutes: number;
}

type Interval = readonly [start: number, end: number];

/**
 * Mute rules that recur and cover the openings with a margin on both sides, no more and no less, in the reference years.
 *
 * The times of a rule are taken to be those of a window with the same cron expression and time zone, also where clocks change.
 */
export function recurringMute(spec: ScheduleSpec, margin: number): Recurrence<MuteSchedule> {
  const earlier = earlierCrons(spec, margin, { dayWildcards: false });
  if ('reason' in earlier) {
    return earlier;
  }
  const { crons, timeZone } = earlier;
  if (timeZone.length > MAX_ZONE) {
    return { reason: `its time zone has more than ${MAX_ZONE} characters` };
  }
  const minutes = spec.durationHours * 60 + 2 * margin;
  // the borders of intervals that do not touch are in order
  const difference = firstDifference(
    covered(around(REFERENCE_YEARS), [spec], (opening) => withMargin(opening, margin)).flat(),
    covered(around(REFERENCE_YEARS), crons.map((schedule) => ({ schedule, timeZone, durationHours: 0, cutoffHours: 0 })),
      ({ start }) => [start.getTime(), start.getTime() + minutes * MINUTE]).flat(),
  );
  return difference === undefined
    ? { schedules: crons.map((cron) => ({ expression: muteCron(cron), timeZone, minutes })) }
    : { reason: `clocks change, such that it would not mute as it should at ${new Date(difference).toISOString()}` };
}

/** The openings of a year, each with a rule of its own, or of all time if there is only one. */
export function singleMutes(spec: ScheduleSpec, margin: number, from: Date | undefined): MuteSchedule[] {
  const until = from && new Date(from.getTime() + 365 * DAY);
  const found: MuteSchedule[] = [];
  // an opening before may still be muted
  const begin = new Date((from?.getTime() ?? 0) - (from ? DAY + margin * MINUTE : 0));
  for (const opening of openingsBetween(spec, begin, until)) {
    const [start, end] = withMargin(opening, margin);
    if (from === undefined || end > from.getTime()) {
      found.push({ expression: `at(${new Date(start).toISOString().slice(0, 16)})`, timeZone: 'UTC', minutes: (end - start) / MINUTE });
    }
  }
  return found;
}

/** In whole minutes, which is what a rule counts in. */
function withMargin({ start, end }: { start: Date; end: Date }, margin: number): Interval {
  return [Math.floor(start.getTime() / MINUTE - margin) * MINUTE, Math.ceil(end.getTime() / MINUTE + margin) * MINUTE];
}

function muteCron({ fields }: ParsedCron): string {
  const texts = (['minute', 'hour', 'day', 'month', 'weekDay'] as const).map((name) => fieldText(name, fields[name]));
  return `cron(${texts.map((text) => (text === '?' ? '*' : text)).join(' ')})`;
}

function around({ start, end }: Span): Span {
  return { start: new Date(start.getTime() - 30 * DAY), end: new Date(end.getTime() + 30 * DAY) };
}

/** The time in which one of some schedules is at work, as intervals that do not touch, within the reference years. */
function covered(span: Span, specs: readonly ScheduleSpec[], intervalOf: (opening: { start: Date; end: Date }) => Interval): Interval[] {
  const all = specs.flatMap((spec) => [...openingsBetween(spec, span.start, span.end)].map(intervalOf)).sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of all) {
    const last = merged[merged.length - 1];
    if (last !== undefined && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      merged.push([start, end]);
    }
  }
  const [from, to] = [REFERENCE_YEARS.start.getTime(), REFERENCE_YEARS.end.getTime()];
  return merged.filter(([start, end]) => end > from && start < to).map(([start, end]) => [Math.max(start, from), Math.min(end, to)]);
}
