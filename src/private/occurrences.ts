import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { openings } from './schedule/occurrences';
import type { Opening, ScheduleSpec } from './schedule/occurrences';
import { checkDate, checkInteger } from './validation';
import type { PreviewOptions } from '../occurrence';

const DEFAULT_MAX = 10;

/** The openings that the options ask for, from `start` inclusive to `end` exclusive. */
export function occurrences(scope: IConstruct | undefined, spec: ScheduleSpec, options: PreviewOptions): Opening[] {
  checkOptions(scope, options);
  const { start, end } = options;
  const max = options.maxOccurrences ?? (end ? Infinity : DEFAULT_MAX);
  // a rate counts from `start`; others may open at that very instant
  const after = spec.schedule.kind === 'rate' ? start : new Date(start.getTime() - 1);
  const found: Opening[] = [];
  for (const opening of openings(spec, after)) {
    if (found.length >= max || end && opening.start >= end) {
      break;
    }
    found.push(opening);
  }
  return found;
}

export function checkOptions(scope: IConstruct | undefined, { start, end, maxOccurrences }: PreviewOptions): void {
  checkDate(scope, 'start', start);
  checkDate(scope, 'end', end);
  checkInteger(scope, 'maxOccurrences', maxOccurrences, { min: 1 });
  if (end && start >= end) {
    throw validationError(scope, `'start' must be before 'end', got start ${start.toISOString()} and end ${end.toISOString()}`);
  }
}
