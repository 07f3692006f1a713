import { followsPatchTuesday, PatchInstallations } from '../../src/approval/patch-installation';
import type { PatchResource, PatchTask, Place } from '../../src/approval/patch-resources';
import { isSamePlace, windowTargetsOf } from '../../src/approval/patch-resources';
import type { PatchInstallation } from '../../src/approval/rules-by-system';
import { UNKNOWN, type Properties, type Value } from '../../src/rules/value';

const PLACE: Place = { stack: 'Stack', stage: '', account: '111111111111', region: 'eu-central-1' };
const WEEKLY = 'cron(0 4 ? * SUN *)';
const PATCH_TUESDAY = 'cron(0 4 ? * TUE#3 *)';
const WEB = { Targets: [{ Key: 'tag:PatchGroup', Values: ['web'] }] };
const BY_TAG = { Targets: [{ Key: 'tag:Stage', Values: ['prod'] }] };

function task(parameters: Value = { Operation: ['Install'] }, targets: PatchTask['targets'] = [WEB], more: Partial<PatchTask> & { readonly more?: Properties } = {}): PatchTask {
  const { more: properties, ...others } = more;
  return {
    place: PLACE,
    isCertain: true,
    targets,
    ...others,
    properties: {
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
      TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: parameters } },
      ...properties,
    },
  };
}

const days = (...delays: Value[]): Properties => ({ PatchRules: delays.map((ApproveAfterDays) => ({ ApproveAfterDays })) });

function baseline(properties: Properties, more: Partial<PatchResource> = {}): PatchResource {
  return { place: PLACE, isCertain: true, properties: { OperatingSystem: 'WINDOWS', PatchGroups: ['web'], ApprovalRules: days(3), ...properties }, ...more };
}

function installed(tasks: readonly PatchTask[], baselines: readonly PatchResource[] = [], expression: string = WEEKLY): PatchInstallation[] {
  return new PatchInstallations(() => baselines).of(tasks, expression);
}

const windows = (delayDays: number): PatchInstallation => ({ operatingSystem: 'WINDOWS', rules: [{ delayDays }] });

describe('which task installs', () => {
  const BASELINES = [baseline({})];

  test.each<[string, PatchTask]>([
    ['the document that patches', task()],
    ['the same by its ARN', task(undefined, undefined, { more: { TaskArn: 'arn:aws:ssm:eu-central-1::document/AWS-RunPatchBaseline' } })],
    ['the same with hooks', task(undefined, undefined, { more: { TaskArn: 'AWS-RunPatchBaselineWithHooks' } })],
    ['an operation that is no list', task({ Operation: 'Install' })],
    ['parameters of older templates', task(undefined, undefined, { more: { TaskInvocationParameters: undefined, TaskParameters: { Operation: { Values: ['Install'] } } } })],
    ['lists that are empty', task({ Operation: ['Install'], BaselineOverride: [''], InstallOverrideList: [] })],
  ])('%s does', (_, one) => {
    expect(installed([one], BASELINES)).toEqual([windows(3)]);
  });

  test.each<[string, PatchTask]>([
    ['a scan', task({ Operation: ['Scan'] })],
    ['no operation', task({})],
    ['no parameters', task(undefined, undefined, { more: { TaskInvocationParameters: undefined } })],
    ['another document', task(undefined, undefined, { more: { TaskArn: 'AWS-RunShellScript' } })],
    ['a document that is not known', task(undefined, undefined, { more: { TaskArn: UNKNOWN } })],
    ['a runbook of that name', task(undefined, undefined, { more: { TaskType: 'AUTOMATION' } })],
  ])('%s does not', (_, one) => {
    expect(installed([one], BASELINES)).toEqual([]);
    expect(installed([one, task()], BASELINES)).toEqual([windows(3)]);
  });

  test.each<[string, PatchTask]>([
    ['an operation that is not known', task({ Operation: [UNKNOWN] })],
    ['parameters that are not known', task(UNKNOWN)],
    ['invocation parameters that are not known', task(undefined, undefined, { more: { TaskInvocationParameters: UNKNOWN } })],
    ['baselines of a file', task({ Operation: ['Install'], BaselineOverride: ['s3://bucket/file.json'] })],
    ['a file that is not known', task({ Operation: ['Install'], BaselineOverride: [UNKNOWN] })],
    ['a list of patches', task({ Operation: ['Install'], InstallOverrideList: ['s3://bucket/list.yaml'] })],
    ['a task that may not exist', task(undefined, undefined, { isCertain: false })],
  ])('%s: nothing is said of the window', (_, one) => {
    expect(installed([one], BASELINES)).toEqual([]);
    expect(installed([one, task()], BASELINES)).toEqual([]);
  });
});

