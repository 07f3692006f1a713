import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, LegacyStackSynthesizer, PropertyInjectors, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MaintenanceWindow, MaintenanceWindowSchedule, PatchOperation, RateControl, TargetSelector, TaskTargets } from '../../src';
import {
  PatchBaselineOverride, PatchComplianceLevel, PatchComplianceStatus, PatchFilter, PatchOperatingSystem, PatchWindows, RejectedPatchesAction,
} from '../../src/patching';
import type { PatchBaselineOptions, PatchBaselineOverrideProps } from '../../src/patching';
import { templateWithFindings, testApp, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { later, laterNumber } from '../support/tokens';

const { AMAZON_LINUX_2023, UBUNTU, WINDOWS } = PatchOperatingSystem;

function baseline(options: Partial<PatchBaselineOptions> = {}): PatchBaselineOptions {
  return { operatingSystem: AMAZON_LINUX_2023, approvedPatches: ['kernel'], ...options };
}

function override(stack: Stack, baselines: readonly PatchBaselineOptions[] = [baseline()], id: string = 'Override'): PatchBaselineOverride {
  return new PatchBaselineOverride(stack, id, { baselines: [...baselines] });
}

/** The file in the cloud assembly, by its key. */
function fileOf(stack: Stack, { file }: PatchBaselineOverride): string {
  return readFileSync(join((stack.node.root as App).synth().directory, `asset.${file.key}`), 'utf-8');
}

function contentWith(...baselines: PatchBaselineOptions[]): unknown {
  const stack = testStack();
  return JSON.parse(fileOf(stack, override(stack, baselines)));
}

function messageOf(...baselines: PatchBaselineOptions[]): string {
  return failure(() => override(testStack(), baselines)).replace(' (at Stack/Override)', '');
}

function temporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('patch-baselines'));
}

describe('the file', () => {
  test('has all members, as the guide of AWS shows them', () => {
    expect(contentWith({
      operatingSystem: AMAZON_LINUX_2023, approvalRules: [{ filters: [PatchFilter.severity('*')], approveUntil: new Date('2027-01-06T00:00:00Z') }],
    })).toEqual([{
      ApprovalRules: {
        PatchRules: [{
          ApproveUntilDate: '2027-01-06',
          ComplianceLevel: 'UNSPECIFIED',
          EnableNonSecurity: false,
          PatchFilterGroup: { PatchFilters: [{ Key: 'SEVERITY', Values: ['*'] }] },
        }],
      },
      ApprovedPatches: [],
      ApprovedPatchesComplianceLevel: 'UNSPECIFIED',
      ApprovedPatchesEnableNonSecurity: false,
      GlobalFilters: { PatchFilters: [] },
      OperatingSystem: 'AMAZON_LINUX_2023',
      RejectedPatches: [],
      RejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
      Sources: [],
    }]);
  });

  test('holds what is given, for several operating systems', () => {
    expect(contentWith({
      operatingSystem: AMAZON_LINUX_2023,
      approvalRules: [{
        filters: [PatchFilter.classification('Security')], approveAfter: Duration.days(3), complianceLevel: PatchComplianceLevel.HIGH, enableNonSecurity: true,
      }],
      globalFilters: [PatchFilter.product('AmazonLinux2023')],
      approvedPatches: ['kernel*'],
      approvedPatchesComplianceLevel: PatchComplianceLevel.CRITICAL,
      approvedPatchesEnableNonSecurity: true,
      rejectedPatches: ['docker*'],
      rejectedPatchesAction: RejectedPatchesAction.BLOCK,
      sources: [{ name: 'own', products: ['*'], configuration: '[own]' }],
    }, {
      operatingSystem: WINDOWS,
      approvedPatches: ['KB123456'],
      availableSecurityUpdatesCompliance: PatchComplianceStatus.COMPLIANT,
    }, {
      operatingSystem: UBUNTU,
      approvalRules: [{ filters: [PatchFilter.priority('Required')] }],
    })).toMatchObject([{
      ApprovalRules: { PatchRules: [{ ApproveAfterDays: 3, ComplianceLevel: 'HIGH', EnableNonSecurity: true }] },
      ApprovedPatches: ['kernel*'],
      ApprovedPatchesComplianceLevel: 'CRITICAL',
      ApprovedPatchesEnableNonSecurity: true,
      GlobalFilters: { PatchFilters: [{ Key: 'PRODUCT', Values: ['AmazonLinux2023'] }] },
      RejectedPatches: ['docker*'],
      RejectedPatchesAction: 'BLOCK',
      Sources: [{ Configuration: '[own]', Name: 'own', Products: ['*'] }],
    }, {
      OperatingSystem: 'WINDOWS', AvailableSecurityUpdatesComplianceStatus: 'COMPLIANT', ApprovalRules: { PatchRules: [] },
    }, {
      OperatingSystem: 'UBUNTU', ApprovalRules: { PatchRules: [{ ApproveAfterDays: 0 }] },
    }]);
  });

  test('has a key that depends on the content only, and leaves nothing behind', () => {
    const before = temporaryFolders();
    const [one, same, other] = [[baseline()], [baseline()], [baseline({ approvedPatches: ['bash'] })]].map((baselines) => override(testStack(), baselines).file.key);
    expect(one).toMatch(/^[0-9a-f]{64}\.json$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    expect(temporaryFolders()).toEqual(before);
  });

  test('stays where assets are not staged', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'assembly-')), context: { 'aws:cdk:disable-asset-staging': true } });
    const stack = new Stack(app, 'Stack');
    override(stack);
    const { files } = JSON.parse(readFileSync(join(app.synth().directory, 'Stack.assets.json'), 'utf-8')) as { files: Record<string, { source: { path: string } }> };
    const paths = Object.values(files).map(({ source }) => source.path).filter((path) => path.endsWith('baselines.json'));
    expect(paths.map((path) => JSON.parse(readFileSync(path, 'utf-8')) as unknown[])).toEqual([[expect.objectContaining({ ApprovedPatches: ['kernel'] })]]);
  });
});

