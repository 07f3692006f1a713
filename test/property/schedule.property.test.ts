import * as fc from 'fast-check';
import type { CronFieldName, CronTerm } from '../../src/schedule/engine/fields';
import { CRON_FIELDS, parseCronField } from '../../src/schedule/engine/fields';
import { parseSchedule } from '../../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../../src/schedule/engine/openings';
import { openings } from '../../src/schedule/engine/openings';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 1_000) };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One element of a field and, apart from the engine, what it means for a value. */
interface Element {
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

/** A day field and, apart from the engine, the dates that it means. */
interface DayField {
  readonly day: string;
  readonly weekDay: string;
  readonly holds: (year: number, month: number, day: number) => boolean;
}

function element(min: number, max: number): fc.Arbitrary<Element> {
  const value = fc.integer({ min, max });
  const step = fc.integer({ min: 1, max: max - min });
  return fc.oneof(
    fc.constant({ text: '*', holds: () => true }),
    value.map(a => ({ text: `${a}`, holds: (v: number) => v === a })),
    value.map(a => ({ text: `${a}`.padStart(2, '0'), holds: (v: number) => v === a })),
    fc.tuple(value, value).map(([a, b]) => ({
      text: `${a}-${b}`,
      holds: (v: number) => a <= b ? v >= a && v <= b : v >= a || v <= b,
    })),
    fc.tuple(value, step).map(([a, s]) => ({ text: `${a}/${s}`, holds: (v: number) => v >= a && (v - a) % s === 0 })),
    step.map(s => ({ text: `*/${s}`, holds: (v: number) => (v - min) % s === 0 })),
    fc.tuple(value, value, step).filter(([a, b]) => a <= b).map(([a, b, s]) => ({
      text: `${a}-${b}/${s}`,
      holds: (v: number) => v >= a && v <= b && (v - a) % s === 0,
    })),
  );
}

function list(min: number, max: number): fc.Arbitrary<Element> {
  return fc.array(element(min, max), { minLength: 1, maxLength: 3 }).map(elements => ({
    text: elements.map(({ text }) => text).join(','),
    holds: value => elements.some(({ holds }) => holds(value)),
  }));
}

const WEEK = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function weekDayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

function lengthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The working day next to a day, by looking at all days of the month. */
function workingDay(year: number, month: number, day: number): number {
  let best = NaN;
  for (let candidate = 1; candidate <= lengthOf(year, month); candidate++) {
    const isWorking = ![0, 6].includes(weekDayOf(year, month, candidate));
    if (isWorking && (Number.isNaN(best) || Math.abs(candidate - day) < Math.abs(best - day))) best = candidate;
  }
  return best;
}

const days: fc.Arbitrary<DayField> = fc.oneof(
  list(1, 31).map(({ text, holds }) => ({ day: text, weekDay: '?', holds: (_y: number, _m: number, d: number) => holds(d) })),
  list(1, 7).map(({ text, holds }) => ({ day: '?', weekDay: text, holds: (y: number, m: number, d: number) => holds(weekDayOf(y, m, d) + 1) })),
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 })).map(([w, n]) => ({
    day: '?', weekDay: `${WEEK[w]}#${n}`, holds: (y: number, m: number, d: number) => weekDayOf(y, m, d) === w && Math.ceil(d / 7) === n,
  })),
  fc.integer({ min: 0, max: 6 }).map(w => ({
    day: '?', weekDay: `${w + 1}L`, holds: (y: number, m: number, d: number) => weekDayOf(y, m, d) === w && d + 7 > lengthOf(y, m),
  })),
  fc.integer({ min: 0, max: 30 }).map(n => ({
    day: `L-${n}`, weekDay: '?', holds: (y: number, m: number, d: number) => d === lengthOf(y, m) - n,
  })),
  fc.integer({ min: 0, max: 30 }).map(n => ({
    day: `L-${n}W`,
    weekDay: '?',
    holds: (y: number, m: number, d: number) => lengthOf(y, m) > n && d === workingDay(y, m, lengthOf(y, m) - n),
  })),
  fc.tuple(fc.integer({ min: 1, max: 31 }), element(1, 31)).map(([n, other]) => ({
    day: `LW,${n}W,${other.text}`,
    weekDay: '?',
    holds: (y: number, m: number, d: number) =>
      d === workingDay(y, m, lengthOf(y, m)) || (n <= lengthOf(y, m) && d === workingDay(y, m, n)) || other.holds(d),
  })),
);

interface Cron {
  readonly expression: string;
  /** Whether the cron runs on the date of a local time, given as milliseconds of UTC. */
  readonly holdsDate: (wall: number) => boolean;
  readonly holdsTime: (sinceMidnight: number) => boolean;
}

const cron = cronOf(list(0, 59), list(0, 23));

