import { formatValue } from '../common/validation';
import type { Advice } from '../common/warnings';
import { SERVICE_LINKED_ROLE_PREFIX } from '../rules/role';

/**
 * @param name of a function or a state machine; undefined when it is known only at deployment
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export function serviceLinkedRoleNameAdvice(prop: string, name: string | undefined): Advice[] {
  return name === undefined || name.startsWith(SERVICE_LINKED_ROLE_PREFIX) ? [] : [{
    id: 'serviceLinkedRoleName',
    message: `'${prop}' should have a name that starts with "${SERVICE_LINKED_ROLE_PREFIX}" for the service-linked role to call it, got ${formatValue(name)}, rename it or give a role`,
  }];
}
