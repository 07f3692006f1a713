import { parseArgs } from 'node:util';
import { CliError } from './cli-error';
import type { Io } from './io';
import { templatesOf } from '../forecast/assembly';
import { forecast } from '../forecast/forecast';
import type { Forecast } from '../forecast/forecast';
import { windowsOfTemplate } from '../forecast/template-windows';
import { isKnownTimeZone } from '../private/schedule/time-zone';
import type { TimelineRange } from '../private/schedule/timeline';

export const COMMON_USAGE = `  --from DATE             the first day or instant to look at, such as 2027-01-31 or 2027-01-31T02:00:00Z; now otherwise
  --weeks N               how many weeks to look ahead, 1 to 520 (default 4)
  --time-zone ZONE        the IANA time zone to show times in; that of each window otherwise
  --json                  print JSON
`;

const DEFAULT_WEEKS = 4;
const MAX_WEEKS = 520;
const WEEK = 7 * 24 * 3_600_000;
const DEFAULT_LOCATION = 'cdk.out';

const COMMON_OPTIONS = {
  'from': { type: 'string' },
  'weeks': { type: 'string' },
  'time-zone': { type: 'string' },
  'json': { type: 'boolean' },
} as const;

export interface ForecastOptions {
  readonly locations: string[];
  readonly range: TimelineRange;
  readonly timeZone?: string;
  readonly json: boolean;
  /** Options of the one command, by name. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/** Parses the options that the commands about openings share, and those of one command, each of which takes a value. */
export function parseForecastOptions(args: string[], io: Io, ...own: string[]): ForecastOptions {
  const options = { ...COMMON_OPTIONS, ...Object.fromEntries(own.map((name) => [name, { type: 'string' as const }])) };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const timeZone = values['time-zone'] as string | undefined;
  if (timeZone !== undefined && !isKnownTimeZone(timeZone)) {
    throw new CliError(`--time-zone must be an IANA time zone such as Europe/Berlin, got "${timeZone}"`);
  }
  return {
    locations: positionals,
    range: rangeOf(values.from as string | undefined, values.weeks as string | undefined, io),
    timeZone,
    json: values.json === true,
    own: Object.fromEntries(own.map((name) => [name, (values as Record<string, string | undefined>)[name]])),
  };
}

/** The forecast of one place: the only one given, or `cdk.out`. */
export function forecastOfOne(options: ForecastOptions, io: Io): Forecast {
  if (options.locations.length > 1) {
    throw new CliError(`give one folder or template, got ${options.locations.length}`);
  }
  return forecastOf(options.locations[0] ?? DEFAULT_LOCATION, options, io);
}

export function forecastOf(location: string, { range }: ForecastOptions, io: Io): Forecast {
  return forecast(templatesOf(io, location).flatMap(windowsOfTemplate), range);
}

function rangeOf(from: string | undefined, weeks: string | undefined, io: Io): TimelineRange {
  const start = from === undefined ? io.now() : dateOf(from);
  const count = weeks === undefined ? DEFAULT_WEEKS : Number(weeks);
  if (!Number.isInteger(count) || count < 1 || count > MAX_WEEKS) {
    throw new CliError(`--weeks must be a whole number from 1 to ${MAX_WEEKS}, got "${weeks}"`);
  }
  return { start, end: new Date(start.getTime() + count * WEEK) };
}

function dateOf(text: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? new Date(text) : new Date(NaN);
  const day = Number(text.slice(8, 10));
  // JavaScript takes February 30 for March 1 or 2
  if (Number.isNaN(date.getTime()) || new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== day) {
    throw new CliError(`--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "${text}"`);
  }
  return date;
}
