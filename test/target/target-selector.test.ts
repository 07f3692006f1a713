import { Aws, Fn } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { TargetResourceType, TargetSelector } from '../../src';
import { formatValue } from '../../src/rules/format-value';
import { testStack } from '../support/app';
import { failure } from '../support/errors';
import { testInstance } from '../support/resources';
import { later } from '../support/tokens';

const INSTANCE_ID = 'i-0123456789abcdef0';
const { INSTANCE, RESOURCE_GROUP } = TargetResourceType;

function many(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `value${i}`);
}

function failing(targets: { [key: string]: string[] }, resourceType: TargetResourceType = INSTANCE): () => TargetSelector {
  return () => TargetSelector.of(resourceType, targets);
}

test.each<[string, TargetSelector, TargetResourceType, object]>([
  ['tags', TargetSelector.tags({ Stage: ['production'], Role: ['web', 'worker'] }), INSTANCE,
    { 'tag:Role': ['web', 'worker'], 'tag:Stage': ['production'] }],
  ['patch groups', TargetSelector.patchGroup('web', 'database'), INSTANCE, { 'tag:PatchGroup': ['web', 'database'] }],
  ['tag keys', TargetSelector.tagKeys('Role', 'Stage'), INSTANCE, { 'tag-key': ['Role', 'Stage'] }],
  ['instance IDs', TargetSelector.instanceIds(INSTANCE_ID, 'mi-0123456789abcdef0'), INSTANCE, { InstanceIds: [INSTANCE_ID, 'mi-0123456789abcdef0'] }],
  ['a resource group', TargetSelector.resourceGroup('web'), RESOURCE_GROUP, { 'resource-groups:Name': ['web'] }],
  ['a resource group and types', TargetSelector.resourceGroup('web', 'AWS::EC2::Instance', 'AWS::EC2::Volume'), RESOURCE_GROUP, {
    'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['AWS::EC2::Instance', 'AWS::EC2::Volume'],
  }],
  ['keys of the service', TargetSelector.of(INSTANCE, { 'tag:Role': ['web'], 'tag-key': ['Stage'] }), INSTANCE, {
    'tag-key': ['Stage'], 'tag:Role': ['web'],
  }],
])('selects by %s', (_, selector, resourceType, targets) => {
  expect(selector.resourceType).toBe(resourceType);
  expect(selector.targets).toEqual(targets);
});

test('selects instances of this app and imported ones', () => {
  // GIVEN
  const stack = testStack();
  const instance = testInstance(stack);
  const imported = { instanceId: INSTANCE_ID } as ec2.IInstance;

  // WHEN
  const { targets } = TargetSelector.instances(instance, imported);

  // THEN
  expect(stack.resolve(targets)).toEqual({ InstanceIds: [stack.resolve(instance.instanceId), INSTANCE_ID] });
});

test('keys do not depend on the order in which a map keeps them', () => {
  expect(Object.keys(TargetSelector.tags({ b: ['1'], a: ['2'] }).targets)).toEqual(['tag:a', 'tag:b']);
});

