import type { TemplateWindow } from './template-windows';
import type { Opening, ScheduleSpec } from '../schedule/engine/openings';
import { openingsBetween } from '../schedule/engine/openings-between';
import type { TimelineEntry, TimelineRange } from '../timeline/timeline';

/** A window with its openings in a span of time. */
export interface ForecastWindow extends TemplateWindow {
  readonly spec: ScheduleSpec;
  readonly openings: readonly Opening[];
}

/** When the windows of templates open. */
export interface Forecast {
  readonly range: TimelineRange;
  readonly windows: readonly ForecastWindow[];
  /** Windows whose openings the templates leave to deployment. */
  readonly undetermined: readonly TemplateWindow[];
}

export function forecast(windows: readonly TemplateWindow[], range: TimelineRange): Forecast {
  return {
    range,
    windows: windows.flatMap(({ spec, ...window }) => (
      spec ? [{ ...window, spec, openings: [...openingsBetween(spec, range.start, range.end)] }] : [])),
    undetermined: windows.filter(({ spec }) => spec === undefined),
  };
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
