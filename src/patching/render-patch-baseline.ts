import type { CfnPatchBaseline, CfnPatchBaselineProps } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import type { PatchApprovalRule } from './patch-approval-rule';
import { checkApprovalRules, checkPatchSources, dayOf } from './patch-baseline-checks';
import type { PatchBaselineOptions, PatchBaselineProps } from './patch-baseline-props';
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
  checkPatchBaselineOptions(scope, props);
  checkOptional(scope, 'patchBaselineName', props.patchBaselineName, 'a string');
  checkOptional(scope, 'description', props.description, 'a string');
  checkOptional(scope, 'defaultBaseline', props.defaultBaseline, 'true or false');
  props.patchGroups !== undefined && checkEach(scope, 'patchGroups', props.patchGroups, 'a string');
  checkOptional(scope, 'tags', props.tags, 'an object');
  Object.entries(props.tags ?? {}).forEach(([key, value]) => checkGiven(scope, `tags.${key}`, value, 'a string'));
}

/**
 * Rejects values of another type in what a baseline approves.
 *
 * @param at what stands before the names of props, such as `baselines[0].`
 */
export function checkPatchBaselineOptions(scope: IConstruct, options: PatchBaselineOptions, at: string = ''): void {
  checkGiven(scope, `${at}operatingSystem`, options.operatingSystem, 'a string');
  for (const prop of ['approvedPatchesComplianceLevel', 'rejectedPatchesAction', 'availableSecurityUpdatesCompliance'] as const) {
    checkOptional(scope, at + prop, options[prop], 'a string');
  }
  checkOptional(scope, `${at}approvedPatchesEnableNonSecurity`, options.approvedPatchesEnableNonSecurity, 'true or false');
  options.approvalRules !== undefined && checkApprovalRules(scope, `${at}approvalRules`, options.approvalRules);
  options.globalFilters !== undefined && checkEach(scope, `${at}globalFilters`, options.globalFilters, 'a PatchFilter');
  options.sources !== undefined && checkPatchSources(scope, `${at}sources`, options.sources);
  for (const prop of ['approvedPatches', 'rejectedPatches'] as const) {
    options[prop] !== undefined && checkEach(scope, at + prop, options[prop], 'a string');
  }
}

/** The properties of the resource. */
export function renderPatchBaseline(scope: IConstruct, props: PatchBaselineProps): CfnPatchBaselineProps {
  return {
    name: props.patchBaselineName ?? generatedName(scope),
    description: props.description,
    ...renderPatchBaselineOptions(scope, props),
    patchGroups: props.patchGroups,
    defaultBaseline: props.defaultBaseline ?? false,
    tags: props.tags && Object.entries(sortedRecord(props.tags, (value) => value)).map(([key, value]) => ({ key, value })),
  };
}

/** What a baseline approves, as CloudFormation has it, and the API but for capital letters. */
interface RenderedOptions extends Omit<CfnPatchBaselineProps, 'name' | 'approvalRules' | 'globalFilters' | 'sources'> {
  readonly approvalRules?: { readonly patchRules: CfnPatchBaseline.RuleProperty[] };
  readonly globalFilters?: { readonly patchFilters: CfnPatchBaseline.PatchFilterProperty[] };
  readonly sources?: CfnPatchBaseline.PatchSourceProperty[];
}

/**
 * What a baseline approves.
 *
 * @param at what stands before the names of props, such as `baselines[0].`
 */
export function renderPatchBaselineOptions(scope: IConstruct, options: PatchBaselineOptions, at: string = ''): RenderedOptions {
  const defaultStatus = options.operatingSystem === PatchOperatingSystem.WINDOWS ? PatchComplianceStatus.NON_COMPLIANT : undefined;
  return {
    operatingSystem: options.operatingSystem,
    approvalRules: options.approvalRules && {
      patchRules: options.approvalRules.map((rule, index) => renderRule(scope, `${at}approvalRules[${index}]`, rule, options.operatingSystem)),
    },
    globalFilters: options.globalFilters && { patchFilters: renderFilters(options.globalFilters) },
    approvedPatches: options.approvedPatches,
    approvedPatchesComplianceLevel: options.approvedPatchesComplianceLevel,
    approvedPatchesEnableNonSecurity: options.approvedPatchesEnableNonSecurity,
    rejectedPatches: options.rejectedPatches,
    rejectedPatchesAction: options.rejectedPatchesAction,
    sources: options.sources?.map(({ name, products, configuration }) => ({ name, products, configuration })),
    availableSecurityUpdatesComplianceStatus: options.availableSecurityUpdatesCompliance ?? defaultStatus,
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
