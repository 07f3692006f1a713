import { GetMaintenanceWindowCommand, UpdateMaintenanceWindowCommand } from '@aws-sdk/client-ssm';
import { Duration, TimeZone } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assemble, Deployment } from './deployment';
import { Rig } from './rig';
import { Blackout, ChangeCalendar, MaintenanceWindow, MaintenanceWindowBlackouts, MaintenanceWindowSchedule } from '../../src';

const WINDOW = 'AWS::SSM::MaintenanceWindow';

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

afterAll(() => rig?.stop());

beforeEach(() => rig.set({ forget_calls: true }));

const SALE = Blackout.between(new Date('2027-11-26T08:00:00Z'), new Date('2027-11-29T08:00:00Z'), 'Sale');
const YEAR_END = Blackout.yearly({
  firstDay: { month: 12, day: 20 }, lastDay: { month: 1, day: 6 }, timeZone: TimeZone.EUROPE_PARIS, reason: 'Year-end',
});

function windowIn(stack: Stack, id: string = 'Window', blackouts: Blackout[] = []): MaintenanceWindow {
  return new MaintenanceWindow(stack, id, { schedule: MaintenanceWindowSchedule.cron({ hour: '2' }), duration: Duration.hours(2), blackouts });
}

async function isEnabled(WindowId: string): Promise<boolean | undefined> {
  return (await rig.ssm.send(new GetMaintenanceWindowCommand({ WindowId }))).Enabled;
}

/** Whether a window is on at each of the times, to which the clock goes one after the other. */
async function statesAt(windowId: string, times: string[]): Promise<Record<string, boolean | undefined>> {
  const states: Record<string, boolean | undefined> = {};
  for (const time of times) {
    await rig.set({ scheduler_time: time });
    states[time] = await isEnabled(windowId);
  }
  return states;
}

