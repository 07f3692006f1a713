import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnMaintenanceWindowTask } from 'aws-cdk-lib/aws-ssm';
import type { IMaintenanceWindowRef, IMaintenanceWindowTaskRef, MaintenanceWindowTaskReference } from 'aws-cdk-lib/aws-ssm';
import { Resource } from 'aws-cdk-lib/core';
import type { IResource } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { actsWithServiceRole, documentName, renderAutomation } from './automation-task';
import type { AutomationTaskProps } from './automation-task';
import { interferenceAdvice } from './interfering-tasks';
import { renderLambda } from './lambda-task';
import type { LambdaTaskProps } from './lambda-task';
import { patchCommand } from './patch-task';
import type { PatchTaskProps } from './patch-task';
import { adviseOnTexts } from './pseudo-parameter-checks';
import { renderRunCommand } from './run-command-task';
import type { RunCommandTaskProps } from './run-command-task';
import { checkRole, grantPassRole, isServiceLinkedRole, runsWithServiceLinkedRole, serviceRole } from './service-role';
import { renderStepFunctions } from './step-functions-task';
import type { StepFunctionsTaskProps } from './step-functions-task';
import type { TaskDefinition } from './task-definition';
import { renderTargets, targetProblems, validateAlarm, validateTargets } from './task-definition-checks';
import type { MaintenanceWindowTaskOptions } from './task-options';
import { TaskPrincipal } from './task-principal';
import { attachTaskAlarm } from '../alarm/task-alarm';
import { useAlarm } from '../common/alarm-uses';
import { validationError } from '../common/errors';
import { checkGiven, checkOptional } from '../common/given';
import { injectedProps } from '../common/injected-props';
import { classMark } from '../common/per-construct';
import { checkRendered, constructWording } from '../common/rendered-resource';
import { checkWindowEnvironment } from '../common/same-environment';
import { checkDescription, checkInteger, checkName, formatValue, warnOfIdentifier } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import { membersOf, registerMember } from '../common/window-registry';
import { TASK_ID } from '../rules/identifiers';
import { PRIORITY, taskDiagnostics } from '../rules/task';
import { grantTargetLookup } from '../target/target-permissions';
import type { TaskTargets } from '../target/task-targets';

const DEFAULT_PRIORITY = 1;

const MARK = classMark('MaintenanceWindowTask');

const WORDING = constructWording({
  Name: 'taskName', ServiceRoleArn: 'role', TimeoutSeconds: 'timeout', OutputS3BucketName: 'outputBucket', OutputS3KeyPrefix: 'outputKeyPrefix',
});

/** A task of a maintenance window, defined in this app or imported. */
export interface IMaintenanceWindowTask extends IResource, IMaintenanceWindowTaskRef, iam.IGrantable {
  /**
   * The ID of the task.
   *
   * @attribute
   */
  readonly maintenanceWindowTaskId: string;

  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;

  /** The service role of the task, or none if it runs with the service-linked role or is imported. */
  readonly role?: iam.IRole;

  /**
   * Adds a statement to the policy of the role with which the task works: the service role, or the role that was made for the steps of its runbook.
   *
   * For a task that is imported or runs with the service-linked role, CDK warns that somebody else must add the statement.
   */
  addToRolePolicy(statement: iam.PolicyStatement): void;
}

/** Attributes for importing an existing task. */
export interface MaintenanceWindowTaskAttributes {
  /** The ID of the task. */
  readonly maintenanceWindowTaskId: string;

  /** The window that runs the task. */
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

interface CommonProps extends MaintenanceWindowTaskOptions {
  readonly maintenanceWindow: IMaintenanceWindowRef;
}

/**
 * A task of a maintenance window.
 *
 * @resource AWS::SSM::MaintenanceWindowTask
 * @stateless
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-tasks.html
 * @exampleMetadata fixture=with-window
 * @example
 * window.addRunCommandTask('Patch', {
 *   document: RunCommandDocument.AWS_RUN_PATCH_BASELINE,
 *   parameters: { Operation: ['Install'] },
 *   targets: TaskTargets.registered(web),
 *   maxConcurrency: RateControl.percentage(10),
 * });
 */
export class MaintenanceWindowTask extends Resource implements IMaintenanceWindowTask {
  /** The ID by which property injectors find the class. They get the props of the kind of task that is made. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-ssm-maintenance-windows.MaintenanceWindowTask';

  /** Runs a document of the type Command on its targets. */
  public static runCommand(scope: Construct, id: string, props: RunCommandTaskProps): MaintenanceWindowTask {
    const injected = injectedProps(MaintenanceWindowTask.PROPERTY_INJECTION_ID, scope, id, props);
    return new MaintenanceWindowTask(scope, id, injected, (task) => renderRunCommand(task, injected));
  }

