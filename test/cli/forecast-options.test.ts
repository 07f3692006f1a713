import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ForecastIo, NOW, template } from './forecast-io';
import { commonUsage, forecastOf, forecastOfOne, parseForecastOptions } from '../../src/cli/forecast-options';
import { NodeIo } from '../../src/cli/io';
import { templatesOf } from '../../src/forecast/assembly';

const io = new ForecastIo({ 'cdk.out': template('cron(0 4 ? * SUN *)'), 'a.json': template('cron(0 5 ? * SUN *)') });
const WEEK = 7 * 24 * 3_600_000;

test('without options it is four weeks from now', () => {
  expect(parseForecastOptions([], io)).toEqual({
    locations: [],
    range: { start: NOW, end: new Date(NOW.getTime() + 4 * WEEK) },
    timeZone: undefined,
    deployment: { region: undefined, parameters: new Map() },
    json: false,
    values: {},
    flags: new Set(),
  });
});

test('the options of all commands and of one are read', () => {
  const args = ['a', '--from', '2027-01-31', '--weeks=2', '--time-zone', 'Asia/Tokyo', '--json', '--html', 'x.html', '--fail', 'b', '--region', 'eu-central-1', '--parameter', 'A=b=c', '--parameter=B='];
  expect(parseForecastOptions(args, io, { values: ['html', 'ics'], flags: ['fail', 'quiet'], defaultWeeks: 9 })).toEqual({
    locations: ['a', 'b'],
    range: { start: new Date('2027-01-31T00:00:00Z'), end: new Date('2027-02-14T00:00:00Z') },
    timeZone: 'Asia/Tokyo',
    deployment: { region: 'eu-central-1', parameters: new Map([['A', 'b=c'], ['B', '']]) },
    json: true,
    values: { html: 'x.html', ics: undefined },
    flags: new Set(['fail']),
  });
});

test('a command has its own number of weeks', () => {
  expect(parseForecastOptions([], io, { defaultWeeks: 53 }).range.end).toEqual(new Date(NOW.getTime() + 53 * WEEK));
  expect(commonUsage(53)).toContain('(default 53)');
  expect(commonUsage()).toContain('(default 4)');
});

test.each([
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2027-01-31T02:00Z', '2027-01-31T02:00:00.000Z'],
  ['2027-01-31T02:00:30+02:00', '2027-01-31T00:00:30.000Z'],
])('from %s is %s', (text, expected) => {
  expect(parseForecastOptions(['--from', text], io).range.start.toISOString()).toBe(expected);
});

