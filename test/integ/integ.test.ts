import type { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { defineFullWindow } from './integ.all-parameters.maintenance-window';
import { defineFullPatchWindow } from './integ.all-parameters.patch-window';
import { defineDefaultWindow } from './integ.default-parameters.maintenance-window';
import { defineDefaultPatchWindow } from './integ.default-parameters.patch-window';
import { templateOf, testApp, warningsOf } from '../support/app';

/** A line for each resource, so that the snapshot stays short. The hashes of assets are left out: they change with each change of the handler. */
function resourcesOf(template: Template): string {
  return Object.entries(template.toJSON().Resources)
    .map(([id, resource]) => `${id} ${JSON.stringify(resource).replace(/[0-9a-f]{64}\.zip/g, '<asset>.zip')}`)
    .join('\n');
}

test.each<[string, (app: App) => Stack]>([
  ['a window with default parameters', defineDefaultWindow],
  ['a window with all parameters', defineFullWindow],
  ['a patch window with all parameters', defineFullPatchWindow],
])('%s synthesizes what it did before', (_name, define) => {
  // access logs are let in by a policy: the access control list, which CDK takes otherwise, is a thing of the past
  const stack = define(testApp({ context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true } }));

  expect(resourcesOf(templateOf(stack))).toMatchSnapshot();
  expect(warningsOf(stack)).toEqual([]);
});

test('a patch window with default parameters synthesizes what it did before', () => {
  const stack = defineDefaultPatchWindow(testApp());

  // cdk-nag, which templateOf() asks, wants access logs of the bucket: only its owner can say where they go
  expect(resourcesOf(Template.fromStack(stack))).toMatchSnapshot();
  expect(warningsOf(stack)).toEqual([]);
});
