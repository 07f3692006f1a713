import { Duration, Token } from 'aws-cdk-lib/core';
import { PatchOperatingSystem } from './patch-operating-system';
import { validationError } from '../common/errors';
import { checkGiven } from '../common/given';
import { checkOneOf, formatValue } from '../common/validation';
import { PREDEFINED_BASELINES } from '../rules/predefined-baselines';

/**
 * A patch baseline that AWS predefines, and that nodes of its operating system use as long as an account has no other default.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
export class PredefinedPatchBaseline {
  /** @internal */
  public static _of(operatingSystem: PatchOperatingSystem): PredefinedPatchBaseline {
    checkGiven(undefined, 'operatingSystem', operatingSystem, 'a string');
    if (Token.isUnresolved(operatingSystem)) {
      throw validationError(undefined, `'operatingSystem' must be known at synthesis, got ${formatValue(operatingSystem)}, use a member of PatchOperatingSystem`);
    }
    checkOneOf(undefined, 'operatingSystem', operatingSystem, Object.values(PatchOperatingSystem));
    const { name, days } = PREDEFINED_BASELINES[operatingSystem];
    return new PredefinedPatchBaseline(name, operatingSystem, days === undefined ? undefined : Duration.days(days));
  }

  private constructor(
    /** The name of the baseline, such as `AWS-AmazonLinux2023DefaultPatchBaseline`. */
    public readonly patchBaselineName: string,
    /** The operating system that the baseline applies to. */
    public readonly operatingSystem: PatchOperatingSystem,
    /** The delay between the release of a patch and its approval. Undefined where AWS documents none: on Debian, Ubuntu, Raspberry Pi OS and macOS. */
    public readonly approveAfter?: Duration) {
  }
}
