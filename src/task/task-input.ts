import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import { checkGiven } from '../common/given';
import { isLiteral, sorted } from '../common/json';
import { checkPattern, formatValue } from '../common/validation';

/**
 * The input of a Lambda function or a state machine.
 *
 * At most 4,096 bytes for a function, 4,096 characters for a state machine. Values can be tokens, and can contain pseudo parameters.
 *
 * @exampleMetadata fixture=with-window
 * @example
 * declare const report: lambda.IFunction;
 * window.addLambdaTask('Report', {
 *   lambdaFunction: report,
 *   payload: TaskInput.fromObject({ execution: PseudoParameter.windowExecutionId }),
 * });
 */
export abstract class TaskInput {
  /**
   * Sends an object as JSON.
   *
   * @param obj keys are rendered in alphabetical order
   */
  public static fromObject(obj: { [key: string]: any }): TaskInput {
    checkGiven(undefined, 'obj', obj, 'an object');
    return new ObjectInput(obj);
  }

  /**
   * Sends a string as it is.
   *
   * @param text JSON, unless the function expects something else
   */
  public static fromText(text: string): TaskInput {
    checkGiven(undefined, 'text', text, 'a string');
    refuseMarkers(text);
    return new TextInput(text);
  }

  protected constructor() {}

  /**
   * Returns the string that is sent.
   *
   * @param scope a construct of the stack in which the text is used
   */
  public abstract bind(scope: IConstruct): string;
}

/** What CDK keeps a token as in a number or a list, which nothing replaces in a text. */
function refuseMarkers(text: string): void {
  const list = /#\{Token\[/.test(text);
  if (list || [...text.matchAll(/-?\d\.?\d*e\+\d+/g)].some(([number]) => Token.isUnresolved(Number(number)))) {
    throw validationError(undefined, `'text' must not hold a ${list ? 'list' : 'number'} that is known only at deployment, which JSON.stringify() makes unusable, `
      + `got ${formatValue(text)}, use TaskInput.fromObject()`);
  }
}

class ObjectInput extends TaskInput {
  private readonly sorted: unknown;

  public constructor(obj: { [key: string]: any }) {
    super();
    this.sorted = sorted(obj, 'obj');
  }

  public bind(scope: IConstruct): string {
    return isLiteral(this.sorted) ? JSON.stringify(this.sorted) : Stack.of(scope).toJsonString(this.sorted);
  }
}

class TextInput extends TaskInput {
  public constructor(private readonly text: string) {
    super();
  }

  public bind(_scope: IConstruct): string {
    return this.text;
  }
}

/**
 * Placeholders that Systems Manager replaces when a task runs.
 *
 * They work in the parameters of documents, in the payload of functions, and in the input and the name of state machine executions.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-window-tasks-pseudo-parameters.html
 */
export class PseudoParameter {
  /** The ID of the maintenance window. */
  public static get windowId(): string { return PseudoParameter.of('WINDOW_ID'); }

  /** The ID of the task. */
  public static get windowTaskId(): string { return PseudoParameter.of('WINDOW_TASK_ID'); }

  /** The ID of the window target that the target belongs to. Empty in a task without targets. */
  public static get windowTargetId(): string { return PseudoParameter.of('WINDOW_TARGET_ID'); }

  /** The ID of this execution of the maintenance window. */
  public static get windowExecutionId(): string { return PseudoParameter.of('WINDOW_EXECUTION_ID'); }

  /** The ID of this execution of the task. */
  public static get taskExecutionId(): string { return PseudoParameter.of('TASK_EXECUTION_ID'); }

  /** The ID of this invocation of the task, one for each target. */
  public static get invocationId(): string { return PseudoParameter.of('INVOCATION_ID'); }

  /** The type of the target: `INSTANCE` or `RESOURCE_GROUP`. Needs targets. */
  public static get targetType(): string { return PseudoParameter.of('TARGET_TYPE'); }

  /** The instance ID, or the ARN of a resource in a resource group. Needs targets; not for Run Command. */
  public static get targetId(): string { return PseudoParameter.of('TARGET_ID'); }

  /** The instance ID, or the short ID of a resource in a resource group. Needs targets; not for Run Command. */
  public static get resourceId(): string { return PseudoParameter.of('RESOURCE_ID'); }

  /**
   * Uses a placeholder that this class has no member for.
   *
   * @param name without braces
   */
  public static of(name: string): string {
    checkGiven(undefined, 'name', name, 'a string');
    checkPattern(undefined, 'name', name, { pattern: /^[^{}\s]+$/, rule: 'be a name without braces and spaces' });
    return `{{${name}}}`;
  }

  private constructor() {}
}
