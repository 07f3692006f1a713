import type { ApprovalRule } from './approval-model';

export const WINDOWS = 'WINDOWS';

/** What approves patches on the nodes of a window that run one operating system. */
export interface PatchInstallation {
  readonly operatingSystem: string;
  /** Which patches each takes is known to the service only, so the first that approves counts. */
  readonly rules: readonly ApprovalRule[];
}

/** The rules for each operating system; undefined where they are not known. */
export class RulesBySystem {
  private readonly rules = new Map<string, readonly ApprovalRule[] | undefined>();

  public has(operatingSystem: string): boolean {
    return this.rules.has(operatingSystem);
  }

  /** Adds rules, unless nobody knows for which system they are. */
  public add(operatingSystem: string | undefined, rules: readonly ApprovalRule[] | undefined): boolean {
    if (operatingSystem === undefined) {
      return false;
    }
    const before = this.rules.has(operatingSystem) ? this.rules.get(operatingSystem) : [];
    this.rules.set(operatingSystem, before && rules && firstToApprove([...before, ...rules]));
    return true;
  }

  public addAll({ rules }: RulesBySystem): void {
    rules.forEach((ofSystem, operatingSystem) => this.add(operatingSystem, ofSystem));
  }

  public installations(): PatchInstallation[] {
    return [...this.rules]
      .flatMap(([operatingSystem, rules = []]) => (rules.length > 0 ? [{ operatingSystem, rules }] : []))
      .sort(({ operatingSystem: a }, { operatingSystem: b }) => Number(b === WINDOWS) - Number(a === WINDOWS) || (a < b ? -1 : 1));
  }
}

/** Of all delays the shortest approves first, of all dates the last one. */
function firstToApprove(rules: readonly ApprovalRule[]): ApprovalRule[] {
  const delays = rules.flatMap((rule) => ('delayDays' in rule ? [rule.delayDays] : []));
  const dates = rules.flatMap((rule) => ('approveUntil' in rule ? [rule.approveUntil.getTime()] : []));
  return [
    ...delays.length > 0 ? [{ delayDays: Math.min(...delays) }] : [],
    ...dates.length > 0 ? [{ approveUntil: new Date(Math.max(...dates)) }] : [],
  ];
}
