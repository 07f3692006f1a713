import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as fc from 'fast-check';
import { MaintenanceWindow, MaintenanceWindowSchedule, PatchOperation, TargetSelector, TaskTargets } from '../../src';
import type { MaintenanceWindowOccurrence } from '../../src';
import { windowsOf } from '../../src/forecast/app-windows';
import { templatesOf } from '../../src/forecast/assembly';
import { forecast, forecastJson } from '../../src/forecast/forecast';
import type { FileReader } from '../../src/forecast/template-files';

const RUNS = { numRuns: Math.min(Number(process.env.FAST_CHECK_NUM_RUNS ?? 40), 1000) };
const RANGE = { start: new Date('2027-01-01T00:00:00Z'), end: new Date('2027-04-01T00:00:00Z') };
const OUT = mkdtempSync(join(tmpdir(), 'approvals-'));

afterAll(() => rmSync(OUT, { recursive: true }));

const DISK: FileReader = {
  exists: existsSync,
  readFile: (file) => readFileSync(file, 'utf8'),
  listFolder: (folder) => (existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : undefined),
};

const group = fc.constantFrom('a', 'b', 'c');
const environment = fc.constantFrom(undefined, { account: '111111111111', region: 'eu-central-1' }, { account: '222222222222', region: 'eu-central-1' });

const rule = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map((days) => ({ approveAfterDays: days })),
  fc.constantFrom('2026-12-20', '2027-02-14').map((day) => ({ approveUntilDate: day })),
  fc.constant({ token: true }),
);

const baseline = fc.record({
  stack: fc.nat(1),
  operatingSystem: fc.constantFrom('WINDOWS', 'AMAZON_LINUX_2023', 'UBUNTU', undefined),
  groups: fc.oneof({ weight: 5, arbitrary: fc.uniqueArray(group, { maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant('token' as const) }),
  isDefault: fc.constantFrom(true, false, undefined),
  rules: fc.array(rule, { maxLength: 2 }),
});

const window = fc.record({
  expression: fc.constantFrom('cron(0 2 ? * TUE#2 *)', 'cron(0 3 ? * SUN *)', 'cron(0 1 * * ? *)', 'rate(7 days)', 'cron(15 20 ? * TUE#3 *)'),
  offset: fc.integer({ min: 1, max: 6 }),
  isGenerated: fc.boolean(),
  isElsewhere: fc.boolean(),
  operation: fc.constantFrom(PatchOperation.INSTALL, PatchOperation.INSTALL, PatchOperation.INSTALL, PatchOperation.SCAN),
  targets: fc.oneof(fc.uniqueArray(group, { minLength: 1, maxLength: 2 }), fc.constantFrom('tag' as const, 'ids' as const)),
});

interface Approval {
  readonly operatingSystem: string;
  readonly status: string;
  readonly release: string;
  readonly approvedAt?: string;
  readonly ageDays: number;
}

/** What a construct says, as JSON has it. */
function approvalsOf({ patchApprovals }: MaintenanceWindowOccurrence): Approval[] | undefined {
  return patchApprovals?.map(({ operatingSystem, status, release, approvedAt, age }) => ({
    operatingSystem, status, release: release.toISOString(), approvedAt: approvedAt?.toISOString(), ageDays: age.toDays({ integral: false }),
  }));
}

test('a window says the same as the template that is synthesized of it', () => {
  let said = 0;
  const [windowList, baselineList] = [fc.array(window, { minLength: 1, maxLength: 4 }), fc.array(baseline, { maxLength: 4 })];
  fc.assert(fc.property(windowList, baselineList, environment, environment, (windows, baselines, one, other) => {
    const app = new App({ outdir: mkdtempSync(join(OUT, 'app-')), analyticsReporting: false });
    const stacks = [new Stack(app, 'One', { env: one }), new Stack(app, 'Other', { env: other })];
    const parameters = stacks.map((stack) => new CfnParameter(stack, 'Open', { type: 'Number' }));
    baselines.forEach(({ stack, operatingSystem, groups, isDefault, rules }, index) => new ssm.CfnPatchBaseline(stacks[stack], `Baseline${index}`, {
      name: 'baseline',
      operatingSystem,
      defaultBaseline: isDefault,
      patchGroups: groups === 'token' ? [parameters[stack].valueAsString] : groups,
      approvalRules: rules.length === 0 ? undefined : {
        patchRules: rules.map((given) => ('token' in given ? { approveAfterDays: parameters[stack].valueAsNumber } : given)),
      },
    }));
    const defined = windows.map(({ expression, offset, isGenerated, isElsewhere, operation, targets }, index) => {
      const schedule = MaintenanceWindowSchedule.expression(expression, expression.includes('#') ? { offset: Duration.days(offset) } : {});
      const made = new MaintenanceWindow(stacks[0], `Window${index}`, {
        schedule, duration: Duration.hours(2), startDate: expression.startsWith('rate') ? RANGE.start : undefined,
      });
      const target = targets === 'ids' ? undefined : made.addTarget('Target', {
        selector: targets === 'tag' ? TargetSelector.tags({ Stage: ['prod'] }) : TargetSelector.patchGroup(...targets),
      });
      const taskTargets = target ? TaskTargets.registered(target) : TaskTargets.instanceIds('i-0123456789abcdef0');
      if (!isGenerated) {
        made.addPatchTask('Task', { operation, targets: taskTargets });
        return made;
      }
      // only stacks that are surely together may refer to one another
      const scope = isElsewhere && one === other ? stacks[1] : stacks[0];
      new ssm.CfnMaintenanceWindowTask(scope, `Task${index}`, {
        windowId: made.maintenanceWindowId,
        priority: 1,
        taskType: 'RUN_COMMAND',
        taskArn: 'AWS-RunPatchBaseline',
        targets: [target ? { key: 'WindowTargetIds', values: [target.maintenanceWindowTargetId] } : { key: 'InstanceIds', values: ['i-0123456789abcdef0'] }],
        taskInvocationParameters: { maintenanceWindowRunCommandParameters: { parameters: { Operation: [Fn.join('', [operation])] } } },
      });
      return made;
    });
    const before = defined.map((made) => made.preview(RANGE).map(approvalsOf));
    const { directory } = app.synth();
    const { windows: read } = JSON.parse(forecastJson(forecast(windowsOf(templatesOf(DISK, directory)), RANGE))) as {
      windows: { path: string; openings: { patchApprovals?: Approval[] }[] }[];
    };
    const after = defined.map(({ node }) => read.find(({ path }) => path === node.path)!.openings.map(({ patchApprovals }) => patchApprovals));

    expect(after.map((ofWindow) => ofWindow.map((all) => all?.map((approval) => ({ ...approval, ageDays: approval.ageDays.toFixed(4) })))))
      .toEqual(before.map((ofWindow) => ofWindow.map((all) => all?.map((approval) => ({ ...approval, ageDays: approval.ageDays.toFixed(4) })))));
    said += before.flat().filter((all) => all !== undefined).length;
  }), RUNS);
  expect(said).toBeGreaterThan(0);
});