  /** Scans managed nodes for missing patches or installs them, with the document AWS-RunPatchBaseline. */
  public static patch(scope: Construct, id: string, props: PatchTaskProps): MaintenanceWindowTask {
    const injected = injectedProps(MaintenanceWindowTask.PROPERTY_INJECTION_ID, scope, id, props);
    return new MaintenanceWindowTask(scope, id, injected, (task) => renderRunCommand(task, patchCommand(task, injected)));
  }

  /** Runs a document of the type Automation. */
  public static automation(scope: Construct, id: string, props: AutomationTaskProps): MaintenanceWindowTask {
    const injected = injectedProps(MaintenanceWindowTask.PROPERTY_INJECTION_ID, scope, id, props);
    const task = new MaintenanceWindowTask(scope, id, injected, (self) => renderAutomation(self, injected));
    atEndOfSynthesis(task, () => task.adviseOnRunbookPermissions(injected));
    return task;
  }

  /** Invokes a Lambda function. */
  public static lambda(scope: Construct, id: string, props: LambdaTaskProps): MaintenanceWindowTask {
    const injected = injectedProps(MaintenanceWindowTask.PROPERTY_INJECTION_ID, scope, id, props);
    return new MaintenanceWindowTask(scope, id, injected, (task) => renderLambda(task, injected));
  }

  /** Starts an execution of a state machine. */
  public static stepFunctions(scope: Construct, id: string, props: StepFunctionsTaskProps): MaintenanceWindowTask {
    const injected = injectedProps(MaintenanceWindowTask.PROPERTY_INJECTION_ID, scope, id, props);
    return new MaintenanceWindowTask(scope, id, injected, (task) => renderStepFunctions(task, injected));
  }

  /** Imports a task of an existing window. */
  public static fromMaintenanceWindowTaskAttributes(scope: Construct, id: string, attrs: MaintenanceWindowTaskAttributes): IMaintenanceWindowTask {
    checkGiven(scope, 'attrs', attrs, 'an object');
    checkGiven(scope, 'maintenanceWindowTaskId', attrs.maintenanceWindowTaskId, 'a string');
    checkGiven(scope, 'maintenanceWindow', attrs.maintenanceWindow, 'a maintenance window');
    class Import extends Resource implements IMaintenanceWindowTask {
      public readonly role = undefined;
      public readonly grantPrincipal: iam.IPrincipal = new iam.UnknownPrincipal({ resource: this });
      public readonly maintenanceWindowTaskId = attrs.maintenanceWindowTaskId;
      public readonly maintenanceWindow = attrs.maintenanceWindow;
      public readonly maintenanceWindowTaskRef = {
        windowId: attrs.maintenanceWindow.maintenanceWindowRef.windowId,
        windowTaskId: attrs.maintenanceWindowTaskId,
      };

      public addToRolePolicy(statement: iam.PolicyStatement): void {
        this.grantPrincipal.addToPrincipalPolicy(statement);
      }
    }
    const { account, region } = attrs.maintenanceWindow.env;
    const task = new Import(scope, id, { account, region });
    warnOfIdentifier(task, 'maintenanceWindowTaskId', attrs.maintenanceWindowTaskId, TASK_ID);
    return task;
  }

  /** Returns whether an object is a task that is defined in this app. */
  public static isMaintenanceWindowTask(x: any): x is MaintenanceWindowTask {
    return MARK.has(x);
  }

  public readonly maintenanceWindow: IMaintenanceWindowRef;
  /** The service role of the task, or none if it runs with the service-linked role. */
  public readonly role?: iam.IRole;
  /**
   * The principal with whose permissions the task works: the service role, or the role that was made for the steps of its runbook.
   *
   * Granting a runbook what its steps need goes here, such as by `bucket.grantRead(task)`.
   */
  public readonly grantPrincipal: iam.IPrincipal;
  /** @internal */
  public readonly _targets?: TaskTargets;
  private readonly taskPrincipal?: TaskPrincipal;
  private readonly resource: CfnMaintenanceWindowTask;

