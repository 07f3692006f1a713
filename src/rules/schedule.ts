import type { Bounds, Findings, PatternRule } from './findings';
import { holdsOnly, textOfCharacters } from './findings';
import { formatValue } from './format-value';
import { PartialText } from './partial-text';
import type { Properties } from './value';
import { offsetAllowed, parseSchedule } from '../schedule/engine/grammar';
import { timeZoneFault } from '../schedule/engine/zone-names';

/** Days after the day of a cron expression. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html */
export const OFFSET_DAYS: Bounds = { min: 1, max: 6 };

/** The longest expression that the service takes. */
const EXPRESSION: Required<Bounds> = { min: 1, max: 256 };

/** An expression of which only parts are known. The schedule engine judges the others. */
export const SCHEDULE_TEXT: PatternRule = {
  pattern: /^(cron|rate|at)\(.*\)$/i,
  rule: 'be "cron(…)", "rate(…)" or "at(…)", without line breaks and other special characters',
  canMatch: (text) => {
    const beginning = text.prefix.toLowerCase();
    return ['cron(', 'rate(', 'at('].some((form) => form.startsWith(beginning) || beginning.startsWith(form))
      && (text.suffix === '' || text.suffix.endsWith(')'))
      && holdsOnly('\\t -~', EXPRESSION.max)(text);
  },
};

/** A field of a cron expression of which only parts are known. */
export const CRON_FIELD_TEXT: PatternRule = textOfCharacters('a-zA-Z0-9*?,\\-/#', EXPRESSION, 'hold only letters, digits and "*?,-/#"');

/** A time zone of which only parts are known. */
export const TIME_ZONE_TEXT: PatternRule = textOfCharacters('a-zA-Z0-9_/+:\\-', EXPRESSION, 'be an IANA time zone such as "Europe/Paris"');

/** The shortest interval that the service takes. */
export const MIN_INTERVAL_MINUTES = 5;

/** Schedule, time zone and offset of a window. The grammar itself is in the schedule engine. */
export function checkSchedule(findings: Findings, { Schedule: schedule, ScheduleTimezone: zone, ScheduleOffset: offset }: Properties): void {
  findings.pattern('Schedule', schedule instanceof PartialText ? schedule : undefined, SCHEDULE_TEXT);
  findings.pattern('ScheduleTimezone', zone instanceof PartialText ? zone : undefined, TIME_ZONE_TEXT);
  const parsed = typeof schedule === 'string' ? parseSchedule(schedule) : undefined;
  for (const { severity, id, rule, got, fix } of parsed?.faults ?? []) {
    const message = `${findings.name('Schedule')} ${rule}, got ${formatValue(got)}${fix ? `, ${fix}` : ''}`;
    severity === 'error' ? findings.error('Schedule', message) : findings.warning(id!, 'Schedule', message);
  }
  findings.length('Schedule', schedule, EXPRESSION);
  if (typeof schedule === 'number' || typeof schedule === 'boolean') {
    findings.error('Schedule', `${findings.name('Schedule')} must be an expression such as "rate(7 days)", got ${formatValue(schedule)}`);
  }
  const fault = typeof zone === 'string' ? timeZoneFault(zone) : undefined;
  if (fault) {
    const message = `${findings.name('ScheduleTimezone')} ${fault.rule}, got ${formatValue(zone)}`;
    fault.severity === 'error' ? findings.error('ScheduleTimezone', message) : findings.warning('unknownTimeZone', 'ScheduleTimezone', message);
  }
  findings.integer('ScheduleOffset', offset, OFFSET_DAYS, 'days');
  if (offset !== undefined && offset !== null && parsed?.schedule && !offsetAllowed(parsed.schedule)) {
    findings.error('ScheduleOffset',
      `${findings.name('ScheduleOffset')} needs a cron expression whose day of week uses '#' or 'L' such as "TUE#2", got expression ${formatValue(schedule)}`);
  }
}
