import { iCalendar } from '../../src/timeline/icalendar';
import type { TimelineEntry } from '../../src/timeline/timeline';

const RANGE = { start: new Date('2027-03-01T00:00:00Z'), end: new Date('2027-04-01T00:00:00Z') };

function entry(path: string): TimelineEntry {
  return {
    path,
    timeZone: 'Europe/Berlin',
    start: new Date('2027-03-28T02:00:00Z'),
    cutoff: new Date('2027-03-28T04:00:00Z'),
    end: new Date('2027-03-28T05:00:00Z'),
  };
}

/** The lines before folding. */
function unfold(text: string): string[] {
  return text.replace(/\r\n /g, '').split('\r\n');
}

test('an opening is an event in UTC', () => {
  expect(iCalendar([entry('Prod/Weekly')], RANGE)).toBe([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//cdk-ssm-maintenance-windows//calendar//EN',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    'UID:20270328T020000Z-Prod/Weekly@cdk-ssm-maintenance-windows',
    'DTSTAMP:20270301T000000Z',
    'DTSTART:20270328T020000Z',
    'DTEND:20270328T050000Z',
    'SUMMARY:Prod/Weekly',
    'DESCRIPTION:Opens Sun 2027-03-28 04:00 Europe/Berlin\\, no task starts from ',
    ' 06:00\\, closes 07:00.',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'));
});

test('no opening is a calendar without events', () => {
  expect(unfold(iCalendar([], RANGE))).not.toContain('BEGIN:VEVENT');
});

test('the order of the entries does not matter', () => {
  expect(iCalendar([entry('B'), entry('A')], RANGE)).toBe(iCalendar([entry('A'), entry('B')], RANGE));
});

test('what a name holds is escaped', () => {
  const lines = unfold(iCalendar([entry('a,b;c\\d\ne\r\nf\u0007 ü')], RANGE));

  expect(lines).toContain('SUMMARY:a\\,b\\;c\\\\d\\ne\\nf ü');
  expect(lines).toContain('UID:20270328T020000Z-a%00002cb%00003bc%00005cd%00000ae%00000d%00000af%000007%000020%0000fc@cdk-ssm-maintenance-windows');
});

test('the time zone is UTC unless given', () => {
  const { timeZone: _, ...rest } = entry('A');

  expect(unfold(iCalendar([rest], RANGE))).toContain('DESCRIPTION:Opens Sun 2027-03-28 02:00 UTC\\, no task starts from 04:00\\, closes 05:00.');
});

test.each(['x'.repeat(300), 'ü'.repeat(150), `${'x'.repeat(66)}🪟🪟🪟`])('long lines are folded at 75 octets between characters: %s', path => {
  const text = iCalendar([entry(path)], RANGE);

  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toContain('\ufffd');
  }
  expect(unfold(text)).toContain(`SUMMARY:${path}`);
});

test('the description tells what is installed', () => {
  const patchApprovals = [{ operatingSystem: 'WINDOWS', status: 'approved' as const, release: new Date('2027-03-09T18:00:00Z'), ageDays: 18.3 }];

  expect(unfold(iCalendar([{ ...entry('A'), patchApprovals }], RANGE))).toContain(
    'DESCRIPTION:Opens Sun 2027-03-28 04:00 Europe/Berlin\\, no task starts from 06:00\\, closes 07:00. '
    + 'Installs at most: update of 2027-03-09\\, 18.3 days old (computed from the documents of AWS).');
});
