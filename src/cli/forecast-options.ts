import { parseArgs } from 'node:util';
import { CliError } from './cli-error';
import type { Io } from './io';
import { windowsOf } from '../forecast/app-windows';
import { templatesOf, type DeploymentOptions } from '../forecast/assembly';
import { diskFacts } from '../forecast/disk-facts';
import { forecast, MAX_OCCURRENCES } from '../forecast/forecast';
import type { Forecast } from '../forecast/forecast';
import { isRegionName } from '../forecast/pseudo-parameters';
import type { FileReader } from '../forecast/template-files';
import type { NamedTemplate } from '../forecast/template-windows';
import { isKnownTimeZone } from '../schedule/engine/time-zone';
import type { TimelineRange } from '../timeline/timeline';

const DEFAULT_WEEKS = 4;
const MAX_WEEKS = 520;
const WEEK = 7 * 24 * 3_600_000;
const DEFAULT_LOCATION = 'cdk.out';

const COMMON_OPTIONS = {
  'from': { type: 'string' },
  'weeks': { type: 'string' },
  'time-zone': { type: 'string' },
  'region': { type: 'string' },
  'parameter': { type: 'string', multiple: true },
  'json': { type: 'boolean' },
} as const;

/** What one command has beside the common options. */
interface OwnOptions {
  /** Names of options that take a value. */
  readonly values?: readonly string[];
  /** Names of options that take none. */
  readonly flags?: readonly string[];
  readonly defaultWeeks?: number;
}

interface ForecastOptions {
  readonly locations: string[];
  readonly range: TimelineRange;
  readonly timeZone?: string;
  readonly deployment: DeploymentOptions;
  readonly json: boolean;
  /** The values of the one command's options, by name. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** The flags of the one command that are set. */
  readonly flags: ReadonlySet<string>;
}

/** The help on the options that the commands about openings share. */
export function commonUsage(defaultWeeks: number = DEFAULT_WEEKS): string {
  return `  --from DATE             the first day or instant to look at, such as 2027-01-31 or 2027-01-31T02:00:00Z; now otherwise
  --weeks N               how many weeks to look ahead, 1 to ${MAX_WEEKS} (default ${defaultWeeks})
  --time-zone ZONE        the IANA time zone to show times in; that of each window otherwise
  --parameter NAME=VALUE  a parameter that is given at deployment, once for each; it has its default otherwise
  --region REGION         the region of stacks whose app leaves it open, such as eu-central-1
  --json                  print JSON

What a template leaves to deployment is listed and not guessed. At most ${MAX_OCCURRENCES} openings are looked at.
`;
}

/** Parses the options that the commands about openings share, and those of one command. */
export function parseForecastOptions(args: string[], io: Io, own: OwnOptions = {}): ForecastOptions {
  const { values: ownValues = [], flags: ownFlags = [], defaultWeeks = DEFAULT_WEEKS } = own;
  const options = {
    ...COMMON_OPTIONS,
    ...Object.fromEntries(ownValues.map((name) => [name, { type: 'string' as const }])),
    ...Object.fromEntries(ownFlags.map((name) => [name, { type: 'boolean' as const }])),
  };
  const { values, positionals } = parseArgs({ args: withValues(args, options), options, allowPositionals: true });
  const given = values as Record<string, string | boolean | string[] | undefined>;
  const text = (name: string) => given[name] as string | undefined;
  return {
    locations: positionals,
    range: rangeOf(text('from'), text('weeks') ?? String(defaultWeeks), io),
    timeZone: timeZoneOf(text('time-zone')),
    deployment: { region: regionOf(text('region')), parameters: parametersOf(given.parameter as string[] | undefined) },
    json: given.json === true,
    values: Object.fromEntries(ownValues.map((name) => [name, text(name)])),
    flags: new Set(ownFlags.filter((name) => given[name] === true)),
  };
}

/** Joins options and their values by `=`, so that a value may begin with a dash and a missing one is told. */
function withValues(args: readonly string[], options: Readonly<Record<string, { readonly type: string }>>): string[] {
  const takesValue = (arg: string) => arg.startsWith('--') && Object.hasOwn(options, arg.slice(2)) && options[arg.slice(2)].type === 'string';
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--') {
      return [...joined, ...args.slice(i)];
    }
    if (!takesValue(args[i])) {
      joined.push(args[i]);
      continue;
    }
    const value = args[i + 1];
    if (value === undefined || value.startsWith('--')) {
      throw new CliError(`${args[i]} must have a value, got ${value === undefined ? 'nothing' : JSON.stringify(value)}, write ${args[i]}=VALUE`);
    }
    joined.push(`${args[i]}=${value}`);
    i++;
  }
  return joined;
}

/** The forecast of one place: the only one given, or `cdk.out`. */
export function forecastOfOne(options: ForecastOptions, io: Io): Forecast {
  if (options.locations.length > 1) {
    throw new CliError(`give one folder or template, got ${options.locations.length}`);
  }
  return forecastOf(templatesOf(readerOf(io), options.locations[0] ?? DEFAULT_LOCATION, options.deployment), options);
}

export function forecastOf(templates: readonly NamedTemplate[], { range }: ForecastOptions): Forecast {
  return forecast(windowsOf(templates), range);
}

/** The files of the disk, which are looked at before they are read; a fake has its own. */
export function readerOf(io: Io & Pick<FileReader, 'facts'>): FileReader {
  return {
    exists: (file) => io.exists(file),
    readFile: (file) => io.readFile(file),
    listFolder: (folder) => io.listFolder(folder),
    facts: (file) => (io.facts ? io.facts(file) : diskFacts(file)),
  };
}

function regionOf(name: string | undefined): string | undefined {
  if (name !== undefined && !isRegionName(name)) {
    throw new CliError(`--region must be the name of a region such as eu-central-1, got ${JSON.stringify(name)}`);
  }
  return name;
}

function parametersOf(given: readonly string[] = []): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const text of given) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined) {
      throw new CliError(`--parameter must be NAME=VALUE, got ${JSON.stringify(text)}`);
    }
    if (parameters.has(name)) {
      throw new CliError(`--parameter must be given once for each parameter, got ${JSON.stringify(name)} twice`);
    }
    parameters.set(name, value);
  }
  return parameters;
}

function timeZoneOf(name: string | undefined): string | undefined {
  if (name !== undefined && !isKnownTimeZone(name)) {
    throw new CliError(`--time-zone must be an IANA time zone such as Europe/Berlin, got ${JSON.stringify(name)}`);
  }
  return name;
}

function rangeOf(from: string | undefined, weeks: string, io: Io): TimelineRange {
  const start = from === undefined ? io.now() : dateOf(from);
  const count = /^\d+$/.test(weeks) ? Number(weeks) : NaN;
  if (!(count >= 1 && count <= MAX_WEEKS)) {
    throw new CliError(`--weeks must be a whole number from 1 to ${MAX_WEEKS}, got ${JSON.stringify(weeks)}`);
  }
  return { start, end: new Date(start.getTime() + count * WEEK) };
}

function dateOf(text: string): Date {
  const date = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? new Date(text) : new Date(NaN);
  const day = Number(text.slice(8, 10));
  // JavaScript takes February 30 for March 1 or 2
  if (Number.isNaN(date.getTime()) || new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== day) {
    throw new CliError(`--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got ${JSON.stringify(text)}`);
  }
  return date;
}
