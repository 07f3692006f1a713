import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { checkGiven } from '../common/given';
import { checkPattern } from '../common/validation';
import { DOCUMENT_ARN, DOCUMENT_NAME, DOCUMENT_VERSION } from '../rules/document';

/**
 * The version of a document that a task runs.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-versions.html
 */
export class DocumentVersion {
  /** The default version of the document. */
  public static readonly DEFAULT = new DocumentVersion('$DEFAULT');

  /** The newest version. */
  public static readonly LATEST = new DocumentVersion('$LATEST');

  /**
   * Uses a specific version.
   *
   * @param version a number such as `3`
   */
  public static of(version: string): DocumentVersion {
    checkGiven(undefined, 'version', version, 'a string');
    checkPattern(undefined, 'version', version, DOCUMENT_VERSION);
    return new DocumentVersion(version);
  }

  private constructor(
    /** The notation of the service, such as `$LATEST` or `3`. */
    public readonly version: string,
  ) {}
}

/**
 * A document of the type Command, which a Run Command task runs on its targets.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 */
export class RunCommandDocument {
  /** Configures, starts or stops the CloudWatch agent. */
  public static readonly AMAZON_CLOUDWATCH_MANAGE_AGENT = RunCommandDocument.fromDocumentName('AmazonCloudWatch-ManageAgent');

  /** Creates application-consistent snapshots of Windows volumes, after installing what that needs. */
  public static readonly AWSEC2_VSS_INSTALL_AND_SNAPSHOT = RunCommandDocument.fromDocumentName('AWSEC2-VssInstallAndSnapshot');

  /** Runs Ansible playbooks. */
  public static readonly AWS_APPLY_ANSIBLE_PLAYBOOKS = RunCommandDocument.fromDocumentName('AWS-ApplyAnsiblePlaybooks');

  /** Configures Windows Update. */
  public static readonly AWS_CONFIGURE_WINDOWS_UPDATE = RunCommandDocument.fromDocumentName('AWS-ConfigureWindowsUpdate');

  /** Installs updates on Windows without a patch baseline. */
  public static readonly AWS_INSTALL_WINDOWS_UPDATES = RunCommandDocument.fromDocumentName('AWS-InstallWindowsUpdates');

  /** Runs a document from Systems Manager, Amazon S3 or GitHub. */
  public static readonly AWS_RUN_DOCUMENT = RunCommandDocument.fromDocumentName('AWS-RunDocument');

  /** Patches according to the patch baseline of each instance, with documents that run before, after and at the end. */
  public static readonly AWS_RUN_PATCH_BASELINE_WITH_HOOKS = RunCommandDocument.fromDocumentName('AWS-RunPatchBaselineWithHooks');

  /** Runs a script from Amazon S3 or GitHub. */
  public static readonly AWS_RUN_REMOTE_SCRIPT = RunCommandDocument.fromDocumentName('AWS-RunRemoteScript');

  /** Installs applications on Windows instances. */
  public static readonly AWS_INSTALL_APPLICATION = RunCommandDocument.fromDocumentName('AWS-InstallApplication');

  /** Installs, updates or removes a package of AWS Systems Manager Distributor. */
  public static readonly AWS_CONFIGURE_AWS_PACKAGE = RunCommandDocument.fromDocumentName('AWS-ConfigureAWSPackage');

  /** Scans for or installs patches according to the patch baseline of each instance. */
  public static readonly AWS_RUN_PATCH_BASELINE = RunCommandDocument.fromDocumentName('AWS-RunPatchBaseline');

  /** Runs PowerShell. */
  public static readonly AWS_RUN_POWER_SHELL_SCRIPT = RunCommandDocument.fromDocumentName('AWS-RunPowerShellScript');

  /** Runs a shell script. */
  public static readonly AWS_RUN_SHELL_SCRIPT = RunCommandDocument.fromDocumentName('AWS-RunShellScript');

  /** Updates SSM Agent. */
  public static readonly AWS_UPDATE_SSM_AGENT = RunCommandDocument.fromDocumentName('AWS-UpdateSSMAgent');

