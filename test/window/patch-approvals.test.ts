import { App, Aspects, Aws, CfnCondition, CfnParameter, CfnResource, Duration, Fn, Lazy, Stack, Stage } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { MaintenanceWindow, MaintenanceWindowSchedule, MaintenanceWindowTask, patching, PatchOperation, TargetSelector, TaskTargets } from '../../src';
import type { PatchApproval, PatchTaskOptions } from '../../src';
import { TEST_ACCOUNT, TEST_REGION, testApp, testStack } from '../support/app';

const at = (text: string) => new Date(`${text}Z`);
const MARCH = { start: at('2027-03-01T00:00'), end: at('2027-04-01T00:00') };
/** Wednesday after the third Tuesday: 7 days and 8 hours after the release. */
const OPENING = at('2027-03-17T02:00');
const RELEASE = at('2027-03-09T18:00');

const WINDOWS_AFTER_7 = [{ operatingSystem: 'WINDOWS', status: 'approved', release: RELEASE, age: '7.33' }];
const windowsAfter = (days: number) => [{ operatingSystem: 'WINDOWS', status: 'notYetApproved', release: RELEASE, age: '7.33', approvedAt: new Date(RELEASE.getTime() + days * 86_400_000) }];

function windowIn(scope: Construct, id: string = 'Window', schedule = MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' })): MaintenanceWindow {
  return new MaintenanceWindow(scope, id, { schedule, duration: Duration.hours(3) });
}

function withTask(window: MaintenanceWindow, options: Partial<PatchTaskOptions> = {}, group: string = 'web'): MaintenanceWindow {
  const target = window.addTarget('Target', { selector: TargetSelector.patchGroup(group) });
  window.addPatchTask('Task', { operation: PatchOperation.INSTALL, targets: TaskTargets.registered(target), ...options });
  return window;
}

function baselineIn(scope: Construct, days: number | undefined, more: Partial<ssm.CfnPatchBaselineProps> = {}): ssm.CfnPatchBaseline {
  return new ssm.CfnPatchBaseline(scope, `Baseline${scope.node.children.length}`, {
    name: 'baseline', patchGroups: ['web'], approvalRules: { patchRules: [{ approveAfterDays: days }] }, ...more,
  });
}

/** What the only opening in March says. */
function approvalsOf(window: MaintenanceWindow): object[] | undefined {
  const [{ patchApprovals, ...times }] = window.preview(MARCH);
  expect(times).toEqual({ start: OPENING, cutoff: at('2027-03-17T05:00'), end: at('2027-03-17T05:00') });
  return patchApprovals?.map(({ age, ...approval }: PatchApproval) => ({ ...approval, age: age.toDays({ integral: false }).toFixed(2) }));
}

test('a window that installs nothing says nothing', () => {
  expect(windowIn(testStack()).preview(MARCH)).toEqual([{ start: OPENING, cutoff: at('2027-03-17T05:00'), end: at('2027-03-17T05:00') }]);
  expect(approvalsOf(withTask(windowIn(testStack()), { operation: PatchOperation.SCAN }))).toBeUndefined();
});

test('a patch task on Patch Tuesday is approved by the baseline of AWS', () => {
  const [{ patchApprovals }] = withTask(windowIn(testStack())).preview(MARCH);
  expect(patchApprovals).toEqual([{ operatingSystem: 'WINDOWS', status: 'approved', release: RELEASE, age: Duration.seconds(176 * 3600) }]);
});

test('both windows of PatchWindows: the one installs, the other scans', () => {
  const windows = new patching.PatchWindows(testStack(), 'Web', {
    selector: TargetSelector.patchGroup('web'),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }),
  });
  expect(windows.installWindow.preview(MARCH)[0].patchApprovals).toHaveLength(1);
  expect(windows.scanWindow.preview(MARCH)[0].patchApprovals).toBeUndefined();
});

test('a baseline that a pattern adds to the patch group', () => {
  const stack = testStack();
  const baseline = new patching.PatchBaseline(stack, 'Baseline', {
    operatingSystem: patching.PatchOperatingSystem.WINDOWS, approvalRules: [{ filters: [patching.PatchFilter.classification('SecurityUpdates')], approveAfter: Duration.days(12) }],
  });
  const windows = new patching.PatchWindows(stack, 'Web', {
    selector: TargetSelector.patchGroup('web'),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2' }),
    baselines: [baseline],
  });
  expect(approvalsOf(withTask(windowIn(stack)))).toEqual(windowsAfter(12));
  expect(windows.installWindow.preview(MARCH)[0].patchApprovals?.[0].approvedAt).toEqual(at('2027-03-21T18:00'));
});

