import type { Duration } from 'aws-cdk-lib/core';

/** Whether an occurrence of a window can install the newest release. */
export enum PatchApprovalStatus {
  /** The release is approved. */
  APPROVED = 'approved',

  /** The release is not yet approved. It replaced the release before it, so nothing can be installed. */
  NOT_YET_APPROVED = 'notYetApproved',

  /** The release is newer than the date up to which the patch baseline approves. It replaced the release before it, so nothing can be installed. */
  AFTER_APPROVE_UNTIL = 'afterApproveUntil',
}

/**
 * The newest release that an occurrence of a window can install on one operating system.
 *
 * Computed from the documents of AWS and the patch baselines of the app, not observed on nodes. Patches that a baseline approves or rejects by name
 * are not considered.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-selecting-patches.html
 */
export interface PatchApproval {
  /** The operating system, as patch baselines name it, such as `WINDOWS`. */
  readonly operatingSystem: string;

  /** Whether the release can be installed. Always `APPROVED` for other operating systems than Windows, where older versions stay installable. */
  readonly status: PatchApprovalStatus;

  /** The release: on Windows the newest monthly update, otherwise the instant up to which released patches are approved. */
  readonly release: Date;

  /** The time between the release and the start of the occurrence. */
  readonly age: Duration;

  /**
   * The instant at which the release becomes approved.
   *
   * @default - the release is approved, or never becomes approved
   */
  readonly approvedAt?: Date;
}

/** A time span in which a window is open. */
export interface MaintenanceWindowOccurrence {
  /** The instant at which the window opens. */
  readonly start: Date;

  /** The instant from which the window starts no new task. */
  readonly cutoff: Date;

  /** The instant at which the window closes. */
  readonly end: Date;

  /**
   * The reason why the window does not open, if its start is in a black-out.
   *
   * @default - the window opens
   */
  readonly blackout?: string;

  /**
   * The newest release that the window can install, for each operating system, Windows first.
   *
   * @default - the window installs no patches, or their approval is not known at synthesis
   */
  readonly patchApprovals?: PatchApproval[];
}

/** Options for computing occurrences. */
export interface WindowPreviewOptions {
  /** The start of the range. Required, because synthesis must not depend on the clock. */
  readonly start: Date;

  /**
   * The end of the range, exclusive.
   *
   * @default - no end
   */
  readonly end?: Date;

  /**
   * The maximum number of occurrences of each window, with those in black-outs.
   *
   * @default - 10, or all of them if `end` is given
   */
  readonly maxOccurrences?: number;
}

/** One time that a window of a calendar is open. */
export interface WindowCalendarEntry {
  /** The path of the window in the app. */
  readonly path: string;

  /** The time span. */
  readonly occurrence: MaintenanceWindowOccurrence;
}

/** The date range to evaluate. */
export interface PreviewRange {
  /** The start of the range. */
  readonly start: Date;

  /** The end of the range, exclusive. */
  readonly end: Date;
}

/** Options for `assertOrder()`. */
export interface WindowOrderOptions extends PreviewRange {
  /**
   * The maximum time between the start of a window and the start of the next window in the order.
   *
   * @default Duration.days(14)
   */
  readonly within?: Duration;
}
