import type { Diagnostic, Wording } from './diagnostic';
import type { Bounds, PatternRule } from './findings';
import { Findings, textOfCharacters } from './findings';
import { formatValue } from './format-value';
import { NAME } from './names';
import { documentedValues } from './patch-filter-values';
import { DEFAULT_OPERATING_SYSTEM, FILTER_KEYS, OPERATING_SYSTEMS, approvesAtOnce, filterKeysOf, isLinux, isWindows } from './patch-platform';
import { checkTags } from './tags';
import type { Properties, Value } from './value';
import { booleanOf, isList, isMap, isOpen, mapOf, numberOf } from './value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-patchbaseline.html */
const PROPERTIES = [
  'ApprovalRules', 'ApprovedPatches', 'ApprovedPatchesComplianceLevel', 'ApprovedPatchesEnableNonSecurity', 'AvailableSecurityUpdatesComplianceStatus',
  'DefaultBaseline', 'Description', 'GlobalFilters', 'Name', 'OperatingSystem', 'PatchGroups', 'RejectedPatches', 'RejectedPatchesAction', 'Sources', 'Tags',
];

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html */
const DESCRIPTION: Bounds = { min: 1, max: 1024 };
const COMPLIANCE_LEVELS = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED'];
const REJECTED_PATCHES_ACTIONS = ['ALLOW_AS_DEPENDENCY', 'BLOCK'];
const COMPLIANCE_STATUSES = ['COMPLIANT', 'NON_COMPLIANT'];
const PATCH_IDS: Bounds = { min: 0, max: 50 };
const PATCH_ID: Bounds = { min: 1, max: 100 };

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRuleGroup.html */
const RULES: Bounds = { min: 0, max: 10 };

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchRule.html */
export const APPROVE_AFTER_DAYS: Bounds = { min: 0, max: 360 };
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilterGroup.html */
const FILTERS: Bounds = { min: 0, max: 4 };
/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html */
const FILTER_VALUES: Bounds = { min: 1, max: 20 };
const FILTER_VALUE: Bounds = { min: 1, max: 64 };

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchSource.html */
const SOURCES: Bounds = { min: 0, max: 20 };
const SOURCE_NAME = textOfCharacters('a-zA-Z0-9_\\-.', { min: 3, max: 50 }, 'be 3 to 50 characters long and hold only letters, digits, "_", "-" and "."');
const SOURCE_PRODUCTS: Bounds = { min: 1, max: 20 };
const SOURCE_PRODUCT: Bounds = { min: 1, max: 128 };
const SOURCE_CONFIGURATION: Bounds = { min: 1, max: 1024 };

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterPatchBaselineForPatchGroup.html */
export const PATCH_GROUP = textOfCharacters('\\p{L}\\p{Z}\\p{N}_.:/=+\\-@', { min: 1, max: 256 }, 'be 1 to 256 letters, digits, spaces and "_.:/=+-@"');

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetPatchBaseline.html */
export const PATCH_BASELINE_ID: PatternRule = { pattern: /^pb-[0-9a-f]{17}$/, rule: 'be the ID of a patch baseline, "pb-" and 17 hexadecimal digits' };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const PATCH_BASELINE_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:ssm:[a-z0-9-]+:[0-9]{12}:patchbaseline\/pb-[0-9a-f]{17}$/,
  rule: 'be the ARN of a patch baseline such as "arn:aws:ssm:eu-central-1:123456789012:patchbaseline/pb-0123456789abcdef0"',
};

/** What the service rejects in a patch baseline, and what its pages say has no effect on the operating system. */
export function patchBaselineDiagnostics(properties: Properties, wording?: Wording): readonly Diagnostic[] {
  const findings = new Findings(wording);
  findings.unknownProperties(properties, PROPERTIES);
  findings.required('Name', properties.Name, 'set it');
  findings.pattern('Name', properties.Name, NAME);
  findings.length('Description', properties.Description, DESCRIPTION);
  checkApprovals(findings, properties);
  checkTexts('PatchGroups', properties.PatchGroups, (property, group) => findings.pattern(property, group, PATCH_GROUP));
  findings.boolean('DefaultBaseline', properties.DefaultBaseline);
  checkTags(findings, 'Tags', properties.Tags);
  checkTagValues(findings, properties.Tags);
  return findings.all;
}

/**
 * What holds for a baseline in an override file, too: it has the members of a baseline that say what is approved.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_BaselineOverride.html
 */
export function baselineOverrideDiagnostics(properties: Properties, wording?: Wording): readonly Diagnostic[] {
  const findings = new Findings(wording);
  checkApprovals(findings, properties);
  return findings.all;
}

function checkApprovals(findings: Findings, properties: Properties): void {
  const operatingSystem = operatingSystemOf(properties);
  findings.oneOf('OperatingSystem', properties.OperatingSystem, OPERATING_SYSTEMS);
  checkRules(findings, properties.ApprovalRules, operatingSystem);
  checkFilterGroup(findings, 'GlobalFilters', properties.GlobalFilters, operatingSystem);
  checkPatchLists(findings, properties);
  findings.oneOf('AvailableSecurityUpdatesComplianceStatus', properties.AvailableSecurityUpdatesComplianceStatus, COMPLIANCE_STATUSES);
  checkSources(findings, properties.Sources);
  adviseOnNothing(findings, properties);
  operatingSystem !== undefined && adviseOnOperatingSystem(findings, properties, operatingSystem);
}

