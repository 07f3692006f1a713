import { CfnMaintenanceWindowTarget } from 'aws-cdk-lib/aws-ssm';
import type { IMaintenanceWindowRef, IMaintenanceWindowTargetRef, MaintenanceWindowTargetReference } from 'aws-cdk-lib/aws-ssm';
import { Resource } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import { rejectSelection, selectionWarnings } from './selection-rules';
import type { Selection } from './selection-rules';
import type { TargetSelector } from './target-selector';
import { checkGiven, checkOptional } from '../common/given';
import { sortedRecord } from '../common/json';
import { classMark } from '../common/per-construct';
import { checkRendered, constructWording } from '../common/rendered-resource';
import { checkReach, checkWindowEnvironment } from '../common/same-environment';
import { checkDescription, checkLength, checkName, warnOfIdentifier } from '../common/validation';
import { addWarning } from '../common/warnings';
import { registerMember } from '../common/window-registry';
import { TARGET_ID } from '../rules/identifiers';
import { OWNER_INFORMATION, targetDiagnostics } from '../rules/target';

const MARK = classMark('MaintenanceWindowTarget');

const WORDING = constructWording({ Name: 'targetName' });

/** A target that is registered with a maintenance window, defined in this app or imported. */
export interface IMaintenanceWindowTarget extends IResource, IMaintenanceWindowTargetRef {
  /**
   * The ID of the target.
   *
   * @attribute
   */
  readonly maintenanceWindowTargetId: string;

  /** The window that the target is registered with. Only its tasks can run on the target. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/** Options for registering a target with a maintenance window. */
export interface MaintenanceWindowTargetOptions {
  /** The resources of the target. When it changes between instances and a resource group, CloudFormation replaces the target. */
  readonly selector: TargetSelector;

  /**
   * A name for the target, for people to read.
   *
   * 3 to 128 letters, digits, `_`, `-` and `.`.
   *
   * @default - the target has no name
   */
  readonly targetName?: string;

  /**
   * A description of the target.
   *
   * 1 to 128 characters.
   *
   * @default - the target has no description
   */
  readonly description?: string;

  /**
   * A string that Systems Manager includes in events about tasks on this target.
   *
   * 1 to 128 characters.
   *
   * @default - events carry no owner information
   */
  readonly ownerInformation?: string;
}

/** Properties of a target that is registered with a maintenance window. */
export interface MaintenanceWindowTargetProps extends MaintenanceWindowTargetOptions {
  /** The window that the target is registered with. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/** Attributes for importing an existing target. */
export interface MaintenanceWindowTargetAttributes {
  /** The ID of the target. */
  readonly maintenanceWindowTargetId: string;

  /** The window that the target is registered with. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/**
 * A target that is registered with a maintenance window.
 *
 * @resource AWS::SSM::MaintenanceWindowTarget
 * @stateless
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-targets.html
 * @example
 * declare const window: MaintenanceWindow;
 * const web = window.addTarget('Web', { selector: TargetSelector.tags({ Role: ['web'] }) });
 */
@propertyInjectable
export class MaintenanceWindowTarget extends Resource implements IMaintenanceWindowTarget {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindowTarget';

  /** Imports a target of an existing window. */
  public static fromMaintenanceWindowTargetAttributes(
    scope: Construct, id: string, attrs: MaintenanceWindowTargetAttributes): IMaintenanceWindowTarget {
    checkGiven(scope, 'attrs', attrs, 'an object');
    checkGiven(scope, 'maintenanceWindowTargetId', attrs.maintenanceWindowTargetId, 'a string');
    checkGiven(scope, 'maintenanceWindow', attrs.maintenanceWindow, 'a maintenance window');
    class Import extends Resource implements IMaintenanceWindowTarget {
      public readonly maintenanceWindowTargetId = attrs.maintenanceWindowTargetId;
      public readonly maintenanceWindow = attrs.maintenanceWindow;
      public readonly maintenanceWindowTargetRef = {
        windowId: attrs.maintenanceWindow.maintenanceWindowRef.windowId,
        windowTargetId: attrs.maintenanceWindowTargetId,
      };
    }
    const { account, region } = attrs.maintenanceWindow.env;
    const target = new Import(scope, id, { account, region });
    warnOfIdentifier(target, 'maintenanceWindowTargetId', attrs.maintenanceWindowTargetId, TARGET_ID);
    return target;
  }

  /** Returns whether an object is a target that is defined in this app. */
  public static isMaintenanceWindowTarget(x: any): x is MaintenanceWindowTarget {
    return MARK.has(x);
  }

  public readonly maintenanceWindowTargetId: string;
  public readonly maintenanceWindow: IMaintenanceWindowRef;
  /** @internal */
  public readonly _selection: Selection;

  constructor(scope: Construct, id: string, props: MaintenanceWindowTargetProps) {
    super(scope, id);
    MARK.mark(this);
    this.validateProps(props);

    this.maintenanceWindow = props.maintenanceWindow;
    const { resourceType, targets } = props.selector;
    this._selection = { resourceType, targets: sortedRecord(targets, (values) => values) };

    const resource = new CfnMaintenanceWindowTarget(this, 'Resource', {
      windowId: props.maintenanceWindow.maintenanceWindowRef.windowId,
      resourceType,
      targets: Object.entries(this._selection.targets).map(([key, values]) => ({ key, values })),
      name: props.targetName,
      description: props.description,
      ownerInformation: props.ownerInformation,
    });
    this.maintenanceWindowTargetId = resource.ref;
    checkRendered(this, resource, targetDiagnostics, WORDING);

    selectionWarnings(this._selection).forEach((advice) => addWarning(this, advice));
    registerMember(props.maintenanceWindow, 'targets', this);
  }

  public get maintenanceWindowTargetRef(): MaintenanceWindowTargetReference {
    return { windowId: this.maintenanceWindow.maintenanceWindowRef.windowId, windowTargetId: this.maintenanceWindowTargetId };
  }

  private validateProps(props: MaintenanceWindowTargetProps): void {
    checkGiven(this, 'props', props, 'an object');
    checkGiven(this, 'maintenanceWindow', props.maintenanceWindow, 'a maintenance window');
    checkGiven(this, 'selector', props.selector, 'a TargetSelector');
    checkOptional(this, 'targetName', props.targetName, 'a string');
    checkOptional(this, 'description', props.description, 'a string');
    checkOptional(this, 'ownerInformation', props.ownerInformation, 'a string');
    checkName(this, 'targetName', props.targetName);
    checkDescription(this, props.description);
    checkLength(this, 'ownerInformation', props.ownerInformation, OWNER_INFORMATION);
    rejectSelection(this, props.selector);
    props.selector._instances?.forEach(({ env }) => checkReach(this, { prop: 'selector', kind: 'instance', env }));
    checkWindowEnvironment(this, props.maintenanceWindow);
  }
}
