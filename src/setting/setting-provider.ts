import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Duration, Reference, RemovalPolicy, Stack, Tags, Tokenization } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import { HealingRule } from './healing-rule';
import { providerSettings } from './provider-settings';
import { addWarning } from '../common/warnings';
import { SSM_PRINCIPAL } from '../rules/role';

const ID = 'MaintenanceWindowTaskAlarms';
const HANDLER = join(__dirname, '..', '..', 'assets', 'setting', 'handler', 'setting.lambda');

/** Of the custom resources: longer than the function runs, and it may have to wait for its turn. */
export const SERVICE_TIMEOUT = Duration.minutes(15);

/**
 * The inline policies of a role hold 10,240 characters together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const ROLE_POLICY_CHARACTERS = 10_240;
const BASE_CHARACTERS = 1_200;
const POLICY_CHARACTERS = { windows: 230, roles: 265, disabled: 225 } as const;

/** The function that sets what CloudFormation cannot, for one stack, with what it needs and nothing else. */
export class SettingProvider extends Construct {
  /** One per stack, however many settings it has. */
  public static of(scope: IConstruct): SettingProvider {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as SettingProvider | undefined ?? new SettingProvider(stack);
  }

  public readonly serviceToken: string;
  /** Whether settings are restored when they were lost. */
  public readonly healing: boolean;
  private readonly role: iam.IRole;
  private readonly policies = { windows: 0, roles: 0, disabled: 0 };

  private constructor(stack: Stack) {
    super(stack, ID);
    const settings = providerSettings(stack);
    this.healing = settings.healing ?? true;

    settings.encryptionKey?.grant(new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`), ...LOG_KEY_ACTIONS);
    const logGroup = new logs.LogGroup(this, 'Log', {
      retention: settings.logRetention ?? logs.RetentionDays.ONE_MONTH,
      encryptionKey: settings.encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = settings.role ?? new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Sets what CloudFormation cannot set of the maintenance windows of one stack',
    });
    logGroup.grantWrite(this.role);
    if (settings.vpc) {
      this.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: VPC_ACTIONS, resources: ['*'] }));
    }
    const ruleArn = (resourceName: string) => stack.formatArn({ service: 'events', resource: 'rule', resourceName });
    if (this.healing) {
      // A role of `Role.customizeRoles()` has no resource: another team makes it, before the stack.
      const isOfAnotherTeam = iam.Role.isRole(this.role) && !this.role.node.tryFindChild('Resource');
      this.role.addToPrincipalPolicy(new iam.PolicyStatement({
        actions: ['events:ListTargetsByRule'],
        resources: [ruleArn(isOfAnotherTeam ? HealingRule.namePatternOfAnyStack() : HealingRule.namePattern())],
      }));
    }
    const fn = new lambda.Function(this, 'Function', {
      description: 'Sets what CloudFormation cannot: alarms of maintenance window tasks, disabled windows',
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
    this.serviceToken = fn.functionArn;
    if (this.healing) {
      // One permission for all rules: the policy of a function holds 20 KB.
      fn.addPermission('Healing', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: ruleArn(HealingRule.namePattern()) });
    }
    Object.entries(settings.tags ?? {}).forEach(([key, value]) => Tags.of(this).add(key, value));
  }

  /**
   * Lets the function update the tasks of a window.
   *
   * A policy per window, on which the alarms depend: when a window's last alarm is removed, the function clears it and only then loses
   * the permission. A statement in one common policy would be gone first. Both the window and the task are checked.
   */
  public permitTasksOf(window: IMaintenanceWindowRef): iam.Policy[] {
    return [
      this.policy('Tasks', undefined, () => this.ssmStatement(TASK_ACTIONS, 'windowtask', '*')),
      this.policy(`Window${window.node.addr}`, 'windows', () =>
        this.ssmStatement(TASK_ACTIONS, 'maintenancewindow', window.maintenanceWindowRef.windowId)),
    ];
  }

  /** Lets the function disable and enable a window. */
  public permitStateOf(window: IMaintenanceWindowRef): iam.Policy {
    return this.policy(`State${window.node.addr}`, 'disabled', () =>
      this.ssmStatement(WINDOW_ACTIONS, 'maintenancewindow', window.maintenanceWindowRef.windowId));
  }

  /** Lets the function send a role back with the rest of its task, which clearing an alarm takes. A policy per role for the same reason. */
  public permitPassing(roleArn: string): iam.Policy {
    return this.policy(`PassRole${this.identityOf(roleArn)}`, 'roles', () => new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': SSM_PRINCIPAL } },
    }));
  }

  private policy(id: string, kind: keyof typeof POLICY_CHARACTERS | undefined, statement: () => iam.PolicyStatement): iam.Policy {
    const existing = this.node.tryFindChild(id) as iam.Policy | undefined;
    if (existing) {
      return existing;
    }
    kind && this.count(kind);
    const policy = new iam.Policy(this, id, { statements: [statement()] });
    // The role attaches it: somebody else may keep its policies.
    this.role.attachInlinePolicy(policy);
    return policy;
  }

  private count(kind: keyof typeof POLICY_CHARACTERS): void {
    const before = this.policyCharacters();
    this.policies[kind]++;
    const { windows, roles, disabled } = this.policies;
    if (before <= ROLE_POLICY_CHARACTERS && this.policyCharacters() > ROLE_POLICY_CHARACTERS) {
      const ofAlarms = `${windows} windows with ${roles} roles`;
      addWarning(this, {
        id: 'alarmPoliciesTooLong',
        message: `the alarms ${disabled > 0 ? 'and disabled windows ' : ''}of a stack must need at most ${ROLE_POLICY_CHARACTERS} characters of policies `
          + `in one role, got ${ofAlarms}${disabled > 0 ? ` and ${disabled} disabled windows` : ''}, `
          + 'let tasks share a \'role\' or define some windows in another stack',
      });
    }
  }

  private policyCharacters(): number {
    const kinds = Object.keys(POLICY_CHARACTERS) as (keyof typeof POLICY_CHARACTERS)[];
    return kinds.reduce((sum, kind) => sum + this.policies[kind] * POLICY_CHARACTERS[kind], BASE_CHARACTERS);
  }

  private ssmStatement(actions: string[], resource: string, resourceName: string): iam.PolicyStatement {
    return new iam.PolicyStatement({ actions, resources: [Stack.of(this).formatArn({ service: 'ssm', resource, resourceName })] });
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

/** What the function does with a window, from the same page. */
const WINDOW_ACTIONS = ['ssm:GetMaintenanceWindow', 'ssm:UpdateMaintenanceWindow'];

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
