import { shortestDelay } from './approval-time';
import type { Approval } from './approval-time';
import { PatchOperatingSystem } from './patch-operating-system';
import { PredefinedPatchBaseline } from './predefined-patch-baseline';
import type { ApprovalRule } from '../approval/approval-model';
import { firstMissed } from '../approval/approval-model';
import { followsPatchTuesday } from '../approval/patch-installation';
import type { Advice } from '../common/warnings';
import { counted, formatValue } from '../rules/format-value';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { startsBetween } from '../schedule/engine/openings-between';
import { coversReferenceYears, REFERENCE_YEARS } from '../schedule/reference-span';

const DAY = 86_400_000;
/** Longer than from one release to the next. */
const DAYS_BEFORE = 40;

/** A baseline whose rules are known: of the account, or in an override file. */
export interface KnownBaseline {
  readonly operatingSystem?: string;
  readonly _approvals: readonly Approval[];
  readonly node: { readonly path: string };
}

/** When a baseline approves the updates of Windows, and what it is called. */
interface WindowsApproval {
  readonly rule: ApprovalRule;
  readonly whose: string;
}

/**
 * Advice on an installation that never finds an update of Windows: it opens only after the next update has replaced it, or before it is approved.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-selecting-patches.html
 */
export function approvalAdvice(expression: string, spec: ScheduleSpec, baselines: readonly KnownBaseline[]): Advice[] {
  const approval = baselines.length > 0 ? approvalOfBaselines(baselines) : approvalOfAccount(expression);
  if (!approval || !coversReferenceYears(spec)) {
    return [];
  }
  const missed = firstMissed({ openings: startsOf(spec), rule: approval.rule, timeZone: spec.timeZone }, REFERENCE_YEARS);
  if (!missed) {
    return [];
  }
  const { month, release, daysToAdd, delayToTake } = missed;
  const fixes = [
    ...daysToAdd === undefined ? [] : [`open ${counted(daysToAdd, 'day')} later`],
    ...delayToTake === undefined ? [] : [`approve patches after ${counted(delayToTake, 'day')}`],
  ];
  return [{
    id: 'updateNeverApproved',
    message: `'installSchedule' should open when the month's update of Windows is approved, got ${formatValue(expression)}`
      + `${spec.offsetDays ? ` with an offset of ${counted(spec.offsetDays, 'day')}` : ''}, which never installs that of ${month}, released at ${release.toISOString()}, `
      + `with ${approval.whose}, ${fixes.join(' or ') || 'open more often'} (computed from AWS's documents)`,
  }];
}

/** Where nothing is said, AWS's own baseline is at work. */
function approvalOfAccount(expression: string): WindowsApproval | undefined {
  const { approveAfter, patchBaselineName } = PredefinedPatchBaseline._of(PatchOperatingSystem.WINDOWS);
  const delayDays = approveAfter!.toDays();
  return followsPatchTuesday(expression)
    ? { rule: { delayDays }, whose: `${patchBaselineName}, which approves after ${counted(delayDays, 'day')}` } : undefined;
}

/** The rule that approves first: which updates the filters take is known to the service only. */
function approvalOfBaselines(baselines: readonly KnownBaseline[]): WindowsApproval | undefined {
  const [baseline] = baselines.filter(({ operatingSystem }) => operatingSystem === PatchOperatingSystem.WINDOWS);
  const delayDays = baseline && shortestDelay(baseline._approvals);
  return delayDays === undefined ? undefined : { rule: { delayDays }, whose: `${formatValue(baseline.node.path)}, which approves after ${counted(delayDays, 'day')}` };
}

function startsOf(spec: ScheduleSpec): Date[] {
  // those before tell what more days would mend
  return startsBetween(spec, new Date(REFERENCE_YEARS.start.getTime() - DAYS_BEFORE * DAY), REFERENCE_YEARS.end);
}
