import { App, CfnParameter, Lazy, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import * as fc from 'fast-check';
import { parseSchedule } from '../../src/schedule/engine/grammar';
import { firstOverlap } from '../../src/schedule/first-overlap';
import { shareResources } from '../../src/target/selection-rules';
import { overlapAdvice } from '../../src/window/overlap-warnings';
import type { ComparedWindow } from '../../src/window/overlap-warnings';

const instances = (targets: Record<string, string[]>) => ({ resourceType: 'INSTANCE', targets });
const group = (targets: Record<string, string[]>) => ({ resourceType: 'RESOURCE_GROUP', targets });

test.each([
  ['the same tag and value', { 'tag:Role': ['web'] }, { 'tag:Role': ['web'] }, true],
  ['the same tag, one value in common', { 'tag:Role': ['web', 'api'] }, { 'tag:Role': ['db', 'api'] }, true],
  ['the same tag, other values', { 'tag:Role': ['web'] }, { 'tag:Role': ['db'] }, false],
  ['the same tag in another case', { 'tag:Role': ['web'] }, { 'tag:role': ['web'] }, false],
  ['a tag, and the same with one more', { 'tag:Role': ['web'] }, { 'tag:Role': ['web'], 'tag:Stage': ['prod'] }, true],
  ['two tags of which one differs', { 'tag:Role': ['web'], 'tag:Stage': ['dev'] }, { 'tag:Role': ['web'], 'tag:Stage': ['prod'] }, false],
  ['two tags of which one is another', { 'tag:Role': ['web'], 'tag:Team': ['a'] }, { 'tag:Role': ['web'], 'tag:Stage': ['prod'] }, false],
  ['other tags, about which only AWS knows', { 'tag:Role': ['web'] }, { 'tag:Stage': ['prod'] }, false],
  ['the same instance', { InstanceIds: ['i-1', 'i-2'] }, { InstanceIds: ['i-2'] }, true],
  ['other instances', { InstanceIds: ['i-1'] }, { InstanceIds: ['i-2'] }, false],
  ['an instance and a tag, about which only AWS knows', { InstanceIds: ['i-1'] }, { 'tag:Role': ['web'] }, false],
  ['the same tag key', { 'tag-key': ['Patch'] }, { 'tag-key': ['Patch', 'Role'] }, true],
  ['a tag key, and the same with a tag', { 'tag-key': ['Patch'] }, { 'tag-key': ['Patch'], 'tag:Role': ['web'] }, true],
  ['other tag keys', { 'tag-key': ['Patch'] }, { 'tag-key': ['Role'] }, false],
])('%s', (_, a, b, expected) => {
  expect(shareResources(instances(a), instances(b))).toBe(expected);
  expect(shareResources(instances(b), instances(a))).toBe(expected);
});

test.each([
  ['the same group', { 'resource-groups:Name': ['web'] }, { 'resource-groups:Name': ['web'] }, true],
  ['the same group, one with some types only', { 'resource-groups:Name': ['web'] }, {
    'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['AWS::EC2::Instance'],
  }, true],
  ['the same group with other types', { 'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['AWS::S3::Bucket'] }, {
    'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['AWS::EC2::Instance'],
  }, false],
  ['other groups', { 'resource-groups:Name': ['web'] }, { 'resource-groups:Name': ['db'] }, false],
])('%s', (_, a, b, expected) => {
  expect(shareResources(group(a), group(b))).toBe(expected);
  expect(shareResources(group(b), group(a))).toBe(expected);
});

test('a token stays itself', () => {
  const [one, other] = [Lazy.string({ produce: () => 'a' }), Lazy.string({ produce: () => 'a' })];
  expect(shareResources(instances({ InstanceIds: [one] }), instances({ InstanceIds: [one] }))).toBe(true);
  expect(shareResources(instances({ InstanceIds: [one] }), instances({ InstanceIds: [other] }))).toBe(false);
});

describe('advice', () => {
  const spec = { schedule: parseSchedule('cron(0 4 ? * SUN *)').schedule!, durationHours: 2, cutoffHours: 0 };
  const WEB = [instances({ 'tag:Role': ['web'] })];
  const window = (construct: IConstruct, selections = WEB) => ({ construct, spec, selections });

  const adviceOn = (a: ComparedWindow, b: ComparedWindow) => [...overlapAdvice([b, a]).values()];

  test('names both windows, what they share and when', () => {
    const stack = new Stack(new App(), 'Stack');
    const [a, b] = [new Stack(stack, 'A'), new Stack(stack, 'B')];
    expect(adviceOn(window(a), window(b))).toEqual([{
      id: 'openTogetherOnSameTargets',
      message: "windows should not be open at the same time on the same targets, got 'Stack/A' open together with 'Stack/B' on {\"tag:Role\":[\"web\"]}, "
        + 'such as at 2028-01-02T04:00:00.000Z (of 2028 and 2029, which stand for any years), move one of them',
    }]);
  });

  test('hides tokens', () => {
    const stack = new Stack(new App(), 'Stack');
    const shared = [instances({ InstanceIds: [new CfnParameter(stack, 'Id').valueAsString] })];
    expect(adviceOn(window(stack, shared), window(stack, shared))[0].message).toContain('on {"InstanceIds":["<known at deployment>"]}, such as');
  });

  test('is not given without a target in common', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(adviceOn(window(stack), window(stack, []))).toEqual([]);
    expect(adviceOn(window(stack, []), window(stack))).toEqual([]);
  });

  test.each([
    ['the same', { account: '111111111111', region: 'eu-central-1' }, { account: '111111111111', region: 'eu-central-1' }, 1],
    ['another account', { account: '111111111111', region: 'eu-central-1' }, { account: '222222222222', region: 'eu-central-1' }, 0],
    ['another region', { account: '111111111111', region: 'eu-central-1' }, { account: '111111111111', region: 'eu-west-1' }, 0],
    ['an open one', { account: '111111111111', region: 'eu-central-1' }, {}, 1],
    ['an open one in another region', { region: 'eu-central-1' }, { region: 'eu-west-1' }, 0],
    ['both open', {}, {}, 1],
  ])('in stacks of one app: %s', (_, envA, envB, count) => {
    const app = new App();
    expect(adviceOn(window(new Stack(app, 'A', { env: envA })), window(new Stack(app, 'B', { env: envB })))).toHaveLength(count);
  });

  test.each([
    ['both open', {}, {}, 0],
    ['one open', { account: '111111111111', region: 'eu-central-1' }, {}, 0],
    ['the same', { account: '111111111111', region: 'eu-central-1' }, { account: '111111111111', region: 'eu-central-1' }, 1],
  ])('in stages: %s', (_, envA, envB, count) => {
    const app = new App();
    const [a, b] = [new Stack(new Stage(app, 'Dev', { env: envA }), 'S'), new Stack(new Stage(app, 'Prod', { env: envB }), 'S')];
    expect(adviceOn(window(a), window(b))).toHaveLength(count);
  });
});

