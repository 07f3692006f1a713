import { parseSchedule } from '../../src/schedule/engine/grammar';
import { firstOverlap } from '../../src/schedule/first-overlap';

const at = (text: string) => new Date(`${text}Z`);
const spec = (text: string, more: object = {}) => ({ schedule: parseSchedule(text).schedule!, durationHours: 2, cutoffHours: 0, ...more });

test.each([
  ['cron(0 4 ? * SUN *)', {}, 'cron(0 5 ? * SUN *)', {}, '2028-01-02T05:00:00.000Z'],
  ['cron(0 4 ? * SUN *)', {}, 'cron(0 6 ? * SUN *)', {}, undefined],
  ['cron(0 4 ? * SUN *)', {}, 'cron(59 5 ? * SUN *)', {}, '2028-01-02T05:59:00.000Z'],
  ['cron(0 4 ? * SUN *)', {}, 'cron(0 2 ? * SUN *)', {}, undefined],
  ['cron(0 4 ? * SUN *)', {}, 'cron(0 4 ? * MON *)', {}, undefined],
  // in winter both are at 03:00 UTC
  ['cron(0 4 ? * SUN *)', { timeZone: 'Europe/Berlin' }, 'cron(0 3 ? * SUN *)', { durationHours: 1 }, '2028-01-02T03:00:00.000Z'],
  // in summer only
  ['cron(0 4 ? * SUN *)', { timeZone: 'Europe/Berlin', durationHours: 1 }, 'cron(0 2 ? * SUN *)', { durationHours: 1 }, '2028-03-26T02:00:00.000Z'],
  ['cron(0 4 ? * TUE#2 *)', { offsetDays: 2 }, 'cron(0 4 ? * THU *)', {}, '2028-01-13T04:00:00.000Z'],
  // one that opened the day before is still open
  ['cron(0 20 ? * SUN *)', { durationHours: 24 }, 'at(2027-03-08T19:00:00)', {}, '2027-03-08T19:00:00.000Z'],
  ['at(2027-03-08T19:00:00)', {}, 'at(2027-03-08T20:59:59)', {}, '2027-03-08T20:59:59.000Z'],
  ['at(2027-03-08T19:00:00)', {}, 'at(2027-03-08T21:00:00)', {}, undefined],
  ['cron(0 4 * * ? 2031)', {}, 'cron(0 5 15 6 ? *)', {}, '2031-06-15T05:00:00.000Z'],
  ['cron(0 4 * * ? *)', { startDate: at('2031-01-01T00:00') }, 'cron(0 4 * * ? *)', { endDate: at('2030-12-31T00:00') }, undefined],
  ['rate(7 days)', { startDate: at('2027-03-07T04:00') }, 'cron(0 5 ? * SUN *)', {}, '2027-03-07T05:00:00.000Z'],
  ['rate(7 days)', {}, 'cron(0 5 * * ? *)', {}, undefined],
  ['cron(0 5 * * ? *)', {}, 'rate(7 days)', {}, undefined],
  ['cron(0 4 31 2 ? *)', {}, 'cron(0 4 * * ? *)', {}, undefined],
  ['cron(0 4 31 2 ? 2031)', {}, 'cron(0 4 * * ? *)', {}, undefined],
])('%s %j and %s %j', (a, moreA, b, moreB, expected) => {
  expect(firstOverlap(spec(a, moreA), spec(b, moreB))?.toISOString()).toBe(expected);
  expect(firstOverlap(spec(b, moreB), spec(a, moreA))?.toISOString()).toBe(expected);
});

describe('in a given time', () => {
  const [a, b] = [spec('cron(0 4 ? * SUN *)'), spec('cron(0 5 ? * SUN *)')];

  test.each([
    ['2027-03-07T04:00', '2027-03-07T05:01', '2027-03-07T05:00:00.000Z'],
    ['2027-03-07T04:00', '2027-03-07T05:00', undefined],
    // both are open already
    ['2027-03-07T05:30', '2027-03-08T00:00', '2027-03-07T05:30:00.000Z'],
    ['2027-03-07T06:00', '2027-03-08T00:00', undefined],
  ])('from %s to %s', (start, end, expected) => {
    expect(firstOverlap(a, b, { start: at(start), end: at(end) })?.toISOString()).toBe(expected);
  });
});
