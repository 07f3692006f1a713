import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { BundledCli } from './bundled-cli';
import { synthesizeApp } from './synthesized-app';

const FROM = ['--from', '2027-03-08'];
const WEEK = [...FROM, '--weeks', '1'];

let cli: BundledCli;

beforeAll(() => {
  cli = new BundledCli();
  synthesizeApp(cli.file('cdk.out'));
  synthesizeApp(cli.file('later.out'), '5');
});

afterAll(() => cli.remove());

function write(name: string, content: object | string): string {
  writeFileSync(cli.file(name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
}

const TEMPLATE = {
  Parameters: { Hour: { Type: 'Number', Default: 4 }, Open: { Type: 'String' } },
  Resources: {
    Known: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Name: 'known', Schedule: { 'Fn::Sub': 'cron(0 ${Hour} ? * SUN *)' }, Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false } },
    Open: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Name: 'open', Schedule: { Ref: 'Open' }, Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false } },
  },
};

describe('preview', () => {
  test('shows the windows of an app, L2 and L1, in stages, nested stages and nested stacks', () => {
    const { code, stdout, stderr } = cli.run('preview', ...WEEK);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n\n').map(block => block.split('\n')).sort()).toMatchObject([
      ['Dev/Patching/Weekly  cron(0 3 ? * SUN *)  Europe/Berlin', '  Sun 2027-03-14 03:00 to 06:00, last start before 05:00  (Sun 2027-03-14 02:00 UTC)'],
      [
        'Openings that the template does not tell:',
        '  Templates/Unknown  Schedule is known only at deployment, which depends on Open, give --parameter Open=VALUE',
        '  Templates/Conditional  exists only under the condition IsProd, which depends on Open, give --parameter Open=VALUE',
        '  Templates/Rate  rate(7 days) counts from the creation of the window',
        '',
      ],
      ['Prod/Inner/Stack/Plain  cron(0 22 ? * TUE#2 *), 2 days later  UTC', '  Thu 2027-03-11 22:00 to Fri 2027-03-12 00:00'],
      ['Prod/Patching/Weekly  cron(0 4 ? * SUN *)  Europe/Berlin', '  Sun 2027-03-14 04:00 to 07:00, last start before 06:00  (Sun 2027-03-14 03:00 UTC)'],
      ['Templates/Given/Plain  cron(0 13 ? * SAT *)  UTC', '  Sat 2027-03-13 13:00 to 15:00'],
      ['Templates/Mapped  cron(0 9 ? * MON *)  UTC', '  Mon 2027-03-08 09:00 to 11:00'],
      ['Templates/MappedByRegion  cron(0 9 ? * WED *)  UTC', '  Wed 2027-03-10 09:00 to 11:00'],
      ['Templates/Nested/Weekly  cron(0 12 ? * SUN *)  Europe/Berlin', '  Sun 2027-03-14 12:00 to 15:00, last start before 14:00  (Sun 2027-03-14 11:00 UTC)'],
      ['Templates/WithDefault  cron(0 7 ? * FRI *)  UTC', '  Fri 2027-03-12 07:00 to 09:00'],
    ]);
  });

  test('shows four weeks from now by default', () => {
    const before = Date.now();
    const { from, to } = JSON.parse(cli.run('preview', '--json').stdout);
    expect(Date.parse(from)).toBeGreaterThanOrEqual(before - 1);
    expect(Date.parse(from)).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(to) - Date.parse(from)).toBe(28 * 24 * 3_600_000);
  });

  test('prints JSON', () => {
    const { code, stdout } = cli.run('preview', 'cdk.out', '--json', ...WEEK);
    const { from, to, windows, undetermined } = JSON.parse(stdout);
    expect([code, from, to]).toEqual([0, '2027-03-08T00:00:00.000Z', '2027-03-15T00:00:00.000Z']);
    expect(windows).toContainEqual({
      path: 'Prod/Patching/Weekly',
      expression: 'cron(0 4 ? * SUN *)',
      timeZone: 'Europe/Berlin',
      openings: [{ start: '2027-03-14T03:00:00.000Z', cutoff: '2027-03-14T05:00:00.000Z', end: '2027-03-14T06:00:00.000Z' }],
    });
    expect(undetermined).toContainEqual({ path: 'Templates/Unknown', reason: 'Schedule is known only at deployment, which depends on Open, give --parameter Open=VALUE' });
  });

  test('evaluates what is given for deployment', () => {
    const args = ['--parameter', 'Open=prod', ...WEEK];
    expect(cli.run('preview', ...args).stdout).toContain('Templates/Conditional  cron(0 1 * * ? *)  UTC\n  every day 01:00, closes ');
    expect(cli.run('preview', '--parameter', 'Open=dev', ...WEEK).stdout).not.toContain('Templates/Conditional');
  });

  test('shows another time zone', () => {
    expect(cli.run('preview', '--time-zone', 'Asia/Tokyo', ...WEEK).stdout).toContain('  Sun 2027-03-14 12:00 to 15:00, last start before 14:00  (Sun 2027-03-14 03:00 UTC)\n');
  });

  test('reads a template in JSON and in YAML', () => {
    const yaml = `Parameters: { Hour: { Type: Number, Default: 4 }, Open: { Type: String } }
Resources:
  Known:
    Type: AWS::SSM::MaintenanceWindow
    Properties: { Name: known, Schedule: !Sub 'cron(0 \${Hour} ? * SUN *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false }
  Open:
    Type: AWS::SSM::MaintenanceWindow
    Properties: { Name: open, Schedule: !Ref Open, Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false }
`;
    const expected = 'app/Known  cron(0 4 ? * SUN *)  UTC\n  Sun 2027-03-14 04:00 to 07:00, last start before 06:00\n\n'
      + 'Openings that the template does not tell:\n  app/Open  Schedule is known only at deployment, which depends on Open, give --parameter Open=VALUE\n';
    expect(cli.run('preview', write('app.json', TEMPLATE), ...WEEK)).toEqual({ code: 0, stdout: expected, stderr: '' });
    expect(cli.run('preview', write('app.yaml', yaml), ...WEEK)).toEqual({ code: 0, stdout: expected, stderr: '' });
  });

  test('says when there are no windows', () => {
    expect(cli.run('preview', write('none.json', { Resources: {} }))).toEqual({ code: 0, stdout: 'no maintenance windows\n', stderr: '' });
  });

  test('prints its help', () => {
    const { code, stdout } = cli.run('preview', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: ssm-windows preview \[FOLDER\|FILE\] \[options\]\n/);
    expect(stdout).toContain('--weeks N               how many weeks to look ahead, 1 to 520 (default 4)\n');
  });
});

