import { join, resolve } from 'node:path';
import { DescribeMaintenanceWindowTasksCommand, DescribeMaintenanceWindowsCommand } from '@aws-sdk/client-ssm';
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { assemble } from './deployment';
import { Rig } from './rig';
import { AutomationRunbook, MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';

const ROOT = resolve(__dirname, '..', '..');
const WINDOWS = 10;
const TASKS = 20;

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

afterAll(() => rig?.stop());

async function describedTasks(): Promise<any[]> {
  const { WindowIdentities } = await rig.ssm.send(new DescribeMaintenanceWindowsCommand({}));
  const described = await Promise.all(WindowIdentities!.map(({ WindowId }) => rig.ssm.send(new DescribeMaintenanceWindowTasksCommand({ WindowId }))));
  return described.flatMap(({ Tasks }) => Tasks!);
}

test('200 tasks with alarms in one app are deployed, changed and destroyed by the CDK CLI', async () => {
  const many = (priority: number) => assemble(rig, 'Many', (stack) => {
    for (let w = 0; w < WINDOWS; w++) {
      const window = new MaintenanceWindow(stack, `Window${w}`, { schedule: MaintenanceWindowSchedule.rate(Duration.days(1)), duration: Duration.hours(2) });
      for (let t = 0; t < TASKS; t++) {
        window.addAutomationTask(`Task${t}`, {
          runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
          parameters: { InstanceId: ['i-0123456789abcdef0'] },
          priority,
          alarm: cloudwatch.Alarm.fromAlarmName(window, `Alarm${t}`, `Alarm${w}-${t}`.padEnd(255, 'x')),
        });
      }
    }
  }).directory;
  const expectAlarms = async (priority: number) => {
    const tasks = await describedTasks();
    expect(tasks).toHaveLength(WINDOWS * TASKS);
    const names = tasks.map(({ AlarmConfiguration }) => AlarmConfiguration?.Alarms[0].Name.replace(/x*$/, ''));
    expect(new Set(names).size).toBe(WINDOWS * TASKS);
    expect(names).not.toContain(undefined);
    expect(new Set(tasks.map(({ Priority }) => Priority))).toEqual(new Set([priority]));
  };

  rig.cdk('deploy', '--app', many(1), '--require-approval', 'never', '--method', 'direct', 'Many');
  await expectAlarms(1);

  rig.cdk('deploy', '--app', many(2), '--require-approval', 'never', '--method', 'direct', 'Many');
  await rig.settle();
  await expectAlarms(2);

  rig.cdk('destroy', '--app', many(2), '--force', 'Many');
  expect(await describedTasks()).toEqual([]);
});

test('the example app is deployed and destroyed by the CDK CLI', async () => {
  const app = `npx ts-node -T -P ${join(ROOT, 'examples', 'tsconfig.json')} ${join(ROOT, 'examples', 'patching', 'app.ts')}`;

  rig.cdk('deploy', '--app', app, '--require-approval', 'never', '--all');
  const tasks = await describedTasks();
  expect(tasks.length).toBeGreaterThan(0);

  rig.cdk('destroy', '--app', app, '--force', '--all');
  expect(await describedTasks()).toEqual([]);
  const { WindowIdentities } = await rig.ssm.send(new DescribeMaintenanceWindowsCommand({}));
  expect(WindowIdentities).toEqual([]);
});
