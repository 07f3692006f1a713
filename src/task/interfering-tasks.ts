import type { CfnMaintenanceWindowTask } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import type { Advice } from '../common/warnings';
import { selectionsOf } from '../target/known-selections';
import { shareResources } from '../target/selection-rules';
import type { TaskTargets } from '../target/task-targets';

/** A task of a window, with what it works on. */
interface TaskOnTargets extends IConstruct {
  readonly _targets?: TaskTargets;
}

type Invocation = CfnMaintenanceWindowTask.TaskInvocationParametersProperty;

/** What a task does to a node that gets in the way of others. */
type Effect = 'installs packages' | 'restarts nodes' | 'runs';

/** Package managers lock their database, and the agent is replaced while it works. */
const PACKAGE_DOCUMENTS = [
  'AWS-ConfigureAWSPackage', 'AWS-InstallApplication', 'AWS-InstallMissingWindowsUpdates', 'AWS-InstallWindowsUpdates', 'AWS-UpdateSSMAgent',
];
const PATCH_DOCUMENTS = ['AWS-RunPatchBaseline', 'AWS-RunPatchBaselineAssociation', 'AWS-RunPatchBaselineWithHooks', 'AWS-ApplyPatchBaseline'];
const RESTARTING_RUNBOOKS = ['AWS-RestartEC2Instance', 'AWS-StopEC2Instance', 'AWS-PatchInstanceWithRollback', 'AWS-PatchAsgInstance'];

/**
 * Advice on a task that runs at the same time, on the same nodes, as one defined before it, when one of them gets in the way of the other.
 *
 * Tasks of one priority run in parallel.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export function interferenceAdvice(task: TaskOnTargets, tasks: readonly TaskOnTargets[]): Advice[] {
  const own = resourceOf(task);
  const others = tasks.slice(0, tasks.indexOf(task)).filter((other) => resourceOf(other).priority === own.priority && haveCommonTargets(task, other));
  const effects = effectsOf(own);
  const other = others.find((one) => interfere(effects, effectsOf(resourceOf(one))));
  if (!other) {
    return [];
  }
  const effect = [...effects, ...effectsOf(resourceOf(other))].find((one) => one !== 'runs')!;
  return [{
    id: 'tasksInterfere',
    message: `tasks of one priority should not work on the same targets when one of them ${effect}, as they run at the same time, `
      + `got '${task.node.path}' beside '${other.node.path}' at priority ${own.priority}, give them different priorities`,
  }];
}

function resourceOf(task: IConstruct): CfnMaintenanceWindowTask {
  return task.node.defaultChild as CfnMaintenanceWindowTask;
}

function effectsOf({ taskType, taskArn, taskInvocationParameters }: CfnMaintenanceWindowTask): Effect[] {
  const { maintenanceWindowRunCommandParameters: command = {} } = (taskInvocationParameters ?? {}) as Invocation;
  const { parameters } = command as { parameters?: Readonly<Record<string, string[] | undefined>> };
  switch (taskType) {
    case 'RUN_COMMAND': {
      const patches = PATCH_DOCUMENTS.includes(taskArn) && parameters?.Operation?.[0] === 'Install';
      const installs = patches || PACKAGE_DOCUMENTS.includes(taskArn);
      const restarts = patches && parameters.RebootOption?.[0] !== 'NoReboot';
      return [...restarts ? ['restarts nodes' as const] : [], ...installs ? ['installs packages' as const] : [], 'runs'];
    }
    case 'AUTOMATION': return RESTARTING_RUNBOOKS.includes(taskArn) ? ['restarts nodes', 'runs'] : [];
    default: return [];
  }
}

function interfere(one: readonly Effect[], other: readonly Effect[]): boolean {
  return (one.includes('installs packages') && other.includes('installs packages'))
    || (one.includes('restarts nodes') && other.includes('runs'))
    || (other.includes('restarts nodes') && one.includes('runs'));
}

function haveCommonTargets({ _targets: one }: TaskOnTargets, { _targets: other }: TaskOnTargets): boolean {
  if (!one || !other) {
    return false;
  }
  const known = selectionsOf(other).filter((selection) => selection !== undefined);
  return (one._registered ?? []).some((target) => other._registered?.includes(target))
    || selectionsOf(one).some((selection) => selection && known.some((another) => shareResources(selection, another)));
}
