import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { NotificationMessage } from './notification-message';
import { checkGiven } from '../common/given';

/**
 * Where notifications of a window go, and in which form.
 *
 * The topic is a standard topic that allows `events.amazonaws.com` to publish. The policies of a topic of this app, and of a key of this app that encrypts
 * it, are extended. EventBridge cannot use the AWS managed key `alias/aws/sns`.
 */
export class NotificationTarget {
  /** A topic that gets one line of text, for example for email. Lines about events come in quotation marks, which EventBridge requires. */
  public static topic(topic: sns.ITopic): NotificationTarget {
    checkGiven(undefined, 'topic', topic, 'a topic');
    return new NotificationTarget(topic, false);
  }

  /**
   * A topic of a channel of Amazon Q Developer in chat applications, which shows messages in Slack and Microsoft Teams. Messages of one execution form a thread.
   *
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
   */
  public static chat(topic: sns.ITopic): NotificationTarget {
    checkGiven(undefined, 'topic', topic, 'a topic');
    return new NotificationTarget(topic, true);
  }

  private constructor(
    /** @internal */
    public readonly _topic: sns.ITopic,
    private readonly isChat: boolean,
  ) {}

  /** @internal */
  public _ofRule(message: NotificationMessage): targets.SnsTopic {
    return new targets.SnsTopic(this._topic, {
      message: this.isChat ? RuleTargetInput.fromObject(customNotification(message)) : RuleTargetInput.fromText(message.line),
    });
  }

  /** @internal */
  public _ofSchedule(message: NotificationMessage): ScheduleTargetInput {
    return this.isChat ? ScheduleTargetInput.fromObject(customNotification(message)) : ScheduleTargetInput.fromText(message.line);
  }
}

/** A custom notification: Amazon Q Developer drops what has another form. */
function customNotification({ title, line, link, thread }: NotificationMessage): object {
  return {
    version: '1.0',
    source: 'custom',
    content: { textType: 'client-markdown', title, description: line, nextSteps: [link] },
    metadata: { threadId: thread },
  };
}
