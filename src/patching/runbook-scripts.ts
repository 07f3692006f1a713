import type { RunbookStep, StepOutput } from './runbook-step';
import { ATTEMPTS } from './runbook-step';

/*
 * The Python of the runbook: what JSON paths cannot say, such as a node that a target group knows on several ports.
 *
 * Each script can run twice without harm: a step is tried again, and a return after a failure does not know how far the node got.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html
 */

/** A script runs 10 minutes at most; a longer wait is tried again. */
const WAIT_SECONDS_OF_ATTEMPT = 540;
const SCRIPT_SECONDS = 600;

const WAIT = `
def wait_until(missing, seconds):
    end = time.time() + seconds
    while True:
        found = missing()
        if not found:
            return
        if time.time() >= end:
            raise Exception(found)
        time.sleep(15)
`;

const TARGET_GROUPS = `import boto3
import time

elb = boto3.client('elbv2')


def targets_of(arn, node):
    found = elb.describe_target_health(TargetGroupArn=arn)['TargetHealthDescriptions']
    return [one for one in found if one['Target']['Id'] == node]


def is_on(port, found):
    return [one for one in found if one['Target']['Port'] == port]

`;

const READ_TARGET_GROUPS = `
def read_target_groups(events, context):
    return {'targets': [
        {'group': arn, 'port': one['Target']['Port']}
        for arn in events['groups']
        for one in targets_of(arn, events['node'])
        if one['TargetHealth']['State'] != 'draining'
    ]}
`;

const LEAVE_TARGET_GROUPS = `
def leave_target_groups(events, context):
    for one in events['before']['targets']:
        elb.deregister_targets(TargetGroupArn=one['group'], Targets=[{'Id': events['node'], 'Port': one['port']}])
`;

const AWAIT_DRAINED = `
def await_drained(events, context):
    def missing():
        draining = [one['group'] for one in events['before']['targets'] if is_on(one['port'], targets_of(one['group'], events['node']))]
        return f"{events['node']} still has connections in {', '.join(draining)}" if draining else None
    wait_until(missing, events['seconds'])
`;

const RETURN_TO_TARGET_GROUPS = `
def return_to_target_groups(events, context):
    for one in events['before']['targets']:
        found = is_on(one['port'], targets_of(one['group'], events['node']))
        if not found or found[0]['TargetHealth']['State'] == 'draining':
            elb.register_targets(TargetGroupArn=one['group'], Targets=[{'Id': events['node'], 'Port': one['port']}])
`;

const AWAIT_HEALTHY = `
def await_healthy(events, context):
    def missing():
        unhealthy = []
        for arn in events['groups']:
            states = [one['TargetHealth']['State'] for one in targets_of(arn, events['node'])]
            known = 'before' not in events or [one for one in events['before']['targets'] if one['group'] == arn]
            if known and (not states or set(states) != {'healthy'}):
                unhealthy.append(f"{arn} ({', '.join(states) or 'not registered'})")
        return f"{events['node']} is not healthy in {', '.join(unhealthy)}" if unhealthy else None
    wait_until(missing, events['seconds'])
`;

const AUTO_SCALING_GROUP = `import boto3
import time

scaling = boto3.client('autoscaling')


def state_of(node, group):
    found = scaling.describe_auto_scaling_instances(InstanceIds=[node])['AutoScalingInstances']
    if not found or found[0]['AutoScalingGroupName'] != group:
        raise Exception(f'{node} is not in the Auto Scaling group {group}')
    return found[0]['LifecycleState']

`;

const READ_GROUP = `
def read_group(events, context):
    state = state_of(events['node'], events['group'])
    if state not in ('InService', 'Standby'):
        raise Exception(f"{events['node']} is neither InService nor Standby, but {state}")
    return {'state': state}
`;

const ENTER_STANDBY = `
def enter_standby(events, context):
    if events['before']['state'] == 'InService' and state_of(events['node'], events['group']) == 'InService':
        scaling.enter_standby(
            AutoScalingGroupName=events['group'], InstanceIds=[events['node']], ShouldDecrementDesiredCapacity=True)
`;