describe('entries', () => {
  test('may be five', () => {
    expect(Object.keys(TargetSelector.tags({ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'] }).targets)).toHaveLength(5);
  });

  test('mistake 29: fails when there are six', () => {
    expect(() => TargetSelector.tags({ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }))
      .toThrow(new Error('\'targets\' must hold from 1 to 5 keys, got 6'));
  });

  test('fails when there are none', () => {
    expect(() => TargetSelector.tags({})).toThrow(new Error('\'tags\' must hold at least one tag, got an empty object, give a tag with its values'));
  });
});

describe('values', () => {
  test.each([1, 50])('may be %d', (count) => {
    expect(TargetSelector.instanceIds(...many(count)).targets.InstanceIds).toHaveLength(count);
  });

  test.each<[string, () => TargetSelector, string]>([
    ['there are no instance IDs', () => TargetSelector.instanceIds(), '"InstanceIds" of \'targets\' must have at least one value, got []'],
    ['there are no instances', () => TargetSelector.instances(), '"InstanceIds" of \'targets\' must have at least one value, got []'],
    ['there are no tag keys', () => TargetSelector.tagKeys(), '"tag-key" of \'targets\' must have at least one value, got []'],
    ['a tag has no values', () => TargetSelector.tags({ Role: [] }), '"tag:Role" of \'targets\' must have at least one value, got []'],
    ['there are 51 instance IDs', () => TargetSelector.instanceIds(...many(51)),
      '"InstanceIds" of \'targets\' must have at most 50 values, got 51, register several targets'],
    ['a tag has 51 values', () => TargetSelector.tags({ Role: many(51) }),
      '"tag:Role" of \'targets\' must have at most 50 values, got 51, register several targets'],
  ])('fails when %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test('of a tag may be an empty text', () => {
    expect(TargetSelector.tags({ Role: [''] }).targets).toEqual({ 'tag:Role': [''] });
  });
});

describe('tags', () => {
  test.each(['k', 'k'.repeat(128), 'Patch Group', 'aws:autoscaling:groupName', 'größe/_.:=-@'])('takes the key %s', (key) => {
    expect(TargetSelector.tags({ [key]: ['x'] }).targets).toEqual({ [`tag:${key}`]: ['x'] });
  });

  test.each([
    ['', '""'],
    ['k'.repeat(129), `"${'k'.repeat(99)}…`],
    ['a+b', '"a+b"'],
    ['a*', '"a*"'],
  ])('fails when the key is %j', (key, got) => {
    expect(() => TargetSelector.tags({ [key]: ['x'] }))
      .toThrow(new Error(`a tag key must be 1 to 128 letters, digits, spaces and "_.:/=-@", got ${got}`));
  });
});

describe('keys and resource types', () => {
  const OF_INSTANCES = 'a key of \'targets\' must be "InstanceIds", "tag-key" or begin with "tag:" for instances, got';
  const OF_GROUPS = 'a key of \'targets\' must be "resource-groups:Name" or "resource-groups:ResourceTypeFilters" for a resource group, got';

  test('mistake 25: a misspelt resource type cannot be written, it is an enumeration and follows from the factory', () => {
    expect(Object.values(TargetResourceType)).toEqual(['INSTANCE', 'RESOURCE_GROUP']);
  });

  test('mistake 26: fails when instances are selected by a resource group', () => {
    expect(failing({ 'resource-groups:Name': ['web'] })).toThrow(new Error(`${OF_INSTANCES} "resource-groups:Name"`));
  });

  test('mistake 27: fails when instance IDs and tags are mixed', () => {
    expect(failing({ 'InstanceIds': [INSTANCE_ID], 'tag:Role': ['web'] }))
      .toThrow(new Error('\'targets\' must hold either instance IDs or tags, got ["InstanceIds","tag:Role"], register two targets with the window'));
  });

  test('mistake 28: fails when a tag key has no prefix, which tags() gives it', () => {
    expect(failing({ Role: ['web'] })).toThrow(new Error(`${OF_INSTANCES} "Role"`));
    expect(TargetSelector.tags({ Role: ['web'] }).targets).toEqual({ 'tag:Role': ['web'] });
  });

  test.each(['instanceids', 'Tag:Role', ''])('fails when the key for instances is %j', (key) => {
    expect(failing({ [key]: ['web'] })).toThrow(new Error(`${OF_INSTANCES} "${key}"`));
  });

  test.each(['InstanceIds', 'tag:Role', 'resource-groups:name'])('fails when the key for a resource group is %j', (key) => {
    expect(failing({ 'resource-groups:Name': ['web'], [key]: ['web'] }, RESOURCE_GROUP)).toThrow(new Error(`${OF_GROUPS} "${key}"`));
  });

  test('fails when types are given without a resource group', () => {
    expect(failing({ 'resource-groups:ResourceTypeFilters': ['AWS::EC2::Instance'] }, RESOURCE_GROUP)).toThrow(new Error(
      '\'targets\' must name the resource group by "resource-groups:Name", got ["resource-groups:ResourceTypeFilters"]'));
  });
});

describe('resource groups', () => {
  test.each(['g', 'g'.repeat(300)])('takes the name %s', (name) => {
    expect(TargetSelector.resourceGroup(name).targets).toEqual({ 'resource-groups:Name': [name] });
  });

  test.each(['', 'g'.repeat(301), 'my group!'])('fails when the name is %j', (name) => {
    expect(failure(() => TargetSelector.resourceGroup(name)))
      .toBe(`'resourceGroupName' must be the name of a resource group, 1 to 300 letters, digits, "_", "." and "-", got ${formatValue(name)}`);
  });

  test.each(['db', 'AWS::EC2', 'AWS::EC2::INSTANCE'])('fails when the type of the resources is %j', (type) => {
    expect(failure(() => TargetSelector.resourceGroup('web', type)))
      .toBe(`'resourceTypes' must be the type of a resource in its exact case, such as "AWS::EC2::Instance", got "${type}"`);
  });

  test.each(['g'.repeat(300), later(), `web-${Aws.REGION}`, 'a.B-c_1'])('takes the name %j', (name) => {
    expect(() => TargetSelector.resourceGroup(name, 'AWS::EC2::Instance', later())).not.toThrow();
  });

  test('fails when there are two', () => {
    expect(failing({ 'resource-groups:Name': ['web', 'database'] }, RESOURCE_GROUP))
      .toThrow(new Error('\'targets\' must name one resource group, got ["web","database"], register a target for each'));
  });

  test('a list of names that is a token passes', () => {
    const names = Fn.split(',', Fn.importValue('Names'));

    expect(TargetSelector.of(RESOURCE_GROUP, { 'resource-groups:Name': names }).targets).toEqual({ 'resource-groups:Name': names });
  });
});
