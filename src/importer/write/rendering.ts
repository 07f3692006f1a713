import { own, service, type Code, type Variable } from './code';
import type { Json } from '../json';
import type { Entity } from '../model';
import type { Values } from './values';

/** What several entities may use: made once for each kind and value. */
export type SharedKind = keyof typeof SHARED_TYPES;

const SHARED_TYPES = {
  'role': service('iam', 'aws-iam', 'IRole'),
  'bucket': service('s3', 'aws-s3', 'IBucket'),
  'logGroup': service('logs', 'aws-logs', 'ILogGroup'),
  'topic': service('sns', 'aws-sns', 'ITopic'),
  'alarm': service('cloudwatch', 'aws-cloudwatch', 'IAlarm'),
  'function': service('lambda', 'aws-lambda', 'IFunction'),
  'function without permissions': service('lambda', 'aws-lambda', 'IFunction'),
  'stateMachine': service('sfn', 'aws-stepfunctions', 'IStateMachine'),
  'window': own('IMaintenanceWindow'),
  'target': own('IMaintenanceWindowTarget'),
} as const;

export function typeOfShared(kind: SharedKind): Code {
  return SHARED_TYPES[kind];
}

/** What the code of one entity needs from the program around it. */
export interface Rendering {
  readonly values: Values;
  /** The constant of another entity that a value refers to; undefined if it refers to none. */
  entityVariable(value: Json): { readonly variable: Variable; readonly entity: Entity; readonly isRaw: boolean } | undefined;
  /** A construct that several entities use, such as a role: made once for each kind and value. */
  shared(kind: SharedKind, value: Json, wantedName: string, make: (id: string) => Code): Code;
}

/** Props of a construct, and properties that only an override can set: by their path. */
export interface RenderedProps {
  readonly props: { [name: string]: Code | undefined };
  /** An undefined value removes what the construct renders by itself. */
  readonly overrides: Array<readonly [path: string, value: Code | undefined]>;
}

/** A name that ends with what it is, once: the value of a parameter may end so, too. */
export function named(name: string, kind: string): string {
  const base = name.replace(/(Arn|Name|Id)$/, '');
  return base.toLowerCase().endsWith(kind.toLowerCase()) ? base : `${base}${kind}`;
}

/** The name of a window id, role or bucket for constructs that stand for it. */
export function nameOfValue(value: Json, fallback: string): string {
  if (typeof value === 'string') {
    const last = value.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '').split(/[/:]/).pop();
    return last || fallback;
  }
  const reference = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.Ref : undefined;
  return typeof reference === 'string' ? reference.replace(/^AWS::/, '') : fallback;
}