describe('calendar', () => {
  test('shows the openings in their order, with overlaps, and what is open', () => {
    const { code, stdout } = cli.run('calendar', ...WEEK);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('8 openings from Mon 2027-03-08 00:00 to Mon 2027-03-15 00:00 UTC');
    expect(lines.find(line => line.startsWith('Dev/Patching/Weekly'))).toMatch(/ Sun 2027-03-14 03:00 .* Prod\/Patching\/Weekly$/);
    expect(stdout).toContain('\nOpenings that the template does not tell:\n  Templates/Unknown  Schedule is known only at deployment, which depends on Open, give --parameter Open=VALUE\n');
  });

  test('writes a page and a calendar file', () => {
    const { code, stderr } = cli.run('calendar', '--html', 'calendar.html', '--ics', 'calendar.ics', ...WEEK);
    expect([code, stderr]).toEqual([0, 'written: calendar.html\nwritten: calendar.ics\n']);
    expect(readFileSync(cli.file('calendar.html'), 'utf-8')).toContain('Prod/Patching/Weekly: opens Sun 2027-03-14 04:00, no task starts from 06:00, closes 07:00 Europe/Berlin');
    expect(readFileSync(cli.file('calendar.ics'), 'utf-8')).toContain('\r\nDTSTART:20270314T030000Z\r\nDTEND:20270314T060000Z\r\n');
  });

  test('is the same twice', () => {
    const runs = [1, 2].map(i => {
      const { stdout } = cli.run('calendar', '--html', `${i}.html`, '--ics', `${i}.ics`, ...WEEK);
      return [stdout, readFileSync(cli.file(`${i}.html`), 'utf-8'), readFileSync(cli.file(`${i}.ics`), 'utf-8')];
    });
    expect(runs[0]).toEqual(runs[1]);
  });

  test('prints JSON', () => {
    expect(JSON.parse(cli.run('calendar', '--json', ...WEEK).stdout)).toEqual(JSON.parse(cli.run('preview', '--json', ...WEEK).stdout));
  });

  test('fails and writes nothing when one of the files cannot be written', () => {
    const { code, stdout, stderr } = cli.run('calendar', '--html', 'good.html', '--ics', 'missing/bad.ics', ...WEEK);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'error: cannot write missing/bad.ics: no such file or folder\n' });
    expect(existsSync(cli.file('good.html'))).toBe(false);
  });
});

