import type * as sns from 'aws-cdk-lib/aws-sns';
import { Token } from 'aws-cdk-lib/core';

/** Whether a topic is known to be FIFO, to which neither Systems Manager nor EventBridge publishes. */
export function isFifo(topic: sns.ITopic): boolean {
  return topic.fifo || !Token.isUnresolved(topic.topicArn) && topic.topicArn.endsWith('.fifo');
}