describe('which baseline approves', () => {
  test.each(['tag:PatchGroup', 'tag:Patch Group'])('that of the patch group that %s selects', (Key) => {
    const targets = [{ Targets: [{ Key, Values: ['web'] }, { Key: 'tag:Stage', Values: ['prod'] }] }];
    expect(installed([task(undefined, targets)], [baseline({}), baseline({ PatchGroups: ['db'], ApprovalRules: days(1) })])).toEqual([windows(3)]);
  });

  test('all those of the patch group, Windows first', () => {
    const baselines = ['UBUNTU', 'AMAZON_LINUX_2023', undefined].map((OperatingSystem, index) => baseline({ OperatingSystem, ApprovalRules: days(index + 5) }));
    expect(installed([task()], baselines)).toEqual([
      windows(7),
      { operatingSystem: 'AMAZON_LINUX_2023', rules: [{ delayDays: 6 }] },
      // without reliable dates nothing waits
      { operatingSystem: 'UBUNTU', rules: [{ delayDays: 0 }] },
    ]);
  });

  test('the rule that approves first, over patch groups, tasks and rules', () => {
    const targets = [WEB, { Targets: [{ Key: 'tag:PatchGroup', Values: ['db'] }] }];
    const baselines = [
      baseline({ ApprovalRules: { PatchRules: [{ ApproveAfterDays: 9 }, { ApproveAfterDays: '4' }, { ApproveUntilDate: '2027-01-05' }] } }),
      baseline({ PatchGroups: ['db'], ApprovalRules: { PatchRules: [{ ApproveAfterDays: 8 }, { ApproveUntilDate: '2027-03-05' }] } }),
    ];
    const rules = [{ delayDays: 4 }, { approveUntil: new Date('2027-03-05T00:00:00Z') }];
    expect(installed([task(undefined, targets)], baselines)).toEqual([{ operatingSystem: 'WINDOWS', rules }]);
    expect(installed(targets.map((target) => task(undefined, [target])), baselines)).toEqual([{ operatingSystem: 'WINDOWS', rules }]);
  });

  test('the default of the app for a patch group that has none', () => {
    const defaults = [baseline({ PatchGroups: ['db'], DefaultBaseline: true, ApprovalRules: days(2) }), baseline({ PatchGroups: [], DefaultBaseline: 'false' })];
    expect(installed([task()], defaults)).toEqual([windows(2)]);
    expect(installed([task()], [...defaults, baseline({ OperatingSystem: 'SUSE' })])).toEqual([{ operatingSystem: 'SUSE', rules: [{ delayDays: 3 }] }]);
  });

  test('the default of the app for nodes of any patch group, unless another baseline has patch groups', () => {
    const targets: (Properties | undefined)[] = [
      BY_TAG,
      undefined,
      { Targets: UNKNOWN },
      { Targets: [{ Key: 'tag:PatchGroup', Values: UNKNOWN }] },
      { Targets: [{ Key: 'tag:PatchGroup', Values: [UNKNOWN] }] },
    ];
    const byDefault = baseline({ PatchGroups: ['db'], DefaultBaseline: true, ApprovalRules: days(2) });
    for (const target of targets) {
      expect(installed([task(undefined, [target])], [byDefault])).toEqual([windows(2)]);
      expect(installed([task(undefined, [target])], [byDefault, baseline({})])).toEqual([]);
      expect(installed([task(undefined, [target])], [byDefault, baseline({ OperatingSystem: 'SUSE' })])).toEqual([windows(2)]);
    }
  });

  test('that of AWS where the schedule follows Patch Tuesday and the app has none for Windows', () => {
    expect(installed([task()], [], PATCH_TUESDAY)).toEqual([windows(7)]);
    expect(installed([task(undefined, [BY_TAG])], [], PATCH_TUESDAY)).toEqual([windows(7)]);
    expect(installed([task()], [], WEEKLY)).toEqual([]);
    const byDefault = { DefaultBaseline: true, ApprovalRules: days(9) };
    expect(installed([task()], [baseline({ ...byDefault, PatchGroups: [] })], PATCH_TUESDAY)).toEqual([windows(9)]);
    expect(installed([task(undefined, [BY_TAG])], [baseline(byDefault)], PATCH_TUESDAY)).toEqual([windows(9)]);
    // nodes of this group may run Windows, but nothing says so
    expect(installed([task()], [baseline({ OperatingSystem: 'SUSE' })], PATCH_TUESDAY)).toEqual([{ operatingSystem: 'SUSE', rules: [{ delayDays: 3 }] }]);
    expect(installed([task(undefined, [BY_TAG])], [baseline({})], PATCH_TUESDAY)).toEqual([]);
  });

  test.each<[string, PatchResource]>([
    ['rules that are not known', baseline({ ApprovalRules: UNKNOWN })],
    ['a list of rules that is not known', baseline({ ApprovalRules: { PatchRules: UNKNOWN } })],
    ['a rule that is not known', baseline({ ApprovalRules: { PatchRules: [{ ApproveAfterDays: 1 }, UNKNOWN] } })],
    ['a delay that is not known', baseline({ ApprovalRules: days(1, UNKNOWN) })],
    ['a delay that nobody can wait for', baseline({ ApprovalRules: days(361) })],
    ['part of a day', baseline({ ApprovalRules: days(1.5) })],
    ['a date that is not known', baseline({ ApprovalRules: { PatchRules: [{ ApproveUntilDate: UNKNOWN }] } })],
    ['a date that is none', baseline({ ApprovalRules: { PatchRules: [{ ApproveUntilDate: 'today' }] } })],
    ['neither a delay nor a date', baseline({ ApprovalRules: { PatchRules: [{}] } })],
    ['patches by name only', baseline({ ApprovalRules: undefined, ApprovedPatches: ['KB5005573'] })],
    ['no rules', baseline({ ApprovalRules: {} })],
    ['a baseline that may not exist', baseline({}, { isCertain: false })],
    ['groups that are not known', baseline({ PatchGroups: UNKNOWN })],
    ['a group that is not known', baseline({ PatchGroups: [UNKNOWN] })],
    ['a default that is not known', baseline({ PatchGroups: [], DefaultBaseline: UNKNOWN })],
  ])('%s: nothing is said of the system', (_, one) => {
    const linux = baseline({ OperatingSystem: 'SUSE', PatchGroups: [], DefaultBaseline: true });
    expect(installed([task()], [one], PATCH_TUESDAY)).toEqual([]);
    expect(installed([task(undefined, [BY_TAG])], [one, linux])).toEqual([{ operatingSystem: 'SUSE', rules: [{ delayDays: 3 }] }]);
  });

  test('what is not known of one baseline is not made up by another of the same system', () => {
    expect(installed([task()], [baseline({}), baseline({ ApprovalRules: days(UNKNOWN) })])).toEqual([]);
    expect(installed([task()], [baseline({ ApprovalRules: days(UNKNOWN) }), baseline({})])).toEqual([]);
  });

  test('of a system that is not known nothing is said, and so of the window', () => {
    const other = baseline({ OperatingSystem: UNKNOWN });
    expect(installed([task()], [baseline({}), other])).toEqual([]);
    expect(installed([task()], [baseline({}), { ...other, properties: { ...other.properties, PatchGroups: ['db'] } }])).toEqual([windows(3)]);
    expect(installed([task()], [baseline({ OperatingSystem: UNKNOWN, PatchGroups: [], DefaultBaseline: true })])).toEqual([]);
  });

  test.each([[0, 0], [360, 360]])('a delay of %d days counts', (given, delayDays) => {
    expect(installed([task()], [baseline({ ApprovalRules: days(given) })])).toEqual([windows(delayDays)]);
  });
});

