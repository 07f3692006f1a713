import type { Duration } from 'aws-cdk-lib/core';

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
