import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { Blackout, MaintenanceWindow, MaintenanceWindowBlackouts, MaintenanceWindowCalendar, MaintenanceWindowSchedule, TargetSelector } from '../../src';
import type { MaintenanceWindowProps } from '../../src';
import { testStack, warningsOf } from '../support/app';
import { later } from '../support/tokens';

/*
 * What a window and the calendar make of black-outs.
 */

function between(from: string, to: string, reason: string = 'Freeze'): Blackout {
  return Blackout.between(new Date(from), new Date(to), reason);
}

function nightly(scope: Stack, id: string, hour: string, props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow(scope, id, { schedule: MaintenanceWindowSchedule.cron({ hour }), duration: Duration.hours(2), ...props });
}

/** Warnings that are added at the end of synthesis. */
function warningsAtEnd(stack: Stack): string[] {
  stack.node.findAll().forEach(({ node }) => node.validate());
  return warningsOf(stack);
}

const WEEK = { start: new Date('2027-06-01T00:00:00Z'), end: new Date('2027-06-08T00:00:00Z') };
const TWO_DAYS = between('2027-06-03T00:00:00Z', '2027-06-05T00:00:00Z');

test('a preview tells occurrences in a black-out, with the reason', () => {
  const window = nightly(testStack(), 'Window', '2', { blackouts: [TWO_DAYS] });
  expect(window.preview(WEEK).map(({ start, blackout }) => [start.getUTCDate(), blackout])).toEqual(
    [[1, undefined], [2, undefined], [3, 'Freeze'], [4, 'Freeze'], [5, undefined], [6, undefined], [7, undefined]]);
});

test('an occurrence at the very beginning of a black-out is in it, and one at its very end is not', () => {
  const window = nightly(testStack(), 'Window', '0', { blackouts: [TWO_DAYS] });
  expect(window.preview(WEEK).filter(({ blackout }) => blackout).map(({ start }) => start.getUTCDate())).toEqual([3, 4]);
});

test('an occurrence that is open when the black-out begins stays', () => {
  const window = nightly(testStack(), 'Window', '23', { blackouts: [TWO_DAYS] });
  expect(window.preview(WEEK).filter(({ blackout }) => blackout).map(({ start }) => start.getUTCDate())).toEqual([3, 4]);
});

test('the calendar tells them too, and does not count them as overlaps', () => {
  const stack = testStack();
  [nightly(stack, 'One', '2'), nightly(stack, 'Two', '3')].forEach((window) => MaintenanceWindowBlackouts.add(window, [TWO_DAYS]));
  const calendar = MaintenanceWindowCalendar.of(stack);
  expect(calendar.entries(WEEK).filter(({ occurrence }) => occurrence.blackout === 'Freeze')).toHaveLength(4);
  expect(calendar.overlaps(WEEK).map(([{ occurrence }]) => occurrence.start.getUTCDate())).toEqual([1, 2, 5, 6, 7]);
});

describe('the order of windows', () => {
  test('holds for what is left', () => {
    const stack = testStack();
    // without the black-out, production opens on the third while development is open
    const dev = nightly(stack, 'Dev', '2');
    const prod = new MaintenanceWindow(stack, 'Prod', {
      schedule: MaintenanceWindowSchedule.expression('cron(0 3,6 * * ? *)'),
      duration: Duration.hours(1),
      blackouts: [1, 2, 3, 4, 5, 6, 7].map((day) => between(`2027-06-0${day}T02:30:00Z`, `2027-06-0${day}T05:00:00Z`)),
    });
    expect(() => MaintenanceWindowCalendar.assertOrder([dev, prod], WEEK)).not.toThrow();
  });

  test('fails where a black-out takes what should come first', () => {
    const stack = testStack();
    const dev = nightly(stack, 'Dev', '2', { blackouts: [TWO_DAYS] });
    const prod = nightly(stack, 'Prod', '6');
    expect(() => MaintenanceWindowCalendar.assertOrder([dev, prod], WEEK)).toThrow("'Stack/Dev' must end before 'Stack/Prod' starts, "
      + "got an occurrence of 'Stack/Prod' at 2027-06-03T06:00:00.000Z without an occurrence of 'Stack/Dev' since the one before, at 2027-06-02T06:00:00.000Z");
  });
});

