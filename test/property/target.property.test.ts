import { App, Duration, Stack } from 'aws-cdk-lib';
import type { CfnResource } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { MaintenanceWindow, MaintenanceWindowSchedule, TargetResourceType, TargetSelector } from '../../src';
import type { MaintenanceWindowTargetOptions } from '../../src';
import { warningsOf } from '../support/app';
import { resourceViolations } from '../support/model';

const RUNS = { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 1_000) };
const TARGET = 'AWS::SSM::MaintenanceWindowTarget';

/** One window for all runs: to synthesize an app for each would take most of the time. */
const STACK = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
const WINDOW = new MaintenanceWindow(STACK, 'Window', { schedule: MaintenanceWindowSchedule.cron({ hour: '2' }), duration: Duration.hours(1) });
let constructs = 0;

/** Of more than five tag keys it is not sure that the service refuses them: the model does, the library warns. */
const UNSURE = 'more than 5 tag keys';

/** What the models refuse in a target with these options, and the library does not even warn of. */
function violations(options: MaintenanceWindowTargetOptions): string[] {
  const target = WINDOW.addTarget(`Target${constructs++}`, options);
  const [resource] = Object.values<any>(STACK.resolve((target.node.defaultChild as CfnResource)._toCloudFormation()).Resources);
  expect(resource.Type).toBe(TARGET);
  const warned = warningsOf(target).some((warning) => warning.startsWith('"tag-key" of \'targets\' should have at most 5 values'));
  return resourceViolations(TARGET, resource.Properties).filter((violation) => !(warned && violation === UNSURE));
}

/** The outcome of a run: a message of the library, or what the models refuse. */
function outcome(make: () => MaintenanceWindowTargetOptions): { readonly refused?: string; readonly violations?: string[] } {
  try {
    return { violations: violations(make()) };
    // eslint-disable-next-line no-restricted-syntax -- whether it was refused is the outcome of a run
  } catch (error) {
    if ((error as Error).name !== 'ValidationError') { throw error; }
    return { refused: (error as Error).message };
  }
}

const TAG_CHARACTERS = [...'aZ9äß日本 _.:/=-@'];
const legalTagKey = fc.oneof(
  fc.string({ unit: fc.constantFrom(...TAG_CHARACTERS), minLength: 1, maxLength: 128, size: 'max' }),
  fc.constantFrom('Patch Group', 'aws:autoscaling:groupName', 'k'.repeat(128)),
);
const anyTagKey = fc.oneof(legalTagKey, fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'a+b', 'k'.repeat(129)));
const values = (minLength: number, maxLength: number) => fc.array(fc.string(), { minLength, maxLength, size: 'max' });
const anyValues = fc.oneof(values(1, 5), values(0, 60), fc.constantFrom([], Array<string>(50).fill('x'), Array<string>(51).fill('x')));
const instanceId = fc.stringMatching(/^(i-[0-9a-f]{8}|m?i-[0-9a-f]{17})$/);
const legalGroupName = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_.-]{1,300}$/), fc.constant('g'.repeat(300)));
const resourceType = fc.constantFrom(TargetResourceType.INSTANCE, TargetResourceType.RESOURCE_GROUP);

const anyKey = fc.oneof(
  fc.constantFrom('InstanceIds', 'tag-key', 'resource-groups:Name', 'resource-groups:ResourceTypeFilters', 'instanceids', 'Tag:Role', 'tag:', ''),
  anyTagKey.map((key) => `tag:${key}`),
  fc.string(),
);
const anySelector: fc.Arbitrary<() => TargetSelector> = fc.oneof(
  fc.dictionary(anyTagKey, anyValues, { maxKeys: 7 }).map((tags) => () => TargetSelector.tags(tags)),
  fc.array(fc.string(), { maxLength: 60, size: 'max' }).map((ids) => () => TargetSelector.instanceIds(...ids)),
  fc.array(anyTagKey, { maxLength: 10 }).map((keys) => () => TargetSelector.tagKeys(...keys)),
  fc.tuple(fc.string(), anyValues).map(([name, types]) => () => TargetSelector.resourceGroup(name, ...types)),
  fc.tuple(resourceType, fc.dictionary(anyKey, anyValues, { maxKeys: 7 })).map(([type, targets]) => () => TargetSelector.of(type, targets)),
);
const legalSelector: fc.Arbitrary<() => TargetSelector> = fc.oneof(
  fc.dictionary(legalTagKey, values(1, 50), { minKeys: 1, maxKeys: 5 }).map((tags) => () => TargetSelector.tags(tags)),
  fc.array(instanceId, { minLength: 1, maxLength: 50, size: 'max' }).map((ids) => () => TargetSelector.instanceIds(...ids)),
  fc.array(legalTagKey, { minLength: 1, maxLength: 5 }).map((keys) => () => TargetSelector.tagKeys(...keys)),
  fc.tuple(legalGroupName, fc.array(fc.constantFrom('AWS::EC2::Instance', 'AWS::RDS::DBInstance'), { maxLength: 50 }))
    .map(([name, types]) => () => TargetSelector.resourceGroup(name, ...types)),
  fc.tuple(legalTagKey, values(1, 50), values(1, 5))
    .map(([key, some, keys]) => () => TargetSelector.of(TargetResourceType.INSTANCE, { [`tag:${key}`]: some, 'tag-key': keys })),
);

const legalName = fc.stringMatching(/^[a-zA-Z0-9_.-]{3,128}$/);
const anyName = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'ab', 'abc', 'a'.repeat(128), 'a'.repeat(129), 'a b c'));
const legalText = fc.string({ unit: 'binary', minLength: 1, maxLength: 128, size: 'max' });
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', 'x', 'x'.repeat(128), 'x'.repeat(129), '🛠'.repeat(128), '🛠'.repeat(129)));

/** Mostly what the service takes, so that a target with many properties has a chance. */
function mostly<T>(legal: fc.Arbitrary<T>, any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ arbitrary: legal, weight: 4 }, { arbitrary: any, weight: 1 });
}

test('whatever a target is given, it is refused or the service takes it', () => {
  let refused = 0;
  let taken = 0;
  fc.assert(fc.property(
    fc.oneof(legalSelector, anySelector),
    fc.record({
      targetName: mostly(legalName, anyName),
      description: mostly(legalText, anyText),
      ownerInformation: mostly(legalText, anyText),
    }, { requiredKeys: [] }),
    (selector, options) => {
      const { refused: message, violations: found } = outcome(() => ({ selector: selector(), ...options }));
      if (message === undefined) {
        taken++;
        expect(found).toEqual([]);
      } else {
        refused++;
        expect(message).toMatch(/^(['"]|[a-z])/);
        expect(message).toMatch(/, got /s);
        expect(message).not.toMatch(/\.$/);
      }
    },
  ), RUNS);
  // a generator that makes only one of the two would prove nothing
  expect(Math.min(refused, taken)).toBeGreaterThan(RUNS.numRuns / 10);
});

test('a selector that is made is one that the service takes', () => {
  fc.assert(fc.property(anySelector, (selector) => {
    expect(outcome(() => ({ selector: selector() })).violations ?? []).toEqual([]);
  }), RUNS);
});

test('what the service takes is never refused, limits included', () => {
  fc.assert(fc.property(
    legalSelector,
    fc.record({ targetName: legalName, description: legalText, ownerInformation: legalText }, { requiredKeys: [] }),
    (selector, options) => {
      expect(violations({ selector: selector(), ...options })).toEqual([]);
    },
  ), RUNS);
});
