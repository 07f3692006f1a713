import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration } from 'aws-cdk-lib/core';
import type { PatchHook } from './patch-hook';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { wholeNumberOf } from '../common/validation';
import { HEALTH_SECONDS, WATCH_SECONDS } from '../rules/patch-runbook';

/** Options of a check of target groups. */
export interface TargetGroupsHealthCheckOptions {
  /**
   * The target groups in which the node must be healthy.
   *
   * @default - the target groups of the runbook, those that the node was in
   */
  readonly targetGroups?: elbv2.ITargetGroupRef[];

  /**
   * The time that the node has to become healthy: 30 seconds to 1 hour, in whole seconds.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;
}

/** Options of a check of an alarm. */
export interface AlarmHealthCheckOptions {
  /**
   * The time between the return of the node and the look at the alarm: up to 1 hour, in whole seconds.
   *
   * Long enough for the alarm to notice what is wrong with the node.
   *
   * @default Duration.minutes(5)
   */
  readonly watch?: Duration;
}

/** The kinds of checks: where in the runbook they run follows from it. */
type KindOfCheck =
  | { readonly of: 'node'; readonly hook: PatchHook }
  | { readonly of: 'targetGroups'; readonly targetGroups?: elbv2.ITargetGroupRef[]; readonly timeout: Duration; readonly seconds: number }
  | { readonly of: 'alarm'; readonly alarm: cloudwatch.IAlarm; readonly seconds: number };

/**
 * A health check of a node that was patched.
 *
 * @example
 * declare const alarm: cloudwatch.IAlarm;
 * [
 *   patching.PatchHealthCheck.hook(patching.PatchHook.shellScript('curl --fail --silent http://localhost/')),
 *   patching.PatchHealthCheck.targetGroups({ timeout: Duration.minutes(5) }),
 *   patching.PatchHealthCheck.alarm(alarm),
 * ];
 */
export class PatchHealthCheck {
  /** Runs a script, a document or a runbook before the node returns. The check fails if that fails. */
  public static hook(hook: PatchHook): PatchHealthCheck {
    checkGiven(undefined, 'hook', hook, 'a PatchHook');
    return new PatchHealthCheck({ of: 'node', hook });
  }

  /** Waits after the return of the node until target groups find it healthy, on each port that it is registered with. */
  public static targetGroups(options: TargetGroupsHealthCheckOptions = {}): PatchHealthCheck {
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'timeout', options.timeout, 'a Duration');
    options.targetGroups !== undefined && checkEach(undefined, 'targetGroups', options.targetGroups, 'a target group');
    const timeout = options.timeout ?? Duration.minutes(10);
    const seconds = wholeNumberOf(undefined, 'timeout', timeout, 'seconds', HEALTH_SECONDS);
    return new PatchHealthCheck({ of: 'targetGroups', targetGroups: options.targetGroups, timeout, seconds });
  }

  /** Looks at an alarm some time after the return of the node. The check fails unless its state is OK. */
  public static alarm(alarm: cloudwatch.IAlarm, options: AlarmHealthCheckOptions = {}): PatchHealthCheck {
    checkGiven(undefined, 'alarm', alarm, 'an alarm');
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'watch', options.watch, 'a Duration');
    const seconds = wholeNumberOf(undefined, 'watch', options.watch ?? Duration.minutes(5), 'seconds', WATCH_SECONDS);
    return new PatchHealthCheck({ of: 'alarm', alarm, seconds });
  }

  private constructor(
    /** @internal */
    public readonly _check: KindOfCheck,
  ) {}
}
