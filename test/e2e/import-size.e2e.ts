import * as fs from 'node:fs';
import { CreateMaintenanceWindowCommand, RegisterTaskWithMaintenanceWindowCommand } from '@aws-sdk/client-ssm';
import { Rig } from './rig';
import { CompiledCli } from '../cli/compiled-cli';
import { synthesizeAll } from '../importer/run-program';

const WINDOWS = 50;
const TASKS = 20;

let rig: Rig;
let cli: CompiledCli;

beforeAll(async () => {
  cli = CompiledCli.make();
  rig = await Rig.start();
});

afterAll(async () => {
  await rig?.stop();
  cli?.remove();
});

async function makeWindow(index: number): Promise<void> {
  const { WindowId } = await rig.ssm.send(new CreateMaintenanceWindowCommand({
    Name: `window-${index}`, Schedule: 'cron(0 2 ? * SUN#2 *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false,
  }));
  await Promise.all(Array.from({ length: TASKS }, async (_, task) => rig.ssm.send(new RegisterTaskWithMaintenanceWindowCommand({
    WindowId,
    Name: `task-${task}`,
    TaskType: 'RUN_COMMAND',
    TaskArn: 'AWS-RunShellScript',
    ServiceRoleArn: 'arn:aws:iam::000000000000:role/Tasks',
    Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
    MaxConcurrency: '1',
    MaxErrors: '0',
    TaskInvocationParameters: { RunCommand: { Parameters: { commands: [`systemctl restart service-${task}`] } } },
  }))));
}

test('an account at its quotas becomes stacks and maps of a legal size, and is kept', async () => {
  // GIVEN
  for (let index = 0; index < WINDOWS; index++) {
    await makeWindow(index);
  }

  // WHEN
  const { code, stderr } = await cli.run(
    ['import', '--all', '--region', 'us-east-1', '--output', 'quota.ts', '--import-map', 'quota.json', '--save', 'kept'], rig.environment());

  // THEN
  expect(stderr).toContain('imported 50 windows, 0 targets and 1000 tasks into quota.ts\n');
  expect(code).toBe(0);
  const sizes = synthesizeAll(fs.readFileSync(cli.file('quota.ts'), 'utf8')).map(template => Object.keys((template as { Resources: object }).Resources).length);
  expect(sizes).toEqual([483, 483, 84]);
  const maps = [1, 2, 3, 4, 5, 6, 7].map(step => Object.keys(JSON.parse(fs.readFileSync(cli.file(`quota.${step}.json`), 'utf8')) as object).length);
  expect(maps).toEqual([200, 200, 83, 200, 200, 83, 84]);
  const again = await cli.run(['import', 'kept', '--output', 'kept.ts'], rig.environment());
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('imported 50 windows, 0 targets and 1000 tasks into kept.ts\n');
}, 600_000);
