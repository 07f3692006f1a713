import type { RingProblem, RingWindow } from './ring-proof';
import { daysBetween } from '../approval/approval-model';
import { counted, formatValue } from '../rules/format-value';

/** A window of a ring, as messages call it. */
interface NamedWindow {
  readonly ring: string;
  readonly path: string;
  readonly window: RingWindow;
}

interface NamedPair {
  readonly earlier: NamedWindow;
  readonly later: NamedWindow;
  readonly soakHours: number;
}

/** Says which ring comes too early, when first, and what mends it. */
export function ringProblemMessage({ kind, month, opening, earlierOpening, mends }: RingProblem, pair: NamedPair): string {
  const { earlier, later, soakHours } = pair;
  const fixes = mends.map(({ delayDays, daysAfter }) => [
    ...delayDays === undefined ? [] : [`approve its patches after ${counted(delayDays, 'day')} ('approveAfter')`],
    ...daysAfter === undefined ? [] : [`open it ${counted(daysAfter, 'day')} after Patch Tuesday ('daysAfter')`],
  ].join(' and '));
  const soak = soakHours > 0 ? ` and let it soak for ${counted(soakHours, 'hour')}` : '';
  const rule = kind === 'window'
    ? `'rings' must let each ring install an update${soak} before the next ring opens`
    : `'rings' must let each ring have a patch${soak} before the next ring installs it`;
  const got = kind === 'window'
    ? `got ${formatValue(later.ring)} open at ${opening.toISOString()}${earlierOpening
      ? `, and before it ${formatValue(earlier.ring)} at ${earlierOpening.toISOString()}, before the update of the month`
      : `, and before it ${formatValue(earlier.ring)} never`}`
    : `got ${formatValue(later.ring)} at ${opening.toISOString()} with a delay of ${counted(later.window.delayDays, 'day')}, `
      + `${days(daysBetween(earlierOpening!, opening))} after ${formatValue(earlier.ring)} with a delay of ${counted(earlier.window.delayDays, 'day')}`;
  return `${rule}, ${got}, first in ${month} (windows ${formatValue(earlier.path)} and ${formatValue(later.path)}), `
    + `${fixes.join(' or ') || `no change of ${formatValue(later.ring)} alone mends it, change the days, the delay or the hour of ${formatValue(earlier.ring)} as well`}`;
}

function days(value: number): string {
  return counted(Math.round(value * 100) / 100, 'day');
}
