import { Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { formatValue } from '../rules/format-value';

/** Classes and references are told by a member: there can be several copies of a package in one app. */
function withMember(...names: string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'object' && value !== null && names.some((name) => name in value);
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
  'a role': withMember('roleArn'),
  'a topic': withMember('topicArn'),
  'a bucket': withMember('bucketName'),
  'a log group': withMember('logGroupName'),
  'an alarm': withMember('alarmName'),
  'a grantee': withMember('grantPrincipal'),
  'a MaintenanceWindowSchedule': withMember('expressionString'),
  'a TargetSelector': withMember('resourceType'),
  'a TaskTargets': withMember('_ids'),
  'a RateControl': withMember('expression'),
  'a TaskInput': withMember('bind'),
  'a RunCommandDocument': withMember('nameOrArn'),
  'an AutomationRunbook': withMember('nameOrArn'),
  'a Lambda function': withMember('functionArn', 'functionRef'),
  'a state machine': withMember('stateMachineArn', 'stateMachineRef'),
  'a MaintenanceWindow of this app': withMember('_windowSpec'),
  'a maintenance window': withMember('maintenanceWindowRef'),
  'a window target': withMember('maintenanceWindowTargetId'),
  'an EC2 instance': withMember('instanceId'),
} satisfies Record<string, (value: unknown) => boolean>;

type Kind = keyof typeof KINDS;

/**
 * Rejects a value of another type, and one that is not there. A token passes.
 *
 * Untyped JavaScript, values of JSON files and variables of the environment that are not set get past the compiler.
 */
export function checkGiven(scope: IConstruct | undefined, prop: string, value: unknown, kind: Kind): void {
  if (!KINDS[kind](value) && !isToken(value)) {
    throw validationError(scope, `'${prop}' must be ${kind}, got ${formatValue(value)}${fixOf(value)}`);
  }
}

/** Rejects a value of another type. A token passes, and so does what is left out. */
export function checkOptional(scope: IConstruct | undefined, prop: string, value: unknown, kind: Kind): void {
  if (value !== undefined) {
    checkGiven(scope, prop, value, kind);
  }
}

/** Rejects a list that holds a value of another type. */
export function checkEach(scope: IConstruct | undefined, prop: string, list: readonly unknown[], kind: Kind): void {
  checkGiven(scope, prop, list, 'a list');
  if (!isToken(list)) {
    list.forEach((value, index) => checkGiven(scope, `${prop}[${index}]`, value, kind));
  }
}

/** Rejects an object whose values are not lists of strings. */
export function checkLists(scope: IConstruct | undefined, prop: string, lists: { readonly [key: string]: readonly unknown[] }): void {
  checkGiven(scope, prop, lists, 'an object');
  Object.entries(lists).forEach(([key, values]) => checkEach(scope, `${prop}.${key}`, values, 'a string'));
}

/** Tokens in texts, numbers and lists have the type that is asked for. A stack has a method `resolve` too. */
function isToken(value: unknown): boolean {
  return Tokenization.isResolvable(value) && 'creationStack' in value;
}

function fixOf(value: unknown): string {
  return value === undefined || value === null ? ', specify a value' : '';
}
