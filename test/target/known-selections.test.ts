import { Fn } from 'aws-cdk-lib';
import { MaintenanceWindowTarget, RunCommandDocument, TargetResourceType, TargetSelector, TaskTargets } from '../../src';
import { instanceIdsOf, lookupOf, selectionsOfWindow, TargetLookup } from '../../src/target/known-selections';
import { testStack } from '../support/app';
import { testWindow } from '../support/tasks';

const ONE = 'i-0123456789abcdef0';
const OTHER = 'i-0123456789abcdef1';
const TAGS = TargetSelector.tags({ Role: ['web'] });
const GROUP = TargetSelector.resourceGroup('web');
const IDS = TargetSelector.instanceIds(ONE, OTHER);

function registered(...selectors: TargetSelector[]): TaskTargets {
  const window = testWindow(testStack());
  return TaskTargets.registered(...selectors.map((selector, i) => window.addTarget(`Target${i}`, { selector })));
}

/** A target of which nothing but the ID is known. */
function imported(): TaskTargets {
  const stack = testStack();
  return TaskTargets.registered(MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, 'Imported', {
    maintenanceWindow: testWindow(stack), maintenanceWindowTargetId: Fn.importValue('Value'),
  }));
}

describe('what has to be looked up', () => {
  test.each<[string, TaskTargets, TargetLookup]>([
    ['instance IDs', TaskTargets.instanceIds(ONE), TargetLookup.NONE],
    ['registered instance IDs', registered(IDS), TargetLookup.NONE],
    ['tags', registered(TAGS), TargetLookup.TAGS],
    ['tag keys', registered(TargetSelector.tagKeys('Role')), TargetLookup.TAGS],
    ['a key that is known only at deployment', registered(TargetSelector.of(TargetResourceType.INSTANCE, { [Fn.importValue('Key')]: ['x'] })), TargetLookup.TAGS],
    ['a resource group', registered(GROUP), TargetLookup.GROUPS],
    ['tags and instance IDs', registered(IDS, TAGS), TargetLookup.TAGS],
    ['tags and a resource group', registered(TAGS, GROUP, IDS), TargetLookup.GROUPS],
    ['an imported target, which may be any', imported(), TargetLookup.GROUPS],
  ])('for %s', (_, targets, lookup) => {
    expect(lookupOf(targets)).toBe(lookup);
  });
});

describe('the instances that a task can reach', () => {
  test.each<[string, TaskTargets, string[] | undefined]>([
    ['instance IDs', TaskTargets.instanceIds(ONE, OTHER), [ONE, OTHER]],
    ['registered instance IDs, each once', registered(IDS, TargetSelector.instanceIds(OTHER)), [ONE, OTHER]],
    ['instance IDs and tags', registered(IDS, TAGS), undefined],
    ['a resource group', registered(GROUP), undefined],
    ['an imported target', imported(), undefined],
  ])('are known for %s', (_, targets, ids) => {
    expect(instanceIdsOf(targets)).toEqual(ids);
  });
});

test('a window works on its registered targets and on the instances of its tasks', () => {
  // GIVEN
  const stack = testStack();
  const window = testWindow(stack);

  // WHEN
  const web = window.addTarget('Web', { selector: TAGS });
  window.addRunCommandTask('Registered', { document: RunCommandDocument.fromDocumentName('Mine'), targets: TaskTargets.registered(web) });
  window.addRunCommandTask('Direct', { document: RunCommandDocument.fromDocumentName('Mine'), targets: TaskTargets.instanceIds(ONE) });

  // THEN
  expect(selectionsOfWindow(window)).toEqual([
    { resourceType: 'INSTANCE', targets: { 'tag:Role': ['web'] } },
    { resourceType: 'INSTANCE', targets: { InstanceIds: [ONE] } },
  ]);
});

test('includes targets and tasks that are added later', () => {
  // GIVEN
  const window = testWindow(testStack());
  const before = selectionsOfWindow(window);

  // WHEN
  window.addTarget('Web', { selector: TAGS });

  // THEN
  expect(before).toEqual([]);
  expect(selectionsOfWindow(window)).toEqual([{ resourceType: 'INSTANCE', targets: { 'tag:Role': ['web'] } }]);
});
