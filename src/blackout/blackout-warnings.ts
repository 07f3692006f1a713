import type { BlackoutDates } from './dates';
import { beginsOf } from './plan';
import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { countsFromCreation, openingsBetween, scheduledBetween } from '../schedule/engine/openings-between';

/** The time to look at. */
interface Span {
  readonly start: Date;
  readonly end: Date;
}

/** No window is open for longer. */
const LONGEST_OPENING = 24 * 3_600_000;

/** What is wrong with the black-outs of a window, whose spec has what they switch. */
export function blackoutAdvice(expression: string, spec: ScheduleSpec, blackouts: readonly BlackoutDates[], span: Span): Advice[] {
  if (countsFromCreation(spec)) {
    return [];
  }
  const closed = allClosed(expression, spec, span);
  return closed ? [closed] : runsInto(spec, blackouts);
}

function allClosed(expression: string, spec: ScheduleSpec, { start, end }: Span): Advice | undefined {
  let reason: string | undefined;
  for (const { blackout } of scheduledBetween(spec, start, end)) {
    if (blackout === undefined) {
      return undefined;
    }
    reason ??= blackout;
  }
  return reason === undefined ? undefined : {
    id: 'neverOpensForBlackouts',
    message: `'blackouts' should leave the window a time to open at, got expression ${formatValue(expression)}, each occurrence of which from `
      + `${start.toISOString()} to ${end.toISOString()} is in a black-out, the first for ${formatValue(reason)}, shorten the black-outs or choose another schedule`,
  };
}

function runsInto(spec: ScheduleSpec, blackouts: readonly BlackoutDates[]): Advice[] {
  for (const dates of blackouts) {
    for (const begin of beginsOf(dates)) {
      const open = [...openingsBetween(spec, new Date(begin.getTime() - LONGEST_OPENING), begin)].find(({ end }) => end > begin);
      if (open) {
        return [{
          id: 'opensIntoBlackout',
          message: `'blackouts' should begin while the window is closed, got ${formatValue(dates.reason)} from ${begin.toISOString()}, at which an occurrence from `
            + `${open.start.toISOString()} to ${open.end.toISOString()} is open, which goes on to its end, begin the black-out earlier`,
        }];
      }
    }
  }
  return [];
}
