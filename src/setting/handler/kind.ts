import type { Api } from './calls';
import { TASKS, WINDOWS } from './calls';
import type { Setting } from './decide';
import type { Registration, Subject } from './registration';
import type { CurrentTask, TaskChange, WantedAlarm } from './task-alarm';
import { ALARM_PROPERTIES, describeLostAlarm, isOtherAlarm, parseAlarm, TASK_ALARM, wantedAlarm } from './task-alarm';
import type { CurrentWindow, WantedState, WindowChange } from './window-state';
import { describeLostState, parseState, STATE_PROPERTIES, wantedState, WINDOW_STATE } from './window-state';

/** A kind of setting: what it is, how it is asked for, and what it is set on. */
export interface Kind<Wanted, Current, Change> {
  readonly setting: Setting<Wanted, Current, Change>;
  readonly api: Api<Current, Change>;
  /** The properties that a custom resource must have, in words. */
  readonly required: string;
  parse(properties: { readonly [key: string]: unknown }): Registration<Wanted> | undefined;
  /** What the targets of the healing rule say is wanted. */
  wantedBy(inputTemplates: readonly string[], subject: Subject): Wanted | undefined;
  /** Whether two that are wanted differ. */
  isOther(one: Wanted, other: Wanted): boolean;
  describeLost(wanted: Wanted, found: Current | undefined): string;
}

export const ALARM_KIND: Kind<WantedAlarm, CurrentTask, TaskChange> = {
  setting: TASK_ALARM,
  api: TASKS,
  required: ALARM_PROPERTIES,
  parse: parseAlarm,
  wantedBy: (templates, { windowTaskId = '' }) => wantedAlarm(templates, windowTaskId),
  isOther: isOtherAlarm,
  describeLost: describeLostAlarm,
};

export const STATE_KIND: Kind<WantedState, CurrentWindow, WindowChange> = {
  setting: WINDOW_STATE,
  api: WINDOWS,
  required: STATE_PROPERTIES,
  parse: parseState,
  wantedBy: (templates, { windowId }) => wantedState(templates, windowId),
  isOther: () => false,
  describeLost: describeLostState,
};
