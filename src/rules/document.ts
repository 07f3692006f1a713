import { ofArn } from './arn';
import type { Bounds, PatternRule } from './findings';
import { holdsOnly, textOfCharacters } from './findings';

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html */
export const DOCUMENT_NAME: PatternRule = textOfCharacters('a-zA-Z0-9_\\-.', { min: 3, max: 128 },
  'be 3 to 128 letters, digits, "_", "-" and "."; give an ARN by fromDocumentArn()');

export const DOCUMENT_ARN: PatternRule = {
  pattern: /^arn:[a-z0-9-]+:ssm:[a-z0-9-]*:[0-9]*:(document|automation-definition)\/[a-zA-Z0-9_\-.]{3,128}$/,
  rule: 'be the ARN of a document such as "arn:aws:ssm:eu-central-1:123456789012:document/Name", without a version',
  canMatch: ofArn('ssm', 'document/', 'automation-definition/'),
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-versions.html */
export const DOCUMENT_VERSION: PatternRule = {
  pattern: /^(\$DEFAULT|\$LATEST|[1-9][0-9]*)$/,
  rule: 'be "$DEFAULT", "$LATEST" or a version number such as "3"',
  canMatch: holdsOnly('$A-Z0-9', 19),
};

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_MaintenanceWindowRunCommandParameters.html */
export const SHA_256: PatternRule = textOfCharacters('0-9a-fA-F', { min: 64, max: 64 }, 'be a SHA-256 hash, 64 hexadecimal digits');

/** The path of a file that AWS-RunPatchBaseline accepts in BaselineOverride and InstallOverrideList. */
export const PATCH_FILE_KEY: PatternRule = {
  pattern: /^[^/'"`$\s]+(\/[^/'"`$\s]+)*$/,
  rule: 'be a key without white space, quotes, backticks and "$", and without empty folders',
  canMatch: holdsOnly('^\'"`$\\s', 1_024),
};

/** What AWS-RunPatchBaseline accepts in StepTimeoutSeconds. */
export const STEP_TIMEOUT_SECONDS: Bounds = { min: 1, max: 36_000 };
