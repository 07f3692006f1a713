import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { FileSystem } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { approvalsOf } from './approval-time';
import type { KnownBaseline } from './approval-warnings';
import { checkNodeRole } from './node-role';
import { overrideFileContent } from './override-file';
import type { PatchBaselineOptions } from './patch-baseline-props';
import { checkPatchBaselineOptions } from './render-patch-baseline';
import { validationError } from '../common/errors';
import { checkEach, checkGiven } from '../common/given';
import { perConstruct } from '../common/per-construct';
import type { BaselineOverrideFile } from '../task/patch-task';

/** The override whose file lies in a bucket: each asset sees its bucket by a construct of its own. */
const overrideIn = perConstruct<{ override?: PatchBaselineOverride }>('PatchBaselineOverride', () => ({}));

/** Properties of patch baselines in a file. */
export interface PatchBaselineOverrideProps {
  /** The baselines: one for each operating system of the nodes. All that they hold is known at synthesis. */
  readonly baselines: PatchBaselineOptions[];
}

/**
 * Patch baselines for single patch tasks or windows, whatever the account assigns to the nodes, and without patch groups.
 *
 * They are written to a file that is uploaded with the assets of the app. The account keeps its baselines. A run with them does not update patch
 * compliance: its result is in the output of the command only. Define it in the stack of the window.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-baselineoverride-parameter.html
 * @example
 * const override = new patching.PatchBaselineOverride(this, 'Override', {
 *   baselines: [{
 *     operatingSystem: patching.PatchOperatingSystem.AMAZON_LINUX_2023,
 *     approvalRules: [{ filters: [patching.PatchFilter.severity('Critical')], approveAfter: Duration.days(0) }],
 *   }],
 * });
 * new patching.PatchWindows(this, 'Web', { selector: TargetSelector.tags({ Role: ['web'] }), baselineOverride: override.file });
 */
@propertyInjectable
export class PatchBaselineOverride extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.patching.PatchBaselineOverride';

  /** The override that made a file, if one did. @internal */
  public static _of({ bucket, key }: BaselineOverrideFile): PatchBaselineOverride | undefined {
    const { override } = overrideIn(bucket);
    return override?.file.key === key ? override : undefined;
  }

  /** The file, for `baselineOverride` of a patch task or of `PatchWindows`. */
  public readonly file: BaselineOverrideFile;
  /** What the baselines approve, and when. @internal */
  public readonly _baselines: readonly KnownBaseline[];

  constructor(scope: Construct, id: string, props: PatchBaselineOverrideProps) {
    super(scope, id);
    checkGiven(this, 'props', props, 'an object');
    checkEach(this, 'baselines', props.baselines, 'an object');
    if (props.baselines.length === 0) {
      throw validationError(this, '\'baselines\' must hold at least one baseline, got none, give one for each operating system of the nodes');
    }
    props.baselines.forEach((baseline, index) => checkPatchBaselineOptions(this, baseline, `baselines[${index}].`));
    const asset = this.upload(overrideFileContent(this, props.baselines));
    this.file = { bucket: asset.bucket, key: asset.s3ObjectKey };
    this._baselines = props.baselines.map(({ operatingSystem, approvalRules = [] }) => ({
      operatingSystem, _approvals: approvalsOf(operatingSystem, approvalRules), node: this.node,
    }));
    overrideIn(asset.bucket).override = this;
  }

  /**
   * Grants nodes permission to read the file. They need it: the service role of the task does not read it.
   *
   * @param grantee the role of their instance profile
   */
  public grantRead(grantee: iam.IGrantable): iam.Grant {
    checkNodeRole(this, grantee);
    const { bucket, key } = this.file;
    return iam.Grant.addToPrincipal({ grantee, actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects(key)] });
  }

  /** The hash of the asset is that of its content, wherever the file lies. */
  private upload(content: string): Asset {
    const path = join(FileSystem.mkdtemp('patch-baselines'), 'baselines.json');
    writeFileSync(path, content);
    const asset = new Asset(this, 'File', { path });
    // without staging, the file is read from where it is
    asset.assetPath !== path && rmSync(dirname(path), { recursive: true });
    return asset;
  }
}
