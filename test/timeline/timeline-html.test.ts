import type { TimelineEntry } from '../../src/timeline/timeline';
import { timelineHtml } from '../../src/timeline/timeline-html';

const RANGE = { start: new Date('2027-03-22T00:00:00Z'), end: new Date('2027-04-04T22:00:00Z') };

function entry(path: string, start: string, hours: number, cutoffHours: number, timeZone?: string): TimelineEntry {
  const end = Date.parse(start) + hours * 3_600_000;
  return { path, timeZone, start: new Date(start), cutoff: new Date(end - cutoffHours * 3_600_000), end: new Date(end) };
}

function bars(html: string): string[] {
  return html.match(/<a class="bar.*?<\/a>/g) ?? [];
}

function lanes(html: string): string[] {
  return [...html.matchAll(/<span class="name">(.*?)<\/span>/g)].map(match => match[1]);
}

test('every week has one lane for each window', () => {
  const html = timelineHtml([
    entry('Prod/A', '2027-03-23T02:00:00Z', 3, 1),
    entry('Prod/B', '2027-03-24T02:00:00Z', 3, 1),
    entry('Prod/A', '2027-03-30T02:00:00Z', 3, 1),
  ], RANGE);

  expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(match => match[1])).toEqual(['Week of 2027-03-22', 'Week of 2027-03-29']);
  expect(lanes(html)).toEqual(['Prod/<wbr>A', 'Prod/<wbr>B', 'Prod/<wbr>A', 'Prod/<wbr>B']);
  expect(bars(html)).toHaveLength(3);
});

test('a bar stands where the window opens, with the part after the cutoff apart', () => {
  // GIVEN a window from the middle of the week, for an eighth of it
  const html = timelineHtml([entry('A', '2027-03-25T12:00:00Z', 21, 7)], RANGE);

  // THEN
  expect(bars(html)).toHaveLength(1);
  expect(bars(html)[0]).toContain('style="left:50%;width:12.5%"');
  expect(bars(html)[0]).toContain('<b style="width:66.667%"></b>');
});

test('a bar tells its times to those who do not see it and leads to its row', () => {
  const html = timelineHtml([
    entry('A', '2027-03-28T02:00:00Z', 3, 1, 'Europe/Berlin'),
    entry('B', '2027-03-28T04:00:00Z', 3, 1),
  ], RANGE);

  expect(bars(html)[0]).toContain('href="#opening-1"');
  expect(bars(html)[0]).toContain(
    'aria-label="A: opens Sun 2027-03-28 04:00, no task starts from 06:00, closes 07:00 Europe/Berlin (Sun 2027-03-28 02:00 UTC), overlaps with B"');
  expect(bars(html)[1]).toContain('aria-label="B: opens Sun 2027-03-28 04:00, no task starts from 06:00, closes 07:00 UTC, overlaps with A"');
  expect(html).toContain('<tr id="opening-1" tabindex="-1" class="overlap">');
  expect(bars(html).every(bar => bar.includes('class="bar overlap"'))).toBe(true);
});

test('windows that are not open together are not marked', () => {
  const html = timelineHtml([entry('A', '2027-03-28T02:00:00Z', 2, 1), entry('B', '2027-03-28T04:00:00Z', 2, 1)], RANGE);

  expect(bars(html).every(bar => bar.includes('class="bar"'))).toBe(true);
  expect(html).toContain('<tr id="opening-1" tabindex="-1"><th scope="row">A</th>');
});

test('the table has local times and UTC, and nothing in the place of no overlap', () => {
  const html = timelineHtml([entry('A', '2027-03-28T02:00:00Z', 3, 1, 'Europe/Berlin')], RANGE);

  expect(html).toContain('<td data-heading="Opens"><span><span class="date">Sun 2027-03-28</span> 04:00</span></td>'
    + '<td data-heading="Last start before"><span>06:00</span></td><td data-heading="Closes"><span>07:00</span></td>'
    + '<td data-heading="Time zone"><span>Europe/Berlin</span></td>'
    + '<td data-heading="UTC"><span><span class="date">Sun 2027-03-28</span> 02:00 – 05:00</span></td>'
    + '<td data-heading="Overlaps with"></td>');
});

test('days are those of the zone that all windows share', () => {
  const html = timelineHtml([entry('A', '2027-03-28T02:00:00Z', 2, 1, 'Europe/Berlin')], RANGE);

  expect(html).toContain('days in Europe/Berlin.');
  // the week in which the clocks go forward has 167 hours, and Sunday begins after 144 of them
  expect(html).toContain('<span style="left:86.228%">Sun<small> 28</small></span>');
});

test('days are in UTC when the zones differ', () => {
  const html = timelineHtml([
    entry('A', '2027-03-28T02:00:00Z', 2, 1, 'Europe/Berlin'),
    entry('B', '2027-03-28T02:00:00Z', 2, 1, 'Asia/Tokyo'),
  ], RANGE);

  expect(html).toContain('days in UTC.');
});

test('a window that is open over midnight from Sunday to Monday has a bar in both weeks', () => {
  const html = timelineHtml([entry('A', '2027-03-28T22:00:00Z', 4, 1)], RANGE);

  expect(bars(html).map(bar => /style="(.*?)"/.exec(bar)![1])).toEqual(['left:98.81%;width:1.19%', 'left:0%;width:1.19%']);
  expect(bars(html).map(bar => /<b style="(.*?)"/.exec(bar)![1])).toEqual(['width:100%', 'width:50%']);
});

test('a week without openings says so', () => {
  const html = timelineHtml([entry('A', '2027-03-30T02:00:00Z', 2, 1)], RANGE);

  expect(html).toContain('<h2>Week of 2027-03-22</h2>\n<p>No window opens.</p>');
});

