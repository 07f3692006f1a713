import { UNKNOWN, type Known } from './intrinsic-functions';
import { decisionOf, valueOf, withParameters } from './template-values';
import { isObject, type JsonObject } from '../importer/json';
import type { WindowSwitch } from '../schedule/engine/closures';
import { parseSchedule } from '../schedule/engine/grammar';
import { instantOf, isKnownTimeZone } from '../schedule/engine/time-zone';
import { printable } from '../timeline/timeline-text';

/** What turns a window off and on, or why the template does not tell. */
export type TemplateSwitches = { readonly switches: readonly WindowSwitch[] } | UndeterminedSwitch;

interface UndeterminedSwitch {
  readonly undetermined: string;
  /** The schedule that decides. */
  readonly by: JsonObject;
}

const SCHEDULE_TYPE = 'AWS::Scheduler::Schedule';

/** The operation that turns a window off and on, as a universal target calls it. */
const TARGET = 'scheduler:::aws-sdk:ssm:updatemaintenancewindow';

/** How the library begins the descriptions of its schedules. */
const REASON = /^Black-out: /;

/**
 * What the schedules of a template do with its windows, by their logical IDs.
 *
 * Schedules that somebody wrote count as those of the library: they are told by what they call.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
export function switchesOfTemplate(template: JsonObject, windowIds: readonly string[]): ReadonlyMap<string, TemplateSwitches> {
  const resources = isObject(template.Resources) ? Object.entries(template.Resources) : [];
  const schedules = resources.flatMap(([logicalId, resource]) => (
    isObject(resource) && resource.Type === SCHEDULE_TYPE && callsUpdate(resource) ? [[logicalId, resource] as const] : []));
  if (schedules.length === 0) {
    return new Map();
  }
  // a reference to a window gives its logical ID here
  const known = withParameters(template, windowIds.map((id) => [id, id] as const));
  const found = new Map<string, TemplateSwitches>();
  for (const [logicalId, resource] of schedules) {
    const { window, one } = switchOf(known, logicalId, resource);
    const before = found.get(window ?? '') ?? { switches: [] };
    if (window !== undefined && one && 'switches' in before) {
      found.set(window, 'undetermined' in one ? one : { switches: [...before.switches, one] });
    }
  }
  return found;
}

function callsUpdate({ Properties: properties }: JsonObject): boolean {
  const target = isObject(properties) ? properties.Target : undefined;
  return isObject(target) && JSON.stringify(target.Arn ?? null).toLowerCase().includes(TARGET);
}

function switchOf(template: JsonObject, logicalId: string, resource: JsonObject): { window?: string; one?: WindowSwitch | UndeterminedSwitch } {
  const properties = resource.Properties as JsonObject;
  const value = (property: string) => valueOf(template, properties[property]);
  const { Input: input = null } = properties.Target as JsonObject;
  const request = valueOf(template, input);
  const [, window] = typeof request === 'string' ? /"WindowId"\s*:\s*"([^"]*)"/.exec(request) ?? [] : [];
  const [, enabled] = typeof request === 'string' ? /"Enabled"\s*:\s*(true|false)/.exec(request) ?? [] : [];
  const exists = typeof resource.Condition === 'string' ? decisionOf(template, resource.Condition) : { holds: true };
  if (window === undefined || enabled === undefined || value('State') === 'DISABLED' || ('holds' in exists && !exists.holds)) {
    return {};
  }
  const undetermined = (reason: string) => ({ window, one: { undetermined: printable(`is turned ${enabled === 'true' ? 'on' : 'off'} by ${logicalId}, ${reason}`), by: resource } });
  if ('undecided' in exists) {
    return undetermined(`which exists only under the condition ${String(resource.Condition)}, which ${exists.undecided}`);
  }
  const [expression, timeZone, startDate, endDate, description] = (
    ['ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'EndDate', 'Description'].map(value));
  const { schedule } = parseSchedule(typeof expression === 'string' ? expression : '');
  if (!schedule || schedule.kind === 'rate' || startDate !== null || endDate !== null || !isZone(timeZone)) {
    return undetermined('whose times the template does not tell');
  }
  const zone = timeZone ?? undefined;
  return {
    window,
    one: {
      schedule: schedule.kind === 'at' ? { ...schedule, instant: new Date(instantOf(schedule.instant.getTime(), zone ?? 'UTC')) } : schedule,
      timeZone: zone,
      enabled: enabled === 'true',
      reason: printable(typeof description === 'string' && description !== '' ? description.replace(REASON, '') : `turned off by ${logicalId}`),
    },
  };
}

function isZone(timeZone: Known): timeZone is string | null {
  return timeZone === null || (timeZone !== UNKNOWN && typeof timeZone === 'string' && isKnownTimeZone(timeZone));
}
