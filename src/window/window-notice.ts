import type * as iam from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SnsPublish } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { TimeZone } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { windowConsoleUrl } from './console-url';
import { knownScheduleOf } from './known-schedule';
import { startWords, windowName } from './notification-message';
import type { NotificationMessage } from './notification-message';
import type { NotificationTarget } from './notification-target';
import { checkStandardTopic } from './window-events';
import { validationError } from '../common/errors';
import { formatValue, wholeNumberOf } from '../common/validation';
import { addWarning } from '../common/warnings';
import { onlyTime } from '../schedule/earlier-crons';
import type { ScheduleSpec } from '../schedule/engine/openings';
import { isSingle, unknownOpenings } from '../schedule/mute-plan';
import { recurringNotice, singleNotices } from '../schedule/notice-plan';
import type { NoticeSchedule } from '../schedule/notice-plan';

const NOTICE_MINUTES = { min: 1, max: 30 * 24 * 60 };

/** More than this are no set of schedules that somebody reads. */
const MAX_SINGLE_SCHEDULES = 100;

interface NoticeOptions {
  readonly maintenanceWindow: IMaintenanceWindowRef;
  readonly target: NotificationTarget;
  readonly noticeBefore: Duration;
  readonly yearStart?: Date;
  readonly noticeRole?: iam.IRole;
}

/** Schedules of EventBridge Scheduler that publish a notice before each occurrence of a window. */
export function noticeSchedules(scope: Construct, options: NoticeOptions): Schedule[] {
  const { maintenanceWindow, target, noticeBefore, yearStart, noticeRole } = options;
  checkStandardTopic(scope, target._topic);
  const known = knownScheduleOf(maintenanceWindow);
  if (!known) {
    throw validationError(scope, `'noticeBefore' needs a window that is defined in this app, got ${formatValue(maintenanceWindow.node.path)}, remove 'noticeBefore'`);
  }
  const { _windowSpec, _schedule: { expressionString } } = known;
  if ('unknown' in _windowSpec) {
    throw validationError(scope, `cannot send notices by a schedule ${_windowSpec.unknown}`);
  }
  if (noticeBefore.isUnresolved()) {
    throw validationError(scope, '\'noticeBefore\' must be known at synthesis, got a token, pass a literal value');
  }
  const minutes = wholeNumberOf(scope, 'noticeBefore', noticeBefore, 'minutes', NOTICE_MINUTES);
  const { spec } = _windowSpec;
  return planned(scope, spec, minutes, yearStart).map(({ expression, timeZone, start }, index) => {
    const message = noticeMessage(maintenanceWindow, start
      ? ` at ${start.toISOString()}, ${startWords(spec, expressionString)}`
      : ` in ${noticeBefore.toHumanString()}${onlyTime(spec) === undefined ? ` from ${ContextAttribute.scheduledTime}` : ''}, ${startWords(spec, expressionString)}`);
    return new Schedule(scope, `Notice${index + 1}`, {
      description: `A maintenance window starts later (${scope.node.path})`.slice(0, 512),
      schedule: ScheduleExpression.expression(expression, TimeZone.of(timeZone)),
      target: new SnsPublish(target._topic, { input: target._ofSchedule(message), role: noticeRole }),
    });
  });
}

function planned(scope: Construct, spec: ScheduleSpec, minutes: number, yearStart: Date | undefined): readonly NoticeSchedule[] {
  const recurring = recurringNotice(spec, minutes);
  if ('schedules' in recurring) {
    return recurring.schedules;
  }
  const unknown = unknownOpenings(spec);
  if (unknown) {
    throw validationError(scope, `'schedule' must have occurrences that are known to send notices before, as ${unknown}, got no 'startDate', give the window one`);
  }
  if (isSingle(spec)) {
    return singleNotices(spec, minutes, undefined);
  }
  if (!yearStart) {
    throw validationError(scope, `'yearStart' must be given, as no schedule that recurs comes before the occurrences: ${recurring.reason}, got none, `
      + 'specify the start of the year for which each notice gets a schedule of its own');
  }
  const singles = singleNotices(spec, minutes, yearStart);
  if (singles.length === 0 || singles.length > MAX_SINGLE_SCHEDULES) {
    throw validationError(scope, `'yearStart' must begin a year with 1 to ${MAX_SINGLE_SCHEDULES} notices, each of which gets a schedule of its own, as none that recurs `
      + `comes before the occurrences: ${recurring.reason}, got ${singles.length} notices from ${yearStart.toISOString()}, `
      + `${singles.length === 0 ? 'specify a later start' : 'remove \'noticeBefore\''}`);
  }
  addWarning(scope, {
    id: 'noticesForOneYear',
    message: `'yearStart' should be moved on before the year ends, as notices are sent by schedules of single occurrences: ${recurring.reason}, `
      + `got ${singles.length} notices from ${yearStart.toISOString()}, the last ${formatValue(singles[singles.length - 1].expression)}`,
  });
  return singles;
}

function noticeMessage(window: IMaintenanceWindowRef, when: string): NotificationMessage {
  const title = `Maintenance window ${windowName(window)} starts${when}`;
  const link = windowConsoleUrl(window);
  return { title, line: `${title}. ${link}`, link, thread: window.maintenanceWindowRef.windowId };
}