describe('diff', () => {
  const LEFT = [
    { path: 'Templates/Conditional', reason: 'exists only under the condition IsProd, which depends on Open, give --parameter Open=VALUE' },
    { path: 'Templates/Rate', reason: 'rate(7 days) counts from the creation of the window' },
    { path: 'Templates/Unknown', reason: 'Schedule is known only at deployment, which depends on Open, give --parameter Open=VALUE' },
  ];
  const LEFT_TEXT = ['', 'Not compared, what the templates say of it is as before:', ...LEFT.map(({ path, reason }) => `  ${path}  ${reason}`), ''].join('\n');
  const MOVED = `Prod/Patching/Weekly: Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14\n${LEFT_TEXT}`;

  test('says how openings move', () => {
    expect(cli.run('diff', 'cdk.out', 'later.out', ...FROM)).toEqual({ code: 0, stdout: MOVED, stderr: '' });
  });

  test('says when nothing moves', () => {
    expect(cli.run('diff', 'cdk.out', 'cdk.out', '--fail', ...FROM)).toEqual({ code: 0, stdout: `no window opens at another time from 2027-03-08 to 2028-03-13\n${LEFT_TEXT}`, stderr: '' });
  });

  test('exits with 2 on a difference when asked to', () => {
    expect(cli.run('diff', '--fail', 'cdk.out', 'later.out', ...FROM)).toEqual({ code: 2, stdout: MOVED, stderr: '' });
  });

  test('prints JSON', () => {
    expect(JSON.parse(cli.run('diff', 'cdk.out', 'later.out', '--json', ...WEEK).stdout)).toEqual({
      from: '2027-03-08T00:00:00.000Z',
      to: '2027-03-15T00:00:00.000Z',
      compared: 8,
      notCompared: LEFT,
      differences: [{
        path: 'Prod/Patching/Weekly', change: 'moved', words: 'Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14', first: '2027-03-14T04:00:00.000Z',
      }],
    });
  });

  test('looks 53 weeks ahead', () => {
    const { from, to } = JSON.parse(cli.run('diff', 'cdk.out', 'cdk.out', '--json', ...FROM).stdout);
    expect([from, to]).toEqual(['2027-03-08T00:00:00.000Z', '2028-03-13T00:00:00.000Z']);
    expect(cli.run('diff', '--help').stdout).toContain('(default 53)');
  });

  test.each([[['cdk.out'], 1], [[], 0], [['a', 'b', 'c'], 3]])('fails when given %j', (locations, count) => {
    expect(cli.run('diff', ...locations)).toEqual({ code: 1, stdout: '', stderr: `error: give two folders or templates, the old one first, got ${count}\n` });
  });
});

