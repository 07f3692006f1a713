import { reader, stack, WINDOW } from './app';
import { windowsOf } from '../../src/forecast/app-windows';
import { templatesOf } from '../../src/forecast/assembly';
import { forecast, MAX_OCCURRENCES } from '../../src/forecast/forecast';
import type { FileFacts, FileReader } from '../../src/forecast/template-files';
import { parseSchedule } from '../../src/schedule/engine/grammar';

const nested = (file: string) => ({ Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': file } });
const assemblyOf = (file: string) => ({ 'cdk.out/manifest.json': { artifacts: { S: stack(file) } } });

/** Stacks each of which holds the next one some times, and the last one a window. */
function levels(count: number, times: number): Record<string, object> {
  const inside = (level: number) => Object.fromEntries(Array.from({ length: times }, (_, i) => [`N${i}`, nested(`L${level + 1}.json`)]));
  const templates = Array.from({ length: count }, (_, level) => [`cdk.out/L${level}.json`, { Resources: level + 1 === count ? { A: WINDOW } : inside(level) }] as const);
  return { ...assemblyOf('L0.json'), ...Object.fromEntries(templates) };
}

describe('stacks that hold shared stacks', () => {
  test('are read once each, and have windows for each path', () => {
    const reads: string[] = [];
    const files = reader(levels(4, 2));
    const counting: FileReader = { ...files, readFile: file => reads.push(file) > 0 ? files.readFile(file) : '' };
    expect(windowsOf(templatesOf(counting, 'cdk.out')).map(({ path }) => path).slice(0, 3)).toEqual(['S/N0/N0/N0/A', 'S/N0/N0/N1/A', 'S/N0/N1/N0/A']);
    expect(reads).toEqual(['cdk.out/manifest.json', 'cdk.out/L0.json', 'cdk.out/L1.json', 'cdk.out/L2.json', 'cdk.out/L3.json']);
  });

  test('are counted up to 10000', () => {
    const TOO_MANY = 'an app must have at most 10000 stacks with those nested in them, got more, give the template of one stack';
    expect(templatesOf(reader(levels(13, 2)), 'cdk.out')).toHaveLength(8191);
    expect(() => templatesOf(reader(levels(14, 2)), 'cdk.out')).toThrow(new Error(TOO_MANY));
    expect(() => templatesOf(reader(levels(27, 2)), 'cdk.out')).toThrow(new Error(TOO_MANY));
  });

  test('are counted over all stacks of an app', () => {
    const files = { ...levels(13, 2), 'cdk.out/manifest.json': { artifacts: { S: stack('L0.json'), T: stack('L0.json') } } };
    expect(() => templatesOf(reader(files), 'cdk.out')).toThrow(new Error('an app must have at most 10000 stacks with those nested in them, got more, give the template of one stack'));
  });

  test('are at most 200 in one another', () => {
    expect(templatesOf(reader(levels(200, 1)), 'cdk.out')).toHaveLength(200);
    expect(() => templatesOf(reader(levels(201, 1)), 'cdk.out'))
      .toThrow(new Error('cdk.out/L0.json: is nested too deeply, must have at most 200 stacks in one another, give the template of one stack'));
  });
});

describe('assemblies in one another', () => {
  const assemblies = (count: number, times: number) => Object.fromEntries(Array.from({ length: count }, (_, level) => [
    `cdk.out${'/a'.repeat(level)}/manifest.json`,
    { artifacts: level + 1 === count ? {} : Object.fromEntries(Array.from({ length: times }, (__, i) => [`N${i}`, { type: 'cdk:cloud-assembly', properties: { directoryName: 'a' } }])) },
  ]));

  test('are counted up to 10000', () => {
    expect(templatesOf(reader(assemblies(13, 2)), 'cdk.out')).toEqual([]);
    expect(() => templatesOf(reader(assemblies(27, 2)), 'cdk.out')).toThrow(new Error('an app must have at most 10000 assemblies in one another, got more, give the template of one stack'));
  });

  test('are at most 200', () => {
    expect(templatesOf(reader(assemblies(201, 1)), 'cdk.out')).toEqual([]);
    expect(() => templatesOf(reader(assemblies(202, 1)), 'cdk.out'))
      .toThrow(new Error(`cdk.out${'/a'.repeat(201)}/manifest.json: is nested too deeply, must have at most 200 assemblies in one another, give the template of one stack`));
  });
});

describe('a template', () => {
  const deep = (levelsIn: number, [open, close]: string) => `{ "Resources": { "A": ${open.repeat(levelsIn)}${close.repeat(levelsIn)} } }`;

  test('has at most 200 levels', () => {
    expect(templatesOf(reader({ 'a.json': deep(198, '[]') }), 'a.json')).toHaveLength(1);
    for (const depth of [199, 100_000]) {
      expect(() => templatesOf(reader({ 'a.json': deep(depth, '[]') }), 'a.json')).toThrow(
        new Error('a.json, line 1, column 221: must not be nested deeper than 200 levels, got more'));
    }
  });

  test('in YAML of too many levels is refused in the same way', () => {
    expect(() => templatesOf(reader({ 'a.json': `Resources: ${'['.repeat(20_000)}${']'.repeat(20_000)}` }), 'a.json')).toThrow(
      new Error('a.json: must not be nested deeper than 200 levels, got more'));
  });
});

describe('the files of an assembly', () => {
  const facts = (own: Record<string, Partial<FileFacts>>): FileReader => ({
    ...reader({ ...assemblyOf('S.json'), 'cdk.out/S.json': { Resources: { A: WINDOW } } }),
    facts: file => ({ realPath: `/app/${file}`, isRegular: file !== 'cdk.out', bytes: 100, ...own[file] }),
  });

  test('may be inside of it, wherever it is', () => {
    expect(templatesOf(facts({}), 'cdk.out')).toHaveLength(1);
    expect(templatesOf(facts({ 'cdk.out/S.json': { realPath: '/app/cdk.out/..S.json', bytes: 64_000_000 } }), 'cdk.out')).toHaveLength(1);
  });

  test.each<[string, Partial<FileFacts>, string]>([
    ['is a link out of it', { realPath: '/etc/passwd' }, 'must be a file of the assembly, got a link to /etc/passwd, synthesize the app again'],
    ['is a link to a folder beside it', { realPath: '/app/cdk.out2/S.json' }, 'must be a file of the assembly, got a link to /app/cdk.out2/S.json, synthesize the app again'],
    ['is no regular file', { isRegular: false }, 'must be a regular file, got something else, synthesize the app again'],
    ['is too large', { bytes: 64_000_001 }, 'must have at most 64000000 bytes, got 64000001, give the template of one stack'],
  ])('one that %s is not read', (_, own, message) => {
    expect(() => templatesOf(facts({ 'cdk.out/S.json': own }), 'cdk.out')).toThrow(new Error(`cdk.out/S.json: ${message}`));
  });

  test('a template that is given by itself may be a link', () => {
    expect(templatesOf({ ...facts({ 'cdk.out/S.json': { realPath: '/elsewhere' } }) }, 'cdk.out/S.json')).toHaveLength(1);
  });

  const named = (message: string) => `cdk.out/manifest.json, artifacts.S: must be a file of the assembly, got ${message}, synthesize the app again`;
  test.each<[string, object, string]>([
    ['a template', stack('../S.json'), named('"../S.json"')],
    ['a template by an absolute path', stack('/etc/passwd'), named('"/etc/passwd"')],
    ['a template by a detour', stack('a/../../S.json'), named('"a/../../S.json"')],
    ['metadata', stack('S.json', { additionalMetadataFile: '../m.json' }), named('"../m.json"')],
    ['assets', { type: 'cdk:asset-manifest', properties: { file: '../a.json' } }, named('"../a.json"')],
    ['an assembly', { type: 'cdk:cloud-assembly', properties: { directoryName: '..' } }, named('".."')],
  ])('%s outside of it is not read', (_, artifact, message) => {
    const files = { 'cdk.out/manifest.json': { artifacts: { S: artifact } }, 'cdk.out/S.json': {}, 'S.json': {} };
    expect(() => templatesOf(reader(files), 'cdk.out')).toThrow(new Error(message));
  });

  test('what a terminal would act on is not shown in errors', () => {
    const files = { ...assemblyOf('S.json'), 'cdk.out/S.json': { Resources: { 'N\u001b[2J': nested('../\u202eN.json') } } };
    expect(() => templatesOf(reader(files), 'cdk.out'))
      .toThrow(new Error('cdk.out/S.json, Resources.N\ufffd[2J: must be a file of the assembly, got "../\ufffdN.json", synthesize the app again'));
  });

  test('a nested stack outside of it is not read', () => {
    const files = { ...assemblyOf('S.json'), 'cdk.out/S.json': { Resources: { N: nested('../N.json') } } };
    expect(() => templatesOf(reader(files), 'cdk.out'))
      .toThrow(new Error('cdk.out/S.json, Resources.N: must be a file of the assembly, got "../N.json", synthesize the app again'));
  });

  test('an asset of an assembly that is nested may be beside it', () => {
    const files = {
      'cdk.out/manifest.json': { artifacts: { D: { type: 'cdk:cloud-assembly', properties: { directoryName: 'a' } } } },
      'cdk.out/a/manifest.json': { artifacts: { S: stack('S.json') } },
      'cdk.out/a/S.json': { Resources: { N: nested('../N.json') } },
      'cdk.out/N.json': { Resources: { A: WINDOW } },
    };
    expect(windowsOf(templatesOf(reader(files), 'cdk.out')).map(({ path }) => path)).toEqual(['S/N/A']);
  });
});

test('openings are counted up to 100000, over all windows', () => {
  const window = (expression: string) => ({ path: 'A', expression, spec: { schedule: parseSchedule(expression).schedule!, durationHours: 1, cutoffHours: 0 } });
  const start = new Date('2027-01-01T00:00Z');
  const range = { start, end: new Date(start.getTime() + (MAX_OCCURRENCES - 1) * 60_000) };
  const count = (...expressions: string[]) => forecast(expressions.map(window), range).windows
    .reduce((sum, { openings }) => sum + openings.length, 0);
  expect(count('cron(* * * * ? *)', 'at(2027-01-02T00:00:00)')).toBe(100_000);
  expect(() => count('cron(* * * * ? *)', 'at(2027-01-02T00:00:00)', 'at(2027-01-02T00:00:00)'))
    .toThrow(new Error('windows must open at most 100000 times in the time looked at, got more, give fewer --weeks or the template of one stack'));
});
