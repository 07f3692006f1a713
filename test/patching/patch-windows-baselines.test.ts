import { Duration, Token, TimeZone } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { MaintenanceWindowSchedule, TargetSelector } from '../../src';
import { PatchBaseline, PatchFilter, PatchOperatingSystem, PatchWindows } from '../../src/patching';
import type { PatchWindowsProps } from '../../src/patching';
import { templateOf, templateWithFindings, testStack, warningsOf } from '../support/app';
import { testBucket } from '../support/resources';

const after = (days: number) => MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(days), hour: '2' });

function baseline(stack: Stack, id: string, operatingSystem: PatchOperatingSystem, days: number = 7, patchGroups?: string[]): PatchBaseline {
  return new PatchBaseline(stack, id, {
    operatingSystem, patchGroups, approvalRules: [{ filters: [PatchFilter.classification('*')], approveAfter: Duration.days(days) }],
  });
}

function windows(stack: Stack, props: Partial<PatchWindowsProps> = {}): PatchWindows {
  return new PatchWindows(stack, 'Patching', { selector: TargetSelector.patchGroup('web'), installSchedule: after(8), ...props });
}

const groupsOf = (stack: Stack, hasWindows = true) => Object.values((hasWindows ? templateWithFindings(stack, ['AwsSolutions-S1']) : templateOf(stack)).findResources('AWS::SSM::PatchBaseline')).map(({ Properties }) => Properties.PatchGroups);

