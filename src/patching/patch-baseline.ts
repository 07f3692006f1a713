import { CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import { ArnFormat, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { compareWithOtherBaselines } from './app-baselines';
import { approvalsOf } from './approval-time';
import type { Approval } from './approval-time';
import { PatchBaselineBase } from './patch-baseline-base';
import type { IPatchBaseline } from './patch-baseline-interface';
import type { PatchBaselineProps } from './patch-baseline-props';
import type { PatchOperatingSystem } from './patch-operating-system';
import { PredefinedPatchBaseline } from './predefined-patch-baseline';
import { checkPatchBaselineProps, PATCH_BASELINE_WORDING, renderPatchBaseline } from './render-patch-baseline';
import { validationError } from '../common/errors';
import { checkGiven } from '../common/given';
import { requireArnShape } from '../common/import-arn';
import { knownProperties } from '../common/known-properties';
import { classMark } from '../common/per-construct';
import { checkRendered } from '../common/rendered-resource';
import { checkPattern, formatValue, warnOfIdentifier } from '../common/validation';
import { addWarning } from '../common/warnings';
import { PATCH_BASELINE_ARN, PATCH_BASELINE_ID, PATCH_GROUP, patchBaselineDiagnostics } from '../rules/patch-baseline';

const MARK = classMark('PatchBaseline');

/**
 * A patch baseline of AWS Systems Manager: which patches are approved for nodes with an operating system, and when.
 *
 * @resource AWS::SSM::PatchBaseline
 * @stateless
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 * @example
 * new patching.PatchBaseline(this, 'Web', {
 *   operatingSystem: patching.PatchOperatingSystem.AMAZON_LINUX_2023,
 *   approvalRules: [{
 *     filters: [patching.PatchFilter.classification('Security'), patching.PatchFilter.severity('Critical', 'Important')],
 *     approveAfter: Duration.days(3),
 *   }],
 *   patchGroups: ['web'],
 * });
 */
@propertyInjectable
export class PatchBaseline extends PatchBaselineBase {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.patching.PatchBaseline';

  /** Imports a baseline of the account and Region of the stack by its ID. */
  public static fromPatchBaselineId(scope: Construct, id: string, patchBaselineId: string): IPatchBaseline {
    checkGiven(scope, 'patchBaselineId', patchBaselineId, 'a string');
    class Import extends PatchBaselineBase {
      public readonly patchBaselineId = patchBaselineId;
      public readonly patchBaselineArn = baselineArn(this, patchBaselineId);
      public readonly operatingSystem = undefined;
    }
    const baseline = new Import(scope, id);
    warnOfIdentifier(baseline, 'patchBaselineId', patchBaselineId, PATCH_BASELINE_ID);
    return baseline;
  }

  /** Imports a baseline by its ARN. Account and Region come from the ARN. */
  public static fromPatchBaselineArn(scope: Construct, id: string, patchBaselineArn: string): IPatchBaseline {
    requireArnShape(scope, id, 'patchBaselineArn', patchBaselineArn, 'fromPatchBaselineId');
    class Import extends PatchBaselineBase {
      public readonly patchBaselineArn = patchBaselineArn;
      public readonly patchBaselineId = Stack.of(scope).splitArn(patchBaselineArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
      public readonly operatingSystem = undefined;
    }
    const baseline = new Import(scope, id, { environmentFromArn: patchBaselineArn });
    warnOfIdentifier(baseline, 'patchBaselineArn', patchBaselineArn, PATCH_BASELINE_ARN);
    return baseline;
  }

  /** Returns the baseline that AWS predefines for an operating system, which nodes use as long as an account has no other default. */
  public static awsDefault(operatingSystem: PatchOperatingSystem): PredefinedPatchBaseline {
    return PredefinedPatchBaseline._of(operatingSystem);
  }

  /** Returns whether an object is a `PatchBaseline` that is defined in this app. */
  public static isPatchBaseline(x: any): x is PatchBaseline {
    return MARK.has(x);
  }

  public readonly patchBaselineId: string;
  public readonly patchBaselineArn: string;
  public readonly operatingSystem?: PatchOperatingSystem;
  /** What the rules approve, and when. @internal */
  public readonly _approvals: readonly Approval[];

  private readonly groups: string[];

  constructor(scope: Construct, id: string, props: PatchBaselineProps) {
    super(scope, id);
    MARK.mark(this);
    checkPatchBaselineProps(this, props);
    this.groups = [...props.patchGroups ?? []];
    const properties = renderPatchBaseline(this, props);
    const found = patchBaselineDiagnostics(knownProperties(this, properties), PATCH_BASELINE_WORDING);
    const error = found.find(({ severity }) => severity === 'error');
    if (error) {
      throw validationError(this, error.message);
    }
    found.forEach((warning) => addWarning(this, warning));

    const resource = new CfnPatchBaseline(this, 'Resource', {
      ...properties,
      // windows add theirs later
      patchGroups: Lazy.list({ produce: () => this.groups }, { omitEmpty: true }),
    });
    this.patchBaselineId = resource.ref;
    this.patchBaselineArn = baselineArn(this, resource.ref);
    this.operatingSystem = props.operatingSystem;
    this._approvals = approvalsOf(props.operatingSystem, props.approvalRules ?? []);

    checkRendered(this, resource, patchBaselineDiagnostics, PATCH_BASELINE_WORDING);
    compareWithOtherBaselines(this, resource);
  }

  /**
   * Applies the baseline to the nodes of a patch group, too.
   *
   * @param patchGroup the value of their tag `PatchGroup` or `Patch Group`
   */
  public addPatchGroup(patchGroup: string): void {
    checkGiven(this, 'patchGroup', patchGroup, 'a string');
    checkPattern(this, 'patchGroup', patchGroup, PATCH_GROUP);
    if (Token.isUnresolved(this.groups)) {
      throw validationError(this, `'patchGroups' must be a list that is known to take another patch group, got a token, give ${formatValue(patchGroup)} with it`);
    }
    this.groups.includes(patchGroup) || this.groups.push(patchGroup);
  }
}

function baselineArn(baseline: PatchBaselineBase, patchBaselineId: string): string {
  return Stack.of(baseline).formatArn({
    service: 'ssm',
    resource: 'patchbaseline',
    resourceName: patchBaselineId,
    account: baseline.env.account,
    region: baseline.env.region,
  });
}
