import { App, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { Blackout, MaintenanceWindow, MaintenanceWindowBlackouts } from '../../src';
import { templateOf, testApp, testStack } from '../support/app';
import { testWindow } from '../support/tasks';

const SCHEDULE = 'AWS::Scheduler::Schedule';
const GROUP = 'AWS::Scheduler::ScheduleGroup';
const ROLE = 'AWS::IAM::Role';

const SALE = Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-27T00:00:00Z'), 'Sale');
const YEAR_END = Blackout.yearly({
  firstDay: { month: 12, day: 20 }, lastDay: { month: 1, day: 6 }, timeZone: TimeZone.EUROPE_PARIS, reason: 'Year-end',
});
const SALE_EXPRESSIONS = ['cron(55 0-22 26 11 ? 2027,2199)', 'cron(55 23 25 11 ? 2027,2199)', 'cron(58 23 26 11 ? 2027,2199)'];

function expressionsIn(stack: Stack): string[] {
  return Object.values(templateOf(stack).findResources(SCHEDULE)).map(({ Properties: { ScheduleExpression } }) => ScheduleExpression).sort();
}

/** The logical ID of a window's resource. */
function idOf(window: MaintenanceWindow): string {
  return Stack.of(window).getLogicalId(window.node.defaultChild as CfnMaintenanceWindow);
}

test('the schedules of a window turn it off and on', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const window = testWindow(stack, 'Window', { blackouts: [SALE] });

  // THEN
  const template = templateOf(stack);
  expect(Object.values(template.toJSON().Resources).map(({ Type }: any) => Type).sort())
    .toEqual([ROLE, 'AWS::SSM::MaintenanceWindow', SCHEDULE, SCHEDULE, SCHEDULE, GROUP]);
  const [group] = Object.keys(template.findResources(GROUP));
  const [role] = Object.keys(template.findResources(ROLE));
  const schedule = (expression: string, enabled: boolean) => ({
    Description: 'Black-out: Sale',
    GroupName: { Ref: group },
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:ssm:updateMaintenanceWindow']] },
      RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
      Input: { 'Fn::Join': ['', ['{"WindowId":"', { Ref: idOf(window) }, `","Enabled":${enabled}}`]] },
      // no call to turn it off comes after it is on again
      RetryPolicy: { MaximumEventAgeInSeconds: enabled ? 86_400 : 900 },
    },
  });
  expect(Object.values(template.findResources(SCHEDULE)).map(({ Properties }) => Properties)).toEqual([
    schedule('cron(55 23 25 11 ? 2027,2199)', false),
    schedule('cron(55 0-22 26 11 ? 2027,2199)', false),
    schedule('cron(58 23 26 11 ? 2027,2199)', true),
  ]);
});

test('the role of the schedules may update their windows, and only schedules of the group can have it', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const windows = [testWindow(stack, 'One', { blackouts: [SALE] }), testWindow(stack, 'Two', { blackouts: [YEAR_END] })];
  testWindow(stack, 'Three');

  // THEN
  const template = templateOf(stack);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  const [group] = Object.keys(template.findResources(GROUP));
  expect(Object.values(template.findResources(ROLE)).map(({ Properties }) => Properties)).toEqual([{
    Description: 'Turns the maintenance windows of one stack off and on for black-outs',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': { 'Fn::GetAtt': [group, 'Arn'] } } },
      }],
    },
    Policies: [{
      PolicyName: 'UpdateMaintenanceWindows',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{
          Action: 'ssm:UpdateMaintenanceWindow',
          Effect: 'Allow',
          Resource: windows.map((window) => ({
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-central-1:123456789012:maintenancewindow/', { Ref: idOf(window) }]],
          })),
        }],
      },
    }],
  }]);
});

test('the group is called by the ID of the stack, so that the same stack can be deployed under two names', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { blackouts: [SALE] });
  templateOf(stack).hasResourceProperties(GROUP, {
    Name: { 'Fn::Join': ['', ['blackouts-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] },
  });
});

test('a yearly black-out is carried out on the clock of its zone', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { blackouts: [YEAR_END] });
  expect(expressionsIn(stack)).toEqual(['cron(55 0-22 1-6 1 ? *)', 'cron(55 0-22 20-31 12 ? *)', 'cron(55 23 19 12 ? *)', 'cron(58 23 6 1 ? *)']);
  templateOf(stack).allResourcesProperties(SCHEDULE, { ScheduleExpressionTimezone: 'Europe/Paris' });
});

