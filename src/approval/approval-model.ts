import { laterByDays, newestRelease, nextRelease, releasesBetween } from './patch-releases';

/*
 * What is installed when: which release an opening of a window finds approved.
 *
 * A patch is approved `delayDays` times 24 hours after its release, to the minute. On Windows a newer cumulative update takes the place of the
 * older one as soon as it is released, approved or not. Linux and macOS keep older versions installable.
 *
 * The moment itself counts as approved: a node asks after the window opened.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-selecting-patches.html
 */

export { releasesBetween };

const DAY = 86_400_000;

/** The largest number of days after the second Tuesday that each month has. */
const MAX_SHIFT = 20;

/** Approves each patch after a number of whole days. */
interface DelayRule {
  readonly delayDays: number;
}

/** Approves all patches that were released up to a day. */
interface FixedDateRule {
  /** The last day, in UTC; its time of day says nothing. */
  readonly approveUntil: Date;
}

/** The rule of a patch baseline. */
export type ApprovalRule = DelayRule | FixedDateRule;

/** How the releases of a system come: once a month, each in place of the one before, or at any time, with the older ones kept. */
type ReleaseKind = 'windows' | 'continuous';

/** A release that can be installed. */
interface ApprovedRelease {
  readonly release: Date;
  /** The days since its release. */
  readonly ageDays: number;
}

/** What an opening finds. */
export type Approval = FoundRelease | MissedRelease;

interface FoundRelease extends ApprovedRelease {
  readonly opening: Date;
  readonly reason?: undefined;
}

interface MissedRelease {
  readonly opening: Date;
  /** The newest release, which took the place of all before. */
  readonly release: Date;
  /** Why it cannot be installed. */
  readonly reason: 'notYetApproved' | 'afterApproveUntil';
  /** When it is approved; never by a fixed date. */
  readonly approvedAt?: Date;
}

/** When a release is approved, or never. */
export function approvedAt(release: Date, rule: ApprovalRule): Date | undefined {
  if ('delayDays' in rule) { return new Date(release.getTime() + rule.delayDays * DAY); }
  return release <= lastInstantOf(rule.approveUntil) ? release : undefined;
}

/** The release that an opening of Windows can install: the newest one, if it is approved. */
export function newestApproved(opening: Date, rule: ApprovalRule): ApprovedRelease | undefined {
  const release = newestRelease(opening);
  const approved = approvedAt(release, rule);
  return approved && approved <= opening ? { release, ageDays: daysBetween(release, opening) } : undefined;
}

/** For each opening the newest release that it can install, or why there is none. */
export function approvalsOf(openings: readonly Date[], rule: ApprovalRule, kind: ReleaseKind = 'windows'): Approval[] {
  return openings.map((opening) => kind === 'windows' ? approvalOf(opening, rule) : continuousApprovalOf(opening, rule));
}

function approvalOf(opening: Date, rule: ApprovalRule): Approval {
  const found = newestApproved(opening, rule);
  if (found) { return { opening, ...found }; }
  const release = newestRelease(opening);
  const approved = approvedAt(release, rule);
  return approved ? { opening, release, reason: 'notYetApproved', approvedAt: approved } : { opening, release, reason: 'afterApproveUntil' };
}

/** With releases at any time, there is always one that is as old as the rule asks for. */
function continuousApprovalOf(opening: Date, rule: ApprovalRule): FoundRelease {
  const release = 'delayDays' in rule
    ? new Date(opening.getTime() - rule.delayDays * DAY)
    : new Date(Math.min(opening.getTime(), lastInstantOf(rule.approveUntil).getTime()));
  return { opening, release, ageDays: daysBetween(release, opening) };
}

/** Openings of a window for Windows, and the rule that approves patches for it. */
interface ApprovedOpenings {
  /** In order. Those before the range are needed to find what more days would mend. */
  readonly openings: readonly Date[];
  readonly rule: ApprovalRule;
  /** The zone on whose calendar days are added; UTC when there is none. */
  readonly timeZone?: string;
}

/** A stretch of time, with its end exclusive. */
export interface ModelRange {
  readonly start: Date;
  readonly end: Date;
}

/** A release that no opening can install before the next one takes its place. */
interface MissedMonth {
  /** The month of the release, such as `2027-01`. */
  readonly month: string;
  readonly release: Date;
  readonly replacedAt: Date;
  readonly approvedAt?: Date;
  /** The fewest days by which to open later, after which no month of the range is missed; undefined if no number up to 20 does it. */
  readonly daysToAdd?: number;
  /** The longest shorter delay with which no month of the range is missed; undefined if there is none. */
  readonly delayToTake?: number;
}

/** The first release of Windows that these openings never find, among those released and replaced in a range. */
export function firstMissed(window: ApprovedOpenings, range: ModelRange): MissedMonth | undefined {
  const releases = releasesBetween(range.start, range.end).filter((release) => nextRelease(release) <= range.end);
  const isMissed = missing(window.openings, window.rule);
  const release = releases.find(isMissed);
  return release && {
    month: monthName(release),
    release,
    replacedAt: nextRelease(release),
    approvedAt: approvedAt(release, window.rule),
    daysToAdd: upTo(MAX_SHIFT).find((days) => !releases.some(missing(laterOpenings(window, days), window.rule))),
    delayToTake: shorterDelays(window.rule).find((delayDays) => !releases.some(missing(window.openings, { delayDays }))),
  };
}

/** Tells of a release whether no opening is in its time, from its approval to the next release. */
function missing(openings: readonly Date[], rule: ApprovalRule): (release: Date) => boolean {
  const found = new Set(openings.map((opening) => newestApproved(opening, rule)?.release.getTime()));
  return (release) => !found.has(release.getTime());
}

function laterOpenings({ openings, timeZone = 'UTC' }: ApprovedOpenings, days: number): Date[] {
  return openings.map((opening) => laterByDays(opening, days, timeZone));
}

function shorterDelays(rule: ApprovalRule): number[] {
  return 'delayDays' in rule ? upTo(rule.delayDays).map((days) => rule.delayDays - days) : [];
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** The month of a release: it is the same in UTC and in Los Angeles. */
export function monthName(release: Date): string {
  return release.toISOString().slice(0, 'YYYY-MM'.length);
}

export function daysBetween(start: Date, end: Date): number {
  return (end.getTime() - start.getTime()) / DAY;
}

function lastInstantOf(day: Date): Date {
  return new Date(Math.floor(day.getTime() / DAY) * DAY + DAY - 1);
}
