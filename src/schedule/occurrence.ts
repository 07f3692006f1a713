import type { Duration } from 'aws-cdk-lib/core';

/** One time that a window is open. */
export interface MaintenanceWindowOccurrence {
  /** When the window opens. */
  readonly start: Date;

  /** From when on it starts no more tasks. */
  readonly cutoff: Date;

  /** When it closes. */
  readonly end: Date;
}

/** Which occurrences are wanted. */
export interface WindowPreviewOptions {
  /** The instant from which to look. There is no default: synthesis must not depend on the clock. */
  readonly start: Date;

  /**
   * The instant before which windows open.
   *
   * @default - no end
   */
  readonly end?: Date;

  /**
   * How many occurrences of each window to look for.
   *
   * @default - 10, or all of them if `end` is given
   */
  readonly maxOccurrences?: number;
}

/** One time that a window of a calendar is open. */
export interface WindowCalendarEntry {
  /** The path of the window in the app. */
  readonly path: string;

  /** When it is open. */
  readonly occurrence: MaintenanceWindowOccurrence;
}

/** The time that is looked at. */
export interface PreviewRange {
  /** The instant from which to look. */
  readonly start: Date;

  /** The instant before which windows open. */
  readonly end: Date;
}

/** How an order of windows is proven. */
export interface WindowOrderOptions extends PreviewRange {
  /**
   * How long before a window opens the one before it in the order must have opened.
   *
   * @default Duration.days(14)
   */
  readonly within?: Duration;
}
