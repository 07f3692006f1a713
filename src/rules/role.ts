import { ofArn } from './arn';
import type { PatternRule } from './findings';
import type { Value } from './value';

/** The service that assumes the roles of tasks. */
export const SSM_PRINCIPAL = 'ssm.amazonaws.com';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const ROLE_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/.+$/,
  rule: 'be the ARN of a role such as "arn:aws:iam::123456789012:role/Tasks"',
  canMatch: ofArn('iam', 'role/'),
};

/**
 * Roles that only AWS changes. The function that sets alarms has the same test, as it runs without this library.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/using-service-linked-roles.html
 */
const SERVICE_LINKED_ROLE = /:role\/aws-service-role\/ssm\.amazonaws\.com\//;

/** Whether a role is a service-linked role of Systems Manager. */
export function isServiceLinkedRoleArn(roleArn: Value): boolean {
  return typeof roleArn === 'string' && SERVICE_LINKED_ROLE.test(roleArn);
}

/** The role with which Systems Manager runs a task that has none. */
const DEFAULT_ROLE = /:role\/aws-service-role\/ssm\.amazonaws\.com\/AWSServiceRoleForAmazonSSM$/;

/** Whether a task that names this role runs as one that names none. */
export function isDefaultRoleArn(roleArn: Value): boolean {
  return roleArn === undefined || (typeof roleArn === 'string' && DEFAULT_ROLE.test(roleArn));
}

/** Functions and state machines that the service-linked role may use have names with this prefix. */
export const SERVICE_LINKED_ROLE_PREFIX = 'SSM';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export const ACTION: PatternRule = { pattern: /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*]+)$/, rule: 'be the action of a service such as "ssm:GetMaintenanceWindow"' };
