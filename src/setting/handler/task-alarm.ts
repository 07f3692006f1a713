import type { AlarmConfiguration, GetMaintenanceWindowTaskResult, UpdateMaintenanceWindowTaskRequest } from '@aws-sdk/client-ssm';
import type { Setting } from './decide';
import type { Registration } from './registration';
import { isText } from './registration';

/** The alarm that a task is to have. */
export interface WantedAlarm {
  readonly alarmName: string;
  readonly ignorePollAlarmFailure: boolean;
}

/** A task as GetMaintenanceWindowTask returns it. */
export type CurrentTask = Omit<GetMaintenanceWindowTaskResult, '$metadata'>;

/** What an update sends besides the ids. */
export type TaskChange = Omit<UpdateMaintenanceWindowTaskRequest, 'WindowId' | 'WindowTaskId'>;

/** The alarm of a task. */
export const TASK_ALARM: Setting<WantedAlarm, CurrentTask, TaskChange> = {
  subject: 'task',
  words: {
    held: 'the alarm is set',
    present: 'an alarm is set',
    absent: 'no alarm is set',
    unwanted: 'the deployment wants no alarm on this task',
  },
  holds: (wanted, current) => isSame(wanted, current?.AlarmConfiguration),
  isSet: (current) => hasAlarm(current.AlarmConfiguration),
  // A partial update: fields that are not sent are not modified.
  change: (wanted) => ({ AlarmConfiguration: { Alarms: [{ Name: wanted.alarmName }], IgnorePollAlarmFailure: wanted.ignorePollAlarmFailure } }),
  // There is no partial clear: null means "not modified", and a list of alarms has at least one.
  clearing: withoutAlarm,
};

export const ALARM_PROPERTIES = 'WindowId, WindowTaskId and AlarmName';

/** The properties of the custom resource, or undefined when they are not ours. */
export function parseAlarm(properties: { readonly [key: string]: unknown }): Registration<WantedAlarm> | undefined {
  const { WindowId: windowId, WindowTaskId: windowTaskId, AlarmName: alarmName, IgnorePollAlarmFailure: ignore } = properties;
  if (!isText(windowId) || !isText(windowTaskId) || !isText(alarmName)) {
    return undefined;
  }
  // CloudFormation hands booleans over as text.
  return { windowId, windowTaskId, wanted: { alarmName, ignorePollAlarmFailure: String(ignore) === 'true' } };
}

/** Whether two alarms differ. */
export function isOtherAlarm(one: WantedAlarm, other: WantedAlarm): boolean {
  return one.alarmName !== other.alarmName || one.ignorePollAlarmFailure !== other.ignorePollAlarmFailure;
}

export function describeLostAlarm({ alarmName }: WantedAlarm, found: CurrentTask | undefined): string {
  return `the alarm ${JSON.stringify(alarmName)} did not stay, the service reports ${describeAlarm(found?.AlarmConfiguration)}`;
}

/** A task's alarm in words, for messages. */
function describeAlarm(found: AlarmConfiguration | undefined): string {
  return hasAlarm(found)
    ? `alarm ${JSON.stringify(found.Alarms!.map(({ Name }) => Name).join(', '))} with ignorePollAlarmFailure ${found.IgnorePollAlarmFailure ?? false}`
    : 'no alarm';
}

function isSame(wanted: WantedAlarm, found: AlarmConfiguration | undefined): boolean {
  return found?.Alarms?.length === 1
    && found.Alarms[0].Name === wanted.alarmName
    && (found.IgnorePollAlarmFailure ?? false) === wanted.ignorePollAlarmFailure;
}

/** Looks a task up in the inputs of the healing rule's targets (the counterpart of the construct's rendering). */
export function wantedAlarm(inputTemplates: readonly string[], windowTaskId: string): WantedAlarm | undefined {
  for (const template of inputTemplates) {
    const { alarms } = JSON.parse(template) as { alarms?: { [windowTaskId: string]: string } };
    const entry = alarms?.[windowTaskId];
    if (typeof entry === 'string') {
      return { alarmName: Buffer.from(entry.slice(1), 'base64').toString('utf8'), ignorePollAlarmFailure: entry.startsWith('1') };
    }
  }
  return undefined;
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

function hasAlarm(found: AlarmConfiguration | undefined): found is AlarmConfiguration {
  return (found?.Alarms?.length ?? 0) > 0;
}
