import { UpdateMaintenanceWindowCommand } from '@aws-sdk/client-ssm';
import { Duration } from 'aws-cdk-lib';
import type { CfnResource, Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { Deployment, assemble, failing } from './deployment';
import { Rig } from './rig';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { StateStep } from '../setting/handler/state-steps';
import { describeStateStep, StateReference, stateSteps } from '../setting/handler/state-steps';

/** A longer run is asked for by these. */
const SEQUENCES = Number(process.env.E2E_SEQUENCES ?? 24);
const SEED = Number(process.env.E2E_SEED ?? 20260101);

type Fails = Extract<StateStep, { kind: 'deploy' }>['fails'];

let rig: Rig;

beforeAll(async () => {
  rig = await Rig.start();
  // the stacks of the sequences use the asset that this publishes
  rig.cdk('bootstrap', 'aws://000000000000/us-east-1');
  rig.cdk('deploy', '--app', assemble(rig, 'Seed', (stack) => plan(stack, true, 0)).directory, '--require-approval', 'never', 'Seed');
});

afterAll(() => rig?.stop());

function plan(stack: Stack, disabled: boolean, revision: number, fails: Fails = 'no'): void {
  const window = new MaintenanceWindow(stack, 'Window', {
    schedule: MaintenanceWindowSchedule.rate(Duration.days(revision + 1)), duration: Duration.hours(2), maintenanceWindowName: 'nightly', enabled: !disabled,
  });
  const resource = window.node.defaultChild as CfnResource;
  const state = window.node.tryFindChild('WindowState')?.node.defaultChild as CfnResource | undefined;
  if (fails === 'between') {
    failing(stack, { after: [resource], before: state && [state] });
  } else if (fails === 'after') {
    failing(stack, { after: [state ?? resource] });
  }
}

const sequences = fc.sample(fc.tuple(fc.boolean(), fc.array(stateSteps, { minLength: 3, maxLength: 6 })), { numRuns: SEQUENCES, seed: SEED });

test.each(sequences.map(([replaceEnables, sequence], index) => ({
  index, replaceEnables, sequence, text: sequence.map(describeStateStep).join(', '),
})))('$index, updates enable: $replaceEnables: $text', async ({ index, replaceEnables, sequence }) => {
  const deployment = new Deployment(rig, `Pause${index}`);
  const reference = new StateReference(replaceEnables);
  await rig.set({ delivery: 'hold', replace_enables: replaceEnables });
  await deployment.succeed((stack) => plan(stack, true, 0));
  for (const step of sequence) {
    if (reference.isEmpty(step)) {
      // CloudFormation refuses an update that changes nothing.
      continue;
    }
    await perform(deployment, step, reference);
    reference.run(step);

    const { WindowId, ...window } = await deployment.window();
    expect({ step: describeStateStep(step), ...window }).toEqual({
      step: describeStateStep(step),
      Name: 'nightly',
      Schedule: `rate(${reference.deployed.revision + 1} day${reference.deployed.revision === 0 ? '' : 's'})`,
      Duration: 2,
      Cutoff: 0,
      AllowUnassociatedTargets: false,
      Enabled: reference.enabled,
      ...reference.description === undefined ? {} : { Description: reference.description },
    });
  }
  await rig.set({ delivery: 'drop', release: 0 });
  expect(await deployment.delete()).toBeUndefined();
});

async function perform(deployment: Deployment, step: StateStep, { deployed }: StateReference): Promise<void> {
  switch (step.kind) {
    case 'deploy': {
      const revision = deployed.revision + (step.changesWindow ? 1 : 0);
      await rig.set({ reverse_rollback: step.stateFirst });
      const { status } = await deployment.deploy((stack) => plan(stack, step.disabled, revision, step.fails));
      expect(status).toBe(step.fails === 'no' ? 'UPDATE_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
      return;
    }
    case 'by hand': {
      const WindowId = await deployment.idOf('AWS::SSM::MaintenanceWindow');
      const change = step.what === 'describe' ? { Description: 'by hand' } : { Enabled: step.what === 'enable' };
      await rig.ssm.send(new UpdateMaintenanceWindowCommand({ WindowId, ...change }));
      return;
    }
    case 'events':
      await rig.set({ release: { 'lost': 0, 'delivered': 1, 'delivered twice': 2 }[step.fate] });
      await rig.settle();
  }
}
