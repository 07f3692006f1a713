import { Stack, TimeZone } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { Blackout, ChangeCalendar, MaintenanceWindowBlackouts } from '../../src';
import { changeCalendarContent } from '../../src/blackout/change-calendar-content';
import { templateOf, testStack } from '../support/app';
import { ICAL } from '../support/ical';
import { later } from '../support/tokens';

const SALE = Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-30T12:30:00Z'), 'Sale; 50%, all\\of it');
const DOCUMENT = 'AWS::SSM::Document';

function yearly(first: [number, number], last: [number, number], timeZone?: TimeZone): Blackout {
  const [firstDay, lastDay] = [first, last].map(([month, day]) => ({ month, day }));
  return Blackout.yearly({ firstDay, lastDay, timeZone, reason: 'Year-end' });
}

function contentOf(...blackouts: Blackout[]): string {
  return changeCalendarContent(blackouts.map(({ _dates }) => _dates));
}

/** Whether the calendar is closed at a time, as another program reads it. */
function isClosedAt(content: string, time: string): boolean {
  const instant = ICAL.Time.fromJSDate(new Date(time), true);
  return new ICAL.Component(ICAL.parse(content)).getAllSubcomponents('vevent').some((component) => {
    const event = new ICAL.Event(component);
    const iterator = event.iterator();
    for (let start = iterator.next(); start && start.compare(instant) <= 0; start = iterator.next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(start);
      if (startDate.compare(instant) <= 0 && endDate.compare(instant) > 0) return true;
    }
    return false;
  });
}

test('the content is that of an open calendar with an event for each black-out', () => {
  expect(contentOf(SALE, yearly([12, 20], [1, 6]))).toBe([
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_OPEN',
    'X-WR-CALDESC:Black-outs of maintenance windows',
    'X-CALENDAR-CMEVENTS:DISABLED',
    'BEGIN:VEVENT',
    'UID:20271126T000000Z-20271130T123000Z@cdk-ssm-maintenance-windows',
    'DTSTAMP:20271126T000000Z',
    'DTSTART:20271126T000000Z',
    'DTEND:20271130T123000Z',
    'SUMMARY:Sale\\; 50%\\, all\\\\of it',
    'X-EVENT-TYPE:STANDARD',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:20011220T000000Z-20020107T000000Z-yearly@cdk-ssm-maintenance-windows',
    'DTSTAMP:20011220T000000Z',
    'DTSTART:20011220T000000Z',
    'DTEND:20020107T000000Z',
    'RRULE:FREQ=YEARLY',
    'SUMMARY:Year-end',
    'X-EVENT-TYPE:STANDARD',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'));
});

describe('another program finds the calendar closed', () => {
  test('in a black-out', () => {
    const content = contentOf(SALE);
    expect(['2027-11-25T23:59:59Z', '2027-11-26T00:00:00Z', '2027-11-30T12:29:59Z', '2027-11-30T12:30:00Z'].map((time) => isClosedAt(content, time)))
      .toEqual([false, true, true, false]);
  });

  test('each year, on the clock of the zone', () => {
    const content = contentOf(yearly([12, 20], [1, 6], TimeZone.EUROPE_PARIS));
    expect(['2026-12-19T22:59:59Z', '2026-12-19T23:00:00Z', '2031-01-06T22:59:59Z', '2031-01-06T23:00:00Z'].map((time) => isClosedAt(content, time)))
      .toEqual([false, true, true, false]);
  });

  test('in a zone whose day begins in the year before', () => {
    const content = contentOf(yearly([1, 1], [1, 3], TimeZone.ASIA_TOKYO));
    expect(['2027-12-31T14:59:59Z', '2027-12-31T15:00:00Z', '2028-01-03T14:59:59Z', '2028-01-03T15:00:00Z'].map((time) => isClosedAt(content, time)))
      .toEqual([false, true, true, false]);
  });

  test('for at least as long as the black-out, where years differ', () => {
    // the clocks are set forward on 26 March 2028: that day ends an hour earlier than in other years
    const clocks = contentOf(yearly([3, 26], [3, 26], TimeZone.EUROPE_PARIS));
    expect(['2028-03-25T22:59:59Z', '2028-03-25T23:00:00Z', '2028-03-26T21:59:59Z', '2029-03-25T22:00:00Z', '2029-03-26T21:59:59Z', '2030-03-25T22:59:59Z',
      '2030-03-25T23:00:00Z', '2030-03-26T22:59:59Z', '2030-03-26T23:00:00Z'].map((time) => isClosedAt(clocks, time)))
      .toEqual([true, true, true, true, true, true, true, true, false]);
    const leap = contentOf(yearly([2, 20], [3, 3]));
    expect(['2028-03-03T23:59:59Z', '2028-03-04T00:00:00Z', '2029-03-03T23:59:59Z', '2029-03-04T23:59:59Z', '2029-03-05T00:00:00Z'].map((time) => isClosedAt(leap, time)))
      .toEqual([true, false, true, true, false]);
  });

  test('each year from 29 February on', () => {
    const content = contentOf(yearly([2, 29], [3, 5]));
    expect(['2027-03-01T00:00:00Z', '2027-03-05T23:59:59Z', '2028-02-29T00:00:00Z', '2028-03-05T23:59:59Z'].map((time) => isClosedAt(content, time)))
      .toEqual([true, true, true, true]);
  });
});

test('one black-out of two scopes is one event', () => {
  expect(contentOf(SALE, SALE)).toBe(contentOf(SALE));
});

test('required properties alone make a calendar of the scopes around it, also of what is added later', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const calendar = new ChangeCalendar(stack, 'Freezes');
  MaintenanceWindowBlackouts.add(stack, [SALE]);

  // THEN
  const template = templateOf(stack);
  const documents = template.findResources(DOCUMENT);
  expect(Object.values(template.toJSON().Resources)).toHaveLength(1);
  const [[id, { Properties }]] = Object.entries(documents);
  expect(Properties).toEqual({ Content: contentOf(SALE), DocumentFormat: 'TEXT', DocumentType: 'ChangeCalendar', UpdateMethod: 'NewVersion' });
  expect(stack.resolve(calendar.changeCalendarName)).toEqual({ Ref: id });
  expect(stack.resolve(calendar.changeCalendarArn)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:document/', { Ref: id }]],
  });
});

