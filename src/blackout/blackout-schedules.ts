import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Aws, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { roleGivenFor } from './blackout-settings';
import { OFF_RETRY_MINUTES } from './calls';
import type { PlannedSwitch } from './plan';
import { grantOnce } from '../common/role-statements';

const STACK_ID = 'MaintenanceWindowBlackouts';
const SCHEDULES_ID = 'BlackoutSchedules';

/** What the ARNs of so many windows need of the 10,240 characters that the inline policies of a role have together. */
const WINDOWS_PER_ROLE = 100;

/** A day: as long as a call is repeated by default. */
const ON_RETRY_MINUTES = 24 * 60;

/**
 * What EventBridge Scheduler does with a window, and nothing else.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
const ACTION = 'ssm:UpdateMaintenanceWindow';

/** A window as its schedules see it. */
interface SwitchedWindow extends IConstruct {
  readonly maintenanceWindowId: string;
  readonly maintenanceWindowArn: string;
}

/** Defines the schedules that turn a window off and on, in place of those that it has. */
export function renderSchedules(window: SwitchedWindow, switches: readonly PlannedSwitch[]): void {
  window.node.tryRemoveChild(SCHEDULES_ID);
  if (switches.length === 0) {
    return;
  }
  const schedules = new Construct(window as IConstruct as Construct, SCHEDULES_ID);
  const group = StackSchedules.of(window);
  const roleArn = roleFor(window, group);
  switches.forEach((planned) => renderSchedule(schedules, planned, { window, groupName: group.groupName, roleArn }));
}

function roleFor(window: SwitchedWindow, group: StackSchedules): string {
  const given = roleGivenFor(window);
  if (!given) {
    return group.roleFor(window).roleArn;
  }
  group.leaveOut(window);
  // the policy of a role in another stack would have to name the window, and each stack would depend on the other
  if (Stack.of(given) === Stack.of(window)) {
    grantOnce(given, window, () => given.addToPrincipalPolicy(statement([window.maintenanceWindowArn])));
  }
  return given.roleArn;
}

function statement(resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: [ACTION], resources });
}

interface Rendering {
  readonly window: SwitchedWindow;
  readonly groupName: string;
  readonly roleArn: string;
}

/** The ID tells the time and nothing of the order, so that a further black-out leaves the schedules of others alone. */
function renderSchedule(scope: Construct, { expression, timeZone, enabled, reason }: PlannedSwitch, { window, groupName, roleArn }: Rendering): void {
  const id = `${enabled ? 'On' : 'Off'} ${expression} ${timeZone ?? 'UTC'}`.replace(/\//g, '-');
  new CfnSchedule(scope, id, {
    description: `Black-out: ${reason}`,
    groupName,
    scheduleExpression: expression,
    scheduleExpressionTimezone: timeZone ?? 'UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:ssm:updateMaintenanceWindow`,
      roleArn,
      input: Stack.of(scope).toJsonString({ WindowId: window.maintenanceWindowId, Enabled: enabled }),
      retryPolicy: { maximumEventAgeInSeconds: 60 * (enabled ? ON_RETRY_MINUTES : OFF_RETRY_MINUTES) },
    },
  });
}

interface RoleOfWindows {
  readonly role: iam.Role;
  /** Those that it may turn off and on. */
  readonly windows: SwitchedWindow[];
}

/** The group of all schedules of one stack, and the roles with which they call. */
class StackSchedules extends Construct {
  public static of(scope: IConstruct): StackSchedules {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(STACK_ID) as StackSchedules | undefined ?? new StackSchedules(stack);
  }

  public readonly groupName: string;
  private readonly group: CfnScheduleGroup;
  private roles: RoleOfWindows[] = [];

  private constructor(stack: Stack) {
    super(stack, STACK_ID);
    // part of the ID of the stack: the same app can be deployed under several names of its stacks
    this.group = new CfnScheduleGroup(this, 'Group', { name: `blackouts-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}` });
    this.groupName = this.group.ref;
  }

  /** The role that may turn a window off and on. */
  public roleFor(window: SwitchedWindow): iam.Role {
    const known = this.roles.find(({ windows }) => windows.includes(window));
    if (known) {
      return known.role;
    }
    const [last] = this.roles.slice(-1);
    const entry = last && last.windows.length < WINDOWS_PER_ROLE ? last : this.newRole();
    entry.windows.push(window);
    return entry.role;
  }

  /** A window whose schedules have another role, which was given after the first of them. */
  public leaveOut(window: SwitchedWindow): void {
    for (const { windows } of this.roles.filter((entry) => entry.windows.includes(window))) {
      windows.splice(windows.indexOf(window), 1);
    }
    this.roles.filter(({ windows }) => windows.length === 0).forEach(({ role }) => this.node.tryRemoveChild(role.node.id));
    this.roles = this.roles.filter(({ windows }) => windows.length > 0);
  }

  /** Only schedules of the group can have the role. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
  private newRole(): RoleOfWindows {
    const windows: SwitchedWindow[] = [];
    const resources = Lazy.list({ produce: () => windows.map(({ maintenanceWindowArn }) => maintenanceWindowArn) });
    const entry = {
      windows,
      role: new iam.Role(this, `Role${this.roles.length + 1}`, {
        assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.group.attrArn } },
        }),
        description: 'Turns the maintenance windows of one stack off and on for black-outs',
        inlinePolicies: { UpdateMaintenanceWindows: new iam.PolicyDocument({ statements: [statement(resources)] }) },
      }),
    };
    this.roles.push(entry);
    return entry;
  }
}
