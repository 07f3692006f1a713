import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { DocumentVersion } from './document';
import { checkDocumentUse, checkOwnDocument } from './rules/check-document';
import type { DocumentFinding, DocumentUse } from './rules/check-document';
import { validationError } from '../common/errors';
import { checkReach } from '../common/same-environment';
import { addWarning, atEndOfSynthesis } from '../common/warnings';

/** The document of a task, with what the task gives it. */
interface TaskDocument {
  readonly taskType: DocumentUse['taskType'];
  readonly document: { readonly nameOrArn: string; readonly _document?: ssm.CfnDocument };
  readonly version?: DocumentVersion;
  readonly hash?: string;
  readonly parameters: Readonly<Record<string, string[]>>;
}

/** A version that is known only at deployment: none that the rules are known of. */
const UNKNOWN_VERSION = 'unknown';

/** Checks a document that AWS owns, or that is defined in this app, against what it declares. Others are not known at synthesis. */
export function checkTaskDocument(task: IResource, { taskType, document, version, hash, parameters }: TaskDocument): void {
  const use: DocumentUse = {
    documentName: document._document?.node.path ?? document.nameOrArn,
    taskType,
    parameters: knownParameters(parameters),
    unresolvedParameters: Object.keys(parameters).some((name) => Token.isUnresolved(name)),
    documentHash: hash !== undefined,
    documentVersion: version && Token.isUnresolved(version.version) ? UNKNOWN_VERSION : version?.version,
  };
  const { _document: own } = document;
  checkReach(task, {
    prop: taskType === 'RUN_COMMAND' ? 'document' : 'runbook',
    kind: 'document',
    arn: document.nameOrArn,
    env: own && { account: Stack.of(own).account, region: Stack.of(own).region },
  });
  if (own) {
    // the content may be completed after the task
    atEndOfSynthesis(task, () => {
      const findings = checkOwnDocument(Stack.of(own).resolve(own.content), own.documentType, use);
      warnings(findings).forEach((finding) => addWarning(task, finding));
      return errors(findings).map(({ message }) => message);
    });
  } else if (!Token.isUnresolved(document.nameOrArn)) {
    const findings = checkDocumentUse(use);
    for (const { message } of errors(findings)) {
      throw validationError(task, message);
    }
    warnings(findings).forEach((finding) => addWarning(task, finding));
  }
}

function errors(findings: readonly DocumentFinding[]): DocumentFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function warnings(findings: readonly DocumentFinding[]): DocumentFinding[] {
  return findings.filter(({ severity }) => severity === 'warning');
}

/** `undefined` stands for what is known only at deployment. */
function knownParameters(parameters: Readonly<Record<string, string[]>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, values]) => [
    name,
    Token.isUnresolved(values) ? undefined : values.map((value) => (Token.isUnresolved(value) ? undefined : value)),
  ]));
}
