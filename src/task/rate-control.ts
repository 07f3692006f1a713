import { Tokenization } from 'aws-cdk-lib/core';
import { checkGiven } from '../common/given';
import { checkInteger, checkPattern } from '../common/validation';
import { MAX_ERRORS, RATE_COUNT, RATE_PERCENTAGE } from '../rules/rate-control';

/**
 * A rate control: the number or percentage of targets that a task runs on at the same time, or that can fail before it stops.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html
 * @exampleMetadata fixture=with-window
 * @example
 * window.addRunCommandTask('Update', {
 *   document: RunCommandDocument.AWS_UPDATE_SSM_AGENT,
 *   targets: TaskTargets.registered(web),
 *   maxConcurrency: RateControl.percentage(10),
 *   maxErrors: RateControl.count(2),
 * });
 */
export class RateControl {
  /**
   * Uses a number of targets.
   *
   * @param count a whole number from 0 to 9,999,999; `maxConcurrency` needs at least 1
   */
  public static count(count: number): RateControl {
    checkGiven(undefined, 'count', count, 'a number');
    checkInteger(undefined, 'count', count, RATE_COUNT);
    return new RateControl(Tokenization.stringifyNumber(count));
  }

  /**
   * Uses a percentage of the targets.
   *
   * @param percentage a whole number from 0 to 100; `maxConcurrency` needs at least 1
   */
  public static percentage(percentage: number): RateControl {
    checkGiven(undefined, 'percentage', percentage, 'a number');
    checkInteger(undefined, 'percentage', percentage, RATE_PERCENTAGE);
    return new RateControl(`${Tokenization.stringifyNumber(percentage)}%`);
  }

  /**
   * Uses the notation of the service, also with a token.
   *
   * @param expression such as `10` or `10%`
   */
  public static of(expression: string): RateControl {
    checkGiven(undefined, 'RateControl.of(expression)', expression, 'a string');
    checkPattern(undefined, 'RateControl.of(expression)', expression, MAX_ERRORS);
    return new RateControl(expression);
  }

  private constructor(
    /** The notation of the service, such as `10` or `10%`. */
    public readonly expression: string,
  ) {}
}
