import type { IConstruct } from 'constructs';
import type { PatchBaselineOptions } from './patch-baseline-props';
import { PATCH_BASELINE_WORDING, renderPatchBaselineOptions } from './render-patch-baseline';
import { validationError } from '../common/errors';
import { sorted } from '../common/json';
import { knownProperties } from '../common/known-properties';
import { addWarning } from '../common/warnings';
import type { Wording } from '../rules/diagnostic';
import { PartialText } from '../rules/partial-text';
import { baselineOverrideDiagnostics } from '../rules/patch-baseline';
import { isList, isMap, mapOf, UNKNOWN } from '../rules/value';
import type { Properties, Value } from '../rules/value';

/**
 * What the service takes for what is left out. A file has all members, as those of the guide: they are answers of GetPatchBaseline.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-baselineoverride-parameter.html#patch-manager-baselineoverride-parameter-code
 */
const DEFAULTS: Properties = {
  ApprovedPatches: [],
  ApprovedPatchesComplianceLevel: 'UNSPECIFIED',
  ApprovedPatchesEnableNonSecurity: false,
  GlobalFilters: { PatchFilters: [] },
  RejectedPatches: [],
  RejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
  Sources: [],
};
const RULE_DEFAULTS: Properties = { ComplianceLevel: 'UNSPECIFIED', EnableNonSecurity: false };

/** The content of a file with baselines. Fails if the rule book finds something wrong in it, or if it is not known. */
export function overrideFileContent(scope: IConstruct, baselines: readonly PatchBaselineOptions[]): string {
  const twin = baselines.findIndex(({ operatingSystem }, index) => baselines.findIndex((other) => other.operatingSystem === operatingSystem) < index);
  if (twin !== -1) {
    throw validationError(scope, `'baselines' must hold one baseline for each operating system, got a second one for ${baselines[twin].operatingSystem} in `
      + `'baselines[${twin}]', remove one of them`);
  }
  const content = baselines.map((baseline, index) => fileBaseline(checkedBaseline(scope, baseline, `baselines[${index}].`)));
  return `${JSON.stringify(sorted(content, 'baselines'), undefined, 2)}\n`;
}

function checkedBaseline(scope: IConstruct, baseline: PatchBaselineOptions, at: string): Properties {
  const wording: Wording = (path) => at + PATCH_BASELINE_WORDING(path);
  const properties = knownProperties(scope, renderPatchBaselineOptions(scope, baseline, at));
  const unknown = pathOfUnknown(properties, '');
  if (unknown !== undefined) {
    throw validationError(scope, `'${wording(unknown)}' must be known at synthesis, when it is written to a file, got a value that is known only at deployment, `
      + 'give a literal value or use a PatchBaseline');
  }
  const found = baselineOverrideDiagnostics(properties, wording);
  const error = found.find(({ severity }) => severity === 'error');
  if (error) {
    throw validationError(scope, error.message);
  }
  found.forEach((warning) => addWarning(scope, warning));
  return properties;
}

function fileBaseline(properties: Properties): Properties {
  const rules = mapOf(properties.ApprovalRules).PatchRules;
  const patchRules = isList(rules) ? rules.map((rule) => ({ ...RULE_DEFAULTS, ...mapOf(rule) })) : [];
  return { ...DEFAULTS, ...properties, ApprovalRules: { PatchRules: patchRules } };
}

/** Where the first value is that is known only at deployment. */
function pathOfUnknown(value: Value, path: string): string | undefined {
  if (value === UNKNOWN || value instanceof PartialText) {
    return path;
  }
  const members: [string, Value][] = isList(value) ? value.map((item, index) => [`${path}[${index}]`, item])
    : isMap(value) ? Object.entries(value).map(([name, member]) => [path === '' ? name : `${path}.${name}`, member]) : [];
  return members.map(([at, member]) => pathOfUnknown(member, at)).find((at) => at !== undefined);
}
