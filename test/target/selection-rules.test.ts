import { Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { rejectSelection, instanceIdWarnings, selectionWarnings } from '../../src/target/selection-rules';
import { testStack } from '../support/app';
import { later } from '../support/tokens';


describe('rejectSelection', () => {
  test('names the construct in its message', () => {
    expect(() => rejectSelection(new Construct(testStack(), 'Web'), { resourceType: 'INSTANCE', targets: {} }))
      .toThrow(new Error('\'targets\' must not be empty, got {}, give instance IDs, tags or a resource group (at Stack/Web)'));
  });

  test('passes a key that is a token, which may name the resource group', () => {
    expect(() => rejectSelection(undefined, {
      resourceType: 'RESOURCE_GROUP', targets: { [later()]: ['web'], 'resource-groups:ResourceTypeFilters': ['AWS::EC2::Instance'] },
    })).not.toThrow();
  });

  test('fails when instance IDs stand beside any other key, even one that is a token', () => {
    expect(() => rejectSelection(undefined, { resourceType: 'INSTANCE', targets: { InstanceIds: ['i-0123456789abcdef0'], [later()]: ['web'] } }))
      .toThrow('\'targets\' must hold either instance IDs or tags, got ["InstanceIds","<known at deployment>"], register two targets with the window');
  });
});

describe('instanceIdWarnings', () => {
  test.each(['i-01234567', 'i-0123456789abcdef0', 'mi-0123456789abcdef0', later()])('has nothing to say about %s', (id) => {
    expect(instanceIdWarnings([id])).toEqual([]);
  });

  test('has nothing to say about a list that is a token', () => {
    expect(instanceIdWarnings(Fn.split(',', later()))).toEqual([]);
  });

  test.each(['', 'i-0123', 'i-0123456789abcdef', 'I-01234567', 'mi-01234567', 'web'])('is about %j', (id) => {
    expect(instanceIdWarnings([id, 'i-01234567'])).toEqual([{
      severity: 'warning',
      property: 'Targets',
      id: 'instanceIdFormat',
      message: `an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "${id}"`,
    }]);
  });
});

describe('selectionWarnings', () => {
  test('has nothing to say about lists that are tokens', () => {
    expect(selectionWarnings({
      resourceType: 'INSTANCE', targets: { 'tag:ResourceTypeFilters': Fn.split(',', later()), 'tag:Name': Fn.split(',', later()) },
    })).toEqual([]);
  });

  test.each<[string, Record<string, string[]>, string, string]>([
    ['a key with the prefix of the service', { 'tag:tag:Role': ['web'] }, 'tagKeyWithPrefix',
      'a tag key of \'targets\' should not begin with "tag:", which is added to it, got "tag:Role", write "Role"'],
    ['values in one text', { 'tag:Role': ['web,api'] }, 'tagValueWithComma',
      'a value of "tag:Role" of \'targets\' should be one value, got "web,api", give a list of values'],
  ])('is about %s', (_name, targets, id, message) => {
    expect(selectionWarnings({ resourceType: 'INSTANCE', targets })).toEqual([{ severity: 'warning', property: 'Targets', id, message }]);
  });

  test('is about six types of resources', () => {
    expect(selectionWarnings({
      resourceType: 'RESOURCE_GROUP',
      targets: { 'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['1', '2', '3', '4', '5', '6'].map((digit) => `AWS::A::B${digit}`) },
    })).toEqual([{
      severity: 'warning',
      property: 'Targets',
      id: 'manyResourceTypes',
      message: '"resource-groups:ResourceTypeFilters" of \'targets\' should have at most 5 values, got 6, register several targets',
    }]);
  });

  test('has nothing to say about resource groups of five types', () => {
    expect(selectionWarnings({
      resourceType: 'RESOURCE_GROUP',
      targets: { 'resource-groups:Name': ['web'], 'resource-groups:ResourceTypeFilters': ['1', '2', '3', '4', '5'].map((digit) => `AWS::A::B${digit}`) },
    })).toEqual([]);
  });
});
