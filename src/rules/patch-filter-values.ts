import { nearest } from './nearest';

const RPM_CLASSIFICATIONS = ['Security', 'Bugfix', 'Enhancement', 'Recommended', 'Newpackage'];
const RPM_SEVERITIES = ['Critical', 'Important', 'Moderate', 'Medium', 'Low'];
const DEBIAN_PRIORITIES = ['Required', 'Important', 'Standard', 'Optional', 'Extra'];

type ValuesByKey = Readonly<Record<string, readonly string[]>>;

const WINDOWS: ValuesByKey = {
  PATCH_SET: ['OS', 'APPLICATION'],
  CLASSIFICATION: [
    'CriticalUpdates', 'DefinitionUpdates', 'Drivers', 'FeaturePacks', 'SecurityUpdates', 'ServicePacks', 'Tools', 'UpdateRollups', 'Updates', 'Upgrades',
  ],
  MSRC_SEVERITY: ['Critical', 'Important', 'Moderate', 'Low', 'Unspecified'],
};
const RPM: ValuesByKey = { CLASSIFICATION: RPM_CLASSIFICATIONS, SEVERITY: RPM_SEVERITIES };
const SUSE: ValuesByKey = {
  CLASSIFICATION: ['Security', 'Recommended', 'Optional', 'Feature', 'Document', 'Yast'],
  SEVERITY: ['Critical', 'Important', 'Moderate', 'Low'],
};
const DEBIAN: ValuesByKey = { PRIORITY: DEBIAN_PRIORITIES };

/**
 * The values of filters that AWS has documented as closed lists.
 *
 * The page on filters listed them for Windows, Ubuntu, Amazon Linux, Red Hat, SUSE and CentOS before it referred to DescribePatchProperties, which needs an
 * account. What it said of systems with RPM packages is taken for the later ones, too, with `Moderate`, which the predefined baseline of Oracle Linux has; the
 * priorities of Debian and Raspberry Pi OS are those of their predefined baselines, the sets of patches those of the API. Products and their families change
 * with time, sections are free, and of macOS the pages differ.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
const VALUES_BY_OPERATING_SYSTEM: Readonly<Record<string, ValuesByKey>> = {
  WINDOWS,
  AMAZON_LINUX: RPM,
  AMAZON_LINUX_2: RPM,
  AMAZON_LINUX_2022: RPM,
  AMAZON_LINUX_2023: RPM,
  ALMA_LINUX: RPM,
  CENTOS: RPM,
  ORACLE_LINUX: RPM,
  REDHAT_ENTERPRISE_LINUX: RPM,
  ROCKY_LINUX: RPM,
  SUSE,
  DEBIAN,
  RASPBIAN: DEBIAN,
  UBUNTU: DEBIAN,
};

/** Stands for all values. */
const ALL = '*';

/** Values that are documented for a filter, with the one that was most likely meant. */
interface DocumentedValues {
  readonly values: readonly string[];
  readonly meant?: string;
}

/** The values that a filter is documented to have, if the one that is given is none of them. */
export function documentedValues(operatingSystem: string, key: string, given: string): DocumentedValues | undefined {
  const values = VALUES_BY_OPERATING_SYSTEM[operatingSystem]?.[key];
  if (values === undefined || given === ALL || values.includes(given)) {
    return undefined;
  }
  // what the console calls "All"
  const meant = given.toUpperCase() === 'ALL' ? ALL : nearest(given, values) ?? values.find((value) => value.startsWith(given) || given.startsWith(value));
  return { values, meant };
}
