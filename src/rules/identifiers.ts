import type { PatternRule } from './findings';

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetMaintenanceWindow.html */
export const WINDOW_ID: PatternRule = { pattern: /^mw-[0-9a-f]{17}$/, rule: 'be the ID of a window, "mw-" and 17 hexadecimal digits' };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const WINDOW_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:ssm:[a-z0-9-]+:[0-9]{12}:maintenancewindow\/mw-[0-9a-f]{17}$/,
  rule: 'be the ARN of a window such as "arn:aws:ssm:eu-central-1:123456789012:maintenancewindow/mw-0123456789abcdef0"',
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowTarget.html */
export const TARGET_ID: PatternRule = {
  pattern: UUID,
  rule: 'be the ID of a window target such as "e32eecb2-646c-4f4b-8ed1-205fb9c0ffee", 32 hexadecimal digits with "-" between',
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowTask.html */
export const TASK_ID: PatternRule = { pattern: UUID, rule: 'be the ID of a task, 32 hexadecimal digits with "-" between' };

/** What IDs of managed nodes look like. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformation.html */
export const INSTANCE_ID = /^(i-[0-9a-f]{8}|i-[0-9a-f]{17}|mi-[0-9a-f]{17})$/;
