import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Tokenization } from 'aws-cdk-lib/core';
import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { RunCommandTaskProps } from './run-command-task';
import type { RunCommandTaskBaseOptions } from './run-command-task-options';
import { validationError } from '../common/errors';
import { checkGiven, checkOptional } from '../common/given';
import { checkOneOf, checkPattern, formatValue, wholeNumberOf } from '../common/validation';
import { RunCommandDocument } from '../document/document';
import { PATCH_FILE_KEY, STEP_TIMEOUT_SECONDS } from '../rules/document';

/** The operation of a patch task: scan for missing patches, or install them. */
export enum PatchOperation {
  /** Reports which patches are missing. */
  SCAN = 'Scan',

  /** Installs the patches that are missing. */
  INSTALL = 'Install',
}

/** Whether nodes restart after patches are installed. */
export enum PatchRebootOption {
  /** A node restarts after any patch was installed, and when one waits for a restart. */
  REBOOT_IF_NEEDED = 'RebootIfNeeded',

  /** No node restarts. Each patch stays *InstalledPendingReboot*, and the node is Non-Compliant until it restarts. */
  NO_REBOOT = 'NoReboot',
}

/** A file that nodes read when they are patched: their instance profile, not the service role of the task, needs `s3:GetObject` on it. */
export interface BaselineOverrideFile {
  /** The bucket. */
  readonly bucket: s3.IBucket;

  /** The key of the file in the bucket: without white space, quotes, backticks and `$`, and no `/` at either end. */
  readonly key: string;
}

/**
 * Options of a task that patches managed nodes with the document AWS-RunPatchBaseline.
 *
 * The ID of the patch snapshot is left out, as AWS advises inside a maintenance window: Systems Manager derives it from the execution of the window,
 * so that all nodes of an execution get the same patches. `{{WINDOW_EXECUTION_ID}}`, which the console writes, means the same.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html#patch-manager-aws-runpatchbaseline-parameters-snapshot-id
 */
export interface PatchTaskOptions extends RunCommandTaskBaseOptions {
  /** The operation: scan for missing patches, or install them. */
  readonly operation: PatchOperation;

  /**
   * Whether nodes restart after patches are installed. `PatchOperation.SCAN` ignores it.
   *
   * @default PatchRebootOption.REBOOT_IF_NEEDED
   */
  readonly rebootOption?: PatchRebootOption;

  /**
   * A JSON file with patch baselines that replace those of the account for this task. `patching.PatchBaselineOverride` makes one.
   *
   * Such a run does not update patch compliance: its result is in the output of the command only. Cannot be combined with `installOverrideList`.
   *
   * @default - the patch baselines of the account
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-baselineoverride-parameter.html
   */
  readonly baselineOverride?: BaselineOverrideFile;

  /**
   * A YAML file with the patches to install instead of those that the baseline approves. `PatchOperation.SCAN` ignores it.
   *
   * On Windows, only patches that the baseline approves as well are installed; on Linux and macOS, only packages that are installed already.
   *
   * @default - the patches that the baseline approves
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-override-lists.html
   */
  readonly installOverrideList?: BaselineOverrideFile;

  /**
   * The time limit for patching a node: 1 second to 10 hours, in whole seconds.
   *
   * @default Duration.hours(3)
   */
  readonly stepTimeout?: Duration;
}

/** Properties of a task that patches managed nodes. */
export interface PatchTaskProps extends PatchTaskOptions {
  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/**
 * The Run Command task that a patch task is.
 *
 * @internal
 */
export function patchCommand(scope: IConstruct, props: PatchTaskProps): RunCommandTaskProps {
  checkGiven(scope, 'props', props, 'an object');
  const { operation, rebootOption, baselineOverride, installOverrideList, stepTimeout, ...command } = props;
  return {
    ...command,
    document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
    parameters: patchParameters(scope, { operation, rebootOption, baselineOverride, installOverrideList, stepTimeout }),
  };
}

/** What the document AWS-RunPatchBaseline is told. */
type PatchOptions = Pick<PatchTaskOptions, 'operation' | 'rebootOption' | 'baselineOverride' | 'installOverrideList' | 'stepTimeout'>;

/**
 * The parameters of AWS-RunPatchBaseline.
 *
 * @internal
 */
export function patchParameters(scope: IConstruct, options: PatchOptions): Record<string, string[]> {
  const { operation, rebootOption, baselineOverride, installOverrideList, stepTimeout } = options;
  checkOneOf(scope, 'operation', operation, Object.values(PatchOperation));
  rebootOption !== undefined && checkOneOf(scope, 'rebootOption', rebootOption, Object.values(PatchRebootOption));
  checkOptional(scope, 'stepTimeout', stepTimeout, 'a Duration');
  checkFile(scope, 'baselineOverride', baselineOverride);
  checkFile(scope, 'installOverrideList', installOverrideList);
  if (baselineOverride && installOverrideList) {
    throw validationError(scope, '\'baselineOverride\' and \'installOverrideList\' cannot be given together, as the document fails with both, '
      + `got the files ${formatValue(baselineOverride.key)} and ${formatValue(installOverrideList.key)}, remove one of them`);
  }
  const given = {
    Operation: operation,
    RebootOption: rebootOption,
    BaselineOverride: baselineOverride && urlOf(scope, 'baselineOverride', baselineOverride),
    InstallOverrideList: installOverrideList && urlOf(scope, 'installOverrideList', installOverrideList),
    StepTimeoutSeconds: stepTimeout && Tokenization.stringifyNumber(wholeNumberOf(scope, 'stepTimeout', stepTimeout, 'seconds', STEP_TIMEOUT_SECONDS)),
  };
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])));
}

function checkFile(scope: IConstruct, prop: string, file: BaselineOverrideFile | undefined): void {
  if (file !== undefined) {
    checkGiven(scope, prop, file, 'an object');
    checkGiven(scope, `${prop}.bucket`, file.bucket, 'a bucket');
    checkGiven(scope, `${prop}.key`, file.key, 'a string');
  }
}

function urlOf(scope: IConstruct, prop: string, { bucket, key }: BaselineOverrideFile): string {
  checkPattern(scope, `${prop}.key`, key, PATCH_FILE_KEY);
  return bucket.s3UrlForObject(key);
}
