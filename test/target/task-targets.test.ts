import { Fn } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Duration } from 'aws-cdk-lib/core';
import { MaintenanceWindow, MaintenanceWindowSchedule, TargetSelector, TaskTargets } from '../../src';
import { testStack } from '../support/app';
import { testInstance } from '../support/resources';

const INSTANCE_ID = 'i-0123456789abcdef0';

function many(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `i-${i.toString(16).padStart(17, '0')}`);
}

test('registered targets are given by their IDs, in the order of the user', () => {
  // GIVEN
  const stack = testStack();
  const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.cron({ hour: '2' }), duration: Duration.hours(1) });
  const web = window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
  const database = window.addTarget('Database', { selector: TargetSelector.tags({ Role: ['database'] }) });

  // WHEN
  const targets = TaskTargets.registered(web, database);

  // THEN
  expect(targets._key).toBe('WindowTargetIds');
  expect(targets._ids).toEqual([web.maintenanceWindowTargetId, database.maintenanceWindowTargetId]);
});

test('fails when no registered target is given', () => {
  expect(() => TaskTargets.registered()).toThrow(new Error('\'targets\' must hold at least one registered target, got []'));
});

test('instances are given by their IDs', () => {
  // GIVEN
  const instance = testInstance(testStack());

  // WHEN
  const targets = TaskTargets.instances(instance, { instanceId: INSTANCE_ID } as ec2.IInstance);

  // THEN
  expect(targets._key).toBe('InstanceIds');
  expect(targets._ids).toEqual([instance.instanceId, INSTANCE_ID]);
});

test.each([1, 50])('takes %d instance IDs', (count) => {
  expect(TaskTargets.instanceIds(...many(count))._ids).toHaveLength(count);
});

test.each([0, 51])('fails when there are %d instance IDs', (count) => {
  const message = `'instanceIds' must hold from 1 to 50 instance IDs, got ${count}`;

  expect(() => TaskTargets.instanceIds(...many(count))).toThrow(new Error(message));
  expect(() => TaskTargets.instances(...many(count).map((instanceId) => ({ instanceId }) as ec2.IInstance))).toThrow(new Error(message));
});

test('IDs that are tokens pass, one by one and as a list', () => {
  const one = Fn.importValue('Id');
  const list = Fn.split(',', Fn.importValue('Ids'));

  expect(TaskTargets.instanceIds(one)._ids).toEqual([one]);
  expect(TaskTargets.instanceIds(...list)._ids).toEqual(list);
});
