import type { Bounds } from './findings';

/*
 * The limits of the patch runbook: how long its steps may take.
 */

/** A backup takes as long as its volumes are large. */
export const BACKUP_SECONDS: Bounds = { min: 60, max: 36_000 };

/** A hook. Without a limit of its own the service lets a command run for an hour. */
export const HOOK_SECONDS: Bounds = { min: 30, max: 36_000 };

/**
 * A health check. A target group asks at most every 300 seconds, and for at most 10 healthy answers.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export const HEALTH_SECONDS: Bounds = { min: 30, max: 3_600 };

/** An `aws:sleep` takes up to seven days, but the node waits with it. */
export const WATCH_SECONDS: Bounds = { min: 0, max: 3_600 };

/**
 * The longest that connections drain: the largest deregistration delay, and a little more for the service to notice.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export const DRAIN_SECONDS = 3_600 + 300;

/** The time that AWS-RunPatchBaseline has if nothing is said, in seconds. */
export const DEFAULT_PATCH_SECONDS = 10_800;

/** How many nodes the service may work on at once, of so many, or undefined when that is not known. AWS does not say how it rounds: up is the worst. */
export function nodesAtOnce(maxConcurrency: string, nodes: number | undefined): number | undefined {
  const count = Number.parseInt(maxConcurrency, 10);
  if (!maxConcurrency.endsWith('%')) {
    return count;
  }
  return nodes === undefined ? undefined : Math.ceil(nodes * count / 100);
}
