import { Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { perConstruct } from '../common/per-construct';
import { formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { WINDOWS_OF_REGION } from '../rules/window';

/** How many windows an app has in each account and Region. Stacks without an environment are of one that is not known. */
const countsOf = perConstruct('WindowCounts', () => new Map<string, number>());

/** Counts a window of its account and Region; more than the default quota is a warning at the end of synthesis, by the first one that is too many. */
export function countWindow(window: IResource): void {
  const counts = countsOf(window.node.root);
  const { account, region } = window.env;
  const place = JSON.stringify([account, region]);
  const count = (counts.get(place) ?? 0) + 1;
  counts.set(place, count);
  if (count === WINDOWS_OF_REGION + 1) {
    atEndOfSynthesis(window, () => addWarning(window.node.defaultChild ?? window, {
      id: 'windowsOverQuota',
      message: `an account should have at most ${WINDOWS_OF_REGION} maintenance windows in a Region, the default quota, got ${counts.get(place)}${placeText(account, region)}, `
        + 'let several tasks share a window or have the quota raised',
    }));
  }
}

function placeText(account: string, region: string): string {
  return [account, region].some((part) => Token.isUnresolved(part)) ? '' : ` in ${formatValue(account)}, ${formatValue(region)}`;
}
