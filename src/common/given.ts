import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { formatValue } from '../rules/format-value';

/** Classes and references are told by a member: there can be several copies of a package in one app. */
function withMember(...names: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'object' && value !== null && names.some((name) => name in value);
}

/** Roles and topics are used by several members. */
function withMembers(...names: string[]): (value: unknown) => boolean {
  return (value) => names.every((name) => withMember(name)(value));
}

/** Who is granted something: the principal is what CDK adds statements to. */
function isGrantee(value: unknown): boolean {
  return withMember('grantPrincipal')(value) && withMember('addToPrincipalPolicy')((value as { grantPrincipal: unknown }).grantPrincipal);
}

function isWindow(value: unknown): boolean {
  return withMembers('maintenanceWindowRef', 'node', 'env')(value) && withMember('windowId')((value as { maintenanceWindowRef: unknown }).maintenanceWindowRef);
}

/** What a value has to be, in the words of messages. */
const KINDS = {
  'a string': (value: unknown) => typeof value === 'string',
  'a number': (value: unknown) => typeof value === 'number',
  'true or false': (value: unknown) => typeof value === 'boolean',
  'a list': Array.isArray,
  'an object': (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'a Date': (value: unknown) => Object.prototype.toString.call(value) === '[object Date]',
  'a Duration': withMember('toHumanString'),
  'a TimeZone': withMember('timezoneName'),
  'a construct': withMember('node'),
  'a role': (value: unknown) => isGrantee(value) && withMembers('roleArn', 'node')(value),
  'a topic': withMembers('topicArn', 'grantPublish'),
  'a bucket': withMembers('bucketName', 's3UrlForObject'),
  'a log group': withMembers('logGroupName', 'logGroupArn'),
  'an alarm': withMembers('alarmName', 'alarmArn'),
  'an event target': withMember('bind'),
  'a grantee': isGrantee,
  'a MaintenanceWindowSchedule': withMember('expressionString'),
  'a Blackout': withMembers('reason', '_dates'),
  'a TargetSelector': withMember('resourceType'),
  'a TaskTargets': withMember('_ids'),
  'a RateControl': withMember('expression'),
  'a PatchFilter': withMembers('key', 'values'),
  'a PatchBaseline of this app': withMember('_approvals'),
  'a NotificationTarget': withMember('_ofRule'),
  'a TaskInput': withMember('bind'),
  'a DocumentVersion': withMember('version'),
  'a RunCommandDocument': withMember('nameOrArn'),
  'an AutomationRunbook': withMember('nameOrArn'),
  'a Lambda function': withMember('functionArn', 'functionRef'),
  'a state machine': withMember('stateMachineArn', 'stateMachineRef'),
  'a MaintenanceWindow of this app': withMember('_windowSpec'),
  'a maintenance window': isWindow,
  'a window target': withMember('maintenanceWindowTargetId'),
  'an EC2 instance': withMember('instanceId'),
  'a target group': withMember('targetGroupRef'),
  'an Auto Scaling group': withMember('autoScalingGroupRef'),
  'a PatchBackup': withMember('_kind'),
  'a PatchHook': withMember('_render'),
  'a PatchHealthCheck': withMember('_check'),
  'a PatchRunbook': withMembers('addTo', 'automationRunbook'),
} satisfies Record<string, (value: unknown) => boolean>;

type Kind = keyof typeof KINDS;

/**
 * Rejects a value of another type, and one that is not there. Tokens in texts, numbers and lists have the type that is asked for.
 *
 * Untyped JavaScript, values of JSON files and variables of the environment that are not set get past the compiler.
 */
export function checkGiven(scope: IConstruct | undefined, prop: string, value: unknown, kind: Kind): void {
  if (!KINDS[kind](value)) {
    throw validationError(scope, `'${prop}' must be ${kind}, got ${formatValue(value)}${fixOf(value)}`);
  }
}

/** Rejects a value of another type. What is left out passes. */
export function checkOptional(scope: IConstruct | undefined, prop: string, value: unknown, kind: Kind): void {
  if (value !== undefined) {
    checkGiven(scope, prop, value, kind);
  }
}

/** Rejects a list that holds a value of another type. */
export function checkEach(scope: IConstruct | undefined, prop: string, list: readonly unknown[], kind: Kind): void {
  checkGiven(scope, prop, list, 'a list');
  list.forEach((value, index) => checkGiven(scope, `${prop}[${index}]`, value, kind));
}

/** Rejects an object whose values are not lists of strings. */
export function checkLists(scope: IConstruct | undefined, prop: string, lists: { readonly [key: string]: readonly unknown[] }): void {
  checkGiven(scope, prop, lists, 'an object');
  Object.entries(lists).forEach(([key, values]) => checkEach(scope, `${prop}.${key}`, values, 'a string'));
}

function fixOf(value: unknown): string {
  return value === undefined || value === null ? ', specify a value' : '';
}
