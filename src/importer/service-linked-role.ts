import type { Json } from './json';

const SERVICE_LINKED_ROLE = /:role\/aws-service-role\/ssm\.amazonaws\.com\/AWSServiceRoleForAmazonSSM$/;

/** True if the role is the service-linked role, which a task without a role has. */
export function isServiceLinkedRole(role: Json | undefined): boolean {
  return role === undefined || (typeof role === 'string' && SERVICE_LINKED_ROLE.test(role));
}