test('generated constructs count', () => {
  // GIVEN
  const stack = testStack();
  const window = windowIn(stack);
  const target = new ssm.CfnMaintenanceWindowTarget(stack, 'Target', {
    windowId: window.maintenanceWindowId, resourceType: 'INSTANCE', targets: [{ key: 'tag:Patch Group', values: ['web'] }],
  });
  new CfnResource(stack, 'Task', {
    type: 'AWS::SSM::MaintenanceWindowTask',
    properties: {
      WindowId: window.maintenanceWindowId,
      TaskType: 'RUN_COMMAND',
      TaskArn: 'AWS-RunPatchBaseline',
      Targets: [{ Key: 'WindowTargetIds', Values: [target.ref] }],
      TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: { Parameters: { Operation: ['Install'] } } },
    },
  });
  baselineIn(stack, 9);

  // THEN
  expect(approvalsOf(window)).toEqual(windowsAfter(9));
});

test('tasks of a window that is not of the app belong to none', () => {
  const stack = testStack();
  const window = windowIn(stack);
  const task = { taskType: 'RUN_COMMAND', taskArn: 'AWS-RunPatchBaseline', priority: 1 };
  new ssm.CfnMaintenanceWindowTask(stack, 'Literal', { ...task, windowId: 'mw-0123456789abcdef0' });
  new ssm.CfnMaintenanceWindowTask(stack, 'Parameter', { ...task, windowId: new CfnParameter(stack, 'Id').valueAsString });
  new ssm.CfnMaintenanceWindowTask(stack, 'Imported', { ...task, windowId: Fn.importValue('window') });
  new CfnResource(stack, 'Empty', { type: 'AWS::SSM::MaintenanceWindowTask' });
  expect(approvalsOf(window)).toBeUndefined();
});

test('a preview renders the tasks of its window only', () => {
  const stack = testStack();
  const [window, other] = [withTask(windowIn(stack)), withTask(windowIn(stack, 'Other'))];
  const render = jest.spyOn(other.node.findChild('Task').node.defaultChild as CfnResource, '_toCloudFormation');
  expect(approvalsOf(window)).toEqual(WINDOWS_AFTER_7);
  expect(render).not.toHaveBeenCalled();
  expect(approvalsOf(other)).toEqual(WINDOWS_AFTER_7);
  expect(render).toHaveBeenCalled();
});

test('escape hatches count', () => {
  const stack = testStack();
  const window = withTask(windowIn(stack));
  const baseline = baselineIn(stack, 9);
  baseline.addPropertyOverride('ApprovalRules.PatchRules.0.ApproveAfterDays', 10);
  expect(approvalsOf(window)).toEqual(windowsAfter(10));
  (window.node.findChild('Target').node.defaultChild as CfnResource).addPropertyOverride('Targets.0.Values', ['db']);
  expect(approvalsOf(window)).toEqual(WINDOWS_AFTER_7);
  (window.node.findChild('Task').node.defaultChild as CfnResource)
    .addPropertyOverride('TaskInvocationParameters.MaintenanceWindowRunCommandParameters.Parameters.Operation', ['Scan']);
  expect(approvalsOf(window)).toBeUndefined();
});

test('what is added later counts the next time', () => {
  const stack = testStack();
  const window = windowIn(stack);
  expect(approvalsOf(window)).toBeUndefined();
  expect(approvalsOf(withTask(window))).toEqual(WINDOWS_AFTER_7);
  baselineIn(stack, 8);
  expect(approvalsOf(window)).toEqual(windowsAfter(8));
});

test('each system has an answer of its own, Windows first', () => {
  const stack = testStack();
  baselineIn(stack, 5, { operatingSystem: 'AMAZON_LINUX_2023' });
  baselineIn(stack, 7, { operatingSystem: 'WINDOWS' });
  expect(approvalsOf(withTask(windowIn(stack)))).toEqual([
    ...WINDOWS_AFTER_7,
    { operatingSystem: 'AMAZON_LINUX_2023', status: 'approved', release: at('2027-03-12T02:00'), age: '5.00' },
  ]);
});

