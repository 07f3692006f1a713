import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { overlapClusters } from './overlaps';
import { checkOrder } from './window-order';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkOptional } from '../common/given';
import { atEndOfSynthesis } from '../common/warnings';
import type { WindowCalendarEntry, PreviewRange, WindowOrderOptions, WindowPreviewOptions } from '../schedule/occurrence';
import { checkOptions, occurrenceOf } from '../schedule/preview';
import { scheduleWarningsBetween } from '../schedule/schedule-warnings';
import { iCalendar } from '../timeline/icalendar';
import { inOrder } from '../timeline/timeline';
import type { TimelineEntry, TimelineRange } from '../timeline/timeline';
import { timelineHtml } from '../timeline/timeline-html';
import { timelineText } from '../timeline/timeline-text';
import { compareWindowsBetween, warnLater } from '../window/app-windows';
import { MaintenanceWindow } from '../window/maintenance-window';
import { AppInstallations } from '../window/patch-resources';

/**
 * The occurrences of the maintenance windows of an app, a stage or a stack.
 *
 * Nothing here asks AWS or reads the clock. `MaintenanceWindow.preview` says what is known of changes of the clocks.
 *
 * @example
 * const calendar = MaintenanceWindowCalendar.of(this).toICalendar({
 *   start: new Date('2027-01-01T00:00:00Z'),
 *   end: new Date('2028-01-01T00:00:00Z'),
 * });
 */
export class MaintenanceWindowCalendar {
  /** Returns the calendar of the windows below a construct. Imported windows have no schedule. */
  public static of(scope: IConstruct): MaintenanceWindowCalendar {
    checkGiven(undefined, 'scope', scope, 'a construct');
    return new MaintenanceWindowCalendar(scope);
  }

  /**
   * Proves that windows open one after the other, for example development before production.
   *
   * Before each occurrence of a window, the window before it in the list must have an occurrence that starts no more than `within` earlier and has
   * ended. In between, the window itself must have no other occurrence. Fails at the first occurrence that breaks the order.
   *
   * It does not prove the order of patches: a patch that is approved between two windows is installed by the later one first. `patching.PatchRings`
   * proves both.
   *
   * @param windows in the order in which they shall open
   */
  public static assertOrder(windows: MaintenanceWindow[], options: WindowOrderOptions): void {
    checkEach(undefined, 'windows', windows, 'a MaintenanceWindow of this app');
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'within', options.within, 'a Duration');
    checkOptions(undefined, options);
    const { within = Duration.days(14) } = options;
    if (within.isUnresolved() || within.toMilliseconds() === 0) {
      throw validationError(undefined, `'within' must be known and longer than nothing, got ${within.isUnresolved() ? 'a duration known only at deployment' : '0'}`);
    }
    if (windows.length < 2) {
      throw validationError(undefined, `'windows' must hold at least 2 windows, got ${windows.length}`);
    }
    windows.slice(1).forEach((later, index) => checkOrder(windows[index], later, options, within));
  }

  private constructor(private readonly scope: IConstruct) {}

  /** Found when they are asked for: a calendar can be made before its windows. */
  private get windows(): MaintenanceWindow[] {
    return this.scope.node.findAll().filter(MaintenanceWindow.isMaintenanceWindow);
  }

  /** Those that can open. */
  private get enabledWindows(): MaintenanceWindow[] {
    return this.windows.filter(({ _enabled }) => _enabled);
  }

  /** The paths of windows whose schedule contains a token. The calendar leaves them out. */
  public get windowsWithUnresolvedSchedule(): string[] {
    return this.enabledWindows.filter((window) => 'unknown' in window._windowSpec).map((window) => window.node.path);
  }

  /** Returns all occurrences, in the order of their start, with those in black-outs. */
  public entries(options: WindowPreviewOptions): WindowCalendarEntry[] {
    return inOrder(this.timelineEntries(options)).map(({ path, timeZone, ...opening }) => ({ path, occurrence: occurrenceOf(opening) }));
  }

  /** Returns groups of overlapping occurrences, regardless of their targets. Each occurrence overlaps at least one other in its group. */
  public overlaps(options: WindowPreviewOptions): WindowCalendarEntry[][] {
    return overlapClusters(this.entries(options).filter(({ occurrence }) => occurrence.blackout === undefined));
  }

  /**
   * Adds warnings, at the end of synthesis, for problems that occur in a date range: windows that never open again, occurrences that a change of the
   * clocks skips, and windows that overlap on the same targets.
   *
   * Problems that do not depend on a date are reported at synthesis without calling this method.
   */
  public check(options: PreviewRange): void {
    checkOptions(undefined, options);
    compareWindowsBetween(this.scope, options);
    atEndOfSynthesis(this.scope, () => this.enabledWindows.forEach((window) => {
      const known = window._windowSpec;
      'spec' in known && scheduleWarningsBetween(window._schedule.expressionString, known.spec, options).forEach((advice) => warnLater(window, advice));
    }));
  }

  /** Returns the occurrences in the iCalendar format (RFC 5545), for calendar programs. */
  public toICalendar(options: WindowPreviewOptions): string {
    return iCalendar(...this.timeline(options));
  }

  /** Returns the occurrences as a table for a terminal. */
  public toText(options: WindowPreviewOptions): string {
    return timelineText(...this.timeline(options));
  }

  /** Returns the occurrences as an HTML page with a picture. The page needs no other file. */
  public toHtml(options: PreviewRange): string {
    const left = this.windowsWithUnresolvedSchedule.map((path) => ({ path, reason: 'has no openings that synthesis can tell' }));
    const disabled = this.windows.filter(({ _enabled }) => !_enabled).map(({ node }) => `${node.path} (disabled)`);
    return timelineHtml(...this.timeline(options), left, disabled);
  }

  private timelineEntries(options: WindowPreviewOptions): TimelineEntry[] {
    checkOptions(undefined, options);
    const installations = new AppInstallations(this.scope);
    return this.enabledWindows.filter((window) => 'spec' in window._windowSpec).flatMap((window) => {
      const timeZone = window._schedule.timeZone?.timezoneName;
      return window._openings(options, installations).map((opening) => ({ path: window.node.path, timeZone, ...opening }));
    });
  }

  private timeline(options: WindowPreviewOptions): [TimelineEntry[], TimelineRange] {
    const entries = this.timelineEntries(options);
    const last = entries.reduce((time, { end }) => Math.max(time, end.getTime()), options.start.getTime());
    return [entries, { start: options.start, end: options.end ?? new Date(last) }];
  }
}
