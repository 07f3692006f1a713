import { EventField } from 'aws-cdk-lib/aws-events';
import { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import type { CfnMaintenanceWindowTask, IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Lazy } from 'aws-cdk-lib/core';
import { windowConsoleUrl } from './console-url';
import { knownScheduleOf } from './known-schedule';
import { membersOf } from '../common/window-registry';
import { onlyTime } from '../schedule/earlier-crons';
import type { ScheduleSpec } from '../schedule/engine/openings';

/** What a notification says. */
export interface NotificationMessage {
  /** What happened, in a few words. */
  readonly title: string;
  /** All of it, in one line. */
  readonly line: string;
  readonly link: string;
  /** What messages of one thread have in common. */
  readonly thread: string;
}

/** The kinds of event that a notification can tell of. */
export type ToldEvent = 'STATE' | 'EXECUTION' | 'TASK_EXECUTION';

/** The message about an event: only what every event of the kind holds is taken from it, as what is missing breaks the message. */
export function eventMessage(window: IMaintenanceWindowRef, kind: ToldEvent): NotificationMessage {
  const status = EventField.fromPath('$.detail.status');
  const title = `Maintenance window ${windowName(window)}: ${SUBJECTS[kind]}${kind === 'TASK_EXECUTION' ? onlyTaskName(window) : ''}${status}`;
  const link = windowConsoleUrl(window);
  const ids = KEYS[kind].map((key) => `, ${key.replace(/-id$/, '').replace('-', ' ')} ${EventField.fromPath(`$.detail.${key}`)}`).join('');
  return {
    title,
    line: `${title} at ${EventField.time}${scheduleWords(window)}${ids}. ${link}`,
    link,
    thread: kind === 'STATE' ? window.maintenanceWindowRef.windowId : EventField.fromPath('$.detail.window-execution-id'),
  };
}

const SUBJECTS = { STATE: '', EXECUTION: 'execution ', TASK_EXECUTION: 'task ' } satisfies Record<ToldEvent, string>;

const KEYS = {
  STATE: [],
  EXECUTION: ['window-execution-id'],
  TASK_EXECUTION: ['task-execution-id', 'window-execution-id'],
} satisfies Record<ToldEvent, readonly string[]>;

/** The name of a window, or its ID if that is all that is known. */
export function windowName(window: IMaintenanceWindowRef): string {
  return windowResource(window)?.name ?? window.maintenanceWindowRef.windowId;
}

function windowResource(window: IMaintenanceWindowRef): CfnMaintenanceWindow | undefined {
  return [window, window.node.defaultChild].find((one): one is CfnMaintenanceWindow => CfnMaintenanceWindow.isCfnMaintenanceWindow(one));
}

/** Events name no task. Which one it is follows if the window has only one, which is known at the end of synthesis and if the window is of this app. */
function onlyTaskName(window: IMaintenanceWindowRef): string {
  return Lazy.string({
    produce: () => {
      const [task, ...others] = windowResource(window) ? membersOf(window, 'tasks') : [];
      return task && others.length === 0 ? `${(task.node.defaultChild as CfnMaintenanceWindowTask).name ?? task.node.id} ` : '';
    },
  });
}

/**
 * When the window starts, by the clock on the wall in its time zone: an event has its time in UTC only, and EventBridge converts no times.
 *
 * Nothing of a window whose schedule is not known.
 */
function scheduleWords(window: IMaintenanceWindowRef): string {
  const known = knownScheduleOf(window);
  return known && 'spec' in known._windowSpec
    ? ` (UTC; it starts ${startWords(known._windowSpec.spec, known._schedule.expressionString)})`
    : '';
}

/** When a window starts, in words. */
export function startWords(spec: ScheduleSpec, expression: string): string {
  const time = onlyTime(spec);
  return `${time === undefined ? `by ${expression}` : `at ${clock(time)}`} ${spec.timeZone ?? 'UTC'}`;
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