describe('fails', () => {
  test.each<[string, unknown, string]>([
    ['without properties', undefined, "'props' must be an object, got undefined, specify a value"],
    ['without baselines', {}, "'baselines' must be a list, got undefined, specify a value"],
    ['with no baseline', { baselines: [] }, "'baselines' must hold at least one baseline, got none, give one for each operating system of the nodes"],
    ['with something else', { baselines: ['web'] }, "'baselines[0]' must be an object, got \"web\""],
    ['without an operating system', { baselines: [{}] }, "'baselines[0].operatingSystem' must be a string, got undefined, specify a value"],
    ['with another type deep inside', { baselines: [baseline({ approvalRules: [{ filters: 'x' as never }] })] },
      "'baselines[0].approvalRules[0].filters' must be a list, got \"x\""],
  ])('%s', (_, props, message) => {
    expect(() => new PatchBaselineOverride(testStack(), 'Override', props as PatchBaselineOverrideProps)).toThrow(new Error(`${message} (at Stack/Override)`));
  });

  test('with two baselines for one operating system', () => {
    expect(messageOf(baseline(), baseline({ operatingSystem: UBUNTU }), baseline())).toBe(
      "'baselines' must hold one baseline for each operating system, got a second one for AMAZON_LINUX_2023 in 'baselines[2]', remove one of them");
  });

  test('with what the rule book rejects', () => {
    expect(messageOf(baseline({ operatingSystem: UBUNTU }), baseline({ approvalRules: [{ filters: [PatchFilter.product('*')] }] }))).toBe(
      "'baselines[1].approvalRules[0].approveAfter' or 'baselines[1].approvalRules[0].approveUntil' must be set, got neither, set one of them");
    expect(messageOf(baseline({ approvalRules: [{ filters: [], approveAfter: Duration.days(361) }] }))).toBe(
      "'baselines[0].approvalRules[0].approveAfter' must be a whole number of days from 0 to 360, got 361 days");
  });

  test.each<[string, Partial<PatchBaselineOptions>]>([
    ['operatingSystem', { operatingSystem: later() as PatchOperatingSystem }],
    ['approvedPatches', { approvedPatches: Token.asList({ Ref: 'List' }) }],
    ['approvedPatches[1]', { approvedPatches: ['kernel', `bash-${later()}`] }],
    ['approvalRules[0].filters[0].values[0]', { approvalRules: [{ filters: [PatchFilter.product(later())], approveAfter: Duration.days(1) }] }],
    ['approvalRules[0].approveAfter', { approvalRules: [{ filters: [], approveAfter: Duration.days(laterNumber()) }] }],
    ['sources[0].configuration', { sources: [{ name: 'own', products: ['*'], configuration: later() }] }],
  ])('with a value of %s that no file can hold', (prop, options) => {
    expect(messageOf(baseline(options))).toBe(`'baselines[0].${prop}' must be known at synthesis, when it is written to a file, `
      + 'got a value that is known only at deployment, give a literal value or use a PatchBaseline');
  });
});

test('warns as a baseline of the account does', () => {
  const stack = testStack();
  override(stack, [{ operatingSystem: AMAZON_LINUX_2023, globalFilters: [PatchFilter.classification('SecurityUpdates')] }]);
  expect(warningsOf(stack)).toEqual([
    "'baselines[0].globalFilters[0].values[0]' should be one of Security, Bugfix, Enhancement, Recommended, Newpackage, or * for all, in a filter by CLASSIFICATION "
    + 'for AMAZON_LINUX_2023, got "SecurityUpdates", use "Security"',
    "'baselines[0].approvalRules' or 'baselines[0].approvedPatches' should be set, got neither, so that no patch is ever installed, set one of them",
  ]);
});

