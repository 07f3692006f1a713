import { Annotations, App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { outputBucket } from './resources';
import { TargetSelector } from '../../src';
import {
  PatchBaseline, PatchBaselineOverride, PatchComplianceLevel, PatchComplianceStatus, PatchFilter, PatchOperatingSystem, PatchWindows,
  RejectedPatchesAction,
} from '../../src/patching';

/** Patch baselines of the account and in a file, with all parameters, and a scan with each kind. */
export function defineFullPatchBaseline(app: App): Stack {
  const stack = new Stack(app, 'FullPatchBaseline');
  const linux = new PatchBaseline(stack, 'Linux', {
    patchBaselineName: 'integ-linux',
    description: 'Linux servers',
    operatingSystem: PatchOperatingSystem.AMAZON_LINUX_2023,
    approvalRules: [{
      filters: [PatchFilter.classification('Security'), PatchFilter.severity('Critical', 'Important')],
      approveAfter: Duration.days(3),
      complianceLevel: PatchComplianceLevel.CRITICAL,
      enableNonSecurity: true,
    }, { filters: [PatchFilter.classification('Bugfix')], approveUntil: new Date('2027-01-31T00:00:00Z') }],
    globalFilters: [PatchFilter.product('AmazonLinux2023')],
    approvedPatches: ['kernel*'],
    approvedPatchesComplianceLevel: PatchComplianceLevel.HIGH,
    approvedPatchesEnableNonSecurity: true,
    rejectedPatches: ['docker*'],
    rejectedPatchesAction: RejectedPatchesAction.BLOCK,
    sources: [{ name: 'own', products: ['*'], configuration: '[own]\nname=own\nbaseurl=https://example.com' }],
    patchGroups: ['integ'],
    tags: { team: 'platform' },
  });
  const windows = new PatchBaseline(stack, 'Windows', {
    operatingSystem: PatchOperatingSystem.WINDOWS,
    approvalRules: [{ filters: [PatchFilter.classification('SecurityUpdates')], approveAfter: Duration.days(3) }],
    availableSecurityUpdatesCompliance: PatchComplianceStatus.COMPLIANT,
  });
  new PatchWindows(stack, 'Groups', { selector: TargetSelector.patchGroup('integ-web'), baselines: [linux, windows], outputBucket: outputBucket(stack) });

  const override = new PatchBaselineOverride(stack, 'Override', {
    baselines: [{ operatingSystem: PatchOperatingSystem.UBUNTU, approvalRules: [{ filters: [PatchFilter.priority('Required')] }] }],
  });
  override.grantRead(new iam.Role(stack, 'NodeRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
  const single = new PatchWindows(stack, 'Single', {
    selector: TargetSelector.tags({ Role: ['web'] }), baselineOverride: override.file, outputBucket: outputBucket(stack, 'SingleOutput'),
  });
  Annotations.of(single).acknowledgeWarning('cdk-ssm-maintenance-windows:complianceNotReported', 'the output is looked at');
  return stack;
}

if (require.main === module) { defineFullPatchBaseline(new App()); }
