import type { AlarmConfiguration, GetMaintenanceWindowTaskResult, UpdateMaintenanceWindowTaskRequest } from '@aws-sdk/client-ssm';

/** The alarm that a task is to have. */
interface WantedAlarm {
  readonly alarmName: string;
  readonly ignorePollAlarmFailure: boolean;
}

/** One task and its alarm, as the custom resource's properties name them. */
export interface Registration {
  readonly windowId: string;
  readonly windowTaskId: string;
  readonly alarm: WantedAlarm;
}

/** What is asked for: the alarm of a deployment, no alarm, or a wiped alarm back. */
export type AlarmRequest =
  | { readonly kind: 'set'; readonly alarm: WantedAlarm }
  | { readonly kind: 'clear' }
  | { readonly kind: 'heal'; readonly alarm: WantedAlarm | undefined };

/** A task as GetMaintenanceWindowTask returns it. */
export type CurrentTask = Omit<GetMaintenanceWindowTaskResult, '$metadata'>;

/** What an update sends besides the ids. */
export type TaskChange = Omit<UpdateMaintenanceWindowTaskRequest, 'WindowId' | 'WindowTaskId'>;

/** What is to be done. */
type Action =
  | { readonly kind: 'nothing'; readonly because: string }
  | { readonly kind: 'update'; readonly change: TaskChange }
  | { readonly kind: 'fail'; readonly reason: string };

/** Decides from the request and the task as it is; no task means that it does not exist. */
export function decide(request: AlarmRequest, current: CurrentTask | undefined): Action {
  const found = current?.AlarmConfiguration;
  switch (request.kind) {
    case 'set':
      if (current === undefined) {
        return { kind: 'fail', reason: 'the task does not exist, it was deleted outside the stack: remove it from the stack, deploy, and add it again' };
      }
      return holds(request.alarm, found) ? nothing('the alarm is set') : setAlarm(request.alarm);
    case 'clear':
      if (current === undefined) {
        return nothing('the task does not exist');
      }
      // There is no partial clear: null means "not modified", and a list of alarms has at least one.
      return hasAlarm(found) ? { kind: 'update', change: withoutAlarm(current) } : nothing('no alarm is set');
    case 'heal':
      if (request.alarm === undefined) {
        return nothing('the deployment wants no alarm on this task');
      }
      if (current === undefined) {
        return nothing('the task does not exist');
      }
      // A different alarm is left alone: a late event of a change from A to B would write A back.
      return hasAlarm(found) ? nothing('an alarm is set') : setAlarm(request.alarm);
  }
}

/** Whether the task's alarm is the wanted one. */
export function holds(wanted: WantedAlarm, found: AlarmConfiguration | undefined): boolean {
  return found?.Alarms?.length === 1
    && found.Alarms[0].Name === wanted.alarmName
    && (found.IgnorePollAlarmFailure ?? false) === wanted.ignorePollAlarmFailure;
}

/** A task's alarm in words, for messages. */
export function describeAlarm(found: AlarmConfiguration | undefined): string {
  return hasAlarm(found)
    ? `alarm ${JSON.stringify(found.Alarms!.map(({ Name }) => Name).join(', '))} with ignorePollAlarmFailure ${found.IgnorePollAlarmFailure ?? false}`
    : 'no alarm';
}

/** The properties of the custom resource, or undefined when they are not ours. */
export function parseRegistration(properties: { readonly [key: string]: unknown }): Registration | undefined {
  const { WindowId: windowId, WindowTaskId: windowTaskId, AlarmName: alarmName, IgnorePollAlarmFailure: ignore } = properties;
  if (!isText(windowId) || !isText(windowTaskId) || !isText(alarmName)) {
    return undefined;
  }
  // CloudFormation hands booleans over as text.
  return { windowId, windowTaskId, alarm: { alarmName, ignorePollAlarmFailure: String(ignore) === 'true' } };
}

/** Stable as long as the task is the same: another id makes CloudFormation delete the old one. */
export function physicalResourceId(registration: Registration): string {
  return `${registration.windowId}/${registration.windowTaskId}`;
}

/** Whether two registrations want different alarms on one task. */
export function changesAlarm(before: Registration | undefined, after: Registration): boolean {
  return before !== undefined
    && physicalResourceId(before) === physicalResourceId(after)
    && (before.alarm.alarmName !== after.alarm.alarmName || before.alarm.ignorePollAlarmFailure !== after.alarm.ignorePollAlarmFailure);
}

/** Looks a task up in the inputs of the healing rule's targets (the counterpart of the construct's rendering). */
export function wantedAlarm(inputTemplates: readonly string[], windowTaskId: string): WantedAlarm | undefined {
  for (const template of inputTemplates) {
    const { alarms } = JSON.parse(template) as { alarms: { [windowTaskId: string]: string } };
    const entry = alarms[windowTaskId];
    if (entry !== undefined) {
      return { alarmName: Buffer.from(entry.slice(1), 'base64').toString('utf8'), ignorePollAlarmFailure: entry.startsWith('1') };
    }
  }
  return undefined;
}

function nothing(because: string): Action {
  return { kind: 'nothing', because };
}

/** A partial update: fields that are not sent are not modified. */
function setAlarm(alarm: WantedAlarm): Action {
  return {
    kind: 'update',
    change: { AlarmConfiguration: { Alarms: [{ Name: alarm.alarmName }], IgnorePollAlarmFailure: alarm.ignorePollAlarmFailure } },
  };
}

/** Everything that the task has but its alarm, in the form that an update with Replace=true takes. */
function withoutAlarm(current: CurrentTask): TaskChange {
  const { WindowId, WindowTaskId, TaskType, AlarmConfiguration: _, MaxConcurrency, MaxErrors, ServiceRoleArn, ...kept } = current;
  return withoutEmpty({
    ...kept,
    // Of a task without targets the service reports a placeholder that it does not accept.
    ...(kept.Targets?.length ? { MaxConcurrency, MaxErrors } : {}),
    // The service-linked role is what a task without a role runs with; nobody can pass it.
    ...(ServiceRoleArn?.includes(':role/aws-service-role/') ? {} : { ServiceRoleArn }),
    Replace: true,
  });
}

/** Get reports some absent fields as empty text, list or map, which an update refuses; what the user's parameters hold is kept. */
function withoutEmpty<T extends object>(fields: T): T {
  const kept = Object.entries(fields)
    .map(([name, value]) => [name, VERBATIM.includes(name) || !isMap(value) ? value : withoutEmpty(value)] as const)
    .filter(([name, value]) => !isEmpty(value) || INVOCATION_BLOCKS.includes(name));
  return Object.fromEntries(kept) as T;
}

const VERBATIM = ['Parameters', 'TaskParameters', 'Targets'];
const INVOCATION_BLOCKS = ['RunCommand', 'Automation', 'Lambda', 'StepFunctions'];

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
    || (Array.isArray(value) && value.length === 0)
    || (isMap(value) && Object.keys(value).length === 0);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function hasAlarm(found: AlarmConfiguration | undefined): found is AlarmConfiguration {
  return (found?.Alarms?.length ?? 0) > 0;
}
