/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html */
export const OPERATING_SYSTEMS = [
  'WINDOWS', 'AMAZON_LINUX', 'AMAZON_LINUX_2', 'AMAZON_LINUX_2022', 'AMAZON_LINUX_2023', 'UBUNTU', 'REDHAT_ENTERPRISE_LINUX', 'SUSE', 'CENTOS',
  'ORACLE_LINUX', 'DEBIAN', 'MACOS', 'RASPBIAN', 'ROCKY_LINUX', 'ALMA_LINUX',
] as const;

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html */
export const FILTER_KEYS = [
  'ARCH', 'ADVISORY_ID', 'BUGZILLA_ID', 'PATCH_SET', 'PRODUCT', 'PRODUCT_FAMILY', 'CLASSIFICATION', 'CVE_ID', 'EPOCH', 'MSRC_SEVERITY', 'NAME', 'PATCH_ID',
  'SECTION', 'PRIORITY', 'REPOSITORY', 'RELEASE', 'SEVERITY', 'SECURITY', 'VERSION',
] as const;

/** The operating system of a baseline that names none. */
export const DEFAULT_OPERATING_SYSTEM = 'WINDOWS';

/** What a baseline of Windows only can have. */
export function isWindows(operatingSystem: string): boolean {
  return operatingSystem === 'WINDOWS';
}

/** Repositories and non-security updates are those of Linux. */
export function isLinux(operatingSystem: string): boolean {
  return !isWindows(operatingSystem) && operatingSystem !== 'MACOS';
}

/**
 * Whether the approval of patches does not wait, whatever a rule says: the repositories tell no reliable release dates.
 *
 * The service takes a delay all the same: its own baseline for Ubuntu holds one.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html
 */
export function approvesAtOnce(operatingSystem: string): boolean {
  return operatingSystem === 'DEBIAN' || operatingSystem === 'UBUNTU';
}

const RPM_KEYS = ['PRODUCT', 'CLASSIFICATION', 'SEVERITY'];

/**
 * The keys that AWS lists for filters of an operating system, with those of the page on filters and `SECTION`, which older editions list for Ubuntu.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribePatchProperties.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html
 */
const KEYS_BY_OPERATING_SYSTEM: Readonly<Record<string, readonly string[]>> = {
  WINDOWS: ['PATCH_SET', 'PRODUCT', 'PRODUCT_FAMILY', 'CLASSIFICATION', 'MSRC_SEVERITY'],
  AMAZON_LINUX: RPM_KEYS,
  AMAZON_LINUX_2: RPM_KEYS,
  AMAZON_LINUX_2023: RPM_KEYS,
  CENTOS: RPM_KEYS,
  DEBIAN: ['PRODUCT', 'PRIORITY'],
  MACOS: ['PRODUCT', 'CLASSIFICATION'],
  ORACLE_LINUX: RPM_KEYS,
  REDHAT_ENTERPRISE_LINUX: RPM_KEYS,
  SUSE: RPM_KEYS,
  UBUNTU: ['PRODUCT', 'PRIORITY', 'SECTION'],
};

/** Of an operating system that the page leaves out is known that it is a Linux. */
const KEYS_OF_ANY_LINUX = [...RPM_KEYS, 'PRIORITY', 'SECTION'];

/** The keys that filters of an operating system are documented to have. */
export function filterKeysOf(operatingSystem: string): readonly string[] {
  return KEYS_BY_OPERATING_SYSTEM[operatingSystem] ?? KEYS_OF_ANY_LINUX;
}
