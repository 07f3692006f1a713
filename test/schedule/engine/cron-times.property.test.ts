import * as fc from 'fast-check';
import { cronTimes } from '../../../src/schedule/engine/cron-times';
import { parseSchedule } from '../../../src/schedule/engine/grammar';
import type { ParsedCron } from '../../../src/schedule/engine/grammar';
import { cronTimes as peer } from '../../support/croner-times';
import '../../support/fast-check-seed';

const ZONES = [
  'UTC', 'Europe/Berlin', 'Europe/London', 'Europe/Dublin', 'America/New_York', 'America/Los_Angeles', 'America/St_Johns', 'America/Sao_Paulo', 'America/Santiago',
  'America/Havana', 'America/Asuncion', 'America/Caracas', 'America/Bogota', 'America/Godthab', 'America/Scoresbysund', 'Australia/Lord_Howe', 'Australia/Sydney',
  'Australia/Adelaide', 'Pacific/Apia', 'Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Kwajalein', 'Pacific/Fakaofo', 'Asia/Tehran', 'Asia/Kolkata',
  'Asia/Kathmandu', 'Asia/Tokyo', 'Asia/Shanghai', 'Asia/Gaza', 'Asia/Amman', 'Asia/Beirut', 'Asia/Damascus', 'Africa/Cairo', 'Africa/Casablanca', 'Africa/Monrovia',
  'Africa/Windhoek', 'Antarctica/Troll', 'Atlantic/Azores', 'Europe/Lisbon', '+05:30', '-03:00',
];

const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
const field = (min: number, max: number) => fc.oneof(
  fc.constant('*'), number(min, max), fc.array(number(min, max), { minLength: 1, maxLength: 3 }).map((list) => list.join(',')),
  fc.tuple(number(min, max), fc.integer({ min: 1, max: max - min }).map(String)).map(([from, step]) => `${from}/${step}`),
);
const range = (min: number, max: number) => fc.tuple(number(min, max), number(min, max)).map(([from, to]) => `${from}-${to}`);
const DAY = fc.oneof(field(1, 31), range(1, 31), fc.constantFrom('L', 'LW', 'L-3', 'L-10'), number(1, 31).map((day) => `${day}W`));
const WEEK_DAY = fc.oneof(
  field(1, 7), range(1, 7), fc.constantFrom('L'), number(1, 7).map((day) => `${day}L`),
  fc.tuple(number(1, 7), number(1, 5)).map(([day, nth]) => `${day}#${nth}`),
);
const DAYS = fc.oneof(DAY.map((day) => [day, '?']), WEEK_DAY.map((day) => ['?', day]));
const YEAR = fc.oneof(fc.constant('*'), fc.tuple(number(1970, 2040), number(2041, 2110)).map(([from, to]) => `${from}-${to}`));
const EXPRESSION = fc.tuple(field(0, 59), field(0, 23), DAYS, fc.oneof(field(1, 12), fc.constant('*')), YEAR)
  .map(([minute, hour, [day, weekDay], month, year]) => `cron(${minute} ${hour} ${day} ${month} ${weekDay} ${year})`);
/** Half of the instants are near a time of the year at which clocks change. */
const AFTER = fc.oneof(
  fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1_000 }).map((seconds) => seconds * 1_000),
  fc.tuple(fc.integer({ min: 1970, max: 2099 }), fc.constantFrom(2, 8, 9, 10), fc.integer({ min: 1, max: 31 }))
    .map(([year, month, day]) => Date.UTC(year, month, day)),
);

function first(times: Generator<Date>, count: number): string[] {
  const found: string[] = [];
  for (const time of times) {
    if (found.push(time.toISOString()) >= count) { break; }
  }
  return found;
}

test('the walk finds what a cron library finds', () => {
  fc.assert(fc.property(EXPRESSION, fc.constantFrom(...ZONES), AFTER, (expression, zone, after) => {
    const cron = parseSchedule(expression).schedule as ParsedCron;
    expect(first(cronTimes(cron, zone, new Date(after)), 12)).toEqual(first(peer(cron, zone, new Date(after)), 12));
  }), { numRuns: Number(process.env.CRON_RUNS ?? 400) });
});