function cronOf(minutes: fc.Arbitrary<Element>, hours: fc.Arbitrary<Element>): fc.Arbitrary<Cron> {
  return fc.tuple(minutes, hours, days, list(1, 12)).map(fields => toCron(...fields));
}

function toCron(minute: Element, hour: Element, { day, weekDay, holds }: DayField, month: Element): Cron {
  const holdsDate = (wall: number) => {
    const date = new Date(wall);
    return month.holds(date.getUTCMonth() + 1) && holds(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  };
  return {
    expression: `cron(${minute.text} ${hour.text} ${day} ${month.text} ${weekDay} *)`,
    holdsDate,
    holdsTime: sinceMidnight => sinceMidnight % MINUTE === 0
      && hour.holds(Math.floor(sinceMidnight / HOUR)) && minute.holds(Math.floor(sinceMidnight % HOUR / MINUTE)),
  };
}

/** Enough of a year's times to compare. */
const MAX_TIMES = 60;

/** Every minute of the days on which the cron runs, looked at one by one. */
function bruteForce({ holdsDate, holdsTime }: Cron, start: number, end: number): number[] {
  const times = [];
  for (let day = start; day < end; day += DAY) {
    if (!holdsDate(day)) continue;
    for (let minute = 0; minute < DAY; minute += MINUTE) {
      if (holdsTime(minute)) times.push(day + minute);
      if (times.length === MAX_TIMES) return times;
    }
  }
  return times;
}

function search(expression: string, start: number, end: number, rest: Partial<ScheduleSpec> = {}): number[] {
  const times = [];
  const spec: ScheduleSpec = { durationHours: 1, cutoffHours: 0, ...rest, schedule: parseSchedule(expression).schedule! };
  for (const opening of openings(spec, new Date(start - 1))) {
    if (opening.start.getTime() >= end || times.length === MAX_TIMES) break;
    times.push(opening.start.getTime());
  }
  return times;
}

const year = fc.integer({ min: 2020, max: 2110 }).map(y => Date.UTC(y, 0, 1));

describe('openings', () => {
  test('the arbitrary makes legal expressions', () => {
    fc.assert(fc.property(cron, ({ expression }) => {
      expect(parseSchedule(expression).faults.filter(fault => fault.severity === 'error')).toEqual([]);
    }), RUNS);
  });

  test('agree with brute force over one year', () => {
    fc.assert(fc.property(cron, year, (each, start) => {
      expect(search(each.expression, start, start + 365 * DAY)).toEqual(bruteForce(each, start, start + 365 * DAY));
    }), RUNS);
  });

  test('are shifted by the offset of a zone without changes of the clocks', () => {
    const zones = fc.constantFrom<[string, number]>(['Asia/Kolkata', 330], ['Etc/GMT+5', -300], ['-03:30', -210], ['Asia/Tokyo', 540], ['Asia/Kathmandu', 345]);
    fc.assert(fc.property(cron, zones, year, ({ expression }, [timeZone, minutes], start) => {
      const shifted = search(expression, start - minutes * MINUTE, start + 365 * DAY - minutes * MINUTE, { timeZone });

      expect(shifted.map(time => time + minutes * MINUTE)).toEqual(search(expression, start, start + 365 * DAY));
    }), RUNS);
  });

  test('rise strictly and match the fields on the clock of any zone', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Chatham', 'Africa/Cairo', 'America/St_Johns');
    fc.assert(fc.property(cron, zones, year, ({ expression, holdsDate, holdsTime }, timeZone, start) => {
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
      const times = search(expression, start, start + 365 * DAY, { timeZone });

      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
      const walls = times.map(time => Date.parse(`${clock.format(time).replace(' ', 'T')}Z`));
      expect(walls.filter(wall => !holdsDate(wall) || !holdsTime(wall % DAY))).toEqual([]);
    }), RUNS);
  });

  test('after an offset rise strictly, as many days later as the offset says', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const halfHours = fc.constant({ text: '0,30', holds: (minute: number) => minute % 30 === 0 });
    const crons = cronOf(halfHours, element(0, 23));
    let compared = 0;
    fc.assert(fc.property(crons, zones, year, fc.integer({ min: 1, max: 6 }), ({ expression }, timeZone, start, offsetDays) => {
      const plain = search(expression, start, start + 100 * DAY, { timeZone });
      const later = search(expression, start, start + 100 * DAY, { timeZone, offsetDays });

      expect(later).toEqual([...new Set(later)].sort((a, b) => a - b));
      const looked = plain.slice(0, later.length / 2);
      compared += looked.length;
      const lost = looked.filter(base => !later.some(time => Math.abs(time - base - offsetDays * DAY) <= HOUR));
      expect(lost).toEqual([]);
    }), RUNS);
    expect(compared).toBeGreaterThan(100);
  });

  test('of a rate keep their distance from its start', () => {
    const unit = fc.constantFrom<[string, number]>(['minutes', MINUTE], ['hours', HOUR], ['days', DAY]);
    const waits = fc.integer({ min: 0, max: 400 * DAY });
    fc.assert(fc.property(fc.integer({ min: 2, max: 500 }), unit, year, waits, (value, [name, length], created, wait) => {
      const { schedule } = parseSchedule(`rate(${value} ${name})`);
      const after = new Date(created + wait);
      const { value: first } = openings({ schedule: schedule!, durationHours: 1, cutoffHours: 0 }, after, new Date(created)).next();

      expect((first!.start.getTime() - created) % (value * length)).toBe(0);
      expect(first!.start.getTime()).toBeGreaterThan(after.getTime());
      expect(first!.start.getTime() - after.getTime()).toBeLessThanOrEqual(value * length);
    }), RUNS);
  });
});

