import type { PatchApprovalRule, PatchComplianceLevel } from './patch-approval-rule';
import type { PatchFilter } from './patch-filter';
import type { PatchOperatingSystem } from './patch-operating-system';
import type { PatchSource } from './patch-source';

/** What happens to patches in the list of rejected patches. */
export enum RejectedPatchesAction {
  /** On Linux and macOS, a rejected package is installed as a dependency of another one only. On Windows, it is skipped unless it is installed. */
  ALLOW_AS_DEPENDENCY = 'ALLOW_AS_DEPENDENCY',
  /** Rejected packages, and packages that include them as dependencies, are never installed. Nodes that have one are noncompliant. */
  BLOCK = 'BLOCK',
}

/** The status of a node that lacks security updates which are available and not approved. */
export enum PatchComplianceStatus {
  /** The node counts as compliant. */
  COMPLIANT = 'COMPLIANT',
  /** The node counts as noncompliant. */
  NON_COMPLIANT = 'NON_COMPLIANT',
}

/** Options of patch baselines: which patches are approved for an operating system, and when. */
export interface PatchBaselineOptions {
  /** The operating system that the baseline applies to. A change replaces a baseline of the account. */
  readonly operatingSystem: PatchOperatingSystem;

  /**
   * The rules that approve patches: up to 10. A patch is approved that passes one of them.
   *
   * @default - only `approvedPatches` are approved
   */
  readonly approvalRules?: PatchApprovalRule[];

  /**
   * The filters that patches have to pass to be in the baseline at all: up to 4.
   *
   * @default - all patches of the operating system are in the baseline
   */
  readonly globalFilters?: PatchFilter[];

  /**
   * The patches that are approved whatever the rules say: up to 50, each of 1 to 100 characters.
   *
   * @default - the rules alone approve patches
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-approved-rejected-package-name-formats.html
   */
  readonly approvedPatches?: string[];

  /**
   * The severity with which a patch of `approvedPatches` counts that is missing.
   *
   * @default PatchComplianceLevel.UNSPECIFIED
   */
  readonly approvedPatchesComplianceLevel?: PatchComplianceLevel;

  /**
   * Whether `approvedPatches` holds updates that are no security updates. For Linux only.
   *
   * @default false
   */
  readonly approvedPatchesEnableNonSecurity?: boolean;

  /**
   * The patches that are not approved, whatever else says so: up to 50, each of 1 to 100 characters.
   *
   * @default - no patch is rejected
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-approved-rejected-package-name-formats.html
   */
  readonly rejectedPatches?: string[];

  /**
   * What happens to patches of `rejectedPatches`.
   *
   * @default RejectedPatchesAction.ALLOW_AS_DEPENDENCY
   */
  readonly rejectedPatchesAction?: RejectedPatchesAction;

  /**
   * The repositories from which nodes get their patches: up to 20. For Linux only.
   *
   * @default - the repositories that the nodes are configured with
   */
  readonly sources?: PatchSource[];

  /**
   * The status of nodes that lack security updates which are available and not approved yet. For Windows only.
   *
   * @default - `PatchComplianceStatus.NON_COMPLIANT` on Windows: otherwise a node counts as compliant that waits for an update
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html
   */
  readonly availableSecurityUpdatesCompliance?: PatchComplianceStatus;
}

/** Properties of a patch baseline. */
export interface PatchBaselineProps extends PatchBaselineOptions {
  /**
   * The name of the baseline.
   *
   * 3 to 128 letters, digits, `_`, `-` and `.`.
   *
   * @default - a unique name is generated
   */
  readonly patchBaselineName?: string;

  /**
   * A description of the baseline.
   *
   * 1 to 1,024 characters.
   *
   * @default - the baseline has no description
   */
  readonly description?: string;

  /**
   * The patch groups whose nodes use the baseline, by their tag `PatchGroup` or `Patch Group`.
   *
   * Each of 1 to 256 letters, digits, spaces and `_.:/=+-@`. A patch group has one baseline for each operating system.
   *
   * @default - the baseline is used if it is the default, or if a patch task or patch policy names it
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html
   */
  readonly patchGroups?: string[];

  /**
   * Whether nodes of the operating system use the baseline that are in no patch group of another one.
   *
   * CloudFormation makes a baseline the default, and never takes that back: to return to the baseline of AWS, make that the default by the API.
   *
   * @default false
   */
  readonly defaultBaseline?: boolean;

  /**
   * Tags of the baseline, in addition to those of `Tags.of()`.
   *
   * Keys of 1 to 128, values of 1 to 256 letters, digits, spaces and `_.:/=+-@`.
   *
   * @default - no tags but those of `Tags.of()`
   */
  readonly tags?: { [key: string]: string };
}