describe('prints one line for', () => {
  beforeAll(() => {
    mkdirSync(cli.file('empty'));
    mkdirSync(cli.file('broken'));
    write('broken/manifest.json', '{"artifacts": {');
    write('missing.json', 'not a template');
    mkdirSync(cli.file('gone'));
    write('gone/manifest.json', { artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'S.template.json' } } } });
    write('windows.json', { Windows: [] });
  });

  test.each([
    [['preview', 'nowhere'], /^error: nowhere: does not exist, synthesize the app by cdk synth first$/],
    [['preview', 'empty'], /^error: empty: holds no manifest\.json, give the folder that cdk synth wrote$/],
    [['preview', 'broken'], /^error: broken\/manifest\.json.*: .+$/],
    [['preview', 'missing.json'], /^error: missing\.json: must be a CloudFormation template$/],
    [['preview', 'windows.json'], /^error: windows\.json: is no maintenance window, target or task, got an object with Windows$/],
    [['preview', 'gone'], /^error: cannot read gone\/S\.template\.json: no such file or folder$/],
    [['preview', 'cdk.out', 'later.out'], /^error: give one folder or template, got 2$/],
    [['preview', '--unknown'], /^error: Unknown option '--unknown'/],
    [['preview', '--html', 'a.html'], /^error: Unknown option '--html'/],
    [['calendar', '--fail'], /^error: Unknown option '--fail'/],
    [['calendar', '--html'], /^error: --html must have a value, got nothing, write --html=VALUE$/],
    [['preview', '--json=yes'], /^error: Option '--json' does not take an argument$/],
    [['preview', '--from', '--json'], /^error: --from must have a value, got "--json", write --from=VALUE$/],
    [['preview', '--from', 'tomorrow'], /^error: --from must be a date such as 2027-01-31 or an instant such as 2027-01-31T02:00:00Z, got "tomorrow"$/],
    [['preview', '--from', '2027-02-29'], /^error: --from must be a date .*, got "2027-02-29"$/],
    [['preview', '--from', '2027-02-28T04:00'], /^error: --from must be a date .*, got "2027-02-28T04:00"$/],
    [['preview', '--weeks', '0'], /^error: --weeks must be a whole number from 1 to 520, got "0"$/],
    [['preview', '--weeks', '521'], /^error: --weeks must be a whole number from 1 to 520, got "521"$/],
    [['preview', '--weeks', '1.5'], /^error: --weeks must be a whole number from 1 to 520, got "1\.5"$/],
    [['preview', '--weeks', '-1'], /^error: --weeks must be a whole number from 1 to 520, got "-1"$/],
    [['preview', '--region', 'Frankfurt'], /^error: --region must be the name of a region such as eu-central-1, got "Frankfurt"$/],
    [['preview', '--parameter', 'Hour'], /^error: --parameter must be NAME=VALUE, got "Hour"$/],
    [['preview', '--parameter', 'Nobody=1'], /^error: --parameter must name a parameter of a template, got "Nobody", which no template declares$/],
    [['preview', '--weeks', ''], /^error: --weeks must be a whole number from 1 to 520, got ""$/],
    [['preview', '--time-zone', 'Berlin'], /^error: --time-zone must be an IANA time zone such as Europe\/Berlin, got "Berlin"$/],
    [['forecast'], /^error: unknown command "forecast", use one of .*preview, calendar, diff/],
  ])('%j', (args, line) => {
    const { code, stdout, stderr } = cli.run(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.endsWith('\n')).toBe(true);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
  });

  test.each([['--from', '2027-02-28'], ['--from', '2028-02-29'], ['--from', '2027-02-28T04:00+01:00'], ['--weeks', '1'], ['--weeks', '520']])('%s %s is taken', (...args) => {
    expect(cli.run('preview', 'cdk.out', ...args).code).toBe(0);
  });
});
