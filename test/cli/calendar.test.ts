import { ForecastIo, template } from './forecast-io';
import { calendarCommand } from '../../src/cli/commands/calendar';

const WEEK = ['--from', '2027-03-08', '--weeks', '1'];

async function calendar(...args: string[]): Promise<ForecastIo> {
  const io = new ForecastIo({ 'cdk.out': template('cron(0 4 ? * SUN *)') });
  expect(await calendarCommand.run([...args, ...WEEK], io)).toBe(0);
  return io;
}

test('the table is followed by what is left to deployment', async () => {
  const { printed, written } = await calendar();
  expect(printed).toMatch(/^1 opening from Mon 2027-03-08 00:00 to Mon 2027-03-15 00:00 UTC\n/);
  expect(printed.endsWith('\n\nOpenings that the template does not tell:\n  cdk.out/Open  Schedule is known only at deployment, which depends on P, give --parameter P=VALUE\n')).toBe(true);
  expect(written).toEqual([]);
});

test('windows that do not open are listed, in text and page', async () => {
  const io = new ForecastIo({ 'cdk.out': template('cron(0 4 31 2 ? *)') });
  await calendarCommand.run(['--html', 'a.html', ...WEEK], io);
  expect(io.printed).toBe([
    'No window opens from Mon 2027-03-08 00:00 to Mon 2027-03-15 00:00 UTC.',
    '',
    'Do not open in this time:',
    '  cdk.out/Weekly  cron(0 4 31 2 ? *)',
    '',
    'Openings that the template does not tell:',
    '  cdk.out/Open  Schedule is known only at deployment, which depends on P, give --parameter P=VALUE',
    '',
  ].join('\n'));
  expect(io.written[0].text).toContain('<h2>Do not open in this time</h2>\n<ul>\n<li>cdk.out/Weekly</li>\n</ul>');
});

test('a calendar file has each opening of what is folded in the table', async () => {
  const io = new ForecastIo({ 'cdk.out': template('cron(0 4 * * ? *)') });
  await calendarCommand.run(['--ics', 'a.ics', ...WEEK], io);
  expect(io.printed).toContain('every day 04:00');
  expect(io.written[0].text.match(/BEGIN:VEVENT/g)).toHaveLength(7);
});

test('page and calendar file are written and reported', async () => {
  const { written, reports } = await calendar('--ics', 'a.ics', '--html', 'a.html');
  expect(written.map(({ path, text }) => [path, text.split(/\r?\n/)[0]])).toEqual([['a.html', '<!DOCTYPE html>'], ['a.ics', 'BEGIN:VCALENDAR']]);
  expect(reports).toEqual(['written: a.html', 'written: a.ics']);
});

test.each([['a.html', 'a.html'], ['./a.html', 'a.html']])('fails when page and calendar file are one file, %s and %s', async (html, ics) => {
  // GIVEN
  const io = new ForecastIo({ 'cdk.out': template('cron(0 4 ? * SUN *)') });

  // THEN
  await expect(calendarCommand.run(['--html', html, '--ics', ics], io)).rejects.toThrow(new Error(`--html and --ics must be two files, got ${html} twice`));
  expect([io.written, io.printed]).toEqual([[], '']);
});

test('shows the time zone that is given', async () => {
  expect((await calendar('--time-zone', 'Asia/Tokyo')).printed).toContain('Sun 2027-03-14 12:00');
});

test('JSON is printed when asked for', async () => {
  expect(JSON.parse((await calendar('--json')).printed)).toMatchObject({ windows: [{ path: 'cdk.out/Weekly', openings: [{ start: '2027-03-14T03:00:00.000Z' }] }] });
});

describe('what is installed', () => {
  const task = {
    WindowId: { Ref: 'Window' },
    TaskType: 'RUN_COMMAND',
    TaskArn: 'AWS-RunPatchBaseline',
    Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
    TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Install'] } } },
  };
  const patched = {
    Resources: {
      Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: 'cron(0 4 ? * TUE#2 *)', Duration: 3, Cutoff: 1 } },
      Task: { Type: 'AWS::SSM::MaintenanceWindowTask', Properties: task },
    },
  };

  test('is told in table, page, file and JSON', async () => {
    const io = new ForecastIo({ 'cdk.out': patched });
    await calendarCommand.run(['--html', 'a.html', '--ics', 'a.ics', ...WEEK], io);
    const words = 'update of 2027-02-09, 27.4 days old';
    expect(io.printed.split('\n')[3]).toBe(`cdk.out/Window  Tue 2027-03-09 04:00  06:00              07:00   UTC        Tue 2027-03-09 04:00  ${words}`);
    expect(io.printed).toContain('\n\nInstalls (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.\n');
    expect(io.written[0].text).toContain(`<td data-heading="Installs (at most)"><span>${words}</span></td>`);
    expect(io.written[1].text.replace(/\r\n /g, '')).toContain('Installs at most: update of 2027-02-09\\, 27.4 days old (computed from the documents of AWS).');
    const json = new ForecastIo({ 'cdk.out': patched });
    await calendarCommand.run(['--json', ...WEEK], json);
    expect(JSON.parse(json.printed)).toMatchObject({ windows: [{ openings: [{ patchApprovals: [{ operatingSystem: 'WINDOWS', status: 'approved' }] }] }] });
  });
});
