import type { IConstruct } from 'constructs';
import { checkLength, isKnown, formatValue } from '../common/validation';
import { addWarning } from '../common/warnings';
import { EXECUTION_NAME } from '../rules/invocation';

const PLACEHOLDER = /\{\{\s*([^{}\s]*)\s*\}\}/g;

/**
 * What no name of an execution may contain. Systems Manager registers such a task all the same.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const REFUSED = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** How long the text is that Systems Manager puts in place of a pseudo parameter, as far as it always has one length. */
const LENGTHS: Readonly<Record<string, number>> = {
  WINDOW_ID: 'mw-0123456789abcdef0'.length,
  WINDOW_TASK_ID: 36,
  WINDOW_EXECUTION_ID: 36,
  TASK_EXECUTION_ID: 36,
  INVOCATION_ID: 36,
};

/** Checks the name of an execution as it is given, and what is known of it when pseudo parameters are replaced. */
export function checkExecutionName(task: IConstruct, name: string | undefined, perTarget: boolean): void {
  checkLength(task, 'executionName', name, EXECUTION_NAME);
  if (!isKnown(name)) {
    return;
  }
  if (REFUSED.test(name.replace(PLACEHOLDER, ''))) {
    addWarning(task, {
      id: 'executionNameCharacters',
      message: '\'executionName\' should not hold spaces, brackets, or any of ? * " # % \\ ^ | ~ ` $ & , ; : /, which Step Functions refuses, '
        + `got ${formatValue(name)}, use letters, digits, "-" and "_"`,
    });
  }
  if (!differs(name, perTarget)) {
    addWarning(task, {
      id: 'executionNameNotUnique',
      message: `'executionName' should differ from execution to execution, got ${formatValue(name)}, add PseudoParameter.invocationId`,
    });
  }
  const length = name.replace(PLACEHOLDER, (placeholder, parameter: string) => 'x'.repeat(LENGTHS[parameter] ?? placeholder.length)).length;
  if (length > EXECUTION_NAME.max!) {
    addWarning(task, {
      id: 'executionNameTooLong',
      message: `'executionName' should be at most ${EXECUTION_NAME.max} characters long when pseudo parameters are replaced, got ${formatValue(name)}, which is then ${length}, shorten it`,
    });
  }
}

/** Whether no two executions have the name: neither in two openings of the window, nor for two targets of one. */
function differs(name: string, perTarget: boolean): boolean {
  const used = [...name.matchAll(PLACEHOLDER)].map(([, parameter]) => parameter);
  const some = (...parameters: string[]) => parameters.some((parameter) => used.includes(parameter));
  return some('INVOCATION_ID')
    || some('WINDOW_EXECUTION_ID', 'TASK_EXECUTION_ID') && (!perTarget || some('TARGET_ID', 'RESOURCE_ID'));
}
