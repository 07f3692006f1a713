import { shown } from '../common/validation';
import type { Advice } from '../common/warnings';

/** The service-linked role may call only what is named so. */
const PREFIX = 'SSM';

/**
 * @param name of a function or a state machine; undefined when it is known only at deployment
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 */
export function serviceLinkedRoleNameAdvice(prop: string, name: string | undefined): Advice[] {
  return name === undefined || name.startsWith(PREFIX) ? [] : [{
    id: 'serviceLinkedRoleName',
    message: `'${prop}' should have a name that starts with "${PREFIX}" for the service-linked role to call it, got ${shown(name)}, rename it or give a role`,
  }];
}
