import type { CfnPatchBaseline, CfnPatchBaselineProps } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import type { PatchApprovalRule } from './patch-approval-rule';
import { checkApprovalRules, checkPatchSources, dayOf } from './patch-baseline-checks';
import type { PatchBaselineProps } from './patch-baseline-props';
import { PatchComplianceStatus } from './patch-baseline-props';
import type { PatchFilter } from './patch-filter';
import { PatchOperatingSystem } from './patch-operating-system';
import { generatedName } from '../common/generated-name';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { sortedRecord } from '../common/json';
import { constructWording } from '../common/rendered-resource';
import { wholeNumberOf } from '../common/validation';
import type { Wording } from '../rules/diagnostic';
import { APPROVE_AFTER_DAYS } from '../rules/patch-baseline';
import { approvesAtOnce } from '../rules/patch-platform';

const nameOf = constructWording({
  Name: 'patchBaselineName',
  ApproveAfterDays: 'approveAfter',
  ApproveUntilDate: 'approveUntil',
  AvailableSecurityUpdatesComplianceStatus: 'availableSecurityUpdatesCompliance',
});

/** Rules and filters lie a level higher in the props than in CloudFormation, so that the path of a property gets shorter. */
export const PATCH_BASELINE_WORDING: Wording = (path) => path
  .replace('ApprovalRules.PatchRules', 'ApprovalRules')
  .replace('GlobalFilters.PatchFilters', 'GlobalFilters')
  .replace(/PatchFilterGroup(\.PatchFilters)?/, 'Filters')
  .split('.')
  .map((step) => (path.includes('.') && step === 'Name' ? 'name' : nameOf(step)))
  .join('.');

/** Rejects values of another type. What they hold, the rule book checks. */
export function checkPatchBaselineProps(scope: IConstruct, props: PatchBaselineProps): void {
  checkGiven(scope, 'props', props, 'an object');
  checkGiven(scope, 'operatingSystem', props.operatingSystem, 'a string');
  checkOptional(scope, 'patchBaselineName', props.patchBaselineName, 'a string');
  checkOptional(scope, 'description', props.description, 'a string');
  checkOptional(scope, 'approvedPatchesComplianceLevel', props.approvedPatchesComplianceLevel, 'a string');
  checkOptional(scope, 'rejectedPatchesAction', props.rejectedPatchesAction, 'a string');
  checkOptional(scope, 'availableSecurityUpdatesCompliance', props.availableSecurityUpdatesCompliance, 'a string');
  checkOptional(scope, 'approvedPatchesEnableNonSecurity', props.approvedPatchesEnableNonSecurity, 'true or false');
  checkOptional(scope, 'defaultBaseline', props.defaultBaseline, 'true or false');
  props.approvalRules !== undefined && checkApprovalRules(scope, props.approvalRules);
  props.globalFilters !== undefined && checkEach(scope, 'globalFilters', props.globalFilters, 'a PatchFilter');
  props.sources !== undefined && checkPatchSources(scope, props.sources);
  for (const prop of ['approvedPatches', 'rejectedPatches', 'patchGroups'] as const) {
    props[prop] !== undefined && checkEach(scope, prop, props[prop], 'a string');
  }
  checkOptional(scope, 'tags', props.tags, 'an object');
  Object.entries(props.tags ?? {}).forEach(([key, value]) => checkGiven(scope, `tags.${key}`, value, 'a string'));
}

/** The properties of the resource. */
export function renderPatchBaseline(scope: IConstruct, props: PatchBaselineProps): CfnPatchBaselineProps {
  const defaultStatus = props.operatingSystem === PatchOperatingSystem.WINDOWS ? PatchComplianceStatus.NON_COMPLIANT : undefined;
  return {
    name: props.patchBaselineName ?? generatedName(scope),
    description: props.description,
    operatingSystem: props.operatingSystem,
    approvalRules: props.approvalRules && {
      patchRules: props.approvalRules.map((rule, index) => renderRule(scope, `approvalRules[${index}]`, rule, props.operatingSystem)),
    },
    globalFilters: props.globalFilters && { patchFilters: renderFilters(props.globalFilters) },
    approvedPatches: props.approvedPatches,
    approvedPatchesComplianceLevel: props.approvedPatchesComplianceLevel,
    approvedPatchesEnableNonSecurity: props.approvedPatchesEnableNonSecurity,
    rejectedPatches: props.rejectedPatches,
    rejectedPatchesAction: props.rejectedPatchesAction,
    sources: props.sources?.map(({ name, products, configuration }) => ({ name, products, configuration })),
    patchGroups: props.patchGroups,
    defaultBaseline: props.defaultBaseline ?? false,
    availableSecurityUpdatesComplianceStatus: props.availableSecurityUpdatesCompliance ?? defaultStatus,
    tags: props.tags && Object.entries(sortedRecord(props.tags, (value) => value)).map(([key, value]) => ({ key, value })),
  };
}

function renderFilters(filters: readonly PatchFilter[]): CfnPatchBaseline.PatchFilterProperty[] {
  return filters.map(({ key, values }) => ({ key, values }));
}

function renderRule(scope: IConstruct, prop: string, rule: PatchApprovalRule, operatingSystem: string): CfnPatchBaseline.RuleProperty {
  const days = rule.approveAfter && wholeNumberOf(scope, `${prop}.approveAfter`, rule.approveAfter, 'days', APPROVE_AFTER_DAYS);
  // the API asks for a delay or a date of every rule, also where it has no effect
  const isAtOnce = approvesAtOnce(operatingSystem) && rule.approveAfter === undefined && rule.approveUntil === undefined;
  return {
    patchFilterGroup: { patchFilters: renderFilters(rule.filters) },
    approveAfterDays: isAtOnce ? 0 : days,
    approveUntilDate: rule.approveUntil && dayOf(rule.approveUntil),
    complianceLevel: rule.complianceLevel,
    enableNonSecurity: rule.enableNonSecurity,
  };
}
