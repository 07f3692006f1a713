import { UNKNOWN, valueOf } from './template-values';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { durationMistakes, instantOf, missing, offsetMistakes } from '../importer/literals';
import { RESOURCE_TYPES } from '../importer/model';
import { parseSchedule } from '../schedule/engine/grammar';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { countsFromCreation } from '../schedule/engine/openings-between';
import { isKnownTimeZone } from '../schedule/engine/time-zone';

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

/** A terminal must not act on what a template holds. */
function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

function pathOfMetadata({ Metadata: metadata }: JsonObject): string | undefined {
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}

function timesOf(template: JsonObject, resource: JsonObject): Omit<TemplateWindow, 'path'> {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const value = (property: string) => valueOf(template, properties[property]);
  const expression = value('Schedule');
  const shown = typeof expression === 'string' ? { expression: printable(expression) } : {};
  const left = (undetermined: string) => ({ ...shown, undetermined: printable(undetermined) });

  if (typeof resource.Condition === 'string') {
    return left(`exists only under the condition ${resource.Condition}`);
  }
  const open = ['Schedule', 'ScheduleTimezone', 'ScheduleOffset', 'Duration', 'Cutoff', 'StartDate', 'EndDate'].filter((property) => value(property) === UNKNOWN);
  if (open.length > 0) {
    return left(`${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} known only at deployment`);
  }
  const { schedule, faults } = parseSchedule(String(expression));
  if (!schedule) {
    const [{ position = 1, rule, got }] = faults;
    return left(`Schedule has a fault at position ${position}: ${rule}, got ${JSON.stringify(got)}`);
  }
  const known = (property: string) => value(property) as Json;
  const timeZone = known('ScheduleTimezone');
  if (timeZone !== null && !isKnownTimeZone(String(timeZone))) {
    return left(`ScheduleTimezone is not known here, got ${JSON.stringify(timeZone)}`);
  }
  const given = ['Duration', 'Cutoff', 'ScheduleOffset'].filter((property) => known(property) !== null);
  const numbers: JsonObject = Object.fromEntries(given.map((property) => [property, String(known(property))]));
  const [mistake] = [...missing(numbers, 'Duration', 'Cutoff'), ...durationMistakes(numbers), ...offsetMistakes(numbers.ScheduleOffset, String(expression), schedule)];
  if (mistake) {
    return left(mistake);
  }
  const noInstant = ['StartDate', 'EndDate'].find((property) => known(property) !== null && !instantOf(known(property)));
  if (noInstant) {
    return left(`${noInstant} must be a date and time with an offset from UTC, got ${JSON.stringify(known(noInstant))}`);
  }
  const [startDate, endDate] = ['StartDate', 'EndDate'].map((property) => instantOf(known(property)));
  const spec: ScheduleSpec = {
    schedule,
    timeZone: timeZone === null ? undefined : String(timeZone),
    offsetDays: Number(numbers.ScheduleOffset ?? 0),
    durationHours: Number(numbers.Duration),
    cutoffHours: Number(numbers.Cutoff),
    startDate,
    endDate,
  };
  return countsFromCreation(spec) ? left(`${String(expression)} counts from the creation of the window`) : { ...shown, spec };
}
