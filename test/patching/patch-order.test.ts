import { patchOrder } from '../../src/patching/patch-order';
import type { PatchRing } from '../../src/patching/patch-order';
import { openingsAfterPatchTuesday, YEARS } from '../approval/patch-months';

const HOUR = 3_600_000;

function ring(days: number, delayDays: number, hour: number = 2, timeZone?: string): PatchRing {
  return { openings: openingsAfterPatchTuesday(days, hour, timeZone), durationHours: 4, delayDays };
}

test('with equal delays production installs first what is approved between the two openings', () => {
  expect(patchOrder(ring(1, 7), ring(6, 7), YEARS)).toEqual({
    month: '2027-01',
    opening: new Date('2027-01-18T02:00:00Z'),
    earlierOpening: new Date('2027-01-13T02:00:00Z'),
    missingDays: 5,
    delayToTake: 12,
  });
});

test('that is a sixth of all moments at which a patch becomes approved', () => {
  const [dev, prod] = [ring(1, 7), ring(6, 7)].map(({ openings }) => openings.map((opening) => opening.getTime()));
  let [moments, prodFirst] = [0, 0];
  for (let approved = YEARS.start.getTime(); approved < YEARS.end.getTime(); approved += HOUR) {
    const [inDev, inProd] = [dev, prod].map((openings) => openings.find((opening) => opening >= approved)!);
    moments++;
    prodFirst += inProd < inDev ? 1 : 0;
  }

  expect(Math.abs(prodFirst / moments - 0.166)).toBeLessThan(0.005);
});

test.each([
  ['as many days of delay as lie between the openings', ring(8, 7), ring(13, 12), undefined],
  ['more', ring(8, 7), ring(13, 13), undefined],
  ['a day less', ring(8, 7), ring(13, 11), { month: '2027-01', missingMinutes: 1440, delayToTake: 12 }],
  ['less, by an hour that a change of clocks takes', ring(8, 7, 2, 'Europe/Paris'), ring(20, 19, 2, 'Europe/Paris'),
    { month: '2027-11', missingMinutes: 60, delayToTake: 20 }],
  ['less, as it opens in the same hour while the earlier ring is open', ring(8, 7, 2), ring(8, 7, 4), { month: '2027-01', missingMinutes: 50_520, delayToTake: 43 }],
  ['none, as it opens as the earlier ring closes', ring(8, 7, 2), ring(8, 8, 6), undefined],
])('the order of patches with %s', (_name, earlier, later, expected) => {
  const found = patchOrder(earlier, later, YEARS);
  expect(found && { month: found.month, missingMinutes: Math.round(found.missingDays! * 1440), delayToTake: found.delayToTake }).toEqual(expected);
});

test('an opening that no opening of the earlier ring precedes has no delay that mends it', () => {
  const [first] = openingsAfterPatchTuesday(1, 2).slice(1);
  expect(patchOrder({ ...ring(8, 7), openings: [] }, ring(1, 7), YEARS))
    .toEqual({ month: '2027-01', opening: first, earlierOpening: undefined, missingDays: undefined, delayToTake: undefined });
});

test('looks at openings of the range only', () => {
  expect(patchOrder(ring(1, 7), ring(6, 7), { start: YEARS.start, end: new Date('2027-01-18T02:00:00Z') })).toBeUndefined();
  expect(patchOrder(ring(1, 7), ring(6, 7), { start: new Date('2027-01-18T02:00:01Z'), end: YEARS.end })).toMatchObject({ month: '2027-02' });
});
