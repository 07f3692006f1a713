import { call, core, literal, member, type Code, type Statement } from './code';
import type { Values } from './values';
import { isObject, valueOf, type Json, type JsonObject } from '../json';

/** A statement about a construct, or about its L1 construct. */
export interface Adjustment {
  /** Whether the L2 construct has the method itself. */
  readonly isOfConstruct?: boolean;
  readonly statement: (construct: Code) => Pick<Statement, 'code' | 'assigned'>;
}

/** Policies that the constructs have a method for, if deletion and replacement have the same one. */
const REMOVAL_POLICIES: { readonly [policy: string]: string } = { Retain: 'RETAIN', Delete: 'DESTROY' };

const CFN_POLICIES: { readonly [policy: string]: string } = {
  Delete: 'DELETE', Retain: 'RETAIN', RetainExceptOnCreate: 'RETAIN_EXCEPT_ON_CREATE', Snapshot: 'SNAPSHOT',
};

const POLICY_OPTIONS: { readonly [attribute: string]: string } = { DeletionPolicy: 'deletionPolicy', UpdateReplacePolicy: 'updateReplacePolicy' };

/** What a template says about a resource beside its properties, condition and dependencies. */
export function attributeAdjustments(attributes: JsonObject, values: Values): Adjustment[] {
  const { DeletionPolicy: onDeletion, UpdateReplacePolicy: onReplacement, ...others } = attributes;
  const removal = typeof onDeletion === 'string' && onDeletion === onReplacement ? valueOf(REMOVAL_POLICIES, onDeletion) : undefined;
  if (removal !== undefined) {
    return [
      { isOfConstruct: true, statement: construct => ({ code: call(member(construct, 'applyRemovalPolicy'), core(`RemovalPolicy.${removal}`)) }) },
      ...attributeAdjustments(others, values),
    ];
  }
  return Object.entries(attributes).flatMap(([name, value]) => adjustmentsOf(name, value, values));
}

function adjustmentsOf(name: string, value: Json, values: Values): Adjustment[] {
  const option = valueOf(POLICY_OPTIONS, name);
  const policy = option !== undefined && typeof value === 'string' ? valueOf(CFN_POLICIES, value) : undefined;
  if (option !== undefined && policy !== undefined) {
    return [{ statement: resource => ({ assigned: member(member(resource, 'cfnOptions'), option), code: core(`CfnDeletionPolicy.${policy}`) }) }];
  }
  if (name === 'Metadata' && isObject(value)) {
    return Object.entries(value).map(([key, item]) => ({ statement: resource => ({ code: call(member(resource, 'addMetadata'), literal(key), values.any(item)) }) }));
  }
  return [{ statement: resource => ({ code: call(member(resource, 'addOverride'), literal(name), values.any(value)) }) }];
}
