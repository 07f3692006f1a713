import type { IConstruct } from 'constructs';
import type { PatchApprovalRule } from './patch-approval-rule';
import type { PatchSource } from './patch-source';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { checkDate } from '../common/validation';

/** Rejects values of another type in rules. */
export function checkApprovalRules(scope: IConstruct, at: string, rules: readonly PatchApprovalRule[]): void {
  checkEach(scope, at, rules, 'an object');
  rules.forEach(({ filters, approveAfter, approveUntil, complianceLevel, enableNonSecurity }, index) => {
    const prop = (name: string) => `${at}[${index}].${name}`;
    checkEach(scope, prop('filters'), filters, 'a PatchFilter');
    checkOptional(scope, prop('approveAfter'), approveAfter, 'a Duration');
    checkOptional(scope, prop('approveUntil'), approveUntil, 'a Date');
    checkDate(scope, prop('approveUntil'), approveUntil);
    checkOptional(scope, prop('complianceLevel'), complianceLevel, 'a string');
    checkOptional(scope, prop('enableNonSecurity'), enableNonSecurity, 'true or false');
  });
}

/** The day of a date in UTC, as the service evaluates it. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** Rejects values of another type in sources. */
export function checkPatchSources(scope: IConstruct, at: string, sources: readonly PatchSource[]): void {
  checkEach(scope, at, sources, 'an object');
  sources.forEach(({ name, products, configuration }, index) => {
    checkGiven(scope, `${at}[${index}].name`, name, 'a string');
    checkEach(scope, `${at}[${index}].products`, products, 'a string');
    checkGiven(scope, `${at}[${index}].configuration`, configuration, 'a string');
  });
}
