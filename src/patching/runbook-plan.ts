import { scriptStep } from './runbook-scripts';
import type { RunbookStep } from './runbook-step';
import { apiStep, branchStep, NODE, waitStep } from './runbook-step';
import type { Traffic } from './runbook-traffic';

/** Starting an instance takes minutes, most of them for its status checks. */
const START_SECONDS = 1_800;
const STOP_SECONDS = 1_800;
const ONLINE_SECONDS = 1_200;

/** The step that a runbook ends with when all went well. */
const END = 'patched';

/** What the runbook consists of; the order is fixed. */
interface RunbookPlan {
  readonly startStopped: boolean;
  readonly traffic?: Traffic;
  readonly backup: readonly RunbookStep[];
  readonly before: readonly RunbookStep[];
  readonly patch: RunbookStep;
  readonly after: readonly RunbookStep[];
  /** Checks on the node, before it returns. */
  readonly nodeChecks: readonly RunbookStep[];
  /** Checks that need the node in service. */
  readonly serviceChecks: readonly RunbookStep[];
  /** Whether a node stays out of service when patching it or a check fails. */
  readonly leaveOut: boolean;
}

/**
 * The steps in the order of the document.
 *
 * Nothing is changed before all is read. What fails later goes to a chain of steps that undoes what the runbook did, or leaves the node out, and
 * that ends with a step that fails: a runbook that did not patch must not succeed. A cancelled runbook has a chain without waits.
 *
 * Steps go forward only, as the service refuses loops.
 */
export function stepsOf(plan: RunbookPlan): RunbookStep[] {
  const undo = undoChain(plan, false);
  const out = plan.leaveOut ? undoChain(plan, true) : undo;
  const chains = plan.leaveOut ? [undo, out] : [undo];
  return [
    ...linked(readingSteps(plan), { onFailure: 'Abort' }),
    ...linked(stepsBeforePatch(plan), exitsOf(undo)),
    ...linked(stepsFromPatch(plan), exitsOf(out)),
    ...linked(lastSteps(plan), exitsOf(undo)),
    ...chains.flatMap(({ failed, cancelled }) => [...failed, ...cancelled]),
  ];
}

/** Where a step goes that does not succeed. */
interface Exits {
  readonly onFailure: string;
  readonly onCancel?: string;
}

interface Chain {
  readonly failed: readonly RunbookStep[];
  readonly cancelled: readonly RunbookStep[];
}

function exitsOf({ failed: [first], cancelled: [atCancel] }: Chain): Exits {
  return { onFailure: first ? `step:${first.name}` : 'Abort', onCancel: atCancel && `step:${atCancel.name}` };
}

/** Steps that go on with the next in the document, and are critical: a failure of any is a failure of the runbook. */
function linked(steps: readonly RunbookStep[], exits: Exits): RunbookStep[] {
  return steps.map((step) => ({ ...step.action !== 'aws:branch' && { isCritical: true }, ...exits, ...step }));
}

function readingSteps({ startStopped, traffic }: RunbookPlan): RunbookStep[] {
  return [
    ...startStopped ? [
      waitStep('waitUntilSettled', 'Waits until the node is running or stopped.', 600, {
        Service: 'ec2',
        Api: 'DescribeInstances',
        InstanceIds: [NODE],
        PropertySelector: '$.Reservations[0].Instances[0].State.Name',
        DesiredValues: ['running', 'stopped'],
      }),
      apiStep('readInstance', 'Reads whether the node is stopped.', { Service: 'ec2', Api: 'DescribeInstances', InstanceIds: [NODE] },
        [{ Name: 'state', Selector: '$.Reservations[0].Instances[0].State.Name', Type: 'String' }]),
    ] : [],
    ...traffic ? [traffic.read()] : [],
  ];
}

function stepsBeforePatch({ startStopped, traffic, backup, before }: RunbookPlan): RunbookStep[] {
  return [
    ...startStopped ? [
      ifStopped('startIfStopped', 'startNode', 'waitUntilOnline'),
      stateStep('startNode', 'Starts the node.', 'running', START_SECONDS),
    ] : [],
    waitStep('waitUntilOnline', 'Waits until Systems Manager reaches the node.', ONLINE_SECONDS, {
      Service: 'ssm',
      Api: 'DescribeInstanceInformation',
      Filters: [{ Key: 'InstanceIds', Values: [NODE] }],
      PropertySelector: '$.InstanceInformationList[0].PingStatus',
      DesiredValues: ['Online'],
    }),
    ...traffic ? [traffic.leave('leave'), traffic.waitUntilOut()] : [],
    ...backup,
    ...before,
  ];
}