  private constructor(scope: Construct, id: string, props: CommonProps, render: (task: MaintenanceWindowTask) => TaskDefinition) {
    super(scope, id);
    MARK.mark(this);
    this.validateCommon(props);

    this.maintenanceWindow = props.maintenanceWindow;
    const definition = render(this);
    validateTargets(this, props.maintenanceWindow, definition);
    validateAlarm(this, definition);
    this._targets = definition.targets;

    this.role = props.useServiceLinkedRole ? undefined : props.role ?? serviceRole(this, props.maintenanceWindow);
    // nobody but AWS can add permissions to a service-linked role
    this.taskPrincipal = this.role && !runsWithServiceLinkedRole(props) ? new TaskPrincipal(this, definition.stepsRole ?? this.role) : undefined;
    this.grantPrincipal = this.taskPrincipal ?? new iam.UnknownPrincipal({ resource: this });
    if (this.role && this.taskPrincipal) {
      definition.grantTo(this.role);
      grantTargetLookup(this.role, definition.targets);
      grantPassRole(this.role, this.role.roleArn);
    }

    this.resource = new CfnMaintenanceWindowTask(this, 'Resource', {
      windowId: props.maintenanceWindow.maintenanceWindowRef.windowId,
      taskType: definition.taskType,
      taskArn: definition.taskArn,
      taskInvocationParameters: definition.invocationParameters,
      priority: props.priority ?? DEFAULT_PRIORITY,
      name: props.taskName,
      description: props.description,
      cutoffBehavior: props.cutoffBehavior,
      serviceRoleArn: this.role?.roleArn,
      ...renderTargets(definition),
    });

    checkRendered(this, this.resource, taskDiagnostics, WORDING);
    if (definition.alarm) {
      const { alarm, ignorePollAlarmFailure } = definition;
      useAlarm(this, alarm, 'stops a task');
      attachTaskAlarm(this, this.resource, { alarm, ignorePollAlarmFailure, serviceRole: this.role, window: props.maintenanceWindow });
    }

    registerMember(props.maintenanceWindow, 'tasks', this);
    atEndOfSynthesis(this, () => interferenceAdvice(this, membersOf(props.maintenanceWindow, 'tasks')).forEach((advice) => addWarning(this, advice)));
    adviseOnTexts(this, { ...definition, textsAsTheyAre: { ...definition.textsAsTheyAre, description: props.description } });
    const problems = targetProblems(definition);
    if (problems.length > 0) {
      atEndOfSynthesis(this, () => problems);
    }
  }

  public get maintenanceWindowTaskId(): string {
    return this.resource.ref;
  }

  public get maintenanceWindowTaskRef(): MaintenanceWindowTaskReference {
    return { windowId: this.maintenanceWindow.maintenanceWindowRef.windowId, windowTaskId: this.maintenanceWindowTaskId };
  }

  public addToRolePolicy(statement: iam.PolicyStatement): void {
    this.grantPrincipal.addToPrincipalPolicy(statement);
  }

  private validateCommon(props: CommonProps): void {
    checkGiven(this, 'props', props, 'an object');
    checkGiven(this, 'maintenanceWindow', props.maintenanceWindow, 'a maintenance window');
    checkOptional(this, 'taskName', props.taskName, 'a string');
    checkOptional(this, 'description', props.description, 'a string');
    checkOptional(this, 'priority', props.priority, 'a number');
    checkOptional(this, 'role', props.role, 'a role');
    checkOptional(this, 'useServiceLinkedRole', props.useServiceLinkedRole, 'true or false');
    checkName(this, 'taskName', props.taskName);
    checkDescription(this, props.description);
    checkInteger(this, 'priority', props.priority, PRIORITY);
    checkWindowEnvironment(this, props.maintenanceWindow);
    this.validateRole(props);
  }

  private validateRole({ role, useServiceLinkedRole }: CommonProps): void {
    if (!role) {
      return;
    }
    if (useServiceLinkedRole) {
      throw validationError(this, `'role' and 'useServiceLinkedRole' cannot be given together, got role ${formatValue(role.node.path)}, remove one of them`);
    }
    if (isServiceLinkedRole(role)) {
      addWarning(this, {
        id: 'serviceLinkedRoleAsRole',
        message: `'role' should be a service role of your own, got the service-linked role ${formatValue(role.roleArn)}, remove 'role' to have one made`,
      });
    }
    checkRole(this, 'role', role);
  }

  /** A runbook that acts with a role that may only start it fails at its first step. */
  private adviseOnRunbookPermissions(props: AutomationTaskProps): void {
    if (!props.role && this.taskPrincipal && !this.taskPrincipal.wasGranted && actsWithServiceRole(props)) {
      addWarning(this, {
        id: 'runbookWithoutPermissions',
        message: `'assumeRole' is missing and nothing was granted to the task, so the steps of the runbook run without permissions, got runbook ${documentName(props.runbook)}, `
          + 'specify \'assumeRole\' or grant the task the permissions, for example bucket.grantRead(task)',
      });
    }
  }
}
