import { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { IAlias, IKey } from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from '../common/errors';
import { formatValue } from '../common/validation';
import { addWarning } from '../common/warnings';

/** The key that SNS has by itself. Nobody can change its policy. */
const AWS_MANAGED_KEY = 'alias/aws/sns';

/**
 * Checks that EventBridge can use the key of a topic.
 *
 * CDK lets EventBridge use a key of the app as it lets it publish to the topic; the policy of another key it cannot change.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function checkTopicKey(scope: IConstruct, topic: sns.ITopic): void {
  const { masterKey } = topic;
  const keyId: unknown = Stack.of(scope).resolve((topic.node.defaultChild as sns.CfnTopic | undefined)?.kmsMasterKeyId ?? masterKey?.keyArn);
  if (JSON.stringify(keyId)?.includes(AWS_MANAGED_KEY)) {
    throw validationError(scope, `'target' must be a topic whose key EventBridge can use, got topic ${formatValue(topic.node.path)} with the AWS managed key `
      + `${formatValue(AWS_MANAGED_KEY)}, encrypt it with a key of your own`);
  }
  if (masterKey && !isOfApp(masterKey)) {
    addWarning(scope, {
      id: 'topicKeyPolicy',
      message: `'target' should be a topic whose key allows events.amazonaws.com kms:Decrypt and kms:GenerateDataKey*, got topic ${formatValue(topic.node.path)} `
        + `with the imported key ${formatValue(masterKey.node.path)}, whose policy CDK cannot change, change it where it is defined`,
    });
  }
}

/** Whether the policy of a key is in this app. An alias stands for the key that it names. */
function isOfApp(key: IKey): boolean {
  const { aliasTargetKey } = key as Partial<IAlias>;
  return CfnKey.isCfnKey((aliasTargetKey ?? key).node.defaultChild);
}
