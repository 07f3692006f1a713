/** The operating system of managed nodes, by which Patch Manager chooses a patch baseline. */
export enum PatchOperatingSystem {
  /** Windows Server and applications of Microsoft. */
  WINDOWS = 'WINDOWS',
  /** Amazon Linux 1. */
  AMAZON_LINUX = 'AMAZON_LINUX',
  /** Amazon Linux 2. */
  AMAZON_LINUX_2 = 'AMAZON_LINUX_2',
  /** Amazon Linux 2022, the preview of Amazon Linux 2023. */
  AMAZON_LINUX_2022 = 'AMAZON_LINUX_2022',
  /** Amazon Linux 2023. */
  AMAZON_LINUX_2023 = 'AMAZON_LINUX_2023',
  /** Ubuntu Server. */
  UBUNTU = 'UBUNTU',
  /** Red Hat Enterprise Linux. */
  REDHAT_ENTERPRISE_LINUX = 'REDHAT_ENTERPRISE_LINUX',
  /** SUSE Linux Enterprise Server. */
  SUSE = 'SUSE',
  /** CentOS and CentOS Stream. */
  CENTOS = 'CENTOS',
  /** Oracle Linux. */
  ORACLE_LINUX = 'ORACLE_LINUX',
  /** Debian Server. */
  DEBIAN = 'DEBIAN',
  /** MacOS. */
  MACOS = 'MACOS',
  /** Raspberry Pi OS. */
  RASPBIAN = 'RASPBIAN',
  /** Rocky Linux. */
  ROCKY_LINUX = 'ROCKY_LINUX',
  /** AlmaLinux. */
  ALMA_LINUX = 'ALMA_LINUX',
}
