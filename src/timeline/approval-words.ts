import type { PatchApproval } from '../approval/opening-approvals';
import { WINDOWS } from '../approval/rules-by-system';

/** What an opening installs at most, for each operating system. */
type Approvals = readonly PatchApproval[];

/** The heading of what an opening installs. */
export const INSTALLS = 'Installs (at most)';

/** Where it is known from: nobody has looked at a node. */
export const APPROVAL_NOTE = `${INSTALLS} is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.`;

/** What is installed at most by openings of one window, in words: by a single one, or by many that repeat. Nothing if that is not known. */
export function approvalWords(openings: readonly { readonly patchApprovals?: Approvals }[]): string {
  const all = openings.map(({ patchApprovals = [] }) => patchApprovals);
  const systems = all[0].map(({ operatingSystem }, index) => {
    const ofSystem = all.map((approvals) => approvals[index]);
    return [operatingSystem, ofSystem.length > 1 ? repeatedWords(ofSystem) : words(ofSystem[0])] as const;
  });
  const named = new Map<string, string[]>();
  systems.forEach(([system, text]) => named.set(text, [...named.get(text) ?? [], system]));
  // the system goes without saying where there is one
  return [...named].map(([text, names]) => (systems.length > 1 ? `${names.join(', ')}: ${text}` : text)).join('; ');
}

function words(approval: PatchApproval): string {
  const { operatingSystem, status, release, ageDays, approvedAt } = approval;
  if (operatingSystem !== WINDOWS) {
    return `patches released until ${dayOf(release)}`;
  }
  switch (status) {
    case 'approved': return `update of ${dayOf(release)}, ${days(ageDays)} old`;
    case 'notYetApproved': return `no approved update: that of ${dayOf(release)} is approved on ${dayOf(approvedAt!)} at ${approvedAt!.toISOString().slice(11, 16)} UTC`;
    case 'afterApproveUntil': return `no approved update: that of ${dayOf(release)} is never approved`;
  }
}

function repeatedWords(approvals: Approvals): string {
  return approvals[0].operatingSystem === WINDOWS ? updates(approvals) : patches(approvals);
}

function updates(approvals: Approvals): string {
  const found = approvals.filter(({ status }) => status === 'approved');
  if (found.length === 0) {
    return 'no approved update';
  }
  const span = spanOf(found.map(({ release }) => release));
  const [youngest, oldest] = [Math.min, Math.max].map((choose) => choose(...found.map(({ ageDays }) => ageDays)));
  const ages = rounded(youngest) === rounded(oldest) ? days(youngest) : `${rounded(youngest)} to ${days(oldest)}`;
  const missed = approvals.length - found.length;
  const left = missed > 0 ? `, no approved update ${missed} of ${approvals.length} times` : '';
  return `${span.includes(' to ') ? 'updates' : 'update'} of ${span}, ${ages} old${left}`;
}

function patches(approvals: Approvals): string {
  const ages = new Set(approvals.map(({ ageDays }) => ageDays));
  const [age] = ages;
  if (ages.size > 1) {
    return `patches released until ${spanOf(approvals.map(({ release }) => release))}`;
  }
  return age === 0 ? 'patches released until it opens' : `patches released until ${days(age)} before`;
}

function spanOf(releases: readonly Date[]): string {
  const [first, last] = [dayOf(releases[0]), dayOf(releases[releases.length - 1])];
  return first === last ? first : `${first} to ${last}`;
}

function days(count: number): string {
  return `${rounded(count)} ${rounded(count) === 1 ? 'day' : 'days'}`;
}

function rounded(count: number): number {
  return Number(count.toFixed(1));
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
