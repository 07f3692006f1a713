import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, StepError } from './steps.mjs';

/*
 * How long `ssm-windows import` takes for an account at its quotas, and how much memory: 50 windows with 20 tasks each.
 */

const WORK = join(ROOT, '.tools', 'bench-import');
const WINDOWS = 50;
const TASKS = 20;

const id = window => `mw-${String(window).padStart(17, '0')}`;
const uuid = (kind, window, index) => `0000000${kind}-0000-0000-${String(window).padStart(4, '0')}-${String(index).padStart(12, '0')}`;

function recordsOf(window) {
  const WindowId = id(window);
  return [
    { WindowId, Name: `fleet-${window}`, Schedule: `cron(0 ${window % 24} ? * SUN *)`, Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false },
    { WindowId, WindowTargetId: uuid(1, window, 1), ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Fleet', Values: [String(window)] }] },
    ...Array.from({ length: TASKS }, (_, index) => ({
      WindowId,
      WindowTaskId: uuid(2, window, index),
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunShellScript',
      Name: `task-${index}`,
      Priority: index,
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/Maintenance',
      Targets: [{ Key: 'WindowTargetIds', Values: [uuid(1, window, 1)] }],
      MaxConcurrency: '1',
      MaxErrors: '0',
      TaskInvocationParameters: { RunCommand: { Parameters: { commands: [`#!/bin/sh\nsystemctl restart service-${index}\nsystemctl status service-${index}\n`] } } },
    })),
  ];
}

/** Runs the command in a process that tells how much memory it took at most. */
function run(expected, ...args) {
  const begin = Date.now();
  const wrapper = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS));
    process.argv.splice(1, 0, 'ssm-windows'); require(${JSON.stringify(join(ROOT, 'bin', 'ssm-windows'))});`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', wrapper, 'import', ...args], { encoding: 'utf-8', cwd: WORK });
  if (status !== expected) { throw new StepError(`the import ended with ${status}: ${stderr}`); }
  return { seconds: (Date.now() - begin) / 1000, megabytes: Math.round(Number(/peak (\d+)/.exec(stderr)[1]) / 1024) };
}

rmSync(WORK, { recursive: true, force: true });
mkdirSync(join(WORK, 'export'), { recursive: true });
for (let window = 1; window <= WINDOWS; window++) {
  writeFileSync(join(WORK, 'export', `${id(window)}.json`), JSON.stringify(recordsOf(window)));
}
// what is not checked is not proven, which the exit code says
for (const [what, expected, args] of [['read and written', 2, ['--no-check']], ['and proven', 0, []]]) {
  try {
    const { seconds, megabytes } = run(expected, 'export', '--output', `${what.replaceAll(' ', '-')}.ts`, '--import-map', `${what.replaceAll(' ', '-')}.json`, ...args);
    console.log(`${WINDOWS} windows of ${TASKS} tasks, ${what}: ${seconds.toFixed(1)} s, ${megabytes} MB`);
  } catch (error) {
    if (!(error instanceof StepError)) { throw error; }
    console.error(error.message);
    process.exitCode = 1;
  }
}
