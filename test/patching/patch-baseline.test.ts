import { Aspects, CfnResource, Duration, PropertyInjectors, Stack, Tags, Token } from 'aws-cdk-lib';
import type { IAspect, App } from 'aws-cdk-lib';
import { CfnMaintenanceWindowTarget, CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import type { Construct, IConstruct } from 'constructs';
import { MaintenanceWindow, MaintenanceWindowSchedule, TargetSelector } from '../../src';
import {
  PatchBaseline, PatchComplianceLevel, PatchComplianceStatus, PatchFilter, PatchOperatingSystem, RejectedPatchesAction,
} from '../../src/patching';
import type { PatchApprovalRule, PatchBaselineProps } from '../../src/patching';
import { TEST_ACCOUNT, TEST_REGION, templateOf, testApp, testStack, warningsOf } from '../support/app';
import { failure, thrownBy } from '../support/errors';
import { later, laterNumber } from '../support/tokens';

const { AMAZON_LINUX_2023, DEBIAN, MACOS, ROCKY_LINUX, UBUNTU, WINDOWS } = PatchOperatingSystem;
const TYPE = 'AWS::SSM::PatchBaseline';

/** Something is approved, so that nothing is warned of. */
const APPROVED = ['kernel'];
const APPROVES_NOTHING = "'approvalRules' or 'approvedPatches' should be set, got neither, so that no patch is ever installed, set one of them";

/** A baseline for Amazon Linux 2023 with these properties beside the required ones. */
function baseline(scope: Construct, props: Partial<PatchBaselineProps> = {}, id: string = 'Baseline'): PatchBaseline {
  return new PatchBaseline(scope, id, { operatingSystem: AMAZON_LINUX_2023, approvedPatches: APPROVED, ...props });
}

function rule(props: Partial<PatchApprovalRule> = {}): PatchApprovalRule {
  return { filters: [PatchFilter.product('*')], ...props };
}

/** The properties of the only baseline in a stack, of which the models of the service and cdk-nag find nothing wrong. */
function rendered(stack: Stack): any {
  const [resource, ...others] = Object.values(templateOf(stack).findResources(TYPE));
  expect(others).toEqual([]);
  return resource.Properties;
}

function renderedWith(props: Partial<PatchBaselineProps>): any {
  const stack = testStack();
  baseline(stack, props);
  const properties = rendered(stack);
  expect(warningsOf(stack)).toEqual([]);
  return properties;
}

function messageOf(props: Partial<PatchBaselineProps>): string {
  return failure(() => baseline(testStack(), props)).replace(' (at Stack/Baseline)', '');
}

function warningsWith(props: Partial<PatchBaselineProps>): string[] {
  const stack = testStack();
  baseline(stack, props);
  rendered(stack);
  return warningsOf(stack);
}

/** Changes what an aspect finds. */
function aspect(visit: (node: IConstruct) => void): IAspect {
  return { visit };
}

describe('renders', () => {
  test('required properties only: the baseline and nothing else', () => {
    const stack = testStack();
    new PatchBaseline(stack, 'Baseline', { operatingSystem: AMAZON_LINUX_2023 });
    const template = templateOf(stack);
    expect(Object.values(template.toJSON().Resources)).toEqual([{
      Type: TYPE, Properties: { Name: 'Stack-Baseline-786F847F', OperatingSystem: 'AMAZON_LINUX_2023', DefaultBaseline: false },
    }]);
    expect(warningsOf(stack)).toEqual([APPROVES_NOTHING]);
  });

  test('all properties of Linux', () => {
    expect(renderedWith({
      patchBaselineName: 'web',
      description: 'Web servers',
      approvalRules: [
        {
          filters: [PatchFilter.classification('Security'), PatchFilter.severity('Critical', 'Important')],
          approveAfter: Duration.days(3),
          complianceLevel: PatchComplianceLevel.CRITICAL,
          enableNonSecurity: true,
        },
        { filters: [PatchFilter.classification('Bugfix')], approveUntil: new Date('2027-01-31T23:59:59Z') },
      ],
      globalFilters: [PatchFilter.product('AmazonLinux2023')],
      approvedPatches: ['kernel*'],
      approvedPatchesComplianceLevel: PatchComplianceLevel.HIGH,
      approvedPatchesEnableNonSecurity: true,
      rejectedPatches: ['docker*'],
      rejectedPatchesAction: RejectedPatchesAction.BLOCK,
      sources: [{ name: 'own', products: ['AmazonLinux2023'], configuration: '[main]\nname=own' }],
      patchGroups: ['web'],
      defaultBaseline: true,
      tags: { team: 'web', app: 'shop' },
    })).toEqual({
      Name: 'web',
      Description: 'Web servers',
      OperatingSystem: 'AMAZON_LINUX_2023',
      ApprovalRules: {
        PatchRules: [
          {
            PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['Security'] }, { Key: 'SEVERITY', Values: ['Critical', 'Important'] }] },
            ApproveAfterDays: 3,
            ComplianceLevel: 'CRITICAL',
            EnableNonSecurity: true,
          },
          { PatchFilterGroup: { PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['Bugfix'] }] }, ApproveUntilDate: '2027-01-31' },
        ],
      },
      GlobalFilters: { PatchFilters: [{ Key: 'PRODUCT', Values: ['AmazonLinux2023'] }] },
      ApprovedPatches: ['kernel*'],
      ApprovedPatchesComplianceLevel: 'HIGH',
      ApprovedPatchesEnableNonSecurity: true,
      RejectedPatches: ['docker*'],
      RejectedPatchesAction: 'BLOCK',
      Sources: [{ Name: 'own', Products: ['AmazonLinux2023'], Configuration: '[main]\nname=own' }],
      PatchGroups: ['web'],
      DefaultBaseline: true,
      Tags: [{ Key: 'app', Value: 'shop' }, { Key: 'team', Value: 'web' }],
    });
  });

  test('Windows: nodes that lack available updates are noncompliant, unless said otherwise', () => {
    expect(renderedWith({ operatingSystem: WINDOWS }).AvailableSecurityUpdatesComplianceStatus).toBe('NON_COMPLIANT');
    expect(renderedWith({ operatingSystem: WINDOWS, availableSecurityUpdatesCompliance: PatchComplianceStatus.COMPLIANT }))
      .toMatchObject({ AvailableSecurityUpdatesComplianceStatus: 'COMPLIANT' });
  });

  test.each([DEBIAN, UBUNTU])('%s: rules without a delay approve at once', (operatingSystem) => {
    const { ApprovalRules } = renderedWith({ operatingSystem, approvalRules: [rule({ filters: [PatchFilter.priority('Required')] })] });
    expect(ApprovalRules.PatchRules).toEqual([{ ApproveAfterDays: 0, PatchFilterGroup: { PatchFilters: [{ Key: 'PRIORITY', Values: ['Required'] }] } }]);
  });

  test('two baselines in one stack', () => {
    const stack = testStack();
    baseline(stack, { patchGroups: ['web'] }, 'Web');
    baseline(stack, { patchGroups: ['database'] }, 'Database');
    templateOf(stack).resourceCountIs(TYPE, 2);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the same template whatever the order of tags', () => {
    expect(renderedWith({ tags: { a: '1', b: '2' } })).toEqual(renderedWith({ tags: { b: '2', a: '1' } }));
  });
});

