import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Acknowledges wildcards in policies to cdk-nag, each by itself, so that one that is added later is still found. */
export function acknowledgeWildcards(scope: IConstruct, reason: string, ...wildcards: string[]): void {
  for (const wildcard of wildcards) {
    // what Validations.of(scope).acknowledge() records; before aws-cdk-lib 2.271 that may refuse an ID with several '::'
    scope.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [`Annotation::AwsSolutions-IAM5[${wildcard}]`]: reason });
  }
}

/** The wildcards of a service role whose tasks send commands to instances that are chosen by tags or by resource groups. */
export function acknowledgeCommandPermissions(scope: IConstruct): void {
  acknowledgeWildcards(scope,
    'commands have no ARN before they are sent, and members of tags and groups are looked up by actions that know no resource',
    'Resource::*');
  acknowledgeWildcards(scope,
    'tags and resource groups choose the instances when the window opens',
    'Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:instance/*',
    'Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:managed-instance/*');
}

/** The wildcards of a service role whose tasks start a runbook that AWS owns. */
export function acknowledgeAutomationPermissions(scope: IConstruct, runbookName: string): void {
  acknowledgeWildcards(scope,
    'the version of the runbook and the ID of the automation are known when it starts',
    `Resource::arn:<AWS::Partition>:ssm:<AWS::Region>::automation-definition/${runbookName}:*`,
    'Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:automation-execution/*');
}

/** The wildcard in the name of an action that aws-cdk-lib gives to those who publish to an encrypted topic. */
export function acknowledgeEncryptedTopic(scope: IConstruct): void {
  acknowledgeWildcards(scope, 'aws-cdk-lib grants publishers of an encrypted topic both actions by this name', 'Action::kms:GenerateDataKey*');
}