describe('windows that are open together on the same targets', () => {
  const selector = TargetSelector.tags({ env: ['prod'] });

  function overlapping(blackouts: Blackout[]): Stack {
    const stack = testStack();
    ['2', '3'].forEach((hour, i) => nightly(stack, `Window${i}`, hour, i === 1 ? { blackouts } : {}).addTarget('Target', { selector }));
    return stack;
  }

  test('cause a warning in spite of black-outs that leave some', () => {
    const yearly = Blackout.yearly({ firstDay: { month: 1, day: 1 }, lastDay: { month: 3, day: 31 }, reason: 'Quarter' });
    expect(warningsAtEnd(overlapping([yearly])).some((warning) => warning.includes('2028-04-01T03:00:00.000Z'))).toBe(true);
  });

  test('cause none where the black-outs leave no such time', () => {
    const stack = testStack();
    const [monthly, yearly] = [{ day: '15', month: '6' }, { day: '15' }].map((cron) => MaintenanceWindowSchedule.cron({ ...cron, hour: '2' }));
    const june = Blackout.yearly({ firstDay: { month: 6, day: 10 }, lastDay: { month: 6, day: 20 }, reason: 'Inventory' });
    nightly(stack, 'Once', '2', { schedule: monthly }).addTarget('Target', { selector });
    nightly(stack, 'Monthly', '2', { schedule: yearly, blackouts: [june] }).addTarget('Target', { selector });
    expect(warningsAtEnd(stack)).toEqual([]);
  });
});

describe('warnings', () => {
  test('a window that no occurrence is left of', () => {
    const stack = testStack();
    nightly(stack, 'Window', '2', { schedule: MaintenanceWindowSchedule.at(new Date('2027-06-03T02:00:00Z')) });
    MaintenanceWindowBlackouts.add(stack, [TWO_DAYS]);
    expect(warningsAtEnd(stack)).toEqual(["'blackouts' should leave the window a time to open at, got expression \"at(2027-06-03T02:00:00)\", each occurrence of which from "
      + '2027-06-03T02:00:00.000Z to 2029-06-03T02:00:00.000Z is in a black-out, the first for "Freeze", shorten the black-outs or choose another schedule']);
  });

  test('black-outs that cover the year', () => {
    const stack = testStack();
    nightly(stack, 'Window', '2', { blackouts: [Blackout.yearly({ firstDay: { month: 1, day: 1 }, lastDay: { month: 12, day: 31 }, reason: 'Frozen' })] });
    expect(warningsAtEnd(stack)).toEqual(["'blackouts' should leave the window a time to open at, got expression \"cron(0 2 * * ? *)\", each occurrence of which from "
      + '2028-01-01T00:00:00.000Z to 2030-01-01T00:00:00.000Z is in a black-out, the first for "Frozen", shorten the black-outs or choose another schedule']);
  });

  test('an occurrence that is open when a black-out begins', () => {
    const stack = testStack();
    nightly(stack, 'Window', '23', { blackouts: [TWO_DAYS] });
    expect(warningsAtEnd(stack)).toEqual(["'blackouts' should begin while the window is closed, got \"Freeze\" from 2027-06-03T00:00:00.000Z, at which an occurrence "
      + 'from 2027-06-02T23:00:00.000Z to 2027-06-03T01:00:00.000Z is open, which goes on to its end, begin the black-out earlier']);
  });

  test.each([
    ['an occurrence that has just ended', nightly, '22'],
    ['an occurrence at the beginning', nightly, '0'],
  ])('none of %s', (_, make, hour) => {
    const stack = testStack();
    make(stack, 'Window', hour, { blackouts: [TWO_DAYS] });
    expect(warningsAtEnd(stack)).toEqual([]);
  });

  test('none of a rate, which counts from a time that nobody knows, and none of a schedule known only at deployment', () => {
    const stack = testStack();
    nightly(stack, 'Rate', '2', { schedule: MaintenanceWindowSchedule.rate(Duration.hours(4)), blackouts: [TWO_DAYS] });
    nightly(stack, 'Later', '2', { schedule: MaintenanceWindowSchedule.expression(later()), blackouts: [TWO_DAYS] });
    expect(warningsAtEnd(stack)).toEqual([]);
  });
});
