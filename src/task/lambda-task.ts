import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Fn, Lazy, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
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
import { areKnownToDiffer, checkReach } from '../common/same-environment';
import { knownText } from '../common/text';
import { checkLength, checkPattern, isKnown, formatValue } from '../common/validation';
import { addWarning } from '../common/warnings';
import { CLIENT_CONTEXT, LAMBDA_CLIENT_CONTEXT, QUALIFIER } from '../rules/invocation';
import { canBeJson, isJsonObject } from '../rules/json-text';
import { FUNCTION_ARN } from '../rules/task';
import type { TaskTargets } from '../target/task-targets';

/** Options of a task that invokes a Lambda function. */
export interface LambdaTaskOptions extends MaintenanceWindowTaskOptions {
  /** The function, or a version or an alias of it. */
  readonly lambdaFunction: lambda.IFunction;

  /**
   * The targets of the task. The function is invoked once for each target.
   *
   * @default - the function is invoked once
   */
  readonly targets?: TaskTargets;

  /**
   * The maximum number of targets for which the function runs at the same time: a count of at least 1, or a percentage of at least 1%. Requires `targets`.
   *
   * @default - RateControl.count(1), if `targets` are given
   */
  readonly maxConcurrency?: RateControl;

  /**
   * The number or percentage of targets that can fail before the function is invoked for no further target. Requires `targets`.
   *
   * @default - RateControl.count(0), if `targets` are given
   */
  readonly maxErrors?: RateControl;

  /**
   * The event of the invocation, up to 4,096 bytes. The library encodes it in Base64, as CloudFormation requires.
   *
   * @default - the event is empty
   */
  readonly payload?: TaskInput;

  /**
   * The client context of the invocation: Base64 of a JSON text, 1 to 8,000 characters.
   *
   * @default - no client context
   */
  readonly clientContext?: string;

  /**
   * The version or alias of the function, 1 to 128 characters.
   *
   * @default - taken from `lambdaFunction` if that is a version or an alias
   */
  readonly qualifier?: string;
}