describe('parsing', () => {
  function term(field: CronFieldName): fc.Arbitrary<CronTerm> {
    const { min, max, maxStep } = CRON_FIELDS[field];
    const value = fc.integer({ min, max });
    const step = fc.integer({ min: 1, max: maxStep });
    return fc.oneof(
      fc.record({ kind: fc.constant('every' as const), step }),
      fc.record({ kind: fc.constant('range' as const), from: value, to: value, step: fc.constant(1) }),
      fc.record({ kind: fc.constant('range' as const), from: value, to: value, step }),
    ).filter(each => field !== 'year' || each.kind !== 'range' || each.from <= each.to);
  }

  function print(field: CronFieldName, each: CronTerm, useNames: boolean): string {
    const { min, names } = CRON_FIELDS[field];
    const name = (value: number) => useNames && names.length > 0 ? names[value - min] : `${value}`;
    switch (each.kind) {
      case 'every': return each.step === 1 ? '*' : `*/${each.step}`;
      case 'range': return each.from === each.to && each.step === 1 ? name(each.from) : `${name(each.from)}-${name(each.to)}${each.step === 1 ? '' : `/${each.step}`}`;
      case 'nthWeekDay': return `${name(each.weekDay)}#${each.nth}`;
      case 'lastWeekDay': return `${name(each.weekDay)}L`;
      case 'nearestWeekday': return `${each.day}W`;
      case 'lastDay': return `L${each.before > 0 ? `-${each.before}` : ''}${each.weekday ? 'W' : ''}`;
      case 'unspecified': return '?';
    }
  }

  test.each(Object.keys(CRON_FIELDS) as CronFieldName[])('gives back the printed terms of the field %s', field => {
    fc.assert(fc.property(fc.array(term(field), { minLength: 1, maxLength: 4 }), fc.boolean(), (terms, useNames) => {
      const text = terms.map(each => print(field, each, useNames)).join(',');

      expect(parseCronField(field, text)).toEqual({ terms });
      expect(parseCronField(field, text.toLowerCase())).toEqual({ terms });
    }), RUNS);
  });

  const special: fc.Arbitrary<[CronFieldName, CronTerm]> = fc.oneof(
    fc.constantFrom<CronFieldName>('day', 'weekDay').map((field): [CronFieldName, CronTerm] => [field, { kind: 'unspecified' }]),
    fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 })).map(([weekDay, nth]): [CronFieldName, CronTerm] => ['weekDay', { kind: 'nthWeekDay', weekDay, nth }]),
    fc.integer({ min: 1, max: 7 }).map((weekDay): [CronFieldName, CronTerm] => ['weekDay', { kind: 'lastWeekDay', weekDay }]),
    fc.integer({ min: 1, max: 31 }).map((day): [CronFieldName, CronTerm] => ['day', { kind: 'nearestWeekday', day }]),
    fc.tuple(fc.integer({ min: 0, max: 30 }), fc.boolean()).map(([before, weekday]): [CronFieldName, CronTerm] => ['day', { kind: 'lastDay', before, weekday }]),
  );

  test('gives back the special terms of the day fields', () => {
    fc.assert(fc.property(special, fc.boolean(), ([field, each], useNames) => {
      expect(parseCronField(field, print(field, each, useNames))).toEqual({ terms: [each] });
    }), RUNS);
  });

  test('tells of any text a fault inside it, or nothing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789*?,-/LW# SUNAPR()'.split('')), maxLength: 40 });
    fc.assert(fc.property(text, body => {
      const expression = `cron(${body})`;
      const { schedule, faults } = parseSchedule(expression);

      expect(schedule === undefined).toBe(faults.some(fault => fault.severity === 'error'));
      for (const fault of faults) {
        expect(fault.position).toBeGreaterThanOrEqual(1);
        expect(expression.slice(fault.position! - 1)).toContain(fault.got);
        expect(expression.slice(fault.position! - 1).startsWith(fault.got)).toBe(true);
      }
    }), RUNS);
  });
});