test('deployed by the CDK CLI, a window is off in its black-outs and on otherwise, as its preview tells', async () => {
  // GIVEN
  let window!: MaintenanceWindow;
  const { directory } = assemble(rig, 'Blackouts', (stack) => {
    window = windowIn(stack, 'Window', [SALE]);
    MaintenanceWindowBlackouts.add(stack, [YEAR_END]);
    new ChangeCalendar(stack, 'Freezes', { calendarName: 'freezes' });
  });
  rig.cdk('deploy', '--app', directory, '--require-approval', 'never', 'Blackouts');
  const windowId = await new Deployment(rig, 'Blackouts').idOf(WINDOW);
  await rig.set({ scheduler_time: '2027-11-20T00:00:00Z' });

  // WHEN
  const range = { start: new Date('2027-11-20T00:00:00Z'), end: new Date('2028-01-10T00:00:00Z') };
  const expected = window.preview(range).map(({ start, blackout }) => [start.toISOString(), blackout === undefined] as const);
  const states = await statesAt(windowId, expected.map(([start]) => start));

  // THEN
  expect(Object.entries(states)).toEqual(expected);
  expect(expected.filter(([, opens]) => !opens)).toHaveLength(3 + 18);
  expect((await rig.set({})).calls.filter(({ error }) => error !== null)).toEqual([]);

  expect((await rig.set({})).documents.freezes.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:Year-end']);

  // a second time without a change
  rig.cdk('deploy', '--app', directory, '--require-approval', 'never', 'Blackouts');
  await new Deployment(rig, 'Blackouts').delete();
});

describe('a window', () => {
  let deployment: Deployment;
  let deployments = 0;

  beforeEach(() => { deployment = new Deployment(rig, `Blackouts${++deployments}`); });
  afterEach(async () => { await deployment.delete(); });

  test('is turned off 5 minutes before the beginning, and on 2 minutes before the end', async () => {
    await rig.set({ scheduler_time: '2027-11-25T00:00:00Z' });
    await deployment.succeed((stack) => windowIn(stack, 'Window', [SALE]));
    expect(await statesAt(await deployment.idOf(WINDOW), [
      '2027-11-26T07:55:00Z', '2027-11-26T07:56:00Z', '2027-11-29T07:58:00Z', '2027-11-29T07:59:00Z', '2028-11-27T08:00:00Z',
    ])).toEqual({
      '2027-11-26T07:55:00Z': true, '2027-11-26T07:56:00Z': false, '2027-11-29T07:58:00Z': false, '2027-11-29T07:59:00Z': true, '2028-11-27T08:00:00Z': true,
    });
  });

  test('is turned off and on by the clock of a time zone', async () => {
    await rig.set({ scheduler_time: '2028-12-19T00:00:00Z' });
    await deployment.succeed((stack) => windowIn(stack, 'Window', [YEAR_END]));
    // Paris is an hour ahead
    const windowId = await deployment.idOf(WINDOW);
    expect(await statesAt(windowId, ['2028-12-19T22:55:00Z', '2028-12-19T22:56:00Z', '2029-01-06T22:58:00Z', '2029-01-06T22:59:00Z'])).toEqual({
      '2028-12-19T22:55:00Z': true, '2028-12-19T22:56:00Z': false, '2029-01-06T22:58:00Z': false, '2029-01-06T22:59:00Z': true,
    });
  });

  test('that is made, or turned on by hand, in a black-out is turned off before the next full hour', async () => {
    await rig.set({ scheduler_time: '2028-12-27T10:20:00Z' });
    await deployment.succeed((stack) => windowIn(stack, 'Window', [YEAR_END]));
    const windowId = await deployment.idOf(WINDOW);
    expect(await isEnabled(windowId)).toBe(true);
    expect(await statesAt(windowId, ['2028-12-27T11:00:00Z'])).toEqual({ '2028-12-27T11:00:00Z': false });
    await rig.ssm.send(new UpdateMaintenanceWindowCommand({ WindowId: windowId, Enabled: true }));
    expect(await statesAt(windowId, ['2028-12-27T12:00:00Z'])).toEqual({ '2028-12-27T12:00:00Z': false });
  });

  test('is not touched by a black-out that is over when it is made', async () => {
    await rig.set({ scheduler_time: '2029-12-01T00:00:00Z' });
    await deployment.succeed((stack) => windowIn(stack, 'Window', [SALE]));
    expect(await statesAt(await deployment.idOf(WINDOW), ['2029-12-05T00:00:00Z'])).toEqual({ '2029-12-05T00:00:00Z': true });
    expect((await rig.set({})).calls).toEqual([]);
  });

  test('stays off between black-outs that overlap', async () => {
    await rig.set({ scheduler_time: '2030-12-15T00:00:00Z' });
    const across = Blackout.between(new Date('2031-01-05T00:00:00Z'), new Date('2031-01-10T00:00:00Z'), 'Move');
    await deployment.succeed((stack) => windowIn(stack, 'Window', [YEAR_END, across]));
    expect(await statesAt(await deployment.idOf(WINDOW), ['2031-01-05T12:00:00Z', '2031-01-07T12:00:00Z', '2031-01-10T00:00:00Z', '2032-01-06T12:00:00Z', '2032-01-07T00:00:00Z']))
      .toEqual({
        '2031-01-05T12:00:00Z': false, '2031-01-07T12:00:00Z': false, '2031-01-10T00:00:00Z': true, '2032-01-06T12:00:00Z': false, '2032-01-07T00:00:00Z': true,
      });
  });

  test('without black-outs any more has no schedules, and stays as it is', async () => {
    await rig.set({ scheduler_time: '2032-12-22T00:00:00Z' });
    await deployment.succeed((stack) => windowIn(stack, 'Window', [YEAR_END]));
    const windowId = await deployment.idOf(WINDOW);
    await rig.set({ scheduler_time: '2032-12-23T00:00:00Z' });
    await deployment.succeed((stack) => windowIn(stack));
    expect(await deployment.resources('AWS::Scheduler::Schedule')).toEqual([]);
    expect(await statesAt(windowId, ['2033-01-10T00:00:00Z'])).toEqual({ '2033-01-10T00:00:00Z': false });
  });
});

test('each of two stacks of an app has a role of its own, which can touch neither the windows nor be used by the schedules of the other', async () => {
  // GIVEN
  await rig.set({ scheduler_time: '2034-12-01T00:00:00Z' });
  const [one, two] = ['One', 'Two'].map((name) => new Deployment(rig, name));
  for (const deployment of [one, two]) await deployment.succeed((stack) => windowIn(stack, 'Window', [YEAR_END]));
  const roleOfTwo = await two.idOf('AWS::IAM::Role');

  // WHEN a stack uses the role of the other one
  const outcome = await new Deployment(rig, 'Thief').deploy((stack) => {
    MaintenanceWindowBlackouts.configure(stack, { role: iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::000000000000:role/${roleOfTwo}`) });
    windowIn(stack, 'Window', [YEAR_END]);
  });

  // THEN
  expect(outcome.failures.join()).toContain('must allow AWS EventBridge Scheduler to assume the role');

  // WHEN a schedule names a window of the other stack
  const windowOfTwo = await two.idOf(WINDOW);
  const confused = new Deployment(rig, 'Confused');
  await confused.deploy((stack) => windowIn(stack, 'Window', [YEAR_END]), (template) => {
    for (const resource of Object.values<any>(template.Resources)) {
      if (resource.Type === 'AWS::Scheduler::Schedule') resource.Properties.Target.Input = JSON.stringify({ WindowId: windowOfTwo, Enabled: false });
    }
  });
  await rig.set({ forget_calls: true });
  await rig.set({ scheduler_time: '2034-12-20T00:00:00Z' });

  // THEN
  const { calls } = await rig.set({});
  const toOther = calls.filter(({ input, error }) => input.WindowId === windowOfTwo && error !== null);
  expect(toOther.map(({ error }) => error)).toEqual(toOther.map(() => expect.stringMatching(/^not authorized to perform: ssm:UpdateMaintenanceWindow on resource: /)));
  expect(toOther.length).toBeGreaterThan(0);
});