function stepsFromPatch(plan: RunbookPlan): RunbookStep[] {
  const { startStopped, traffic, serviceChecks } = plan;
  const inService = [...traffic?.waitUntilBack() ?? [], ...serviceChecks];
  return [
    plan.patch,
    ...plan.after,
    ...plan.nodeChecks,
    ...traffic ? [traffic.return('return')] : [],
    // a node that is stopped again gets no traffic, so it cannot be checked by it
    ...startStopped ? [ifStopped('stopIfStarted', 'stopNode', inService[0]?.name ?? END)] : [],
    ...inService.map((step, index) => ({ ...step, ...startStopped && index === inService.length - 1 && { nextStep: END } })),
  ];
}

/** What is left when all went well. */
function lastSteps({ startStopped }: RunbookPlan): RunbookStep[] {
  return [
    ...startStopped ? [stateStep('stopNode', 'Stops the node again.', 'stopped', STOP_SECONDS)] : [],
    // an end of its own: a step that is the end ends the runbook also when it fails
    { name: END, action: 'aws:sleep', description: 'The node is patched, and as it was before.', inputs: { Duration: 'PT1S' }, isEnd: true },
  ];
}

function ifStopped(name: string, then: string, otherwise?: string): RunbookStep {
  return branchStep(name, 'Tells a node that was stopped from one that ran.', '{{ readInstance.state }}', 'stopped', then, otherwise);
}

function stateStep(name: string, description: string, state: 'running' | 'stopped', timeoutSeconds: number): RunbookStep {
  return { name, action: 'aws:changeInstanceState', description, inputs: { InstanceIds: [NODE], DesiredState: state }, timeoutSeconds, maxAttempts: 2 };
}

/**
 * What is done when a step failed or the runbook was cancelled.
 *
 * Each step of it goes on with the next one whether it fails or not, so that what can be put right is put right.
 *
 * @param leaveOut the node stays out of service
 */
function undoChain({ startStopped, traffic }: RunbookPlan, leaveOut: boolean): Chain {
  const prefix = leaveOut ? 'leaveOut' : 'undo';
  const cancel = leaveOut ? 'cancelLeaveOut' : 'cancelUndo';
  if (!startStopped && !traffic) {
    return { failed: [], cancelled: [] };
  }
  const report = scriptStep(leaveOut ? 'reportLeftOut' : 'reportReturned', 'Fails, so that the execution and the window do.', {
    handler: 'fail',
    payload: {
      reason: leaveOut
        ? `the runbook failed, and ${NODE} was left out of service: look at the step that failed first`
        : `the runbook failed, and ${NODE} was returned to where it was: look at the steps that failed`,
    },
  });
  const end: RunbookStep = { ...report, maxAttempts: 1, isCritical: true, onFailure: 'Abort', isEnd: true };
  const cancelled: RunbookStep[] = [
    ...traffic ? [leaveOut ? traffic.leave(`${cancel}Traffic`) : traffic.returnSoon(`${cancel}Traffic`)] : [],
    ...startStopped ? [
      { ...ifStopped(`${cancel}IfStarted`, `${cancel}Stop`), onFailure: 'Abort' },
      apiStep(`${cancel}Stop`, 'Stops the node again, without waiting.', { Service: 'ec2', Api: 'StopInstances', InstanceIds: [NODE] }),
    ] : [],
  ];
  const failed: RunbookStep[] = [
    ...traffic ? [leaveOut ? traffic.leave(`${prefix}Traffic`) : traffic.return(`${prefix}Traffic`)] : [],
    ...startStopped ? [
      { ...ifStopped(`${prefix}IfStarted`, `${prefix}Stop`, end.name), onFailure: `step:${end.name}` },
      stateStep(`${prefix}Stop`, 'Stops the node again.', 'stopped', STOP_SECONDS),
    ] : [],
    end,
  ];
  return {
    failed: linked(failed, { onFailure: 'Continue', onCancel: `step:${cancelled[0].name}` }),
    cancelled: linked(cancelled, { onFailure: 'Continue' }).map((step, index, all) => (index === all.length - 1 ? { ...step, isEnd: true } : step)),
  };
}