describe('where a baseline is', () => {
  const elsewhere = (place: Partial<Place>) => baseline({}, { place: { ...PLACE, stack: 'Other', ...place } });

  test('one of another account or Region does not count', () => {
    expect(installed([task()], [elsewhere({ account: '222222222222' })])).toEqual([]);
    expect(installed([task()], [elsewhere({ region: 'eu-west-1' })])).toEqual([]);
    expect(installed([task()], [elsewhere({ stage: 'Prod' })])).toEqual([windows(3)]);
  });

  test('where the place is left to deployment, a stage is in one', () => {
    expect(installed([task()], [elsewhere({ account: undefined })])).toEqual([windows(3)]);
    expect(installed([task()], [elsewhere({ account: undefined, stage: 'Prod' })])).toEqual([]);
    expect(isSamePlace({ stack: 'A', stage: 'S' }, { stack: 'B', stage: 'S' })).toBe(true);
    expect(isSamePlace({ stack: 'A', stage: 'S' }, { stack: 'B', stage: 'T' })).toBe(false);
    expect(isSamePlace({ stack: 'A', stage: 'S' }, { stack: 'A', stage: 'S' })).toBe(true);
  });

  test('each window has the baselines of its own place', () => {
    const there = { ...PLACE, stack: 'There', account: '222222222222' };
    const installations = new PatchInstallations(() => [baseline({}), baseline({ ApprovalRules: days(9) }, { place: there })]);
    const found = [PLACE, there, PLACE].map((place) => installations.of([task(undefined, undefined, { place })], WEEKLY));
    expect(found).toEqual([[windows(3)], [windows(9)], [windows(3)]]);
  });
});

