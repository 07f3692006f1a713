import { operationOf } from './patch-operation';
import type { Place, PatchResource, PatchTask } from './patch-resources';
import { isSamePlace } from './patch-resources';
import { renderedBaseline } from './rendered-baseline';
import type { RenderedBaseline } from './rendered-baseline';
import type { PatchInstallation } from './rules-by-system';
import { RulesBySystem, WINDOWS } from './rules-by-system';
import { PREDEFINED_BASELINES } from '../rules/predefined-baselines';
import { entriesOf, PATCH_GROUP_KEYS } from '../rules/selection';
import type { Properties } from '../rules/value';
import { isList } from '../rules/value';

/*
 * What a window installs, read from its resources as they are rendered: so constructs of this library, generated ones, escape hatches and templates
 * of any language give the same answer. Where a part of it is not known, nothing is said.
 */

/** Schedules that follow Patch Tuesday: their nodes run Windows, though nothing says so. */
const FOLLOWS_PATCH_TUESDAY = /(TUE|3)#[2-4]/;

export function followsPatchTuesday(expression: string): boolean {
  return FOLLOWS_PATCH_TUESDAY.test(expression);
}

/** What the windows of an app install. */
export class PatchInstallations {
  /** What the baselines of a place say is read once. */
  private readonly baselinesByStack = new Map<string, readonly RenderedBaseline[]>();

  constructor(private readonly baselines: () => readonly PatchResource[]) {}

  /**
   * What the tasks of a window install, Windows first; nothing if they install nothing, or if it is not known what.
   *
   * @param expression the schedule of the window
   */
  public of(tasks: readonly PatchTask[], expression: string): PatchInstallation[] {
    const installing = tasks.map((task) => [task, operationOf(task)] as const).filter(([, operation]) => operation !== 'none');
    const found = new RulesBySystem();
    for (const [task, operation] of installing) {
      const isKnown = operation === 'install' && task.isCertain && task.targets.every((target) => this.add(found, task, target, expression));
      if (!isKnown) {
        return [];
      }
    }
    return found.installations();
  }

  /** Adds what approves patches on the nodes of a target, and tells whether that is known. */
  private add(found: RulesBySystem, { place }: PatchTask, target: Properties | undefined, expression: string): boolean {
    const baselines = this.baselinesAt(place);
    return groupsOf(target).every((group) => {
      const named = baselines.map((baseline) => [baseline, isOf(baseline, group)] as const).filter(([, is]) => is !== false);
      const ofGroup = new RulesBySystem();
      const areKnown = named.every(([baseline, is]) => ofGroup.add(baseline.operatingSystem, is ? baseline.rules : undefined));
      // a group of its own baselines tells which systems its nodes run
      const areAll = group !== undefined && named.some(([, is]) => is);
      const others = areAll ? [] : baselines.filter(({ isDefault }) => isDefault !== false);
      const defaults = new RulesBySystem();
      const areDefaultsKnown = others.every(({ operatingSystem, isDefault, rules }) => defaults.add(operatingSystem, isDefault ? rules : undefined));
      if (!areAll && !defaults.has(WINDOWS) && followsPatchTuesday(expression)) {
        defaults.add(WINDOWS, [{ delayDays: PREDEFINED_BASELINES.WINDOWS.days! }]);
      }
      found.addAll(ofGroup);
      found.addAll(defaults);
      return areKnown && areDefaultsKnown;
    });
  }

  private baselinesAt(place: Place): readonly RenderedBaseline[] {
    const known = this.baselinesByStack.get(place.stack);
    const baselines = known ?? this.baselines().filter((baseline) => isSamePlace(baseline.place, place)).map(renderedBaseline);
    this.baselinesByStack.set(place.stack, baselines);
    return baselines;
  }
}

/** Whether a baseline is that of a patch group, or of any node; undefined if that is not known. */
function isOf({ groups, isDefault }: RenderedBaseline, group: string | undefined): boolean | undefined {
  if (groups === undefined) {
    return undefined;
  }
  if (group === undefined) {
    // nodes that are in none of the groups use it all the same if it is the default
    return groups.length > 0 ? isDefault || undefined : false;
  }
  return groups.includes(group) ? true : groups.includes(undefined) ? undefined : false;
}

/** The patch groups that a target selects, or that it selects nodes of any group. */
function groupsOf(target: Properties | undefined): (string | undefined)[] {
  const values = (entriesOf(target?.Targets) ?? []).filter(({ key }) => PATCH_GROUP_KEYS.some((one) => one === key)).map((entry) => entry.values);
  const groups = values.flatMap((list) => (isList(list) ? list : [undefined]));
  return groups.length > 0 ? groups.map((group) => (typeof group === 'string' ? group : undefined)) : [undefined];
}