const AWAIT_STANDBY = `
def await_standby(events, context):
    def missing():
        state = state_of(events['node'], events['group'])
        return f"{events['node']} is not in standby, but {state}" if state != 'Standby' else None
    wait_until(missing, events['seconds'])
`;

const EXIT_STANDBY = `
def exit_standby(events, context):
    if events['before']['state'] == 'Standby':
        return

    def missing():
        state = state_of(events['node'], events['group'])
        return f"{events['node']} cannot leave standby, as it is {state}" if state == 'EnteringStandby' else None
    wait_until(missing, events['seconds'])
    if state_of(events['node'], events['group']) == 'Standby':
        scaling.exit_standby(AutoScalingGroupName=events['group'], InstanceIds=[events['node']])
`;

const AWAIT_IN_SERVICE = `
def await_in_service(events, context):
    def missing():
        state = state_of(events['node'], events['group'])
        expected = events['before']['state']
        return f"{events['node']} is not {expected}, but {state}" if state != expected else None
    wait_until(missing, events['seconds'])
`;

const AWAIT_SNAPSHOTS = `import boto3
import time

ec2 = boto3.client('ec2')

${WAIT}

def await_snapshots(events, context):
    def missing():
        found = ec2.describe_snapshots(SnapshotIds=events['snapshots'])['Snapshots']
        states = [one['State'] for one in found]
        if 'error' in states:
            raise Exception(f"a snapshot of {events['node']} failed: {', '.join(states)}")
        return f"the snapshots of {events['node']} are not completed: {', '.join(states)}" if set(states) != {'completed'} else None
    wait_until(missing, events['seconds'])
`;

const FAIL = `def fail(events, context):
    raise Exception(events['reason'])
`;

/** The scripts by the name of the function that Automation calls. */
export const SCRIPTS = {
  read_target_groups: TARGET_GROUPS + READ_TARGET_GROUPS,
  leave_target_groups: TARGET_GROUPS + LEAVE_TARGET_GROUPS,
  await_drained: TARGET_GROUPS + WAIT + '\n' + AWAIT_DRAINED,
  return_to_target_groups: TARGET_GROUPS + RETURN_TO_TARGET_GROUPS,
  await_healthy: TARGET_GROUPS + WAIT + '\n' + AWAIT_HEALTHY,
  read_group: AUTO_SCALING_GROUP + READ_GROUP,
  enter_standby: AUTO_SCALING_GROUP + ENTER_STANDBY,
  await_standby: AUTO_SCALING_GROUP + WAIT + '\n' + AWAIT_STANDBY,
  exit_standby: AUTO_SCALING_GROUP + WAIT + '\n' + EXIT_STANDBY,
  await_in_service: AUTO_SCALING_GROUP + WAIT + '\n' + AWAIT_IN_SERVICE,
  await_snapshots: AWAIT_SNAPSHOTS,
  fail: FAIL,
} satisfies Record<string, string>;

/** A script, with what it is given. */
interface ScriptCall {
  readonly handler: keyof typeof SCRIPTS;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly StepOutput[];
}

/** A step that runs a script, and is over soon. */
export function scriptStep(name: string, description: string, { handler, payload, outputs }: ScriptCall): RunbookStep {
  return {
    name,
    action: 'aws:executeScript',
    description,
    inputs: { Runtime: 'python3.11', Handler: handler, InputPayload: payload, Script: SCRIPTS[handler] },
    outputs,
    timeoutSeconds: SCRIPT_SECONDS,
    maxAttempts: ATTEMPTS,
  };
}

/** A step that waits in a script; a wait that is known only at deployment is one attempt long. */
export function waitingScriptStep(name: string, description: string, seconds: number, isKnown: boolean, call: ScriptCall): RunbookStep {
  const attempts = isKnown ? Math.ceil(seconds / WAIT_SECONDS_OF_ATTEMPT) : 1;
  return {
    ...scriptStep(name, description, { ...call, payload: { ...call.payload, seconds: isKnown ? Math.ceil(seconds / attempts) : seconds } }),
    maxAttempts: attempts,
  };
}
