import type { PatchResource } from './patch-resources';
import type { Properties, Value } from '../rules/value';
import { isList, isMap } from '../rules/value';

const INSTALLING_DOCUMENTS = ['AWS-RunPatchBaseline', 'AWS-RunPatchBaselineWithHooks'];

/** Whether a task installs what baselines approve: it may do so, or install by another list, and nobody knows what. */
export function operationOf({ properties }: PatchResource): 'install' | 'unknown' | 'none' {
  const { TaskArn: document, TaskType: type } = properties;
  if (type !== 'RUN_COMMAND' || typeof document !== 'string' || !INSTALLING_DOCUMENTS.includes(document.split('/').pop()!)) {
    return 'none';
  }
  const parameters = parametersOf(properties);
  if (!isMap(parameters)) {
    return parameters === undefined ? 'none' : 'unknown';
  }
  const operation = parameter(parameters.Operation);
  const lists: readonly Value[] = [parameters.BaselineOverride, parameters.InstallOverrideList];
  const isOther = lists.map(parameter).some((value) => value !== undefined && value !== '');
  if (operation === 'Scan' || operation === undefined) {
    return 'none';
  }
  return operation === 'Install' && !isOther ? 'install' : 'unknown';
}

/** Older templates have them in `TaskParameters`. */
function parametersOf({ TaskInvocationParameters: invocation, TaskParameters: older }: Properties): Value {
  const command = isMap(invocation) ? invocation.MaintenanceWindowRunCommandParameters : invocation;
  const parameters = isMap(command) ? command.Parameters : command;
  return parameters ?? older ?? undefined;
}

/** The only value of a parameter of a document. */
function parameter(given: Value): Value {
  const values = isMap(given) ? given.Values : given;
  return isList(values) ? values[0] : values ?? undefined;
}
