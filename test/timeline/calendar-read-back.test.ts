import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { MaintenanceWindow, MaintenanceWindowCalendar, MaintenanceWindowSchedule } from '../../src';
import { ICAL } from '../support/ical';

const RANGE = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2028-01-01T00:00:00Z') };

const SCHEDULES: [id: string, MaintenanceWindowSchedule][] = [
  ['Weekly', MaintenanceWindowSchedule.cron({ hour: '4', weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN })],
  ['Skipped', MaintenanceWindowSchedule.cron({ hour: '2', minute: '30', timeZone: TimeZone.AMERICA_NEW_YORK })],
  ['PatchTuesday', MaintenanceWindowSchedule.patchTuesday({ hour: '22', daysAfter: Duration.days(2), timeZone: TimeZone.ASIA_TOKYO })],
  ['Once', MaintenanceWindowSchedule.at(new Date('2027-06-01T00:00:30Z'))],
  ['Rate', MaintenanceWindowSchedule.rate(Duration.hours(36))],
  ['A,name;that\\needs-escaping and is so long that its line in the file must be folded: ä€😀', MaintenanceWindowSchedule.cron({ hour: '4', day: 'L' })],
];

function stackOfWindows(): Stack {
  const stack = new Stack(new App(), 'Stack');
  SCHEDULES.forEach(([id, schedule]) => new MaintenanceWindow(stack, id, { schedule, duration: Duration.hours(3), cutoff: Duration.hours(1) }));
  return stack;
}

/** The events of a calendar file, as a calendar program understands them. */
function events(text: string): { path: string; start: string; end: string }[] {
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(component => {
    const event = new ICAL.Event(component);
    return { path: event.summary, start: event.startDate.toJSDate().toISOString(), end: event.endDate.toJSDate().toISOString() };
  });
}

test('another program reads the times that preview tells', () => {
  // GIVEN
  const stack = stackOfWindows();

  // WHEN
  const read = events(MaintenanceWindowCalendar.of(stack).toICalendar(RANGE));

  // THEN
  for (const [id] of SCHEDULES) {
    const window = stack.node.findChild(id) as MaintenanceWindow;
    const expected = window.preview(RANGE).map(({ start, end }) => ({ path: window.node.path, start: start.toISOString(), end: end.toISOString() }));
    expect(expected.length).toBeGreaterThan(0);
    expect(read.filter(({ path }) => path === window.node.path)).toEqual(expected);
  }
  expect(read).toHaveLength(MaintenanceWindowCalendar.of(stack).entries(RANGE).length);
});

test('each event has an identifier of its own', () => {
  const calendar = new ICAL.Component(ICAL.parse(MaintenanceWindowCalendar.of(stackOfWindows()).toICalendar(RANGE)));
  const identifiers = calendar.getAllSubcomponents('vevent').map(component => component.getFirstPropertyValue('uid'));
  expect(new Set(identifiers).size).toBe(identifiers.length);
});