test('a window without black-outs has no schedules', () => {
  const stack = testStack();
  testWindow(stack, 'Window', { blackouts: [] });
  MaintenanceWindowBlackouts.add(stack, []);
  templateOf(stack).resourceCountIs(GROUP, 0);
  templateOf(stack).resourceCountIs(ROLE, 0);
});

test('black-outs of a scope are those of all windows below it, whenever they are defined', () => {
  // GIVEN
  const app = testApp();
  const [stack, other] = [testStack('One', { app }), testStack('Two', { app })];
  testWindow(stack, 'Before');

  // WHEN
  MaintenanceWindowBlackouts.add(stack, [SALE]);
  testWindow(stack, 'After');
  testWindow(other);

  // THEN
  expect(expressionsIn(stack)).toEqual([...SALE_EXPRESSIONS, ...SALE_EXPRESSIONS].sort());
  expect(expressionsIn(other)).toEqual([]);
});

test('black-outs of an app, a stage, a stack and a window come together', () => {
  // GIVEN
  const app = testApp();
  const stage = new Stage(app, 'Stage', { env: { account: '123456789012', region: 'eu-central-1' } });
  const stack = new Stack(stage, 'Stack');
  const day = (number: number) => Blackout.between(new Date(Date.UTC(2027, 3, number)), new Date(Date.UTC(2027, 3, number + 1)), `Day ${number}`);

  // WHEN
  const window = testWindow(stack, 'Window', { blackouts: [day(7)] });
  MaintenanceWindowBlackouts.add(stack, [day(5)]);
  MaintenanceWindowBlackouts.add(stage, [day(3)]);
  MaintenanceWindowBlackouts.add(app, [day(1)]);

  // THEN
  expect(window.preview({ start: new Date('2027-04-01T00:00:00Z'), maxOccurrences: 8 }).map(({ blackout }) => blackout))
    .toEqual(['Day 1', undefined, 'Day 3', undefined, 'Day 5', undefined, 'Day 7', undefined]);
});

test('one black-out more leaves the schedules of the others as they are', () => {
  const stack = testStack();
  const window = testWindow(stack, 'Window', { blackouts: [YEAR_END] });
  const before = window.node.findAll().map(({ node }) => node.addr);
  MaintenanceWindowBlackouts.add(stack, [SALE]);
  expect(window.node.findAll().map(({ node }) => node.addr)).toEqual(expect.arrayContaining(before));
});

test('an imported window has no schedules', () => {
  const stack = testStack();
  MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
  MaintenanceWindowBlackouts.add(stack, [SALE]);
  templateOf(stack).resourceCountIs(SCHEDULE, 0);
});

test('a role has at most 100 windows, so that their ARNs fit into its policies', () => {
  const stack = testStack();
  MaintenanceWindowBlackouts.add(stack, [Blackout.between(new Date('2027-11-26T00:00:00Z'), new Date('2027-11-26T00:15:00Z'), 'Sale')]);
  for (let i = 0; i < 101; i++) testWindow(stack, `Window${i}`);
  const statements = Object.values(templateOf(stack).findResources(ROLE)).map(({ Properties }) => Properties.Policies[0].PolicyDocument.Statement[0]);
  const sizes = statements.map(({ Resource }) => [Resource].flat().length);
  expect(sizes).toEqual([100, 1]);
});

