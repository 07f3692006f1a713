import { Arn, ArnFormat, Token } from 'aws-cdk-lib/core';
import type { Stack } from 'aws-cdk-lib/core';

/** Prefixes that only documents owned by AWS have: nobody else can make a document whose name begins with one. */
const AWS_OWNED = /^(aws|amazon|amzn)/i;

/** The ARNs by which IAM knows a document. */
interface DocumentArns {
  readonly document: string;
  readonly automationDefinition: string;
}

/**
 * A document that AWS owns has no account in its ARN; one of another account, or of AWS, can be given by its ARN.
 *
 * A name that is known only at deployment may be of either owner: any document of the region, in any account.
 */
export function documentArns(stack: Stack, nameOrArn: string, ownedByThisApp: boolean): DocumentArns {
  if (Token.isUnresolved(nameOrArn) && !ownedByThisApp) {
    return arns(stack, '*', '*');
  }
  if (nameOrArn.startsWith('arn:')) {
    const { account, region, partition, resourceName } = Arn.split(nameOrArn, ArnFormat.SLASH_RESOURCE_NAME);
    return arns(stack, resourceName!, account, region, partition);
  }
  return arns(stack, nameOrArn, AWS_OWNED.test(nameOrArn) ? '' : undefined);
}

function arns(stack: Stack, name: string, account?: string, region?: string, partition?: string): DocumentArns {
  const format = (resource: string, resourceName: string) => stack.formatArn({ service: 'ssm', resource, resourceName, account, region, partition });
  return { document: format('document', name), automationDefinition: format('automation-definition', `${name}:*`) };
}
