import type { Diagnostic, Wording } from './diagnostic';
import type { Bounds } from './findings';
import { Findings } from './findings';
import { formatValue } from './format-value';
import { DESCRIPTION, NAME } from './names';
import { checkSchedule } from './schedule';
import { checkTags } from './tags';
import type { Properties, Value } from './value';
import { instantOf, isOpen, numberOf } from './value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-maintenancewindow.html */
const PROPERTIES = [
  'AllowUnassociatedTargets', 'Cutoff', 'Description', 'Duration', 'EndDate', 'Name', 'Schedule', 'ScheduleOffset', 'ScheduleTimezone', 'StartDate', 'Tags',
];
const REQUIRED = ['Name', 'Schedule', 'Duration', 'Cutoff', 'AllowUnassociatedTargets'];

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html */
export const DURATION_HOURS: Bounds = { min: 1, max: 24 };
export const CUTOFF_HOURS: Bounds = { min: 0, max: 23 };

/**
 * Members of a window that AWS grants by default. Both can be raised, so more is no error.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html
 */
export const WINDOW_QUOTAS = { tasks: 20, targets: 100 } as const;

/**
 * Windows of an account in a Region that AWS grants by default. It can be raised, so more is no error.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html
 */
export const WINDOWS_OF_REGION = 50;

/** What the service rejects in a window. */
export function windowDiagnostics(properties: Properties, wording?: Wording): readonly Diagnostic[] {
  const findings = new Findings(wording);
  findings.unknownProperties(properties, PROPERTIES);
  REQUIRED.forEach((property) => findings.required(property, properties[property], 'set it'));
  findings.pattern('Name', properties.Name, NAME);
  findings.length('Description', properties.Description, DESCRIPTION);
  checkSchedule(findings, properties);
  checkHours(findings, properties);
  checkDates(findings, properties);
  findings.boolean('AllowUnassociatedTargets', properties.AllowUnassociatedTargets);
  checkTags(findings, 'Tags', properties.Tags);
  return findings.all;
}

function checkHours(findings: Findings, { Duration: duration, Cutoff: cutoff }: Properties): void {
  findings.integer('Duration', duration, DURATION_HOURS, 'hours');
  findings.integer('Cutoff', cutoff, CUTOFF_HOURS, 'hours');
  checkCutoff(findings, duration, cutoff);
}

export function checkCutoff(findings: Findings, duration: Value, cutoff: Value): void {
  const [hours, cutoffHours] = [numberOf(duration), numberOf(cutoff)];
  if (hours !== undefined && cutoffHours !== undefined && cutoffHours >= hours) {
    const [name, whole] = [findings.name('Cutoff'), findings.name('Duration')];
    findings.error('Cutoff', `${name} must be shorter than ${whole}, got ${name.slice(1, -1)} ${hourCount(cutoffHours)} and ${whole.slice(1, -1)} ${hourCount(hours)}`);
  }
}

function hourCount(hours: number): string {
  return hours === 1 ? '1 hour' : hours === 24 ? '1 day' : `${hours} hours`;
}

function checkDates(findings: Findings, properties: Properties): void {
  for (const property of ['StartDate', 'EndDate']) {
    const value = properties[property];
    if (!isOpen(value) && !instantOf(value)) {
      findings.error(property,
        `${findings.name(property)} must be a date and time with an offset, such as 2030-01-31T12:00:00Z, got ${formatValue(value)}`);
    }
  }
  checkDateOrder(findings, properties.StartDate, properties.EndDate);
}

export function checkDateOrder(findings: Findings, startDate: Value, endDate: Value): void {
  const [start, end] = [instantOf(startDate), instantOf(endDate)];
  if (start && end && start >= end) {
    const [from, to] = [findings.name('StartDate'), findings.name('EndDate')];
    findings.error('StartDate',
      `${from} must be before ${to}, got ${from.slice(1, -1)} ${start.toISOString()} and ${to.slice(1, -1)} ${end.toISOString()}`);
  }
}
