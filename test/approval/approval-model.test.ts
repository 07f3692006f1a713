import { LIVES, openingsAfterPatchTuesday, YEARS } from './patch-months';
import type { Approval } from '../../src/approval/approval-model';
import { approvalsOf, approvedAt, firstMissed, newestApproved, releasesBetween } from '../../src/approval/approval-model';

const RELEASES = releasesBetween(YEARS.start, YEARS.end);

/** Of the openings after the 24 releases, those that install the update of their own month. */
function ownMonth(days: number, delayDays: number, timeZone: string): Approval[] {
  const openings = openingsAfterPatchTuesday(days, 2, timeZone).slice(1, 25);
  return approvalsOf(openings, { delayDays })
    .filter(({ reason, release }, index) => reason === undefined && release.getTime() === RELEASES[index].getTime());
}

test('publishes at 10:00 in Los Angeles on the second Tuesday', () => {
  expect(RELEASES).toHaveLength(24);
  expect(releasesBetween(new Date('2027-02-09T18:00:00Z'), new Date('2027-04-13T17:00:00Z')).map((release) => release.toISOString()))
    .toEqual(['2027-02-09T18:00:00.000Z', '2027-03-09T18:00:00.000Z']);
  expect(releasesBetween(new Date('2027-10-12T17:00:00Z'), new Date('2027-10-12T17:00:01Z'))).toEqual([new Date('2027-10-12T17:00:00Z')]);
  expect(releasesBetween(new Date('2027-10-12T17:00:00Z'), new Date('2027-10-12T17:00:00Z'))).toEqual([]);
  expect(releasesBetween(new Date('2027-10-12T17:00:00Z'), new Date('2027-01-12T17:00:00Z'))).toEqual([]);
});

const ALL = 24;
/** 02:00 in Tokyo is the hour of the release in summer, and an hour before it in winter. */
const SUMMER = 15;

test.each([
  ['UTC', 0, 1, [0]],
  ['UTC', 3, 4, [0, 0, 0, 0]],
  ['UTC', 7, 8, [0, 0, 0, 0, 0, 0, 0, 0]],
  ['Asia/Tokyo', 0, 2, [0, SUMMER]],
  ['Asia/Tokyo', 3, 5, [0, 0, 0, 0, SUMMER]],
  ['Asia/Tokyo', 7, 9, [0, 0, 0, 0, 0, 0, 0, 0, SUMMER]],
])('at 02:00 in %s, with a delay of %i days, finds every update from %i days after Patch Tuesday on', (zone, delayDays, first, before) => {
  const counts = Array.from({ length: 21 }, (_, days) => ownMonth(days, delayDays, zone).length);

  expect(counts).toEqual([...before, ...Array<number>(21 - first).fill(ALL)]);
});

test('finds with the default delay, 8 days after Patch Tuesday, what is 7.3 to 7.4 days old', () => {
  const ages = ownMonth(8, 7, 'UTC').map((approval) => approval.reason === undefined ? approval.ageDays : NaN);

  expect(new Set(ages)).toEqual(new Set([7 + 8 / 24, 7 + 9 / 24]));
});

test('finds the update of the month before when it opens before the release', () => {
  const [december, january] = [new Date('2026-12-08T18:00:00Z'), new Date('2027-01-12T18:00:00Z')];

  expect(newestApproved(new Date('2027-01-12T02:00:00Z'), { delayDays: 7 })).toEqual({ release: december, ageDays: 34 + 8 / 24 });
  expect(newestApproved(january, { delayDays: 7 })).toBeUndefined();
});

test.each([
  ['on the minute of the approval', '2027-01-19T18:00:00Z', 7],
  ['a millisecond before it', '2027-01-19T17:59:59.999Z', undefined],
])('approves a release after whole times 24 hours: %s', (_name, opening, ageDays) => {
  expect(newestApproved(new Date(opening), { delayDays: 7 })?.ageDays).toBe(ageDays);
});

describe('up to a fixed date', () => {
  const opening = new Date('2027-01-20T02:00:00Z');
  const release = new Date('2027-01-12T18:00:00Z');

  test.each(['2027-01-12T00:00:00Z', '2027-01-12T23:00:00Z', '2027-01-13T00:00:00Z'])('%s, what was released on that day is approved at once', (date) => {
    const rule = { approveUntil: new Date(date) };
    expect(newestApproved(opening, rule)).toEqual({ release, ageDays: 7 + 8 / 24 });
    expect(approvedAt(release, rule)).toEqual(release);
  });

  test('what was released later is never approved, nor is what it replaced', () => {
    const rule = { approveUntil: new Date('2027-01-11T23:59:59Z') };
    expect(approvalsOf([opening], rule)).toEqual([{ opening, release, reason: 'afterApproveUntil' }]);
    expect(approvedAt(release, rule)).toBeUndefined();
  });

  test('of releases at any time, those of the day are installed', () => {
    expect(approvalsOf([new Date('2027-01-20T00:00:00Z'), new Date('2027-01-12T06:00:00Z')], { approveUntil: new Date('2027-01-12T00:00:00Z') }, 'continuous'))
      .toEqual([
        expect.objectContaining({ release: new Date('2027-01-12T23:59:59.999Z'), ageDays: expect.closeTo(7, 6) }),
        expect.objectContaining({ release: new Date('2027-01-12T06:00:00Z'), ageDays: 0 }),
      ]);
  });
});

