import { CfnParameter, Duration } from 'aws-cdk-lib';
import type { Stack, App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { MaintenanceWindow, MaintenanceWindowSchedule } from '../../src';
import type { MaintenanceWindowProps, MaintenanceWindowTask } from '../../src';

/*
 * What the tests of tasks share.
 */

type Properties = { readonly [name: string]: any };

/** A window that takes instances that are not registered with it. */
export function testWindow(scope: Construct, id: string = 'Window', props: Partial<MaintenanceWindowProps> = {}): MaintenanceWindow {
  return new MaintenanceWindow(scope, id, {
    schedule: MaintenanceWindowSchedule.cron({ hour: '2' }),
    duration: Duration.hours(2),
    allowUnassociatedTargets: true,
    ...props,
  });
}

export const INSTANCE_ID = 'i-0123456789abcdef0';

/** An ARN of this partition as a template holds it. */
export function arn(rest: string): object {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] };
}

/** An ARN of this partition, region and account as a template of the test stack holds it. */
export function localArn(service: string, resource: string): object {
  return arn(`${service}:eu-central-1:123456789012:${resource}`);
}

/** The properties of the only task of a template. */
export function onlyTask(template: Template): Properties {
  const tasks = Object.values(template.findResources('AWS::SSM::MaintenanceWindowTask'));
  expect(tasks).toHaveLength(1);
  return tasks[0].Properties;
}

/** All statements of all policies of a template, in the order of the template. */
export function allStatements(template: Template): Properties[] {
  return Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

/** All statements that the policies of a template give to a role. */
export function statementsOf(template: Template, stack: Stack, role: iam.IRole): Properties[] {
  const name = JSON.stringify(stack.resolve(role.roleName));
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties: policy }) => policy.Roles.some((entry: unknown) => JSON.stringify(entry) === name))
    .flatMap(({ Properties: policy }) => policy.PolicyDocument.Statement);
}

/** The statement that lets the service role pass a role on to Systems Manager. */
export function passRole(resource: unknown): object {
  return {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: resource,
    Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
  };
}

/** The statement with which a service role passes itself on. */
export function passItself(stack: Stack, task: MaintenanceWindowTask): object {
  return passRole(stack.resolve(task.role!.roleArn));
}

export function allow(action: string | string[], resource: unknown): object {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

/** What every Run Command task may do with its command. */
export const WATCH_COMMAND = allow([
  'ssm:CancelCommand',
  'ssm:DescribeInstanceInformation',
  'ssm:GetCommandInvocation',
  'ssm:ListCommandInvocations',
  'ssm:ListCommands',
], '*');

/** The synthesis of the whole app, for tests that it fails. */
export function synthesisOf(scope: Construct): () => void {
  return () => (scope.node.root as App).synth();
}

/** Values that are known only at deployment, of a stack that declares them. */
export function deployTimeValues(stack: Stack): { readonly text: string; readonly number: number; readonly list: string[] } {
  return {
    text: new CfnParameter(stack, 'Text').valueAsString,
    number: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber,
    list: new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList,
  };
}
