import { closedBecause } from '../../../src/schedule/engine/closures';
import type { WindowSwitch } from '../../../src/schedule/engine/closures';
import { parseSchedule } from '../../../src/schedule/engine/grammar';
import { openingsBetween, scheduledBetween } from '../../../src/schedule/engine/openings-between';

function off(expression: string, { reason = 'Freeze', timeZone }: { reason?: string; timeZone?: string } = {}): WindowSwitch {
  return { schedule: parseSchedule(expression).schedule!, timeZone, enabled: false, reason };
}

function on(expression: string, timeZone?: string): WindowSwitch {
  return { ...off(expression, { timeZone }), enabled: true };
}

function reasonAt(switches: readonly WindowSwitch[], time: string): string | undefined {
  return closedBecause(switches, new Date(time));
}

test('a window is on before anything turns it off', () => {
  expect(reasonAt([], '2027-01-01T00:00:00Z')).toBeUndefined();
  expect(reasonAt([off('at(2027-06-01T00:00:00)')], '2027-05-31T23:59:59Z')).toBeUndefined();
  expect(reasonAt([on('at(2027-06-01T00:00:00)')], '2027-06-02T00:00:00Z')).toBeUndefined();
});

test('a window is off from the time at which it is turned off, up to the time at which it is turned on', () => {
  const switches = [off('at(2027-06-01T00:00:00)'), on('at(2027-06-03T00:00:00)')];
  expect(reasonAt(switches, '2027-06-01T00:00:00Z')).toBe('Freeze');
  expect(reasonAt(switches, '2027-06-02T23:59:59.999Z')).toBe('Freeze');
  expect(reasonAt(switches, '2027-06-03T00:00:00Z')).toBeUndefined();
});

test('what is turned off once stays off for years', () => {
  expect(reasonAt([off('at(2027-06-01T00:00:00)')], '2047-06-02T00:00:00Z')).toBe('Freeze');
});

test('a time in the year before counts', () => {
  const switches = [off('cron(0 0 20 12 ? *)', { timeZone: 'Europe/Paris' }), on('cron(0 0 7 1 ? *)', 'Europe/Paris')];
  expect(['2027-12-19T22:59:59Z', '2027-12-19T23:00:00Z', '2028-01-06T22:59:59Z', '2028-01-06T23:00:00Z'].map((time) => reasonAt(switches, time)))
    .toEqual([undefined, 'Freeze', 'Freeze', undefined]);
});

test('a window that is turned off and on at once is off', () => {
  const switches = [on('at(2027-06-01T00:00:00)'), off('at(2027-06-01T00:00:00)')];
  expect(reasonAt(switches, '2027-06-01T00:00:00Z')).toBe('Freeze');
  expect(reasonAt([...switches].reverse(), '2027-06-01T00:00:00Z')).toBe('Freeze');
});

test('each reason counts from its own time on', () => {
  const switches = [off('at(2027-06-01T00:00:00)'), off('at(2027-06-02T00:00:00)', { reason: 'Sale' }), off('at(2027-06-03T00:00:00)')];
  expect(reasonAt(switches, '2027-06-01T12:00:00Z')).toBe('Freeze');
  expect(reasonAt(switches, '2027-06-03T12:00:00Z')).toBe('Freeze, Sale');
});

test('a rate turns nothing off', () => {
  expect(reasonAt([off('rate(1 day)')], '2027-06-01T12:00:00Z')).toBeUndefined();
});

describe('of a schedule', () => {
  const spec = {
    schedule: parseSchedule('cron(0 2 * * ? *)').schedule!,
    durationHours: 2,
    cutoffHours: 0,
    switches: [off('at(2027-06-02T00:00:00)'), on('at(2027-06-03T00:00:00)')],
  };
  const RANGE = [new Date('2027-06-01T00:00:00Z'), new Date('2027-06-04T00:00:00Z')] as const;

  test('what would start while the window is off is told with the reason', () => {
    expect([...scheduledBetween(spec, ...RANGE)].map(({ start, blackout }) => [start.getUTCDate(), blackout])).toEqual([[1, undefined], [2, 'Freeze'], [3, undefined]]);
  });

  test('only what is left opens', () => {
    expect([...openingsBetween(spec, ...RANGE)].map(({ start }) => start.getUTCDate())).toEqual([1, 3]);
  });
});
