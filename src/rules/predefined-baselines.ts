import type { OPERATING_SYSTEMS } from './patch-platform';

/** A default baseline of AWS. */
interface PredefinedBaseline {
  readonly name: string;
  /** The days after which it approves; none where its patches are approved without a wait. */
  readonly days?: number;
}

/**
 * The default baselines of AWS by operating system, which nodes use as long as an account has no other default.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
export const PREDEFINED_BASELINES: Readonly<Record<typeof OPERATING_SYSTEMS[number], PredefinedBaseline>> = {
  WINDOWS: { name: 'AWS-DefaultPatchBaseline', days: 7 },
  AMAZON_LINUX: { name: 'AWS-AmazonLinuxDefaultPatchBaseline', days: 7 },
  AMAZON_LINUX_2: { name: 'AWS-AmazonLinux2DefaultPatchBaseline', days: 7 },
  AMAZON_LINUX_2022: { name: 'AWS-AmazonLinux2022DefaultPatchBaseline', days: 7 },
  AMAZON_LINUX_2023: { name: 'AWS-AmazonLinux2023DefaultPatchBaseline', days: 7 },
  UBUNTU: { name: 'AWS-UbuntuDefaultPatchBaseline' },
  REDHAT_ENTERPRISE_LINUX: { name: 'AWS-RedHatDefaultPatchBaseline', days: 7 },
  SUSE: { name: 'AWS-SuseDefaultPatchBaseline', days: 7 },
  CENTOS: { name: 'AWS-CentOSDefaultPatchBaseline', days: 7 },
  ORACLE_LINUX: { name: 'AWS-OracleLinuxDefaultPatchBaseline', days: 7 },
  DEBIAN: { name: 'AWS-DebianDefaultPatchBaseline' },
  MACOS: { name: 'AWS-MacOSDefaultPatchBaseline' },
  RASPBIAN: { name: 'AWS-DefaultRaspbianPatchBaseline' },
  ROCKY_LINUX: { name: 'AWS-RockyLinuxDefaultPatchBaseline', days: 7 },
  ALMA_LINUX: { name: 'AWS-AlmaLinuxDefaultPatchBaseline', days: 7 },
};
