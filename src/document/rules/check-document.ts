import type { Catalogue, CatalogueParameter } from './catalogue';
import { documentCatalogue, documentTypeOf } from './catalogue';
import type { DocumentFinding, GivenParameters, ParameterRules } from './check-parameters';
import { checkParameters, literalValues } from './check-parameters';
import { isSafePattern } from './safe-pattern';
import { nearest } from '../../rules/nearest';

export type { DocumentFinding, GivenParameters } from './check-parameters';

/** How a task uses a document. */
export interface DocumentUse {
  /** The name or ARN; of a document from the same app, the name that messages should call it by. */
  readonly documentName: string;
  readonly taskType: 'RUN_COMMAND' | 'AUTOMATION';
  /** The values by parameter name; undefined stands for a value that is known only at deployment. */
  readonly parameters?: GivenParameters;
  /** True when not even the names of the parameters are known before deployment. */
  readonly unresolvedParameters?: boolean;
  /** True when the task pins the hash of the document. */
  readonly documentHash?: boolean;
  readonly documentVersion?: string;
}

interface TaskTypeTexts {
  readonly property: string;
  readonly documentType: string;
  readonly label: string;
}

const TASK_TYPES: { readonly [taskType in DocumentUse['taskType']]: TaskTypeTexts } = {
  RUN_COMMAND: { property: "'document'", documentType: 'Command', label: 'a Run Command task' },
  AUTOMATION: { property: "'runbook'", documentType: 'Automation', label: 'an Automation task' },
};

/** The name prefixes that the service keeps for AWS. */
const RESERVED_PREFIX = /^(?:aws|amazon|amzn)/i;
const AWS_OWNED_ARN = /^arn:[^:]+:ssm:[^:]*::(?:document|automation-definition)\/([^:]+)(?::.*)?$/;

const PATCH_DOCUMENTS = ['AWS-RunPatchBaseline', 'AWS-RunPatchBaselineWithHooks', 'AWS-ApplyPatchBaseline'];

/** The name of a document that AWS owns, or undefined when somebody else owns it. */
export function awsOwnedName(nameOrArn: string): string | undefined {
  const arn = AWS_OWNED_ARN.exec(nameOrArn);
  if (arn) return arn[1];
  return RESERVED_PREFIX.test(nameOrArn) ? nameOrArn : undefined;
}

function checkType(use: DocumentUse, name: string, type: string): DocumentFinding[] {
  const { property, documentType } = TASK_TYPES[use.taskType];
  if (type === documentType) return [];
  const other = Object.values(TASK_TYPES).find((texts) => texts.documentType === type);
  const fix = other ? `register it as ${other.label}` : 'which does not run in a maintenance window, choose another document';
  return [{
    severity: 'error',
    id: 'documentType',
    message: `${property} must be of type ${documentType}, got "${name}" of type ${type}, ${fix}`,
  }];
}

function checkName(use: DocumentUse, name: string, catalogue: Catalogue): DocumentFinding[] {
  const meant = nearest(name, Object.values(catalogue.listed).flat());
  if (meant === undefined) return [];
  return [{
    severity: 'warning',
    id: 'documentUnknown',
    message: `${TASK_TYPES[use.taskType].property} must be a document on offer (as of ${catalogue.observed}), got "${name}", use "${meant}"`,
  }];
}

function checkRetired(use: DocumentUse, name: string, catalogue: Catalogue): DocumentFinding[] {
  const lastListed = catalogue.retired[name]?.lastListed;
  if (lastListed === undefined) return [];
  return [{
    severity: 'warning',
    id: 'documentRetired',
    message: `${TASK_TYPES[use.taskType].property} must be a document on offer (as of ${catalogue.observed}), `
      + `got "${name}", which was last listed on ${lastListed}, choose another document`,
  }];
}

function checkHash(use: DocumentUse, name: string, catalogue: Catalogue): DocumentFinding[] {
  if (!use.documentHash) return [];
  return [{
    severity: 'warning',
    id: 'documentHashPinned',
    message: `'documentHash' should be omitted for AWS-owned documents (as of ${catalogue.observed}), `
      + `got one for "${name}", remove it, every run fails once AWS changes the document`,
  }];
}

/** A patch baseline snapshot lives three days, so a fixed one cannot serve a window that opens again and again. */
function checkSnapshot(use: DocumentUse, name: string, catalogue: Catalogue): DocumentFinding[] {
  if (!PATCH_DOCUMENTS.includes(name)) return [];
  const fixed = literalValues(use.parameters?.SnapshotId).find((value) => value !== '');
  if (fixed === undefined) return [];
  return [{
    severity: 'warning',
    id: 'patchSnapshotId',
    message: `'parameters.SnapshotId' of ${name} must not be fixed in a maintenance window (as of ${catalogue.observed}), `
      + `got ${JSON.stringify(fixed)}, remove it or use "{{WINDOW_EXECUTION_ID}}"`,
  }];
}

