import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import type { PatchRunbookProps, PatchRunbookTaskOptions } from './patch-runbook-props';
import { checkRunbook } from './runbook-checks';
import { INSTANCE_PARAMETER, runbookContent } from './runbook-document';
import { grantSteps } from './runbook-permissions';
import { adviseOnRunbookTask } from './runbook-task-checks';
import { checkGiven } from '../common/given';
import { classMark } from '../common/per-construct';
import { AutomationRunbook } from '../document/document';
import { MaintenanceWindowTask } from '../task/maintenance-window-task';
import { PatchOperation, patchParameters } from '../task/patch-task';
import { automationsOf } from '../task/service-role';
import { PseudoParameter } from '../task/task-input';

const MARK = classMark('PatchRunbook');

/**
 * A runbook that patches a node while it is out of service: it starts the node if it is stopped, takes it out of its target groups or puts it into
 * standby, backs it up, patches and checks it, and puts everything back.
 *
 * Defines a document of the type Automation and its role. The order of the steps is fixed. Whatever step fails, and also when it is cancelled, the
 * runbook ends with the node as it was before, or out of service if you ask for that, and a failure is a failure of the task.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
 * @exampleMetadata fixture=with-window
 * @example
 * declare const group: elbv2.ITargetGroupRef;
 * const runbook = new patching.PatchRunbook(this, 'Runbook', {
 *   targetGroups: [group],
 *   healthChecks: [patching.PatchHealthCheck.targetGroups()],
 * });
 * runbook.addTo(window, 'Patch', { targets: TaskTargets.registered(web) });
 */
@propertyInjectable
export class PatchRunbook extends Construct {
  /** The ID by which property injectors find the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.patching.PatchRunbook';

  /** Returns whether an object is a `PatchRunbook`. */
  public static isPatchRunbook(x: any): x is PatchRunbook {
    return MARK.has(x);
  }

  /** The runbook, for tasks that are defined without `addTo()`. Its parameter `InstanceId` is the node. */
  public readonly automationRunbook: AutomationRunbook;
  /** The role that the steps of the runbook assume: grant it what runbooks of hooks need. */
  public readonly role: iam.IRole;
  private readonly props: PatchRunbookProps;

  constructor(scope: Construct, id: string, props: PatchRunbookProps = {}) {
    super(scope, id);
    MARK.mark(this);
    checkGiven(this, 'props', props, 'an object');
    checkRunbook(this, props);
    this.props = props;
    const { rebootOption, baselineOverride, installOverrideList, stepTimeout } = props;
    const parameters = patchParameters(this, { operation: PatchOperation.INSTALL, rebootOption, baselineOverride, installOverrideList, stepTimeout });
    this.role = props.role ?? new iam.Role(this, 'Role', { description: 'Patches nodes while they are out of service', assumedBy: automationsOf(this) });
    grantSteps(Stack.of(this), this.role, props, parameters);
    const document = new CfnDocument(this, 'Resource', {
      content: runbookContent(props, this.role, parameters),
      documentFormat: 'JSON',
      documentType: 'Automation',
      // executions that run keep their version, and the name stays
      updateMethod: 'NewVersion',
    });
    this.automationRunbook = AutomationRunbook.fromDocument(document);
  }

  /**
   * Adds a task to a window that runs this runbook on each of its targets.
   *
   * @param window a window, also one of another stack or of the L1 class
   * @param id the ID of the task
   */
  public addTo(window: IMaintenanceWindowRef, id: string, options: PatchRunbookTaskOptions): MaintenanceWindowTask {
    checkGiven(this, 'window', window, 'a maintenance window');
    checkGiven(this, 'options', options, 'an object');
    checkGiven(this, 'targets', options.targets, 'a TaskTargets');
    const task = MaintenanceWindowTask.automation(window as IConstruct as Construct, id, {
      ...options,
      maintenanceWindow: window,
      runbook: this.automationRunbook,
      assumeRole: this.role,
      parameters: { [INSTANCE_PARAMETER]: [PseudoParameter.resourceId] },
    });
    adviseOnRunbookTask(task, window, this.props, options);
    return task;
  }
}