describe('is', () => {
  test('referred to by its ID and ARN', () => {
    const stack = testStack();
    const one = baseline(stack);
    const { Ref } = stack.resolve(one.patchBaselineId);
    expect(stack.resolve(one.patchBaselineRef)).toEqual({ patchBaselineId: { Ref } });
    expect(stack.resolve(one.patchBaselineArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:${TEST_REGION}:${TEST_ACCOUNT}:patchbaseline/`, { Ref }]],
    });
    expect(one.operatingSystem).toBe('AMAZON_LINUX_2023');
    expect([one, stack, undefined, 'x', PatchBaseline.fromPatchBaselineId(stack, 'Import', 'pb-0123456789abcdef0')].map(PatchBaseline.isPatchBaseline))
      .toEqual([true, false, false, false, false]);
  });

  test('changed by property injectors', () => {
    const app = testApp();
    PropertyInjectors.of(app).add({
      constructUniqueId: PatchBaseline.PROPERTY_INJECTION_ID,
      inject: (props: PatchBaselineProps) => ({ ...props, description: 'injected' }),
    });
    const stack = testStack('Stack', { app });
    baseline(stack);
    expect(rendered(stack).Description).toBe('injected');
  });

  test('what the approvals say', () => {
    const stack = testStack();
    const times = (operatingSystem: PatchOperatingSystem, ...rules: Partial<PatchApprovalRule>[]) =>
      baseline(stack, { operatingSystem, approvalRules: rules.map(rule) }, `B${stack.node.children.length}`)._approvals.map(({ time }) => time);
    expect(times(AMAZON_LINUX_2023, { approveAfter: Duration.days(3) }, { approveUntil: new Date('2027-01-31T00:00:00Z') })).toEqual([{ days: 3 }, { until: '2027-01-31' }]);
    expect(times(AMAZON_LINUX_2023, { approveAfter: Duration.days(laterNumber()) })).toEqual([undefined]);
    expect(times(UBUNTU, {}, { approveAfter: Duration.days(3) })).toEqual([{ days: 0 }, { days: 0 }]);
    expect(times(later() as PatchOperatingSystem, { approveAfter: Duration.days(3) })).toEqual([undefined]);
  });
});

describe('imports', () => {
  const ID = 'pb-0123456789abcdef0';
  const ARN = `arn:aws-cn:ssm:cn-north-1:210987654321:patchbaseline/${ID}`;

  test('by ID', () => {
    const stack = testStack();
    const one = PatchBaseline.fromPatchBaselineId(stack, 'Import', ID);
    expect(one.patchBaselineId).toBe(ID);
    expect(one.patchBaselineRef.patchBaselineId).toBe(ID);
    expect(one.operatingSystem).toBeUndefined();
    expect(stack.resolve(one.patchBaselineArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:ssm:${TEST_REGION}:${TEST_ACCOUNT}:patchbaseline/${ID}`]],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('by ARN, with its account and Region', () => {
    const stack = testStack();
    const one = PatchBaseline.fromPatchBaselineArn(stack, 'Import', ARN);
    expect([one.patchBaselineArn, one.patchBaselineId, one.env.account, one.env.region, one.operatingSystem]).toEqual([ARN, ID, '210987654321', 'cn-north-1', undefined]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('tokens', () => {
    const stack = testStack();
    PatchBaseline.fromPatchBaselineId(stack, 'Id', later());
    PatchBaseline.fromPatchBaselineArn(stack, 'Arn', later());
    expect(warningsOf(stack)).toEqual([]);
  });

  test('warn of what AWS cannot have given, and reject what has no parts', () => {
    const stack = testStack();
    PatchBaseline.fromPatchBaselineId(stack, 'Id', 'mw-0123456789abcdef0');
    PatchBaseline.fromPatchBaselineArn(stack, 'Arn', `arn:aws:ssm:eu-central-1:1:patchbaseline/${ID}`);
    expect(warningsOf(stack)).toEqual([
      '\'patchBaselineId\' should be the ID of a patch baseline, "pb-" and 17 hexadecimal digits, got "mw-0123456789abcdef0", look it up in the account',
      '\'patchBaselineArn\' should be the ARN of a patch baseline such as "arn:aws:ssm:eu-central-1:123456789012:patchbaseline/pb-0123456789abcdef0", '
      + `got "arn:aws:ssm:eu-central-1:1:patchbaseline/${ID}", look it up in the account`,
    ]);
    expect(failure(() => PatchBaseline.fromPatchBaselineArn(stack, 'None', ID)))
      .toBe(`'patchBaselineArn' must be an ARN, got "${ID}", use fromPatchBaselineId() for an ID (at Stack/None)`);
  });
});

describe('predefined baselines', () => {
  test('have the name and the delay that AWS documents', () => {
    const all = Object.values(PatchOperatingSystem).map((operatingSystem) => PatchBaseline.awsDefault(operatingSystem));
    expect(all.map(({ operatingSystem, patchBaselineName, approveAfter }) => [operatingSystem, patchBaselineName, approveAfter?.toDays()])).toEqual([
      ['WINDOWS', 'AWS-DefaultPatchBaseline', 7],
      ['AMAZON_LINUX', 'AWS-AmazonLinuxDefaultPatchBaseline', 7],
      ['AMAZON_LINUX_2', 'AWS-AmazonLinux2DefaultPatchBaseline', 7],
      ['AMAZON_LINUX_2022', 'AWS-AmazonLinux2022DefaultPatchBaseline', 7],
      ['AMAZON_LINUX_2023', 'AWS-AmazonLinux2023DefaultPatchBaseline', 7],
      ['UBUNTU', 'AWS-UbuntuDefaultPatchBaseline', undefined],
      ['REDHAT_ENTERPRISE_LINUX', 'AWS-RedHatDefaultPatchBaseline', 7],
      ['SUSE', 'AWS-SuseDefaultPatchBaseline', 7],
      ['CENTOS', 'AWS-CentOSDefaultPatchBaseline', 7],
      ['ORACLE_LINUX', 'AWS-OracleLinuxDefaultPatchBaseline', 7],
      ['DEBIAN', 'AWS-DebianDefaultPatchBaseline', undefined],
      ['MACOS', 'AWS-MacOSDefaultPatchBaseline', undefined],
      ['RASPBIAN', 'AWS-DefaultRaspbianPatchBaseline', undefined],
      ['ROCKY_LINUX', 'AWS-RockyLinuxDefaultPatchBaseline', 7],
      ['ALMA_LINUX', 'AWS-AlmaLinuxDefaultPatchBaseline', 7],
    ]);
  });

  test('need an operating system that is known', () => {
    expect(thrownBy(() => PatchBaseline.awsDefault(later() as PatchOperatingSystem)).message)
      .toBe('\'operatingSystem\' must be known at synthesis, got "<known at deployment>", use a member of PatchOperatingSystem');
    expect(thrownBy(() => PatchBaseline.awsDefault('BEOS' as PatchOperatingSystem)).message).toMatch(/^'operatingSystem' must be one of WINDOWS, .*, got "BEOS"$/);
  });
});

test('each key of the API has a filter', () => {
  const { isPrototypeOf: _, ...factories } = Object.fromEntries(Object.getOwnPropertyNames(PatchFilter)
    .map((name): [string, unknown] => [name, Reflect.get(PatchFilter, name)]).filter(([name, value]) => typeof value === 'function' && !name.startsWith('_')));
  expect(Object.values(factories).map((factory: any) => factory('x').key).sort()).toEqual([
    'ADVISORY_ID', 'ARCH', 'BUGZILLA_ID', 'CLASSIFICATION', 'CVE_ID', 'EPOCH', 'MSRC_SEVERITY', 'NAME', 'PATCH_ID', 'PATCH_SET', 'PRIORITY', 'PRODUCT',
    'PRODUCT_FAMILY', 'RELEASE', 'REPOSITORY', 'SECTION', 'SECURITY', 'SEVERITY', 'VERSION',
  ]);
});

test.each<[string, () => unknown, string]>([
  ['no values', () => PatchFilter.product(), '\'values\' must hold from 1 to 20 values, got 0'],
  ['21 values', () => PatchFilter.product(...Array(21).fill('x')), '\'values\' must hold from 1 to 20 values, got 21'],
  ['an empty value', () => PatchFilter.product('x', ''), '\'values[1]\' must be 1 to 64 characters long, got 0 characters: ""'],
  ['a value of 65 characters', () => PatchFilter.arch('x'.repeat(65)), `'values[0]' must be 1 to 64 characters long, got 65 characters: "${'x'.repeat(65)}"`],
  ['a value of another type', () => PatchFilter.cveId(1 as never), '\'values[0]\' must be a string, got 1'],
])('a filter rejects %s', (_what, make, message) => {
  expect(thrownBy(make).message).toBe(message);
});

test('a filter takes 20 values of 64 characters, and tokens', () => {
  expect(PatchFilter.product(...Array(20).fill('x'.repeat(64))).values).toHaveLength(20);
  const stack = testStack();
  baseline(stack, { globalFilters: [PatchFilter.product(later()), PatchFilter.severity(...Token.asList({ 'Fn::GetAZs': '' }))] });
  expect(rendered(stack).GlobalFilters.PatchFilters).toEqual([{ Key: 'PRODUCT', Values: [{ 'Fn::ImportValue': 'Value' }] }, { Key: 'SEVERITY', Values: { 'Fn::GetAZs': '' } }]);
});

const SEVEN_DAYS = { approveAfter: Duration.days(7) };
const RULE = rule(SEVEN_DAYS);
const FILTER = PatchFilter.product('*');
const SOURCE = { name: 'own', products: ['*'], configuration: 'x' };

test.each<[string, Partial<PatchBaselineProps>]>([
  ['a name of 3 characters', { patchBaselineName: 'a_.' }],
  ['a name of 128 characters', { patchBaselineName: 'a'.repeat(128) }],
  ['a description of 1,024 characters', { description: 'd'.repeat(1024) }],
  ['10 rules', { approvalRules: Array(10).fill(RULE) }],
  ['4 filters of a rule', { approvalRules: [rule({ ...SEVEN_DAYS, filters: Array(4).fill(FILTER) })] }],
  ['4 global filters', { globalFilters: Array(4).fill(FILTER) }],
  ['no delay', { approvalRules: [rule({ approveAfter: Duration.days(0) })] }],
  ['a delay of 360 days, in hours', { approvalRules: [rule({ approveAfter: Duration.hours(8640) })] }],
  ['50 approved patches of 100 characters', { approvedPatches: Array(50).fill('p'.repeat(100)) }],
  ['50 rejected patches', { rejectedPatches: Array(50).fill('p') }],
  ['20 sources', { sources: Array(20).fill(SOURCE) }],
  ['a source at its limits', { sources: [{ name: 's'.repeat(50), products: Array(20).fill('p'.repeat(128)), configuration: 'c'.repeat(1024) }] }],
  ['a patch group of 256 characters', { patchGroups: ['Größe '.repeat(64).slice(0, 256)] }],
])('takes %s', (_what, props) => {
  expect(() => renderedWith(props)).not.toThrow();
});

test.each<[string, Partial<PatchBaselineProps>, string]>([
  ['a name of 2 characters', { patchBaselineName: 'ab' }, '\'patchBaselineName\' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", got "ab"'],
  ['a description that is empty', { description: '' }, '\'description\' must be 1 to 1024 characters long, got 0 characters: ""'],
  ['another operating system', { operatingSystem: 'LINUX' as PatchOperatingSystem },
    '\'operatingSystem\' must be one of WINDOWS, AMAZON_LINUX, AMAZON_LINUX_2, AMAZON_LINUX_2022, AMAZON_LINUX_2023, UBUNTU, REDHAT_ENTERPRISE_LINUX, SUSE, '
    + 'CENTOS, ORACLE_LINUX, DEBIAN, MACOS, RASPBIAN, ROCKY_LINUX, ALMA_LINUX, got "LINUX"'],
  ['no operating system', { operatingSystem: undefined }, '\'operatingSystem\' must be a string, got undefined, specify a value'],
  ['11 rules', { approvalRules: Array(11).fill(RULE) }, '\'approvalRules\' must hold from 0 to 10 rules, got 11'],
  ['a rule without filters', { approvalRules: [{} as PatchApprovalRule] }, '\'approvalRules[0].filters\' must be a list, got undefined, specify a value'],
  ['a filter of another type', { approvalRules: [rule({ filters: ['x' as never] })] }, '\'approvalRules[0].filters[0]\' must be a PatchFilter, got "x"'],
  ['5 filters', { approvalRules: [RULE, rule({ ...SEVEN_DAYS, filters: Array(5).fill(FILTER) })] }, '\'approvalRules[1].filters\' must hold from 0 to 4 filters, got 5'],
  ['5 global filters', { globalFilters: Array(5).fill(FILTER) }, '\'globalFilters\' must hold from 0 to 4 filters, got 5'],
  ['neither delay nor date', { approvalRules: [RULE, rule()] },
    '\'approvalRules[1].approveAfter\' or \'approvalRules[1].approveUntil\' must be set, got neither, set one of them'],
  ['both delay and date', { approvalRules: [rule({ ...SEVEN_DAYS, approveUntil: new Date('2027-01-01T00:00:00Z') })] },
    '\'approvalRules[0].approveAfter\' must not be set together with \'approvalRules[0].approveUntil\', got both, remove one of them'],
  ['a delay of 361 days', { approvalRules: [rule({ approveAfter: Duration.days(361) })] },
    '\'approvalRules[0].approveAfter\' must be a whole number of days from 0 to 360, got 361 days'],
  ['a delay of half a day', { approvalRules: [rule({ approveAfter: Duration.hours(12) })] },
    '\'approvalRules[0].approveAfter\' must be a whole number of days from 0 to 360, got 12 hours'],
  ['a delay that is a number', { approvalRules: [rule({ approveAfter: 7 as never })] }, '\'approvalRules[0].approveAfter\' must be a Duration, got 7'],
  ['a delay in hours that is known only at deployment', { approvalRules: [rule({ approveAfter: Duration.hours(laterNumber()) })] },
    '\'approvalRules[0].approveAfter\' must be made by Duration.days() when its value is known only at deployment, got Duration.hours()'],
  ['a date that is none', { approvalRules: [rule({ approveUntil: new Date(NaN) })] }, '\'approvalRules[0].approveUntil\' must be a valid date, got an invalid Date'],
  ['another level', { approvalRules: [rule({ ...SEVEN_DAYS, complianceLevel: 'BAD' as PatchComplianceLevel })] },
    '\'approvalRules[0].complianceLevel\' must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNSPECIFIED, got "BAD"'],
  ['a flag that is a text', { approvalRules: [rule({ ...SEVEN_DAYS, enableNonSecurity: 'yes' as never })] },
    '\'approvalRules[0].enableNonSecurity\' must be true or false, got "yes"'],
  ['51 approved patches', { approvedPatches: Array(51).fill('p') }, '\'approvedPatches\' must hold from 0 to 50 patches, got 51'],
  ['an approved patch of 101 characters', { approvedPatches: ['p', 'p'.repeat(101)] },
    `'approvedPatches[1]' must be 1 to 100 characters long, got 101 characters: "${'p'.repeat(99)}…`],
  ['51 rejected patches', { rejectedPatches: Array(51).fill('p') }, '\'rejectedPatches\' must hold from 0 to 50 patches, got 51'],
  ['another action', { rejectedPatchesAction: 'DENY' as RejectedPatchesAction }, '\'rejectedPatchesAction\' must be one of ALLOW_AS_DEPENDENCY, BLOCK, got "DENY"'],
  ['another status', { operatingSystem: WINDOWS, availableSecurityUpdatesCompliance: 'OK' as PatchComplianceStatus },
    '\'availableSecurityUpdatesCompliance\' must be one of COMPLIANT, NON_COMPLIANT, got "OK"'],
  ['21 sources', { sources: Array(21).fill(SOURCE) }, '\'sources\' must hold from 0 to 20 sources, got 21'],
  ['a source with a name of 2 characters', { sources: [{ ...SOURCE, name: 'ab' }] },
    '\'sources[0].name\' must be 3 to 50 characters long and hold only letters, digits, "_", "-" and ".", got "ab"'],
  ['a source without products', { sources: [{ ...SOURCE, products: [] }] }, '\'sources[0].products\' must hold from 1 to 20 products, got 0'],
  ['a source with an empty product', { sources: [{ ...SOURCE, products: [''] }] }, '\'sources[0].products[0]\' must be 1 to 128 characters long, got 0 characters: ""'],
  ['a source without configuration', { sources: [{ ...SOURCE, configuration: undefined as never }] }, '\'sources[0].configuration\' must be a string, got undefined, specify a value'],
  ['a source with an empty configuration', { sources: [{ ...SOURCE, configuration: '' }] }, '\'sources[0].configuration\' must be 1 to 1024 characters long, got 0 characters: ""'],
  ['a patch group with a comma', { patchGroups: ['web', 'a,b'] }, '\'patchGroups[1]\' must be 1 to 256 letters, digits, spaces and "_.:/=+-@", got "a,b"'],
  ['a tag without value', { tags: { team: '' } }, 'a value of \'tags\' must have at least one character, got an empty text for "team", give it a value'],
  ['a tag of AWS', { tags: { 'aws:team': 'web' } }, 'a key of \'tags\' must not begin with "aws:", which is kept for AWS, got "aws:team", rename it'],
])('rejects %s', (_what, props, message) => {
  expect(messageOf(props)).toBe(message);
});

test('takes tokens everywhere', () => {
  const stack = testStack();
  new PatchBaseline(stack, 'Baseline', {
    patchBaselineName: later(),
    description: later(),
    operatingSystem: later() as PatchOperatingSystem,
    approvalRules: [
      rule({
        filters: [PatchFilter.msrcSeverity(later())], approveAfter: Duration.days(laterNumber()), complianceLevel: later() as PatchComplianceLevel,
      }),
      rule(),
    ],
    globalFilters: [PatchFilter.priority(later())],
    approvedPatches: Token.asList({ 'Fn::GetAZs': '' }),
    approvedPatchesComplianceLevel: later() as PatchComplianceLevel,
    rejectedPatches: [later()],
    rejectedPatchesAction: later() as RejectedPatchesAction,
    sources: [{ name: later(), products: [later()], configuration: later() }],
    patchGroups: Token.asList({ 'Fn::GetAZs': '' }),
    availableSecurityUpdatesCompliance: later() as PatchComplianceStatus,
    tags: { team: later() },
  });
  expect(() => (stack.node.root as App).synth()).not.toThrow();
  expect(warningsOf(stack)).toEqual([]);
});

describe('warns of what the operating system does not have', () => {
  test.each<[string, Partial<PatchBaselineProps>, string]>([
    ['sources on Windows', { operatingSystem: WINDOWS, sources: [SOURCE] }, '\'sources\' should be set for Linux only, got 1 of them for WINDOWS, remove it'],
    ['sources on macOS', { operatingSystem: MACOS, sources: [SOURCE] }, '\'sources\' should be set for Linux only, got 1 of them for MACOS, remove it'],
    ['non-security updates on Windows', { operatingSystem: WINDOWS, approvedPatchesEnableNonSecurity: true },
      '\'approvedPatchesEnableNonSecurity\' should be set for Linux only, got true for WINDOWS, remove it'],
    ['non-security updates of a rule on Windows', { operatingSystem: WINDOWS, approvalRules: [rule({ ...SEVEN_DAYS, enableNonSecurity: true })] },
      '\'approvalRules[0].enableNonSecurity\' should be set for Linux only, got true for WINDOWS, remove it'],
    ['the status of available updates on Linux', { availableSecurityUpdatesCompliance: PatchComplianceStatus.COMPLIANT },
      '\'availableSecurityUpdatesCompliance\' should be set for WINDOWS only, got "COMPLIANT" for AMAZON_LINUX_2023, remove it'],
    ['a delay on Ubuntu', { operatingSystem: UBUNTU, approvalRules: [RULE] },
      '\'approvalRules[0].approveAfter\' should be left out where packages have no reliable release dates and are approved at once, got 7 for UBUNTU, remove it'],
    ['a date on Debian', { operatingSystem: DEBIAN, approvalRules: [rule({ approveUntil: new Date('2027-01-31T12:00:00Z') })] },
      '\'approvalRules[0].approveUntil\' should be left out where packages have no reliable release dates and are approved at once, got "2027-01-31" for DEBIAN, remove it'],
    ['a key of Windows on Linux', { approvalRules: [rule({ ...SEVEN_DAYS, filters: [FILTER, PatchFilter.msrcSeverity('Critical')] })] },
      '\'approvalRules[0].filters[1].key\' should be one of PRODUCT, CLASSIFICATION, SEVERITY for AMAZON_LINUX_2023, got "MSRC_SEVERITY", filter by one of them'],
    ['a key of Linux on Windows', { operatingSystem: WINDOWS, globalFilters: [PatchFilter.severity('Critical')] },
      '\'globalFilters[0].key\' should be one of PATCH_SET, PRODUCT, PRODUCT_FAMILY, CLASSIFICATION, MSRC_SEVERITY for WINDOWS, got "SEVERITY", filter by one of them'],
    ['a key of Windows on a Linux that AWS lists no keys for', { operatingSystem: ROCKY_LINUX, globalFilters: [PatchFilter.productFamily('Office')] },
      '\'globalFilters[0].key\' should be one of PRODUCT, CLASSIFICATION, SEVERITY, PRIORITY, SECTION for ROCKY_LINUX, got "PRODUCT_FAMILY", filter by one of them'],
  ])('%s', (_what, props, message) => {
    expect(warningsWith(props)).toEqual([message]);
  });

  test.each<[string, Partial<PatchBaselineProps>]>([
    ['no sources on Windows', { operatingSystem: WINDOWS, sources: [], approvedPatchesEnableNonSecurity: false }],
    ['no delay on Ubuntu', { operatingSystem: UBUNTU, approvalRules: [rule({ approveAfter: Duration.days(0) })] }],
    ['the documented keys of Windows', {
      operatingSystem: WINDOWS,
      globalFilters: [PatchFilter.patchSet('OS'), PatchFilter.productFamily('Windows'), PatchFilter.classification('SecurityUpdates'), PatchFilter.msrcSeverity('Critical')],
    }],
    ['the documented keys of Ubuntu', { operatingSystem: UBUNTU, globalFilters: [FILTER, PatchFilter.priority('Required'), PatchFilter.section('web')] }],
  ])('but not of %s', (_what, props) => {
    expect(warningsWith(props)).toEqual([]);
  });
});

describe('a baseline that approves nothing', () => {
  test.each<[string, Partial<PatchBaselineProps>]>([
    ['empty lists', { approvalRules: [], approvedPatches: [] }],
    ['nothing but filters that all patches have to pass', { approvedPatches: undefined, globalFilters: [PatchFilter.classification('Security')] }],
    ['nothing but rejected patches', { approvedPatches: undefined, rejectedPatches: ['kernel*'], rejectedPatchesAction: RejectedPatchesAction.BLOCK }],
  ])('is warned of: %s', (_, props) => {
    expect(warningsWith(props)).toEqual([APPROVES_NOTHING]);
  });

  test.each<[string, Partial<PatchBaselineProps>]>([
    ['a rule', { approvedPatches: [], approvalRules: [rule({ approveAfter: Duration.days(0) })] }],
    ['a list that is known only at deployment', { approvedPatches: Token.asList({ 'Fn::GetAZs': '' }) }],
  ])('is not warned of: %s', (_, props) => {
    expect(warningsWith(props)).toEqual([]);
  });

  test('is warned of when an escape hatch takes the rules', () => {
    const stack = testStack();
    const { node } = baseline(stack);
    (node.defaultChild as CfnPatchBaseline).addPropertyDeletionOverride('ApprovedPatches');
    rendered(stack);
    expect(warningsOf(stack)).toEqual([APPROVES_NOTHING]);
  });
});

describe('warns of values that AWS does not document for a filter', () => {
  const RPM = 'Security, Bugfix, Enhancement, Recommended, Newpackage';
  const WINDOWS_CLASSES = 'CriticalUpdates, DefinitionUpdates, Drivers, FeaturePacks, SecurityUpdates, ServicePacks, Tools, UpdateRollups, Updates, Upgrades';
  const PRIORITIES = 'Required, Important, Standard, Optional, Extra';

  test.each<[string, PatchOperatingSystem, PatchFilter, string, string, string]>([
    ['of another system', AMAZON_LINUX_2023, PatchFilter.classification('SecurityUpdates'), RPM, '"SecurityUpdates"', 'use "Security"'],
    ['of a system with RPM packages', WINDOWS, PatchFilter.classification('Security'), WINDOWS_CLASSES, '"Security"', 'use "SecurityUpdates"'],
    ['in other case', AMAZON_LINUX_2023, PatchFilter.severity('critical'), 'Critical, Important, Moderate, Medium, Low', '"critical"', 'use "Critical"'],
    ['as the console writes it', WINDOWS, PatchFilter.msrcSeverity('All'), 'Critical, Important, Moderate, Low, Unspecified', '"All"', 'use "*"'],
    ['that nothing is like', ROCKY_LINUX, PatchFilter.severity('High'), 'Critical, Important, Moderate, Medium, Low', '"High"', 'use one of them'],
    ['of a priority', UBUNTU, PatchFilter.priority('Requried'), PRIORITIES, '"Requried"', 'use "Required"'],
    ['of a set', WINDOWS, PatchFilter.patchSet('APPLICATIONS'), 'OS, APPLICATION', '"APPLICATIONS"', 'use "APPLICATION"'],
  ])('%s', (_, operatingSystem, filter, documented, got, fix) => {
    expect(warningsWith({ operatingSystem, approvalRules: [rule({ approveAfter: Duration.days(0), filters: [filter] })] })).toEqual([
      `'approvalRules[0].filters[0].values[0]' should be one of ${documented}, or * for all, in a filter by ${filter.key} for ${operatingSystem}, got ${got}, ${fix}`,
    ]);
  });

  test('in global filters', () => {
    expect(warningsWith({ operatingSystem: PatchOperatingSystem.SUSE, globalFilters: [PatchFilter.classification('Security', 'Bugfix')] })).toEqual([
      "'globalFilters[0].values[1]' should be one of Security, Recommended, Optional, Feature, Document, Yast, or * for all, in a filter by CLASSIFICATION for SUSE, "
      + 'got "Bugfix", use one of them',
    ]);
  });

  test.each<[string, PatchOperatingSystem, PatchFilter]>([
    ['all documented values', WINDOWS, PatchFilter.classification(...WINDOWS_CLASSES.split(', '))],
    ['the value for all', DEBIAN, PatchFilter.priority('*')],
    ['products, which change with time', WINDOWS, PatchFilter.product('WindowsServer2099')],
    ['a system of which no list is known', MACOS, PatchFilter.classification('whatever')],
    ['a value that is known only at deployment', AMAZON_LINUX_2023, PatchFilter.classification(later())],
    ['a list that is known only at deployment', AMAZON_LINUX_2023, PatchFilter.classification(...Token.asList({ 'Fn::GetAZs': '' }))],
    ['a system that is known only at deployment', later() as PatchOperatingSystem, PatchFilter.classification('whatever')],
  ])('but not of %s', (_, operatingSystem, filter) => {
    expect(warningsWith({ operatingSystem, globalFilters: [filter] })).toEqual([]);
  });
});

describe('at the end of synthesis', () => {
  const IN_STACK = (stack: Stack) => () => (stack.node.root as App).synth();

  test('checks what an aspect changed', () => {
    const stack = testStack();
    baseline(stack, { approvalRules: [RULE] });
    Aspects.of(stack).add(aspect((node) => {
      if (node instanceof CfnPatchBaseline) { node.approvedPatches = Array(51).fill('p'); }
    }));
    expect(thrownBy(IN_STACK(stack)).message).toContain('[Stack/Baseline] \'approvedPatches\' must hold from 0 to 50 patches, got 51');
  });

  test('checks escape hatches, also deep ones', () => {
    const stack = testStack();
    const resource = baseline(stack, { approvalRules: [RULE] }).node.defaultChild as CfnPatchBaseline;
    resource.addPropertyOverride('ApprovalRules.PatchRules.0.ApproveAfterDays', 400);
    resource.addPropertyOverride('OperatingSystem', 'WINDOWS');
    resource.addPropertyOverride('Sources', [{ Name: 'own', Products: ['*'], Configuration: 'x' }]);
    expect(thrownBy(IN_STACK(stack)).message).toContain('\'approvalRules[0].approveAfter\' must be a whole number of days from 0 to 360, got 400');
    expect(warningsOf(stack)).toEqual(['\'sources\' should be set for Linux only, got 1 of them for WINDOWS, remove it']);
  });

  test('checks tags of the app', () => {
    const stack = testStack();
    baseline(stack);
    Tags.of(stack).add('team', '');
    expect(thrownBy(IN_STACK(stack)).message).toContain('a value of \'tags\' must have at least one character, got an empty text for "team", give it a value');
  });

  const IN_BOTH = '\'patchGroups\' must not hold a patch group of another baseline for AMAZON_LINUX_2023, '
    + 'got "web", which "Stack/A" holds too, remove it from one of them';

  test('rejects a patch group of two baselines for one operating system, once', () => {
    const stack = testStack();
    baseline(stack, { patchGroups: ['web', 'other'] }, 'A');
    baseline(stack, { patchGroups: ['database', 'web'] }, 'B');
    const { message } = thrownBy(IN_STACK(stack));
    expect(message).toContain(`[Stack/B] ${IN_BOTH}`);
    expect(message).not.toContain('[Stack/A]');
  });

  test('rejects it in two stacks of one account and Region', () => {
    const app = testApp();
    baseline(testStack('Stack', { app }), { patchGroups: ['web'] }, 'A');
    baseline(testStack('Other', { app }), { patchGroups: ['web'] }, 'B');
    expect(thrownBy(() => app.synth()).message).toContain(`[Other/B] ${IN_BOTH}`);
  });

  test('rejects it beside an L1 baseline, which is one of Windows if it says nothing', () => {
    const stack = testStack();
    baseline(stack, { operatingSystem: WINDOWS, patchGroups: ['web'] }, 'A');
    new CfnPatchBaseline(stack, 'B', { name: 'own', patchGroups: ['web'] });
    expect(thrownBy(IN_STACK(stack)).message).toContain('[Stack/A] \'patchGroups\' must not hold a patch group of another baseline for WINDOWS, '
      + 'got "web", which "Stack/B" holds too, remove it from one of them');
  });

  test('warns of it where the account or Region is not known', () => {
    const app = testApp();
    baseline(new Stack(app, 'Stack'), { patchGroups: ['web'] }, 'A');
    const other = new Stack(app, 'Other');
    baseline(other, { patchGroups: ['web'] }, 'B');
    app.synth();
    expect(warningsOf(app)).toEqual([IN_BOTH.replace('must', 'should')]);
    expect(warningsOf(other)).toHaveLength(1);
  });

  test.each<[string, (app: App) => void]>([
    ['of different operating systems', (app) => {
      const stack = testStack('Stack', { app });
      baseline(stack, { patchGroups: ['web'], defaultBaseline: true }, 'A');
      baseline(stack, { patchGroups: ['web'], defaultBaseline: true, operatingSystem: UBUNTU }, 'B');
    }],
    ['in different Regions', (app) => {
      baseline(testStack('Stack', { app }), { patchGroups: ['web'], defaultBaseline: true }, 'A');
      baseline(testStack('Other', { app, env: { account: TEST_ACCOUNT, region: 'us-east-1' } }), { patchGroups: ['web'], defaultBaseline: true }, 'B');
    }],
    ['known only at deployment', (app) => {
      const stack = testStack('Stack', { app });
      baseline(stack, { patchGroups: [later()] }, 'A');
      baseline(stack, { patchGroups: [later()] }, 'B');
    }],
    ['of an operating system known only at deployment', (app) => {
      const stack = testStack('Stack', { app });
      baseline(stack, { patchGroups: ['web'], operatingSystem: later() as PatchOperatingSystem }, 'A');
      baseline(stack, { patchGroups: ['web'], operatingSystem: later() as PatchOperatingSystem }, 'B');
    }],
  ])('takes patch groups and defaults %s', (_what, define) => {
    const app = testApp();
    define(app);
    app.synth();
    expect(warningsOf(app)).toEqual([]);
  });

  test('warns of two default baselines for one operating system', () => {
    const stack = testStack();
    baseline(stack, { defaultBaseline: true }, 'A');
    baseline(stack, { defaultBaseline: true }, 'B');
    new CfnResource(stack, 'C', { type: TYPE, properties: { Name: 'own', OperatingSystem: 'UBUNTU', DefaultBaseline: true } });
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      '\'defaultBaseline\' should be true for one baseline of AMAZON_LINUX_2023, got a second one beside "Stack/A", remove it from one of them',
    ]);
  });

  describe('window targets', () => {
    function windowWith(stack: Stack, ...selectors: TargetSelector[]): void {
      const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.cron({ hour: '4' }), duration: Duration.hours(2) });
      selectors.forEach((selector, index) => window.addTarget(`Target${index}`, { selector }));
    }

    function spellingOf(group: string, define: (stack: Stack) => void): string[] {
      const stack = testStack();
      define(stack);
      baseline(stack, { patchGroups: [group] });
      (stack.node.root as App).synth();
      return warningsOf(stack);
    }

    const OTHER = (group: string, target: string) =>
      `'patchGroups' should hold patch groups as window targets select them, got "${group}", where a window target selects "${target}", write both the same way`;

    test.each<[string, TargetSelector]>([
      ['PatchGroup', TargetSelector.patchGroup('database', 'web-servers')],
      ['Patch Group', TargetSelector.tags({ 'Patch Group': ['web-servers'] })],
    ])('warns of another spelling than that of the tag %s', (_tag, selector) => {
      expect(spellingOf('Web Servers', (stack) => windowWith(stack, selector))).toEqual([OTHER('Web Servers', 'web-servers')]);
    });

    test('warns of another spelling than that of an L1 target', () => {
      expect(spellingOf('Web', (stack) => new CfnMaintenanceWindowTarget(stack, 'Target', {
        windowId: 'mw-0123456789abcdef0', resourceType: 'INSTANCE', targets: [{ key: 'tag:PatchGroup', values: ['web'] }],
      }))).toEqual([OTHER('Web', 'web')]);
    });

    test.each<[string, string, TargetSelector[]]>([
      ['is selected as it is, too', 'web', [TargetSelector.patchGroup('Web'), TargetSelector.patchGroup('web')]],
      ['has another name', 'web', [TargetSelector.patchGroup('web2')]],
      ['is the value of another tag', 'web', [TargetSelector.tags({ Role: ['Web'] })]],
      ['is known only at deployment', later(), [TargetSelector.patchGroup('web')]],
      ['may be a value that is known only at deployment', 'web', [TargetSelector.patchGroup(later())]],
    ])('says nothing of a patch group that %s', (_what, group, selectors) => {
      expect(spellingOf(group, (stack) => windowWith(stack, ...selectors))).toEqual([]);
    });
  });
});
