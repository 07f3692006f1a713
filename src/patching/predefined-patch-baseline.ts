import { Duration, Token } from 'aws-cdk-lib/core';
import { PatchOperatingSystem } from './patch-operating-system';
import { validationError } from '../common/errors';
import { checkGiven } from '../common/given';
import { checkOneOf, formatValue } from '../common/validation';

/**
 * The default baselines of AWS, each with the days after which it approves; none where its patches are approved without a wait.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
const PREDEFINED: Readonly<Record<PatchOperatingSystem, readonly [name: string, days?: number]>> = {
  [PatchOperatingSystem.WINDOWS]: ['AWS-DefaultPatchBaseline', 7],
  [PatchOperatingSystem.AMAZON_LINUX]: ['AWS-AmazonLinuxDefaultPatchBaseline', 7],
  [PatchOperatingSystem.AMAZON_LINUX_2]: ['AWS-AmazonLinux2DefaultPatchBaseline', 7],
  [PatchOperatingSystem.AMAZON_LINUX_2022]: ['AWS-AmazonLinux2022DefaultPatchBaseline', 7],
  [PatchOperatingSystem.AMAZON_LINUX_2023]: ['AWS-AmazonLinux2023DefaultPatchBaseline', 7],
  [PatchOperatingSystem.UBUNTU]: ['AWS-UbuntuDefaultPatchBaseline'],
  [PatchOperatingSystem.REDHAT_ENTERPRISE_LINUX]: ['AWS-RedHatDefaultPatchBaseline', 7],
  [PatchOperatingSystem.SUSE]: ['AWS-SuseDefaultPatchBaseline', 7],
  [PatchOperatingSystem.CENTOS]: ['AWS-CentOSDefaultPatchBaseline', 7],
  [PatchOperatingSystem.ORACLE_LINUX]: ['AWS-OracleLinuxDefaultPatchBaseline', 7],
  [PatchOperatingSystem.DEBIAN]: ['AWS-DebianDefaultPatchBaseline'],
  [PatchOperatingSystem.MACOS]: ['AWS-MacOSDefaultPatchBaseline'],
  [PatchOperatingSystem.RASPBIAN]: ['AWS-DefaultRaspbianPatchBaseline'],
  [PatchOperatingSystem.ROCKY_LINUX]: ['AWS-RockyLinuxDefaultPatchBaseline', 7],
  [PatchOperatingSystem.ALMA_LINUX]: ['AWS-AlmaLinuxDefaultPatchBaseline', 7],
};

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
    const [name, days] = PREDEFINED[operatingSystem];
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
