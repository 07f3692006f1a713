import type { World } from './world';

/*
 * What the scripts of the runbook do, in TypeScript: `npm test` works without Python. A judge holds that the Python makes the same calls.
 */

/** What a script can use, by the names of boto3. */
export interface Aws {
  readonly seconds: number;
  call(service: string, operation: string, inputs: object): any;
  sleep(seconds: number): void;
}

type Script = (events: any, aws: Aws) => unknown;

/** Runs a stand-in of a script in a world. */
export function runScript(world: World, handler: string, payload: object): unknown {
  return standIn(handler)(payload, {
    get seconds() { return world.now; },
    call: (service, operation, inputs) => world.call(service, operation, inputs),
    sleep: (seconds) => world.advance(seconds),
  });
}

export function standIn(handler: string): Script {
  const script = (SCRIPTS as { [name: string]: Script })[handler];
  if (!script) { throw new Error(`there is no stand-in for the script ${handler}`); }
  return script;
}

function waitUntil(aws: Aws, missing: () => string | undefined, seconds: number): void {
  for (const end = aws.seconds + seconds; ; aws.sleep(15)) {
    const found = missing();
    if (found === undefined) { return; }
    if (aws.seconds >= end) { throw new Error(found); }
  }
}

function targetsOf(aws: Aws, arn: string, node: string): any[] {
  return aws.call('elbv2', 'DescribeTargetHealth', { TargetGroupArn: arn }).TargetHealthDescriptions.filter((one: any) => one.Target.Id === node);
}

function onPort(port: number, found: any[]): any[] {
  return found.filter((one) => one.Target.Port === port);
}

function stateOf(aws: Aws, node: string, group: string): string {
  const [found] = aws.call('autoscaling', 'DescribeAutoScalingInstances', { InstanceIds: [node] }).AutoScalingInstances;
  if (found?.AutoScalingGroupName !== group) { throw new Error(`${node} is not in the Auto Scaling group ${group}`); }
  return found.LifecycleState;
}

const SCRIPTS = {
  read_target_groups: ({ groups, node }: any, aws: Aws) => ({
    targets: groups.flatMap((group: string) => targetsOf(aws, group, node)
      .filter((one) => one.TargetHealth.State !== 'draining')
      .map((one) => ({ group, port: one.Target.Port }))),
  }),
  leave_target_groups: ({ before, node }: any, aws: Aws) => {
    before.targets.forEach(({ group, port }: any) => aws.call('elbv2', 'DeregisterTargets', { TargetGroupArn: group, Targets: [{ Id: node, Port: port }] }));
  },
  await_drained: ({ before, node, seconds }: any, aws: Aws) => waitUntil(aws, () => {
    const isDraining = ({ group, port }: any) => onPort(port, targetsOf(aws, group, node)).length > 0;
    const draining = before.targets.filter(isDraining).map(({ group }: any) => group);
    return draining.length > 0 ? `${node} still has connections in ${draining.join(', ')}` : undefined;
  }, seconds),
  return_to_target_groups: ({ before, node }: any, aws: Aws) => {
    for (const { group, port } of before.targets) {
      const [found] = onPort(port, targetsOf(aws, group, node));
      if (!found || found.TargetHealth.State === 'draining') {
        aws.call('elbv2', 'RegisterTargets', { TargetGroupArn: group, Targets: [{ Id: node, Port: port }] });
      }
    }
  },
  await_healthy: ({ before, groups, node, seconds }: any, aws: Aws) => waitUntil(aws, () => {
    const unhealthy = groups.flatMap((arn: string) => {
      const states: string[] = targetsOf(aws, arn, node).map((one) => one.TargetHealth.State);
      const known = !before || before.targets.some(({ group }: any) => group === arn);
      return known && (states.length === 0 || states.some((state) => state !== 'healthy')) ? [`${arn} (${states.join(', ') || 'not registered'})`] : [];
    });
    return unhealthy.length > 0 ? `${node} is not healthy in ${unhealthy.join(', ')}` : undefined;
  }, seconds),
  read_group: ({ group, node }: any, aws: Aws) => {
    const state = stateOf(aws, node, group);
    if (state !== 'InService' && state !== 'Standby') { throw new Error(`${node} is neither InService nor Standby, but ${state}`); }
    return { state };
  },
  enter_standby: ({ before, group, node }: any, aws: Aws) => {
    if (before.state === 'InService' && stateOf(aws, node, group) === 'InService') {
      aws.call('autoscaling', 'EnterStandby', { AutoScalingGroupName: group, InstanceIds: [node], ShouldDecrementDesiredCapacity: true });
    }
  },
  await_standby: ({ group, node, seconds }: any, aws: Aws) => waitUntil(aws, () => {
    const state = stateOf(aws, node, group);
    return state !== 'Standby' ? `${node} is not in standby, but ${state}` : undefined;
  }, seconds),
  exit_standby: ({ before, group, node, seconds }: any, aws: Aws) => {
    if (before.state === 'Standby') { return; }
    waitUntil(aws, () => {
      const state = stateOf(aws, node, group);
      return state === 'EnteringStandby' ? `${node} cannot leave standby, as it is ${state}` : undefined;
    }, seconds);
    if (stateOf(aws, node, group) === 'Standby') {
      aws.call('autoscaling', 'ExitStandby', { AutoScalingGroupName: group, InstanceIds: [node] });
    }
  },
  await_in_service: ({ before, group, node, seconds }: any, aws: Aws) => waitUntil(aws, () => {
    const state = stateOf(aws, node, group);
    return state !== before.state ? `${node} is not ${before.state}, but ${state}` : undefined;
  }, seconds),
  await_snapshots: ({ node, seconds, snapshots }: any, aws: Aws) => waitUntil(aws, () => {
    const states: string[] = aws.call('ec2', 'DescribeSnapshots', { SnapshotIds: snapshots }).Snapshots.map((one: any) => one.State);
    if (states.includes('error')) { throw new Error(`a snapshot of ${node} failed: ${states.join(', ')}`); }
    return states.some((state) => state !== 'completed') ? `the snapshots of ${node} are not completed: ${states.join(', ')}` : undefined;
  }, seconds),
  fail: ({ reason }: any) => { throw new Error(reason); },
} satisfies { [handler: string]: Script };
