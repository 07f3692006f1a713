import { ForecastError } from './errors';
import type { TemplateWindow } from './template-windows';
import { withApprovals, type WithApprovals } from '../approval/opening-approvals';
import type { Opening, ScheduleSpec } from '../schedule/engine/openings';
import { scheduledBetween } from '../schedule/engine/openings-between';
import type { TimelineEntry, TimelineRange } from '../timeline/timeline';

/** A window with its openings in a span of time, and what is in black-outs. */
export interface ForecastWindow extends TemplateWindow {
  readonly spec: ScheduleSpec;
  readonly openings: readonly WithApprovals<Opening>[];
}

/** When the windows of templates open. */
export interface Forecast {
  readonly range: TimelineRange;
  readonly windows: readonly ForecastWindow[];
  /** Windows whose openings the templates leave to deployment. */
  readonly undetermined: readonly TemplateWindow[];
}

/** More than anybody reads; a window that opens every minute has them in ten weeks. */
export const MAX_OCCURRENCES = 100_000;

export function forecast(windows: readonly TemplateWindow[], range: TimelineRange): Forecast {
  const known: ForecastWindow[] = [];
  let count = 0;
  for (const { spec, ...window } of windows) {
    const openings: WithApprovals<Opening>[] = [];
    for (const opening of spec ? scheduledBetween(spec, range.start, range.end) : []) {
      openings.push(withApprovals(opening, window.installations ?? []));
      count++;
      if (count > MAX_OCCURRENCES) {
        throw new ForecastError(`windows must open at most ${MAX_OCCURRENCES} times in the time looked at, got more, give fewer --weeks or the template of one stack`);
      }
    }
    spec && known.push({ ...window, spec, openings });
  }
  return { range, windows: known, undetermined: windows.filter(({ spec }) => spec === undefined) };
}

/** @param timeZone in which the times are shown; that of each window if it is not given */
export function timelineOf({ windows }: Forecast, timeZone?: string): TimelineEntry[] {
  return windows.flatMap(({ path, spec, openings: times }) => times.map((opening) => ({ path, ...opening, timeZone: timeZone ?? spec.timeZone })));
}

/** The forecast for programs to read. */
export function forecastJson({ range, windows, undetermined }: Forecast): string {
  const result = {
    from: range.start,
    to: range.end,
    windows: windows.map(({ path, expression, spec, openings: times }) => ({ path, expression, timeZone: spec.timeZone ?? 'UTC', openings: times })),
    undetermined: undetermined.map(({ path, expression, undetermined: reason }) => ({ path, expression, reason })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
