import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeMaintenanceWindowTasksCommand, DescribePatchBaselinesCommand, DescribePatchGroupsCommand, GetDefaultPatchBaselineCommand,
  GetPatchBaselineCommand, GetPatchBaselineForPatchGroupCommand,
} from '@aws-sdk/client-ssm';
import type { GetPatchBaselineResult } from '@aws-sdk/client-ssm';
import { Duration, Tags } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { assemble, Deployment } from './deployment';
import { Rig } from './rig';
import { MaintenanceWindowSchedule, TargetSelector } from '../../src';
import { PatchBaseline, PatchBaselineOverride, PatchComplianceLevel, PatchFilter, PatchOperatingSystem, PatchWindows, RejectedPatchesAction } from '../../src/patching';

const { AMAZON_LINUX_2023, UBUNTU, WINDOWS } = PatchOperatingSystem;
const STACK = 'Baselines';

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

afterAll(() => rig?.stop());

/** What differs between one deployment and the next. */
interface Version {
  readonly days: number;
  readonly group: string;
  readonly ubuntu: boolean;
  readonly linux?: PatchOperatingSystem;
}

function define(stack: Stack, { days, group, ubuntu, linux = AMAZON_LINUX_2023 }: Version): void {
  const baselines = [
    new PatchBaseline(stack, 'Windows', {
      operatingSystem: WINDOWS,
      patchBaselineName: 'windows',
      description: 'Windows servers',
      approvalRules: [{
        filters: [PatchFilter.classification('SecurityUpdates', 'CriticalUpdates'), PatchFilter.msrcSeverity('Critical')],
        approveAfter: Duration.days(days),
        complianceLevel: PatchComplianceLevel.CRITICAL,
      }],
      defaultBaseline: true,
    }),
    new PatchBaseline(stack, 'Linux', {
      operatingSystem: linux,
      patchBaselineName: 'linux',
      approvalRules: [{ filters: [PatchFilter.classification('Security')], approveUntil: new Date('2027-01-31T00:00:00Z'), enableNonSecurity: true }],
      rejectedPatches: ['docker*'],
      rejectedPatchesAction: RejectedPatchesAction.BLOCK,
      sources: [{ name: 'own', products: ['*'], configuration: '[own]\nname=own' }],
      patchGroups: ['batch'],
    }),
    ...ubuntu ? [new PatchBaseline(stack, 'Ubuntu', {
      operatingSystem: UBUNTU, patchBaselineName: 'ubuntu', approvalRules: [{ filters: [PatchFilter.priority('Required')] }],
    })] : [],
  ];
  new PatchWindows(stack, 'Patching', {
    selector: TargetSelector.patchGroup(group),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }),
    baselines,
  });
  Tags.of(stack).add('team', 'operations');
}

function deploy(version: Version): void {
  const { directory } = assemble(rig, STACK, (stack) => define(stack, version));
  rig.cdk('deploy', '--app', directory, '--require-approval', 'never', '--method', 'direct', STACK);
}

/** The baselines of the account by name, as the API gives them. */
async function existing(): Promise<Record<string, GetPatchBaselineResult>> {
  const { BaselineIdentities } = await rig.ssm.send(new DescribePatchBaselinesCommand({ Filters: [{ Key: 'OWNER', Values: ['Self'] }] }));
  const read = await Promise.all(BaselineIdentities!.map(({ BaselineId }) => rig.ssm.send(new GetPatchBaselineCommand({ BaselineId }))));
  return Object.fromEntries(read.map((one) => [one.Name!, one]));
}

async function groups(): Promise<string[]> {
  const { Mappings } = await rig.ssm.send(new DescribePatchGroupsCommand({}));
  return Mappings!.map(({ PatchGroup, BaselineIdentity }) => `${PatchGroup}: ${BaselineIdentity!.BaselineName} for ${BaselineIdentity!.OperatingSystem}`).sort();
}

async function defaultOf(OperatingSystem: PatchOperatingSystem): Promise<string | undefined> {
  return (await rig.ssm.send(new GetDefaultPatchBaselineCommand({ OperatingSystem }))).BaselineId;
}