test('finds for each window what comparing all pairs finds', () => {
  const selections = fc.array(fc.dictionary(fc.constantFrom('tag:A', 'tag:B'), fc.subarray(['1', '2', '3'], { minLength: 1 }), { minKeys: 1 }).map(instances), { minLength: 1, maxLength: 2 });
  const schedules = fc.constantFrom('cron(0 4 ? * SUN *)', 'cron(0 5 ? * SUN *)', 'cron(30 5 1 * ? *)', 'cron(0 4 15 3 ? 2030)', 'at(2028-01-02T04:30:00)', 'rate(7 days)');
  const windows = fc.array(fc.tuple(schedules, selections, fc.integer({ min: 1, max: 3 }), fc.constantFrom(undefined, new Date('2020-01-05T05:00:00Z'))), { maxLength: 12 });
  fc.assert(fc.property(windows, (given) => {
    const app = new App();
    const compared = given.map(([expression, selected, durationHours, startDate], index): ComparedWindow => ({
      construct: new Stack(app, `S${index}`, { env: { account: '123456789012', region: 'eu-central-1' } }),
      spec: { schedule: parseSchedule(expression).schedule!, durationHours, cutoffHours: 0, startDate: expression.startsWith('rate') ? startDate : undefined },
      selections: selected,
    }));
    const expected = compared.filter((window, index) => compared.slice(0, index).some((other) =>
      window.selections.some((one) => other.selections.some((another) => shareResources(one, another))) && firstOverlap(window.spec, other.spec)));
    const found = [...overlapAdvice(compared).keys()];
    expect(compared.filter((window) => found.includes(window))).toEqual(expected);
  }), { numRuns: 200 });
});