test('tells why an opening installs nothing, and when it would', () => {
  const [opening] = openingsAfterPatchTuesday(6, 2).slice(1);
  expect(approvalsOf([opening], { delayDays: 7 }))
    .toEqual([{ opening, release: RELEASES[0], reason: 'notYetApproved', approvedAt: new Date('2027-01-19T18:00:00Z') }]);
});

test('keeps older versions of Linux installable: what it installs is as old as the delay', () => {
  const [opening] = openingsAfterPatchTuesday(1, 2).slice(1);
  expect(approvalsOf([opening], { delayDays: 7 }, 'continuous')).toEqual([{ opening, release: new Date('2027-01-06T02:00:00Z'), ageDays: 7 }]);
});

describe('the first month that is missed', () => {
  test.each([
    [1, 0, undefined],
    [8, 7, undefined],
    [20, 19, undefined],
    [1, 7, { daysToAdd: 7, delayToTake: 0 }],
    [6, 7, { daysToAdd: 2, delayToTake: 5 }],
    [7, 7, { daysToAdd: 1, delayToTake: 6 }],
    // what opens before the release finds that of the month before, four to five weeks old
    [0, 7, undefined],
    [8, 30, { daysToAdd: undefined, delayToTake: 7 }],
  ])('when it opens %i days after Patch Tuesday with a delay of %i', (days, delayDays, expected) => {
    const missed = firstMissed({ openings: openingsAfterPatchTuesday(days, 2).slice(days === 0 ? 0 : 1), rule: { delayDays } }, LIVES);
    expect(missed && { daysToAdd: missed.daysToAdd, delayToTake: missed.delayToTake }).toEqual(expected);
  });

  test('is named with its times', () => {
    expect(firstMissed({ openings: openingsAfterPatchTuesday(1, 2), rule: { delayDays: 7 } }, LIVES)).toEqual({
      month: '2027-01',
      release: RELEASES[0],
      approvedAt: new Date('2027-01-19T18:00:00Z'),
      replacedAt: new Date('2027-02-09T18:00:00Z'),
      daysToAdd: 7,
      delayToTake: 0,
    });
  });

  test('is the first of winter in Tokyo, and a day more mends it', () => {
    const openings = openingsAfterPatchTuesday(8, 2, 'Asia/Tokyo');
    expect(firstMissed({ openings, rule: { delayDays: 7 }, timeZone: 'Asia/Tokyo' }, { ...LIVES, start: new Date('2027-04-01T00:00:00Z') }))
      .toMatchObject({ month: '2027-11', daysToAdd: 1, delayToTake: 6 });
  });

  test('moves openings on the calendar of their zone', () => {
    // 09:00 in Los Angeles is an hour before the release in winter and summer, also when the clocks change between them
    const openings = openingsAfterPatchTuesday(1, 9, 'America/Los_Angeles');
    const rule = { delayDays: 5 };
    expect(firstMissed({ openings, rule, timeZone: 'America/Los_Angeles' }, LIVES)).toMatchObject({ daysToAdd: 5, delayToTake: 0 });
  });

  test('is the first after a fixed date, and only another rule mends it', () => {
    const missed = firstMissed({ openings: openingsAfterPatchTuesday(8, 2), rule: { approveUntil: new Date('2027-06-30T00:00:00Z') } }, LIVES);
    expect(missed).toEqual({ month: '2027-07', release: RELEASES[6], replacedAt: RELEASES[7], daysToAdd: undefined, delayToTake: undefined, approvedAt: undefined });
  });

  test('is not one that is replaced after the range', () => {
    expect(firstMissed({ openings: [], rule: { delayDays: 0 } }, { start: RELEASES[0], end: RELEASES[1] })).toMatchObject({ month: '2027-01' });
    expect(firstMissed({ openings: [], rule: { delayDays: 0 } }, { start: RELEASES[0], end: new Date(RELEASES[1].getTime() - 1) })).toBeUndefined();
  });
});
