import type { Approval } from './approval-model';
import { approvalsOf, daysBetween } from './approval-model';
import type { PatchInstallation } from './rules-by-system';
import { WINDOWS } from './rules-by-system';

/** The newest release for one operating system when a window opens. */
export interface PatchApproval {
  readonly operatingSystem: string;
  readonly status: 'approved' | 'notYetApproved' | 'afterApproveUntil';
  /** On Windows the newest update; elsewhere the instant up to which what was released is approved. */
  readonly release: Date;
  readonly ageDays: number;
  /** When the release becomes approved, if it is not yet. */
  readonly approvedAt?: Date;
}

/** For each operating system the newest release that an opening can install, or why there is none. */
function approvalsAt(installations: readonly PatchInstallation[], opening: Date): PatchApproval[] {
  return installations.map(({ operatingSystem, rules }) => {
    const kind = operatingSystem === WINDOWS ? 'windows' : 'continuous';
    const { release, reason, ...other } = rules.flatMap((rule) => approvalsOf([opening], rule, kind)).reduce(better);
    return {
      operatingSystem,
      status: reason ?? 'approved',
      release,
      ageDays: daysBetween(release, opening),
      ...'approvedAt' in other && { approvedAt: other.approvedAt },
    };
  });
}

/** An opening, with what is installed in it at most; without that if it is not known, or if nothing is installed, as in a black-out. */
export type WithApprovals<T> = T & { readonly patchApprovals?: readonly PatchApproval[] };

export function withApprovals<T extends { readonly start: Date; readonly blackout?: string }>(
  opening: T, installations: readonly PatchInstallation[],
): WithApprovals<T> {
  return installations.length === 0 || opening.blackout !== undefined ? opening
    : { ...opening, patchApprovals: approvalsAt(installations, opening.start) };
}

/** The one that installs more, or installs earlier. */
function better(one: Approval, other: Approval): Approval {
  const [a, b] = [rank(one), rank(other)];
  return b > a ? other : one;
}

/** What is installed comes before what waits, and that before what is never approved. */
function rank(approval: Approval): number {
  if (approval.reason === undefined) {
    return approval.release.getTime();
  }
  return approval.approvedAt ? -approval.approvedAt.getTime() : -Infinity;
}