test('patch baselines are created, updated, replaced and deleted by the CDK CLI', async () => {
  // created
  deploy({ days: 3, group: 'web', ubuntu: true });
  const { windows, linux, ubuntu } = await existing();
  expect(windows).toMatchObject({
    OperatingSystem: 'WINDOWS',
    Description: 'Windows servers',
    ApprovalRules: {
      PatchRules: [{
        ApproveAfterDays: 3,
        ComplianceLevel: 'CRITICAL',
        PatchFilterGroup: {
          PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['SecurityUpdates', 'CriticalUpdates'] }, { Key: 'MSRC_SEVERITY', Values: ['Critical'] }],
        },
      }],
    },
    PatchGroups: ['web'],
    AvailableSecurityUpdatesComplianceStatus: 'NON_COMPLIANT',
  });
  expect(linux).toMatchObject({
    OperatingSystem: 'AMAZON_LINUX_2023',
    ApprovalRules: { PatchRules: [{ ApproveUntilDate: '2027-01-31', EnableNonSecurity: true }] },
    RejectedPatches: ['docker*'],
    RejectedPatchesAction: 'BLOCK',
    Sources: [{ Name: 'own', Products: ['*'], Configuration: '[own]\nname=own' }],
    PatchGroups: ['batch', 'web'],
  });
  expect(ubuntu).toMatchObject({ ApprovalRules: { PatchRules: [{ ApproveAfterDays: 0 }] }, PatchGroups: ['web'] });
  expect(await groups()).toEqual([
    'batch: linux for AMAZON_LINUX_2023', 'web: linux for AMAZON_LINUX_2023', 'web: ubuntu for UBUNTU', 'web: windows for WINDOWS',
  ]);
  expect(await defaultOf(WINDOWS)).toBe(windows.BaselineId);
  expect(await defaultOf(UBUNTU)).not.toBe(ubuntu.BaselineId);
  expect(await rig.ssm.send(new GetPatchBaselineForPatchGroupCommand({ PatchGroup: 'web', OperatingSystem: 'UBUNTU' }))).toMatchObject({ BaselineId: ubuntu.BaselineId });

  // updated in place, and one of them deleted
  deploy({ days: 5, group: 'api', ubuntu: false });
  const updated = await existing();
  expect(Object.keys(updated).sort()).toEqual(['linux', 'windows']);
  expect([updated.windows.BaselineId, updated.linux.BaselineId]).toEqual([windows.BaselineId, linux.BaselineId]);
  expect(updated.windows.ApprovalRules!.PatchRules![0].ApproveAfterDays).toBe(5);
  expect(await groups()).toEqual(['api: linux for AMAZON_LINUX_2023', 'api: windows for WINDOWS', 'batch: linux for AMAZON_LINUX_2023']);

  // replaced
  deploy({ days: 5, group: 'api', ubuntu: false, linux: PatchOperatingSystem.ROCKY_LINUX });
  const replaced = await existing();
  expect(replaced.windows.BaselineId).toBe(windows.BaselineId);
  expect(replaced.linux.BaselineId).not.toBe(linux.BaselineId);
  expect(replaced.linux.OperatingSystem).toBe('ROCKY_LINUX');
  expect(await groups()).toEqual(['api: linux for ROCKY_LINUX', 'api: windows for WINDOWS', 'batch: linux for ROCKY_LINUX']);

  // deleted
  const { directory } = assemble(rig, STACK, (stack) => define(stack, { days: 5, group: 'api', ubuntu: false }));
  rig.cdk('destroy', '--app', directory, '--force', STACK);
  expect(await existing()).toEqual({});
  expect(await groups()).toEqual([]);
});

test('a patch group that is taken stops the deployment, which leaves nothing behind', async () => {
  const [first, second] = [new Deployment(rig, 'First'), new Deployment(rig, 'Second')];
  const linux = (stack: Stack) => void new PatchBaseline(stack, 'Linux', {
    operatingSystem: AMAZON_LINUX_2023, patchBaselineName: stack.stackName, approvedPatches: ['kernel'], patchGroups: ['web'],
  });
  await first.succeed(linux);

  expect(await second.deploy(linux)).toMatchObject({ status: 'ROLLBACK_COMPLETE', failures: [expect.stringContaining('Patch group web is already registered')] });

  expect(Object.keys(await existing())).toEqual(['First']);
  expect(await groups()).toEqual(['web: First for AMAZON_LINUX_2023']);
  await first.delete();
  await second.delete();
});

test('baselines in a file are uploaded, and the tasks read them from there', async () => {
  const { directory } = assemble(rig, 'Override', (stack) => {
    const override = new PatchBaselineOverride(stack, 'Baselines', {
      baselines: [{ operatingSystem: UBUNTU, approvalRules: [{ filters: [PatchFilter.priority('Required')] }] }],
    });
    new PatchWindows(stack, 'Patching', { selector: TargetSelector.tags({ Role: ['web'] }), baselineOverride: override.file });
  });
  rig.cdk('deploy', '--app', directory, '--require-approval', 'never', '--method', 'direct', 'Override');

  const WindowId = await new Deployment(rig, 'Override').idOf('AWS::SSM::MaintenanceWindow');
  const { Tasks } = await rig.ssm.send(new DescribeMaintenanceWindowTasksCommand({ WindowId }));
  const task = await new Deployment(rig, 'Override').task();
  expect(Tasks).toHaveLength(1);
  const [url] = task.TaskInvocationParameters!.RunCommand!.Parameters!.BaselineOverride;
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url)!;
  const uploaded = await fetch(`${rig.endpoint}/${bucket}/${key}`);
  expect(await uploaded.text()).toBe(readFileSync(join(directory, `asset.${key}`), 'utf-8'));
  expect((await existing()).ubuntu).toBeUndefined();
  rig.cdk('destroy', '--app', directory, '--force', 'Override');
});
