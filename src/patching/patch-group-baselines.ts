import type { IConstruct } from 'constructs';
import type { PatchBaseline } from './patch-baseline';
import { validationError } from '../common/errors';
import { formatValue } from '../common/validation';
import { PATCH_GROUP_KEYS } from '../rules/selection';
import type { TargetSelector } from '../target/target-selector';

/** Applies baselines to the patch groups that a selector selects, one of them for each operating system. */
export function applyToPatchGroups(scope: IConstruct, baselines: readonly PatchBaseline[], { targets }: TargetSelector): void {
  const key = PATCH_GROUP_KEYS.find((one) => targets[one] !== undefined);
  if (key === undefined) {
    throw validationError(scope, `'selector' must select patch groups for 'baselines' to apply, got ${formatValue(targets)}, use TargetSelector.patchGroup()`);
  }
  baselines.forEach(({ operatingSystem, node }, index) => {
    const twin = baselines.slice(0, index).find((other) => other.operatingSystem === operatingSystem);
    if (twin) {
      throw validationError(scope, `'baselines' must hold one baseline for each operating system, got ${formatValue(twin.node.path)} and `
        + `${formatValue(node.path)} for ${String(operatingSystem)}, remove one of them`);
    }
  });
  baselines.forEach((baseline) => targets[key].forEach((group) => baseline.addPatchGroup(group)));
}
