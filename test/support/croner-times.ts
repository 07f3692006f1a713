import { Cron } from 'croner';
import { isFixedTime } from '../../src/schedule/engine/cron-times';
import { CRON_FIELDS, expandRange } from '../../src/schedule/engine/fields';
import type { CronFieldName, CronTerm } from '../../src/schedule/engine/fields';
import type { ParsedCron } from '../../src/schedule/engine/grammar';
import { fixedOffsetMinutes, instantOf, wallClock } from '../../src/schedule/engine/time-zone';

/*
 * The times of a cron by a library for crons, to compare the walk of the schedule engine with.
 */

const DAY = 86_400_000;
const ORDER: readonly CronFieldName[] = ['second', 'minute', 'hour', 'day', 'month', 'weekDay', 'year'];

/** The times of a cron strictly after an instant, up to the last year that the service knows. */
export function* cronTimes(cron: ParsedCron, timeZone: string, after: Date): Generator<Date> {
  const utcOffset = fixedOffsetMinutes(timeZone);
  const job = new Cron(toPattern(cron), {
    ...(utcOffset === undefined ? { timezone: timeZone } : { utcOffset }),
    mode: '7-part',
    alternativeWeekdays: true,
    sloppyRanges: true,
    fixedTimeRule: 'no-wildcard',
    paused: true,
  });
  // croner moves a fixed time in a gap to the gap's end, where it does not match
  const canMove = utcOffset === undefined && isFixedTime(cron);
  const counted = cron.fields.day.some(isCounted);
  for (let time = job.nextRun(after); time !== null; time = job.nextRun(time)) {
    if (canMove && !job.match(time)) continue;
    if (counted) {
      const wall = wallClock(time.getTime(), timeZone);
      if (!isDay(cron.fields.day, new Date(wall))) {
        time = new Date(instantOf(Math.floor(wall / DAY) * DAY + DAY, timeZone) - 1);
        continue;
      }
    }
    yield time;
  }
}

export function toPattern({ fields }: ParsedCron): string {
  return ORDER.map(field => {
    const terms = field === 'day' && fields.day.some(isCounted) ? fields.day.flatMap(possibleDays) : fields[field];
    return terms.map(term => toElement(field, term)).join(',');
  }).join(' ');
}

function toElement(field: CronFieldName, term: CronTerm): string {
  const { min, max } = CRON_FIELDS[field];
  switch (term.kind) {
    case 'unspecified': return '*';
    case 'every': {
      const all = field === 'year' ? `${min}-${max}` : '*';
      return term.step === 1 ? all : `${all}/${term.step}`;
    }
    case 'range': {
      const step = term.step === 1 ? '' : `/${term.step}`;
      if (term.from <= term.to) return term.from === term.to ? `${term.from}` : `${term.from}-${term.to}${step}`;
      const wrapped = min + (term.step - 1 - (max - term.from) % term.step);
      return `${term.from}-${max}${step}${wrapped <= term.to ? `,${wrapped}-${term.to}${step}` : ''}`;
    }
    case 'lastDay': return field === 'weekDay' ? `${max}` : term.weekday ? 'LW' : 'L';
    case 'nearestWeekday': return `${term.day}W`;
    case 'lastWeekDay': return `${term.weekDay}#L`;
    case 'nthWeekDay': return `${term.weekDay}#${term.nth}`;
  }
}

/** Days counted from the month's end, `L-3`, have no notation in croner, nor has `LW` in a list. */
function isCounted(term: CronTerm, _index: number, terms: readonly CronTerm[]): boolean {
  return term.kind === 'lastDay' && (term.before > 0 || (term.weekday && terms.length > 1));
}

/** The days on which a term can fall in any month. */
function possibleDays(term: CronTerm): CronTerm[] {
  if (term.kind !== 'lastDay') return [term];
  const slack = term.weekday ? 2 : 0;
  return [{ kind: 'range', from: Math.max(1, 28 - term.before - slack), to: Math.min(31, 31 - term.before + slack), step: 1 }];
}

function isDay(terms: readonly CronTerm[], date: Date): boolean {
  const day = date.getUTCDate();
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return terms.some(term => {
    switch (term.kind) {
      case 'every': return (day - 1) % term.step === 0;
      case 'range': return expandRange('day', term).includes(day);
      case 'lastDay': return term.before < length && day === (term.weekday ? nearestWeekday(date, length - term.before, length) : length - term.before);
      case 'nearestWeekday': return term.day <= length && day === nearestWeekday(date, term.day, length);
      default: return false;
    }
  });
}

/** The day from Monday to Friday nearest to a day, without leaving the month. */
function nearestWeekday(month: Date, day: number, length: number): number {
  const weekDay = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), day)).getUTCDay();
  if (weekDay === 6) return day === 1 ? 3 : day - 1;
  if (weekDay === 0) return day === length ? day - 2 : day + 1;
  return day;
}
