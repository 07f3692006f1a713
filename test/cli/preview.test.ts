import { ForecastIo, template } from './forecast-io';
import { previewCommand } from '../../src/cli/commands/preview';

const WEEK = ['--from', '2027-03-08', '--weeks', '1'];
const TEMPLATES = { 'cdk.out': template('cron(0 4 ? * SUN *)'), 'none.json': { Resources: {} } };

async function preview(...args: string[]): Promise<string> {
  const io = new ForecastIo(TEMPLATES);
  expect(await previewCommand.run([...args, ...WEEK], io)).toBe(0);
  return io.printed;
}

test('the text has the windows and what is left to deployment', async () => {
  expect(await preview()).toBe([
    'cdk.out/Weekly  cron(0 4 ? * SUN *)  Europe/Berlin',
    '  Sun 2027-03-14 04:00 to 07:00, last start before 06:00  (Sun 2027-03-14 03:00 UTC)',
    '',
    'Openings that the template does not tell:',
    '  cdk.out/Open  Schedule is known only at deployment, which depends on P, give --parameter P=VALUE',
    '',
  ].join('\n'));
});

test('JSON is printed when asked for', async () => {
  expect(JSON.parse(await preview('--json'))).toMatchObject({ windows: [{ path: 'cdk.out/Weekly' }], undetermined: [{ path: 'cdk.out/Open' }] });
});

test('shows the time zone that is given', async () => {
  expect(await preview('--time-zone', 'UTC')).toContain('\n  Sun 2027-03-14 03:00 to 06:00, last start before 05:00\n');
});

test('says that there are no windows', async () => {
  expect(await preview('none.json')).toBe('no maintenance windows\n');
});

test('the text tells what is installed', async () => {
  const window = { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: 'cron(0 4 ? * TUE#2 *)', ScheduleTimezone: 'Asia/Tokyo', ScheduleOffset: 1, Duration: 3, Cutoff: 0 } };
  const task = {
    WindowId: { Ref: 'Window' },
    TaskType: 'RUN_COMMAND',
    TaskArn: 'AWS-RunPatchBaseline',
    Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
    TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Install'] } } },
  };
  const io = new ForecastIo({ 'cdk.out': { Resources: { Window: window, Task: { Type: 'AWS::SSM::MaintenanceWindowTask', Properties: task } } } });
  await previewCommand.run(WEEK, io);
  expect(io.printed).toBe([
    'cdk.out/Window  cron(0 4 ? * TUE#2 *), 1 day later  Asia/Tokyo',
    '  Wed 2027-03-10 04:00 to 07:00  (Tue 2027-03-09 19:00 UTC), '
    + 'installs at most: no approved update: that of 2027-03-09 is approved on 2027-03-16 at 18:00 UTC',
    '',
    'Installs (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.',
    '',
  ].join('\n'));
});
