import { isFixedTime, timesOfDay } from './engine/cron-times';
import { CRON_FIELDS } from './engine/fields';
import type { CronFieldName, CronTerm } from './engine/fields';
import type { ParsedCron } from './engine/grammar';
import { valuesOf } from './engine/grammar';
import type { ScheduleSpec } from './engine/openings';
import { fixedOffsetMinutes } from './engine/time-zone';

const MINUTE = 60_000;
const MINUTES_OF_DAY = 24 * 60;
/** Days that every month has. */
const SHORTEST_MONTH = 28;

/** Crons that together come a fixed time before each opening, or why there are none. */
type EarlierCrons = { readonly crons: readonly ParsedCron[]; readonly timeZone: string } | { readonly reason: string };

/** What a scheduler takes in the fields of days. */
interface Dialect {
  /** Whether it takes `#`, `L` and `W`. */
  readonly dayWildcards: boolean;
}

/** Days that a cron can say of another one, moved on by a number of days. */
type Days = Pick<ParsedCron['fields'], 'day' | 'month' | 'weekDay'>;

const EVERY: readonly CronTerm[] = [{ kind: 'every', step: 1 }];
const UNSPECIFIED: readonly CronTerm[] = [{ kind: 'unspecified' }];

/**
 * The crons that come `minutes` before the openings, by the clock on the wall. Whether they come before each of them, also where clocks change,
 * is for the caller to prove by the engine.
 */
export function earlierCrons(spec: ScheduleSpec, minutes: number, dialect: Dialect): EarlierCrons {
  const { schedule, offsetDays, startDate, endDate, timeZone = 'UTC' } = spec;
  if (schedule.kind !== 'cron') {
    return { reason: `the schedule is ${schedule.kind === 'at' ? 'a single time' : 'a rate'}` };
  }
  if (offsetDays) {
    return { reason: 'the schedule has an offset' };
  }
  if (startDate ?? endDate) {
    return { reason: 'the window has a start or an end' };
  }
  if (!isEvery('year', schedule)) {
    return { reason: 'the schedule has certain years' };
  }
  if (valuesOf('second', schedule.fields.second).join() !== '0') {
    return { reason: 'the schedule has seconds' };
  }
  const fixed = fixedOffsetMinutes(timeZone);
  // a rule has names of zones only, so what is ahead of UTC by a fixed time becomes UTC
  const groups = groupByTime(schedule, minutes + (fixed ?? 0));
  const crons: ParsedCron[] = [];
  for (const { shift, minute, hours } of groups) {
    const days = movedDays(schedule, shift, dialect);
    if ('reason' in days) {
      return days;
    }
    crons.push({ kind: 'cron', fields: { ...days, second: [single(0)], minute: [single(minute)], hour: hours.map(single), year: EVERY } });
  }
  return { crons, timeZone: fixed === undefined ? timeZone : 'UTC' };
}

/** Times of the day that one cron can say: with the same minute, moved on by as many days. */
function groupByTime(cron: ParsedCron, minutes: number): { shift: number; minute: number; hours: number[] }[] {
  const groups = new Map<string, { shift: number; minute: number; hours: number[] }>();
  for (const time of timesOfDay(cron)) {
    const moved = time / MINUTE - minutes;
    // every day moved on by some is every day
    const shift = isEveryDay(cron) ? 0 : Math.floor(moved / MINUTES_OF_DAY);
    const ofDay = ((moved % MINUTES_OF_DAY) + MINUTES_OF_DAY) % MINUTES_OF_DAY;
    const key = [shift, ofDay % 60].join();
    const group = groups.get(key) ?? { shift, minute: ofDay % 60, hours: [] };
    groups.set(key, group);
    group.hours.push(Math.floor(ofDay / 60));
  }
  return [...groups.values()].map((group) => ({ ...group, hours: [...new Set(group.hours)].sort((a, b) => a - b) }));
}

function movedDays(cron: ParsedCron, shift: number, { dayWildcards }: Dialect): Days | { reason: string } {
  const { day, weekDay } = cron.fields;
  const special = [...day, ...weekDay].some(({ kind }) => !['every', 'range', 'unspecified'].includes(kind));
  if (special && (shift !== 0 || !dayWildcards)) {
    return { reason: `the schedule has '#', 'L' or 'W'${dayWildcards ? ' and it begins on an earlier day' : ''}` };
  }
  if (shift === 0) {
    return { day: listed('day', cron), month: listed('month', cron), weekDay: listed('weekDay', cron) };
  }
  if (weekDay[0].kind !== 'unspecified') {
    return isEvery('month', cron)
      ? { day: UNSPECIFIED, month: EVERY, weekDay: valuesOf('weekDay', weekDay).map((value) => single(((value - 1 + shift) % 7 + 7) % 7 + 1)) }
      : { reason: 'the schedule has certain months and it begins on an earlier day' };
  }
  const given = valuesOf('day', day);
  const days = given.map((value) => value + shift);
  return [...given, ...days].every((value) => value >= 1 && value <= SHORTEST_MONTH)
    ? { day: days.map(single), month: listed('month', cron), weekDay: UNSPECIFIED }
    : { reason: 'the schedule has days at an end of a month and it begins on another day' };
}

function isEveryDay(cron: ParsedCron): boolean {
  return isEvery('month', cron) && (['day', 'weekDay'] as const).every((name) => cron.fields[name][0].kind === 'unspecified' || isEvery(name, cron));
}

function isEvery(name: CronFieldName, { fields }: ParsedCron): boolean {
  const { min, max } = CRON_FIELDS[name];
  return valuesOf(name, fields[name]).length === max - min + 1;
}

/** A field as single values: ranges through the end of a field and increments are not known everywhere. */
function listed(name: 'day' | 'month' | 'weekDay', cron: ParsedCron): readonly CronTerm[] {
  const terms = cron.fields[name];
  if (terms[0].kind === 'unspecified') {
    return UNSPECIFIED;
  }
  const special = terms.some(({ kind }) => !['every', 'range'].includes(kind));
  return special ? terms : isEvery(name, cron) ? EVERY : valuesOf(name, terms).map(single);
}

function single(value: number): CronTerm {
  return { kind: 'range', from: value, to: value, step: 1 };
}

/** A field as text, of the terms that `earlierCrons` leaves. */
export function fieldText(name: CronFieldName, terms: readonly CronTerm[]): string {
  const { names, min } = CRON_FIELDS[name];
  const nameOf = (value: number) => names[value - min] ?? String(value);
  return terms.map((term) => {
    switch (term.kind) {
      case 'every': return '*';
      case 'unspecified': return '?';
      case 'range': return nameOf(term.from);
      case 'lastDay': return `L${term.before > 0 ? `-${term.before}` : ''}${term.weekday ? 'W' : ''}`;
      case 'nearestWeekday': return `${term.day}W`;
      case 'lastWeekDay': return `${nameOf(term.weekDay)}L`;
      case 'nthWeekDay': return `${nameOf(term.weekDay)}#${term.nth}`;
    }
  }).join(',');
}

/** The one time of the day at which a window opens, in minutes, if there is only one. */
export function onlyTime({ schedule }: ScheduleSpec): number | undefined {
  const times = schedule.kind === 'cron' && isFixedTime(schedule) ? timesOfDay(schedule) : [];
  return times.length === 1 ? Math.floor(times[0] / MINUTE) : undefined;
}
