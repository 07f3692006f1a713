import { APPROVAL_NOTE, approvalWords, INSTALLS } from './approval-words';
import type { TimelineEntry, TimelineRange, UndeterminedWindow } from './timeline';
import { BLACKOUT, formatDay, formatLater, overlapsOf } from './timeline';
import { timelineRows, type TimelineRow } from './timeline-rows';
import { STYLE } from './timeline-style';
import { instantOf, wallClock } from '../schedule/engine/time-zone';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** An opening, and the row of the table that tells of it. */
interface Bar {
  readonly id: string;
  readonly entry: TimelineEntry;
  readonly overlaps: readonly string[];
}

/** A stretch of seven local days. */
interface Week {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  /** Begin of each day, in percent of the week. */
  readonly days: readonly { readonly label: string; readonly at: number }[];
}

/**
 * A page of its own: a lane for each window in each week, a table of all openings, and the windows of which none are known.
 *
 * @param closed the paths of windows that do not open in this time
 */
export function timelineHtml(
  entries: readonly TimelineEntry[], range: TimelineRange, undetermined: readonly UndeterminedWindow[] = [], closed: readonly string[] = [],
): string {
  const overlaps = overlapsOf(entries);
  const rows = timelineRows(entries, overlaps);
  const bars = rows.flatMap((row, i) => row.entries.map((entry) => ({ id: idOf(i), entry, overlaps: overlaps.get(entry)! })));
  const axis = axisZone(entries);
  const title = `Maintenance windows from ${formatDay(range.start, axis)} to ${formatDay(range.end, axis)} ${axis}`;
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<link rel="icon" href="data:,">',
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    '<h1>Maintenance windows</h1>',
    `<p>${escape(`${formatDay(range.start, axis)} to ${formatDay(range.end, axis)}, days in ${axis}.`)}</p>`,
    ...rows.length === 0 ? ['<p>No window opens in this time.</p>'] : [
      '<p class="legend"><span class="key run"></span> tasks may start <span class="key cut"></span> after the cutoff, no task starts '
        + '<span class="key run overlap"></span> open together with another window'
        + `${entries.some(({ blackout }) => blackout !== undefined) ? ' <span class="key closed"></span> in a black-out, does not open' : ''}</p>`,
      ...weeksOf(range, axis).flatMap(week => renderWeek(week, bars, axis)),
      ...renderTable(rows),
    ],
    ...renderClosed(closed),
    ...renderUndetermined(undetermined),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function renderClosed(paths: readonly string[]): string[] {
  return paths.length === 0 ? [] : ['<h2>Do not open in this time</h2>', '<ul>', ...paths.map((path) => `<li>${escape(path)}</li>`), '</ul>'];
}

function renderUndetermined(windows: readonly UndeterminedWindow[]): string[] {
  if (windows.length === 0) return [];
  return [
    '<h2>Known only at deployment</h2>',
    '<ul>',
    ...windows.map(({ path, reason }) => `<li><strong>${escape(path)}</strong> ${escape(reason)}</li>`),
    '</ul>',
  ];
}

/** The zone of all windows if they share one, else UTC. */
function axisZone(entries: readonly TimelineEntry[]): string {
  const zones = new Set(entries.map(entry => entry.timeZone ?? 'UTC'));
  return zones.size === 1 ? [...zones][0] : 'UTC';
}

/** Weeks from Monday to Sunday on the clock of a zone. */
function weeksOf(range: TimelineRange, timeZone: string): Week[] {
  const first = new Date(wallClock(range.start.getTime(), timeZone));
  const sinceMonday = (first.getUTCDay() + 6) % 7;
  const weeks: Week[] = [];
  for (let wall = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate() - sinceMonday); ; wall += WEEK) {
    const [start, end] = [instantOf(wall, timeZone), instantOf(wall + WEEK, timeZone)];
    if (start >= range.end.getTime()) return weeks;
    const days = Array.from({ length: 7 }, (_, i) => {
      const midnight = instantOf(wall + i * DAY, timeZone);
      return { label: formatDay(new Date(midnight), timeZone).slice(0, 14), at: percent(midnight - start, end - start) };
    });
    weeks.push({ title: `Week of ${days[0].label.slice(4)}`, start, end, days });
  }
}

function renderWeek(week: Week, all: readonly Bar[], axis: string): string[] {
  const open = all.filter(({ entry }) => entry.start.getTime() < week.end && entry.end.getTime() > week.start);
  const windows = [...new Set(all.map(({ entry }) => entry.path))].sort();
  const lanes = open.length === 0 ? ['<p>No window opens.</p>'] : [
    '<div class="week">',
    `<div class="days" aria-hidden="true">${week.days.map(renderDay).join('')}</div>`,
    ...windows.map(path => {
      const bars = open.filter(({ entry }) => entry.path === path).map(bar => renderBar(bar, week));
      return `<div class="lane"><span class="name">${breakable(path)}</span><div class="track">${week.days.map(renderRule).join('')}${bars.join('')}</div></div>`;
    }),
    '</div>',
  ];
  return [`<section aria-label="${escape(`${week.title}, ${axis}`)}">`, `<h2>${escape(week.title)}</h2>`, ...lanes, '</section>'];
}