describe('where it is not known, nothing is said', () => {
  test.each<[string, (stack: Stack) => Partial<ssm.CfnPatchBaselineProps> | undefined]>([
    ['a delay', (stack) => ({ approvalRules: { patchRules: [{ approveAfterDays: new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber }] } })],
    ['a choice of rules', () => ({ approvalRules: Fn.conditionIf('Prod', {}, {}) })],
    ['a patch group', (stack) => ({ patchGroups: [new CfnParameter(stack, 'Group').valueAsString] })],
    ['a part of a patch group', () => ({ patchGroups: [`web-${Aws.REGION}`] })],
    ['a list of patch groups', (stack) => ({ patchGroups: new CfnParameter(stack, 'Groups', { type: 'CommaDelimitedList' }).valueAsList })],
    ['the system', (stack) => ({ operatingSystem: new CfnParameter(stack, 'System').valueAsString })],
  ])('%s', (_, props) => {
    const stack = new Stack(testApp(), 'Stack');
    baselineIn(stack, 3, props(stack));
    expect(approvalsOf(withTask(windowIn(stack)))).toBeUndefined();
  });

  test('a baseline, a target or a task that may not exist', () => {
    for (const conditional of ['Baseline', 'Target', 'Task']) {
      const stack = testStack();
      const window = withTask(windowIn(stack));
      const baseline = baselineIn(stack, 3);
      const resource = conditional === 'Baseline' ? baseline : window.node.findChild(conditional).node.defaultChild as CfnResource;
      resource.cfnOptions.condition = new CfnCondition(stack, 'Condition');
      expect(approvalsOf(window)).toBeUndefined();
    }
  });

  test('baselines of a file', () => {
    const stack = testStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'bucket');
    expect(approvalsOf(withTask(windowIn(stack), { baselineOverride: { bucket, key: 'baselines.json' } }))).toBeUndefined();
    expect(approvalsOf(withTask(windowIn(stack, 'Other'), { installOverrideList: { bucket, key: 'list.yaml' } }))).toBeUndefined();
  });

  test('instances may be of any patch group', () => {
    const stack = testStack();
    const window = windowIn(stack);
    window.addPatchTask('Task', { operation: PatchOperation.INSTALL, targets: TaskTargets.instanceIds('i-0123456789abcdef0') });
    expect(approvalsOf(window)).toEqual(WINDOWS_AFTER_7);
    baselineIn(stack, 9);
    expect(approvalsOf(window)).toBeUndefined();
  });
});

test('a value that comes later counts', () => {
  const stack = testStack();
  const groups: string[] = [];
  baselineIn(stack, Lazy.number({ produce: () => 9 }), { patchGroups: Lazy.list({ produce: () => groups }) });
  const window = withTask(windowIn(stack));
  expect(approvalsOf(window)).toEqual(WINDOWS_AFTER_7);
  groups.push('web');
  expect(approvalsOf(window)).toEqual(windowsAfter(9));
});

describe('several stacks', () => {
  test('a task in another stack counts', () => {
    const app = testApp();
    const window = windowIn(testStack('Windows', { app }));
    const tasks = testStack('Tasks', { app });
    MaintenanceWindowTask.patch(tasks, 'Task', {
      maintenanceWindow: window,
      operation: PatchOperation.INSTALL,
      targets: TaskTargets.registered(window.addTarget('Target', { selector: TargetSelector.patchGroup('web') })),
    });
    expect(approvalsOf(window)).toEqual(WINDOWS_AFTER_7);
  });

  test('each account has its own baselines', () => {
    const app = testApp();
    const [dev, prod] = ['111111111111', '222222222222'].map((account) => testStack(`In${account}`, { app, env: { account, region: TEST_REGION } }));
    baselineIn(dev, 8);
    baselineIn(prod, 9);
    const baselines = testStack('Baselines', { app, env: { account: '333333333333', region: TEST_REGION } });
    baselineIn(baselines, 1);
    expect([dev, prod].map((stack) => approvalsOf(withTask(windowIn(stack))))).toEqual([windowsAfter(8), windowsAfter(9)]);
  });

  test('a baseline of another stack of the account counts, one of another Region does not', () => {
    const app = testApp();
    const [here, near, far] = [['Here', TEST_REGION], ['Near', TEST_REGION], ['Far', 'eu-west-1']]
      .map(([id, region]) => testStack(id, { app, env: { account: TEST_ACCOUNT, region } }));
    baselineIn(far, 1);
    baselineIn(near, 9);
    expect(approvalsOf(withTask(windowIn(here)))).toEqual(windowsAfter(9));
  });

  test('stages whose account is left to deployment have their own baselines', () => {
    const app = new App();
    const [dev, prod] = ['Dev', 'Prod'].map((id) => new Stage(app, id));
    baselineIn(new Stack(dev, 'Baselines'), 8);
    baselineIn(new Stack(prod, 'Baselines'), 9);
    expect([dev, prod].map((stage) => approvalsOf(withTask(windowIn(new Stack(stage, 'Windows')))))).toEqual([windowsAfter(8), windowsAfter(9)]);
  });
});

test('a preview changes nothing that is synthesized', () => {
  const templates = [false, true].map((isPreviewed) => {
    const app = testApp();
    const stack = testStack('Stack', { app });
    const window = withTask(windowIn(stack));
    baselineIn(stack, 7);
    isPreviewed && window.preview(MARCH);
    Aspects.of(stack).add({ visit: (node) => node instanceof ssm.CfnPatchBaseline && node.addPropertyOverride('Description', 'seen') });
    return app.synth().getStackByName('Stack').template;
  });
  expect(templates[1]).toEqual(templates[0]);
});
