import type { ApprovalRule } from './approval-model';
import type { PatchResource } from './patch-resources';
import { APPROVE_AFTER_DAYS, operatingSystemOf } from '../rules/patch-baseline';
import { approvesAtOnce } from '../rules/patch-platform';
import type { Properties, Value } from '../rules/value';
import { booleanOf, isList, isMap, numberOf } from '../rules/value';

/** What a patch baseline approves for whom, as far as it is known. */
export interface RenderedBaseline {
  /** Undefined if it is not known. */
  readonly operatingSystem?: string;
  /** The patch groups, each undefined if it is not known; undefined if none of them is. */
  readonly groups?: readonly (string | undefined)[];
  /** Undefined if it is not known. */
  readonly isDefault?: boolean;
  /** None if it approves by name only; undefined if they are not known. */
  readonly rules?: readonly ApprovalRule[];
}

/** Reads a baseline as it is rendered: of one that may not exist nothing is certain but whose it would be. */
export function renderedBaseline({ properties, isCertain }: PatchResource): RenderedBaseline {
  const operatingSystem = operatingSystemOf(properties);
  const isDefault = isSet(properties.DefaultBaseline) ? booleanOf(properties.DefaultBaseline) : false;
  return {
    operatingSystem,
    groups: groupsOf(properties.PatchGroups),
    isDefault,
    rules: isCertain && operatingSystem !== undefined ? rulesOf(properties, operatingSystem) : undefined,
  };
}

function groupsOf(groups: Value): (string | undefined)[] | undefined {
  if (!isSet(groups)) {
    return [];
  }
  return isList(groups) ? groups.map((group) => (typeof group === 'string' ? group : undefined)) : undefined;
}

function rulesOf({ ApprovalRules: rules }: Properties, operatingSystem: string): ApprovalRule[] | undefined {
  if (!isSet(rules)) {
    return [];
  }
  const list = isMap(rules) ? rules.PatchRules ?? [] : undefined;
  const found = isList(list) ? list.map((rule) => (isMap(rule) ? ruleOf(rule, operatingSystem) : undefined)) : [undefined];
  const known = found.filter((rule) => rule !== undefined);
  return known.length === found.length ? known : undefined;
}

function ruleOf({ ApproveAfterDays: days, ApproveUntilDate: until }: Properties, operatingSystem: string): ApprovalRule | undefined {
  if (approvesAtOnce(operatingSystem)) {
    return { delayDays: 0 };
  }
  if (!isSet(until)) {
    const delayDays = numberOf(days);
    return delayDays !== undefined && isDelay(delayDays) ? { delayDays } : undefined;
  }
  const approveUntil = typeof until === 'string' ? new Date(`${until}T00:00:00Z`) : undefined;
  return approveUntil && !Number.isNaN(approveUntil.getTime()) ? { approveUntil } : undefined;
}

function isDelay(days: number): boolean {
  return Number.isInteger(days) && days >= APPROVE_AFTER_DAYS.min! && days <= APPROVE_AFTER_DAYS.max!;
}

function isSet(value: Value): boolean {
  return value !== undefined && value !== null;
}
