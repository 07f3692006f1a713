import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { Arn, ArnFormat, CustomResource, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { TaskAlarmRule } from './task-alarm-rule';
import { validationError } from '../common/errors';
import { areKnownToDiffer } from '../common/same-environment';
import { checkLength, checkPattern, formatValue } from '../common/validation';
import { ALARM_NAME, ALARM_NAME_LENGTH } from '../rules/alarm';
import { SERVICE_TIMEOUT, SettingProvider } from '../setting/setting-provider';

/** A task, as far as its alarm needs it. */
interface MaintenanceWindowTaskLike extends IConstruct {
  readonly maintenanceWindowTaskId: string;
}

interface TaskAlarmProps {
  readonly alarm: cloudwatch.IAlarm;
  readonly ignorePollAlarmFailure?: boolean;
  readonly serviceRole?: iam.IRole;
  readonly window: ssm.IMaintenanceWindowRef;
}

const RESOURCE_TYPE = 'Custom::SSMMaintenanceWindowTaskAlarm';

/**
 * Sets the alarm of a task.
 *
 * The task has no such property in CloudFormation, and each update of the task wipes an alarm that was set beside it
 * (UpdateMaintenanceWindowTask with Replace). So a custom resource sets it after each change of the task, and a rule restores it when
 * CloudFormation changes the task without running the custom resource, as a rollback does.
 *
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm/issues/197
 */
export function attachTaskAlarm(task: MaintenanceWindowTaskLike, cfnTask: ssm.CfnMaintenanceWindowTask, props: TaskAlarmProps): void {
  const { alarm, window } = props;
  const ignorePollAlarmFailure = props.ignorePollAlarmFailure ?? false;
  checkAlarm(task, alarm);

  const provider = SettingProvider.of(task);
  const customResource = new CustomResource(task, 'Alarm', {
    serviceToken: provider.serviceToken,
    resourceType: RESOURCE_TYPE,
    serviceTimeout: SERVICE_TIMEOUT,
    properties: {
      WindowId: window.maintenanceWindowRef.windowId,
      WindowTaskId: task.maintenanceWindowTaskId,
      AlarmName: alarm.alarmName,
      IgnorePollAlarmFailure: ignorePollAlarmFailure,
      // Only so that the custom resource changes whenever the task does.
      Task: Lazy.any({ produce: () => propertiesOf(cfnTask) }),
    },
  });
  customResource.node.addDependency(...provider.permitTasksOf(window));
  for (const roleArn of rolesOf(cfnTask, props.serviceRole)) {
    customResource.node.addDependency(provider.permitPassing(roleArn));
  }
  TaskAlarmRule.of(provider, window)?.heal(
    { windowTaskId: task.maintenanceWindowTaskId, alarmName: alarm.alarmName, ignorePollAlarmFailure },
    customResource,
  );
}

function checkAlarm(task: IConstruct, alarm: cloudwatch.IAlarm): void {
  checkLength(task, 'alarm', alarm.alarmName, ALARM_NAME_LENGTH);
  checkPattern(task, 'alarm', alarm.alarmName, ALARM_NAME);
  const stack = Stack.of(task);
  const imported = Token.isUnresolved(alarm.alarmArn) ? undefined : Arn.split(alarm.alarmArn, ArnFormat.COLON_RESOURCE_NAME);
  for (const part of ['account', 'region'] as const) {
    const place = imported?.[part] ?? alarm.env[part];
    if (areKnownToDiffer(place, stack[part])) {
      throw validationError(task, `'alarm' must be of the ${part} of the task, ${formatValue(stack[part])}, got an alarm of ${formatValue(place)}, `
        + `use an alarm of that ${part}: Systems Manager looks alarms up by name`);
    }
  }
}

const TASK_PROPERTIES = [
  'cutoffBehavior', 'description', 'loggingInfo', 'maxConcurrency', 'maxErrors', 'name', 'priority',
  'serviceRoleArn', 'targets', 'taskArn', 'taskInvocationParameters', 'taskParameters', 'taskType',
] as const;

/** The typed properties at the end of synthesis: aspects and later assignments count. */
function propertiesOf(task: ssm.CfnMaintenanceWindowTask): object {
  return Object.fromEntries(TASK_PROPERTIES.map((name) => [name, task[name]]));
}

/** The roles that the task passes to Systems Manager: its own and the one that publishes notifications. */
function rolesOf(task: ssm.CfnMaintenanceWindowTask, serviceRole: iam.IRole | undefined): string[] {
  const parameters = task.taskInvocationParameters as ssm.CfnMaintenanceWindowTask.TaskInvocationParametersProperty | undefined;
  const runCommand = parameters?.maintenanceWindowRunCommandParameters as
    ssm.CfnMaintenanceWindowTask.MaintenanceWindowRunCommandParametersProperty | undefined;
  return [serviceRole?.roleArn, runCommand?.serviceRoleArn].filter((arn) => arn !== undefined);
}
