import type { PatchBaselineReference } from 'aws-cdk-lib/aws-ssm';
import { Resource } from 'aws-cdk-lib/core';
import type { IPatchBaseline } from './patch-baseline-interface';
import type { PatchOperatingSystem } from './patch-operating-system';

/**
 * What baselines have that are defined in this app, and those that are imported.
 *
 * @internal
 */
export abstract class PatchBaselineBase extends Resource implements IPatchBaseline {
  public abstract readonly patchBaselineId: string;
  public abstract readonly patchBaselineArn: string;
  public abstract readonly operatingSystem?: PatchOperatingSystem;

  public get patchBaselineRef(): PatchBaselineReference {
    return { patchBaselineId: this.patchBaselineId };
  }
}
