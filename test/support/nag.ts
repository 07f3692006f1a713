import { Stack, Token } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference';
import type { IConstruct } from 'constructs';
import { ACKNOWLEDGED_WILDCARDS } from './nag-acknowledgements';

export interface NagFinding {
  /** The rule, with the finding in brackets when it has several per resource. */
  readonly rule: string;
  readonly path: string;
  readonly description: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
}

/** What the AwsSolutions checks find in a synthesized app and nothing in the list of acknowledgements explains. */
export function nagFindings(app: App): NagFinding[] {
  return new AwsSolutionsChecks(app).validateScope(app).violations.flatMap(violation => violation.violatingResources
    .map(resource => ({ rule: violation.ruleName, path: resource.constructPath ?? '', description: violation.description }))
    .filter(finding => !isAcknowledged(app, finding)));
}

/** A wildcard is acknowledged when every action that a statement allows on it is in the list for that resource. */
function isAcknowledged(app: App, finding: NagFinding): boolean {
  const resource = /^AwsSolutions-IAM5\[Resource::(.*)\]$/s.exec(finding.rule)?.[1];
  if (resource === undefined) { return false; }
  const acknowledged = new Set(ACKNOWLEDGED_WILDCARDS
    .filter(entry => entry.resource.test(resource))
    .flatMap(entry => entry.actions));
  const actions = statementsOf(app, finding.path)
    .filter(statement => statement.Effect === 'Allow' && listOf(statement.Resource).map(r => flattenCfnReference(r as string)).includes(resource))
    .flatMap(statement => listOf(statement.Action));
  return actions.length > 0 && actions.every(action => acknowledged.has(action));
}

function statementsOf(app: App, path: string): Statement[] {
  const construct = path.split('/').reduce<IConstruct>((at, id) => at.node.findChild(id), app);
  const documents = construct instanceof iam.CfnRole
    ? (Stack.of(construct).resolve(construct.policies) ?? []).map((policy: { policyDocument: unknown }) => policy.policyDocument)
    : [(construct as iam.CfnPolicy).policyDocument];
  return documents.flatMap((document: unknown) => listOf(Stack.of(construct).resolve(document).Statement));
}

function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined || Token.isUnresolved(value)) { return []; }
  return Array.isArray(value) ? value : [value];
}
