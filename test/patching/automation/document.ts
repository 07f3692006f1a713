/*
 * What the user guide says of documents of the type Automation, as far as the runbook uses it.
 *
 * See https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 */

export interface Step {
  readonly name: string;
  readonly action: string;
  readonly description?: string;
  readonly inputs: { readonly [name: string]: any };
  readonly outputs?: { readonly Name: string; readonly Selector: string; readonly Type: string }[];
  readonly timeoutSeconds?: number;
  readonly maxAttempts?: number;
  readonly isCritical?: boolean;
  readonly isEnd?: boolean;
  readonly nextStep?: string;
  readonly onFailure?: string;
  readonly onCancel?: string;
}

export interface AutomationDocument {
  readonly schemaVersion: string;
  readonly description?: string;
  readonly assumeRole?: string;
  readonly parameters: { readonly [name: string]: { readonly type: string; readonly description?: string; readonly default?: unknown } };
  readonly mainSteps: Step[];
}

const DOCUMENT_FIELDS = ['schemaVersion', 'description', 'assumeRole', 'parameters', 'mainSteps', 'outputs', 'files', 'variables'];
const STEP_FIELDS = [
  'name', 'action', 'description', 'inputs', 'outputs', 'timeoutSeconds', 'maxAttempts', 'isCritical', 'isEnd', 'nextStep', 'onFailure', 'onCancel',
];
const OUTPUT_TYPES = ['Integer', 'Boolean', 'String', 'StringList', 'StringMap', 'MapList'];
const SYSTEM_VARIABLES = ['automation:EXECUTION_ID', 'global:ACCOUNT_ID', 'global:DATE', 'global:DATE_TIME', 'global:REGION'];

/** The inputs of each action, required ones first; undefined where the API decides. */
const INPUTS: { readonly [action: string]: { readonly required: string[]; readonly optional?: string[] } } = {
  'aws:assertAwsResourceProperty': { required: ['Service', 'Api', 'PropertySelector', 'DesiredValues'] },
  'aws:branch': { required: ['Choices'], optional: ['Default'] },
  'aws:changeInstanceState': { required: ['InstanceIds', 'DesiredState'], optional: ['CheckStateOnly', 'Force', 'AdditionalInfo'] },
  'aws:executeAutomation': { required: ['DocumentName'], optional: ['DocumentVersion', 'RuntimeParameters'] },
  'aws:executeAwsApi': { required: ['Service', 'Api'] },
  'aws:executeScript': { required: ['Runtime', 'Handler', 'Script'], optional: ['InputPayload'] },
  'aws:runCommand': {
    required: ['DocumentName'],
    optional: ['InstanceIds', 'Parameters', 'CloudWatchOutputConfig', 'Comment', 'OutputS3BucketName', 'OutputS3KeyPrefix', 'TimeoutSeconds'],
  },
  'aws:sleep': { required: [], optional: ['Duration', 'Timestamp'] },
  'aws:waitForAwsResourceProperty': { required: ['Service', 'Api', 'PropertySelector', 'DesiredValues'] },
};
const ANY_INPUT = ['aws:assertAwsResourceProperty', 'aws:executeAwsApi', 'aws:waitForAwsResourceProperty'];

/** Where a cancelled automation cannot go. */
const NOT_ON_CANCEL = [
  'aws:approve', 'aws:copyImage', 'aws:createImage', 'aws:createStack', 'aws:createTags', 'aws:pause', 'aws:runInstances', 'aws:sleep',
];

/** What is wrong in a document, by what the guide says. */
export function problemsOf(document: AutomationDocument): string[] {
  const steps = document.mainSteps;
  const names = steps.map(({ name }) => name);
  return [
    ...unknown('the document', document, DOCUMENT_FIELDS),
    ...document.schemaVersion === '0.3' ? [] : ['schemaVersion must be 0.3'],
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
    ...steps.flatMap((step) => stepProblems(document, step)),
    ...loops(steps),
  ];
}

function unknown(where: string, object: object, known: readonly string[]): string[] {
  return Object.keys(object).filter((field) => !known.includes(field)).map((field) => `${where} has no field ${field}`);
}

function stepProblems(document: AutomationDocument, step: Step): string[] {
  const { required, optional = [] } = INPUTS[step.action] ?? { required: [] };
  const problems = [
    ...unknown(step.name, step, STEP_FIELDS),
    ...INPUTS[step.action] ? [] : [`${step.name} has the unknown action ${step.action}`],
    ...required.filter((input) => step.inputs[input] === undefined).map((input) => `${step.name} needs the input ${input}`),
    ...ANY_INPUT.includes(step.action) ? [] : unknown(`${step.name}.inputs`, step.inputs, [...required, ...optional]),
    ...(step.outputs ?? []).filter(({ Type }) => !OUTPUT_TYPES.includes(Type)).map(({ Type }) => `${step.name} has an output of the type ${Type}`),
    .../^[a-zA-Z0-9_]{3,128}$/.test(step.name) ? [] : [`${step.name} is no name`],
  ];
  for (const name of successors(document.mainSteps, step)) {
    if (!document.mainSteps.some((other) => other.name === name)) { problems.push(`${step.name} goes to ${name}, which is not there`); }
  }
  const atCancel = document.mainSteps.find(({ name }) => name === step.onCancel?.replace('step:', ''));
  if (atCancel && NOT_ON_CANCEL.includes(atCancel.action)) { problems.push(`${step.name} cannot go to ${atCancel.name} when it is cancelled`); }
  for (const [, variable] of JSON.stringify(step.inputs).matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)) {
    const [from, output] = variable.split('.');
    const declared = document.mainSteps.find(({ name }) => name === from)?.outputs?.some(({ Name }) => Name === output);
    if (!SYSTEM_VARIABLES.includes(variable) && document.parameters[variable] === undefined && !declared) {
      problems.push(`${step.name} refers to ${variable}, which nothing declares`);
    }
  }
  return problems;
}

/** The names of the steps that a step can go to. */
export function successors(steps: readonly Step[], step: Step): string[] {
  const next = step.nextStep ?? steps[steps.indexOf(step) + 1]?.name;
  const choices: string[] = step.action === 'aws:branch' ? [...step.inputs.Choices.map((choice: any) => choice.NextStep), step.inputs.Default] : [];
  const jumps = [step.onFailure, step.onCancel].filter((jump) => jump?.startsWith('step:')).map((jump) => jump!.slice('step:'.length));
  return [...choices, ...jumps, ...step.isEnd || step.inputs.Default !== undefined ? [] : [next]].filter((name) => name !== undefined);
}

/** The service verifies that a document creates no infinite loop. */
function loops(steps: readonly Step[]): string[] {
  const visit = (name: string, path: readonly string[]): string[] => {
    if (path.includes(name)) { return [`a loop: ${[...path, name].join(', ')}`]; }
    const step = steps.find((one) => one.name === name);
    if (!step || done.has(name)) { return []; }
    const found = successors(steps, step).flatMap((next) => visit(next, [...path, name]));
    done.add(name);
    return found;
  };
  const done = new Set<string>();
  return steps.flatMap(({ name }) => visit(name, []));
}
