import type { Forecast, ForecastWindow } from './forecast';
import { formatDay, formatLater } from '../timeline/timeline';

/** Each window with its openings, and what the templates leave open. */
export function forecastText({ windows, undetermined }: Forecast, timeZone?: string): string {
  const blocks = windows.map((window) => windowText(window, timeZone ?? window.spec.timeZone ?? 'UTC'));
  return [...blocks, undeterminedText(undetermined)].filter((block) => block !== '').join('\n');
}

function windowText({ path, expression, spec, openings }: ForecastWindow, timeZone: string): string {
  const days = spec.offsetDays ?? 0;
  const offset = days > 0 ? `, ${days} ${days === 1 ? 'day' : 'days'} later` : '';
  return [
    `${path}  ${expression}${offset}  ${spec.timeZone ?? 'UTC'}`,
    ...openings.map(({ start, cutoff, end }) => {
      const lastStart = cutoff < end ? `, last start before ${formatLater(start, cutoff, timeZone)}` : '';
      return `  ${formatDay(start, timeZone)} to ${formatLater(start, end, timeZone)}${lastStart}${timeZone === 'UTC' ? '' : `  (${formatDay(start)} UTC)`}`;
    }),
    ...(openings.length === 0 ? ['  does not open in this time'] : []),
    '',
  ].join('\n');
}

export function undeterminedText(undetermined: Forecast['undetermined']): string {
  if (undetermined.length === 0) {
    return '';
  }
  return ['Openings that the template does not tell:', ...undetermined.map(({ path, undetermined: reason }) => `  ${path}  ${reason}`), ''].join('\n');
}
