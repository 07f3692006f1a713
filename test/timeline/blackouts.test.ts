import { fold } from '../../src/timeline/fold';
import { iCalendar } from '../../src/timeline/icalendar';
import type { TimelineEntry } from '../../src/timeline/timeline';
import { overlapsOf } from '../../src/timeline/timeline';
import { timelineHtml } from '../../src/timeline/timeline-html';
import { timelineText } from '../../src/timeline/timeline-text';
import { ICAL } from '../support/ical';

/*
 * What is in a black-out, in each output.
 */

const RANGE = { start: new Date('2027-03-01T00:00:00Z'), end: new Date('2027-03-15T00:00:00Z') };

function entry(path: string, start: string, blackout?: string): TimelineEntry {
  const end = new Date(Date.parse(start) + 2 * 3_600_000);
  return { path, start: new Date(start), cutoff: end, end, ...blackout !== undefined && { blackout } };
}

const CLOSED = entry('Prod', '2027-03-02T02:00:00Z', 'Audit; 1 & <2>, "3"');
const OPEN = entry('Prod', '2027-03-09T02:00:00Z');
const OTHER = entry('Test', '2027-03-02T03:00:00Z');

test('it overlaps with nothing', () => {
  expect([...overlapsOf([CLOSED, OTHER]).values()]).toEqual([[], []]);
});

test('it is told apart from what opens, and folded by itself', () => {
  const days = Array.from({ length: 12 }, (_, day) => entry('Prod', new Date(Date.UTC(2027, 2, 1 + day, 2)).toISOString(), day >= 4 && day < 8 ? 'Audit' : undefined));
  expect(fold(days).map(({ entries, repeats }) => [entries[0].start.getUTCDate(), entries.length, entries[0].blackout, repeats?.opens])).toEqual([
    [1, 4, undefined, 'every day 02:00'], [5, 4, 'Audit', 'every day 02:00'], [9, 4, undefined, 'every day 02:00'],
  ]);
});

test('the table has a column for the reason, and counts what opens', () => {
  expect(timelineText([CLOSED, OPEN, OTHER], RANGE)).toBe([
    '2 openings, and 1 in black-outs, from Mon 2027-03-01 00:00 to Mon 2027-03-15 00:00 UTC',
    '',
    'Window  Opens                 Last start before  Closes  Time zone  Opens (UTC)           Overlaps with  Does not open, black-out',
    'Prod    Tue 2027-03-02 02:00  04:00              04:00   UTC        Tue 2027-03-02 02:00                 Audit; 1 & <2>, "3"',
    'Test    Tue 2027-03-02 03:00  05:00              05:00   UTC        Tue 2027-03-02 03:00',
    'Prod    Tue 2027-03-09 02:00  04:00              04:00   UTC        Tue 2027-03-09 02:00',
    '',
  ].join('\n'));
});

test('a table without a black-out has no such column', () => {
  expect(timelineText([OPEN], RANGE)).not.toContain('black-out');
});

test('in a calendar file it is cancelled, and another program reads the reason', () => {
  const events = new ICAL.Component(ICAL.parse(iCalendar([CLOSED, OPEN], RANGE))).getAllSubcomponents('vevent');
  expect(events.map((event) => [event.getFirstPropertyValue('status'), event.getFirstPropertyValue('description')])).toEqual([
    ['CANCELLED', 'Does not open, in a black-out: Audit; 1 & <2>, "3". Opens Tue 2027-03-02 02:00 UTC, no task starts from 04:00, closes 04:00.'],
    [null, 'Opens Tue 2027-03-09 02:00 UTC, no task starts from 04:00, closes 04:00.'],
  ]);
});

describe('the page', () => {
  const html = timelineHtml([CLOSED, OPEN, OTHER], RANGE);

  test('has a bar of its own kind, whose label tells the reason', () => {
    const reason = 'Audit; 1 &amp; &lt;2&gt;, &quot;3&quot;';
    expect(html).toMatch(new RegExp('<a class="bar closed" href="#opening-1" style="[^"]*" '
      + `title="Prod: does not open, in a black-out: ${reason} \\(opens Tue 2027-03-02 02:00, no task starts from 04:00, closes 04:00 UTC\\)"`));
    expect(html).toContain('<span class="key closed"></span> in a black-out, does not open');
  });

  test('strikes its row through, and has a column for the reason', () => {
    expect(html).toContain('<th scope="col">Does not open, black-out</th>');
    expect(html).toContain('<tr id="opening-1" tabindex="-1" class="closed">');
    expect(html).toContain('<td data-heading="Does not open, black-out"><span>Audit; 1 &amp; &lt;2&gt;, &quot;3&quot;</span></td>');
    expect(html).toMatch(/tr\.closed td\[data-heading="Opens"\],[^{]*\{ text-decoration: line-through;/);
  });

  test('is as before without a black-out', () => {
    const page = timelineHtml([OPEN, OTHER], RANGE);
    expect(page).not.toContain('in a black-out');
    expect(page).not.toContain('Does not open, black-out');
  });
});