describe('baselines', () => {
  test('apply to the patch groups of the nodes, one for each operating system', () => {
    // GIVEN
    const stack = testStack();
    const baselines = [baseline(stack, 'Windows', PatchOperatingSystem.WINDOWS, 7, ['api']), baseline(stack, 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023)];

    // WHEN
    windows(stack, { baselines, selector: TargetSelector.patchGroup('web', 'api') });

    // THEN
    expect(groupsOf(stack)).toEqual([['api', 'web'], ['web', 'api']]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may have patch groups that are known only at deployment', () => {
    const stack = testStack();
    windows(stack, { baselines: [baseline(stack, 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023)], selector: TargetSelector.patchGroup(Token.asString({ Ref: 'AWS::StackName' })) });
    expect(groupsOf(stack)).toEqual([[{ Ref: 'AWS::StackName' }]]);
  });

  test('fail when the nodes are selected by something else', () => {
    const stack = testStack();
    expect(() => windows(stack, { baselines: [baseline(stack, 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023)], selector: TargetSelector.tags({ Role: ['web'] }) })).toThrow(new Error(
      "'selector' must select patch groups for 'baselines' to apply, got {\"tag:Role\":[\"web\"]}, use TargetSelector.patchGroup() (at Stack/Patching)"));
  });

  test('fail when two are for one operating system', () => {
    const stack = testStack();
    expect(() => windows(stack, { baselines: [baseline(stack, 'A', PatchOperatingSystem.WINDOWS), baseline(stack, 'B', PatchOperatingSystem.WINDOWS)] })).toThrow(new Error(
      '\'baselines\' must hold one baseline for each operating system, got "Stack/A" and "Stack/B" for WINDOWS, remove one of them (at Stack/Patching)'));
  });

  test('fail beside an override', () => {
    const stack = testStack();
    expect(() => windows(stack, {
      baselines: [baseline(stack, 'A', PatchOperatingSystem.WINDOWS)], baselineOverride: { bucket: testBucket(stack), key: 'baselines.json' },
    })).toThrow(new Error("'baselines' and 'baselineOverride' must not be given together, got both, leave one of them out (at Stack/Patching)"));
  });

  test.each([
    ['the list', 'web' as never, "'baselines' must be a list, got \"web\""],
    ['a baseline', [{}] as never, "'baselines[0]' must be a PatchBaseline of this app, got {}"],
  ])('fail when %s is something else', (_, baselines, message) => {
    expect(() => windows(testStack(), { baselines })).toThrow(message);
  });

  test('fail when one is imported, as it takes no patch groups', () => {
    const stack = testStack();
    expect(() => windows(stack, { baselines: [PatchBaseline.fromPatchBaselineId(stack, 'Imported', 'pb-0123456789abcdef0')] })).toThrow(
      /^'baselines\[0\]' must be a PatchBaseline of this app, got /);
  });
});

describe('a patch group that is added to a baseline', () => {
  test('is there once', () => {
    const stack = testStack();
    const linux = baseline(stack, 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023);
    ['web', 'web', 'api'].forEach((group) => linux.addPatchGroup(group));
    expect(groupsOf(stack, false)).toEqual([['web', 'api']]);
  });

  test('must be one', () => {
    const linux = baseline(testStack(), 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023);
    expect(() => linux.addPatchGroup('a,b')).toThrow(
      new Error("'patchGroup' must be 1 to 256 letters, digits, spaces and \"_.:/=+-@\", got \"a,b\" (at Stack/Linux)"));
  });

  test('has no place in a list that is known only at deployment', () => {
    const linux = baseline(testStack(), 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023, 7, Token.asList({ 'Fn::GetAZs': '' }));
    expect(() => linux.addPatchGroup('web')).toThrow(
      new Error("'patchGroups' must be a list that is known to take another patch group, got a token, give \"web\" with it (at Stack/Linux)"));
  });
});

describe('an installation that never finds the update of Windows', () => {
  const ADVICE = (days: number, schedule: string, whose: string, fix: string) => "'installSchedule' should open when the month's update of Windows is approved, "
    + `got ${schedule}, which never installs that of 2028-01, released at 2028-01-11T18:00:00.000Z, `
    + `with ${whose}, which approves after ${days} days, ${fix} (computed from AWS's documents)`;

  test.each([
    [1, '"cron(0 2 ? * TUE#2 *)" with an offset of 1 day', 'open 7 days later or approve patches after 0 days'],
    [6, '"cron(0 2 ? * TUE#2 *)" with an offset of 6 days', 'open 2 days later or approve patches after 5 days'],
    [7, '"cron(0 2 ? * TUE#3 *)"', 'open 1 day later or approve patches after 6 days'],
  ])('is warned of with the baseline of AWS, %d days after Patch Tuesday', (days, schedule, fix) => {
    const stack = testStack();
    windows(stack, { installSchedule: after(days) });
    expect(warningsOf(stack)).toEqual([ADVICE(7, schedule, 'AWS-DefaultPatchBaseline', fix)]);
  });

  test.each([8, 20])('is none %d days after', (days) => {
    const stack = testStack();
    windows(stack, { installSchedule: after(days) });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is judged by the baselines that are given', () => {
    const [early, late] = [testStack(), testStack()];
    windows(early, { installSchedule: after(4), baselines: [baseline(early, 'Windows', PatchOperatingSystem.WINDOWS, 3)] });
    windows(late, { installSchedule: after(4), baselines: [baseline(late, 'Windows', PatchOperatingSystem.WINDOWS, 5)] });
    expect(warningsOf(early)).toEqual([]);
    expect(warningsOf(late)).toEqual([ADVICE(5, '"cron(0 2 ? * TUE#2 *)" with an offset of 4 days', '"Stack/Windows"', 'open 2 days later or approve patches after 3 days')]);
  });

  test.each<[string, (stack: Stack) => Partial<PatchWindowsProps>]>([
    ['nodes have another operating system', (stack) => ({ installSchedule: after(2), baselines: [baseline(stack, 'Linux', PatchOperatingSystem.AMAZON_LINUX_2023)] })],
    ['nothing says that they run Windows', () => ({ installSchedule: MaintenanceWindowSchedule.cron({ weekDay: 'SUN#2', hour: '2' }) })],
    ['the schedule is known only at deployment', () => ({ installSchedule: MaintenanceWindowSchedule.expression(Token.asString({ Ref: 'AWS::StackName' }), { timeZone: TimeZone.EUROPE_PARIS }) })],
    ['the delay is known only at deployment', (stack) => ({
      installSchedule: after(2), baselines: [baseline(stack, 'Windows', PatchOperatingSystem.WINDOWS, Token.asNumber({ Ref: 'AWS::StackName' }))],
    })],
  ])('is not warned of when %s', (_, props) => {
    const stack = testStack();
    windows(stack, props(stack));
    expect(warningsOf(stack)).toEqual([]);
  });
});
