import { Aspects, Aws, CfnResource, Tags } from 'aws-cdk-lib';
import type { IAspect, Stack } from 'aws-cdk-lib';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import { AutomationRunbook, TargetSelector } from '../../src';
import { templateOf, testStack, warningsOf } from '../support/app';
import { synthesisOf, testWindow } from '../support/tasks';

/** Changes L1 constructs after everything is defined. */
class Change implements IAspect {
  constructor(private readonly change: (resource: CfnResource) => void) {}

  public visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType.startsWith('AWS::SSM::MaintenanceWindow')) {
      this.change(node);
    }
  }
}

function cfn<T extends CfnResource>(construct: IConstruct): T {
  return construct.node.defaultChild as T;
}

function windowOf(stack: Stack) {
  return testWindow(stack, 'Window', { maintenanceWindowName: 'nightly' });
}

test('leaves a resource alone that nothing changed', () => {
  const stack = testStack();

  windowOf(stack);

  expect(synthesisOf(stack)).not.toThrow();
  expect(warningsOf(stack)).toEqual([]);
});

test('rejects what an aspect makes of a window', () => {
  // GIVEN
  const stack = testStack();
  windowOf(stack);

  // WHEN
  Aspects.of(stack).add(new Change((resource) => { (resource as ssm.CfnMaintenanceWindow).cutoff = 5; }));

  // THEN
  expect(synthesisOf(stack)).toThrow('[Stack/Window] \'cutoff\' must be shorter than \'duration\', got cutoff 5 hours and duration 2 hours');
});

test('accepts what an aspect makes of a window if the service does', () => {
  const stack = testStack();
  windowOf(stack);

  Aspects.of(stack).add(new Change((resource) => { (resource as ssm.CfnMaintenanceWindow).duration = 6; }));

  templateOf(stack).hasResourceProperties('AWS::SSM::MaintenanceWindow', { Duration: 6 });
});

test.each<[string, string, string]>([
  ['the key of a tag', 'cost,center', 'a key of \'tags\' must be 1 to 128 letters, digits, spaces and "_.:/=+-@", got "cost,center"'],
  ['a key that AWS keeps', 'aws:owner', 'a key of \'tags\' must not begin with "aws:", which is kept for AWS, got "aws:owner", rename it'],
])('rejects %s that the app gives to all resources', (_name, key, message) => {
  const stack = testStack();
  windowOf(stack);

  Tags.of(stack.node.root).add(key, 'x');

  expect(synthesisOf(stack)).toThrow(`[Stack/Window] ${message}`);
});

test('rejects the value of a tag that the app gives to all resources', () => {
  const stack = testStack();
  windowOf(stack);

  Tags.of(stack.node.root).add('share', '50%');

  expect(synthesisOf(stack))
    .toThrow('[Stack/Window] a value of \'tags\' must be at most 256 letters, digits, spaces and "_.:/=+-@", got "50%" for "share"');
});

test('counts the tags of the app and those of the window together', () => {
  // GIVEN
  const stack = testStack();
  testWindow(stack, 'Window', { tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 'x'])) });
  expect(synthesisOf(stack)).not.toThrow();

  // WHEN
  const other = testStack();
  testWindow(other, 'Window', { tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 'x'])) });
  Tags.of(other).add('one', 'more');

  // THEN
  expect(synthesisOf(other)).toThrow('[Stack/Window] \'tags\' must hold at most 50 tags, got 51, remove some');
});

test('rejects what an override makes of a target', () => {
  const stack = testStack();
  const target = windowOf(stack).addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });

  cfn(target).addPropertyOverride('OwnerInformation', 'x'.repeat(129));

  expect(synthesisOf(stack)).toThrow('[Stack/Window/Web] \'ownerInformation\' must be 1 to 128 characters long, got 129 characters');
});

test('rejects what an assignment makes of a task', () => {
  const stack = testStack();
  const task = windowOf(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Repair') });

  cfn<ssm.CfnMaintenanceWindowTask>(task).name = 'a b';

  expect(synthesisOf(stack)).toThrow('[Stack/Window/Task] \'taskName\' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and "."');
});

test('rejects a property that the resource type does not have', () => {
  const stack = testStack();

  cfn(windowOf(stack)).addPropertyOverride('Enabled', false);

  expect(synthesisOf(stack)).toThrow('[Stack/Window] \'Enabled\' must be left out, got a property that the resource type does not have, remove it');
});

test('fails when the text beside the token of an override breaks the rule', () => {
  const stack = testStack();

  cfn(windowOf(stack)).addPropertyOverride('Name', `${Aws.REGION} nightly`);

  expect(synthesisOf(stack)).toThrow('[Stack/Window] \'maintenanceWindowName\' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", '
    + 'got "<known at deployment> nightly"');
});

test('passes an override with a token', () => {
  const stack = testStack();

  cfn(windowOf(stack)).addPropertyOverride('Name', `${Aws.REGION}-nightly`);

  expect(synthesisOf(stack)).not.toThrow();
});
