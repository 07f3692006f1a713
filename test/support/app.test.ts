import { Annotations, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { errorsOf, templateOf, templateWithFindings, testApp, testStack, warningsOf } from './app';
import { recordedTemplates } from './recorded-templates';
import * as resources from './resources';

describe('templateOf', () => {
  test('returns the template of the stack', () => {
    // GIVEN
    const stack = testStack();
    new sns.Topic(stack, 'Topic', { enforceSSL: true });

    // WHEN
    const template = templateOf(stack);

    // THEN
    template.resourceCountIs('AWS::SNS::Topic', 1);
    expect(stack.environment).toBe('aws://123456789012/eu-central-1');
  });

  test('records the templates of the whole app, of stages and nested stacks too', () => {
    // GIVEN
    const app = testApp();
    const first = testStack('First', { app });
    const second = testStack('Second', { app });
    const stage = new Stage(app, 'Stage', { env: { account: '123456789012', region: 'eu-central-1' } });
    const staged = new Stack(stage, 'Staged');
    const nested = new NestedStack(second, 'Nested');
    for (const [name, scope] of Object.entries({ first, second, staged, nested })) {
      new sns.Topic(scope, 'Topic', { enforceSSL: true, displayName: `recorded ${name}` });
    }

    // WHEN
    templateOf(first);

    // THEN
    const texts = [...recordedTemplates().values()];
    for (const name of ['first', 'second', 'staged', 'nested']) {
      expect(texts.filter(text => text.includes(`"recorded ${name}"`)).length).toBeGreaterThan(0);
    }
  });

  test('does not record a template without resources', () => {
    // GIVEN
    const app = testApp();
    const stack = testStack('Empty', { app, description: 'never recorded' });

    // WHEN
    templateOf(stack);

    // THEN
    expect([...recordedTemplates().values()].filter(text => text.includes('never recorded'))).toEqual([]);
  });

  test('fails when cdk-nag finds something', () => {
    // GIVEN
    const stack = testStack();
    new sns.Topic(stack, 'Open');

    // THEN
    expect(() => templateOf(stack)).toThrow('AwsSolutions-SNS3 at Stack/Open/Resource');
  });

  test('fails when the service would refuse a window', () => {
    // GIVEN
    const stack = testStack();
    new ssm.CfnMaintenanceWindow(stack, 'Window', {
      name: 'patching',
      schedule: 'rate(7 days)',
      duration: 3,
      cutoff: 3,
      allowUnassociatedTargets: false,
    });

    // THEN
    expect(() => templateOf(stack)).toThrow('the service would refuse:\n  Window: Cutoff 3 is not below Duration 3');
  });

  test('fails when a wildcard is allowed for an action that nothing explains', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:SendCommand', 'ssm:ListCommands'], resources: ['*'] }));

    // THEN
    expect(() => templateOf(stack)).toThrow('AwsSolutions-IAM5[Resource::*] at Stack/Role/DefaultPolicy/Resource');
  });

  test('accepts the documented wildcards', () => {
    // GIVEN
    const stack = testStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
    const instances = stack.formatArn({ service: 'ssm', resource: 'managed-instance', resourceName: '*' });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:SendCommand'], resources: [instances] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:ListCommands'], resources: ['*'] }));

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('finds nothing in the resources that tests put beside the library', () => {
    // GIVEN
    const stack = testStack();
    const others = [
      resources.testFunction(stack),
      resources.testTopic(stack),
      resources.testBucket(stack),
      resources.testLogGroup(stack),
      resources.testStateMachine(stack),
      resources.testInstance(stack),
    ];

    // THEN
    expect(Object.keys(templateOf(stack).toJSON().Resources).length).toBeGreaterThan(others.length);
  });
});

describe('templateWithFindings', () => {
  test('takes a finding of cdk-nag that is meant, and records the template', () => {
    // GIVEN
    const stack = testStack('Meant', { description: 'an open topic is meant' });
    new sns.Topic(stack, 'Open');

    // THEN
    templateWithFindings(stack, ['AwsSolutions-SNS3']).resourceCountIs('AWS::SNS::Topic', 1);
    expect([...recordedTemplates().values()].filter(text => text.includes('an open topic is meant')).length).toBeGreaterThan(0);
  });

  test('fails when cdk-nag finds something beside what is meant', () => {
    // GIVEN
    const stack = testStack();
    new sns.Topic(stack, 'Open');
    new s3.Bucket(stack, 'Bucket', { enforceSSL: true });

    // THEN
    expect(() => templateWithFindings(stack, ['AwsSolutions-SNS3'])).toThrow(/^cdk-nag found:\n {2}AwsSolutions-S1 at Stack\/Bucket\/Resource: .*$/);
  });

  test('fails when cdk-nag does not find what is meant', () => {
    // GIVEN
    const stack = testStack();
    new sns.Topic(stack, 'Topic', { enforceSSL: true });

    // THEN
    expect(() => templateWithFindings(stack, ['AwsSolutions-SNS3'])).toThrow('cdk-nag was meant to find AwsSolutions-SNS3, but did not');
  });
});

test('annotations are read by level, without the id that acknowledges them', () => {
  // GIVEN
  const stack = testStack();
  const topic = new sns.Topic(stack, 'Topic');

  // WHEN
  Annotations.of(topic).addWarningV2('some:id', 'take care');
  Annotations.of(stack).addError('broken');

  // THEN
  expect(warningsOf(stack)).toEqual(['take care']);
  expect(warningsOf(topic)).toEqual(['take care']);
  expect(errorsOf(stack)).toEqual(['broken']);
  expect(errorsOf(topic)).toEqual([]);
});
