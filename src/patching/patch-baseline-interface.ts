import type { IPatchBaselineRef } from 'aws-cdk-lib/aws-ssm';
import type { IResource } from 'aws-cdk-lib/core';
import type { PatchOperatingSystem } from './patch-operating-system';

/** A patch baseline, defined in this app or imported. */
export interface IPatchBaseline extends IResource, IPatchBaselineRef {
  /**
   * The ID of the baseline, such as `pb-0123456789abcdef0`.
   *
   * @attribute
   */
  readonly patchBaselineId: string;

  /**
   * The ARN of the baseline.
   *
   * @attribute
   */
  readonly patchBaselineArn: string;

  /** The operating system that the baseline applies to. Undefined for an imported baseline. */
  readonly operatingSystem?: PatchOperatingSystem;
}
