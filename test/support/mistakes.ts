import { Duration, TimeZone } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { testTopic } from './resources';
import { INSTANCE_ID, onlyTask, testWindow } from './tasks';
import {
  AutomationRunbook, DocumentVersion, MaintenanceWindowSchedule, RateControl, RunCommandDocument, TargetResourceType, TargetSelector, TaskInput,
  TaskTargets,
} from '../../src';
import type { MaintenanceWindowProps, RunCommandTaskOptions } from '../../src';

/*
 * Mistakes that people make with maintenance windows, and what becomes of each: an error, a warning, a template that is
 * right all the same, or code that does not compile.
 */
export interface Mistake {
  readonly name: string;
  /** Makes the mistake, or what comes nearest to it. */
  readonly make?: (stack: Stack) => void;
  /** The exact message of the error, at the latest at the end of synthesis. */
  readonly error?: string;
  /** The exact text of a warning. */
  readonly warning?: string;
  /** Looks at what is rendered instead of the mistake. */
  readonly renders?: (template: Template) => void;
  /** An expression that makes the mistake, and part of what the compiler says. */
  readonly code?: string;
  readonly compilerSays?: string;
}

const { cron, expression } = MaintenanceWindowSchedule;
const REQUIRED: RunCommandTaskOptions = { document: RunCommandDocument.fromDocumentName('Patch'), targets: TaskTargets.instanceIds(INSTANCE_ID) };

function window(props: Partial<MaintenanceWindowProps>): (stack: Stack) => void {
  return (stack) => { testWindow(stack, 'Window', props); };
}

function schedule(make: () => MaintenanceWindowSchedule): (stack: Stack) => void {
  return (stack) => { testWindow(stack, 'Window', { schedule: make() }); };
}

function target(make: () => TargetSelector): (stack: Stack) => void {
  return (stack) => { testWindow(stack).addTarget('Target', { selector: make() }); };
}

function runCommand(options: (stack: Stack) => Partial<RunCommandTaskOptions>): (stack: Stack) => void {
  return (stack) => { testWindow(stack).addRunCommandTask('Task', { ...REQUIRED, ...options(stack) }); };
}

function importedFunction(stack: Stack): lambda.IFunction {
  return lambda.Function.fromFunctionArn(stack, 'Function', 'arn:aws:lambda:eu-central-1:123456789012:function:SSMReport');
}

const RUN_COMMAND = "document: RunCommandDocument.AWS_UPDATE_SSM_AGENT, targets: TaskTargets.instanceIds('i-01234567')";