describe('a role that is given', () => {
  const [SALE_RESOURCES, WINDOW] = [{ [SCHEDULE]: 3, [GROUP]: 1, 'AWS::SSM::MaintenanceWindow': 1 }, 'Window'];

  function counted(stack: Stack): Record<string, number> {
    const found: Record<string, number> = {};
    Object.values(templateOf(stack).toJSON().Resources).forEach(({ Type }: any) => { found[Type] = (found[Type] ?? 0) + 1; });
    return found;
  }

  test('is that of every schedule, and the only one', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/Scheduler', { mutable: false });
    testWindow(stack, WINDOW, { blackouts: [SALE] });
    MaintenanceWindowBlackouts.configure(stack, { role });
    expect(counted(stack)).toEqual(SALE_RESOURCES);
    templateOf(stack).allResourcesProperties(SCHEDULE, { Target: Match.objectLike({ RoleArn: 'arn:aws:iam::123456789012:role/Scheduler' }) });
  });

  test('is granted what the schedules do if it is in the same stack', () => {
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    MaintenanceWindowBlackouts.configure(stack, { role });
    const window = testWindow(stack, WINDOW, { blackouts: [SALE] });
    MaintenanceWindowBlackouts.add(stack, [YEAR_END]);
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'ssm:UpdateMaintenanceWindow', Effect: 'Allow', Resource: Stack.of(window).resolve(window.maintenanceWindowArn) }],
      },
    });
  });

  test('of another stack is used as it is', () => {
    const app = testApp();
    const [shared, stack] = [testStack('Shared', { app }), testStack('Stack', { app })];
    const role = new iam.Role(shared, 'Role', { assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com') });
    MaintenanceWindowBlackouts.configure(app, { role });
    testWindow(stack, WINDOW, { blackouts: [SALE] });
    expect(counted(stack)).toEqual(SALE_RESOURCES);
    templateOf(shared).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('counts for the innermost scope', () => {
    const app = testApp();
    const stack = testStack('Stack', { app });
    const [outer, inner] = ['Outer', 'Inner'].map((name) => iam.Role.fromRoleArn(stack, name, `arn:aws:iam::123456789012:role/${name}`, { mutable: false }));
    MaintenanceWindowBlackouts.configure(app, { role: outer });
    MaintenanceWindowBlackouts.configure(stack, { role: inner });
    testWindow(stack, WINDOW, { blackouts: [SALE] });
    templateOf(stack).allResourcesProperties(SCHEDULE, { Target: Match.objectLike({ RoleArn: 'arn:aws:iam::123456789012:role/Inner' }) });
  });

  test('is given once, to an app, a stage or a stack', () => {
    const stack = testStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/Scheduler');
    const window = testWindow(stack, WINDOW);
    MaintenanceWindowBlackouts.configure(stack, {});
    MaintenanceWindowBlackouts.configure(stack, { role });
    expect(() => MaintenanceWindowBlackouts.configure(stack, { role })).toThrow("'scope' must be configured once, got a second role, merge the two");
    expect(() => MaintenanceWindowBlackouts.configure(window, { role })).toThrow("'scope' must be an app, a stage or a stack, got \"Stack/Window\", pass Stack.of(scope)");
  });

  test('is a role', () => {
    expect(() => MaintenanceWindowBlackouts.configure(testStack(), { role: 'arn' as any })).toThrow("'role' must be a role, got \"arn\"");
  });
});

test('with roles made by others no IAM resource is left', () => {
  // GIVEN
  const app = testApp();
  iam.Role.customizeRoles(app, { usePrecreatedRoles: { 'Stack/MaintenanceWindowBlackouts/Role1': 'scheduler-role' } });
  const stack = testStack('Stack', { app });

  // WHEN
  testWindow(stack, 'Window', { blackouts: [SALE] });

  // THEN
  const template = templateOf(stack);
  expect(Object.values(template.toJSON().Resources).filter(({ Type }: any) => Type.startsWith('AWS::IAM::'))).toEqual([]);
  template.allResourcesProperties(SCHEDULE, {
    Target: Match.objectLike({ RoleArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:role/scheduler-role']] } }),
  });
});

test.each([
  ['no scope', undefined, [SALE], "'scope' must be a construct, got undefined, specify a value"],
  ['no list', new App(), SALE, "'blackouts' must be a list, got "],
  ['what is no black-out', new App(), ['2027-11-26'], "'blackouts[0]' must be a Blackout, got \"2027-11-26\""],
])('rejects %s', (_, scope, blackouts, message) => {
  expect(() => MaintenanceWindowBlackouts.add(scope as App, blackouts as Blackout[])).toThrow(message);
});

test('a window rejects what is no black-out', () => {
  expect(() => testWindow(testStack(), 'Window', { blackouts: [{} as Blackout] })).toThrow("'blackouts[0]' must be a Blackout, got ");
});