/** Properties of a task that invokes a Lambda function. */
export interface LambdaTaskProps extends LambdaTaskOptions {
  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/** @internal */
export function renderLambda(task: IResource, props: LambdaTaskProps): TaskDefinition {
  checkGiven(task, 'lambdaFunction', props.lambdaFunction, 'a Lambda function');
  checkOptional(task, 'payload', props.payload, 'a TaskInput');
  checkOptional(task, 'clientContext', props.clientContext, 'a string');
  checkOptional(task, 'qualifier', props.qualifier, 'a string');
  checkLength(task, 'clientContext', props.clientContext, CLIENT_CONTEXT);
  checkPattern(task, 'qualifier', props.qualifier, QUALIFIER);
  const { functionArn, qualifier } = unqualified(task, props);
  checkPattern(task, 'lambdaFunction', functionArn, FUNCTION_ARN);
  checkReach(task, { prop: 'lambdaFunction', kind: 'function', arn: functionArn, env: props.lambdaFunction.env });
  const payload = props.payload?.bind(task);
  if (payload !== undefined) {
    validatePayload(task, payload);
  }
  adviseOnClientContext(task, props.clientContext);
  if (runsWithServiceLinkedRole(props)) {
    checkServiceLinkedRole(task, props.lambdaFunction, functionArn);
  }

  const maintenanceWindowLambdaParameters = undefinedIfEmpty({
    clientContext: props.clientContext,
    payload: payload === undefined ? undefined : base64(payload),
    qualifier,
  });
  return {
    taskType: 'LAMBDA',
    taskArn: functionArn,
    targets: props.targets,
    maxConcurrency: props.maxConcurrency,
    maxErrors: props.maxErrors,
    invocationParameters: maintenanceWindowLambdaParameters && { maintenanceWindowLambdaParameters },
    valuesWithPseudoParameters: payload === undefined ? [] : [payload],
    textsAsTheyAre: { qualifier: props.qualifier },
    grantTo: (role: iam.IRole) => grantOnce(role, props.lambdaFunction, () => grantInvoke(role, props.lambdaFunction)),
  };
}

/** The policy of a function that is imported cannot be changed: where it is of another account, its owner must allow the role. */
function grantInvoke(role: iam.IRole, lambdaFunction: lambda.IFunction): void {
  if (lambdaFunction.node.defaultChild) {
    lambdaFunction.grantInvoke(role);
  } else {
    allow(role, { actions: ['lambda:InvokeFunction'], resourceArns: lambdaFunction.resourceArnsForGrantInvoke });
  }
}

interface FunctionReference {
  readonly functionArn: string;
  readonly qualifier?: string;
}

/** The service documents the bare ARN of a function, with the version or alias beside it. */
function unqualified(task: IConstruct, { lambdaFunction, qualifier }: LambdaTaskProps): FunctionReference {
  const own = ownReference(lambdaFunction);
  if (qualifier !== undefined && own.qualifier !== undefined && areKnownToDiffer(qualifier, own.qualifier)) {
    throw validationError(task, `'qualifier' must be that of 'lambdaFunction', ${formatValue(own.qualifier)}, got ${formatValue(qualifier)}, remove it`);
  }
  return { functionArn: own.functionArn, qualifier: qualifier ?? own.qualifier };
}

function ownReference(lambdaFunction: lambda.IFunction): FunctionReference {
  if (isAlias(lambdaFunction)) {
    return { functionArn: lambdaFunction.version.lambda.functionArn, qualifier: lambdaFunction.aliasName };
  }
  if (isVersion(lambdaFunction)) {
    return { functionArn: lambdaFunction.lambda.functionArn, qualifier: lambdaFunction.version };
  }
  const { functionArn } = lambdaFunction;
  const parts = functionArn.split(':');
  return !Token.isUnresolved(functionArn) && parts.length === 8
    ? { functionArn: parts.slice(0, 7).join(':'), qualifier: parts[7] }
    : { functionArn };
}

function isAlias(lambdaFunction: lambda.IFunction): lambdaFunction is lambda.IAlias {
  return 'aliasName' in lambdaFunction && 'version' in lambdaFunction;
}

function isVersion(lambdaFunction: lambda.IFunction): lambdaFunction is lambda.IVersion {
  return 'version' in lambdaFunction && 'lambda' in lambdaFunction;
}

function nameOf(functionArn: string): string | undefined {
  return Token.isUnresolved(functionArn) ? undefined : functionArn.split(':')[6];
}

/** The service-linked role is of one account, and calls functions by a prefix of their names. */
function checkServiceLinkedRole(task: IResource, lambdaFunction: lambda.IFunction, functionArn: string): void {
  const { account } = lambdaFunction.env;
  if (areKnownToDiffer(account, task.env.account)) {
    throw validationError(task, `'lambdaFunction' must be of the account of the window, ${formatValue(task.env.account)}, for the service-linked role to call it, `
      + `got one of ${formatValue(account)}, give a role`);
  }
  const { functionName } = (baseOf(lambdaFunction).node.defaultChild ?? {}) as Partial<lambda.CfnFunction>;
  serviceLinkedRoleNameAdvice('lambdaFunction', isKnown(functionName) ? functionName : nameOf(functionArn)).forEach((advice) => addWarning(task, advice));
}

function baseOf(lambdaFunction: lambda.IFunction): lambda.IFunction {
  return isAlias(lambdaFunction) ? lambdaFunction.version.lambda : isVersion(lambdaFunction) ? lambdaFunction.lambda : lambdaFunction;
}

function adviseOnClientContext(task: IConstruct, clientContext: string | undefined): void {
  if (!isKnown(clientContext)) {
    return;
  }
  if (!isBase64Object(clientContext)) {
    addWarning(task, {
      id: 'clientContextNotBase64',
      message: `'clientContext' should be Base64 of a JSON object, got ${formatValue(clientContext)}, encode an object`,
    });
  } else if (clientContext.length > LAMBDA_CLIENT_CONTEXT) {
    addWarning(task, {
      id: 'clientContextTooLong',
      message: `'clientContext' should be at most ${LAMBDA_CLIENT_CONTEXT} bytes of Base64, the most that Lambda takes, got ${clientContext.length}, shorten it`,
    });
  }
}

function validatePayload(task: IConstruct, payload: string): void {
  checkInputSize(task, 'payload', payload, 'bytes');
  if (canBeJson(knownText(payload, task)) !== 'yes') {
    addWarning(task, { id: 'payloadNotJson', message: `'payload' should be JSON, which Lambda expects, got ${formatValue(payload)}, use TaskInput.fromObject()` });
  }
}

/** CloudFormation takes the payload in Base64; what is known only at deployment is encoded there. */
function base64(text: string): string {
  if (!Token.isUnresolved(text)) {
    return Buffer.from(text, 'utf8').toString('base64');
  }
  return Lazy.uncachedString({
    produce: (context) => {
      const known: unknown = context.resolve(text);
      return typeof known === 'string' ? Buffer.from(known, 'utf8').toString('base64') : Fn.base64(text);
    },
  });
}

function isBase64Object(text: string): boolean {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) && isJsonObject(Buffer.from(text, 'base64').toString('utf8'));
}
