import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { knownText } from '../common/text';
import { throwFirst } from '../common/validation';
import type { Advice } from '../common/warnings';
import { Findings } from '../rules/findings';
import { adviseOnInstanceIds, adviseOnSelection, checkSelection } from '../rules/selection';
import type { SelectionEntry } from '../rules/selection';
import { UNKNOWN } from '../rules/value';

/** What a window target selects: the service's keys, each with its values. */
export interface Selection {
  readonly resourceType: string;
  readonly targets: Readonly<Record<string, string[]>>;
}

/** A property of the user is called as it was typed; what selects is `targets`. */
function wording(property: string): string {
  return property === 'Targets' ? 'targets' : property;
}


function entriesOf({ targets }: Selection): SelectionEntry[] {
  return Object.entries(targets).map(([key, values]) => ({
    key: knownText(key),
    values: Token.isUnresolved(values) ? UNKNOWN : values.map((value) => knownText(value)),
  }));
}

/** Throws what the service rejects when the target is registered. */
export function rejectSelection(scope: IConstruct | undefined, selection: Selection): void {
  const findings = new Findings(wording);
  checkSelection(findings, 'Targets', selection.resourceType, entriesOf(selection));
  throwFirst(scope, findings);
}

/** What AWS's pages advise against, or say with less certainty than its errors do. */
export function selectionWarnings(selection: Selection): readonly Advice[] {
  const findings = new Findings(wording);
  adviseOnSelection(findings, 'Targets', entriesOf(selection));
  return findings.all;
}

export function instanceIdWarnings(ids: readonly string[]): readonly Advice[] {
  const findings = new Findings(wording);
  adviseOnInstanceIds(findings, 'Targets', Token.isUnresolved(ids) ? [] : ids.map((id) => knownText(id)));
  return findings.all;
}

/**
 * Whether a resource that one selects is, as far as keys and values tell, selected by the other too.
 *
 * The entries of a selection are ANDed: that with more of them selects fewer of the same resources. Of selections by different
 * keys only AWS knows whether they meet.
 */
export function shareResources(a: Selection, b: Selection): boolean {
  const [keysA, keysB] = [Object.keys(a.targets), Object.keys(b.targets)];
  const common = keysA.filter((key) => keysB.includes(key));
  return common.length === Math.min(keysA.length, keysB.length)
    && common.every((key) => a.targets[key].some((value) => b.targets[key].includes(value)));
}
