import type { Forecast, ForecastWindow } from './forecast';
import type { WithApprovals } from '../approval/opening-approvals';
import type { Opening } from '../schedule/engine/openings';
import { APPROVAL_NOTE, approvalWords } from '../timeline/approval-words';
import { fold, type Fold } from '../timeline/fold';
import { formatDay, formatLater } from '../timeline/timeline';

/** Each window with its openings, and what the templates leave open. */
export function forecastText({ windows, undetermined }: Forecast, timeZone?: string): string {
  const blocks = windows.map((window) => windowText(window, timeZone ?? window.spec.timeZone ?? 'UTC'));
  const isShown = windows.some(({ openings }) => openings.some(({ patchApprovals }) => patchApprovals));
  return [...blocks, ...isShown ? [`${APPROVAL_NOTE}\n`] : [], undeterminedText(undetermined)].filter((block) => block !== '').join('\n');
}

function windowText({ path, expression, spec, openings }: ForecastWindow, timeZone: string): string {
  const days = spec.offsetDays ?? 0;
  const offset = days > 0 ? `, ${days} ${days === 1 ? 'day' : 'days'} later` : '';
  return [
    `${path}  ${expression}${offset}  ${spec.timeZone ?? 'UTC'}`,
    ...fold(openings, timeZone).map((folded) => `  ${folded.repeats ? repeatedText(folded, timeZone) : openingText(folded.entries[0], timeZone)}${installsText(folded)}`),
    ...(openings.length === 0 ? ['  does not open in this time'] : []),
    '',
  ].join('\n');
}

function installsText({ entries }: Fold<WithApprovals<Opening>>): string {
  const installs = approvalWords(entries);
  return installs === '' ? '' : `, installs at most: ${installs}`;
}

function openingText({ start, cutoff, end, blackout }: Opening, timeZone: string): string {
  const lastStart = cutoff < end ? `, last start before ${formatLater(start, cutoff, timeZone)}` : '';
  const utc = timeZone === 'UTC' ? '' : `  (${formatDay(start)} UTC)`;
  return `${formatDay(start, timeZone)} to ${formatLater(start, end, timeZone)}${lastStart}${utc}${blackoutText(blackout)}`;
}

function repeatedText({ entries, repeats }: Fold<Opening>, timeZone: string): string {
  const [first, last] = [entries[0], entries[entries.length - 1]];
  const { opens, lastStart, closes } = repeats!;
  const cutoff = first.cutoff < first.end ? `, last start before ${lastStart}` : '';
  return `${opens}, closes ${closes}${cutoff}, ${entries.length} times: ${formatDay(first.start, timeZone)} to ${formatDay(last.start, timeZone)}${blackoutText(first.blackout)}`;
}

function blackoutText(blackout: string | undefined): string {
  return blackout === undefined ? '' : `  does not open, black-out: ${blackout}`;
}

/** The windows that do not open in the time looked at. */
export function closedText(windows: Forecast['windows']): string {
  const closed = windows.filter(({ openings }) => openings.length === 0);
  return closed.length === 0 ? '' : ['Do not open in this time:', ...closed.map(({ path, expression }) => `  ${path}  ${expression}`), ''].join('\n');
}

export function undeterminedText(undetermined: Forecast['undetermined']): string {
  if (undetermined.length === 0) {
    return '';
  }
  return ['Openings that the template does not tell:', ...undetermined.map(({ path, undetermined: reason }) => `  ${path}  ${reason}`), ''].join('\n');
}
