import { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import type { Opening, ScheduleSpec } from './engine/openings';
import { scheduledBetween } from './engine/openings-between';
import type { MaintenanceWindowOccurrence, PatchApprovalStatus, WindowPreviewOptions } from './occurrence';
import type { WithApprovals } from '../approval/opening-approvals';
import { checkGiven, checkOptional } from '../common/given';
import { checkDate, checkInteger } from '../common/validation';

const DEFAULT_MAX = 10;
const SECONDS_OF_DAY = 86_400;

/** The openings that the options ask for, from `start` inclusive to `end` exclusive, with those in black-outs. */
export function occurrences(scope: IConstruct, spec: ScheduleSpec, options: WindowPreviewOptions): Opening[] {
  checkOptions(scope, options);
  const { start, end, maxOccurrences = end ? Infinity : DEFAULT_MAX } = options;
  const found: Opening[] = [];
  for (const opening of scheduledBetween(spec, start, end)) {
    if (found.push(opening) >= maxOccurrences) {
      break;
    }
  }
  return found;
}

/** An opening as users see it. */
export function occurrenceOf({ patchApprovals, ...times }: WithApprovals<Opening>): MaintenanceWindowOccurrence {
  return patchApprovals ? {
    ...times,
    patchApprovals: patchApprovals.map(({ status, ageDays, ...approval }) => (
      { ...approval, status: status as PatchApprovalStatus, age: Duration.seconds(Math.round(ageDays * SECONDS_OF_DAY)) })),
  } : times;
}

export function checkOptions(scope: IConstruct | undefined, options: WindowPreviewOptions): void {
  checkGiven(scope, 'options', options, 'an object');
  const { start, end, maxOccurrences } = options;
  checkGiven(scope, 'start', start, 'a Date');
  checkOptional(scope, 'end', end, 'a Date');
  checkOptional(scope, 'maxOccurrences', maxOccurrences, 'a number');
  checkDate(scope, 'start', start);
  checkDate(scope, 'end', end);
  checkInteger(scope, 'maxOccurrences', maxOccurrences, { min: 1 });
  if (end && start >= end) {
    throw validationError(scope, `'start' must be before 'end', got start ${start.toISOString()} and end ${end.toISOString()}`);
  }
}
