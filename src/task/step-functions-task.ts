import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Arn, ArnFormat, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { checkExecutionName } from './execution-name';
import { checkInputSize } from './input-size';
import type { RateControl } from './rate-control';
import { serviceLinkedRoleNameAdvice } from './service-linked-role';
import { runsWithServiceLinkedRole } from './service-role';
import { undefinedIfEmpty } from './task-definition';
import type { TaskDefinition } from './task-definition';
import type { TaskInput } from './task-input';
import type { MaintenanceWindowTaskOptions } from './task-options';
import { validationError } from '../common/errors';
import { checkGiven, checkOptional } from '../common/given';
import { allow, grantOnce } from '../common/role-statements';
import { checkReach } from '../common/same-environment';
import { knownText } from '../common/text';
import { checkPattern, formatValue, isKnown } from '../common/validation';
import { addWarning } from '../common/warnings';
import { canBeJson } from '../rules/json-text';
import { STATE_MACHINE_ARN } from '../rules/task';
import type { TaskTargets } from '../target/task-targets';

/** Options of a task that starts an execution of a state machine. */
export interface StepFunctionsTaskOptions extends MaintenanceWindowTaskOptions {
  /** The state machine, of the type Standard and of the account of the window. */
  readonly stateMachine: sfn.IStateMachine;

  /**
   * The targets of the task. One execution starts for each target.
   *
   * @default - one execution is started
   */
  readonly targets?: TaskTargets;

  /**
   * The maximum number of targets for which an execution runs at the same time: a count of at least 1, or a percentage of at least 1%. Requires `targets`.
   *
   * @default - RateControl.count(1), if `targets` are given
   */
  readonly maxConcurrency?: RateControl;

  /**
   * The number or percentage of targets that can fail before no further execution starts. Requires `targets`.
   *
   * @default - RateControl.count(0), if `targets` are given
   */
  readonly maxErrors?: RateControl;

  /**
   * The input of the execution: JSON, up to 4,096 characters.
   *
   * @default - the input is empty
   */
  readonly input?: TaskInput;

  /**
   * The name of the execution, 1 to 80 characters.
   *
   * Names must not repeat within 90 days, nor among targets. Use a pseudo parameter such as `PseudoParameter.invocationId`.
   *
   * @default - a unique name is generated
   */
  readonly executionName?: string;
}

/** Properties of a task that starts an execution of a state machine. */
export interface StepFunctionsTaskProps extends StepFunctionsTaskOptions {
  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/** @internal */
export function renderStepFunctions(task: IResource, props: StepFunctionsTaskProps): TaskDefinition {
  checkGiven(task, 'stateMachine', props.stateMachine, 'a state machine');
  checkOptional(task, 'input', props.input, 'a TaskInput');
  checkOptional(task, 'executionName', props.executionName, 'a string');
  checkExecutionName(task, props.executionName, props.targets !== undefined);
  validateStateMachine(task, props);
  const input = props.input?.bind(task);
  if (input !== undefined) {
    validateInput(task, input);
  }

  const maintenanceWindowStepFunctionsParameters = undefinedIfEmpty({ input, name: props.executionName });
  return {
    taskType: 'STEP_FUNCTIONS',
    taskArn: props.stateMachine.stateMachineArn,
    targets: props.targets,
    maxConcurrency: props.maxConcurrency,
    maxErrors: props.maxErrors,
    invocationParameters: maintenanceWindowStepFunctionsParameters && { maintenanceWindowStepFunctionsParameters },
    valuesWithPseudoParameters: [input ?? [], props.executionName ?? []].flat(),
    grantTo: (role: iam.IRole) => grantOnce(role, props.stateMachine, () => {
      props.stateMachine.grantStartExecution(role);
      allow(role, { actions: ['states:DescribeExecution'], resourceArns: [executionsArn(props.stateMachine)] });
    }),
  };
}

/** Executions carry the name of the state machine itself, also when an alias or a version of it is started. */
function executionsArn({ stateMachineArn, env, stack }: sfn.IStateMachine): string {
  const resourceName = Arn.split(stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName!;
  const name = Token.isUnresolved(resourceName) ? resourceName : resourceName.split(':')[0];
  return stack.formatArn({
    service: 'states',
    region: env.region,
    account: env.account,
    resource: 'execution',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

function validateStateMachine(task: IResource, props: StepFunctionsTaskProps): void {
  const { stateMachine } = props;
  const type: string | undefined = (stateMachine as Partial<sfn.StateMachine>).stateMachineType;
  if (type === 'EXPRESS') {
    throw validationError(task, `'stateMachine' must be of type STANDARD, got EXPRESS state machine ${formatValue(stateMachine.node.path)}, change its type`);
  }
  const arn = stateMachine.stateMachineArn;
  checkPattern(task, 'stateMachine', arn, STATE_MACHINE_ARN);
  checkReach(task, { prop: 'stateMachine', kind: 'state machine', arn, env: stateMachine.env });
  if (runsWithServiceLinkedRole(props)) {
    const { stateMachineName } = (stateMachine.node.defaultChild ?? {}) as Partial<sfn.CfnStateMachine>;
    const name = isKnown(stateMachineName) ? stateMachineName : Token.isUnresolved(arn) ? undefined : arn.split(':')[6];
    serviceLinkedRoleNameAdvice('stateMachine', name).forEach((advice) => addWarning(task, advice));
  }
}

function validateInput(task: IConstruct, input: string): void {
  checkInputSize(task, 'input', input, 'characters');
  const json = canBeJson(knownText(input, task));
  if (json === 'yes') {
    return;
  }
  const message = `'input' must be JSON, got ${formatValue(input)}, use TaskInput.fromObject()`;
  if (json === 'no') {
    throw validationError(task, message);
  }
  addWarning(task, { id: 'inputNotJson', message });
}