test.each([
  [['--from', '2027-02-29'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-02-29"'],
  [['--from', '2027-01-31T02:00'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-01-31T02:00"'],
  [['--from', '2027-01-31T25:00Z'], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "2027-01-31T25:00Z"'],
  [['--from', ''], '--from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got ""'],
  [['--weeks', '0'], '--weeks must be a whole number from 1 to 520, got "0"'],
  [['--weeks', '521'], '--weeks must be a whole number from 1 to 520, got "521"'],
  [['--weeks', '1e2'], '--weeks must be a whole number from 1 to 520, got "1e2"'],
  [['--weeks', '-1'], '--weeks must be a whole number from 1 to 520, got "-1"'],
  [['--weeks', '1.5'], '--weeks must be a whole number from 1 to 520, got "1.5"'],
  [['--weeks', ''], '--weeks must be a whole number from 1 to 520, got ""'],
  [['--weeks'], '--weeks must have a value, got nothing, write --weeks=VALUE'],
  [['--weeks', '--json'], '--weeks must have a value, got "--json", write --weeks=VALUE'],
  [['--region', 'Frankfurt'], '--region must be the name of a region such as eu-central-1, got "Frankfurt"'],
  [['--region', ''], '--region must be the name of a region such as eu-central-1, got ""'],
  [['--parameter', 'Stage'], '--parameter must be NAME=VALUE, got "Stage"'],
  [['--parameter', '=prod'], '--parameter must be NAME=VALUE, got "=prod"'],
  [['--parameter', 'A=1', '--parameter', 'A=2'], '--parameter must be given once for each parameter, got "A" twice'],
  [['--time-zone', 'Mars/Base'], '--time-zone must be an IANA time zone such as Europe/Berlin, got "Mars/Base"'],
])('fails for %j', (args, message) => {
  expect(() => parseForecastOptions(args, io)).toThrow(new Error(message));
});

test.each([1, 520])('%d weeks are taken', weeks => {
  expect(parseForecastOptions(['--weeks', String(weeks)], io).range.end).toEqual(new Date(NOW.getTime() + weeks * WEEK));
});

test('what follows two dashes is a place', () => {
  expect(parseForecastOptions(['--', '--weeks'], io).locations).toEqual(['--weeks']);
});

test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1', 'ap-southeast-7'])('%s is a region', region => {
  expect(parseForecastOptions(['--region', region], io).deployment.region).toBe(region);
});

describe('parameters', () => {
  const first = (parameter: string) => forecastOfOne(parseForecastOptions(['--parameter', parameter], io), io).windows.find((window) => window.path === 'cdk.out/Open')?.expression;

  test('one that is given is known', () => {
    expect(first('P=cron(0 5 ? * SUN *)')).toBe('cron(0 5 ? * SUN *)');
  });

  test.each(['Q', 'constructor', '__proto__'])('%s, which no template declares, is refused', name => {
    expect(() => first(`${name}=x`)).toThrow(new Error(`--parameter must name a parameter of a template, got "${name}", which no template declares`));
  });
});

test('one place is that which is given, or cdk.out', () => {
  const first = (args: string[]) => forecastOfOne(parseForecastOptions(args, io), io).windows[0].openings[0].start.toISOString();
  expect(first([])).toBe('2027-03-14T03:00:00.000Z');
  expect(first(['a.json'])).toBe('2027-03-14T04:00:00.000Z');
  expect(() => first(['a.json', 'b.json'])).toThrow(new Error('give one folder or template, got 2'));
});

describe('on the disk', () => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'forecast-')));
  const [assembly, outside, file] = ['cdk.out', 'outside.json', 'cdk.out/S.json'].map(name => path.join(folder, name));
  const paths = (location: string) => forecastOfOne(parseForecastOptions([location], io), new NodeIo()).windows.map(({ path: name }) => name);

  beforeAll(() => {
    fs.mkdirSync(assembly);
    fs.writeFileSync(path.join(assembly, 'manifest.json'), JSON.stringify({ artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.json' } } } }));
    fs.writeFileSync(outside, JSON.stringify(template('cron(0 4 ? * SUN *)')));
  });
  afterEach(() => fs.rmSync(file));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  test('an assembly is read, by a link too', () => {
    fs.copyFileSync(outside, file);
    fs.symlinkSync(assembly, path.join(folder, 'link'));
    expect(paths(assembly)).toEqual(['S/Weekly']);
    expect(paths(path.join(folder, 'link'))).toEqual(['S/Weekly']);
  });

  test('a link out of the assembly is not read', () => {
    fs.symlinkSync(outside, file);
    expect(() => paths(assembly)).toThrow(new Error(`${file}: must be a file of the assembly, got a link to ${outside}, synthesize the app again`));
  });

  test('a device is not read', () => {
    fs.symlinkSync('/dev/zero', file);
    expect(() => paths(assembly)).toThrow(new Error(`${file}: must be a regular file, got something else, synthesize the app again`));
  });
});

test('a forecast holds what is known and what is not', () => {
  const { windows, undetermined } = forecastOf(templatesOf(io, 'a.json'), parseForecastOptions([], io));
  expect([...windows, ...undetermined].map((window) => window.path)).toEqual(['a/Weekly', 'a/Open']);
});
