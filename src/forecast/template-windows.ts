import { UNKNOWN, valueOf } from './template-values';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { RESOURCE_TYPES } from '../importer/model';
import { instantOf, type Properties } from '../rules/value';
import { windowDiagnostics } from '../rules/window';
import { parseSchedule } from '../schedule/engine/grammar';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { countsFromCreation } from '../schedule/engine/openings-between';
import { isKnownTimeZone } from '../schedule/engine/time-zone';
import { printable } from '../timeline/timeline-text';

/** A window of a template: when it opens, or why the template does not say. */
export interface TemplateWindow {
  /** Its path in the app, or the name of its stack and its logical ID. */
  readonly path: string;
  readonly expression?: string;
  readonly spec?: ScheduleSpec;
  readonly undetermined?: string;
}

/** A template with the names of what is in it. */
export interface NamedTemplate {
  /** The stack, as its app calls it, or the file. */
  readonly name: string;
  readonly template: JsonObject;
  /** Paths in the app by logical ID. */
  readonly paths: ReadonlyMap<string, string>;
  /** The condition under which the stack exists, of a nested one. */
  readonly condition?: string;
}

export function windowsOfTemplate({ name, template, paths, condition }: NamedTemplate): TemplateWindow[] {
  const resources = isObject(template.Resources) ? template.Resources : {};
  return Object.entries(resources).flatMap(([logicalId, resource]): TemplateWindow[] => {
    if (logicalId.startsWith('Fn::') && JSON.stringify(resource).includes(`"${RESOURCE_TYPES.window}"`)) {
      return [{ path: printable(`${name}/${logicalId}`), undetermined: 'is expanded at deployment' }];
    }
    if (!isObject(resource) || resource.Type !== RESOURCE_TYPES.window) {
      return [];
    }
    const path = paths.get(logicalId) ?? pathOfMetadata(resource) ?? `${name}/${logicalId}`;
    return [{ path: printable(path), ...timesOf(template, condition === undefined ? resource : { Condition: condition, ...resource }) }];
  });
}

function pathOfMetadata({ Metadata: metadata }: JsonObject): string | undefined {
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}

/** The properties that say when a window is open. */
const TIMES = ['Schedule', 'ScheduleTimezone', 'ScheduleOffset', 'Duration', 'Cutoff', 'StartDate', 'EndDate'];

function timesOf(template: JsonObject, resource: JsonObject): Omit<TemplateWindow, 'path'> {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const values = TIMES.map((property) => [property, valueOf(template, properties[property])] as const);
  const expression = values[0][1];
  const shown = typeof expression === 'string' ? { expression: printable(expression) } : {};
  const undetermined = (reason: string) => ({ ...shown, undetermined: printable(reason) });

  if (typeof resource.Condition === 'string') {
    return undetermined(`exists only under the condition ${resource.Condition}`);
  }
  const unresolvedProperties = values.filter(([, value]) => value === UNKNOWN).map(([property]) => property);
  if (unresolvedProperties.length > 0) {
    return undetermined(`${unresolvedProperties.join(', ')} ${unresolvedProperties.length === 1 ? 'is' : 'are'} known only at deployment`);
  }
  const times: Properties = Object.fromEntries((values as [string, Json][]).filter(([, value]) => value !== null));
  const { schedule, faults } = parseSchedule(String(expression));
  if (!schedule) {
    const [{ position = 1, rule, got }] = faults;
    return undetermined(`Schedule has a fault at position ${position}: ${rule}, got ${JSON.stringify(got)}`);
  }
  const timeZone = times.ScheduleTimezone === undefined ? undefined : String(times.ScheduleTimezone);
  if (timeZone !== undefined && !isKnownTimeZone(timeZone)) {
    return undetermined(`ScheduleTimezone is not known here, got ${JSON.stringify(timeZone)}`);
  }
  const mistake = windowDiagnostics(times).find(({ severity, property }) => severity === 'error' && TIMES.includes(property));
  if (mistake) {
    return undetermined(mistake.message);
  }
  const spec: ScheduleSpec = {
    schedule,
    timeZone,
    offsetDays: Number(times.ScheduleOffset ?? 0),
    durationHours: Number(times.Duration),
    cutoffHours: Number(times.Cutoff),
    startDate: instantOf(times.StartDate),
    endDate: instantOf(times.EndDate),
  };
  return countsFromCreation(spec) ? undetermined(`${String(expression)} counts from the creation of the window`) : { ...shown, spec };
}
