import { Cron } from 'croner';
import { parseSchedule } from '../src/schedule/engine/grammar';
import type { ParsedCron } from '../src/schedule/engine/grammar';
import type { ScheduleSpec } from '../src/schedule/engine/openings';
import { openingsBetween } from '../src/schedule/engine/openings-between';
import { toPattern } from '../test/support/croner-times';

/*
 * How long it takes to compute one year of openings for 1,000 mixed windows, beside croner alone on the same patterns.
 */

const WINDOWS = 1_000;
const ROUNDS = 3;
const START = new Date('2027-01-01T00:00:00Z');
const END = new Date('2028-01-01T00:00:00Z');

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const LENGTHS = { durationHours: 3, cutoffHours: 1 };

interface BenchWindow extends ScheduleSpec {
  readonly schedule: ParsedCron;
  readonly timeZone: string;
}

/** Weekly, monthly, after Patch Tuesday, daily, on the last day, and on working days. */
function expressionOf(index: number): { expression: string; offsetDays?: number } {
  const [minute, hour, day] = [(index * 7) % 60, (index * 5) % 24, DAYS[index % 7]];
  switch (index % 6) {
    case 0: return { expression: `cron(${minute} ${hour} ? * ${day} *)` };
    case 1: return { expression: `cron(${minute} ${hour} ? * ${day}#${1 + index % 4} *)` };
    case 2: return { expression: `cron(${minute} ${hour} ? * TUE#2 *)`, offsetDays: 1 + index % 6 };
    case 3: return { expression: `cron(${minute} ${hour} * * ? *)` };
    case 4: return { expression: `cron(${minute} ${hour} L * ? *)` };
    default: return { expression: `cron(${minute} ${hour} ? 1/2 MON-FRI *)` };
  }
}

const windows = Array.from({ length: WINDOWS }, (_, index): BenchWindow => {
  const { expression, offsetDays } = expressionOf(index);
  return { schedule: parseSchedule(expression).schedule as ParsedCron, timeZone: ZONES[index % ZONES.length], offsetDays, ...LENGTHS };
});

function openings(): number {
  return windows.reduce((count, window) => count + [...openingsBetween(window, START, END)].length, 0);
}

function cronerAlone(): number {
  return windows.reduce((count, { schedule, timeZone }) => {
    const job = new Cron(toPattern(schedule), {
      timezone: timeZone, mode: '7-part', alternativeWeekdays: true, sloppyRanges: true, fixedTimeRule: 'no-wildcard', paused: true,
    });
    let found = 0;
    for (let time = job.nextRun(new Date(START.getTime() - 1)); time !== null && time < END; time = job.nextRun(time)) { found += 1; }
    return count + found;
  }, 0);
}

/** Processor time, which does not count what others do on the machine; the best of several rounds. */
function millisecondsOf(action: () => number): { found: number; milliseconds: number } {
  let [found, best] = [0, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = process.cpuUsage();
    found = action();
    const { user, system } = process.cpuUsage(begin);
    best = Math.min(best, (user + system) / 1_000);
  }
  return { found, milliseconds: best };
}

const ours = millisecondsOf(openings);
const alone = millisecondsOf(cronerAlone);
console.log(`${WINDOWS} windows, one year: ${ours.found} openings in ${Math.round(ours.milliseconds)} ms`);
console.log(`croner alone: ${alone.found} times in ${Math.round(alone.milliseconds)} ms`);
console.log(`ratio: ${(ours.milliseconds / alone.milliseconds).toFixed(2)}`);
