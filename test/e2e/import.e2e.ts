import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  CreateMaintenanceWindowCommand, RegisterTargetWithMaintenanceWindowCommand, RegisterTaskWithMaintenanceWindowCommand,
  type CreateMaintenanceWindowRequest,
  type RegisterTaskWithMaintenanceWindowRequest,
} from '@aws-sdk/client-ssm';
import { App } from 'aws-cdk-lib';
import { readTask } from './deployment';
import { Rig } from './rig';
import { CompiledCli } from '../cli/compiled-cli';
import { loadProgram, synthesize } from '../importer/run-program';

const WINDOWS = 5;
const ROLE = 'arn:aws:iam::000000000000:role/Tasks';

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

interface Made { readonly windowId: string; readonly targetIds: string[]; readonly taskIds: string[] }

async function makeWindow(request: Partial<CreateMaintenanceWindowRequest> & { readonly Name: string }): Promise<string> {
  const { WindowId } = await rig.ssm.send(new CreateMaintenanceWindowCommand({
    Schedule: 'cron(0 2 ? * SUN#2 *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false, ...request,
  }));
  return WindowId!;
}

async function makeTask(WindowId: string, request: Partial<RegisterTaskWithMaintenanceWindowRequest>): Promise<string> {
  const { WindowTaskId } = await rig.ssm.send(new RegisterTaskWithMaintenanceWindowCommand({
    WindowId, TaskArn: 'AWS-RunPatchBaseline', TaskType: 'RUN_COMMAND', ServiceRoleArn: ROLE, Priority: 1, MaxConcurrency: '10%', MaxErrors: '0', ...request,
  }));
  return WindowTaskId!;
}

/** A window with two targets and a task of each type. */
async function make(index: number): Promise<Made> {
  const windowId = await makeWindow({
    Name: `window-${index}`,
    Description: 'made by hand',
    ScheduleTimezone: 'Europe/Paris',
    ScheduleOffset: 2,
    StartDate: '2020-01-01T00:00:00+01:00',
    Tags: [{ Key: 'Team', Value: `team ${index}` }],
  });
  const targetIds: string[] = [];
  for (const Targets of [[{ Key: 'tag:Role', Values: ['web'] }], [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }]]) {
    const { WindowTargetId } = await rig.ssm.send(new RegisterTargetWithMaintenanceWindowCommand({ WindowId: windowId, ResourceType: 'INSTANCE', Targets }));
    targetIds.push(WindowTargetId!);
  }
  const Targets = [{ Key: 'WindowTargetIds', Values: targetIds }];
  const taskIds = [
    await makeTask(windowId, {
      Name: 'patch',
      Targets,
      CutoffBehavior: 'CANCEL_TASK',
      TaskInvocationParameters: { RunCommand: { Parameters: { Operation: ['Install'] }, TimeoutSeconds: 600 } },
      AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: 'errors' }] },
    }),
    await makeTask(windowId, {
      Name: 'restart', Targets, TaskType: 'AUTOMATION', TaskArn: 'AWS-RestartEC2Instance', TaskInvocationParameters: { Automation: { Parameters: { InstanceId: ['{{RESOURCE_ID}}'] } } },
    }),
    await makeTask(windowId, {
      Name: 'report',
      Targets,
      TaskType: 'LAMBDA',
      TaskArn: 'arn:aws:lambda:us-east-1:000000000000:function:report',
      TaskInvocationParameters: { Lambda: { Payload: Buffer.from('{"window":"{{WINDOW_ID}}"}') } },
    }),
    await makeTask(windowId, {
      Name: 'clean',
      Targets,
      TaskType: 'STEP_FUNCTIONS',
      TaskArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:clean',
      TaskInvocationParameters: { StepFunctions: { Input: '{"a":1}', Name: '{{INVOCATION_ID}}' } },
    }),
  ];
  return { windowId, targetIds, taskIds };
}