test('baselines are not looked at for a window that installs nothing', () => {
  const asked = jest.fn(() => []);
  const installations = new PatchInstallations(asked);
  expect(installations.of([], PATCH_TUESDAY)).toEqual([]);
  expect(installations.of([task({ Operation: ['Scan'] })], PATCH_TUESDAY)).toEqual([]);
  expect(asked).not.toHaveBeenCalled();
});

test('a task without targets installs on no node', () => {
  expect(installed([task(undefined, [])], [baseline({})])).toEqual([]);
});

test('the values that name window targets are found among others', () => {
  expect(windowTargetsOf([{ Key: 'WindowTargetIds', Values: ['a', { Ref: 'b' }] }])).toEqual(['a', { Ref: 'b' }]);
  expect(windowTargetsOf([{ Key: 'WindowTargetIds', Values: ['a'] }, { Key: 'InstanceIds', Values: ['i-1'] }, null])).toEqual(['a', undefined, undefined]);
  expect(windowTargetsOf([{ Key: 'WindowTargetIds', Values: { Ref: 'List' } }])).toEqual([undefined]);
  expect(windowTargetsOf({ Ref: 'List' })).toEqual([undefined]);
  expect(windowTargetsOf(undefined)).toEqual([undefined]);
});

test.each([['cron(0 4 ? * TUE#2 *)', true], ['cron(0 4 ? * 3#3 *)', true], ['cron(0 4 ? * TUE#1 *)', false], ['cron(0 4 ? * WED#2 *)', false], ['rate(7 days)', false]])(
  '%s follows Patch Tuesday: %s', (expression, follows) => {
    expect(followsPatchTuesday(expression)).toBe(follows);
  });
