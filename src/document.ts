import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { checkPattern } from './private/validation';

const NAME = {
  pattern: /^[a-zA-Z0-9_\-.]{3,128}$/,
  rule: 'be 3 to 128 letters, digits, "_", "-" and "."; give an ARN by fromDocumentArn()',
};

const ARN = {
  pattern: /^arn:[a-z0-9-]+:ssm:[a-z0-9-]*:[0-9]*:(document|automation-definition)\/[a-zA-Z0-9_\-.]{3,128}$/,
  rule: 'be the ARN of a document such as "arn:aws:ssm:eu-central-1:123456789012:document/Name", without a version',
};

const VERSION = {
  pattern: /^(\$DEFAULT|\$LATEST|[1-9][0-9]*)$/,
  rule: 'be "$DEFAULT", "$LATEST" or a version number such as "3"',
};

/**
 * The version of a document that a task runs.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-versions.html
 */
export class DocumentVersion {
  /** The version that the document's owner has made the default. */
  public static readonly DEFAULT = new DocumentVersion('$DEFAULT');

  /** The newest version. */
  public static readonly LATEST = new DocumentVersion('$LATEST');

  /**
   * A certain version.
   *
   * @param version a number such as `3`
   */
  public static of(version: string): DocumentVersion {
    checkPattern(undefined, 'version', version, VERSION);
    return new DocumentVersion(version);
  }

  private constructor(
    /** The service's notation, such as `$LATEST` or `3`. */
    public readonly version: string,
  ) {}
}

/**
 * A document of the type Command, which a Run Command task runs on its targets.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
export class RunCommandDocument {
  /** Installs applications on Windows instances. */
  public static readonly AWS_INSTALL_APPLICATION = RunCommandDocument.fromDocumentName('AWS-InstallApplication');

  /** Installs, updates or removes a package of AWS Systems Manager Distributor. */
  public static readonly AWS_CONFIGURE_AWS_PACKAGE = RunCommandDocument.fromDocumentName('AWS-ConfigureAWSPackage');

  /** Scans for patches, or installs them, as the patch baseline of each instance says. */
  public static readonly AWS_RUN_PATCH_BASELINE = RunCommandDocument.fromDocumentName('AWS-RunPatchBaseline');

  /** Runs PowerShell. */
  public static readonly AWS_RUN_POWER_SHELL_SCRIPT = RunCommandDocument.fromDocumentName('AWS-RunPowerShellScript');

  /** Runs a shell script. */
  public static readonly AWS_RUN_SHELL_SCRIPT = RunCommandDocument.fromDocumentName('AWS-RunShellScript');

  /** Updates SSM Agent. */
  public static readonly AWS_UPDATE_SSM_AGENT = RunCommandDocument.fromDocumentName('AWS-UpdateSSMAgent');

  /**
   * A document of AWS or of this account, by its name.
   *
   * @param documentName 3 to 128 letters, digits, `_`, `-` and `.`
   */
  public static fromDocumentName(documentName: string): RunCommandDocument {
    checkPattern(undefined, 'documentName', documentName, NAME);
    return new RunCommandDocument(documentName);
  }

  /** A document by its ARN, which a document shared by another account needs. */
  public static fromDocumentArn(documentArn: string): RunCommandDocument {
    checkPattern(undefined, 'documentArn', documentArn, ARN);
    return new RunCommandDocument(documentArn);
  }

  /** A document that is defined in this app. */
  public static fromDocument(document: ssm.CfnDocument): RunCommandDocument {
    return new RunCommandDocument(document.ref, document);
  }

  private constructor(
    /** What the service knows the document by. */
    public readonly nameOrArn: string,
    /** @internal */
    public readonly _document?: ssm.CfnDocument,
  ) {}
}

/**
 * A document of the type Automation, which an Automation task runs.
 *
 * @see https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-runbook-reference.html
 */
export class AutomationRunbook {
  /** Restarts EC2 instances. */
  public static readonly AWS_RESTART_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-RestartEC2Instance');

  /** Starts EC2 instances. */
  public static readonly AWS_START_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StartEC2Instance');

  /** Stops EC2 instances. */
  public static readonly AWS_STOP_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StopEC2Instance');

  /**
   * A runbook of AWS or of this account, by its name.
   *
   * @param documentName 3 to 128 letters, digits, `_`, `-` and `.`
   */
  public static fromDocumentName(documentName: string): AutomationRunbook {
    checkPattern(undefined, 'documentName', documentName, NAME);
    return new AutomationRunbook(documentName);
  }

  /** A runbook by its ARN, which a runbook shared by another account needs. */
  public static fromDocumentArn(documentArn: string): AutomationRunbook {
    checkPattern(undefined, 'documentArn', documentArn, ARN);
    return new AutomationRunbook(documentArn);
  }

  /** A runbook that is defined in this app. */
  public static fromDocument(document: ssm.CfnDocument): AutomationRunbook {
    return new AutomationRunbook(document.ref, document);
  }

  private constructor(
    /** What the service knows the runbook by. */
    public readonly nameOrArn: string,
    /** @internal */
    public readonly _document?: ssm.CfnDocument,
  ) {}
}
