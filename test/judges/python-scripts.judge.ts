import { spawnSync } from 'node:child_process';
import { SCRIPTS } from '../../src/patching/runbook-scripts';
import { standIn } from '../patching/automation/scripts';
import { GROUP, NODE, World } from '../patching/automation/world';
import type { Beginning } from '../patching/automation/world';

/*
 * The runbook has scripts in Python, and its tests run stand-ins of them. Here both run in the same worlds: the Python must make the same calls with the
 * same inputs, sleep as long, and end with the same result or message.
 */

const PYTHON = ['python3', 'python'].find((command) => spawnSync(command, ['--version']).status === 0);

/** A call as it went, or a sleep. */
interface Event {
  readonly call?: string;
  readonly inputs?: object;
  readonly response?: unknown;
  readonly error?: string;
  readonly sleep?: number;
}

interface Run {
  readonly events: Event[];
  readonly payload?: unknown;
  readonly error?: string;
}

/** Modules that answer what the stand-in was answered, and refuse all other calls. */
const HARNESS = `
import json, re, sys, types
task = json.load(sys.stdin)
events, clock = list(task['events']), [0]
def take(event):
    expected = events.pop(0) if events else None
    if expected is None or any(expected.get(key) != value for key, value in event.items()):
        raise BaseException(f'the script does {event}, its stand-in {expected}')
    return expected
class Client:
    def __init__(self, service):
        self.service = service
    def __getattr__(self, method):
        def call(**inputs):
            name = ''.join(part.capitalize() for part in method.split('_'))
            answer = take({'call': f'{self.service}.{name}', 'inputs': inputs})
            if answer.get('error') is not None:
                raise Exception(answer['error'])
            return answer['response']
        return call
def sleep(seconds):
    take({'sleep': seconds})
    clock[0] += seconds
boto3, time = types.ModuleType('boto3'), types.ModuleType('time')
boto3.client, time.time, time.sleep = Client, lambda: clock[0], sleep
sys.modules.update(boto3=boto3, time=time)
scope = {}
exec(task['script'], scope)
result = {}
try:
    result['payload'] = scope[task['handler']](task['inputs'], {})
except Exception as error:
    result['error'] = str(error)
print(json.dumps({**result, 'left': events}))
`;

function ofStandIn(world: World, handler: string, inputs: object): Run {
  const events: Event[] = [];
  let seconds = 0;
  const aws = {
    get seconds() { return seconds; },
    call: (service: string, operation: string, call: object) => {
      const event = { call: `${service}.${operation}`, inputs: call };
      try {
        const response = world.call(service, operation, call);
        events.push({ ...event, response });
        return response;
        // eslint-disable-next-line no-restricted-syntax -- what a stand-in is refused, the Python is refused
      } catch (error) {
        events.push({ ...event, error: (error as Error).message });
        throw error;
      }
    },
    sleep: (length: number) => {
      events.push({ sleep: length });
      seconds += length;
      world.advance(length);
    },
  };
  try {
    return { events, payload: standIn(handler)(inputs, aws) ?? null };
    // eslint-disable-next-line no-restricted-syntax -- the messages of both are compared
  } catch (error) {
    return { events, error: (error as Error).message };
  }
}

function ofPython(handler: keyof typeof SCRIPTS, inputs: object, events: readonly Event[]): object {
  const run = spawnSync(PYTHON!, ['-c', HARNESS], { input: JSON.stringify({ script: SCRIPTS[handler], handler, inputs, events }), encoding: 'utf-8' });
  if (run.status !== 0) { throw new Error(run.stderr); }
  return JSON.parse(run.stdout);
}

const PORTS = { web: [80, 8080], admin: [443] };
const KNOWN = { targets: [{ group: 'web', port: 80 }, { group: 'web', port: 8080 }, { group: 'admin', port: 443 }] };
const RUNNING: Beginning = { state: 'running', ports: PORTS };
const IN_SERVICE: Beginning = { state: 'running', lifecycle: 'InService' };
const STANDBY: Beginning = { state: 'running', lifecycle: 'Standby' };
const leave = (world: World) => standIn('leave_target_groups')({ node: NODE, before: KNOWN }, { seconds: 0, sleep: () => undefined, call: (...call) => world.call(...call) });
const enter = (world: World) => world.call('autoscaling', 'EnterStandby', { AutoScalingGroupName: GROUP, InstanceIds: [NODE], ShouldDecrementDesiredCapacity: true });

