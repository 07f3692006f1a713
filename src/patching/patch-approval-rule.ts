import type { Duration } from 'aws-cdk-lib/core';
import type { PatchFilter } from './patch-filter';

/** The severity with which a patch counts that is approved and missing. */
export enum PatchComplianceLevel {
  /** A critical violation. */
  CRITICAL = 'CRITICAL',
  /** A violation of high severity. */
  HIGH = 'HIGH',
  /** A violation of medium severity. */
  MEDIUM = 'MEDIUM',
  /** A violation of low severity. */
  LOW = 'LOW',
  /** A violation for information only. */
  INFORMATIONAL = 'INFORMATIONAL',
  /** A violation without a severity. */
  UNSPECIFIED = 'UNSPECIFIED',
}

/**
 * A rule that approves patches: those that pass all of its filters, after a delay or up to a date.
 *
 * Exactly one of `approveAfter` and `approveUntil` is required, except on Debian and Ubuntu, where patches are approved at once.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html
 */
export interface PatchApprovalRule {
  /** The filters that a patch has to pass: up to 4. */
  readonly filters: PatchFilter[];

  /**
   * The delay between the release of a patch and its approval: 0 to 360 whole days.
   *
   * @default - `approveUntil` says what is approved; on Debian and Ubuntu, patches are approved at once
   */
  readonly approveAfter?: Duration;

  /**
   * The date up to which released patches are approved, that day included. Its day in UTC counts.
   *
   * @default - `approveAfter` says what is approved
   */
  readonly approveUntil?: Date;

  /**
   * The severity with which a patch counts that this rule approves and that is missing.
   *
   * @default PatchComplianceLevel.UNSPECIFIED
   */
  readonly complianceLevel?: PatchComplianceLevel;

  /**
   * Whether the rule approves updates that are no security updates, too. For Linux only.
   *
   * @default false
   */
  readonly enableNonSecurity?: boolean;
}
