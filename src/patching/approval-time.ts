import { Token } from 'aws-cdk-lib/core';
import type { PatchApprovalRule } from './patch-approval-rule';
import { dayOf } from './patch-baseline-checks';
import type { PatchFilter } from './patch-filter';
import { approvesAtOnce } from '../rules/patch-platform';

/** When a patch is approved: days after its release, or if it was released up to a day; undefined if that is known only at deployment. */
type ApprovalTime = { readonly days: number } | { readonly until: string } | undefined;

/** What a rule approves, and when. */
export interface Approval {
  readonly filters: readonly PatchFilter[];
  readonly time: ApprovalTime;
}

/** What the rules of a baseline approve, and when. */
export function approvalsOf(operatingSystem: string, rules: readonly PatchApprovalRule[]): readonly Approval[] {
  return rules.map((rule) => ({ filters: rule.filters, time: timeOf(operatingSystem, rule) }));
}

/** The days of the rule that approves first, or undefined if not each rule has a number of days that is known. */
export function shortestDelay(approvals: readonly Approval[]): number | undefined {
  const delays = approvals.map(({ time }) => (time && 'days' in time ? time.days : undefined));
  const known = delays.filter((days) => days !== undefined);
  return known.length > 0 && known.length === delays.length ? Math.min(...known) : undefined;
}

function timeOf(operatingSystem: string, { approveAfter, approveUntil }: PatchApprovalRule): ApprovalTime {
  if (Token.isUnresolved(operatingSystem)) {
    return undefined;
  }
  if (approvesAtOnce(operatingSystem)) {
    return { days: 0 };
  }
  if (approveUntil) {
    return { until: dayOf(approveUntil) };
  }
  return approveAfter && !approveAfter.isUnresolved() ? { days: approveAfter.toDays() } : undefined;
}