export const MISTAKES: { readonly [number: number]: Mistake } = {
  1: {
    name: 'cutoff as long as the duration',
    make: window({ cutoff: Duration.hours(2) }),
    error: "'cutoff' must be shorter than 'duration', got cutoff 2 hours and duration 2 hours (at Stack/Window)",
  },
  2: {
    name: 'duration of 30 hours',
    make: window({ duration: Duration.hours(30) }),
    error: "'duration' must be a whole number of hours from 1 to 24, got 1 day 6 hours (at Stack/Window)",
  },
  3: {
    name: 'cutoff of 24 hours',
    make: window({ duration: Duration.hours(24), cutoff: Duration.hours(24) }),
    error: "'cutoff' must be a whole number of hours from 0 to 23, got 1 day (at Stack/Window)",
  },
  4: {
    name: 'offset of 9 days',
    make: schedule(() => cron({ hour: '2', weekDay: 'TUE#2', offset: Duration.days(9) })),
    error: "'offset' must be a whole number of days from 1 to 6, got 9 days",
  },
  5: {
    name: 'offset with a rate',
    make: schedule(() => expression('rate(7 days)', { offset: Duration.days(2) })),
    error: "'offset' needs a cron expression whose day of week uses '#' or 'L' such as \"TUE#2\", got expression \"rate(7 days)\"",
  },
  6: {
    name: 'cron expression of five fields',
    make: schedule(() => expression('cron(0 4 ? * SUN)')),
    error: "'expression' has a fault at position 6: cron must have six fields (minutes, hours, day of month, month, day of week, year), "
      + 'five-field Unix cron has no year and no "?", got "0 4 ? * SUN", write "cron(0 4 ? * SUN *)"',
  },
  7: {
    name: 'day of month and day of week both set',
    make: schedule(() => cron({ hour: '4', day: '15', weekDay: 'TUE' })),
    error: "'day' and 'weekDay' cannot be given together, got day \"15\" and weekDay \"TUE\", remove one of them",
  },
  8: {
    name: 'rate of 0 days',
    make: schedule(() => expression('rate(0 days)')),
    error: "'expression' has a fault at position 6: rate must have a positive whole number before its unit, got \"0\"",
  },
  9: {
    name: 'singular and plural of a rate',
    make: schedule(() => expression('rate(5 hour)')),
    warning: "'expression' has a fault at position 8: rate must have its unit in the plural, got \"hour\", write \"rate(5 hours)\"",
  },
  10: {
    name: 'month where a day belongs',
    make: schedule(() => expression('cron(0 4 ? SUN JAN *)')),
    error: "'expression' has a fault at position 12: month must be 1 to 12 or JAN to DEC, a day of the week belongs in the field day of week, "
      + 'got "SUN"',
  },
  11: {
    name: 'day that does not exist',
    make: schedule(() => expression('cron(0 4 ? * FUNDAY *)')),
    error: "'expression' has a fault at position 14: day of week must be 1 (Sunday) to 7 or SUN to SAT, got \"FUNDAY\"",
  },
  15: {
    name: 'unknown time zone',
    make: schedule(() => cron({ hour: '4', timeZone: TimeZone.of('Europe/Pariss') })),
    warning: expect.stringMatching(/^'timeZone' should be an IANA time zone of release 2026[a-z] or newer, got "Europe\/Pariss"$/),
  },
  16: {
    name: 'start date without an offset from UTC',
    make: window({ startDate: new Date('2030-01-01T00:00:00+01:00') }),
    renders: (template) => template.hasResourceProperties('AWS::SSM::MaintenanceWindow', { StartDate: '2029-12-31T23:00:00.000Z' }),
  },
  17: {
    name: 'end before the start',
    make: window({ startDate: new Date('2030-01-02T00:00:00Z'), endDate: new Date('2030-01-01T00:00:00Z') }),
    error: "'startDate' must be before 'endDate', got startDate 2030-01-02T00:00:00.000Z and endDate 2030-01-01T00:00:00.000Z (at Stack/Window)",
  },
  20: {
    name: 'name with a space',
    make: window({ maintenanceWindowName: 'patch tuesday' }),
    error: "'maintenanceWindowName' must be 3 to 128 characters long and hold only letters, digits, \"_\", \"-\" and \".\", got \"patch tuesday\" (at Stack/Window)",
  },
  25: {
    name: 'misspelt resource type of a target',
    code: "TargetSelector.of('INSTANCES', { InstanceIds: ['i-01234567'] })",
    compilerSays: 'is not assignable to parameter of type \'TargetResourceType\'',
  },
  26: {
    name: 'resource group as an instance target',
    make: target(() => TargetSelector.of(TargetResourceType.INSTANCE, { 'resource-groups:Name': ['web'] })),
    error: 'a key of \'targets\' must be "InstanceIds", "tag-key" or begin with "tag:" for instances, got "resource-groups:Name"',
  },
  27: {
    name: 'instance IDs mixed with a tag',
    make: target(() => TargetSelector.of(TargetResourceType.INSTANCE, { 'InstanceIds': [INSTANCE_ID], 'tag:Role': ['web'] })),
    error: '\'targets\' must hold either instance IDs or tags, got ["InstanceIds","tag:Role"], register two targets with the window',
  },
  28: {
    name: 'tag key without its prefix',
    make: target(() => TargetSelector.of(TargetResourceType.INSTANCE, { Role: ['web'] })),
    error: 'a key of \'targets\' must be "InstanceIds", "tag-key" or begin with "tag:" for instances, got "Role"',
  },
  29: {
    name: 'six tags of one target',
    make: target(() => TargetSelector.tags(Object.fromEntries([...'abcdef'].map((key) => [key, ['v']])))),
    error: "'targets' must hold from 1 to 5 keys, got 6",
  },
  30: {
    name: 'misspelt type of task',
    code: `window.addRunCommandTask('Task', { ${RUN_COMMAND}, taskType: 'STEP_FUNCTION' })`,
    compilerSays: "'taskType' does not exist in type 'RunCommandTaskOptions'",
  },
  31: {
    name: 'invocation parameters of another type',
    code: "window.addLambdaTask('Task', { lambdaFunction, documentVersion: DocumentVersion.LATEST })",
    compilerSays: "'documentVersion' does not exist in type 'LambdaTaskOptions'",
  },
  32: {
    name: 'Run Command without targets',
    code: "window.addRunCommandTask('Task', { document: RunCommandDocument.AWS_UPDATE_SSM_AGENT })",
    compilerSays: "Property 'targets' is missing",
  },
  33: {
    name: 'targets without a concurrency',
    make: runCommand(() => ({})),
    renders: (template) => expect(onlyTask(template)).toMatchObject({ MaxConcurrency: '1', MaxErrors: '0' }),
  },
  34: {
    name: 'tolerated errors without targets',
    make: (stack) => {
      testWindow(stack).addAutomationTask('Task', { runbook: AutomationRunbook.fromDocumentName('Repair'), maxErrors: RateControl.count(1) });
    },
    error: "'maxErrors' can only be given together with 'targets', add targets or remove 'maxErrors' (at Stack/Window/Task)",
  },
  35: {
    name: 'tag as the target of a task',
    code: "TaskTargets.tags({ Role: ['web'] })",
    compilerSays: "Property 'tags' does not exist on type 'typeof TaskTargets'",
  },
  36: {
    name: 'key of instance IDs in lower case',
    make: runCommand(() => ({})),
    renders: (template) => expect(onlyTask(template).Targets).toEqual([{ Key: 'InstanceIds', Values: [INSTANCE_ID] }]),
    code: "new TaskTargets('instanceids', ['i-01234567'])",
    compilerSays: "Constructor of class 'TaskTargets' is private",
  },
  37: {
    name: 'eleven window targets of one task',
    make: (stack) => {
      const maintenanceWindow = testWindow(stack);
      const targets = Array.from({ length: 11 }, (_, i) => maintenanceWindow.addTarget(`Target${i}`, { selector: TargetSelector.tagKeys(`Role${i}`) }));
      maintenanceWindow.addRunCommandTask('Task', { ...REQUIRED, targets: TaskTargets.registered(...targets) });
    },
    error: "[Stack/Window/Task] 'targets' must hold at most 10 registered targets, got 11, spread them over several tasks of the same priority",
  },
  38: {
    name: 'concurrency of 0 %',
    make: runCommand(() => ({ maxConcurrency: RateControl.percentage(0) })),
    error: "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0%\" (at Stack/Window/Task)",
  },
  39: {
    name: 'priority of -1',
    make: runCommand(() => ({ priority: -1 })),
    error: "'priority' must be a whole number from 0 to 2147483647, got -1 (at Stack/Window/Task)",
  },
  40: {
    name: 'misspelt behaviour at cutoff',
    code: `window.addRunCommandTask('Task', { ${RUN_COMMAND}, cutoffBehavior: 'CANCEL' })`,
    compilerSays: "is not assignable to type 'CutoffBehavior",
  },
  41: {
    name: 'payload that is not Base64',
    make: (stack) => {
      testWindow(stack).addLambdaTask('Task', { lambdaFunction: importedFunction(stack), payload: TaskInput.fromText('{"a":1}') });
    },
    renders: (template) => expect(onlyTask(template).TaskInvocationParameters.MaintenanceWindowLambdaParameters.Payload).toBe('eyJhIjoxfQ=='),
  },
  42: {
    name: 'payload of more than 4,096 bytes',
    make: (stack) => {
      testWindow(stack).addLambdaTask('Task', { lambdaFunction: importedFunction(stack), payload: TaskInput.fromText(`"${'ä'.repeat(2048)}"`) });
    },
    error: "'payload' must be at most 4096 bytes long, got 4098 bytes, shorten it, or pass a reference such as an S3 key (at Stack/Window/Task)",
  },
  43: {
    name: 'input of a state machine that is not JSON',
    make: (stack) => {
      testWindow(stack).addStepFunctionsTask('Task', {
        stateMachine: sfn.StateMachine.fromStateMachineName(stack, 'StateMachine', 'repair'), input: TaskInput.fromText('instance=i-01234567'),
      });
    },
    error: "'input' must be JSON, got \"instance=i-01234567\", use TaskInput.fromObject() (at Stack/Window/Task)",
  },
  44: {
    name: 'timeout of 5 seconds',
    make: runCommand(() => ({ timeout: Duration.seconds(5) })),
    error: "'timeout' must be a whole number of seconds from 30 to 2592000, got 5 seconds (at Stack/Window/Task)",
  },
  45: {
    name: 'hash type MD5, version "latest"',
    make: runCommand(() => ({ documentVersion: DocumentVersion.of('latest') })),
    error: "'version' must be \"$DEFAULT\", \"$LATEST\" or a version number such as \"3\", got \"latest\"",
    code: `window.addRunCommandTask('Task', { ${RUN_COMMAND}, documentHashType: 'MD5' })`,
    compilerSays: "'documentHashType' does not exist in type 'RunCommandTaskOptions'",
  },
  46: {
    name: 'notifications without a role',
    make: runCommand((stack) => ({ notificationTopic: testTopic(stack) })),
    renders: (template) => expect(onlyTask(template).TaskInvocationParameters.MaintenanceWindowRunCommandParameters.ServiceRoleArn).toBeDefined(),
  },
  47: {
    name: 'misspelt event of a notification',
    code: `window.addRunCommandTask('Task', { ${RUN_COMMAND}, notificationEvents: ['FAILURE'] })`,
    compilerSays: "is not assignable to type 'NotificationEvent'",
  },
  51: {
    name: 'service role that Systems Manager cannot assume',
    make: runCommand((stack) => ({ role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) })),
    error: '[Stack/Window/Task] \'role\' must trust ssm.amazonaws.com, got role "Stack/Role" whose trust policy does not, add the service principal to it',
  },
  52: {
    name: 'service-linked role as the service role',
    make: runCommand((stack) => ({
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM'),
    })),
    warning: "'role' should be a service role of your own, got the service-linked role "
      + '"arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM", remove \'role\' to have one made',
  },
  53: {
    name: 'deprecated parameters of a task',
    code: `window.addRunCommandTask('Task', { ${RUN_COMMAND}, taskParameters: {} })`,
    compilerSays: "'taskParameters' does not exist in type 'RunCommandTaskOptions'",
  },
  54: {
    name: 'rule for a status that its event never has',
    make: (stack) => {
      testWindow(stack).onTargetRegistration('Rule', { eventPattern: { detail: { status: ['FAILED'] } } });
    },
    warning: 'detail.status of \'eventPattern\' must be one of REGISTERED, DEREGISTERED, UPDATED to match, got "FAILED"',
  },
};
