import type { Duration, TimeZone } from 'aws-cdk-lib/core';
import type { PatchFilter } from './patch-filter';
import type { PatchOperatingSystem } from './patch-operating-system';
import type { PatchWindowsOptions } from './patch-windows-props';

/** A ring of nodes that are patched together, such as development or production. */
export interface PatchRing {
  /** The name of the ring. Unique among the rings, and used in messages and in the IDs of its baselines. */
  readonly name: string;

  /** The number of whole days between Patch Tuesday and the start of the windows of the ring: 0 to 20. */
  readonly daysAfter: Duration;

  /**
   * The delay between the release of a patch and its approval for the ring, in whole days.
   *
   * A patch baseline with that delay is defined in each stack that has windows of the ring, for the patch groups of their selectors, unless the
   * windows have `baselines` or a `baselineOverride` of their own.
   *
   * @default - the patch baselines of the account apply, which are taken to be those that AWS predefines, with 7 days on most systems
   */
  readonly approveAfter?: Duration;

  /**
   * The least time between the end of the windows of the ring before and the start of the windows of this ring, in whole hours.
   *
   * @default Duration.hours(0)
   */
  readonly soakTime?: Duration;
}

/** Properties of rings of nodes. */
export interface PatchRingsProps {
  /** The rings, at least 2, in the order in which patches reach them. */
  readonly rings: PatchRing[];

  /**
   * The operating system of the nodes.
   *
   * @default PatchOperatingSystem.WINDOWS
   */
  readonly operatingSystem?: PatchOperatingSystem;

  /** The hour at which the installations start, 0 to 23. */
  readonly hour: string;

  /**
   * The minute at which the installations start, 0 to 59.
   *
   * @default '0'
   */
  readonly minute?: string;

  /**
   * The time zone of the installations.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * The filters for the patches that the baselines of the rings approve.
   *
   * @default - all patches of the operating system
   */
  readonly filters?: PatchFilter[];
}

/** Options of two windows of a ring. */
export interface PatchRingWindowsOptions extends PatchWindowsOptions {
  /** The name of the ring. */
  readonly ring: string;

  /**
   * The time zone of the installation, such as that of the Region.
   *
   * @default - the time zone of the rings
   */
  readonly timeZone?: TimeZone;
}