test('no opening at all is said in words', () => {
  const html = timelineHtml([], RANGE);

  expect(html).toContain('<p>No window opens in this time.</p>');
  expect(html).not.toContain('<table');
});

test('names are text, never markup', () => {
  const html = timelineHtml([entry('<script>alert("1")</script>&\'', '2027-03-30T02:00:00Z', 2, 1)], RANGE);

  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/<wbr>script&gt;&amp;&#39;');
});

test('the page fits a phone and dark mode, and loads nothing', () => {
  const html = timelineHtml([entry('A', '2027-03-30T02:00:00Z', 2, 1)], RANGE);

  expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  expect(html).toContain('@media (prefers-color-scheme: dark)');
  expect(html).toContain('<html lang="en">');
  expect(html).not.toMatch(/https?:|url\(|@import|<script|src=/);
});

test('each link leads to a row of the page', () => {
  const html = timelineHtml([entry('A', '2027-03-30T02:00:00Z', 2, 1), entry('B', '2027-03-23T02:00:00Z', 2, 1)], RANGE);
  const links = [...html.matchAll(/href="#(.*?)"/g)].map(match => match[1]);

  expect(links).toEqual(['opening-1', 'opening-2']);
  expect(links.every(id => html.includes(`<tr id="${id}"`))).toBe(true);
});

test('what opens every day is one row, to which all its bars lead', () => {
  const daily = Array.from({ length: 7 }, (_, day) => entry('Daily', `2027-03-2${day + 2}T12:00:00Z`, 3, 1));
  const html = timelineHtml([...daily, entry('Weekly', '2027-03-24T14:00:00Z', 3, 1)], RANGE);

  expect(bars(html).map(bar => /href="#(.*?)"/.exec(bar)![1])).toEqual([...Array.from({ length: 7 }, () => 'opening-1'), 'opening-2']);
  expect(html.match(/<tr id/g)).toHaveLength(2);
  expect(html).toContain('<td data-heading="Opens"><span>every day 12:00</span></td><td data-heading="Last start before"><span>14:00</span></td>'
    + '<td data-heading="Closes"><span>15:00</span></td><td data-heading="Time zone"><span>UTC</span></td>'
    + '<td data-heading="UTC"><span><span class="date">Mon 2027-03-22</span> 12:00 to <span class="date">Sun 2027-03-28</span> 12:00 (7 times)</span></td>'
    + '<td data-heading="Overlaps with"><span>Weekly</span></td>');
  expect(bars(html)[0]).not.toContain('overlaps');
  expect(bars(html)[2]).toContain('overlaps with Weekly');
});

test('windows that do not open are listed, and their names escaped', () => {
  expect(timelineHtml([], RANGE, [], ['App/<Never>'])).toContain('<h2>Do not open in this time</h2>\n<ul>\n<li>App/&lt;Never&gt;</li>\n</ul>');
  expect(timelineHtml([], RANGE)).not.toContain('Do not open');
});

test('windows that are known only at deployment are listed, and their names escaped', () => {
  // WHEN
  const page = timelineHtml([], { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2027-02-01T00:00:00Z') },
    [{ path: 'App/<Window>', reason: 'Schedule known only at deployment' }]);

  // THEN
  expect(page).toContain('<li><strong>App/&lt;Window&gt;</strong> Schedule known only at deployment</li>');
});

test('a page without windows that are known only at deployment does not speak of them', () => {
  expect(timelineHtml([], { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2027-02-01T00:00:00Z') })).not.toContain('Known only at deployment');
});

describe('what is installed', () => {
  const patchApprovals = [
    { operatingSystem: 'WINDOWS', status: 'notYetApproved' as const, release: new Date('2027-03-09T18:00:00Z'), ageDays: 13, approvedAt: new Date('2027-03-29T18:00:00Z') },
  ];
  const TEXT = 'no approved update: that of 2027-03-09 is approved on 2027-03-29 at 18:00 UTC';

  test('has a column of the table, a note below it, and is told by the bar', () => {
    const html = timelineHtml([{ ...entry('A', '2027-03-23T02:00:00Z', 3, 0), patchApprovals }, entry('B', '2027-03-24T02:00:00Z', 3, 0)], RANGE);

    expect(html).toContain('<th scope="col">UTC</th><th scope="col">Installs (at most)</th><th scope="col">Overlaps with</th>');
    expect(html.match(/<td data-heading="Installs \(at most\)">.*?<\/td>/g)).toEqual([
      `<td data-heading="Installs (at most)"><span>${TEXT}</span></td>`, '<td data-heading="Installs (at most)"></td>',
    ]);
    expect(html).toContain('</table>\n<p>Installs (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.</p>\n');
    const label = `A: opens Tue 2027-03-23 02:00, no task starts from 05:00, closes 05:00 UTC, installs at most: ${TEXT}`;
    expect(bars(html)[0]).toContain(`title="${label}" aria-label="${label}"`);
    expect(bars(html)[1]).toContain('closes 05:00 UTC"');
  });

  test('leaves no trace on a page of windows that install nothing', () => {
    expect(timelineHtml([entry('A', '2027-03-23T02:00:00Z', 3, 0)], RANGE)).not.toMatch(/install/i);
  });

  test('is escaped', () => {
    const html = timelineHtml([{ ...entry('A', '2027-03-23T02:00:00Z', 3, 0), patchApprovals: ['<i>', 'SUSE'].map((operatingSystem) => ({ ...patchApprovals[0], operatingSystem })) }], RANGE);
    expect(html).not.toContain('<i>');
    expect(html).toContain('&lt;i&gt;, SUSE: patches released until 2027-03-09');
  });
});