function renderDay({ label, at }: Week['days'][number]): string {
  return `<span style="left:${at}%">${label.slice(0, 3)}<small> ${Number(label.slice(12, 14))}</small></span>`;
}

function renderRule({ at }: Week['days'][number]): string {
  return `<i style="left:${at}%"></i>`;
}

function renderBar({ id, entry, overlaps }: Bar, week: Week): string {
  const from = Math.max(entry.start.getTime(), week.start);
  const to = Math.min(entry.end.getTime(), week.end);
  const cutoff = Math.min(Math.max(entry.cutoff.getTime(), from), to);
  const label = `${entry.path}: ${describe(entry)}${overlaps.length > 0 ? `, overlaps with ${overlaps.join(', ')}` : ''}`;
  const left = percent(from - week.start, week.end - week.start);
  const width = percent(to - from, week.end - week.start);
  const kind = entry.blackout !== undefined ? ' closed' : overlaps.length > 0 ? ' overlap' : '';
  return `<a class="bar${kind}" href="#${id}" style="left:${left}%;width:${width}%" title="${escape(label)}" aria-label="${escape(label)}">`
    + `<b style="width:${percent(cutoff - from, to - from)}%"></b></a>`;
}

function renderTable(rows: readonly TimelineRow[]): string[] {
  const shown = { installs: rows.some(({ installs }) => installs !== ''), blackouts: rows.some(({ blackout }) => blackout !== undefined) };
  return [
    '<h2 id="all">All openings</h2>',
    '<table aria-labelledby="all">',
    '<thead><tr><th scope="col">Window</th><th scope="col">Opens</th><th scope="col">Last start before</th><th scope="col">Closes</th>'
      + `<th scope="col">Time zone</th><th scope="col">UTC</th>${shown.installs ? `<th scope="col">${INSTALLS}</th>` : ''}<th scope="col">Overlaps with</th>`
      + `${shown.blackouts ? `<th scope="col">${BLACKOUT}</th>` : ''}</tr></thead>`,
    '<tbody>',
    ...rows.map((row, index) => renderRow(row, index, shown)),
    '</tbody>',
    '</table>',
    ...shown.installs ? [`<p>${escape(APPROVAL_NOTE)}</p>`] : [],
  ];
}

/** The columns that some tables have. */
interface ShownColumns {
  readonly installs: boolean;
  readonly blackouts: boolean;
}

function renderRow(row: TimelineRow, index: number, shown: ShownColumns): string {
  const { path, entries, isFolded, opens, lastStart, closes, timeZone, startUtc, installs, overlaps, blackout } = row;
  const [{ start, end }] = entries;
  const kind = blackout !== undefined ? ' class="closed"' : overlaps.length > 0 ? ' class="overlap"' : '';
  return `<tr id="${idOf(index)}" tabindex="-1"${kind}><th scope="row">${breakable(path)}</th>`
    + cell('Opens', opens)
    + cell('Last start before', lastStart)
    + cell('Closes', closes)
    + cell('Time zone', timeZone)
    + cell('UTC', isFolded ? startUtc : `${startUtc} – ${formatLater(start, end)}`)
    + (shown.installs ? cell(INSTALLS, installs) : '')
    + cell('Overlaps with', overlaps.join(', '))
    + (shown.blackouts ? cell(BLACKOUT, blackout ?? '') : '')
    + '</tr>';
}

function idOf(row: number): string {
  return `opening-${row + 1}`;
}

function cell(heading: string, text: string): string {
  const content = escape(text).replace(/[A-Z][a-z]{2} \d{4}-\d\d-\d\d/g, '<span class="date">$&</span>');
  return `<td data-heading="${heading}">${content && `<span>${content}</span>`}</td>`;
}

function describe(entry: TimelineEntry): string {
  const { start, cutoff, end, timeZone = 'UTC', blackout } = entry;
  const installs = approvalWords([entry]);
  const local = `opens ${formatDay(start, timeZone)}, no task starts from ${formatLater(start, cutoff, timeZone)}, `
    + `closes ${formatLater(start, end, timeZone)} ${timeZone}`;
  const times = timeZone === 'UTC' ? local : `${local} (${formatDay(start)} UTC)`;
  if (blackout !== undefined) {
    return `does not open, in a black-out: ${blackout} (${times})`;
  }
  return installs === '' ? times : `${times}, installs at most: ${installs}`;
}

/** A path may break after its slashes. */
function breakable(path: string): string {
  return escape(path).replace(/\//g, '/<wbr>');
}

function percent(part: number, whole: number): number {
  return Number((100 * part / whole).toFixed(3));
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}
