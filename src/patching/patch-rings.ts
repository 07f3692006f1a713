import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import type { TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { shortestDelay } from './approval-time';
import { PatchBaseline } from './patch-baseline';
import { PatchOperatingSystem } from './patch-operating-system';
import type { PatchRing, PatchRingsProps, PatchRingWindowsOptions } from './patch-rings-props';
import { PatchWindows } from './patch-windows';
import { PredefinedPatchBaseline } from './predefined-patch-baseline';
import { RING_YEARS, ringProblem, startsForRings } from './ring-proof';
import type { RingWindow } from './ring-proof';
import { ringProblemMessage } from './ring-words';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { classMark } from '../common/per-construct';
import { formatValue, wholeNumberOf } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { APPROVE_AFTER_DAYS } from '../rules/patch-baseline';
import { PATCH_GROUP_KEYS } from '../rules/selection';
import { MaintenanceWindowSchedule } from '../schedule/maintenance-window-schedule';
import type { MaintenanceWindow } from '../window/maintenance-window';

const MARK = classMark('PatchRings');

/** Longer than from one Patch Tuesday to the next but one, nothing soaks: the next update is there. */
const SOAK_HOURS = { min: 0, max: 60 * 24 };

/** Windows of a ring that are proven. */
interface Member extends RingWindow {
  readonly window: MaintenanceWindow;
}

/** A ring with its windows. */
interface Ring extends PatchRing {
  readonly soakHours: number;
  readonly members: Member[];
  /** Windows that cannot be proven count as windows. */
  windowCount: number;
}

/**
 * Rings of nodes that patches reach one after the other: development before production.
 *
 * Each ring opens a number of days after Patch Tuesday and has its own delay of approval. The windows of a ring can be in different stacks, stages,
 * accounts and Regions. Fails as soon as windows are added with which a ring could install a patch that windows of the ring before have not installed,
 * ended and let soak: it looks at each occurrence of 28 years, in which the calendar repeats. What a filter of a baseline leaves out, a rejected
 * patch, nodes that are offline and a failed installation are known at run time only.
 *
 * `MaintenanceWindowCalendar.of(app)` is the calendar of all rings.
 *
 * @example
 * declare const app: App;
 * declare const development: Stack;
 * declare const production: Stack;
 *
 * const rings = new patching.PatchRings(app, 'Rings', {
 *   hour: '2',
 *   rings: [
 *     { name: 'dev', daysAfter: Duration.days(1), approveAfter: Duration.days(0) },
 *     { name: 'prod', daysAfter: Duration.days(8), approveAfter: Duration.days(7), soakTime: Duration.days(5) },
 *   ],
 * });
 * rings.addPatchWindows(development, 'Web', { ring: 'dev', selector: TargetSelector.patchGroup('web-dev') });
 * rings.addPatchWindows(production, 'Web', { ring: 'prod', selector: TargetSelector.patchGroup('web-prod') });
 */
export class PatchRings extends Construct {
  /** Returns whether an object is a `PatchRings`. */
  public static isPatchRings(x: any): x is PatchRings {
    return MARK.has(x);
  }

  private readonly rings: readonly Ring[];
  private readonly operatingSystem: PatchOperatingSystem;

  constructor(scope: Construct, id: string, private readonly props: PatchRingsProps) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    checkGiven(this, 'rings', props.rings, 'a list');
    checkOptional(this, 'timeZone', props.timeZone, 'a TimeZone');
    props.filters !== undefined && checkEach(this, 'filters', props.filters, 'a PatchFilter');
    this.operatingSystem = props.operatingSystem ?? PatchOperatingSystem.WINDOWS;
    // refuses what it does not know
    PredefinedPatchBaseline._of(this.operatingSystem);
    this.rings = props.rings.map((ring, index) => this.checkedRing(ring, index));
    if (this.rings.length < 2) {
      throw validationError(this, `'rings' must hold at least 2 rings, got ${this.rings.length}, add one or use PatchWindows`);
    }
    atEndOfSynthesis(this, () => this.rings.filter(({ windowCount }) => windowCount === 0).forEach(({ name }) => addWarning(this, {
      id: 'ringWithoutWindows',
      message: `each ring of 'rings' should have windows, as the rings around it are not compared across it, got none for ${formatValue(name)}, `
        + 'call addPatchWindows() or remove the ring',
    })));
  }

  /**
   * Defines two windows that keep nodes of a ring patched.
   *
   * Fails if the order of windows or of patches is broken by them. Windows with a schedule or a delay that is known only at deployment are not proven,
   * which is told.
   *
   * @param scope the stack, or a construct in it
   */
  public addPatchWindows(scope: Construct, id: string, options: PatchRingWindowsOptions): PatchWindows {
    checkGiven(this, 'options', options, 'an object');
    checkGiven(this, 'ring', options.ring, 'a string');
    checkOptional(this, 'timeZone', options.timeZone, 'a TimeZone');
    const ring = this.ringOf(options.ring);
    const { ring: _name, timeZone = this.props.timeZone, ...others } = options;
    const baselines = this.takesRingBaseline(ring, options) ? [this.baselineOf(ring, scope, options)] : options.baselines;
    const windows = new PatchWindows(scope, id, { ...others, baselines, installSchedule: this.scheduleOf(ring, timeZone) });
    ring.windowCount += 1;
    this.prove(ring, windows, this.delayOf(ring, options), timeZone);
    return windows;
  }

  private checkedRing(ring: PatchRing, index: number): Ring {
    const prop = `rings[${index}]`;
    checkGiven(this, prop, ring, 'an object');
    checkGiven(this, `${prop}.name`, ring.name, 'a string');
    checkGiven(this, `${prop}.daysAfter`, ring.daysAfter, 'a Duration');
    checkOptional(this, `${prop}.approveAfter`, ring.approveAfter, 'a Duration');
    checkOptional(this, `${prop}.soakTime`, ring.soakTime, 'a Duration');
    if (ring.name === '' || Token.isUnresolved(ring.name) || this.props.rings.slice(0, index).some(({ name }) => name === ring.name)) {
      throw validationError(this, `'${prop}.name' must be a text that no other ring has, got ${formatValue(ring.name)}, choose another one`);
    }
    ring.approveAfter && wholeNumberOf(this, `${prop}.approveAfter`, ring.approveAfter, 'days', APPROVE_AFTER_DAYS);
    const { soakTime = Duration.hours(0) } = ring;
    if (soakTime.isUnresolved()) {
      throw validationError(this, `'${prop}.soakTime' must be known at synthesis, as nothing is deployed of it, got a duration known only at deployment`);
    }
    return { ...ring, soakHours: wholeNumberOf(this, `${prop}.soakTime`, soakTime, 'hours', SOAK_HOURS), members: [], windowCount: 0 };
  }

  private ringOf(name: string): Ring {
    const ring = this.rings.find((one) => one.name === name);
    if (!ring) {
      throw validationError(this, `'ring' must be one of ${this.rings.map((one) => formatValue(one.name)).join(', ')}, got ${formatValue(name)}`);
    }
    return ring;
  }

  private scheduleOf({ daysAfter }: Ring, timeZone: TimeZone | undefined): MaintenanceWindowSchedule {
    return MaintenanceWindowSchedule.patchTuesday({ hour: this.props.hour, minute: this.props.minute, daysAfter, timeZone });
  }

  private takesRingBaseline({ approveAfter }: Ring, { baselines, baselineOverride }: PatchRingWindowsOptions): boolean {
    return approveAfter !== undefined && baselines === undefined && baselineOverride === undefined;
  }

  /** One for each stack: a patch group has one baseline, wherever its nodes are patched. */
  private baselineOf({ name, approveAfter }: Ring, scope: Construct, { selector }: PatchRingWindowsOptions): PatchBaseline {
    checkGiven(this, 'selector', selector, 'a TargetSelector');
    if (!PATCH_GROUP_KEYS.some((key) => selector.targets[key] !== undefined)) {
      throw validationError(this, `'selector' must select patch groups for 'approveAfter' of the ring ${formatValue(name)} to apply, `
        + `got ${formatValue(selector.targets)}, use TargetSelector.patchGroup(), or give 'baselineOverride'`);
    }
    const stack = Stack.of(scope);
    const id = `@${this.node.id}-${name}`;
    return stack.node.tryFindChild(id) as PatchBaseline | undefined ?? new PatchBaseline(stack, id, {
      operatingSystem: this.operatingSystem,
      description: `Patches of the ring ${name}`,
      approvalRules: [{ filters: this.props.filters ?? [], approveAfter }],
    });
  }

  /** The days of delay of windows, or undefined if they are not known. */
  private delayOf({ approveAfter }: Ring, { baselines, baselineOverride }: PatchRingWindowsOptions): number | undefined {
    if (baselineOverride) {
      return undefined;
    }
    const own = baselines?.filter(PatchBaseline.isPatchBaseline).find(({ operatingSystem }) => operatingSystem === this.operatingSystem);
    if (own) {
      return shortestDelay(own._approvals);
    }
    const delay = approveAfter ?? PredefinedPatchBaseline._of(this.operatingSystem).approveAfter ?? Duration.days(0);
    return delay.isUnresolved() ? undefined : delay.toDays();
  }

  private prove(ring: Ring, { installWindow: window }: PatchWindows, delayDays: number | undefined, timeZone: TimeZone | undefined): void {
    const known = window._windowSpec;
    if ('unknown' in known || delayDays === undefined || ring.daysAfter.isUnresolved()) {
      addWarning(window, {
        id: 'ringNotProven',
        message: 'windows of a ring should have a schedule and a delay that are known at synthesis for the order of patches to be proven, '
          + `got ${'unknown' in known ? `a schedule ${known.unknown}` : 'a delay that is not known: an override, a fixed date or a token'}`,
      });
      return;
    }
    const member: Member = {
      window,
      openings: startsForRings(known.spec),
      durationHours: known.spec.durationHours,
      delayDays,
      daysAfter: ring.daysAfter.toDays(),
      timeZone: timeZone?.timezoneName ?? 'UTC',
    };
    const index = this.rings.indexOf(ring);
    this.rings[index - 1]?.members.forEach((earlier) => this.compare(this.rings[index - 1], earlier, ring, member));
    this.rings[index + 1]?.members.forEach((later) => this.compare(ring, member, this.rings[index + 1], later));
    ring.members.push(member);
  }

  private compare(earlierRing: Ring, earlier: Member, laterRing: Ring, later: Member): void {
    const { soakHours } = laterRing;
    const problem = ringProblem({ earlier, later, soakHours, replaces: this.operatingSystem === PatchOperatingSystem.WINDOWS }, RING_YEARS);
    if (problem) {
      throw validationError(later.window, ringProblemMessage(problem, {
        earlier: { ring: earlierRing.name, path: earlier.window.node.path, window: earlier },
        later: { ring: laterRing.name, path: later.window.node.path, window: later },
        soakHours,
      }));
    }
  }
}