/** Global filters and rejected patches only take away from what rules and lists approve. */
function adviseOnNothing(findings: Findings, properties: Properties): void {
  if (isNothing(mapOf(properties.ApprovalRules).PatchRules, properties.ApprovalRules) && isNothing(properties.ApprovedPatches)) {
    findings.warning('approvesNothing', 'ApprovalRules',
      `${findings.name('ApprovalRules')} or ${findings.name('ApprovedPatches')} should be set, got neither, so that no patch is ever installed, set one of them`);
  }
}

/** Whether a list, and what holds it, is known to be left out or empty. */
function isNothing(list: Value, holder: Value = list): boolean {
  const isLeftOut = (value: Value) => value === undefined || value === null;
  return isLeftOut(holder) || (holder === list || isMap(holder)) && (isLeftOut(list) || isList(list) && list.length === 0);
}

/** The operating system of a baseline, as far as it is known and one of the service. */
export function operatingSystemOf({ OperatingSystem: value }: Properties): string | undefined {
  return value === undefined || value === null ? DEFAULT_OPERATING_SYSTEM : OPERATING_SYSTEMS.find((one) => one === value);
}

/** The items of a list that are known, each with its place. */
function itemsOf(property: string, list: Value): { readonly item: Properties; readonly at: string }[] {
  return (isList(list) ? list : []).flatMap((item, index) => isMap(item) ? [{ item, at: `${property}[${index}]` }] : []);
}

function checkTexts(property: string, list: Value, check: (property: string, text: Value) => void): void {
  (isList(list) ? list : []).forEach((text, index) => check(`${property}[${index}]`, text));
}

function checkPatchLists(findings: Findings, properties: Properties): void {
  for (const property of ['ApprovedPatches', 'RejectedPatches']) {
    findings.count(property, properties[property], 'patches', PATCH_IDS);
    checkTexts(property, properties[property], (at, patch) => findings.length(at, patch, PATCH_ID));
  }
  findings.oneOf('ApprovedPatchesComplianceLevel', properties.ApprovedPatchesComplianceLevel, COMPLIANCE_LEVELS);
  findings.boolean('ApprovedPatchesEnableNonSecurity', properties.ApprovedPatchesEnableNonSecurity);
  findings.oneOf('RejectedPatchesAction', properties.RejectedPatchesAction, REJECTED_PATCHES_ACTIONS);
}

function checkRules(findings: Findings, rules: Value, operatingSystem: string | undefined): void {
  const property = 'ApprovalRules.PatchRules';
  const list = mapOf(rules).PatchRules;
  findings.count(property, list, 'rules', RULES);
  for (const { item: rule, at } of itemsOf(property, list)) {
    findings.required(`${at}.PatchFilterGroup`, rule.PatchFilterGroup, 'set it');
    checkFilterGroup(findings, `${at}.PatchFilterGroup`, rule.PatchFilterGroup, operatingSystem);
    checkApproval(findings, at, rule, operatingSystem);
    findings.oneOf(`${at}.ComplianceLevel`, rule.ComplianceLevel, COMPLIANCE_LEVELS);
    findings.boolean(`${at}.EnableNonSecurity`, rule.EnableNonSecurity);
  }
}

/** A rule approves after a delay or until a date; an operating system that approves at once needs neither. */
function checkApproval(findings: Findings, at: string, rule: Properties, operatingSystem: string | undefined): void {
  const { ApproveAfterDays: days, ApproveUntilDate: date } = rule;
  const [after, until] = [`${at}.ApproveAfterDays`, `${at}.ApproveUntilDate`];
  const [hasDays, hasDate] = [days, date].map((value) => value !== undefined && value !== null);
  findings.integer(after, days, APPROVE_AFTER_DAYS, 'days');
  if (!isOpen(date) && !isDate(date)) {
    findings.error(until, `${findings.name(until)} must be a date such as 2030-01-31, got ${formatValue(date)}`);
  }
  if (hasDays && hasDate) {
    findings.error(after, `${findings.name(after)} must not be set together with ${findings.name(until)}, got both, remove one of them`);
  } else if (!hasDays && !hasDate && operatingSystem !== undefined && !approvesAtOnce(operatingSystem)) {
    findings.error(after, `${findings.name(after)} or ${findings.name(until)} must be set, got neither, set one of them`);
  }
}

function isDate(value: Value): boolean {
  const date = typeof value === 'string' && DATE.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(String(value));
}