test('all properties are rendered', () => {
  const stack = testStack();
  new ChangeCalendar(stack, 'Freezes', { blackouts: [SALE], calendarName: 'freezes' });
  templateOf(stack).hasResourceProperties(DOCUMENT, { Content: contentOf(SALE), Name: 'freezes' });
});

test('a calendar has no black-outs of other scopes', () => {
  const stack = testStack();
  MaintenanceWindowBlackouts.add(testStack('Other', { app: stack.node.root as App }), [SALE]);
  new ChangeCalendar(stack, 'One', { blackouts: [SALE] });
  new ChangeCalendar(stack, 'Two');
  const contents = Object.values(templateOf(stack).findResources(DOCUMENT)).map(({ Properties }) => Properties.Content);
  expect(contents).toEqual([contentOf(SALE), contentOf()]);
});

test('a name that is known only at deployment passes', () => {
  expect(() => new ChangeCalendar(testStack(), 'Freezes', { calendarName: later() })).not.toThrow();
});

test.each([
  ['ab', "'calendarName' must be 3 to 128 letters, digits, \"_\", \"-\" and \".\", got \"ab\""],
  ['a b c', "'calendarName' must be 3 to 128 letters, digits, \"_\", \"-\" and \".\", got \"a b c\""],
  [7, "'calendarName' must be a string, got 7"],
])('rejects the name %j', (calendarName, message) => {
  expect(() => new ChangeCalendar(new Stack(), 'Freezes', { calendarName: calendarName as string })).toThrow(message);
});

test('a calendar rejects what is no black-out', () => {
  expect(() => new ChangeCalendar(new Stack(), 'Freezes', { blackouts: [{} as Blackout] })).toThrow("'blackouts[0]' must be a Blackout, got ");
});