test('an account is read page by page and in spite of throttling, and comes back whole', async () => {
  // GIVEN
  const made: Made[] = [];
  for (let index = 0; index < WINDOWS; index++) {
    made.push(await make(index));
  }
  await rig.set({
    page_size: 2,
    throttled: { DescribeMaintenanceWindows: 1, GetMaintenanceWindow: 2, DescribeMaintenanceWindowTasks: 1, GetMaintenanceWindowTask: 2 },
    forget_requests: true,
  });

  // WHEN
  const { code, stderr } = await cli.run(['import', '--all', '--region', 'us-east-1', '--output', 'stack.ts', '--import-map', 'map.json'], rig.environment());

  // THEN
  expect(stderr).toContain(`imported ${WINDOWS} windows, ${2 * WINDOWS} targets and ${4 * WINDOWS} tasks into stack.ts\n`);
  expect(stderr).not.toContain('not proven');
  expect(stderr).not.toContain('not carried');
  expect(code).toBe(0);

  const { requests } = await rig.set({ page_size: null });
  const count = (operation: string) => requests.filter(request => request.operation === operation).length;
  expect(count('DescribeMaintenanceWindows')).toBe(Math.ceil(WINDOWS / 2) + 1);
  expect(count('GetMaintenanceWindow')).toBe(WINDOWS + 2);
  expect(count('GetMaintenanceWindowTask')).toBe(4 * WINDOWS + 2);

  const source = fs.readFileSync(cli.file('stack.ts'), 'utf8');
  const template = synthesize(source) as { Resources: { [id: string]: { Type: string; Properties: any } } };
  const map = JSON.parse(fs.readFileSync(cli.file('map.json'), 'utf8')) as { [id: string]: { [name: string]: string } };
  expect(Object.keys(map).sort()).toEqual(Object.keys(template.Resources).sort());
  const ids = Object.values(map);
  for (const { windowId, targetIds, taskIds } of made) {
    expect(ids).toContainEqual({ WindowId: windowId });
    targetIds.forEach(WindowTargetId => expect(ids).toContainEqual({ WindowId: windowId, WindowTargetId }));
    taskIds.forEach(WindowTaskId => expect(ids).toContainEqual({ WindowId: windowId, WindowTaskId }));
  }
  const windows = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::SSM::MaintenanceWindow');
  expect(windows.map(({ Properties }) => Properties.Tags)).toEqual(expect.arrayContaining([[{ Key: 'Team', Value: 'team 3' }]]));
  expect(source).toContain('alarm: props.customResources ? errorsAlarm : undefined,');
});

test('a filter leaves other tasks in the account', async () => {
  // GIVEN
  const { windowId } = await make(90);

  // WHEN
  const { code, stdout, stderr } = await cli.run(
    ['import', '--window-id', windowId, '--region', 'us-east-1', '--filter', 'TaskType=LAMBDA'], rig.environment());

  // THEN
  expect(stderr).toContain('imported 1 window, 2 targets and 1 task\n');
  expect(stdout).toContain('addLambdaTask(');
  expect(code).toBe(0);
});

test('fails with one line when the window is not there', async () => {
  const { code, stdout, stderr } = await cli.run(['import', '--window-id', 'mw-0123456789abcdef0', '--region', 'us-east-1'], rig.environment());
  expect(stderr).toMatch(/^error: cannot read the account: DoesNotExistException: [^\n]+, check --window-id and --region\n$/);
  expect(stdout).toBe('');
  expect(code).toBe(1);
});

test('cdk import adopts the windows as they are, and the second pass adds the alarms', async () => {
  // GIVEN
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
  const { windowId, targetIds, taskIds } = await make(91);
  const imported = await cli.run(
    ['import', '--window-id', windowId, '--region', 'us-east-1', '--output', 'adopted.ts', '--import-map', 'adopted.json'], rig.environment());
  expect(imported.code).toBe(0);
  const assembly = (alarms: boolean) => {
    const outdir = path.join(rig.directory, `adopted-${alarms}`);
    const app = new App({ outdir, analyticsReporting: false });
    new (loadProgram(fs.readFileSync(cli.file('adopted.ts'), 'utf8')))(app, 'Adopted', { customResources: alarms });
    app.synth();
    return outdir;
  };
  const read = async () => Promise.all(taskIds.map(async taskId => readTask(rig, windowId, taskId)));
  const before = await read();
  await rig.set({ forget_requests: true });

  // WHEN
  rig.cdk('import', 'Adopted', '--app', assembly(false), '--resource-mapping', cli.file('adopted.json'));

  // THEN
  const { requests } = await rig.set({});
  expect(requests.map(({ operation }) => operation).filter(operation => /^(Create|Update|Register|Delete|Deregister)/.test(operation))).toEqual([]);
  await expect(read()).resolves.toEqual(before);
  const resources = await rig.cloudFormation.resources('Adopted');
  expect(resources.map(({ physicalId }) => physicalId).sort()).toEqual([windowId, ...targetIds, ...taskIds].sort());
  const changes = rig.cdk('diff', 'Adopted', '--app', assembly(false)).split('\n').filter(line => /\[[~+-]\]/.test(line));
  // an import demands a deletion policy, which the program does not have
  expect(changes.filter(line => !/\[~\] AWS::SSM::|\[-\] DeletionPolicy$|Parameter BootstrapVersion/.test(line))).toEqual([]);

  // WHEN
  rig.cdk('deploy', 'Adopted', '--app', assembly(true), '--require-approval', 'never', '--method', 'direct');
  await rig.settle();

  // THEN
  await expect(read()).resolves.toEqual(before);
});
