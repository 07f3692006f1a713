import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Duration, Reference, RemovalPolicy, Stack, Tags, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { HealingRule } from './task-alarm-healing';
import { alarmSettings } from './task-alarm-settings';
import { addWarning } from '../common/warnings';
import { SSM_PRINCIPAL } from '../rules/role';

const ID = 'MaintenanceWindowTaskAlarms';
const HANDLER = join(__dirname, '..', '..', 'assets', 'alarm', 'handler', 'task-alarm.lambda');

/**
 * The inline policies of a role hold 10,240 characters together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const ROLE_POLICY_CHARACTERS = 10_240;
const BASE_CHARACTERS = 1_200;
const WINDOW_POLICY_CHARACTERS = 230;
const PASS_ROLE_POLICY_CHARACTERS = 265;

/** The function that sets the alarms of one stack's tasks, with what it needs and nothing else. */
export class TaskAlarmProvider extends Construct {
  /** One per stack, however many tasks it has. */
  public static of(scope: IConstruct): TaskAlarmProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as TaskAlarmProvider | undefined ?? new TaskAlarmProvider(stack);
  }

  public readonly serviceToken: string;
  private readonly function: lambda.Function;
  private readonly role: iam.Role;
  private readonly healing: boolean;
  private policies = { windows: 0, roles: 0 };

  private constructor(stack: Stack) {
    super(stack, ID);
    const settings = alarmSettings(stack);
    this.healing = settings.healing ?? true;

    settings.encryptionKey?.grant(new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`), ...LOG_KEY_ACTIONS);
    const logGroup = new logs.LogGroup(this, 'Log', {
      retention: settings.logRetention ?? logs.RetentionDays.ONE_MONTH,
      encryptionKey: settings.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Sets the alarms of the maintenance window tasks of one stack',
    });
    logGroup.grantWrite(this.role);
    // The windows are named in policies of their own; both resources are checked.
    this.role.addToPolicy(new iam.PolicyStatement({ actions: TASK_ACTIONS, resources: [ssmArn(stack, 'windowtask', '*')] }));
    if (settings.vpc) {
      this.role.addToPolicy(new iam.PolicyStatement({ actions: VPC_ACTIONS, resources: ['*'] }));
    }
    if (this.healing) {
      this.role.addToPolicy(new iam.PolicyStatement({
        actions: ['events:ListTargetsByRule'],
        resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: HealingRule.namePattern() })],
      }));
    }
    this.function = new lambda.Function(this, 'Function', {
      description: 'Sets the alarms of maintenance window tasks, which CloudFormation cannot',
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromAsset(HANDLER),
      role: this.role,
      logGroup,
      memorySize: 256,
      timeout: Duration.minutes(5),
      vpc: settings.vpc,
      vpcSubnets: settings.vpcSubnets,
      securityGroups: settings.securityGroups,
    });
    this.serviceToken = this.function.functionArn;
    if (this.healing) {
      // One permission for all rules: the policy of a function holds 20 KB.
      this.function.addPermission('Healing', {
        principal: new iam.ServicePrincipal('events.amazonaws.com'),
        sourceArn: stack.formatArn({ service: 'events', resource: 'rule', resourceName: HealingRule.namePattern() }),
      });
    }
    Object.entries(settings.tags ?? {}).forEach(([key, value]) => Tags.of(this).add(key, value));
  }

  /**
   * Lets the function update the tasks of a window.
   *
   * A policy per window, on which the alarms depend: when a window's last alarm is removed, the function clears it and only then loses
   * the permission. A statement in one common policy would be gone first.
   */
  public permitTasksOf(window: IMaintenanceWindowRef): iam.Policy {
    return this.policy(`Window${window.node.addr}`, 'windows', () => new iam.PolicyStatement({
      actions: TASK_ACTIONS,
      resources: [ssmArn(Stack.of(this), 'maintenancewindow', window.maintenanceWindowRef.windowId)],
    }));
  }

  /** Lets the function send a role back with the rest of its task, which clearing an alarm takes. A policy per role for the same reason. */
  public permitPassing(roleArn: string): iam.Policy {
    return this.policy(`PassRole${this.identityOf(roleArn)}`, 'roles', () => new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': SSM_PRINCIPAL } },
    }));
  }

  /** The rule that restores the alarms of this stack's tasks in a window, unless healing is off. */
  public healingRule(window: IMaintenanceWindowRef): HealingRule | undefined {
    return this.healing
      ? this.node.tryFindChild(HealingRule.idFor(window)) as HealingRule | undefined ?? new HealingRule(this, window, this.function)
      : undefined;
  }

  private policy(id: string, kind: 'windows' | 'roles', statement: () => iam.PolicyStatement): iam.Policy {
    const existing = this.node.tryFindChild(id) as iam.Policy | undefined;
    if (existing) {
      return existing;
    }
    const before = this.policyCharacters();
    this.policies[kind]++;
    if (before <= ROLE_POLICY_CHARACTERS && this.policyCharacters() > ROLE_POLICY_CHARACTERS) {
      addWarning(this, {
        id: 'alarmPoliciesTooLong',
        message: `the alarms of a stack must need at most ${ROLE_POLICY_CHARACTERS} characters of policies in one role, got `
          + `${this.policies.windows} windows with ${this.policies.roles} roles, let tasks share a 'role' or define some windows in another stack`,
      });
    }
    return new iam.Policy(this, id, { roles: [this.role], statements: [statement()] });
  }

  private policyCharacters(): number {
    return BASE_CHARACTERS + this.policies.windows * WINDOW_POLICY_CHARACTERS + this.policies.roles * PASS_ROLE_POLICY_CHARACTERS;
  }

  /** The same for the same role: resources are told apart by their place in the tree, since two stacks may use one logical id. */
  private identityOf(arn: string): string {
    const referred = Tokenization.reverseString(arn).tokens.filter((token) => Reference.isReference(token)).map(({ target }) => target.node.addr);
    return createHash('sha256').update(JSON.stringify([Stack.of(this).resolve(arn), referred])).digest('hex').slice(0, 32);
  }
}

/**
 * What the function does with a task.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
const TASK_ACTIONS = ['ssm:GetMaintenanceWindowTask', 'ssm:UpdateMaintenanceWindowTask'];

/**
 * What CloudWatch Logs does with the key of a log group.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
const LOG_KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/**
 * What a function in a VPC needs.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const VPC_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

function ssmArn(stack: Stack, resource: string, resourceName: string): string {
  return stack.formatArn({ service: 'ssm', resource, resourceName });
}
