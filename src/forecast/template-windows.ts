import { basisOf } from './basis';
import { UNKNOWN } from './intrinsic-functions';
import { switchesOfTemplate, type TemplateSwitches } from './template-switches';
import { decisionOf, remedyOf, valueOf } from './template-values';
import type { PatchInstallation } from '../approval/rules-by-system';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { RESOURCE_TYPES } from '../importer/model';
import { booleanOf, instantOf, type Properties } from '../rules/value';
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
  /** What it installs. */
  readonly installations?: readonly PatchInstallation[];
  readonly undetermined?: string;
  /** All that the answer depends on, of a window that is undetermined: where it is equal, deployment gives equal answers. */
  readonly basis?: string;
}

/** A template with the names of what is in it. */
export interface NamedTemplate {
  /** The stack, as its app calls it, or the file. */
  readonly name: string;
  readonly template: JsonObject;
  /** Paths in the app by logical ID. */
  readonly paths: ReadonlyMap<string, string>;
  /** What it is deployed together with: the folder of an assembly, or a set of stacks. */
  readonly stage?: string;
  /** Why it is not known whether the stack exists, of a nested one. */
  readonly undecided?: string;
  /** All that a nested stack takes from those that it is nested in. */
  readonly basis?: string;
}

/** A window with the name of its stack and its logical ID, which no other window has. */
export interface PlacedWindow {
  readonly place: string;
  readonly window: TemplateWindow;
  /** Its name in its template, unless deployment makes it. */
  readonly logicalId?: string;
}

/** What the constructs make of `enabled: false`. */
const STATE_TYPE = 'Custom::SSMMaintenanceWindowState';

export function windowsOfTemplate(stack: NamedTemplate): PlacedWindow[] {
  const resources = isObject(stack.template.Resources) ? stack.template.Resources : {};
  const switches = switchesOfTemplate(stack.template, Object.keys(resources));
  const disabled = disabledWindows(stack.template, resources);
  return Object.entries(resources).flatMap(([logicalId, resource]): PlacedWindow[] => {
    const place = printable(`${stack.name}/${logicalId}`);
    if (logicalId.startsWith('Fn::') && JSON.stringify(resource).includes(`"${RESOURCE_TYPES.window}"`)) {
      return [{ place, window: { path: place, undetermined: 'is expanded at deployment', basis: basisWithin(stack, resource) } }];
    }
    if (!isObject(resource) || resource.Type !== RESOURCE_TYPES.window) {
      return [];
    }
    const state = disabled.get(logicalId);
    const answer = state === true ? answerOf(stack, { ...resource, Properties: neverOpening(resource.Properties) })
      : answerOf(stack, resource, switches.get(logicalId), state);
    const path = `${printable(stack.paths.get(logicalId) ?? pathOfMetadata(resource) ?? place)}${state === true ? DISABLED : ''}`;
    return answer ? [{ place, logicalId, window: { path, ...answer } }] : [];
  });
}

/** What follows the path of a window that is disabled. */
export const DISABLED = ' (disabled)';

/** A window that is disabled keeps its schedule, and never opens. */
export function neverOpening(properties: Json | undefined): JsonObject {
  // a start, so that a rate does not count from the creation of the window
  return { ...isObject(properties) ? properties : {}, StartDate: '1970-01-01T00:00:00Z', EndDate: '1970-01-02T00:00:00Z' };
}

/** The windows by logical ID that are disabled, or why that is not known. */
function disabledWindows(template: JsonObject, resources: JsonObject): Map<string, true | string> {
  return new Map(Object.values(resources).flatMap((resource): [string, true | string][] => {
    const properties = isObject(resource) && resource.Type === STATE_TYPE && isObject(resource.Properties) ? resource.Properties : {};
    const { WindowId: windowId, Enabled: enabled } = properties;
    if (!isObject(windowId) || typeof windowId.Ref !== 'string' || booleanOf(enabled) !== false) {
      return [];
    }
    const existence = existenceOf(template, resource as JsonObject);
    return existence === false ? [] : [[windowId.Ref, existence === true ? true : `is disabled by a resource that ${existence}`]];
  }));
}

/** Why it is not known whether a resource exists, or whether it does. */
export function existenceOf(template: JsonObject, { Condition: condition }: JsonObject): boolean | string {
  if (typeof condition !== 'string') {
    return true;
  }
  const decision = decisionOf(template, condition);
  return 'holds' in decision ? decision.holds : `exists only under the condition ${condition}, which ${decision.undecided}`;
}

/** Nothing of a window that does not exist. */
function answerOf(
  stack: NamedTemplate, resource: JsonObject, switches?: TemplateSwitches, undecided = stack.undecided): Omit<TemplateWindow, 'path'> | undefined {
  const existence = existenceOf(stack.template, resource);
  if (existence === false) {
    return undefined;
  }
  const times = timesOf(stack.template, resource, typeof existence === 'string' ? existence : undecided);
  const answer = times.spec && switches ? withSwitches(times, times.spec, switches) : times;
  const { Properties: properties, Condition: condition = null } = resource;
  const said = TIMES.map((property) => (isObject(properties) ? properties[property] ?? null : null));
  const by = switches && 'by' in switches ? [switches.by] : [];
  return answer.spec ? answer : { ...answer, basis: basisWithin(stack, [condition, ...said, ...by]) };
}

function withSwitches(times: Omit<TemplateWindow, 'path'>, spec: ScheduleSpec, known: TemplateSwitches): Omit<TemplateWindow, 'path'> {
  const { spec: _, ...shown } = times;
  return 'undetermined' in known ? { ...shown, undetermined: known.undetermined } : { ...shown, spec: { ...spec, switches: known.switches } };
}

function basisWithin({ template, basis = '' }: NamedTemplate, value: Json): string {
  return basisOf(template, value) + basis;
}

function pathOfMetadata({ Metadata: metadata }: JsonObject): string | undefined {
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return typeof path === 'string' ? path.replace(/\/Resource$/, '') : undefined;
}

/** The properties that say when a window is open. */
const TIMES = ['Schedule', 'ScheduleTimezone', 'ScheduleOffset', 'Duration', 'Cutoff', 'StartDate', 'EndDate'];

function timesOf(template: JsonObject, resource: JsonObject, undecided: string | undefined): Omit<TemplateWindow, 'path'> {
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  const values = TIMES.map((property) => [property, valueOf(template, properties[property])] as const);
  const expression = values[0][1];
  const shown = typeof expression === 'string' ? { expression: printable(expression) } : {};
  const undetermined = (reason: string) => ({ ...shown, undetermined: printable(reason) });

  if (undecided !== undefined) {
    return undetermined(undecided);
  }
  const unresolvedProperties = values.filter(([, value]) => value === UNKNOWN).map(([property]) => property);
  if (unresolvedProperties.length > 0) {
    const [remedy] = unresolvedProperties.flatMap((property) => remedyOf(template, properties[property]) ?? []);
    const reason = `${unresolvedProperties.join(', ')} ${unresolvedProperties.length === 1 ? 'is' : 'are'} known only at deployment`;
    return undetermined(remedy === undefined ? reason : `${reason}, which ${remedy}`);
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