type Case = readonly [handler: keyof typeof SCRIPTS, inputs: object, beginning: Beginning, prepare?: (world: World) => void];

const CASES: Case[] = [
  ['read_target_groups', { node: NODE, groups: ['web', 'admin'] }, RUNNING],
  ['read_target_groups', { node: NODE, groups: ['web', 'admin'] }, RUNNING, leave],
  ['leave_target_groups', { node: NODE, before: KNOWN }, RUNNING],
  ['leave_target_groups', { node: NODE, before: { targets: [] } }, RUNNING],
  ['await_drained', { node: NODE, before: KNOWN, seconds: 300 }, RUNNING, leave],
  ['await_drained', { node: NODE, before: KNOWN, seconds: 30 }, RUNNING, leave],
  ['return_to_target_groups', { node: NODE, before: KNOWN }, RUNNING],
  ['return_to_target_groups', { node: NODE, before: KNOWN }, RUNNING, leave],
  ['return_to_target_groups', { node: NODE, before: KNOWN }, { ...RUNNING, state: 'stopped', ports: { web: [], admin: [] } }],
  ['await_healthy', { node: NODE, groups: ['web', 'admin'], before: KNOWN, seconds: 300 }, RUNNING],
  ['await_healthy', { node: NODE, groups: ['web', 'admin'], before: { targets: [] }, seconds: 30 }, { ...RUNNING, ports: { web: [], admin: [] } }],
  ['await_healthy', { node: NODE, groups: ['web', 'admin'], seconds: 30 }, { ...RUNNING, ports: { web: [80], admin: [] } }],
  ['await_healthy', { node: NODE, groups: ['web', 'admin'], before: KNOWN, seconds: 30 }, RUNNING, leave],
  ['read_group', { node: NODE, group: GROUP }, IN_SERVICE],
  ['read_group', { node: NODE, group: GROUP }, STANDBY],
  ['read_group', { node: NODE, group: GROUP }, IN_SERVICE, enter],
  ['read_group', { node: NODE, group: 'another' }, IN_SERVICE],
  ['read_group', { node: NODE, group: GROUP }, RUNNING],
  ['enter_standby', { node: NODE, group: GROUP, before: { state: 'InService' } }, IN_SERVICE],
  ['enter_standby', { node: NODE, group: GROUP, before: { state: 'InService' } }, IN_SERVICE, enter],
  ['enter_standby', { node: NODE, group: GROUP, before: { state: 'InService' } }, { ...IN_SERVICE, minSize: 2 }],
  ['enter_standby', { node: NODE, group: GROUP, before: { state: 'Standby' } }, STANDBY],
  ['await_standby', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 300 }, IN_SERVICE, enter],
  ['await_standby', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 30 }, IN_SERVICE],
  ['exit_standby', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 75 }, IN_SERVICE, enter],
  ['exit_standby', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 30 }, IN_SERVICE, enter],
  ['exit_standby', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 75 }, IN_SERVICE],
  ['exit_standby', { node: NODE, group: GROUP, before: { state: 'Standby' }, seconds: 75 }, STANDBY],
  ['await_in_service', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 300 }, IN_SERVICE],
  ['await_in_service', { node: NODE, group: GROUP, before: { state: 'InService' }, seconds: 30 }, STANDBY],
  ['await_snapshots', { node: NODE, snapshots: ['snap-1', 'snap-2'], seconds: 300 }, RUNNING, (world) => void world.call('ec2', 'CreateSnapshots', {})],
  ['await_snapshots', { node: NODE, snapshots: ['snap-1', 'snap-2'], seconds: 30 }, RUNNING],
  ['fail', { reason: 'because' }, RUNNING],
];

test.each(CASES.map((one, index) => [`${one[0]} (${index + 1})`, one] as const))('%s in Python does what its stand-in does', (_, [handler, inputs, beginning, prepare]) => {
  // GIVEN
  const world = new World(beginning);
  prepare?.(world);
  // WHEN
  const { events, ...ended } = ofStandIn(world, handler, inputs);
  // THEN
  expect(ofPython(handler, inputs, events)).toEqual({ ...ended, left: [] });
});

test('every script has a case', () => {
  expect([...new Set(CASES.map(([handler]) => handler))].sort()).toEqual(Object.keys(SCRIPTS).sort());
});

test('a script that makes another call is seen', () => {
  expect(() => ofPython('read_group', { node: NODE, group: GROUP }, [{ sleep: 15 }])).toThrow('the script does');
});
