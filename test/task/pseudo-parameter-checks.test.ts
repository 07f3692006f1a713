import { Aws, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AutomationRunbook, RunCommandDocument, TargetSelector, TaskTargets } from '../../src';
import type { MaintenanceWindow } from '../../src';
import { adviseOnTexts } from '../../src/task/pseudo-parameter-checks';
import type { TaskDefinition, TaskType } from '../../src/task/task-definition';
import { templateOf, testStack, warningsOf } from '../support/app';
import { INSTANCE_ID, testWindow } from '../support/tasks';

const COMMAND = { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds(INSTANCE_ID) };

const NOT_FOR_RUN_COMMAND = (name: string) => `a Run Command task does not support this pseudo parameter, got "${name}", let the document find out where it runs`;
const NEEDS_TARGETS = (name: string) => `a pseudo parameter about targets needs 'targets', got "{{${name}}}", add targets or remove it`;
const MISSPELT = (got: string, meant: string) => `a pseudo parameter must be spelt as documented to be replaced, got "${got}", write "${meant}"`;

const NOT_USED = '\'targets\' should be used in what is sent, as the same is sent for each target otherwise, got no {{RESOURCE_ID}} and no {{TARGET_ID}}, '
  + 'add PseudoParameter.resourceId or remove \'targets\'';

function warningsFor(taskType: TaskType, texts: string[], targets?: TaskTargets): string[] {
  const stack = testStack();
  const definition: TaskDefinition = { taskType, taskArn: 'arn', valuesWithPseudoParameters: texts, targets, grantTo: () => {} };
  adviseOnTexts(stack, definition);
  templateOf(stack);
  return warningsOf(stack);
}

test.each<[string, TaskType, string[], boolean, string[]]>([
  ['of a window in a command', 'RUN_COMMAND', ['{{WINDOW_ID}} {{ WINDOW_EXECUTION_ID }}'], true, []],
  ['of a target in a command', 'RUN_COMMAND', ['{{TARGET_ID}} {{ RESOURCE_ID }}'], true, [NOT_FOR_RUN_COMMAND('TARGET_ID'), NOT_FOR_RUN_COMMAND('RESOURCE_ID')]],
  ['of a target in other types', 'LAMBDA', ['{{TARGET_ID}} {{RESOURCE_ID}} {{TARGET_TYPE}} {{WINDOW_TARGET_ID}}'], true, []],
  ['of a target without targets', 'STEP_FUNCTIONS', ['{{TARGET_ID}} {{RESOURCE_ID}} {{TARGET_TYPE}} {{WINDOW_TARGET_ID}}'], false,
    ['TARGET_ID', 'RESOURCE_ID', 'TARGET_TYPE', 'WINDOW_TARGET_ID'].map(NEEDS_TARGETS)],
  ['that are repeated', 'AUTOMATION', ['{{TARGET_ID}} {{TARGET_ID}}', '{{TARGET_ID}}'], false, [NEEDS_TARGETS('TARGET_ID')]],
  ['that are misspelt', 'LAMBDA', ['{{RESOURCEID}}'], true, [MISSPELT('RESOURCEID', 'RESOURCE_ID')]],
  ['of somebody else', 'LAMBDA', ['{{.Names}} {{ssm:NAME}} {{NAME}} {{RESOURCE_ID}}'], true, []],
  ['in another case', 'AUTOMATION', ['{{target_id}}', '{{ TargetType }}'], true, [MISSPELT('target_id', 'TARGET_ID'), MISSPELT('TargetType', 'TARGET_TYPE')]],
  ['in another case in a script', 'RUN_COMMAND', ['{{target_id}}'], true, []],
  ['that nothing but the target is missing', 'AUTOMATION', ['{{WINDOW_ID}}'], true, [NOT_USED]],
  ['in no value', 'STEP_FUNCTIONS', [], true, [NOT_USED]],
  ['in no value of a command', 'RUN_COMMAND', ['{{WINDOW_ID}}'], true, []],
  ['beside tokens', 'LAMBDA', [`${Aws.REGION}{{RESOURCEID}}${Aws.REGION}`], true, [MISSPELT('RESOURCEID', 'RESOURCE_ID')]],
  ['in a text that is complete at the end of synthesis', 'LAMBDA', [Lazy.string({ produce: () => '{{RESOURCEID}}' })], true,
    [MISSPELT('RESOURCEID', 'RESOURCE_ID')]],
  ['that are not known', 'LAMBDA', [Aws.REGION], false, []],
])('pseudo parameters %s', (_name, taskType, texts, withTargets, expected) => {
  expect(warningsFor(taskType, texts, withTargets ? TaskTargets.instanceIds(INSTANCE_ID) : undefined)).toEqual(expected);
});

describe('pseudo parameters in texts that are passed on as they are', () => {
  test.each<[string, (window: MaintenanceWindow) => unknown, string]>([
    ['a comment', (window) => window.addRunCommandTask('Task', { ...COMMAND, comment: 'patch {{WINDOW_ID}}' }), '\'comment\''],
    ['a prefix', (window) => window.addRunCommandTask('Task', { ...COMMAND, outputBucket: s3.Bucket.fromBucketName(Stack.of(window), 'Bucket', 'output'), outputKeyPrefix: '{{ WINDOW_ID }}' }), '\'outputKeyPrefix\''],
    ['a description', (window) => window.addRunCommandTask('Task', { ...COMMAND, description: '{{WINDOW_ID}}' }), '\'description\''],
  ])('are told in %s', (_name, define, prop) => {
    const stack = testStack();

    define(testWindow(stack));

    expect(warningsOf(stack)).toEqual([
      `${prop} should hold no pseudo parameter, which Systems Manager does not replace there, got "{{WINDOW_ID}}", remove it`,
    ]);
  });
});

test.each<[string, string, TargetSelector, string[]]>([
  ['the ARN of an instance of a group', '{{TARGET_ID}}', TargetSelector.resourceGroup('web'), [
    '\'parameters.InstanceId\' should be an ID, and {{TARGET_ID}} is the ARN of a resource of a resource group, got ["{{TARGET_ID}}"], use PseudoParameter.resourceId',
  ]],
  ['the ID of an instance of a group', '{{RESOURCE_ID}}', TargetSelector.resourceGroup('web'), []],
  ['the ID of an instance', '{{TARGET_ID}}', TargetSelector.tags({ Role: ['web'] }), []],
])('%s for a parameter that takes an ID', (_name, value, selector, expected) => {
  const stack = testStack();
  const window = testWindow(stack);

  window.addAutomationTask('Task', {
    runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
    parameters: { InstanceId: [value] },
    targets: TaskTargets.registered(window.addTarget('Target', { selector })),
    assumeRole: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }),
  });

  expect(warningsOf(stack)).toEqual(expected);
});