describe('nodes', () => {
  test('are granted the file and nothing else of the bucket', () => {
    const stack = testStack();
    const one = override(stack);
    one.grantRead(new iam.Role(stack, 'Nodes', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
    const [policy] = Object.values(templateWithFindings(stack, []).findResources('AWS::IAM::Policy'));
    const [{ Resource: resource, ...statement }] = policy.Properties.PolicyDocument.Statement;
    expect(statement).toEqual({ Action: 's3:GetObject', Effect: 'Allow' });
    expect(JSON.stringify(resource)).toContain(`/${one.file.key}"`);
  });

  test('must have a role that is known', () => {
    const stack = testStack();
    const imported = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    const unknown = { grantPrincipal: new iam.UnknownPrincipal({ resource: imported }) };
    expect(() => override(stack).grantRead(unknown)).toThrow(new Error(
      "'grantee' must have a role that is known, got an imported resource, pass the role of the instance profile (at Stack/Override)"));
    expect(() => override(stack, [baseline()], 'Other').grantRead(undefined as never)).toThrow(
      new Error("'grantee' must be a grantee, got undefined, specify a value (at Stack/Other)"));
  });
});

describe('a window', () => {
  const SCHEDULE = MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(4), hour: '2' });
  const windowsAfter = (days: number) => baseline({
    operatingSystem: WINDOWS, approvalRules: [{ filters: [PatchFilter.classification('SecurityUpdates')], approveAfter: Duration.days(days) }],
  });

  function patched(stack: Stack, one: PatchBaselineOverride): PatchWindows {
    return new PatchWindows(stack, 'Patching', { selector: TargetSelector.tags({ Role: ['web'] }), installSchedule: SCHEDULE, baselineOverride: one.file });
  }

  const NOT_REPORTED = (key: string) => "'baselineOverride' keeps Patch Manager from updating patch compliance, so missing patches are in the output of the commands "
    + `only, got the file "${key}", give the nodes a patch baseline of the account instead`;

  test('has the file in its tasks', () => {
    const stack = testStack();
    const one = override(stack);
    patched(stack, one);
    const tasks = Object.values(templateWithFindings(stack, ['AwsSolutions-S1']).findResources('AWS::SSM::MaintenanceWindowTask'));
    const parametersOf = ({ TaskInvocationParameters: invocation }: any) => invocation.MaintenanceWindowRunCommandParameters.Parameters;
    const urls = tasks.map(({ Properties }) => JSON.stringify(parametersOf(Properties).BaselineOverride));
    const url = expect.stringMatching(new RegExp(`"s3://.*/${one.file.key}"`));
    expect(urls).toEqual([url, url]);
    expect(warningsOf(stack)).toEqual([NOT_REPORTED(one.file.key)]);
  });

  test('takes it for one task', () => {
    const stack = testStack();
    const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2) });
    window.addPatchTask('Patch', {
      operation: PatchOperation.INSTALL,
      baselineOverride: override(stack).file,
      targets: TaskTargets.registered(window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) })),
      maxConcurrency: RateControl.count(1),
    });
    templateWithFindings(stack, []).hasResource('AWS::SSM::MaintenanceWindowTask', {});
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, PatchBaselineOptions, number]>([
    ['early enough', windowsAfter(3), 0],
    ['too late', windowsAfter(5), 1],
    ['for another operating system', baseline(), 0],
  ])('is judged by what it approves: %s', (_, options, count) => {
    const stack = testStack();
    const one = override(stack, [options]);
    patched(stack, one);
    expect(warningsOf(stack).filter((warning) => warning !== NOT_REPORTED(one.file.key))).toEqual(Array(count).fill(
      "'installSchedule' should open when the month's update of Windows is approved, got \"cron(0 2 ? * TUE#2 *)\" with an offset of 4 days, which never installs that of "
      + '2028-01, released at 2028-01-11T18:00:00.000Z, with "Stack/Override", which approves after 5 days, open 2 days later or approve patches after 3 days '
      + "(computed from AWS's documents)"));
  });

  test('is not judged by another file in the same bucket', () => {
    const stack = testStack();
    const { bucket } = override(stack, [windowsAfter(5)]).file;
    new PatchWindows(stack, 'Patching', { selector: TargetSelector.tags({ Role: ['web'] }), installSchedule: SCHEDULE, baselineOverride: { bucket, key: 'other.json' } });
    expect(warningsOf(stack)).toEqual([NOT_REPORTED('other.json')]);
  });
});

test('has a key that is known only at deployment with the synthesizer of old', () => {
  const stack = new Stack(testApp(), 'Old', { synthesizer: new LegacyStackSynthesizer() });
  const { file } = override(stack);
  expect(Token.isUnresolved(file.key)).toBe(true);
  expect(PatchBaselineOverride._of(file)).toBeDefined();
});

test('is changed by property injectors', () => {
  const app = testApp();
  PropertyInjectors.of(app).add({
    constructUniqueId: PatchBaselineOverride.PROPERTY_INJECTION_ID,
    inject: (props: PatchBaselineOverrideProps) => ({ baselines: [...props.baselines, baseline({ operatingSystem: UBUNTU })] }),
  });
  const stack = testStack('Stack', { app });
  expect(JSON.parse(fileOf(stack, override(stack)))).toHaveLength(2);
});