/** The rules for the parameters, or undefined when the task pins a version other than the one they are known of. */
function rulesOf(use: DocumentUse, name: string, catalogue: Catalogue): ParameterRules | undefined {
  const document = catalogue.documents[name];
  if (!document || catalogue.retired[name]) return undefined;
  if (isPinned(use) && use.documentVersion !== document.documentVersion) return undefined;
  return { documentName: name, parameters: document.parameters, asOf: ` (as of ${catalogue.observed})` };
}

function isArn(use: DocumentUse): boolean {
  return use.documentName.startsWith('arn:');
}

function isPinned(use: DocumentUse): boolean {
  return use.documentVersion !== undefined && !use.documentVersion.startsWith('$');
}

/**
 * Checks a task whose document is one that AWS owns; finds nothing in all others.
 *
 * The catalogue ages: what a newer document may allow is a warning that names the catalogue's date.
 */
export function checkDocumentUse(use: DocumentUse): DocumentFinding[] {
  const name = awsOwnedName(use.documentName);
  if (name === undefined) return [];

  const catalogue = documentCatalogue();
  const hash = checkHash(use, name, catalogue);
  const type = documentTypeOf(catalogue, name);
  if (type === undefined) return [...checkName(use, name, catalogue), ...(isArn(use) ? hash : [])];

  const findings = [...checkType(use, name, type), ...checkRetired(use, name, catalogue), ...hash];
  const rules = rulesOf(use, name, catalogue);
  if (findings.some(({ severity }) => severity === 'error') || !rules || use.unresolvedParameters) return findings;

  const snapshot = checkSnapshot(use, name, catalogue);
  const { SnapshotId: _, ...withoutSnapshot } = use.parameters ?? {};
  const given = snapshot.length ? withoutSnapshot : use.parameters ?? {};
  return [...findings, ...snapshot, ...checkParameters(rules, given)];
}

// ── documents of the same app ───────────────────────────────────────────────────────────────────────

const TYPE_OF_SCHEMA: { readonly [schemaVersion: string]: string } = {
  '0.3': 'Automation',
  '1.2': 'Command',
  '2.0': 'Command',
  '2.2': 'Command',
};

type JsonObject = { readonly [key: string]: unknown };

/** An object that is what it looks like, not an intrinsic function that stands for something else. */
function objectOf(value: unknown): JsonObject | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::')) ? undefined : value as JsonObject;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function ownAllowedValues(values: unknown): string[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.every((value) => ['string', 'number', 'boolean'].includes(typeof value)) ? values.map(String) : undefined;
}

/** A parameter as the document declares it; what is known only at deployment is no rule. */
function ownParameter(declared: unknown): CatalogueParameter {
  const parameter = objectOf(declared);
  const pattern = textOf(parameter?.allowedPattern);
  return {
    type: textOf(parameter?.type) ?? '',
    required: parameter !== undefined && parameter.default === undefined,
    allowedValues: ownAllowedValues(parameter?.allowedValues),
    allowedPattern: pattern !== undefined && isSafePattern(pattern) ? pattern : undefined,
    minItems: numberOf(parameter?.minItems),
    maxItems: numberOf(parameter?.maxItems),
    minChars: numberOf(parameter?.minChars),
    maxChars: numberOf(parameter?.maxChars),
  };
}

/** The declared parameters, or undefined when they are known only at deployment. */
function ownParameters(content: JsonObject): { [name: string]: CatalogueParameter } | undefined {
  const declared = content.parameters === undefined ? {} : objectOf(content.parameters);
  return declared && Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, ownParameter(value)]));
}

/**
 * Checks a task whose document is made in the same app against what the document itself declares.
 *
 * @param content the resolved content; anything but an object, and every intrinsic function in it, is taken as not known
 * @param documentType the type given to the document, undefined to go by the schema version
 */
export function checkOwnDocument(content: unknown, documentType: string | undefined, use: DocumentUse): DocumentFinding[] {
  const document = objectOf(content);
  const type = documentType ?? TYPE_OF_SCHEMA[textOf(document?.schemaVersion) ?? ''];
  const findings = type === undefined ? [] : checkType(use, use.documentName, type);
  const parameters = document && ownParameters(document);
  if (findings.length > 0 || !parameters || use.unresolvedParameters || isPinned(use)) return findings;
  return checkParameters({ documentName: use.documentName, parameters, asOf: '' }, use.parameters ?? {});
}
