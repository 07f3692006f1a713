import type { App, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { defineFullWindow } from './integ.all-parameters.maintenance-window';
import { defineFullPatchBaseline } from './integ.all-parameters.patch-baseline';
import { defineFullPatchWindow } from './integ.all-parameters.patch-window';
import { defineDefaultWindow } from './integ.default-parameters.maintenance-window';
import { defineDefaultPatchBaseline } from './integ.default-parameters.patch-baseline';
import { defineDefaultPatchWindow } from './integ.default-parameters.patch-window';
import { templateWithFindings, testApp, warningsOf } from '../support/app';

/** A line for each resource, so that the snapshot stays short. The hashes of assets are left out: they change with each change of the handler. */
function resourcesOf(template: Template): string {
  return Object.entries(template.toJSON().Resources)
    .map(([id, resource]) => `${id} ${JSON.stringify(resource).replace(/[0-9a-f]{64}\.(zip|json)/g, '<asset>.$1')}`)
    .join('\n');
}

test.each<[string, (app: App) => Stack, string[]]>([
  ['a window with default parameters', defineDefaultWindow, []],
  ['a window with all parameters', defineFullWindow, []],
  // only its owner can say where the access logs of the bucket go
  ['a patch window with default parameters', defineDefaultPatchWindow, ['AwsSolutions-S1']],
  ['a patch window with all parameters', defineFullPatchWindow, []],
  ['a patch baseline with default parameters', defineDefaultPatchBaseline, []],
  ['patch baselines with all parameters', defineFullPatchBaseline, []],
])('%s synthesizes what it did before', (_name, define, findings) => {
  // access logs are let in by a policy: the access control list, which CDK takes otherwise, is a thing of the past
  const stack = define(testApp({ context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true } }));

  expect(resourcesOf(templateWithFindings(stack, findings))).toMatchSnapshot();
  expect(warningsOf(stack)).toEqual([]);
});
