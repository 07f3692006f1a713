/** The name by which the steps of a runbook refer to the node. */
export const NODE = '{{ InstanceId }}';

/** The actions of Automation that the runbook uses. */
type StepAction =
  | 'aws:assertAwsResourceProperty'
  | 'aws:branch'
  | 'aws:changeInstanceState'
  | 'aws:executeAutomation'
  | 'aws:executeAwsApi'
  | 'aws:executeScript'
  | 'aws:runCommand'
  | 'aws:sleep'
  | 'aws:waitForAwsResourceProperty';

/** Something that later steps refer to as `{{ step.name }}`. */
export interface StepOutput {
  readonly Name: string;
  readonly Selector: string;
  readonly Type: 'String' | 'StringList' | 'StringMap';
}

/**
 * A step of a document of the type Automation, as the service takes it.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */
export interface RunbookStep {
  readonly name: string;
  readonly action: StepAction;
  readonly description: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly StepOutput[];
  readonly timeoutSeconds?: number;
  readonly maxAttempts?: number;
  readonly isCritical?: boolean;
  readonly isEnd?: boolean;
  readonly nextStep?: string;
  readonly onFailure?: string;
  readonly onCancel?: string;
}

/** How often a call that changes something is tried: a service that is busy must not leave a node out of service. */
export const ATTEMPTS = 3;

/** What an API call takes at the longest: without a limit the service waits an hour. */
const CALL_SECONDS = 120;

/** A call of an API. */
export function apiStep(name: string, description: string, call: { Service: string; Api: string; [input: string]: unknown },
  outputs?: readonly StepOutput[]): RunbookStep {
  return { name, action: 'aws:executeAwsApi', description, inputs: call, outputs, timeoutSeconds: CALL_SECONDS, maxAttempts: ATTEMPTS };
}

/** What is awaited of a resource. */
interface Awaited {
  readonly Service: string;
  readonly Api: string;
  readonly PropertySelector: string;
  readonly DesiredValues: readonly string[];
  readonly [input: string]: unknown;
}

/** A wait until a property has one of the desired values. */
export function waitStep(name: string, description: string, timeoutSeconds: number, awaited: Awaited): RunbookStep {
  return { name, action: 'aws:waitForAwsResourceProperty', description, inputs: awaited, timeoutSeconds };
}

/** A branch on the text of an output. Without another step to go to it ends the runbook. */
export function branchStep(name: string, description: string, variable: string, value: string, nextStep: string, otherwise?: string): RunbookStep {
  const choices = [{ NextStep: nextStep, Variable: variable, StringEquals: value }];
  return otherwise === undefined
    ? { name, action: 'aws:branch', description, inputs: { Choices: choices }, isEnd: true }
    : { name, action: 'aws:branch', description, inputs: { Choices: choices, Default: otherwise } };
}
