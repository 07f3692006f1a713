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
import { occurrenceSchedules } from './occurrence-schedules';
import { checkStandardTopic } from './window-events';
import { validationError } from '../common/errors';
import { formatValue, wholeNumberOf } from '../common/validation';
import { onlyTime } from '../schedule/earlier-crons';
import { recurringNotice, singleNotices } from '../schedule/notice-plan';

const NOTICE_MINUTES = { min: 1, max: 30 * 24 * 60 };

const WORDS = {
  purpose: 'send notices before',
  rule: 'schedule',
  ruleInShort: 'schedule',
  follows: 'comes before the occurrences',
  single: 'notice',
  done: 'notices are sent by schedules',
  fix: 'remove \'noticeBefore\'',
  id: 'noticesForOneYear',
};

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
  const schedules = occurrenceSchedules(scope, {
    spec, yearStart, recurring: recurringNotice(spec, minutes), singles: (from) => singleNotices(spec, minutes, from), words: WORDS,
  });
  return schedules.map(({ expression, timeZone, start }, index) => {
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

function noticeMessage(window: IMaintenanceWindowRef, when: string): NotificationMessage {
  const title = `Maintenance window ${windowName(window)} starts${when}`;
  const link = windowConsoleUrl(window);
  return { title, line: `${title}. ${link}`, link, thread: window.maintenanceWindowRef.windowId };
}
