import type { Bounds, PatternRule } from './findings';

/** The name of an alarm of a task. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Alarm.html */
export const ALARM_NAME_LENGTH: Bounds = { min: 1, max: 255 };
export const ALARM_NAME: PatternRule = { pattern: /^(?!\s*$).+/, rule: 'be the name of an alarm and not blank' };
