import type { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import { commandNodeArns, grantTargetLookup } from '../../src/target/target-permissions';
import { templateOf, testStack } from '../support/app';
import { allow, allStatements, deployTimeValues, INSTANCE_ID, localArn, testWindow } from '../support/tasks';

const EVERY_NODE = [localArn('ec2', 'instance/*'), localArn('ssm', 'managed-instance/*')];

function testRole(stack: Stack, id: string = 'Role'): iam.Role {
  return new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
}

test('nodes given by ID have the ARN of their kind', () => {
  // GIVEN
  const stack = testStack();

  // WHEN
  const arns = commandNodeArns(stack, testRole(stack), TaskTargets.instanceIds(INSTANCE_ID, 'mi-0123456789abcdef0', INSTANCE_ID));

  // THEN
  expect(stack.resolve(arns)).toEqual([localArn('ec2', `instance/${INSTANCE_ID}`), localArn('ssm', 'managed-instance/mi-0123456789abcdef0')]);
});

test('a node given as a token may be of either kind', () => {
  // GIVEN
  const stack = testStack();
  const node = (service: string, type: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:eu-central-1:123456789012:${type}/`, { Ref: 'Text' }]],
  });

  // WHEN
  const arns = commandNodeArns(stack, testRole(stack), TaskTargets.instanceIds(deployTimeValues(stack).text));

  // THEN
  expect(stack.resolve(arns)).toEqual([node('ec2', 'instance'), node('ssm', 'managed-instance')]);
});

test('nodes that a list given as a token names may be any, given directly or registered', () => {
  // GIVEN
  const stack = testStack();
  const { list } = deployTimeValues(stack);
  const target = testWindow(stack).addTarget('Target', { selector: TargetSelector.instanceIds(...list) });
  const literal = testWindow(stack, 'Other').addTarget('Target', { selector: TargetSelector.instanceIds(INSTANCE_ID) });

  // THEN
  expect(stack.resolve(commandNodeArns(stack, testRole(stack), TaskTargets.instanceIds(...list)))).toEqual(EVERY_NODE);
  expect(stack.resolve(commandNodeArns(stack, testRole(stack, 'OtherRole'), TaskTargets.registered(literal, target)))).toEqual(EVERY_NODE);
});

test.each<[string, TargetSelector | undefined, object[]]>([
  ['nothing', undefined, []],
  ['instances', TargetSelector.instanceIds(INSTANCE_ID), []],
  ['tags', TargetSelector.tags({ Role: ['web'] }), [allow('tag:GetResources', '*')]],
  ['a resource group', TargetSelector.resourceGroup('web', 'AWS::EC2::Instance'),
    [allow(['resource-groups:ListGroupResources', 'resource-groups:ListGroups', 'tag:GetResources'], '*')]],
])('what is behind %s may be looked up', (_name, selector, expected) => {
  // GIVEN
  const stack = testStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

  // WHEN
  grantTargetLookup(role, selector && TaskTargets.registered(testWindow(stack).addTarget('Target', { selector })));

  // THEN
  expect(allStatements(templateOf(stack))).toEqual(expected);
});

test('no policy of a role has more characters than IAM takes, whatever the number of nodes', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 }), fc.boolean(), (sizes, minimize) => {
    // GIVEN
    const stack = testStack();
    stack.node.setContext('@aws-cdk/aws-iam:minimizePolicies', minimize);
    const window = testWindow(stack);

    // WHEN
    sizes.forEach((size, index) => {
      const ids = Array.from({ length: size }, (_, node) => `i-${String(index * 50 + node).padStart(17, '0')}`);
      window.addRunCommandTask(`Task${index}`, { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(...ids), priority: index });
    });

    // THEN
    const { template } = (stack.node.root as App).synth().getStackByName(stack.stackName);
    const documents = Object.values(template.Resources as Record<string, { Type: string; Properties: any }>)
      .filter(({ Type: type }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(type)).map(({ Properties: { PolicyDocument: document } }) => document);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      expect(JSON.stringify(document).replace(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},("[^"]*")\]\]\}/g, '"arn:aws$1').length).toBeLessThanOrEqual(6_144);
    }
  }), { numRuns: 30 });
});
