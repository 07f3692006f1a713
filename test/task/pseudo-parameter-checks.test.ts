import { Aws, Lazy } from 'aws-cdk-lib';
import { TaskTargets } from '../../src';
import { adviseOnTexts } from '../../src/task/pseudo-parameter-checks';
import type { TaskDefinition, TaskType } from '../../src/task/task-definition';
import { templateOf, testStack, warningsOf } from '../support/app';
import { INSTANCE_ID } from '../support/tasks';

const NOT_FOR_RUN_COMMAND = (name: string) => `a Run Command task does not support this pseudo parameter, got "${name}", let the document find out where it runs`;
const NEEDS_TARGETS = (name: string) => `a pseudo parameter about targets needs 'targets', got "{{${name}}}", add targets or remove it`;
const MISSPELT = (got: string, meant: string) => `a pseudo parameter must be spelt as documented to be replaced, got "${got}", write "${meant}"`;

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
  ['of somebody else', 'LAMBDA', ['{{.Names}} {{ssm:NAME}} {{NAME}}'], true, []],
  ['beside tokens', 'LAMBDA', [`${Aws.REGION}{{RESOURCEID}}${Aws.REGION}`], true, [MISSPELT('RESOURCEID', 'RESOURCE_ID')]],
  ['in a text that is complete at the end of synthesis', 'LAMBDA', [Lazy.string({ produce: () => '{{RESOURCEID}}' })], true,
    [MISSPELT('RESOURCEID', 'RESOURCE_ID')]],
  ['that are not known', 'LAMBDA', [Aws.REGION], false, []],
])('pseudo parameters %s', (_name, taskType, texts, withTargets, expected) => {
  expect(warningsFor(taskType, texts, withTargets ? TaskTargets.instanceIds(INSTANCE_ID) : undefined)).toEqual(expected);
});