  /**
   * Uses a document of AWS or of this account by its name.
   *
   * @param documentName 3 to 128 letters, digits, `_`, `-` and `.`
   */
  public static fromDocumentName(documentName: string): RunCommandDocument {
    checkGiven(undefined, 'documentName', documentName, 'a string');
    checkPattern(undefined, 'documentName', documentName, DOCUMENT_NAME);
    return new RunCommandDocument(documentName);
  }

  /** Uses a document by its ARN. A document that another account shares needs its ARN. */
  public static fromDocumentArn(documentArn: string): RunCommandDocument {
    checkGiven(undefined, 'documentArn', documentArn, 'a string');
    checkPattern(undefined, 'documentArn', documentArn, DOCUMENT_ARN);
    return new RunCommandDocument(documentArn);
  }

  /** Uses a document that is defined in this app. */
  public static fromDocument(document: ssm.CfnDocument): RunCommandDocument {
    checkGiven(undefined, 'document', document, 'a construct');
    return new RunCommandDocument(document.ref, document);
  }

  private constructor(
    /** The name or ARN of the document. */
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
  /** Creates an Amazon Machine Image of an EC2 instance. */
  public static readonly AWS_CREATE_IMAGE = AutomationRunbook.fromDocumentName('AWS-CreateImage');

  /** Creates a snapshot of an RDS instance. */
  public static readonly AWS_CREATE_RDS_SNAPSHOT = AutomationRunbook.fromDocumentName('AWS-CreateRdsSnapshot');

  /** Creates a snapshot of an EBS volume. */
  public static readonly AWS_CREATE_SNAPSHOT = AutomationRunbook.fromDocumentName('AWS-CreateSnapshot');

  /** Patches an instance of an Auto Scaling group while it is out of service. */
  public static readonly AWS_PATCH_ASG_INSTANCE = AutomationRunbook.fromDocumentName('AWS-PatchAsgInstance');

  /** Patches an EC2 instance and keeps a snapshot of its root volume for a rollback. */
  public static readonly AWS_PATCH_INSTANCE_WITH_ROLLBACK = AutomationRunbook.fromDocumentName('AWS-PatchInstanceWithRollback');

  /** Restarts an RDS instance. */
  public static readonly AWS_REBOOT_RDS_INSTANCE = AutomationRunbook.fromDocumentName('AWS-RebootRdsInstance');

  /** Restarts EC2 instances. */
  public static readonly AWS_RESTART_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-RestartEC2Instance');

  /** Starts EC2 instances. */
  public static readonly AWS_START_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StartEC2Instance');

  /** Starts an RDS instance. */
  public static readonly AWS_START_RDS_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StartRdsInstance');

  /** Stops EC2 instances. */
  public static readonly AWS_STOP_EC2_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StopEC2Instance');

  /** Stops an RDS instance. */
  public static readonly AWS_STOP_RDS_INSTANCE = AutomationRunbook.fromDocumentName('AWS-StopRdsInstance');

  /**
   * Uses a runbook of AWS or of this account by its name.
   *
   * @param documentName 3 to 128 letters, digits, `_`, `-` and `.`
   */
  public static fromDocumentName(documentName: string): AutomationRunbook {
    checkGiven(undefined, 'documentName', documentName, 'a string');
    checkPattern(undefined, 'documentName', documentName, DOCUMENT_NAME);
    return new AutomationRunbook(documentName);
  }

  /** Uses a runbook by its ARN. A runbook that another account shares needs its ARN. */
  public static fromDocumentArn(documentArn: string): AutomationRunbook {
    checkGiven(undefined, 'documentArn', documentArn, 'a string');
    checkPattern(undefined, 'documentArn', documentArn, DOCUMENT_ARN);
    return new AutomationRunbook(documentArn);
  }

  /** Uses a runbook that is defined in this app. */
  public static fromDocument(document: ssm.CfnDocument): AutomationRunbook {
    checkGiven(undefined, 'document', document, 'a construct');
    return new AutomationRunbook(document.ref, document);
  }

  private constructor(
    /** The name or ARN of the runbook. */
    public readonly nameOrArn: string,
    /** @internal */
    public readonly _document?: ssm.CfnDocument,
  ) {}
}
