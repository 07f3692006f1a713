import { checkDocumentUse, type DocumentFinding } from '../../document/rules/check-document';
import { isIntrinsic } from '../../rules/template-value';
import { isObject, type Json, type JsonObject } from '../json';
import { invocationBlock } from '../task-types';

/** What is wrong with the document of a task and with the parameters that it gets. */
export function documentFindings(properties: JsonObject): DocumentFinding[] {
  const { TaskType: taskType, TaskArn: taskArn, TaskParameters: deprecated } = properties;
  if ((taskType !== 'RUN_COMMAND' && taskType !== 'AUTOMATION') || typeof taskArn !== 'string') {
    return [];
  }
  const block = invocationBlock(properties);
  const findings = checkDocumentUse({
    documentName: taskArn,
    taskType,
    parameters: knownParameters(block.Parameters),
    unresolvedParameters: block.Parameters !== undefined && (!isObject(block.Parameters) || isIntrinsic(block.Parameters)),
    documentHash: block.DocumentHash !== undefined,
    documentVersion: block.DocumentVersion === undefined ? undefined : typeof block.DocumentVersion === 'string' ? block.DocumentVersion : 'unknown',
  });
  return isObject(deprecated) && block.Parameters === undefined ? findings.map(withDeprecatedParameters) : findings;
}

function withDeprecatedParameters(finding: DocumentFinding): DocumentFinding {
  return finding.id === 'documentParameterMissing'
    ? { ...finding, message: 'the parameters are in TaskParameters, which is deprecated: move them to Parameters of TaskInvocationParameters' } : finding;
}

/** `undefined` stands for what is known only at deployment. */
function knownParameters(parameters: Json | undefined): { [name: string]: unknown } {
  const entries = isObject(parameters) && !isIntrinsic(parameters) ? Object.entries(parameters) : [];
  return Object.fromEntries(entries.map(([name, values]) => [
    name, Array.isArray(values) ? values.map(value => typeof value === 'string' ? value : undefined) : undefined,
  ]));
}
