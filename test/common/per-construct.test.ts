import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { perConstruct } from '../../src/common/per-construct';
import { ROOT } from '../package/project';
import { testStack } from '../support/app';

test('makes a value once for each construct', () => {
  const [one, other] = [testStack(), testStack()];
  const listOf = perConstruct('Test', (): string[] => []);

  listOf(one).push('a');

  expect(listOf(one)).toEqual(['a']);
  expect(listOf(other)).toEqual([]);
});

test('keeps values of different names apart', () => {
  const stack = testStack();

  expect(perConstruct('One', () => 1)(stack)).toBe(1);
  expect(perConstruct('Other', () => 2)(stack)).toBe(2);
});

/** What an app prints that has two copies of the compiled library. */
function printedWithTwoCopies(program: string): unknown {
  mkdirSync(join(ROOT, 'test', '.out'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'test', '.out', 'copy-'));
  try {
    cpSync(join(ROOT, 'lib'), join(folder, 'lib'), { recursive: true });
    const head = `const cdk = require('aws-cdk-lib'); const one = require(${JSON.stringify(join(ROOT, 'lib'))}); const two = require(${JSON.stringify(join(folder, 'lib'))});
      const app = new cdk.App(); const stack = new cdk.Stack(app, 'Stack');
      const windowOf = (library, id) => new library.MaintenanceWindow(stack, id, {
        schedule: library.MaintenanceWindowSchedule.cron({ hour: '2' }), duration: cdk.Duration.hours(2), allowUnassociatedTargets: true });
      const warnings = () => { app.synth(); return stack.node.findAll().flatMap(({ node }) => node.metadata)
        .filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)); };`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', `${head}\nconsole.log(JSON.stringify(${program}));`], { cwd: ROOT, encoding: 'utf-8' });
    if (status !== 0) { throw new Error(stderr); }
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('lets two copies of the library in one app agree on the windows that share targets', () => {
  const printed = printedWithTwoCopies(`(() => {
    windowOf(one, 'First').addTarget('Web', { selector: one.TargetSelector.tags({ Role: ['web'] }) });
    const second = windowOf(two, 'Second');
    new one.MaintenanceWindowTarget(stack, 'Web', { maintenanceWindow: second, selector: one.TargetSelector.tags({ Role: ['web'] }) });
    return [one === two, one.MaintenanceWindow.isMaintenanceWindow(second), one.MaintenanceWindowCalendar.of(app).entries({
      start: new Date('2030-01-01T00:00:00Z'), end: new Date('2030-01-02T00:00:00Z') }).length, warnings()];
  })()`);

  expect(printed).toEqual([false, true, 2, [expect.stringContaining('open at the same time on the same targets')]]);
});