function checkFilterGroup(findings: Findings, property: string, group: Value, operatingSystem: string | undefined): void {
  const list = `${property}.PatchFilters`;
  if (!isMap(group)) {
    return;
  }
  findings.required(list, group.PatchFilters, 'set it');
  findings.count(list, group.PatchFilters, 'filters', FILTERS);
  for (const { item: { Key: key, Values: values }, at } of itemsOf(list, group.PatchFilters)) {
    findings.required(`${at}.Key`, key, 'set it');
    findings.required(`${at}.Values`, values, 'set it');
    findings.oneOf(`${at}.Key`, key, FILTER_KEYS);
    checkFilterValues(findings, `${at}.Values`, values);
    const keys = operatingSystem === undefined ? FILTER_KEYS : filterKeysOf(operatingSystem);
    if (FILTER_KEYS.some((one) => one === key) && !keys.some((one) => one === key)) {
      findings.warning('patchFilterKey', `${at}.Key`,
        `${findings.name(`${at}.Key`)} should be one of ${keys.join(', ')} for ${operatingSystem}, got ${formatValue(key)}, filter by one of them`);
    }
    operatingSystem !== undefined && adviseOnValues(findings, `${at}.Values`, key, values, operatingSystem);
  }
}

/** The service refuses values that it does not know ("Invalid Filter Value"); which it knows today, only an account can tell. */
function adviseOnValues(findings: Findings, property: string, key: Value, values: Value, operatingSystem: string): void {
  checkTexts(property, values, (at, value) => {
    const documented = typeof key === 'string' && typeof value === 'string' ? documentedValues(operatingSystem, key, value) : undefined;
    documented && findings.warning('patchFilterValue', at,
      `${findings.name(at)} should be one of ${documented.values.join(', ')}, or * for all, in a filter by ${String(key)} for ${operatingSystem}, `
      + `got ${formatValue(value)}, use ${documented.meant === undefined ? 'one of them' : formatValue(documented.meant)}`);
  });
}

/** What holds for the values of a filter, wherever it is used. */
export function checkFilterValues(findings: Findings, property: string, values: Value): void {
  findings.count(property, values, 'values', FILTER_VALUES);
  checkTexts(property, values, (at, value) => findings.length(at, value, FILTER_VALUE));
}

function checkSources(findings: Findings, sources: Value): void {
  findings.count('Sources', sources, 'sources', SOURCES);
  for (const { item: source, at } of itemsOf('Sources', sources)) {
    ['Name', 'Products', 'Configuration'].forEach((name) => findings.required(`${at}.${name}`, source[name], 'set it'));
    findings.pattern(`${at}.Name`, source.Name, SOURCE_NAME);
    findings.count(`${at}.Products`, source.Products, 'products', SOURCE_PRODUCTS);
    checkTexts(`${at}.Products`, source.Products, (one, product) => findings.length(one, product, SOURCE_PRODUCT));
    findings.length(`${at}.Configuration`, source.Configuration, SOURCE_CONFIGURATION);
  }
}

/** CloudFormation takes no empty value in tags of this resource, unlike those of windows. */
function checkTagValues(findings: Findings, tags: Value): void {
  for (const { item: { Key: key, Value: value } } of itemsOf('Tags', tags)) {
    if (value === '') {
      findings.error('Tags', `a value of ${findings.name('Tags')} must have at least one character, got an empty text for ${formatValue(key)}, give it a value`);
    }
  }
}

/** What the pages of AWS say applies to other operating systems only. That the service refuses it, they do not say. */
function adviseOnOperatingSystem(findings: Findings, properties: Properties, operatingSystem: string): void {
  const { AvailableSecurityUpdatesComplianceStatus: status, Sources: sources } = properties;
  const advise = (property: string, rule: string, got: string) => findings.warning('notSupportedByOperatingSystem', property,
    `${findings.name(property)} should ${rule}, got ${got} for ${operatingSystem}, remove it`);
  if (typeof status === 'string' && !isWindows(operatingSystem)) {
    advise('AvailableSecurityUpdatesComplianceStatus', 'be set for WINDOWS only', formatValue(status));
  }
  const rules = itemsOf('ApprovalRules.PatchRules', mapOf(properties.ApprovalRules).PatchRules);
  if (!isLinux(operatingSystem)) {
    isList(sources) && sources.length > 0 && advise('Sources', 'be set for Linux only', `${sources.length} of them`);
    const flags: [string, Value][] = [
      ['ApprovedPatchesEnableNonSecurity', properties.ApprovedPatchesEnableNonSecurity],
      ...rules.map(({ item, at }): [string, Value] => [`${at}.EnableNonSecurity`, item.EnableNonSecurity]),
    ];
    flags.filter(([, value]) => booleanOf(value)).forEach(([property]) => advise(property, 'be set for Linux only', 'true'));
  }
  for (const { item: { ApproveAfterDays: days, ApproveUntilDate: date }, at } of approvesAtOnce(operatingSystem) ? rules : []) {
    const rule = 'be left out where packages have no reliable release dates and are approved at once';
    !isOpen(days) && numberOf(days) !== 0 && advise(`${at}.ApproveAfterDays`, rule, formatValue(days));
    !isOpen(date) && advise(`${at}.ApproveUntilDate`, rule, formatValue(date));
  }
}
