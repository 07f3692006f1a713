import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Rig } from './rig';
import { defineFullWindow } from '../integ/integ.all-parameters.maintenance-window';
import { defineFullPatchBaseline } from '../integ/integ.all-parameters.patch-baseline';
import { defineFullPatchWindow } from '../integ/integ.all-parameters.patch-window';
import { defineDefaultWindow } from '../integ/integ.default-parameters.maintenance-window';
import { defineDefaultPatchBaseline } from '../integ/integ.default-parameters.patch-baseline';
import { defineDefaultPatchWindow } from '../integ/integ.default-parameters.patch-window';

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
});

afterAll(() => rig?.stop());

test.each<[string, (app: App) => Stack]>([
  ['a window with default parameters', defineDefaultWindow],
  ['a window with all parameters', defineFullWindow],
  ['a patch window with default parameters', defineDefaultPatchWindow],
  ['a patch window with all parameters', defineFullPatchWindow],
  ['a patch baseline with default parameters', defineDefaultPatchBaseline],
  ['patch baselines with all parameters', defineFullPatchBaseline],
])('%s is deployed with all its resources, and a second time without a change', async (name, define) => {
  // GIVEN
  const app = new App({ outdir: join(rig.directory, name.replace(/ /g, '-')) });
  const { stackName } = define(app);
  const { directory, stacks: [{ template }] } = app.synth();
  const deploy = () => rig.cdk('deploy', '--app', directory, '--require-approval', 'never', stackName);

  // WHEN
  deploy();
  const deployed = await rig.cloudFormation.resources(stackName);

  // THEN
  expect(deployed.map(({ logicalId }) => logicalId).sort()).toEqual(Object.keys(template.Resources).sort());
  deploy();
  expect(await rig.cloudFormation.resources(stackName)).toEqual(deployed);
});
